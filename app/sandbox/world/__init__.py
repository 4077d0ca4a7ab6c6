"""What the sandbox knows: accounts, repositories, git objects, pull requests, checks, issues. No HTTP, no I/O.

The records are frozen; the mutations live in modules named for their subject and return the events they cause.
"""
