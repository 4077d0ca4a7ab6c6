"""Blame for what nobody did: “nobody noticed”, “it never occurred to anyone”, “forgot to remove the key”."""

from __future__ import annotations

from rules.language.predicates import Blame, Kind
from rules.language.sentences import Sentence
from rules.language.subjects import Who, ends_noun, heads, person_ending_with, person_from, role_at
from rules.language.verbs import begins_group, group_at
from rules.language.vocabulary import is_word, phrases, words


def nobody_watched(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Nobody noticed”, “none of the reviewers looked”, “neither approver ran it”."""
    end = nobody_end(sentence, index, names)
    group = group_at(sentence, end) if end else None
    if group is None or group.negation >= 0:
        return None
    verb = sentence.words[group.verb]
    if verb == "had" and sentence.at(group.verb + 1) in ("the", "any") and sentence.at(group.verb + 2) in WITS:
        return Blame(Kind.PERSON, index, group.verb + 3)
    if verb == "looking" and not _GUILT.isdisjoint(sentence.words[group.verb : group.verb + _NEAR]):
        return None
    if group.modal and (group.modal, verb) != ("could", "bothered"):
        return None
    if sentence.at(group.verb + 1) in ("or", "nor", "and"):
        verb = sentence.at(group.verb + 2)
    if verb not in words("vigilance") and not (group.adverse or "actually" in sentence.words[end : group.verb]):
        return None
    if (group.passive and not verb.endswith("ing") and not group.modal) or {"has", "have", "is", "are"} & set(
        group.auxiliaries
    ):
        return None
    if not {"because", "since", "until", "else"}.isdisjoint(sentence.words[end : group.verb + 12]):
        return None
    if sentence.at(index + 2) == "them" and not _is_of_people(sentence, index, group.verb):
        return None
    kind = Kind.OURSELVES if "us" in sentence.words[index:end] else Kind.PERSON
    return Blame(kind, index, group.verb + 1)


WITS = frozenset({"brains", "sense", "courage", "guts", "decency", "wit", "wits", "nerve", "discipline", "backbone"})
_GUILT = frozenset({"guilty", "culprit", "culprits", "scapegoat", "scapegoats", "blame", "fault"})
_NEAR = 6  # tokens


def paragon(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“A careful operator would have noticed”: what somebody better would have done."""
    if sentence.at(index - 1) not in ("a", "an", "any", "every", "more"):
        return None
    person = person_from(sentence, index + 1, names)
    if person is not None and _would_with(sentence, index):
        return Blame(Kind.COUNTERFACTUAL, index, person.end)
    behind = sentence.words[person.end : person.end + 4] if person else []
    if not behind or behind[0] not in ("would", "could", "might", "should") or "have" not in behind:
        return None
    return None if "not" in behind else Blame(Kind.COUNTERFACTUAL, index, person.end + 2 if person else index + 1)


def _would_with(sentence: Sentence, index: int) -> bool:
    """Whether it “would not have happened with a more careful engineer”, whose adjective is the token `index`."""
    start = next((at for at in range(index - 1, max(index - 4, 0), -1) if sentence.words[at] == "with"), 0)
    return start > 0 and sentence.words[max(start - 4, 0) : start - 1] == ["would", "not", "have"]


def led_by_omission(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Having ignored two warnings, the engineer …”, “by skipping the review, the team …”."""
    known = words("by_person") if sentence.words[index] == "having" else words("omitting")
    if sentence.at(index + 1) not in known or sentence.at(index - 1) not in ("", ".", ",", "but", "and", "that"):
        return None
    comma = next((at for at in range(index + 2, index + 12) if sentence.at(at) == ","), 0)
    person = person_from(sentence, comma + 1, names) if comma else None
    return Blame(Kind.PERSON, index, index + 2) if person is not None and person.who is Who.PEOPLE else None


def took_them(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“It took the team an hour to even look”, “it took the infrastructure team far too long to admit it”."""
    if sentence.at(index - 1) == "it" and (end := _too_long_end(sentence, index + 1, names)):
        return Blame(Kind.PERSON, index - 1, end)
    person = person_from(sentence, index + 1, names) if sentence.at(index - 1) == "it" else None
    if person is None or person.who is not Who.PEOPLE:
        return None
    behind = sentence.words[person.end : person.end + 10]
    at = behind.index("to") + 1 if "to" in behind else 0
    if not at or behind[at : at + 1] not in (["even"], ["finally"], ["bother"], ["admit"], ["concede"], ["own"]):
        return None
    return Blame(Kind.PERSON, index - 1, person.end + at + 1)


def _too_long_end(sentence: Sentence, start: int, names: frozenset[str]) -> int:
    """Where “the vendor far too long” ends, or “the vendor ages”; 0 if no person stands there."""
    for index in range(start + 1, min(start + 6, len(sentence.words))):
        if sentence.words[index] in _TOO_LONG:
            behind = index + (sentence.words[index] in ("far", "way", "much"))
            spent = sentence.words[index] in ("forever", "ages") or sentence.words[behind : behind + 2] == [
                "too",
                "long",
            ]
            person = person_ending_with(sentence, index - 1, names) if spent else None
            return index + 1 if person is not None and person.who is Who.PEOPLE else 0
    return 0


_TOO_LONG = frozenset({"far", "way", "much", "too", "forever", "ages"})


def had_anyone(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Had anyone bothered to read it, …”, “if anybody had looked”."""
    before = sentence.at(index - 1)
    verb = index + 1 if before == "had" else index + 2
    if before not in ("had", "if") or (before == "if" and sentence.at(index + 1) != "had"):
        return None
    if sentence.at(verb) not in words("vigilance") or {"would", "could", "might"}.isdisjoint(sentence.words):
        return None
    return Blame(Kind.COUNTERFACTUAL, index - 1, verb + 1)


def _is_of_people(sentence: Sentence, index: int, verb: int) -> bool:
    """Whether “none of them” is none of those people who are named before, by what they did not do."""
    human = sentence.words[verb] in words("human_duties") or sentence.words[verb] in ("questioned", "escalated")
    raised = sentence.words[verb] == "raised" and not _DOUBTS.isdisjoint(sentence.words[verb + 1 : verb + 4])
    return (human or raised) and not heads().isdisjoint(sentence.words[:index])


_DOUBTS = frozenset(
    {"flag", "flags", "concern", "concerns", "question", "questions", "doubt", "doubts", "hand", "objection"}
)


def nobody_end(sentence: Sentence, index: int, names: frozenset[str]) -> int:
    """Where a noun phrase ends by which nobody is named; 0 for any other."""
    word = sentence.words[index]
    following = sentence.words[index + 1 : index + 4]
    if word in words("nobody"):
        end = index + 1
    elif word == "no" and following[:1] == ["one"]:
        end = index + 2
    elif following[:2] == ["of", "us"] or following[:2] == ["of", "them"]:
        return index + 3
    else:
        end = _no_role_end(sentence, index, names)
        return _behind_place(sentence, end) if sentence.at(end) == "nor" else end  # “neither the author nor …”
    if sentence.at(end) in ("on", "in", "from", "at"):
        person = person_from(sentence, end + 1, names) if sentence.at(end + 1) in words("articles") else None
        return person.end if person else _behind_place(sentence, end)
    return end


def _behind_place(sentence: Sentence, start: int) -> int:
    """Where the place ends that begins there (“no one in the control room”): at the verb; 0 without one."""
    for index in range(start + 1, min(start + 6, len(sentence.words))):
        if not is_word(sentence.words[index]) or sentence.words[index] in words("boundaries"):
            return 0
        if begins_group(sentence, index):
            return index
    return 0


def _no_role_end(sentence: Sentence, index: int, names: frozenset[str]) -> int:
    for position in range(index + 1, min(index + 7, len(sentence.words))):
        if role_at(sentence, position) is Who.PEOPLE and ends_noun(sentence, position + 1):
            return position + 1
        if sentence.words[position] in words("auxiliaries") or not is_word(sentence.words[position]):
            return 0
    return 0


def oversight(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“It never occurred to anyone”."""
    end = phrases("oversights").match(sentence, index)
    return Blame(Kind.PERSON, index, end) if end else None


def idiom(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Dropped the ball”: an idiom that needs no subject to blame somebody."""
    end = phrases("idioms").match(sentence, index)
    if not end:
        return None
    if sentence.at(end) == "of":
        return None
    before = sentence.words[max(index - 3, 0) : index]
    if (
        not words("openings").isdisjoint(before)
        or not _WONDERING.isdisjoint(before)
        or (before[-1:] == ["not"] and sentence.words[index] != "not")
    ):
        return None
    if sentence.words[index] in ("screwed", "messed") and _is_of_program(sentence, index):
        return None
    ours = not words("ourselves").isdisjoint(before)
    return Blame(Kind.OURSELVES if ours else Kind.PERSON, index, end)


def _is_of_program(sentence: Sentence, index: int) -> bool:
    """Whether a program spoilt something: “the purge threw an exception and screwed up the index”."""
    before = sentence.words[:index]
    if not heads().isdisjoint(before) or not words("ourselves").isdisjoint(before):
        return False
    threw = "threw" in before and not _THROWN.isdisjoint(before)
    return (
        threw or not _OF_PROGRAMS.isdisjoint(before) or sentence.at(index - 1) in words("machines") | words("systems")
    )


_THROWN = frozenset({"exception", "exceptions", "error", "errors"})
_OF_PROGRAMS = frozenset({"crashed", "exited", "segfaulted", "panicked", "aborted", "hung"})
_WONDERING = frozenset({"how", "why", "even", "what"})


def forgot_to(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Forgot to remove the key”: an entry of a list that leaves out who did."""
    if any(is_word(word) and not word.isdigit() for word in sentence.words[:index]):
        return None
    return Blame(Kind.UNSAID, index, index + 2) if sentence.at(index + 1) == "to" else None
