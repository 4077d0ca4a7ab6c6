"""Whether a success criterion can be tested: whether two people who look would agree that it is met. English only."""

from __future__ import annotations

import enum
from functools import cache

from rules.actions.phrases import behind_determiners, end_of, phrases_of
from rules.patterns import Pattern
from rules.phrases import phrase_list
from rules.words import alternatives, word_list, word_set

_LONGEST = 1000  # characters of a criterion that are looked at


_FEELING = Pattern(
    r"(?:the\s|all\s|our\s|every\s)?(?:teams?|everyone|everybody|people|engineers?|developers?|staff|on-call|operators?"
    r"|users?|customers?|stakeholders?|support|we)\s(?:(?:members?|engineers?|staff|all|fully|better)\s){0,2}"
    r"(?:understands?|knows?|feels?|trusts?|(?:is|are)\s(?:more\s|fully\s|all\s|well\s){0,2}"
    r"(?:aware|confident|comfortable|familiar|happy|satisfied|trained|informed|prepared|educated))\b"
)
_IN_PLACE = Pattern(
    r"\s(?:(?:is|are|was|were|has|have|been|fully|all|now)\s){0,3}"
    r"(?:in\splace|set\sup|configured|improved|updated|enhanced|added|available|enabled|created|written|reviewed|working"
    r"|up\sto\sdate|done|complete|completed|implemented|good|sufficient|adequate)"
)


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
    if not bare or bare in word_set("criteria", "empty") or _only_done().fullmatch(bare):
        return Verdict.EMPTY
    if any(character.isdigit() for character in text) or "_" in text or "`" in criterion:
        return Verdict.TESTABLE
    if _is_general(bare):
        return Verdict.SOFT
    if phrase_list("criteria", "observable").is_in(text):
        return Verdict.TESTABLE
    return Verdict.SOFT if phrase_list("criteria", "soft").is_in(text) else Verdict.TESTABLE


def _is_general(bare: str) -> bool:
    """Whether it says that a whole field of work is in place, or what people feel: "monitoring is in place"."""
    if _FEELING.match(bare):
        return True
    field = end_of(bare, behind_determiners(bare, 0), phrases_of("vague", "fields"))
    return field is not None and _IN_PLACE.fullmatch(bare, field) is not None


@cache
def _only_done() -> Pattern:
    """That the work is done, or that it helps, in other words: "the fix has been fully deployed", "it never recurs"."""
    subject, said = (alternatives(word_list("criteria", key)) for key in ("subjects", "said_done"))
    return Pattern(
        rf"(?:(?:when|once|if)\s)?(?:{subject}\s)?"
        rf"(?:(?:is|are|was|were|has|have|been|gets?|fully|all|now|successfully|completely)\s){{0,4}}{said}"
        rf"|{subject}\s(?:(?:does|will|do|can)\s(?:not|never)|doesn't|won't|don't|never|no\slonger|cannot|can't)\s"
        r"(?:happens?|recurs?|occurs?|reoccurs?|appears?|exists?|come\sback)(?:\sagain|\sany\s?more)?"
    )
