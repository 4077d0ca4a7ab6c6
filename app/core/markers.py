"""Hidden markers: what Closeout remembers of an issue or comment, on that issue's or comment's own last line.

`<!-- closeout {"v":1,"kind":"action",…} -->`. GitHub is the database, and the marker a record in it: written whole, in
the same request as what it speaks of. People can edit, copy and remove it. So only the last line counts, what looks
like a marker in text of others is defused, and what cannot be read is told from what is not there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

VERSION = 1

_OPENING = "<!-- closeout "
_CLOSING = " -->"
_LOOKS_LIKE_ONE = re.compile(r"<!--(?=\s*closeout\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A last line that was a marker, and is damaged, or of a version that this program does not know."""

    line: str


def with_marker(text: str, record: Mapping[str, Any]) -> str:
    """The text with a marker as its last line, a blank line before it.

    What looks like a marker in the text is defused. `record` is what JSON can hold; it is written with its keys in
    order, so that equal records make equal markers.
    """
    body = defused(without_marker(text)).rstrip()
    return f"{body}\n\n{_line(record)}" if body else _line(record)


def read_marker(text: str) -> Mapping[str, Any] | Unreadable | None:
    """The record in the last line that is not blank; None if that line is no marker."""
    line = _last_line(text)
    if not line.startswith(_OPENING):
        return None
    if not line.endswith(_CLOSING):
        return Unreadable(line)
    try:
        record = json.loads(line[len(_OPENING) : -len(_CLOSING)])
    except (ValueError, RecursionError):
        return Unreadable(line)
    return record if isinstance(record, dict) and record.get("v") == VERSION else Unreadable(line)


def without_marker(text: str) -> str:
    """The text without its marker, readable or not, and without the blank lines before it."""
    line = _last_line(text)
    if not line.startswith(_OPENING):
        return text
    return text.rstrip()[: -len(line)].rstrip()


def defused(text: str) -> str:
    """The text with everything that looks like a marker shown instead of hidden; all else as it is."""
    return _LOOKS_LIKE_ONE.sub("&lt;!--", text)


def _last_line(text: str) -> str:
    return text.rstrip().rpartition("\n")[2].strip()


def _line(record: Mapping[str, Any]) -> str:
    """One line that no part of the record can end: JSON lets these characters be written as escapes."""
    written = json.dumps({"v": VERSION, **record}, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"{_OPENING}{_escaped(written)}{_CLOSING}"


def _escaped(written: str) -> str:
    # `<`, `>` and `-` occur outside strings only as the sign of a number, where a lone one is harmless: two in a row
    # are always inside a string, and `<` and `>` always are.
    escaped = written.replace("<", "\\u003c").replace(">", "\\u003e").replace("--", "\\u002d\\u002d")
    escaped = escaped.replace("@", "\\u0040")  # no program that looks for mentions is to find one here
    return escaped.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")
