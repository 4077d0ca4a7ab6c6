"""The fact that a misspelled label means, where that is nearly certain: `Severty`, `Stauts`, `incident_comander`."""

from __future__ import annotations

from functools import lru_cache

from rules.field_keys import key_of
from rules.folding import fold
from rules.patterns import Pattern
from rules.words import word_list, word_set

BETWEEN = Pattern(r"[_\s-]+")
"""What stands between the words of a label."""

_SHORTEST_WORD = 5  # letters; a shorter word has too many neighbours
_LONG_WORD = 9  # letters from which on two slips leave no doubt
_LONGEST = 40  # characters of a label


@lru_cache(maxsize=2048)
def label_meant(label: str) -> str | None:
    """The label at the head of Closeout's template that an unknown one is meant to be; None if there is none."""
    return None if key_of(label) is not None else meant_among(label, word_list("facts", "labels"))


@lru_cache(maxsize=4096)
def meant_among(label: str, known: tuple[str, ...]) -> str | None:
    """Which of the known labels another one is meant to be; None if it is not nearly certain.

    Each of its words is that label's, or begins with the same letter and is one slip of the keyboard away: a letter
    missing, doubled, wrong, or swapped with its neighbour. In a long word there may be two.
    """
    if len(label) > _LONGEST:
        return None
    words = BETWEEN.sub(" ", fold(label)).split(" ")
    return next((each for each in known if _is_meant(words, each.lower().split(" "))), None)


def key_meant(label: str) -> str | None:
    """The canonical key of a misspelled label; None if it is a known one, or not nearly certain."""
    meant = label_meant(label)
    return key_of(meant) if meant is not None else None


def _is_meant(words: list[str], known: list[str]) -> bool:
    return len(words) == len(known) and all(map(is_slip, words, known))


def is_slip(word: str, known: str) -> bool:
    """Whether a word, in lower case, is another one, or one slip of the keyboard away from it; two in a long word.

    A word that means something itself is no slip.
    """
    if word == known:
        return True
    if word in word_set("facts", "label_lookalikes"):
        return False
    if len(known) < _SHORTEST_WORD or word[:1] != known[0] or word in (f"{known}s", f"{known}'s"):
        return False
    most = 2 if len(known) >= _LONG_WORD else 1
    return abs(len(word) - len(known)) <= most and slips(word, known) <= most


def slips(word: str, known: str) -> int:
    """How many letters are missing, too many, wrong, or swapped with their neighbours (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(known) + 1))
    for row, letter in enumerate(word, start=1):
        current = [row]
        for column, other in enumerate(known, start=1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == known[column - 2] and word[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, last = last, current
    return last[-1]
