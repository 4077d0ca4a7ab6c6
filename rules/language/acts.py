"""Whether a sentence tells what somebody did, or did not: “At 10:20 Ben restarted it”, “Nobody set the limit”."""

from __future__ import annotations

from rules.language.omissions import nobody_end
from rules.language.passives import agent
from rules.language.sentences import Sentence, spans_of, tokenise
from rules.language.subjects import Person, Who, ends_noun, person_ending_with
from rules.language.verbs import Group, group_at, groups_of
from rules.language.vocabulary import is_past, words

_LONGEST_LEAD = 12  # tokens before the subject: "During the maintenance of 3 May,"
_LONGEST_SUBJECT = 5
_LATEST_PASSIVE = 12  # tokens before "was"


def tells_act(text: str, start: int, end: int, names: frozenset[str]) -> bool:
    """Whether the sentence from `start` to `end` of a text says of a person, or of the authors, what they did.

    Only plain acts count; what a person saw, thought or was is none. `names`: those of the document, in lower case.
    """
    sentence = tokenise(text, start, end)
    return (
        _begins_with_act(sentence, names) or _is_done_by(sentence, names) or omission_end(text, start, end, names) > 0
    )


def omission_end(text: str, start: int, end: int, names: frozenset[str]) -> int:
    """Where it ends what a person did not set up, in the sentence from `start` to `end` of a text; 0 if none tells it.

    “Piotr did not set the limit”, “nobody configured a timeout”: the object belongs to it, a reason behind does not.
    """
    sentence = tokenise(text, start, end)
    verb = _omitted(sentence, names)
    if verb < 0:
        return 0
    for index in range(verb + 1, len(sentence.words)):
        word = sentence.words[index]
        if word in words("boundaries") or word in ("and", "but", "without") or word in _ENDING:
            return spans_of(text, start, end)[index][0]
    return end


_ENDING = frozenset({",", ";", ":", ".", "(", "–", "—"})


def _omitted(sentence: Sentence, names: frozenset[str]) -> int:
    """The verb of what a person, or nobody, set up; -1 without one."""
    if (person := _subject(sentence, names)) is not None:
        group = next(groups_of(sentence, person), None)
        denied = group is not None and group.negation >= 0 and person.who is Who.PEOPLE
        return group.verb if group is not None and denied and _is_set_up(sentence, group) else -1
    for index in range(min(_LONGEST_LEAD, len(sentence.words))):
        if sentence.words[index] in _NO and _is_lead(sentence, index):
            behind = nobody_end(sentence, index, names)
            clear = behind and not any(map(is_past, sentence.words[index:behind]))
            group = group_at(sentence, behind) if clear else None
            return group.verb if group is not None and group.negation < 0 and _is_set_up(sentence, group) else -1
    return -1


_NO = frozenset({"nobody", "no-one", "no", "none", "neither"})


def _is_set_up(sentence: Sentence, group: Group) -> bool:
    """Whether a verb in the past is one of setting something up, and no mere lack of means."""
    past = not {"does", "do", "has", "have"} & set(group.auxiliaries)
    return past and not group.modal and not group.passive and sentence.words[group.verb] in words("set_up")


def _begins_with_act(sentence: Sentence, names: frozenset[str]) -> bool:
    person = _subject(sentence, names)
    return person is not None and _acts(sentence, person)


def _subject(sentence: Sentence, names: frozenset[str]) -> Person | None:
    """The first person in a sentence, if it begins with them."""
    for index in range(min(_LONGEST_LEAD + _LONGEST_SUBJECT, len(sentence.words))):
        person = person_ending_with(sentence, index, names)
        if person is None or person.who not in (Who.PEOPLE, Who.OURSELVES) or not ends_noun(sentence, index + 1):
            continue
        return person if _is_lead(sentence, person.start) else None
    return None


def _is_lead(sentence: Sentence, end: int) -> bool:
    """Whether nothing but the circumstances stands before the token `end`: “on 1 May,”, “10:20”, “because”."""
    lead = sentence.words[:end]
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
