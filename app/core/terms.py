"""What an action item says besides its title: who, until when, how urgent, and how it shows that it is done."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from app.core.promise import Said

COMPLETE = 4
"""How far two items agree that say the same of everything."""

_DIGITS = 4  # of a fingerprint: an item has to be told from its neighbours, and a ledger of hundreds has little room
_DIFFERENCE = 2  # a field that differs says more than one that is equal: people share owners, and days


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of an action item as fingerprints, equal where they are; None where it does not say.

    Attributes:
        owner: their login, else as written, in any case.
        due: the deadline in the document.
        priority: as written there.
        criterion: likewise, in any case and however it is broken into lines.
    """

    owner: str | None = None
    due: str | None = None
    priority: str | None = None
    criterion: str | None = None


UNSTATED = Terms()
"""Those of an item that says nothing but its title."""


def terms_of(said: Said) -> Terms:
    """The terms of what a document says."""
    return Terms(
        owner=_fingerprint(said.owner or said.owner_text),
        due=_fingerprint(said.due.isoformat() if said.due else ""),
        priority=_fingerprint(said.priority.value if said.priority else ""),
        criterion=_fingerprint(said.criterion or ""),
    )


def _fingerprint(text: str) -> str | None:
    words = " ".join(text.casefold().split())
    return hashlib.sha256(words.encode()).hexdigest()[:_DIGITS] if words else None


def agreement(one: Terms, other: Terms) -> int:
    """How far two items agree, -8 to `COMPLETE`: what only one of them says, or neither, counts for nothing."""
    return sum(1 if a == b else -_DIFFERENCE for a, b in _said_by_both(one, other))


def contradict(one: Terms, other: Terms) -> bool:
    """Whether two items differ in anything that both say."""
    return any(a != b for a, b in _said_by_both(one, other))


def _said_by_both(one: Terms, other: Terms) -> Iterator[tuple[str, str]]:
    """The pairs of fingerprints; named one by one, since a document of hundreds of items asks for ten thousands."""
    pairs = (
        (one.owner, other.owner),
        (one.due, other.due),
        (one.priority, other.priority),
        (one.criterion, other.criterion),
    )
    return ((a, b) for a, b in pairs if a is not None and b is not None)
