"""Whoever has an action item in the place of an owner without an account: their sponsor, as the policy names them.

The policy may name another one, or none, since the owner can be assigned now. Then the item goes on to them, as to
another owner whom a document names: only where nobody has touched who has it.
"""

from __future__ import annotations

from dataclasses import replace

from app.core.people_in_charge import account
from app.core.promise import Promise, Said
from app.core.repository_facts import Issue, RepositoryFacts, User


def with_replaced(
    facts: RepositoryFacts, promise: Promise, said: Said, issue: Issue, responsible: tuple[User, ...] | None
) -> tuple[User, ...] | None:
    """Who is to have an issue, where the policy names another sponsor than the one who has it; else `responsible`.

    A sponsor who leaves, and an owner who gets an account, change nothing by themselves: the policy says who has it. A
    sponsor in whose place nobody can be assigned keeps it.
    """
    before, found = promise.sponsor.casefold(), account(facts, said.owner)
    if not before or not issue.open or found is None or said.owner != promise.said.owner:
        return responsible
    if _named(facts, said.owner).casefold() == before:
        return responsible
    others = issue.assignees if responsible is None else responsible
    return tuple(dict.fromkeys((found, *(each for each in others if each.login.casefold() != before))))


def with_sponsor(facts: RepositoryFacts, promise: Promise, before: Promise, *, is_open: bool) -> Promise:
    """The promise, with who stands in for its owner; `before` is as it was remembered.

    Of what is remembered without it, it is only known where Closeout itself has given it to the sponsor whom the policy
    names now.
    """
    owner = promise.said.owner
    found, named = account(facts, owner), _named(facts, owner)
    is_known = bool(before.sponsor) and owner == before.said.owner
    if found is None or not is_open or (is_known and named.casefold() == before.sponsor.casefold()):
        return promise
    stands_in = named.casefold() == found.login.casefold() and (is_known or found.id in promise.shown.assignees)
    sponsor = named if stands_in else ""
    return promise if sponsor == promise.sponsor else replace(promise, sponsor=sponsor)


def _named(facts: RepositoryFacts, owner: str | None) -> str:
    """The login of an owner's sponsor, as the policy names them; empty for nobody."""
    person = facts.policy.person(owner) if owner else None
    return (person.sponsor or "") if person else ""
