"""Blame in the passive: “was botched by”, “should have been caught”, “caused by an engineer deleting”."""

from __future__ import annotations

from rules.language.failings import CROWDS
from rules.language.manners import STATES, amiss
from rules.language.predicates import Blame, Kind
from rules.language.reasons import is_explained
from rules.language.sentences import POSSESSIVE, Sentence
from rules.language.subjects import Person, Who, heads, person_ending_with, person_from
from rules.language.verbs import Group, group_at
from rules.language.vocabulary import is_past, phrases, words

_AGENT_WITHIN = 9  # tokens from a passive to the "by" of who did it


def agent(sentence: Sentence, start: int, names: frozenset[str], *, least: Who = Who.PEOPLE) -> Person | None:
    """The person by whom, behind a passive, something was done; `least`: how surely it must be people."""
    for index in range(start, min(start + _AGENT_WITHIN, len(sentence.words))):
        word = sentence.words[index]
        if word in words("boundaries") or word in (".", ";", ":", "but"):
            return None
        if word == "by" and sentence.at(index + 1) not in ("mistake", "accident"):
            person = person_from(sentence, index + 1, names)
            if person is None or sentence.at(person.end) == POSSESSIVE:
                return None
            return person if person.who.value <= least.value else None
    return None


def passive(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Was botched by the engineer”, “was accidentally dropped by”, “the runbook was not followed”."""
    group = group_at(sentence, index)
    if group is None or group.modal or not is_past(sentence.words[group.verb]):
        return None
    before = sentence.at(index - 1)
    if end := _by_anybody_end(sentence, group):
        return None if is_explained(sentence, group.start, end, names) else Blame(Kind.PERSON, group.start, end)
    if before in words("modals") or before in ("be", "not", "if"):
        return None
    by_hand = sentence.words[group.verb] in words("hands") and not _is_by_public(sentence, group.verb)
    person = agent(sentence, group.verb + 1, names, least=Who.MAYBE if by_hand else Who.PEOPLE)
    if person is not None:
        by_person = _passive_by(sentence, group, person)
        return by_person if by_person and not is_explained(sentence, group.start, person.end, names) else None
    behind = sentence.words[group.verb + 1 : group.verb + 6]
    by_something = "by" in behind and heads().isdisjoint(behind)
    return None if by_something or not _is_left_undone(sentence, group) else Blame(Kind.PERSON, index, group.verb + 1)


def _is_by_public(sentence: Sentence, verb: int) -> bool:
    """Whether those by whom it was done use the system, and do not run it."""
    return not _USERS.isdisjoint(sentence.words[verb : verb + _AGENT_WITHIN])


_USERS = frozenset({"user", "users", "customer", "customers", "student", "students", "buyer", "owner", "people"})


def _by_anybody_end(sentence: Sentence, group: Group) -> int:
    """Where “not tested by anyone” ends, of what people are expected to do; 0 for anything else."""
    denied = group.negation >= 0 or sentence.at(group.start - 1) in ("not", "never")
    if not denied or sentence.words[group.verb] not in words("unsupervised"):
        return 0
    by = group.verb + 1
    anybody = sentence.at(by) == "by" and sentence.at(by + 1) in ("anyone", "anybody")
    return by + 2 if anybody and sentence.at(by + 2) not in ("but", "except", "else", "other") else 0


def _is_left_undone(sentence: Sentence, group: Group) -> bool:
    """Whether only people can have done, or not done, what a passive says, though it names nobody."""
    verb = sentence.words[group.verb]
    before = sentence.words[max(group.start - 5, 0) : group.start]
    if group.negation >= 0:
        return verb == "followed" and not words("procedures").isdisjoint(before)
    if verb in words("agentless"):
        return True
    if verb not in ("ignored", "dismissed") or sentence.at(group.verb + 1) != "for":
        return False
    behind = sentence.words[group.verb : group.verb + 6]
    return not words("signals").isdisjoint(before) and not words("spells").isdisjoint(behind)


def _passive_by(sentence: Sentence, group: Group, person: Person) -> Blame | None:
    """What it amounts to that somebody is named by whom something was done."""
    verb = sentence.words[group.verb]
    found = Blame(Kind.PERSON, group.start, person.end)
    if group.negation >= 0:
        return found if verb in words("duties") else None
    behind = group.verb + 1 + (sentence.at(group.verb + 1) in ("only", "very", "rather"))
    if group.adverse or sentence.at(behind) in words("adverse") or verb in words("by_person"):
        return found
    if phrases("manner").match(sentence, person.end):
        return found
    if verb == "left" and sentence.at(group.verb + 1) in STATES:
        return found
    if sentence.at(person.end) == "and" and is_past(sentence.at(person.end + 1)) and amiss(sentence, person.end + 1):
        return found
    if verb in words("innocent"):
        return None
    before = sentence.words[max(group.start - 5, 0) : group.start]
    return found if not words("wrong").isdisjoint(before) or amiss(sentence, group.verb) else None


def left_by(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“10:14 Alert fires, ignored by the on-call”, which leaves out the “was”."""
    if sentence.at(index + 1) != "by" or sentence.at(index - 1) in words("auxiliaries") | {"not", "never", "if"}:
        return None
    person = agent(sentence, index + 1, names)
    if person is None or is_explained(sentence, index, person.end, names):
        return None
    return Blame(Kind.PERSON, index, person.end)


def not_followed(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Rollback plan not followed”, which leaves out the “was”."""
    if sentence.at(index - 1) != "not" or sentence.at(index - 2) not in words("procedures"):
        return None
    if sentence.at(index + 1) == "by" and agent(sentence, index + 1, names) is None:
        return None
    explained = is_explained(sentence, index, index + 1, names)
    return None if explained else Blame(Kind.PERSON, index - 2, index + 1)


def should_have_been(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Should have been caught in review”, “should never have been merged”."""
    group = group_at(sentence, index)
    if group is None or "have" not in group.auxiliaries or "been" not in group.auxiliaries:
        return None
    verb = sentence.words[group.verb]
    behind = sentence.words[group.verb + 1 : group.verb + 3]
    if group.negation >= 0:
        human = verb in words("regretted")
    else:
        better = verb in ("done", "handled", "made", "communicated") and not words("better").isdisjoint(behind)
        human = better or (verb in words("passive_duties") and behind[:1] != ["up"]) or behind[:1] == ["careful"]
    human = human or (group.negation < 0 and agent(sentence, group.verb + 1, names) is not None)
    if not human or _by_machine(sentence, group.verb + 1) or not _WONDERING.isdisjoint(sentence.words[:index]):
        return None
    return Blame(Kind.COUNTERFACTUAL, index, group.verb + 1)


_WONDERING = frozenset({"if", "whether"})


def _by_machine(sentence: Sentence, start: int) -> bool:
    """Whether a machine is named by which it would have happened."""
    for index in range(start, min(start + 6, len(sentence.words))):
        if sentence.words[index] in ("automated", "automatically"):
            return True
        if sentence.words[index] in ("by", "in", "with", "via", "through"):
            return not words("machines").isdisjoint(sentence.words[index + 1 : index + 5])
    return False


def prevented_by(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“A check by the developer would have prevented this”, “could have been avoided by a careful engineer”."""
    before = sentence.words[max(index - 4, 0) : index]
    if "have" not in before or not {"would", "could", "might"} & set(before):
        return None
    if "been" in before:
        person = agent(sentence, index + 1, names)
        return Blame(Kind.COUNTERFACTUAL, index, person.end) if person else None
    modal = max(at for at in range(max(index - 4, 0), index) if sentence.words[at] in ("would", "could", "might"))
    person = person_ending_with(sentence, modal - 1, names) if modal else None
    if person is None or person.who is not Who.PEOPLE or sentence.at(person.start - 1) != "by":
        return None
    return Blame(Kind.COUNTERFACTUAL, person.start, index + 1)


def caused_by_act(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Caused by an engineer deleting the table”, “the root cause was that Ana ran the migration”."""
    end = phrases("caused_by").match(sentence, index)
    if not end or "not" in sentence.words[max(index - 3, 0) : end]:
        return None
    start = end + (sentence.at(end) in (":", "-")) + (sentence.at(end + (sentence.at(end) == ":")) == "that")
    person = person_from(sentence, start, names)
    if person is None:
        return _deed(sentence, index, start, names)
    if person.who is Who.OURSELVES or sentence.words[person.end - 1] in CROWDS:
        return None
    if person.who in (Who.MAYBE, Who.STRANGER) and not amiss(sentence, person.end):
        return None
    verb = sentence.at(person.end)
    if verb in ("not", "never") and sentence.at(person.end + 1).endswith("ing"):
        return Blame(Kind.ACT, index, person.end + 2)
    told = sentence.words[start - 1] in ("that", ":")
    if told and _is_explained_omission(sentence, person, names):
        return None
    acting = verb.endswith("ing") or verb == "who" or (told and is_past(verb))
    if not acting or verb in words("innocent"):
        return None
    return Blame(Kind.ACT, index, person.end + 1)


def _is_explained_omission(sentence: Sentence, person: Person, names: frozenset[str]) -> bool:
    """Whether it is told what somebody did not do, and why: “Ana did not set it because the form hides it”."""
    group = group_at(sentence, person.end)
    denied = group is not None and group.negation >= 0
    return denied and is_explained(sentence, person.start, person.end, names)


def _deed(sentence: Sentence, index: int, start: int, names: frozenset[str]) -> Blame | None:
    """“Caused by the deletion of the database by an intern”."""
    if words("deeds").isdisjoint(sentence.words[start : start + 4]):
        return None
    person = agent(sentence, start, names)
    if person is None or sentence.words[person.end - 1] in words("teams") or sentence.words[person.end - 1] in CROWDS:
        return None
    return Blame(Kind.ACT, index, person.end)
