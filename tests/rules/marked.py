"""Documents that say themselves what must be found in them: `<!-- expect: CO402 -->` at the end of the line."""

from __future__ import annotations

import re
from typing import NamedTuple

_EXPECTATION = re.compile(rb"[ \t]*<!-- expect: ((?:CO\d{3}\s*)+) -->")
_TOOK_PART = re.compile(rb"[ \t]*<!-- took part: (.*?) -->")


class Marked(NamedTuple):
    """A document without its marks, the codes expected by line, and who took part in its pull request."""

    data: bytes
    expected: list[tuple[int, str]]
    took_part: frozenset[str] | None


def read_marked(data: bytes) -> Marked:
    expected: list[tuple[int, str]] = []
    lines = data.splitlines(keepends=True)
    took_part: frozenset[str] | None = None
    for number, line in enumerate(lines, start=1):
        if mark := _EXPECTATION.search(line):
            expected.extend((number, code) for code in mark[1].decode().split())
        if present := _TOOK_PART.search(line):
            took_part = frozenset(filter(None, present[1].decode().split(", "))) - {"nobody"}
        lines[number - 1] = _TOOK_PART.sub(b"", _EXPECTATION.sub(b"", line))
    return Marked(b"".join(lines), sorted(expected), took_part)
