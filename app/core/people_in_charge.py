"""Who is to have an issue: accounts that issues can be assigned to, from what a document and the policy say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from app.core.facts import Repository
from app.core.merged_document import Contents
from app.core.promise import Said
from app.core.repository_facts import RepositoryFacts, User
from rules.managers import manager_of
from rules.policy import Policy
from rules.postmortem import Person, Span

_NOWHERE = Span(1, 1, 1, 1)


def account(facts: RepositoryFacts, login: str | None) -> User | None:
    """The account that an owner's issue is assigned to: the owner's, or their sponsor's; None if neither can be."""
    if login is None or facts.assignable is None:
        return None
    person = facts.policy.person(login)
    for each in (login, person.sponsor if person else None):
        if each and (found := facts.assignable.get(each.casefold())):
            return found
    return None


def with_owner(said: Said, policy: Policy) -> Said:
    """What a document said, with the login of an owner whom the policy did not know then."""
    if said.owner or not said.owner_text:
        return said
    login = policy.login_of(Person(said.owner_text, said.owner_text, None, _NOWHERE))
    return replace(said, owner=login, collective=False) if login else said


def missing(said: Said, deadline: date | None) -> tuple[str, ...]:
    """What the document leaves open of an action item, in words."""
    return (
        *(["an owner"] if said.collective or not said.owner_text else []),
        *(["a deadline"] if deadline is None else []),
        *(["a success criterion"] if not said.criterion else []),
    )


def in_charge(facts: RepositoryFacts, said: Said, deadline: date | None, authors: tuple[User, ...]) -> tuple[User, ...]:
    """Who is to have an action issue: its owner, and an author where the document left something open."""
    owner = account(facts, said.owner)
    author = authors[:1] if missing(said, deadline) else ()
    return tuple(dict.fromkeys((*([owner] if owner else []), *author)))


def left_of(facts: RepositoryFacts, ids: Iterable[int]) -> frozenset[int]:
    """Those of them to whom issues cannot be assigned any more; nobody where GitHub does not list to whom they can."""
    if facts.assignable is None or facts.looked_up is not None:
        return frozenset()
    return frozenset(ids) - {each.id for each in facts.assignable.values()}


def author_accounts(facts: RepositoryFacts, contents: Contents) -> tuple[User, ...]:
    """The authors' accounts, in the document's order."""
    found = (account(facts, login) for login in contents.author_logins)
    return tuple(dict.fromkeys(each for each in found if each is not None))


def tracking_assignee(facts: RepositoryFacts, contents: Contents) -> User | None:
    """Who looks after a tracking issue: the policy's revisit owner, else the first author's manager, else an author.

    Where managers are not to be mentioned, none is put there: whoever has the issue is mentioned at each return.
    """
    policy, authors = facts.policy, contents.author_logins
    manager = manager_of(policy, authors[0] if authors else "")
    wanted = (policy.revisits.owner, manager if may_mention_managers(facts.repository, policy) else None, *authors)
    return next((found for login in wanted if (found := account(facts, login))), None)


def may_mention_managers(repository: Repository, policy: Policy) -> bool:
    """Whether managers may be mentioned in a repository: in a public one only if the policy says so."""
    return repository.private or policy.public


def mentioned_of(facts: RepositoryFacts, having: Sequence[str], authors: Sequence[str]) -> tuple[str, ...]:
    """Those who have a tracking issue, without those who must not be mentioned there.

    A repository may become public after a manager was given the issue. Whoever the policy names for the returns, or
    wrote the postmortem, is mentioned for that reason, and not as a manager.
    """
    if may_mention_managers(facts.repository, facts.policy):
        return tuple(having)
    own = {each.casefold() for each in (facts.policy.revisits.owner, *authors) if each}
    return tuple(each for each in having if each.casefold() in own or not is_managing(facts.policy, each))


def escalates_to(policy: Policy, owner: str | None, having: Sequence[str]) -> str | None:
    """The login of whoever an action item escalates to; None if that leaves nobody.

    `owner` is who promised it, as the document says, and `having` are the logins of those who have its issue. While
    the owner has it, or their sponsor has it for them, it escalates to the owner's manager: it is the owner's promise.
    A sponsor who is that manager already hears of it, so it goes on to theirs. Else it escalates to the manager of
    whoever has it now.
    """
    folded = [each.casefold() for each in having]
    if not having or (owner and owner.casefold() in folded):
        return manager_of(policy, owner or "")
    person = policy.person(owner) if owner else None
    sponsor = person.sponsor if person else None
    if owner is None or sponsor is None or sponsor.casefold() not in folded:
        return manager_of(policy, having[0])
    manager = manager_of(policy, owner)
    return manager if manager and manager.casefold() not in folded else manager_of(policy, sponsor)


def managing(policy: Policy, logins: Sequence[str]) -> tuple[str, ...]:
    """Those of them whom the policy names as managers: being mentioned counts for them, whatever the reason."""
    return tuple(each for each in logins if is_managing(policy, each))


def is_managing(policy: Policy, login: str) -> bool:
    """Whether the policy names somebody as a manager."""
    managers = [*policy.managers.values(), *(each.manager for each in policy.people.values() if each.manager)]
    return login.casefold() in {each.casefold() for each in managers}
