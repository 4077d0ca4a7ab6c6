"""Blame that its author owns up to: “we blame the storage team”, “it is disappointing that the team waited”."""

from __future__ import annotations

from rules.language.predicates import Blame, Kind
from rules.language.sentences import POSSESSIVE, Sentence
from rules.language.subjects import Who, person_from
from rules.language.verbs import group_at
from rules.language.vocabulary import is_past, words

_ACCUSING = frozenset({"we", "i"})
_STRESS = frozenset({"do", "must", "can", "still"})
_HELPLESS = frozenset({"had", "has", "have", "was", "were", "lost", "found", "needed", "saw"})
"""Verbs by which is told what somebody went through rather than what they did."""


def we_blame(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“We blame the storage team for the delay”, and not “we do not blame”; `index` is that of “blame”."""
    start = index - 1
    while sentence.at(start) in _STRESS or sentence.at(start).endswith("ly"):
        start -= 1
    if sentence.at(start) not in _ACCUSING or sentence.at(start - 1) in words("openings"):
        return None
    person = person_from(sentence, index + 1, names)
    if person is None or person.who not in (Who.PEOPLE, Who.MAYBE) or sentence.at(person.end) == POSSESSIVE:
        return None
    return Blame(Kind.PERSON, start, person.end)


def baffled(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“It is hard to understand why the operator did not pull the lever”; `index` is that of “understand”."""
    if sentence.at(index - 1) != "to" or sentence.at(index - 2) not in _HARD or sentence.at(index + 1) not in _WHY:
        return None
    person = person_from(sentence, index + 2, names)
    if person is None or person.who not in (Who.PEOPLE, Who.MAYBE) or group_at(sentence, person.end) is None:
        return None
    return Blame(Kind.PERSON, index - 2, person.end)


_HARD = frozenset({"hard", "difficult", "impossible"})
_WHY = frozenset({"why", "how"})
PAIRS = ((frozenset({"understand", "comprehend", "fathom"}), _HARD),)
"""Of each pair, words of both stand in a sentence that blames so."""


def deplorable(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“It is disappointing that the payments team waited for an hour”; `index` is that of the adjective."""
    if sentence.at(index + 1) != "that" or sentence.at(index - 1) in ("not", "no"):
        return None
    person = person_from(sentence, index + 2, names)
    if person is None or person.who is not Who.PEOPLE:
        return None
    group = group_at(sentence, person.end)
    if group is None or group.passive or group.modal:
        return None
    verb = sentence.words[group.verb]
    told = verb in words("duties") if group.negation >= 0 else is_past(verb) and verb not in words("innocent")
    return Blame(Kind.PERSON, index, group.verb + 1) if told and verb not in _HELPLESS else None
