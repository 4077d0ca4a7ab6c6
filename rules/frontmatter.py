"""Front matter, read defensively: where it is, and its keys as strings with their positions."""

from __future__ import annotations

import re
from typing import NamedTuple

from rules.blocks import Stretch
from rules.patterns import Pattern

LIMIT = 64 * 1024
"""How long front matter may be, in characters."""

_OPENING = Pattern(r"---[ \t]*(?:\r\n|\n|\r)")
_IN_LINE = Pattern(r"[^\r\n]")
_CLOSING = Pattern(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)
PLAIN_ENTRY = Pattern(r"([A-Za-z][\w -]{0,59}?)[ \t]*:[ \t]+(\S.*)")
"""A `key: value` line, as it is recognised without YAML's help."""


class Entry(NamedTuple):
    """One key of the front matter with its values (one, or a list's members), from offset `start` to `end`."""

    key: str
    values: tuple[Stretch, ...]
    start: int
    end: int


class Fault(NamedTuple):
    """What is wrong with the front matter, at the offsets `start` to `end`; `duplicate` names a key given twice."""

    message: str
    start: int
    end: int
    duplicate: bool = False


class FrontMatter(NamedTuple):
    """Front matter as read.

    Attributes:
        end: the offset behind its closing line; 0 if the document has none.
        entries: its keys in order; those of a broken one as far as they can be told.
        faults: what is wrong with it.
    """

    end: int
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


NONE = FrontMatter(0, (), ())


def read_front_matter(text: str) -> FrontMatter:
    """The front matter of a document that has no byte order mark any more. Never raises."""
    opening = _OPENING.match(text)
    if opening is None:
        return NONE
    closing = _find_closing(text, opening.end())
    if closing is None:
        return NONE if len(text) <= LIMIT else _unclosed(text, opening)
    from rules.frontmatter_yaml import read_entries  # not at the top: most documents have none, and YAML takes 20 ms

    read = read_entries(text, opening.end(), closing.start(), closing.end())
    return NONE if read is None else FrontMatter(closing.end(), *read)


def blank(text: str, end: int) -> str:
    """The text with everything before the offset `end` blanked out, line ends kept: all later offsets stay."""
    return _IN_LINE.sub(" ", text[:end]) + text[end:]


def _find_closing(text: str, start: int) -> re.Match[str] | None:
    closing = _CLOSING.search(text, start, min(len(text), start + LIMIT))
    if closing is None:
        return None
    return _CLOSING.match(text, closing.start())  # anew, since the window's end is not the text's


def _unclosed(text: str, opening: re.Match[str]) -> FrontMatter:
    if _CLOSING.search(text, opening.end()) is None or not PLAIN_ENTRY.match(text, opening.end()):
        return NONE
    what = f"The front matter is longer than {LIMIT // 1024} KiB, so it was not read."
    message = f"{what} Keep the facts in it, and move the rest below."
    return FrontMatter(0, (), (Fault(message, 0, 3),))
