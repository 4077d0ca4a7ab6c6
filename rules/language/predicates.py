"""Whether what is said of a person holds something against them.

Systems fail to do things all the time, and saying so is no blame, so that a predicate that machines share counts only
with a subject that is clearly a person or a team. In doubt nothing is said.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from rules.language.sentences import MASK, POSSESSIVE, Sentence
from rules.language.subjects import Person, Who, heads, is_name, person_ending_with
from rules.language.verbs import Group, groups_of
from rules.language.vocabulary import Phrases, is_past, is_word, phrases, words

_LONGEST_OBJECT = 16  # tokens behind a verb in which its object and manner are looked for
_LONGEST_CLAUSE = 24  # tokens behind a verb in which a concession is looked for
_LONGEST_REASON = 4  # tokens behind "because" in which a person is looked for
_NEAR = 7  # tokens behind a noun in which "its" makes a thing of it
_HYPOTHESIS = 4  # tokens before a subject in which "if" and kin are looked for


class Kind(enum.Enum):
    """In which way a sentence blames."""

    CAUSE = "cause"
    PERSON = "person"
    COUNTERFACTUAL = "counterfactual"
    ACT = "act"
    OURSELVES = "ourselves"


class Blame(NamedTuple):
    """Words that blame: at first as tokens, from `start` to `end` (exclusive), then as characters of the text."""

    kind: Kind
    start: int
    end: int


def blames_of_subject(sentence: Sentence, index: int, names: frozenset[str]) -> Iterator[Blame]:
    """What is held against the person whose noun is the token `index`, if it is the subject of a verb."""
    person = person_ending_with(sentence, index, names)
    if person is None:
        return
    if sentence.at(index + 1) == POSSESSIVE or sentence.at(person.start - 1).endswith("ing"):
        return
    if person.who in (Who.MAYBE, Who.STRANGER) and not _ITS.isdisjoint(sentence.words[index + 1 : index + _NEAR]):
        return
    supposed = _supposed(sentence, person)
    for position, group in enumerate(groups_of(sentence, person)):
        first = person if position == 0 else person._replace(start=group.start)
        found = _supposition(sentence, person, group) if supposed else _judge(sentence, first, group)
        if found is not None and not (found.kind is Kind.PERSON and _is_explained(sentence, found.end, names)):
            yield found
            return
        if supposed:
            return


_ITS = frozenset({"its", "itself"})


def _supposed(sentence: Sentence, person: Person) -> bool:
    """Whether nothing has happened yet, or never did: “if the engineer …”, “had the engineer …”."""
    before = sentence.words[max(person.start - _HYPOTHESIS, 0) : person.start]
    if before[-1:] == ["had"] and (len(before) == 1 or not is_word(before[-2]) or before[-2] in _BEFORE_HAD):
        return True
    if "," in before:
        before = before[before.index(",") + 1 :]
    return not words("openings").isdisjoint(before) or _denied(sentence, person.start)


def _denied(sentence: Sentence, start: int) -> bool:
    before = sentence.words[max(start - 6, 0) : start]
    pairs = list(pairwise(before))
    if ("rather", "than") in pairs or ("instead", "of") in pairs:
        return True
    denial = {"that", "because", "mean", "say", "about", "matter", "who", "whether", "why"}
    return any(first in ("not", "never") and second in denial for first, second in pairs) or (
        "not" in before and not {"mean", "say", "blame", "about"}.isdisjoint(before)
    )


def _supposition(sentence: Sentence, person: Person, group: Group) -> Blame | None:
    """“If the reviewer had looked, … would”: an incident that did not happen, and whose fault that is."""
    inverted = sentence.at(person.start - 1) == "had"
    if not inverted and (group.auxiliaries[:1] != ("had",) or sentence.at(person.start - 1) not in ("if", "only")):
        return None
    verb = sentence.words[group.verb]
    if "been" in group.auxiliaries or verb in _CIRCUMSTANCES:
        return None
    if sentence.at(person.start - 1) != "only" and _UNREAL.isdisjoint(sentence.words):
        return None
    instructed = verb in words("duties") and not words("procedures").isdisjoint(sentence.words)
    least = _least(verb, Who.MAYBE if instructed else Who.PEOPLE)
    return _verdict(person, Kind.COUNTERFACTUAL, person.start - 1, group.verb + 1, least=least)


_UNREAL = frozenset({"would", "could", "might", "preventable", "avoidable"})
_BEFORE_HAD = frozenset(
    {"and", "but", "preventable", "avoidable", "happened", "avoided", "prevented", "shorter", "smaller"}
)
_CIRCUMSTANCES = frozenset(
    {"had", "access", "known", "received", "seen", "able", "gotten", "the", "a", "an", "better", "more", "no"}
)


def _verdict(person: Person, kind: Kind, start: int, end: int, *, least: Who = Who.PEOPLE) -> Blame | None:
    """Blame, if the subject is one who can be blamed; `least`: how surely it must be people."""
    if person.who is Who.OURSELVES:
        return Blame(Kind.OURSELVES, start, end)
    return None if person.who.value > least.value else Blame(kind, start, end)


def _judge(sentence: Sentence, person: Person, group: Group) -> Blame | None:
    """What a verb amounts to for its subject."""
    if end := _phrase_end(sentence, group, phrases("human")):
        return _verdict(person, Kind.PERSON, person.start, end, least=Who.STRANGER)
    if end := _phrase_end(sentence, group, phrases("strong")):
        return _verdict(person, Kind.PERSON, person.start, end, least=Who.MAYBE)
    if group.modal:
        return _counterfactual(sentence, person, group)
    if group.passive:
        return _trait(sentence, person, group)
    if group.negation >= 0:
        return _undone(sentence, person, group)
    return _done(sentence, person, group)


def _phrase_end(sentence: Sentence, group: Group, known: Phrases) -> int:
    """Where a phrase of the list ends that begins within the verb group; 0 if there is none, or it is denied."""
    for index in range(group.start, group.verb + 1):
        end = known.match(sentence, index)
        if not end or 0 <= group.negation < index:
            continue
        if index == group.verb and (group.passive or group.modal):
            continue
        if end > group.verb or index < group.verb:
            return end
    return 0


def _counterfactual(sentence: Sentence, person: Person, group: Group) -> Blame | None:
    verb = sentence.words[group.verb]
    if group.modal == "must" and verb in _KNOWING and person.who is Who.PEOPLE and group.negation < 0:
        return Blame(Kind.COUNTERFACTUAL, person.start, group.verb + 1) if "have" in group.auxiliaries else None
    if "have" not in group.auxiliaries or group.modal not in ("should", "could", "ought"):
        return None
    if group.modal == "could" and group.negation >= 0:
        return None  # what they could not have known is what there is to write about
    if ("been" in group.auxiliaries and is_past(verb)) or verb == "helped":
        return None
    least = _least(verb, Who.MAYBE if verb in words("passive_duties") else Who.PEOPLE)
    least = least if group.modal != "could" else Who.PEOPLE
    return _verdict(person, Kind.COUNTERFACTUAL, person.start, group.verb + 1, least=least)


def _least(verb: str, otherwise: Who = Who.PEOPLE) -> Who:
    """How surely the subject of a verb of duty must be people."""
    if verb in words("stranger_duties"):
        return Who.STRANGER
    return Who.MAYBE if verb in words("human_duties") else otherwise


_KNOWING = frozenset({"known", "seen", "noticed", "realised", "realized", "understood"})


def _trait(sentence: Sentence, person: Person, group: Group) -> Blame | None:
    """“Was careless”, “was not aware”."""
    if {"is", "are", "am", "be", "being"} & set(group.auxiliaries):
        end = phrases("characters").match(sentence, group.verb) if {"is", "are"} & set(group.auxiliaries) else 0
        return _verdict(person, Kind.PERSON, person.start, end) if end and group.negation < 0 else None
    start = group.negation + 1 if group.negation >= 0 else group.start
    known = phrases("denied_traits" if group.negation >= 0 else "traits")
    ends = (known.match(sentence, index) for index in range(start, group.verb + 1))
    if end := max(ends, default=0):
        return _verdict(person, Kind.PERSON, person.start, end, least=Who.MAYBE)
    late = 0 if group.negation >= 0 else _phrase_end(sentence, group, phrases("shared"))
    return _verdict(person, Kind.PERSON, person.start, late) if late else None


def _undone(sentence: Sentence, person: Person, group: Group) -> Blame | None:
    """“Did not check”, “never tested”."""
    verb = sentence.words[group.verb]
    if "has" in group.auxiliaries or {"have", "do", "does"} & set(group.auxiliaries):
        return None
    never = sentence.words[group.negation] == "never"
    if not group.auxiliaries and not never:
        return None
    if verb in words("duties") or verb in words("human_duties"):
        return _verdict(person, Kind.PERSON, person.start, group.verb + 1, least=_least(verb))
    if never and is_past(verb) and verb not in words("never_exempt"):
        return _verdict(person, Kind.PERSON, person.start, group.verb + 1)
    return None


def _done(sentence: Sentence, person: Person, group: Group) -> Blame | None:
    """What somebody did: “failed to”, “ignored”, “mistakenly deleted”, “restarted the wrong host”."""
    verb = sentence.words[group.verb]
    if verb == "failed" and sentence.at(group.verb + 1) == "to":
        if sentence.at(group.verb + 2) in words("failed_exempt"):
            return None
        least = Who.MAYBE if _was_reminded(sentence, group.verb) else Who.PEOPLE
        return _verdict(person, Kind.PERSON, person.start, group.verb + 2, least=least)
    if end := _phrase_end(sentence, group, phrases("shared")):
        return _verdict(person, Kind.PERSON, person.start, end)
    if group.adverse and verb.endswith("s") and person.who is Who.PEOPLE:
        return Blame(Kind.PERSON, person.start, group.verb + 1)
    if not is_past(verb) or (verb in words("auxiliaries") and verb != "did"):
        return None
    if group.adverse:
        human = not words("human_adverse").isdisjoint(sentence.words[group.start : group.verb])
        return _verdict(person, Kind.PERSON, person.start, group.verb + 1, least=Who.STRANGER if human else Who.PEOPLE)
    end = amiss(sentence, group.verb)
    least = Who.MAYBE if verb in words("hands") else Who.PEOPLE
    return _verdict(person, Kind.PERSON, person.start, end, least=least) if end else None


def _was_reminded(sentence: Sentence, start: int) -> bool:
    """Whether it happened “although they had been reminded”."""
    behind = sentence.words[start : start + _LONGEST_CLAUSE]
    return not words("concessions").isdisjoint(behind) and not words("reminders").isdisjoint(behind)


def amiss(sentence: Sentence, verb: int) -> int:
    """Where words end, behind a verb, by which it was wrong to do or done in a wrong way; 0 without any."""
    innocent = sentence.at(verb) in words("innocent")
    left = sentence.at(verb) == "left"
    apart = _apart().get(sentence.at(verb), ())
    for index in range(verb + 1, min(verb + 1 + _LONGEST_OBJECT, len(sentence.words))):
        word = sentence.words[index]
        if end := phrases("manner").match(sentence, index) or _neglect_end(sentence, index):
            return 0 if innocent and sentence.at(verb) not in ("was", "were") else end
        if word in words("boundaries") or word in (";", ":", ".", "!", "but", "and"):
            return _adverse_end(sentence, index) or (0 if innocent else _mistaken_end(sentence, index))
        if innocent:
            continue
        if word in words("wrong") and sentence.at(index - 1) not in _PICKING and is_word(sentence.at(index + 1)):
            return index + 1
        if word in apart and index > verb + 1:
            return index + 1
        if left and word in _STATES and index > verb + 1:
            return index + 1
        if word == "instead" and sentence.at(index - 1) in words("production"):
            return index + 1
    return _adverse_end(sentence, min(verb + _LONGEST_OBJECT, len(sentence.words)))


@cache
def _apart() -> dict[str, tuple[str, ...]]:
    """By a verb, the words that make it blame wherever they stand behind it: “waved the build through”."""
    found: dict[str, tuple[str, ...]] = {}
    for verb, *rest in phrases("apart"):
        found[verb] = (*found.get(verb, ()), *rest)
    return found


def _neglect_end(sentence: Sentence, index: int) -> int:
    """Where "without acting" ends, and whatever else people are expected to do; 0 if it does not begin there."""
    word = sentence.at(index + 1)
    if sentence.words[index] != "without" or not word.endswith("ing"):
        return 0
    stem = word.removesuffix("ing")
    known = words("duties")
    return index + 2 if stem in known or f"{stem}e" in known or stem[:-1] in known else 0


_PICKING = frozenset({"not", "all", "any", "these", "those", "remaining", "other"})
_STATES = frozenset(
    {
        "enabled",
        "disabled",
        "open",
        "running",
        "unprotected",
        "exposed",
        "unlocked",
        "unattended",
        "on",
        "behind",
        "lying",
        "muted",
        "half",
    }
)


def _mistaken_end(sentence: Sentence, start: int) -> int:
    """Where “by mistake” ends behind “but it was …” and kin."""
    if sentence.at(start) not in ("but", "and", "which") or not {"it", "this", "which"} & set(
        sentence.words[start : start + 2]
    ):
        return 0
    for index in range(start + 1, min(start + _LONGEST_OBJECT, len(sentence.words))):
        if sentence.words[index] == "by" and sentence.at(index + 1) in ("mistake", "accident"):
            return index + 2
    return 0


def _adverse_end(sentence: Sentence, end: int) -> int:
    """Where an adverb that blames ends at the clause's end: “merged it prematurely”."""
    return end if end > 1 and sentence.at(end - 1) in words("adverse") and not is_past(sentence.at(end)) else 0


def _is_explained(sentence: Sentence, start: int, names: frozenset[str]) -> bool:
    """Whether a reason follows that is no person: “because the prompt is the same in both”."""
    for index in range(start, len(sentence.words)):
        word = sentence.words[index]
        if word in (";", ":"):
            return False
        if word in ("because", "since", "as") and _begins_reason(sentence.at(index + 1)):
            behind = range(index + 1, min(index + 1 + _LONGEST_REASON, len(sentence.words)))
            return not any(sentence.words[each] in heads() or is_name(sentence, each, names) for each in behind)
    return False


def _begins_reason(word: str) -> bool:
    return word in _REASONS or word in words("articles")


_REASONS = frozenset({"there", "nothing", "no", "it", "both", "neither", "of", MASK})
