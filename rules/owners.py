"""Whether an owner is a person. "The team" means nobody."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from functools import lru_cache

from rules.names import fold_name
from rules.patterns import Pattern
from rules.policy import Policy
from rules.postmortem import ActionItem, Person, Postmortem
from rules.words import word_set

_TEAM_MENTION = Pattern(r"@[\w-]+/[\w-]")
_ARTICLE = Pattern(r"^(?:the|our|my|a|an|all|whole|entire|any)\s+", re.IGNORECASE)
_WORDS = Pattern(r"[\w'’-]+")
_IN_BRACKETS = Pattern(r"\(([^\W\d_a-z][\w'’.-]{1,30}(?:\s[^\W\d_a-z][\w'’.-]{0,30}){1,3})\)")
"""A first and a last name behind something else."""
_ACRONYM = Pattern(r"[A-Z]{5,}")  # up to four capitals may be somebody's initials


class Unnamed(enum.Enum):
    """Why what stands for an owner names no person.

    Attributes:
        GROUP: several people: `the team`, `@acme/sre`, `IT`.
        PRONOUN: whom only the author knows: `me`, `same as above`.
        LATER: who it is shows later: `whoever is on call`, `TBD`.
        ROLE: a role that people take in turn: `tech lead`, `CTO`.
    """

    GROUP = "group"
    PRONOUN = "pronoun"
    LATER = "later"
    ROLE = "role"


def has_named_owner(item: ActionItem, policy: Policy) -> bool:
    """Whether at least one of the item's owners is a person."""
    return any(not is_collective(person, policy) for person in item.owners)


def logins_by_name(postmortem: Postmortem) -> dict[str, str]:
    """The logins that the document itself gives for names, anywhere: folded name to login, first come first kept."""
    owners = (owner for item in postmortem.actions for owner in item.owners)
    people = (*postmortem.authors, *postmortem.commanders, *postmortem.facilitators, *owners)
    found: dict[str, str] = {}
    for person in people:
        if person.login:
            found.setdefault(fold_name(person.name), person.login)
    return found


def is_collective(person: Person, policy: Policy) -> bool:
    """Whether what stands for an owner names a group, a role or nobody. Whom the policy knows is a person."""
    return why_unnamed(person, policy) is not None


def why_unnamed(person: Person, policy: Policy) -> Unnamed | None:
    """Why what stands for an owner is no named person; None if it is one."""
    if _TEAM_MENTION.search(person.text):
        return Unnamed.GROUP
    if policy.people and policy.person(policy.login_of(person) or ""):
        return None
    name = person.login or human_name(person)
    if _is_group(name) or _is_team_of(name, policy):
        return Unnamed.LATER if _is_later(name) else Unnamed.PRONOUN if _is_pronoun(name) else Unnamed.GROUP
    if person.login is not None:
        return None
    if _is_later(name):
        return Unnamed.LATER
    if _is_pronoun(name):
        return Unnamed.PRONOUN
    return Unnamed.ROLE if _is_role(name) else None


def human_name(person: Person) -> str:
    """The name of the human in it: `Sam Ortiz` of `Legal (Sam Ortiz)`; else its name as it is."""
    if person.login is None and (behind := _IN_BRACKETS.search(person.text)) and not _is_group(behind[1]):
        return behind[1]
    return person.name


def _is_pronoun(name: str) -> bool:
    return " ".join(name.casefold().split()) in word_set("owners", "pronouns")


@lru_cache(maxsize=256)
def _is_later(name: str) -> bool:
    folded = _ARTICLE.sub("", " ".join(name.casefold().split()))
    return any(folded == word or folded.startswith(f"{word} ") for word in word_set("owners", "later"))


def _is_role(name: str) -> bool:
    """Whether a name ends in a word for a role, or is an acronym of one, and does not begin as a person's does."""
    words = _WORDS.findall(_ARTICLE.sub("", name.strip()))
    if not words or words[-1].casefold() not in word_set("owners", "roles"):
        return False
    if len(words) == 1:
        return len(words[0]) > 3 or name.isupper() or name.islower()
    return words[0].casefold() not in word_set("given_names", "names") and len(words[0]) > 1


@lru_cache(maxsize=256)  # many rules ask for the owners of one document
def _is_group(name: str) -> bool:
    words = _WORDS.findall(_ARTICLE.sub("", name.strip()).casefold())
    if not words:
        return False
    whole = " ".join(words)
    if whole in word_set("owners", "words") or words[-1] in word_set("owners", "groups"):
        return True
    if all(any(word in word_set("owners", kind) for kind in ("areas", "words", "groups")) for word in words):
        return True
    return words[0] == "team" or _parts_are_words(whole) or _ACRONYM.fullmatch(name.strip()) is not None


def _parts_are_words(whole: str) -> bool:
    """Whether a hyphenated handle ends in a word for a group: `payments-team`."""
    return "-" in whole and whole.rsplit("-", 1)[-1] in word_set("owners", "groups")


def _is_team_of(name: str, policy: Policy) -> bool:
    if not policy.people and not policy.managers:
        return False
    teams: Iterable[str | None] = (each.team for each in policy.people.values())
    return name.casefold() in {team.casefold() for team in (*teams, *policy.managers) if team and team != "default"}
