"""Headings, lists and tables that a document writes in HTML, made Markdown, so that they are read like all others.

The text keeps its length: a tag gives way to the Markdown mark and blanks, so that every offset still holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rules.patterns import Pattern

_BLOCK = Pattern(r"^[ \t]{0,12}<(?:h[1-6]|ul|ol|li|table|tr)\b", re.IGNORECASE | re.MULTILINE)
_TAG = Pattern(r"<(/?)(h[1-6]|ul|ol|li|p|div)(?:\s[^<>]{0,200})?>([ \t]{0,80}(?:\n[ \t]{0,80})?)", re.IGNORECASE)
_STRONG = Pattern(r"<(b|strong)>(?=\S)([^<>\n]{1,300})(?<=\S)</\1>", re.IGNORECASE)
_TABLE = Pattern(r"<table\b[^<>]{0,200}>|</table>", re.IGNORECASE)
_CELL = Pattern(
    r"(?P<cell><t[hd](?:\s[^<>]{0,200})?>\s{0,80})|(?P<row><tr(?:\s[^<>]{0,200})?>)"
    r"|</?(?:t[hdr]|thead|tbody|tfoot|table|caption|colgroup|col|p|div|ul|ol|li)(?:\s[^<>]{0,200})?>",
    re.IGNORECASE,
)
_PICTURE = Pattern(
    r"^[ \t]{0,12}<img\b[^<>\n]{0,400}>(?=[ \t]{0,20}\n[ \t]{0,12}(?:[-*+]|\d{1,3}[.)])[ \t])",
    re.IGNORECASE | re.MULTILINE,
)
"""A picture on a line of its own, right above a list: to Markdown, the list were HTML, too."""
_BREAKS = Pattern(r"[\n|]")


def without_html(text: str) -> str:
    """The text with as many characters, its HTML headings, lists and tables as Markdown."""
    if "<" not in text:
        return text
    if "<img" in text:
        text = _PICTURE.sub(lambda match: " " * len(match[0]), text)
    if _BLOCK.search(text) is None:
        return text
    position, pieces = 0, list[str]()
    for start, end in _tables_of(text):
        pieces.extend((_without_tags(text[position:start]), _table(text[start:end])))
        position = end
    return "".join((*pieces, _without_tags(text[position:])))


def _tables_of(text: str) -> list[tuple[int, int]]:
    """Where tables stand that close; of one in another, the inner."""
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for match in _TABLE.finditer(text):
        if not match[0].startswith("</"):
            opened = match.start()
        elif opened is not None:
            found.append((opened, match.end()))
            opened = None
    return found


def _without_tags(text: str) -> str:
    if "<" not in text:
        return text
    return _TAG.sub(_tag_replacer(), _STRONG.sub(_strong, text))


def _strong(match: re.Match[str]) -> str:
    spare = len(match[1])
    return " " * spare + "**" + match[2] + "**" + " " * (spare + 1)


def _tag_replacer() -> Callable[[re.Match[str]], str]:
    """What turns one tag after the other into Markdown; it counts how deep in lists it is."""
    depth = 0

    def replace(match: re.Match[str]) -> str:
        nonlocal depth
        closing, name, length = bool(match[1]), match[2].lower(), len(match[0])
        tag = length - len(match[3])
        if name in ("ul", "ol"):
            depth = max(depth - 1, 0) if closing else depth + 1
            return "\n" + " " * (tag - 1) + match[3] if depth > closing else "\n\n" + " " * (tag - 2) + match[3]
        if name == "li" and not closing:
            return ("\n" if depth > 1 else "\n- ").rjust(length)  # an item of an inner list is a line of the outer's
        if name == "li":
            return " " * (tag - 1) + "\n" + match[3]
        if name in ("p", "div"):
            return " " * length if depth else "\n\n" + " " * (tag - 2) + match[3]
        if closing:
            return "\n" + " " * (tag - 1) + match[3]
        return _heading(int(name[1]), length, first=match.start() == 0 or match.string[match.start() - 1] == "\n")

    return replace


def _heading(level: int, length: int, *, first: bool) -> str:
    """As many marks as fit in, behind a line break if the tag does not begin its line."""
    room = length - 1 - (not first)
    return ("" if first else "\n") + "#" * min(level, room) + " " * (length - (not first) - min(level, room))


def _table(text: str) -> str:
    """A table as Markdown has it; as it was, if there is no room for the line that Markdown wants below the head."""
    rows: list[list[tuple[int, int]]] = []
    for match in _CELL.finditer(text):
        if match["row"] or (match["cell"] and not rows):
            rows.append([])
        if match["cell"]:
            rows[-1].append(match.span())
    rows = [row for row in rows if row]
    if not rows or "```" in text:
        return text
    flat = _BREAKS.sub(" ", _CELL.sub(lambda match: " " * len(match[0]), text))
    below = (
        _last_end(flat, rows[0][-1][1], rows[1][0][0] if len(rows) > 1 else len(text)),
        rows[1][0][1] if len(rows) > 1 else len(text),
    )
    ruled = _rule(len(rows[0]), below[1] - below[0], last=len(rows) == 1)
    if ruled is None:
        return text
    return _assembled(flat, rows, below, ruled)


def _last_end(flat: str, start: int, end: int) -> int:
    """Where the text of a row's last cell ends."""
    return start + len(flat[start:end].rstrip())


def _rule(columns: int, room: int, *, last: bool) -> str | None:
    """The line below the head, with the line breaks around it, and the bar that the next row begins with."""
    marks = "|-|" if columns == 1 else "-" + "|-" * (columns - 1)
    end = "\n\n" if last else "\n|"
    spare = room - len(marks) - 1 - len(end)
    return "\n" + marks + " " * spare + end if spare >= 0 else None


def _assembled(flat: str, rows: Sequence[Sequence[tuple[int, int]]], below: tuple[int, int], ruled: str) -> str:
    characters = list(flat)
    for number, row in enumerate(rows):
        for index, (_, end) in enumerate(row):
            characters[end - 1] = "|"
            if index == 0:
                characters[end - 2] = "\n"
        if number == 0:
            characters[row[0][1] - 3] = "\n"
    characters[below[0] : below[1]] = ruled
    characters[-1] = "\n"
    return "".join(characters)
