"""Hidden markers: what Closeout remembers of an issue or comment, on that issue's or comment's own last line.

`<!-- closeout {"v":1,"kind":"action",…} -->`. GitHub is the database, and the marker a record in it: written whole, in
the same request as what it speaks of. People can edit, copy and remove it. So only the last line counts, what looks
like a marker in text of others is defused, and what cannot be read is told from what is not there. A long record is
packed, since an issue's text has a limit.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

VERSION = 1

_LONGEST_PLAIN = 24_000
"""Characters up to which a record is written so that people can read it, too."""

_LARGEST = 4 * 1024 * 1024
"""Bytes of a record: what unpacks to more was not packed by this program."""

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
        if isinstance(record, dict) and isinstance(record.get("packed"), str):
            record = json.loads(_unpacked(record["packed"]))
    except (ValueError, RecursionError, zlib.error):
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
    written = _escaped(_json({"v": VERSION, **record}))
    if len(written) > _LONGEST_PLAIN:
        packed = _escaped(_json({"v": VERSION, "kind": record.get("kind"), "packed": _packed(written)}))
        written = min(packed, written, key=len)  # some scripts take less room as they are
    return f"{_OPENING}{written}{_CLOSING}"


def _json(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _packed(written: str) -> str:
    return base64.b64encode(zlib.compress(written.encode(), level=9)).decode()


def _unpacked(packed: str) -> bytes:
    """What was packed. Raises ValueError and zlib.error."""
    unpacking = zlib.decompressobj()
    written = unpacking.decompress(base64.b64decode(packed, validate=True), _LARGEST)
    if not unpacking.eof:
        raise ValueError("it is larger than any record, or cut short")
    return written


def _escaped(written: str) -> str:
    # `<`, `>` and `-` occur outside strings only as the sign of a number, where a lone one is harmless: two in a row
    # are always inside a string, and `<` and `>` always are.
    escaped = written.replace("<", "\\u003c").replace(">", "\\u003e").replace("--", "\\u002d\\u002d")
    escaped = escaped.replace("@", "\\u0040")  # no program that looks for mentions is to find one here
    return escaped.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")
