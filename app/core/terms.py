"""What an action item says besides its title: who, until when, how urgent, and how it shows that it is done."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import date

from app.core.promise import Said

COMPLETE = 4
"""How far two items agree that say the same of everything."""

_DIFFERENCE = 2  # a field that differs says more than one that is equal: people share owners, and days


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of an action item; None where it does not say, or nobody knows any more.

    Attributes:
        owner: their login, else as written, in lower case.
        due: the deadline in the document.
        priority: as written there.
        criterion: likewise, with single blanks and in lower case.
    """

    owner: str | None = None
    due: date | None = None
    priority: str | None = None
    criterion: str | None = None


UNSTATED = Terms()
"""Those of an item that says nothing of it, or of which nobody knows any more."""


def terms_of(said: Said) -> Terms:
    """The terms of what a document says."""
    return Terms(
        owner=(said.owner or said.owner_text).casefold() or None,
        due=said.due,
        priority=said.priority.value if said.priority else None,
        criterion=" ".join(said.criterion.casefold().split()) if said.criterion else None,
    )


def agreement(one: Terms, other: Terms) -> int:
    """How far two items agree, -8 to `COMPLETE`: what only one of them says, or neither, counts for nothing."""
    pairs = [(a, b) for a, b in zip(astuple(one), astuple(other), strict=True) if a is not None and b is not None]
    return sum(1 if a == b else -_DIFFERENCE for a, b in pairs)


def contradict(one: Terms, other: Terms) -> bool:
    """Whether two items differ in anything that both say."""
    return any(a is not None and b is not None and a != b for a, b in zip(astuple(one), astuple(other), strict=True))
