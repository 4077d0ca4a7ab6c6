"""Which versions of documents need not be read, since what they say is remembered, or is no longer what holds.

A copy of a postmortem, as a site has one, is not a second postmortem; nor is it when its original goes on.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from app.core.ledger import Ledger
from app.core.repository_facts import RepositoryFacts

MOST_EARLIER = 10
"""Earlier versions of a document that a ledger remembers."""

_DIGITS = 12  # of a SHA: enough to tell the versions of one repository apart


@dataclass(frozen=True, slots=True)
class KnownVersions:
    """What need not be read.

    Attributes:
        read: SHAs of versions of which all is remembered.
        earlier: the beginnings of the SHAs of those that came before them.
        followed: paths of the documents that are followed up: an earlier version that is there again counts again.
    """

    read: frozenset[str]
    earlier: frozenset[str]
    followed: frozenset[str]

    def has(self, path: str, blob: str) -> bool:
        """Whether a document need not be read."""
        return blob in self.read or (path not in self.followed and _short(blob) in self.earlier)


def known_versions(facts: RepositoryFacts, paths: Collection[str]) -> KnownVersions:
    """The versions that need not be read. `paths` are those of all documents that are there.

    Where a ledger's document is not at its path any more, an earlier version of it may be what it is now.
    """
    ledgers = facts.trackings().values()
    return KnownVersions(
        read=facts.read_versions(),
        earlier=frozenset(sha for ledger in ledgers if ledger.path in paths for sha in ledger.earlier),
        followed=frozenset(ledger.path for ledger in ledgers),
    )


def is_earlier(ledger: Ledger, blob: str) -> bool:
    """Whether a ledger's document once was what a blob holds."""
    return _short(blob) in ledger.earlier


def with_version(ledger: Ledger, blob: str, elsewhere: Collection[str], copies: Collection[str] = ()) -> Ledger:
    """The ledger once it has read a version; `elsewhere` are the blobs of other documents, `copies` of those like it.

    Of the versions before it the newest are remembered, and rather those that still stand somewhere, as copies do.
    """
    if ledger.blob == blob:
        return ledger
    versions = (*ledger.earlier, _short(ledger.blob), *(_short(each) for each in copies))
    before = [each for each in versions if each and each != _short(blob)]
    standing = {_short(each) for each in elsewhere}
    kept = sorted(dict.fromkeys(before), key=lambda each: each in standing)  # among equals the newest stay last
    return replace(ledger, blob=blob, earlier=tuple(kept[-MOST_EARLIER:]))


def _short(blob: str) -> str:
    return blob[:_DIGITS]
