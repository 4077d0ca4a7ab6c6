"""One line of a document with a mark under a stretch of it, as wide as a terminal shows it."""

from __future__ import annotations

from typing import NamedTuple

from app.cli.terminal import printable
from rules.patterns import Pattern

_TAB = 4  # columns a tab is shown with
_CUT = "…"
_NARROW = Pattern("[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u21ff]*")
"""Letters and signs that take one cell each: Latin, dashes, quotes, arrows."""


class Excerpt(NamedTuple):
    """A line as shown, and how many cells the mark is away from its beginning and wide."""

    line: str
    offset: int
    length: int


def excerpt(line: str, start: int, end: int, width: int) -> Excerpt:
    """The part of `line` around the characters `start` to `end` (from 0, exclusive) that fits into `width` cells.

    Tabs become spaces, what could steer a terminal becomes visible, wide characters count two cells. A mark is at
    least one cell wide and ends where the shown part ends.
    """
    start = min(max(start, 0), len(line))
    end = min(max(end, start), start + width, len(line))
    if len(line) <= width and line.isascii() and line.isprintable():  # as most are
        return Excerpt(line, start, max(1, end - start))
    first = _first_shown(line, start, end, width)
    before = _shown(line[first:start])
    marked = _shown(line[start:end], len(before))
    after = _shown(line[end : end + width], len(before) + len(marked))
    head = _CUT if first else ""
    shown = head + before + marked + after
    shown = cut(shown, width) if end + width >= len(line) else cut(shown + _CUT, width)
    offset = cells(head + before)
    return Excerpt(shown, offset, max(1, min(cells(marked), cells(shown) - offset)))


def cells(text: str) -> int:
    """How many terminal cells the text takes."""
    if text.isascii() or _NARROW.fullmatch(text):
        return len(text)
    from rich.cells import cell_len  # not at the top: most lines are narrow

    return cell_len(text)


def cut(text: str, width: int) -> str:
    """The text if it fits into `width` cells, else its beginning with a mark that something is missing."""
    if cells(text) <= width:
        return text
    shown = text[: width - 1]
    while cells(shown) > width - 1:
        shown = shown[:-1]
    return shown + _CUT


def _first_shown(line: str, start: int, end: int, width: int) -> int:
    """The first character to show: 0 if the mark is in view then, else some way before the mark."""
    if len(line) <= width and cells(_shown(line)) <= width:
        return 0
    if end <= width and cells(_shown(line[:end])) < width:
        return 0
    context = width // 3
    first = max(0, start - context)
    while first < start and cells(_shown(line[first:start])) > context:
        first += 1
    return first


def _shown(text: str, column: int = 0) -> str:
    """The text as printed when it begins at `column`, which tabs are measured from."""
    if "\t" in text:
        text = (" " * (column % _TAB) + text).expandtabs(_TAB)[column % _TAB :]
    return printable(text)
