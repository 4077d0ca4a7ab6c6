"""Who wrote a postmortem, and who of them took part in its pull request.

The article asks for a co-author who was not running the incident. A name in the document is a claim; evidence is a
commit, a `Co-authored-by` trailer, or a review. One person goes by several names: a login, a full name, an e-mail
address. What the document, the policy and the commits say of them is joined, so that the commander is recognised
under each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.core.facts import Commit, PullFacts, Review, ReviewState
from rules.names import fold_name
from rules.policy import Evidence, Policy
from rules.postmortem import Person, Postmortem

_TRAILER = "co-authored-by:"
_NO_REPLY = re.compile(
    r"^(?:\d+\+)?(?P<login>[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\[bot\])?)@users\.noreply\.", re.IGNORECASE
)
_LONGEST_ADDRESS = 320  # characters, RFC 3696; no address in a commit need be looked at beyond
_TAKES_PART = {ReviewState.APPROVED, ReviewState.CHANGES_REQUESTED, ReviewState.COMMENTED}


@dataclass(frozen=True, slots=True)
class Identity:
    """What somebody is known by.

    Attributes:
        login: their GitHub login in lower case, or None where nothing tells it.
        names: their other names, folded, and e-mail addresses.
    """

    login: str | None
    names: frozenset[str]

    def is_same(self, other: Identity) -> bool:
        """Whether both are one person: by login where both are known by one, else by a name in common."""
        if self.login and other.login:
            return self.login == other.login
        return not self.names.isdisjoint(other.names)


@dataclass(frozen=True, slots=True)
class Participation:
    """One way in which somebody took part.

    Attributes:
        evidence: which way.
        where: for people: a short commit SHA, or what the review said.
        who: whoever it was.
    """

    evidence: Evidence
    where: str
    who: Identity


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
    participations = tuple(_participations(facts))
    named = [_identity(person, policy) for person in (*postmortem.authors, *postmortem.commanders)]
    logins = _logins_of_names([*named, *_policy_identities(policy), *(each.who for each in participations)])
    commanders = [_resolve(_identity(person, policy), logins) for person in postmortem.commanders]
    counted = [
        replace(each, who=_resolve(each.who, logins))
        for each in participations
        if each.evidence in policy.co_author.evidence
    ]
    return tuple(
        _examine(person, _resolve(_identity(person, policy), logins), commanders, counted)
        for person in postmortem.authors
    )


def author_logins(postmortems: Iterable[Postmortem], facts: PullFacts, policy: Policy) -> frozenset[str]:
    """The logins of the authors of any of them, in lower case, as far as the document, policy and commits tell."""
    participations = tuple(_participations(facts))
    named = [_identity(person, policy) for each in postmortems for person in each.authors]
    logins = _logins_of_names([*named, *_policy_identities(policy), *(each.who for each in participations)])
    resolved = (_resolve(each, logins) for each in named)
    return frozenset(each.login for each in resolved if each.login)


def _examine(person: Person, who: Identity, commanders: Sequence[Identity], counted: Sequence[Participation]) -> Author:
    return Author(
        person=person,
        commander=any(who.is_same(each) for each in commanders),
        known=who.login is not None,
        participation=tuple(each for each in counted if who.is_same(each.who)),
    )


def _logins_of_names(identities: Iterable[Identity]) -> dict[str, str]:
    """Whose login a name or an address goes with. One that goes with two, such as a shared machine's, is nobody's."""
    logins: dict[str, set[str]] = {}
    for each in identities:
        if each.login:
            for name in each.names:
                logins.setdefault(name, set()).add(each.login)
    return {name: found.pop() for name, found in logins.items() if len(found) == 1}


def _resolve(identity: Identity, logins: Mapping[str, str]) -> Identity:
    """The identity with the login that its names go with, if they agree on one."""
    if identity.login:
        return identity
    found = {logins[name] for name in identity.names if name in logins}
    return replace(identity, login=found.pop()) if len(found) == 1 else identity


def _participations(facts: PullFacts) -> Iterator[Participation]:
    for commit in facts.commits:
        yield from _commit_participations(commit)
    for review in facts.reviews:
        if review.state in _TAKES_PART and not review.account.bot:
            who = Identity(review.account.login.lower(), frozenset())
            yield Participation(Evidence.REVIEW, _review_words(review), who)


def _commit_participations(commit: Commit) -> Iterator[Participation]:
    if not (commit.account and commit.account.bot) and (who := _git_identity(commit.name, commit.email)):
        login = commit.account.login.lower() if commit.account else who.login
        yield Participation(Evidence.COMMIT, commit.sha[:7], replace(who, login=login))
    for name, email in _trailers(commit.message):
        if who := _git_identity(name, email):
            yield Participation(Evidence.TRAILER, commit.sha[:7], who)


def _trailers(message: str) -> Iterator[tuple[str, str]]:
    """The names and addresses of a message's `Co-authored-by: Name <address>` lines."""
    for line in message.splitlines():
        if line[: len(_TRAILER)].lower() == _TRAILER:
            name, _, rest = line[len(_TRAILER) :].strip().partition("<")
            if rest.endswith(">"):
                yield name.strip(), rest[:-1].strip()


def _git_identity(name: str, email: str) -> Identity | None:
    """Who a name and an address in git stand for; None for a bot, or for nobody."""
    no_reply = _NO_REPLY.match(email[:_LONGEST_ADDRESS])
    login = no_reply["login"].lower() if no_reply else None
    names = frozenset({email.strip().lower(), fold_name(name)} - {""})
    if (login or fold_name(name)).endswith("[bot]") or not names:
        return None
    return Identity(login, names)


def _identity(person: Person, policy: Policy) -> Identity:
    """Whom the document names; a login that stands alone is no name."""
    login = policy.login_of(person)
    name = "" if person.name == person.login else fold_name(person.name)
    return Identity(login.lower() if login else None, frozenset({name} - {""}))


def _policy_identities(policy: Policy) -> Iterator[Identity]:
    for login, person in policy.people.items():
        yield Identity(login.lower(), frozenset({fold_name(person.name or "")} - {""}))


def _review_words(review: Review) -> str:
    words = {ReviewState.APPROVED: "approved", ReviewState.CHANGES_REQUESTED: "asked for changes"}
    return words.get(review.state, "commented")
