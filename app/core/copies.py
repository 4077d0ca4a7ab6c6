"""Which documents only repeat another one: a site's copy has front matter, or lags behind, and is no second postmortem.

Two documents of one incident, each with its own promises, are no copies of one another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from app.core.ledger import About, Ledger
from app.core.merged_document import Contents
from app.core.terms import terms_of

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
        authors: as written, in any case.
        owned: the titles, each with the owner of the item, see `Terms`.
    """

    name: str
    day: date | None
    headline: str
    titles: frozenset[str]
    authors: frozenset[str]
    owned: frozenset[tuple[str, str | None]]


def words_of_contents(path: str, contents: Contents) -> Words:
    """What a document says that was read."""
    name = "" if contents.document == path else contents.document
    titles = frozenset(each.said.title.casefold() for each in contents.items)
    owned = frozenset((each.said.title.casefold(), terms_of(each.said).owner) for each in contents.items)
    about = contents.about
    return Words(name, about.day, about.headline.casefold(), titles, _authors(about), owned)


def words_of_ledger(ledger: Ledger) -> Words:
    """What the document of a ledger said when it was last read."""
    titles = frozenset(each.title.casefold() for each in ledger.entries if not each.gone)
    name = "" if has_no_name(ledger) else ledger.document
    entries = [each for each in ledger.entries if not each.gone]
    owned = frozenset((each.title.casefold(), each.terms.owner) for each in entries)
    about = ledger.about
    return Words(name, about.day, about.headline.casefold(), titles, _authors(about), owned)


def _authors(about: About) -> frozenset[str]:
    return frozenset(each.casefold() for each in about.authors)


def has_no_name(ledger: Ledger) -> bool:
    """Whether a ledger goes by a path, since its document named no incident when it was first read."""
    suffix = PurePosixPath(ledger.path).suffix
    return ledger.document == ledger.path or bool(suffix and suffix in ledger.document)


def is_copy(one: Words, other: Words) -> bool:
    """Whether two documents of one incident, day and headline promise the same, or most of it.

    Two teams may write of one day under one headline: where no incident is named, and the documents have no author in
    common, the owners of what is promised decide. A copy may leave out who wrote it and who owns what, as one for the
    public does.
    """
    if one.day is None or (one.name, one.day, one.headline) != (other.name, other.day, other.headline):
        return False
    if not _are_mostly(one.titles, other.titles):
        return False
    if one.name or one.authors & other.authors:
        return True
    if one.authors and other.authors:
        return _have_one_owner(one, other)
    return bool(one.owned & other.owned) or not (_names_owners(one) and _names_owners(other))


def _have_one_owner(one: Words, other: Words) -> bool:
    """Whether whatever both promise is owned alike."""
    return {title for title, _ in one.owned & other.owned} >= one.titles & other.titles


def _names_owners(words: Words) -> bool:
    return any(owner for _, owner in words.owned)


def _are_mostly(some: frozenset[str], others: frozenset[str]) -> bool:
    return 2 * len(some & others) > max(len(some), len(others), 1)


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
