"""Reminders and escalations: what is to be said of an action item on a day, and when that changes by itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.core.calendar.levels import Level, Step, level_on, next_step, steps
from app.core.calendar.notice import VERIFY, ItemNotice
from app.core.calendar.working_time import WorkingTime
from app.core.followed import Followed, FollowedItem
from app.core.people_in_charge import manager_of
from app.core.promise import Promise
from app.core.repository_facts import RepositoryFacts, User
from rules.policy import Policy


def managers_of(facts: RepositoryFacts, owners: Iterable[str]) -> tuple[str, ...]:
    """Whom to mention for those owners; in a public repository nobody, unless the policy says so."""
    if not (facts.repository.private or facts.policy.public):
        return ()
    found = (manager_of(facts.policy, login) for login in owners)
    return tuple(dict.fromkeys(each for each in found if each))


def is_chased(followed: Followed, item: FollowedItem) -> bool:
    """Whether an item is one that anybody is reminded of: its issue is open, and its document still has it."""
    return item.merged is not None and item.issue is not None and item.open and not (item.entry.gone or followed.lost)


def level_of(followed: Followed, item: FollowedItem, policy: Policy, time: WorkingTime, day: date) -> Level:
    """How pressing an item is on a day."""
    return level_on(day, _steps(followed, item, policy, time))


def next_day(followed: Followed, item: FollowedItem, policy: Policy, time: WorkingTime, day: date) -> date | None:
    """The day, after the one given, on which there is more to say of an item, or it becomes overdue."""
    if not is_chased(followed, item):
        return None
    days = [next_step(day, _steps(followed, item, policy, time))]
    deadline = item.merged.promise.deadline if item.merged else None
    days.append(time.working_day_after(deadline, 1) if deadline else None)
    days.append(_verify_on(item.merged.promise) if item.merged else None)
    return min((each for each in days if each and each > day), default=None)


def _steps(followed: Followed, item: FollowedItem, policy: Policy, time: WorkingTime) -> tuple[Step, ...]:
    promise = item.merged.promise if item.merged else None
    if promise is None or promise.deadline is None:
        return ()
    since = max([followed.ledger.merged, *(each.on for each in promise.extensions)])
    return steps(promise.deadline, promise.said.priority, policy.reminders, time, since)


def pending_notice(
    followed: Followed, item: FollowedItem, facts: RepositoryFacts, time: WorkingTime, day: date
) -> ItemNotice | None:
    """What is to be said of an item on a day, and has not been."""
    if item.merged is None or item.issue is None or not is_chased(followed, item):
        return None
    promise, assignees = item.merged.promise, item.merged.assignees
    told = {each.about for each in promise.noticed}
    present = tuple(each for each in assignees if _is_here(each, facts))
    owners = tuple(each.login for each in present)
    uid, number, deadline = item.entry.uid, item.issue.number, promise.deadline
    late = time.days_late(deadline, day) if deadline else 0
    if not present and (missing := _missing_key(promise, assignees)) and missing not in told:
        former = assignees[0].login if assignees else promise.said.owner or ""
        managers = managers_of(facts, [former])
        return ItemNotice(
            issue=number,
            uid=uid,
            key=missing,
            level=Level.NONE,
            deadline=deadline,
            days_late=late,
            promise=promise,
            owners=(),
            former=former,
            managers=managers,
            unreachable=not managers,
        )
    verify = _verify_on(promise)
    if verify and verify <= day and (key := f"{VERIFY} {verify.isoformat()}") not in told:
        return ItemNotice(
            issue=number,
            uid=uid,
            key=key,
            level=Level.NONE,
            deadline=deadline,
            days_late=late,
            promise=promise,
            owners=owners,
        )
    level = level_of(followed, item, facts.policy, time, day)
    if deadline is None or level <= _told_level(deadline, told):
        return None
    owner = owners[0] if owners else promise.said.owner or ""
    managers = managers_of(facts, [owner]) if level >= Level.MANAGER else ()
    return ItemNotice(
        issue=number,
        uid=uid,
        key=_key(deadline, level),
        level=level,
        deadline=deadline,
        days_late=late,
        promise=promise,
        owners=owners,
        managers=managers,
        unreachable=level >= Level.MANAGER and not managers,
        before=promise.noticed,
    )


def _verify_on(promise: Promise) -> date | None:
    """The day on which to ask whether a verification that failed ran again."""
    return promise.verdict.ask_again if promise.verdict else None


def _is_here(user: User, facts: RepositoryFacts) -> bool:
    """Whether an assignee is still one whom issues can be assigned to, as far as GitHub tells."""
    return facts.assignable is None or any(each.id == user.id for each in facts.assignable.values())


def _missing_key(promise: Promise, assignees: tuple[User, ...]) -> str:
    """What is remembered of the question who has it now: asked again only if somebody else leaves it."""
    gone = tuple(each.id for each in assignees) or promise.shown.assignees
    return f"unowned {'+'.join(map(str, gone))}" if gone else ""


def _key(deadline: date, level: Level) -> str:
    return f"{deadline.isoformat()} {int(level)}"


def _told_level(deadline: date, told: Iterable[str]) -> Level:
    """The highest level of which anybody was told, counted from this deadline."""
    keys = {_key(deadline, level): level for level in Level}
    return max((keys[each] for each in told if each in keys), default=Level.NONE)
