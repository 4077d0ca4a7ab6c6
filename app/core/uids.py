"""What the things that Closeout creates are known by for ever: a retry computes the same."""

from __future__ import annotations

import hashlib

_UID_DIGITS = 16  # hexadecimal, which makes 64 bits


def document_uid(document: str) -> str:
    """What a postmortem's tracking issue is known by, from the document's id."""
    return _digest("tracking", document)


def item_uid(document: str, title: str, ordinal: int) -> str:
    """What an action item is known by for ever: from its document's id and the title it first had.

    Among items of equal title it is the `ordinal`-th, from 0. A retry computes the same.
    """
    return _digest("action", document, " ".join(title.casefold().split()), str(ordinal))


def evidence_about(uid: str) -> str:
    """What the question for what shows that an item was done is known by."""
    return f"evidence:{uid}"


def document_digest(name: str) -> str:
    """A document's path, or id, in the list of those that wait: short, since hundreds have to fit into a marker."""
    return _digest("waiting", name)[:10]


def adoption_uid() -> str:
    """What the issue that asks about many new postmortems is known by."""
    return _digest("adoption")


def vanished_about(version: str) -> str:
    """What the word is known by that a version of a document lost many items at once."""
    return f"vanished:{version[:12]}"


def shared_about(uid: str, number: int) -> str:
    """What the word is known by that an item links an issue which is followed up for another postmortem."""
    return f"shared:{uid}:{number}"


def notice_uid(about: str) -> str:
    """What a notice is known by."""
    return _digest("notice", about)


def agenda_uid(week: str) -> str:
    """What the agenda of a week is known by."""
    return _digest("agenda", week)


def figures_uid() -> str:
    """What the issue that shows the figures is known by."""
    return _digest("figures")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_UID_DIGITS]
