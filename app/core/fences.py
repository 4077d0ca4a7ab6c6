"""Which lines of a Markdown text stand in a fenced block of code: they quote something, and say nothing themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def fenced_lines(lines: Iterable[str], *, only_closed: bool = False) -> frozenset[int]:
    """Indexes of the lines in fenced blocks, with those of the fences.

    A fence that nobody closes goes on to the end; with `only_closed` it counts for nothing.
    """
    fence = ""
    found: set[int] = set()
    block: set[int] = set()
    for index, line in enumerate(lines):
        mark = _FENCE.match(line)
        if not (fence or mark):
            continue
        block.add(index)
        if not fence and mark:
            fence = mark[1]
        elif mark and mark[1].startswith(fence):
            found, block, fence = found | block, set(), ""
    return frozenset(found if only_closed else found | block)
