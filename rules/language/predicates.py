"""Whether what is said of a person holds something against them.

Systems fail to do things all the time, and saying so is no blame, so that a predicate that machines share counts only
with a subject that is clearly a person or a team. In doubt nothing is said.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from rules.language.destruction import destroyed_end
from rules.language.entries import ANYBODY, does_amiss, not_doing
from rules.language.going_on import went_against_signs, went_on, would_not_look
from rules.language.manners import LONGEST_OBJECT, amiss
from rules.language.reasons import is_explained
from rules.language.relative_clauses import describes, lacks_object
from rules.language.sentences import POSSESSIVE, Sentence
from rules.language.subjects import Person, Who, ends_noun, heads, person_ending_with
from rules.language.verbs import Group, groups_of
from rules.language.vocabulary import Phrases, is_past, is_word, phrases, words

_LONGEST_CLAUSE = 24  # tokens behind a verb in which a concession is looked for
_LONGEST_CONDITION = 4  # tokens behind "if" in which a person is looked for
_NEAR = 7  # tokens behind a noun in which "its" makes a thing of it
_HYPOTHESIS = 4  # tokens before a subject in which "if" and kin are looked for


class Kind(enum.Enum):
    """In which way a sentence blames."""

    CAUSE = "cause"
    PERSON = "person"
    COUNTERFACTUAL = "counterfactual"
    ACT = "act"
    OURSELVES = "ourselves"
    UNSAID = "unsaid"


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
    before = sentence.at(person.start - 1)
    if sentence.at(index + 1) == POSSESSIVE or (before.endswith("ing") and before not in words("qualifiers")):
        return
    if person.who in (Who.MAYBE, Who.STRANGER) and not _ITS.isdisjoint(sentence.words[index + 1 : index + _NEAR]):
        return
    supposed = _supposed(sentence, person)
    clause = describes(sentence, person)
    for position, group in enumerate(groups_of(sentence, person)):
        if clause and position == 0 and lacks_object(sentence, group):
            return
        first = person if position == 0 else person._replace(start=group.start)
        found = _supposition(sentence, person, group) if supposed else _judge(sentence, first, group)
        if found is not None and not (
            found.kind is Kind.PERSON and is_explained(sentence, found.start, found.end, names)
        ):
            yield found
            return
        if supposed:
            return
    if (
        not supposed
        and (end := does_amiss(sentence, person) or not_doing(sentence, person))
        and not is_explained(sentence, person.start, end, names)
    ):
        yield Blame(Kind.PERSON, person.start, end)


_ITS = frozenset({"its", "itself"})


def _supposed(sentence: Sentence, person: Person) -> bool:
    """Whether nothing has happened yet, or never did: “if the engineer …”, “had the engineer …”."""
    before = sentence.words[max(person.start - _HYPOTHESIS, 0) : person.start]
    if before[-1:] == ["had"] and (
        len(before) == 1 or not is_word(before[-2]) or before[-2][0].isdigit() or before[-2] in _BEFORE_HAD
    ):
        return True
    for sign in (";", ","):
        if sign in before:
            before = before[before.index(sign) + 1 :]
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
    if "been" in group.auxiliaries and phrases("denied_traits").match(sentence, group.verb + (verb in _MORE)):
        return _verdict(person, Kind.COUNTERFACTUAL, person.start - 1, group.verb + 1 + (verb in _MORE))
    if "been" in group.auxiliaries or verb in _CIRCUMSTANCES or not (is_past(verb) or verb in words("duties")):
        return None  # “if a person had local data” tells no act
    if sentence.at(person.start - 1) != "only" and _UNREAL.isdisjoint(sentence.words):
        return None
    instructed = verb in words("duties") and not words("procedures").isdisjoint(sentence.words)
    asked = sentence.words[person.start] == "they" and verb in _THEIRS
    least = _least(verb, Who.MAYBE if instructed or asked else Who.PEOPLE)
    return _verdict(person, Kind.COUNTERFACTUAL, person.start - 1, group.verb + 1, least=least)


_THEIRS = frozenset({"tested", "reviewed", "communicated", "escalated", "documented", "checked", "warned", "told"})
_MORE = frozenset({"more", "a", "less"})
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
    if end := _unapproved_end(sentence, person, group):
        return _verdict(person, Kind.PERSON, person.start, end)
    if group.modal:
        return _counterfactual(sentence, person, group)
    if group.passive:
        return _trait(sentence, person, group)
    if group.negation >= 0:
        return _undone(sentence, person, group)
    return _done(sentence, person, group)


def _unapproved_end(sentence: Sentence, person: Person, group: Group) -> int:
    """Where it ends that somebody lacked approval: “pushed by Tom, who did not have approval”; 0 without that."""
    if sentence.words[group.start - 1] != "who" or sentence.at(person.start - 1) != "by":
        return 0
    return phrases("unapproved").match(sentence, group.start)


def _phrase_end(sentence: Sentence, group: Group, known: Phrases) -> int:
    """Where a phrase of the list ends that begins within the verb group; 0 if there is none, or it is denied."""
    for index in range(group.start, group.verb + 1):
        end = known.match(sentence, index)
        if not end or 0 <= group.negation < index:
            continue
        if index == group.verb and (group.passive or group.modal):
            continue
        if sentence.words[end - 1] == "nothing" and sentence.at(end) in _NOTHING_ELSE:
            continue
        if sentence.words[end - 2 : end] == ["supposed", "to"] and sentence.at(end) in _GIVEN:
            continue
        if end > group.verb or index < group.verb:
            return end
    return 0


_NOTHING_ELSE = frozenset({"wrong", "unusual", "unexpected", "out", "but", "else", "special", "different", "illegal"})
"""Behind “did nothing”: what denies blame."""
_GIVEN = frozenset({"be", "have", "get", "receive", "see"})  # behind “was supposed to”: what somebody was to get


def _counterfactual(sentence: Sentence, person: Person, group: Group) -> Blame | None:
    verb = sentence.words[group.verb]
    if group.modal == "must" and verb in _KNOWING and person.who is Who.PEOPLE and group.negation < 0:
        return Blame(Kind.COUNTERFACTUAL, person.start, group.verb + 1) if "have" in group.auxiliaries else None
    if group.modal == "must" and "have" in group.auxiliaries and group.negation < 0 and is_past(verb):
        surely = group.adverse or verb in words("by_person")
        end = group.verb + 1 if surely else amiss(sentence, group.verb)
        return _verdict(person, Kind.PERSON, person.start, end) if end else None
    if "have" not in group.auxiliaries or group.modal not in ("should", "could", "ought"):
        return None
    if group.modal == "could" and (group.negation >= 0 or _is_about_ability(sentence, group)):
        return None  # what they could not have known is what there is to write about
    if group.negation < 0 and (verb in _MEANS or ("had" in group.auxiliaries and not is_past(verb))):
        return None  # “should have had access”: what they were not given
    if ("been" in group.auxiliaries and is_past(verb)) or verb == "helped":
        return None
    least = _least(verb, Who.MAYBE if verb in words("passive_duties") else Who.PEOPLE)
    if group.modal == "could":
        eased = not _EASE.isdisjoint(sentence.words[group.start : group.verb]) and verb in words("human_duties")
        least = Who.MAYBE if eased else Who.PEOPLE
    if group.negation >= 0 and sentence.words[person.start] == "they" and verb in words("regretted"):
        least = Who.MAYBE
    return _verdict(person, Kind.COUNTERFACTUAL, person.start, group.verb + 1, least=least)


def _is_about_ability(sentence: Sentence, group: Group) -> bool:
    """Whether “could have” tells what it would have taken (“only with root access”), or what harm was near."""
    within = sentence.words[group.start : group.verb]
    if sentence.words[group.verb] in words("harms") or not _BARELY.isdisjoint(within):
        return True
    for word in sentence.words[group.verb + 1 : group.verb + 1 + LONGEST_OBJECT]:
        if word in ("only", "if", "unless") or word in words("permissions"):
            return word != "if" or _is_about_systems(sentence)
        if word in (".", ";", ":"):
            return False
    return False


def _is_about_systems(sentence: Sentence) -> bool:
    """Whether the condition behind “if” is no person's: “if the dashboard had shown it”."""
    behind = sentence.words[sentence.words.index("if") + 1 :]
    return heads().isdisjoint(behind[:_LONGEST_CONDITION])


_EASE = frozenset({"simply", "just", "easily"})  # with “could have asked”: whoever it is said of was to do it
_BARELY = frozenset({"only", "hardly", "barely", "scarcely", "never"})
_MEANS = frozenset({"able", "received", "gotten", "got", "given", "access", "permission", "permissions"})


def _least(verb: str, otherwise: Who = Who.PEOPLE) -> Who:
    """How surely the subject of a verb of duty must be people."""
    if verb in words("stranger_duties"):
        return Who.STRANGER
    return Who.MAYBE if verb in words("human_duties") else otherwise


_KNOWING = frozenset({"known", "seen", "noticed", "realised", "realized", "understood"})


def _trait(sentence: Sentence, person: Person, group: Group) -> Blame | None:
    """“Was careless”, “was not aware”."""
    if {"is", "are", "am", "be", "being"} & set(group.auxiliaries):
        known = phrases("characters" if group.negation < 0 else "denied_characters")
        end = known.match(sentence, group.verb) if {"is", "are"} & set(group.auxiliaries) else 0
        return _verdict(person, Kind.PERSON, person.start, end) if end and ends_noun(sentence, end) else None
    start = group.negation + 1 if group.negation >= 0 else group.start
    known = phrases("denied_traits" if group.negation >= 0 else "traits")
    ends = (known.match(sentence, index) for index in range(start, group.verb + 1))
    if end := max(ends, default=0):
        return _verdict(person, Kind.PERSON, person.start, end, least=Who.MAYBE)
    if end := 0 if group.negation >= 0 else _next_trait(sentence, group):
        return _verdict(person, Kind.PERSON, person.start, end, least=Who.MAYBE)
    late = 0 if group.negation >= 0 else _phrase_end(sentence, group, phrases("shared"))
    return _verdict(person, Kind.PERSON, person.start, late) if late else None


def _next_trait(sentence: Sentence, group: Group) -> int:
    """Where a trait ends that follows on another adjective: “slow and unhelpful”; 0 if there is none."""
    index = group.verb + 1
    while sentence.at(index) in ("and", "or", ","):
        index += 1
    return phrases("traits").match(sentence, index) if index > group.verb + 1 else 0


def _undone(sentence: Sentence, person: Person, group: Group) -> Blame | None:
    """“Did not check”, “never tested”."""
    verb = sentence.words[group.verb]
    if {"do", "does"} & set(group.auxiliaries):
        return _habitual(sentence, person, group)
    if {"has", "have"} & set(group.auxiliaries):
        return None
    never = sentence.words[group.negation] == "never"
    if not group.auxiliaries and not never:
        return None
    if verb.startswith("perform") and sentence.at(group.verb + 1) == "the":
        return None  # “the admin did not perform the login”: it was somebody else
    if verb in words("duties") or verb in words("human_duties"):
        least = Who.MAYBE if _leaves_us_waiting(sentence, group.verb) else _least(verb)
        return _verdict(person, Kind.PERSON, person.start, group.verb + 1, least=least)
    if sentence.words[group.verb : group.verb + 3] == ["know", "how", "to"] and _is_called_by_name(sentence, person):
        return _verdict(person, Kind.PERSON, person.start, group.verb + 2)
    judged = "even" in sentence.words[group.negation : group.verb] and verb not in words("unheard")
    if judged:
        return _verdict(person, Kind.PERSON, person.start, group.verb + 1)
    if never and is_past(verb) and verb not in words("never_exempt"):
        return _verdict(person, Kind.PERSON, person.start, group.verb + 1)
    return None


def _habitual(sentence: Sentence, person: Person, group: Group) -> Blame | None:
    """“Does not test his changes”, “people simply do not follow it”: what is told of somebody's ways."""
    verb = sentence.words[group.verb]
    behind = sentence.at(group.verb + 1)
    theirs = behind in ("his", "her", "their", "anything") or not is_word(behind)
    if verb in ("listen", "care", "learn", "communicate") or (theirs and verb in words("duties")):
        return _verdict(person, Kind.PERSON, person.start, group.verb + 1)
    eased = not _EASE.isdisjoint(sentence.words[group.start : group.verb])
    if not eased or verb not in words("human_duties") or verb in ("understand", "think"):
        return None
    return _verdict(person, Kind.PERSON, person.start, group.verb + 1, least=Who.MAYBE)


def _gives_none_end(sentence: Sentence, verb: int) -> int:
    """Where “left no notes” ends, of what people give to one another; 0 if it does not begin there."""
    gave = sentence.words[verb] in GIVING and sentence.at(verb + 1) == "no"
    owed = sentence.at(verb + 2) in OWED
    ends = sentence.at(verb + 3) == "whatsoever" or ends_noun(sentence, verb + 3)
    kept = sentence.at(verb + 2) == "notes" and sentence.words[verb] != "left"  # “took no notes”
    return verb + 3 if gave and owed and ends and not kept else 0


GIVING = frozenset({"left", "gave", "made", "took", "offered", "provided", "sent", "filed", "showed", "wrote", "put"})
OWED = frozenset({
    "notes", "handover", "notice", "explanation", "effort", "attempt", "responsibility", "initiative", "apology",
    "comment", "regard", "thought", "reasons", "interest", "ownership", "care", "heed", "precautions",
})  # fmt: skip
"""With "no", what people owe to one another."""


def _leaves_us_waiting(sentence: Sentence, verb: int) -> bool:
    """“Did not answer our messages”: whoever is written to is a person."""
    if sentence.words[verb] not in ("answer", "respond", "react"):
        return False
    start = verb + 1 + (sentence.at(verb + 1) == "to")
    return sentence.at(start) in ("our", "my") and sentence.at(start + 1) in words("signals") | {"calls", "questions"}


def _is_called_by_name(sentence: Sentence, person: Person) -> bool:
    """Whether one person is named; what a role did not know is told of whoever holds it."""
    last = person.end - 1
    return sentence.words[last] not in heads() and sentence.raw[last][:1].isupper()


def _done(sentence: Sentence, person: Person, group: Group) -> Blame | None:
    """What somebody did: “failed to”, “ignored”, “mistakenly deleted”, “restarted the wrong host”."""
    verb = sentence.words[group.verb]
    if verb == "failed" and sentence.at(group.verb + 1) == "to":
        if sentence.at(group.verb + 2) in words("failed_exempt"):
            return None
        human = sentence.at(group.verb + 2) in words("foresight") or _was_reminded(sentence, group.verb)
        least = Who.MAYBE if human else Who.PEOPLE
        return _verdict(person, Kind.PERSON, person.start, group.verb + 2, least=least)
    if _leaves_unheard(sentence, person, group):
        return _verdict(person, Kind.PERSON, person.start, group.verb + 1, least=Who.MAYBE)
    if end := _phrase_end(sentence, group, phrases("shared")):
        general = verb.endswith("s") and sentence.words[person.start] in ANYBODY
        return None if general else _verdict(person, Kind.PERSON, person.start, end)
    if group.adverse and verb.endswith("s") and person.who is Who.PEOPLE:
        return Blame(Kind.PERSON, person.start, group.verb + 1)
    if not is_past(verb) or (verb in words("auxiliaries") and verb != "did"):
        return None
    if group.adverse:
        human = not words("human_adverse").isdisjoint(sentence.words[group.start : group.verb])
        least = Who.STRANGER if human else Who.MAYBE if verb in words("hands") else Who.PEOPLE
        return _verdict(person, Kind.PERSON, person.start, group.verb + 1, least=least)
    if end := _gives_none_end(sentence, group.verb):
        return _verdict(person, Kind.PERSON, person.start, end)
    if _is_pointed_at(sentence, person, verb):
        return _verdict(person, Kind.PERSON, person.start, group.verb + 1)
    end = amiss(sentence, group.verb) or went_on(sentence, group.verb) or would_not_look(sentence, group.verb)
    end = end or went_against_signs(sentence, group.verb) or destroyed_end(sentence, person.end, group.verb)
    least = Who.MAYBE if verb in words("hands") else Who.PEOPLE
    return _verdict(person, Kind.PERSON, person.start, end, least=least) if end else None


def _is_pointed_at(sentence: Sentence, person: Person, verb: str) -> bool:
    """“It was Ben who broke it”."""
    cleft = (
        sentence.words[max(person.start - 2, 0) : person.start] == ["it", "was"] and sentence.at(person.end) == "who"
    )
    return cleft and verb in words("damaging")


def _leaves_unheard(sentence: Sentence, person: Person, group: Group) -> bool:
    """“Ignored three alerts”: what no machine is told by, so that whoever did is a person; no user of the system."""
    if sentence.words[group.verb] not in ("ignored", "disregarded") or sentence.words[person.end - 1] in _PUBLIC:
        return False
    if sentence.at(person.end - 2) in words("signals") or sentence.at(person.end - 2) in words("products"):
        return False  # “the alert manager”
    return not _ALARMING.isdisjoint(sentence.words[group.verb + 1 : group.verb + 5])


_ALARMING = frozenset({"alert", "alerts", "alarm", "alarms", "warnings", "complaints", "ticket", "tickets"})
_PUBLIC = frozenset({"user", "users", "people", "persons", "individuals", "students", "student", "buyer", "owner"})


def _was_reminded(sentence: Sentence, start: int) -> bool:
    """Whether it happened “although they had been reminded”."""
    behind = sentence.words[start : start + _LONGEST_CLAUSE]
    return not words("concessions").isdisjoint(behind) and not words("reminders").isdisjoint(behind)
