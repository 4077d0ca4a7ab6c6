"""The body of an issue: a block that is Closeout's, what people wrote around it, and the marker on the last line.

All of it fits into what GitHub takes. The marker comes first, since it is what Closeout remembers; then what people
wrote; the block, which can be put together again at any time, gives way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.core.ledger import Entry, Ledger
from app.core.markers import with_marker, without_marker
from app.core.promise import LONGEST_TITLE, MOST_EXTENSIONS, shortened
from app.core.records import Record, as_record

MOST_CHARACTERS = 65_535
"""GitHub takes one more in the body of an issue or a comment: "body is too long (maximum is 65536 characters)"."""

BEGIN = "<!-- closeout:begin -->"
END = "<!-- closeout:end -->"

_DELIMITER = re.compile(r"<!--(?=\s*closeout:(?:begin|end)\b)", re.IGNORECASE)
_LONGEST_MARKER = 50_000  # characters: the rest is for the block, and for people
_CUT = "… and more, for which there is no room here."
_SHORTER = ((LONGEST_TITLE, MOST_EXTENSIONS), (120, 5), (60, 3), (60, 1), (30, 1), (12, 1))
"""Characters of an item's title, and moves of its deadline, that a ledger keeps: the first for which it has room."""


def compose(body: str, block: str | None, record: Record, *, below: bool = False) -> str:
    """The body with the block and the record put in place of the old ones; what people wrote stays.

    Where the block is not there it goes to the top, since somebody took away more than they meant to; or, with `below`,
    to the end: the issue is somebody else's. `block` None leaves it as it is. A block for which there is no room is cut
    at the end of a line; where people left none for the record itself, the body stays as it is.
    """
    text, written = without_marker(body), _written(record)
    if block is None:
        if len(composed := with_marker(text, written)) <= MOST_CHARACTERS:
            return composed
        block = _block_of(text)
    while len(composed := with_marker(_with_block(text, block, below=below), written)) > MOST_CHARACTERS:
        if not block:
            alone = with_marker(text, written)
            return alone if len(alone) <= MOST_CHARACTERS else body
        block = _cut(block, len(composed) - MOST_CHARACTERS)
    return composed


def room_for_block(body: str, record: Record) -> int:
    """How many characters of a block have room in a body beside the record, and what people wrote; none below zero."""
    return max(0, MOST_CHARACTERS - len(compose(body, "", record)))


def compose_comment(text: str, record: Record) -> str:
    """A comment with its record; a text for which there is no room is cut at the end of a line."""
    while len(composed := with_marker(text, as_record(record))) > MOST_CHARACTERS and text:
        text = _cut(text, len(composed) - MOST_CHARACTERS)
    return composed


def _with_block(text: str, block: str, *, below: bool) -> str:
    framed = f"{BEGIN}\n{_DELIMITER.sub('&lt;!--', block)}\n{END}"
    before, after = _around(text)
    if below and BEGIN not in text:
        before, after = after, ""
    return "\n\n".join(part for part in (before, framed, after) if part)


def _around(text: str) -> tuple[str, str]:
    """What stands before and after the block."""
    start, end = text.find(BEGIN), text.find(END)
    if start < 0 or end < start:
        return "", text.replace(BEGIN, "").replace(END, "").strip()
    return text[:start].strip(), text[end + len(END) :].strip()


def _block_of(text: str) -> str:
    start, end = text.find(BEGIN), text.find(END)
    return text[start + len(BEGIN) : end].strip() if 0 <= start < end else ""


def _cut(text: str, over: int) -> str:
    """A text that is shorter by so many characters at least, and says so; empty where that leaves nothing."""
    room = len(text) - over - len(_CUT) - 1
    kept = text[: max(room, 0)].rpartition("\n")[0].rstrip()
    return f"{kept}\n{_CUT}" if kept else ""


def _written(record: Record) -> Mapping[str, Any]:
    """The record as it is written; a ledger that is too long keeps less of each item, but each of them."""
    written = as_record(record)
    if not isinstance(record, Ledger):
        return written
    for titles, moves in _SHORTER:
        if len(with_marker("", written)) <= _LONGEST_MARKER:
            return written
        record = replace(record, entries=tuple(_shorter(each, titles, moves) for each in record.entries))
        written = as_record(record)
    if len(with_marker("", written)) <= _LONGEST_MARKER:
        return written
    about = replace(record.about, authors=record.about.authors[:3], verification="", names=())  # the document has them
    return as_record(replace(record, about=about))


def _shorter(entry: Entry, title: int, moves: int) -> Entry:
    return replace(entry, title=shortened(entry.title, title)).with_last_moves(moves)
