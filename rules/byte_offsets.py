"""Byte offsets of UTF-8 text, as the Markdown parser counts, made offsets of characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from rules.patterns import Pattern

_WIDE = Pattern(r"[^\x00-\x7f]")


def character_offsets(text: str) -> Callable[[int], int] | None:
    """From byte offsets, as the parser counts, to character offsets; None where they are the same."""
    if text.isascii():
        return None
    ends: list[int] = []
    surplus = [0]
    for match in _WIDE.finditer(text):
        code = ord(match[0])
        surplus.append(surplus[-1] + (1 if code < 0x800 else 2 if code < 0x10000 else 3))
        ends.append(match.end() + surplus[-1])
    return lambda offset: offset - surplus[bisect_right(ends, offset)]
