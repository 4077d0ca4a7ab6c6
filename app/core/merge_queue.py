"""The merge queue's temporary branches.

A branch is named for the pull request that it adds to what was queued before:
`gh-readonly-queue/main/pr-12-<sha of the branch it builds on>`. GitHub documents the prefix, not the rest.
"""

from __future__ import annotations

import re

QUEUE_BRANCHES = "gh-readonly-queue/"
UNKNOWN_PULL = 0

_NAMED_FOR = re.compile(r"/pr-(?P<number>\d{1,9})-[0-9a-f]+$")


def queued_pull(ref: str) -> int:
    """The number of the pull request that a queue branch is named for; UNKNOWN_PULL if the name does not tell."""
    found = _NAMED_FOR.search(ref)
    return int(found["number"]) if found else UNKNOWN_PULL
