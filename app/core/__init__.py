"""PURE. Decisions: facts, policy and the time in, effects out. No I/O, no clock."""
