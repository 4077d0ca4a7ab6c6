"""Hidden markers: what Closeout remembers of an issue or comment, in that issue's or comment's own text.

`<!-- closeout {"v":1,"kind":"action",…} -->`. GitHub is the database, and the marker a record in it: written whole, in
the same request as what it speaks of, and on the last line. People can edit, copy and remove it, and write below what
they cannot see. So one with a note after it counts as well, until the next write puts it last again; one in a
quotation or in a block of code does not; what looks like a marker in text of others is defused; and what cannot be
read is told from what is not there. A long record is packed, since an issue's text has a limit.
"""

from __future__ import annotations

import base64
import itertools
import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.fences import fenced_lines

VERSION = 1

_LONGEST_PLAIN = 24_000
"""Characters up to which a record is written so that people can read it, too."""

_LARGEST = 4 * 1024 * 1024
"""Bytes of a record: what unpacks to more was not packed by this program."""

_OPENING = "<!-- closeout "
_CLOSING = " -->"
_WHOLE = re.compile(r"[ \t]*<!-- closeout (?P<record>\{[^<>]*\}) -->(?P<rest>.*)", re.DOTALL)
_IN_CODE = re.compile(r" {4}| {0,3}\t")
_LOOKS_LIKE_ONE = re.compile(r"<!--(?=\s*closeout\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that was a marker, and is damaged, or of a version that this program does not know."""

    line: str


def with_marker(text: str, record: Mapping[str, Any]) -> str:
    """The text with a marker as its last line, a blank line before it.

    What looks like a marker in the text is defused. `record` is what JSON can hold; it is written with its keys in
    order, so that equal records make equal markers.
    """
    body = defused(without_marker(text)).rstrip()
    return f"{body}\n\n{_line(record)}" if body else _line(record)


def read_marker(text: str) -> Mapping[str, Any] | Unreadable | None:
    """The record of a text; None if it has none.

    That is the one on the last line that is not blank, else on the last line that begins with a whole marker.
    """
    found = _found(text.split("\n"))
    return found.record if found else None


def without_marker(text: str) -> str:
    """The text without its marker, readable or not, without the blank lines around it, and without hidden copies.

    What somebody wrote on the same line, after the marker, stays.
    """
    lines = text.split("\n")
    found = _found(lines)
    if found is None:
        return text
    markers = {each.index: each for each in (*_markers(lines), found)}
    kept = [*lines]
    for index in sorted(markers):
        kept[index] = markers[index].rest
    above = "\n".join(kept[: found.index]).rstrip()
    below = "\n".join(itertools.dropwhile(lambda line: not line.strip(), kept[found.index :])).rstrip()
    return f"{above}\n\n{below}" if above and below else above or below


def defused(text: str) -> str:
    """The text with everything that looks like a marker shown instead of hidden; all else as it is."""
    return _LOOKS_LIKE_ONE.sub("&lt;!--", text)


@dataclass(frozen=True, slots=True)
class _Found:
    """A marker: the index of its line, what it says, and what stands behind it on that line."""

    index: int
    record: Mapping[str, Any] | Unreadable
    rest: str


def _found(lines: Sequence[str]) -> _Found | None:
    last = next((index for index in reversed(range(len(lines))) if lines[index].strip()), None)
    if last is None:
        return None
    line = lines[last].strip()
    if line.startswith(_OPENING):
        return _whole(last, line) or _Found(last, Unreadable(line), line.partition(_CLOSING)[2].strip())
    markers = list(_markers(lines))
    readable = [each for each in markers if not isinstance(each.record, Unreadable)]
    return next(reversed(readable or markers), None)


def _markers(lines: Sequence[str]) -> Iterator[_Found]:
    """The lines that begin with a whole marker, readable or not, and are no code.

    A fence that nobody closed, above all of ours perhaps, makes no code of it.
    """
    fenced = fenced_lines(lines, only_closed=True)
    for index, line in enumerate(lines):
        if index not in fenced and not _IN_CODE.match(line) and (found := _whole(index, line)):
            yield found


def _whole(index: int, line: str) -> _Found | None:
    match = _WHOLE.match(line)
    return _Found(index, _read(match["record"], line.strip()), match["rest"].strip()) if match else None


def _read(written: str, line: str) -> Mapping[str, Any] | Unreadable:
    try:
        record = json.loads(written)
        if isinstance(record, dict) and isinstance(record.get("packed"), str):
            record = json.loads(_unpacked(record["packed"]))
    except (ValueError, RecursionError, zlib.error):
        return Unreadable(line)
    return record if isinstance(record, dict) and record.get("v") == VERSION else Unreadable(line)


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
