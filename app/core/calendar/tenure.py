"""Who has an action item, and who had it last: nobody is asked for it whom nobody can ask any more."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import date

from app.core.followed import Followed, FollowedItem
from app.core.promise import Promise, Tenure
from app.core.repository_facts import RepositoryFacts, User

_UNOWNED = "unowned "


def present(item: FollowedItem, facts: RepositoryFacts) -> tuple[User, ...]:
    """Those who have an item's issue, without those who have left.

    That is told by whom issues can be assigned to, where GitHub lists them, and only of those to whom they could be
    once: people can assign others, too, for instance whoever commented.
    """
    if item.merged is None:
        return ()
    promise = item.merged.promise
    once = {*promise.shown.assignees, *(promise.tenure.able if promise.tenure else ())}
    return _still_there(item.merged.assignees, once, facts)


def longest(item: FollowedItem, facts: RepositoryFacts) -> str:
    """The login of whoever has had an item longest, of those who have it; empty for nobody."""
    tenure, having = (item.merged.promise.tenure if item.merged else None), present(item, facts)
    if tenure is not None:
        having = tuple(sorted(having, key=lambda each: tenure.since_of(each.id) or date.min))
    return having[0].login if having else ""


def present_on_tracking(followed: Followed, facts: RepositoryFacts) -> tuple[User, ...]:
    """As `present`, of those who have the tracking issue."""
    having = followed.tracking.assignees if followed.tracking else ()
    return _still_there(having, followed.ledger.shown.assignees, facts)


def _still_there(having: Iterable[User], once: Container[int], facts: RepositoryFacts) -> tuple[User, ...]:
    able = _able(facts)
    return tuple(each for each in having if able is None or each.id in able or each.id not in once)


def last_tenure(promise: Promise) -> Tenure | None:
    """Who has an item, or had it last; None if nobody ever had it, or Closeout itself has taken it from them."""
    if promise.tenure is None and promise.shown.assignees:
        return Tenure(ids=promise.shown.assignees)
    return promise.tenure


def question_who(promise: Promise) -> str:
    """What the question who has an item now is remembered by: once for each time that somebody leaves it.

    Empty where nobody has left it.
    """
    tenure = last_tenure(promise)
    if tenure is None:
        return ""
    whose = "+".join(map(str, tenure.ids))
    return f"{_UNOWNED}{whose} {tenure.since}" if tenure.since else f"{_UNOWNED}{whose}"


def asked_who_on(promise: Promise, managers: Container[str], day: date) -> date:
    """The last day, up to the one given, on which any of those managers was asked who has an item; else the first ever.

    What a clock that was ahead has asked counts as asked long ago.
    """
    asked = [
        each.on
        for each in promise.noticed
        if each.about.startswith(_UNOWNED) and each.on <= day and any(login in managers for login in each.managers)
    ]
    return max(asked, default=date.min)


def unheard(question: str) -> str:
    """What a word for a manager is remembered by where none could be reached: it is said again once one can be."""
    return f"{question} unheard"


def with_tenure(item: FollowedItem, facts: RepositoryFacts, day: date) -> FollowedItem:
    """The item as it is to be remembered, with whoever has it on a day."""
    if item.merged is None:
        return item
    before = item.merged.promise.tenure
    having = present(item, facts)
    taken = item.issue is not None and bool(item.issue.assignees) and not item.merged.assignees
    kept = None if taken else before
    tenure = tenure_of(item.merged.promise, having, facts, day) if having else kept
    if tenure == before:
        return item
    return replace(item, merged=replace(item.merged, promise=replace(item.merged.promise, tenure=tenure)))


def tenure_of(promise: Promise, having: tuple[User, ...], facts: RepositoryFacts, day: date) -> Tenure:
    """The tenure of those who have an item: as it is remembered, or a new one, which begins that day.

    Whoever had it before, alone or with others, and still has it, keeps the day on which they got it.
    """
    before, able = promise.tenure, _able(facts)
    listed = tuple(each.id for each in having if able is not None and each.id in able)
    ids, logins = tuple(each.id for each in having), tuple(each.login for each in having)
    asked = question_who(promise)
    is_back = able is not None and not {asked, unheard(asked)}.isdisjoint(each.about for each in promise.noticed)
    if before is None or is_back:
        return Tenure(ids=ids, logins=logins, able=listed, since=day)
    if set(ids) != set(before.ids):
        begun = tuple(before.since_of(each) if each in before.ids else day for each in ids)
        each_that_day = all(each == day for each in begun)
        return Tenure(ids=ids, logins=logins, able=listed, since=day, begun=() if each_that_day else begun)
    return replace(before, able=tuple(each for each in before.ids if each in {*before.able, *listed}))


def _able(facts: RepositoryFacts) -> frozenset[int] | None:
    """The ids of those to whom issues can be assigned; None where GitHub does not list them."""
    if facts.assignable is None or facts.looked_up is not None:
        return None
    return frozenset(each.id for each in facts.assignable.values())
