"""The service: what Closeout does on GitHub, and its command line."""
