"""Which command somebody meant by a word that is none: one slip of the keyboard away from it, and no other word."""

from __future__ import annotations

from collections.abc import Iterable

_FEWEST = 5
"""Letters of a command that a slip still points to: shorter ones are one letter away from too many words."""

_OTHERS = frozenset({"adapt", "precheck", "wave"})
"""Words so near to commands of ours that are words themselves: another program may listen to them."""


def meant_by(word: str, commands: Iterable[str]) -> str | None:
    """The command that is one slip away from `word`, in lower case; None if there is none, or if it is one itself.

    A slip is a letter that is missing, wrong, in another place, or one too many, as a hyphen or an apostrophe may be.
    """
    known = tuple(commands)
    if word in known or word in _OTHERS:
        return None
    return next((each for each in known if len(each) >= _FEWEST and _is_slip(word, each)), None)


def _is_slip(word: str, command: str) -> bool:
    if len(word) == len(command):
        wrong = sum(one != other for one, other in zip(word, command, strict=True))
        is_moved = sorted(word) == sorted(command) and not _shorter(word).isdisjoint(_shorter(command))
        return wrong == 1 or is_moved
    return word in _shorter(command) or command in _shorter(word)


def _shorter(word: str) -> frozenset[str]:
    """A word without each of its letters."""
    return frozenset(word[:index] + word[index + 1 :] for index in range(len(word)))
