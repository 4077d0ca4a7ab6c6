"""Who wrote a postmortem, and who of them took part in its pull request.

The article asks for a co-author who was not running the incident. A name in the document is a claim; evidence is a
commit, a `Co-authored-by` trailer, or a review. One person goes by several names: a login, a full name, an e-mail
address. What the document, the policy and the commits say of them is joined, so that the commander is recognised
under each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.core.facts import Commit, PullFacts, Review, ReviewState
from rules.names import fold_name
from rules.policy import Evidence, PersonPolicy, Policy
from rules.postmortem import Person, Postmortem

_TRAILER = re.compile(
    r"^co-authored-by:[ \t]*(?P<name>[^<\n]*?)[ \t]*<(?P<email>[^<>\n]+)>[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_NO_REPLY = re.compile(
    r"^(?:\d+\+)?(?P<login>[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\[bot\])?)@users\.noreply\.", re.IGNORECASE
)
_TAKES_PART = {ReviewState.APPROVED, ReviewState.CHANGES_REQUESTED, ReviewState.COMMENTED}


@dataclass(frozen=True, slots=True)
class Participation:
    """One way in which somebody took part.

    Attributes:
        evidence: which way.
        where: for people: a short commit SHA, or what the review said.
        aliases: every name of theirs that this shows: `@login`, `name`, or an e-mail address; lower case.
    """

    evidence: Evidence
    where: str
    aliases: frozenset[str]


@dataclass(frozen=True, slots=True)
class Author:
    """An author of the document, as the pull request shows them.

    Attributes:
        person: as the document names them.
        commander: whether they commanded the incident.
        known: whether their GitHub login is known.
        participation: how they took part; empty if they did not.
    """

    person: Person
    commander: bool
    known: bool
    participation: tuple[Participation, ...]


def examine_authors(postmortem: Postmortem, facts: PullFacts, policy: Policy) -> tuple[Author, ...]:
    """The document's authors in its order, with what the pull request shows of each."""
    everything = tuple(_participations(facts))
    people = _join(
        [
            *(_person_aliases(person, policy) for person in (*postmortem.authors, *postmortem.commanders)),
            *(_policy_aliases(login, person) for login, person in policy.people.items()),
            *(each.aliases for each in everything),
        ]
    )
    commanders = frozenset().union(
        *(_everybody(people, _person_aliases(person, policy)) for person in postmortem.commanders)
    )
    counted = [each for each in everything if each.evidence in policy.co_author.evidence]
    return tuple(
        _examine(person, _everybody(people, _person_aliases(person, policy)), commanders, counted)
        for person in postmortem.authors
    )


def _examine(
    person: Person, aliases: frozenset[str], commanders: frozenset[str], counted: list[Participation]
) -> Author:
    return Author(
        person=person,
        commander=not aliases.isdisjoint(commanders),
        known=any(alias.startswith("@") for alias in aliases),
        participation=tuple(each for each in counted if not aliases.isdisjoint(each.aliases)),
    )


def _participations(facts: PullFacts) -> Iterator[Participation]:
    for commit in facts.commits:
        yield from _commit_participations(commit)
    for review in facts.reviews:
        if review.state in _TAKES_PART and not review.account.bot:
            yield Participation(Evidence.REVIEW, _review_words(review), frozenset({f"@{review.account.login.lower()}"}))


def _commit_participations(commit: Commit) -> Iterator[Participation]:
    if not (commit.account and commit.account.bot):
        aliases = _git_aliases(commit.name, commit.email)
        if commit.account:
            aliases |= {f"@{commit.account.login.lower()}"}
        if aliases:
            yield Participation(Evidence.COMMIT, commit.sha[:7], aliases)
    for trailer in _TRAILER.finditer(commit.message):
        if aliases := _git_aliases(trailer["name"], trailer["email"]):
            yield Participation(Evidence.TRAILER, commit.sha[:7], aliases)


def _git_aliases(name: str, email: str) -> frozenset[str]:
    """What a name and an address in git say; empty for a bot's."""
    no_reply = _NO_REPLY.match(email)
    if (no_reply and no_reply["login"].lower().endswith("[bot]")) or fold_name(name).endswith("[bot]"):
        return frozenset()
    aliases = {email.strip().lower(), fold_name(name)}
    if no_reply:
        aliases.add(f"@{no_reply['login'].lower()}")
    return frozenset(aliases - {""})


def _person_aliases(person: Person, policy: Policy) -> frozenset[str]:
    login = policy.login_of(person)
    name = "" if person.name == person.login else fold_name(person.name)
    return frozenset({f"@{login.lower()}" if login else "", name} - {""})


def _policy_aliases(login: str, person: PersonPolicy) -> frozenset[str]:
    return frozenset({f"@{login.lower()}", fold_name(person.name or "")} - {""})


def _join(groups: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Groups of aliases, those that share one joined into one."""
    joined: list[frozenset[str]] = []
    for group in groups:
        touching = [each for each in joined if not each.isdisjoint(group)]
        joined = [each for each in joined if each.isdisjoint(group)]
        joined.append(group.union(*touching))
    return joined


def _everybody(people: list[frozenset[str]], aliases: frozenset[str]) -> frozenset[str]:
    """All aliases of whom `aliases` name."""
    return aliases.union(*(each for each in people if not each.isdisjoint(aliases)))


def _review_words(review: Review) -> str:
    words = {ReviewState.APPROVED: "approved", ReviewState.CHANGES_REQUESTED: "asked for changes"}
    return words.get(review.state, "commented")
