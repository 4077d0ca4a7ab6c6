"""Which command somebody meant by words that are none: one slip of the keyboard away from it, and no other word."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable

_FEWEST = 5
"""Letters of a command that a slip still points to: shorter ones are one letter away from too many words."""

_OTHERS = frozenset({"adapt", "precheck", "resign", "wave"})
"""Words so near to commands of ours that are words themselves: another program may listen to them."""


_FORMS = {
    form: (command, re.compile(taken, re.IGNORECASE))
    for command, taken, forms in (
        ("verified", r"(?:pass|fail)(?:ed)?(?![\w-])", "verify verifies verifying verification"),
        (
            "extend",
            r"(?:by |to |till |until )?\d{4}-\d\d-\d\d\b",
            "extends extended extending extension extention extents",
        ),
        ("reassign", r"(?:to )?@\w", "reassigns reassigned reassigning reassignment"),
        ("recurrence", r"(?:none|no|yes)(?![\w-])", "recur recurs recurred recurring recurrences"),
        ("waive", r"[a-z]{2}\d{3}\b", "waives waived waiving waiver"),
    )
    for form in forms.split()
}
"""Other forms of their words, which are nobody else's command where what ours take stands behind them."""


def meant_by(word: str, rest: str, commands: Iterable[str]) -> str | None:
    """The command that is one slip away from `word`, in lower case; None if there is none, or if it is one itself.

    `rest` is what stands behind it.

    A slip is a letter that is missing, wrong, in another place, or one too many. Hyphens, apostrophes and
    spaces are none, nor is a letter that is doubled or not: `reccurence`.
    """
    known, letters = tuple(commands), _letters(word)
    if word in known or letters in _OTHERS:
        return None
    if form := _FORMS.get(word):
        command, taken = form
        return command if taken.match(rest) else None
    long = [each for each in known if len(each) >= _FEWEST]
    return next((each for each in long if _is_slip(letters, each) or _is_slip(_single(letters), _single(each))), None)


def is_parted(word: str, behind: str, commands: Collection[str]) -> bool:
    """Whether a word and the one behind it are a command that was written in two: `won't do`, `re assign`."""
    return bool(behind) and word not in commands and _letters(word) + _letters(behind) in commands


def _is_slip(word: str, command: str) -> bool:
    if len(word) == len(command):
        wrong = sum(one != other for one, other in zip(word, command, strict=True))
        is_moved = sorted(word) == sorted(command) and not _shorter(word).isdisjoint(_shorter(command))
        return wrong <= 1 or is_moved
    return word in _shorter(command) or command in _shorter(word)


def _shorter(word: str) -> frozenset[str]:
    """A word without each of its letters."""
    return frozenset(word[:index] + word[index + 1 :] for index in range(len(word)))


def _letters(word: str) -> str:
    return "".join(filter(str.isalpha, word))


def _single(word: str) -> str:
    """A word without doubled letters."""
    return "".join(letter for letter, _ in itertools.groupby(word))
