"""Whether a success criterion can be tested: whether two people who look would agree that it is met. English only."""

from __future__ import annotations

import enum
import re
from functools import cache

from rules.words import alternatives, word_list, word_set

_LONGEST = 1000  # characters of a criterion that are looked at


class Verdict(enum.Enum):
    """How far a criterion gets.

    Attributes:
        EMPTY: it says no more than that the work was done.
        SOFT: it speaks of a quality, and nothing in it could be looked at.
        TESTABLE: nothing speaks against it.
    """

    EMPTY = "empty"
    SOFT = "soft"
    TESTABLE = "testable"


def judge_criterion(criterion: str) -> Verdict:
    """How far a success criterion can be tested. In doubt it can."""
    text = criterion[:_LONGEST].replace("’", "'")
    bare = " ".join(text.casefold().split()).strip(" .,:;!?*_`()[]-–—…")
    if not bare or bare in word_set("criteria", "empty"):
        return Verdict.EMPTY
    if any(character.isdigit() for character in text) or _observable().search(text) or "_" in text or "`" in criterion:
        return Verdict.TESTABLE
    return Verdict.SOFT if _soft().search(text) else Verdict.TESTABLE


@cache
def _observable() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){alternatives(word_list('criteria', 'observable'))}(?![\w-])", re.IGNORECASE)


@cache
def _soft() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){alternatives(word_list('criteria', 'soft'))}(?![\w-])", re.IGNORECASE)
