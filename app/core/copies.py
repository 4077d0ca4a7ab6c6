"""Which documents only repeat another one: a site's copy has front matter, or lags behind, and is no second postmortem.

Two documents of one incident, each with its own promises, are no copies of one another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from app.core.ledger import Ledger
from app.core.merged_document import Contents

_HOMES = ("postmortem", "post-mortem", "incident")
"""What the folders of originals are called, rather than those of copies."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a document says, as far as its copies say the same.

    Attributes:
        name: of its incident; empty where it has none.
        day: of the incident, or None.
        headline: in any case.
        titles: of its action items, in any case.
    """

    name: str
    day: date | None
    headline: str
    titles: frozenset[str]


def words_of_contents(path: str, contents: Contents) -> Words:
    """What a document says that was read."""
    name = "" if contents.document == path else contents.document
    titles = frozenset(each.said.title.casefold() for each in contents.items)
    return Words(name, contents.about.day, contents.about.headline.casefold(), titles)


def words_of_ledger(ledger: Ledger) -> Words:
    """What the document of a ledger said when it was last read."""
    titles = frozenset(each.title.casefold() for each in ledger.entries if not each.gone)
    name = "" if has_no_name(ledger) else ledger.document
    return Words(name, ledger.about.day, ledger.about.headline.casefold(), titles)


def has_no_name(ledger: Ledger) -> bool:
    """Whether a ledger goes by a path, since its document named no incident when it was first read."""
    suffix = PurePosixPath(ledger.path).suffix
    return ledger.document == ledger.path or bool(suffix and suffix in ledger.document)


def is_copy(one: Words, other: Words) -> bool:
    """Whether two documents of one incident, day and headline promise the same, or most of it."""
    if one.day is None or (one.name, one.day, one.headline) != (other.name, other.day, other.headline):
        return False
    return 2 * len(one.titles & other.titles) > max(len(one.titles), len(other.titles), 1)


def folders_of(paths: Iterable[str]) -> frozenset[str]:
    """The folders in which paths are."""
    return frozenset(str(PurePosixPath(path).parent) for path in paths)


def rank_of(path: str, folders: Collection[str]) -> tuple[bool, bool, int]:
    """How much speaks against a path being that of an original, the least first.

    `folders` are those in which documents are followed up: originals stand beside one another.
    """
    parent = PurePosixPath(path).parent
    is_home = any(home in str(parent).casefold() for home in _HOMES)
    return str(parent) not in folders, not is_home, len(parent.parts)


def originals_first(paths: Iterable[str], folders: Collection[str]) -> list[str]:
    """Paths in an order in which those of originals come before those of their copies."""
    return sorted(paths, key=lambda path: (*rank_of(path, folders), path))
