"""Looks for documents that break Closeout: `make fuzz`. No test imports it: it needs the dependency group `fuzz`."""
