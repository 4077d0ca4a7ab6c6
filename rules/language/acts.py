"""Whether a sentence tells what somebody did: “At 10:20 Ben restarted it”, “it was dropped by an engineer”."""

from __future__ import annotations

from rules.language.passives import agent
from rules.language.sentences import Sentence, tokenise
from rules.language.subjects import Person, Who, ends_noun, person_ending_with
from rules.language.verbs import group_at, groups_of
from rules.language.vocabulary import words

_LONGEST_LEAD = 12  # tokens before the subject: "During the maintenance of 3 May,"
_LONGEST_SUBJECT = 5
_LATEST_PASSIVE = 12  # tokens before "was"


def tells_act(text: str, start: int, end: int, names: frozenset[str]) -> bool:
    """Whether the sentence from `start` to `end` of a text says of a person, or of the authors, what they did.

    Only plain acts count; what a person saw, thought or was is none. `names`: those of the document, in lower case.
    """
    sentence = tokenise(text, start, end)
    return _begins_with_act(sentence, names) or _is_done_by(sentence, names)


def _begins_with_act(sentence: Sentence, names: frozenset[str]) -> bool:
    for index in range(min(_LONGEST_LEAD + _LONGEST_SUBJECT, len(sentence.words))):
        person = person_ending_with(sentence, index, names)
        if person is None or person.who not in (Who.PEOPLE, Who.OURSELVES) or not ends_noun(sentence, index + 1):
            continue
        return _is_lead(sentence, person) and _acts(sentence, person)
    return False


def _is_lead(sentence: Sentence, person: Person) -> bool:
    """Whether nothing but the circumstances stands before a person: “on 1 May,”, “10:20”, “because”."""
    lead = sentence.words[: person.start]
    if len(lead) > 1 and lead[-1] == "," and lead[0] in words("circumstances"):
        return len(lead) <= _LONGEST_LEAD
    return all(word in words("leads") or not word.isalpha() for word in lead)


def _acts(sentence: Sentence, person: Person) -> bool:
    group = next(groups_of(sentence, person), None)
    if group is None or group.passive or group.modal or group.negation >= 0:
        return False
    return sentence.words[group.verb] in words("acts")


def _is_done_by(sentence: Sentence, names: frozenset[str]) -> bool:
    for index, word in enumerate(sentence.words[:_LATEST_PASSIVE]):
        if word not in ("was", "were", "got"):
            continue
        group = group_at(sentence, index)
        if group is None or group.modal or group.negation >= 0:
            return False
        done = sentence.words[group.verb] in words("acts") or sentence.words[group.verb] == "run"
        return done and agent(sentence, group.verb + 1, names) is not None
    return False
