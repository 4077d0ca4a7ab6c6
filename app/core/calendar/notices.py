"""Reminders and escalations: what is to be said of an action item on a day, and when that changes by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from app.core.calendar.handed_over import key_for_others, told_from
from app.core.calendar.levels import Level, Step, Told, level_on, next_step, steps
from app.core.calendar.movement import quiet_since
from app.core.calendar.notice import VERIFY, Holder, ItemNotice
from app.core.calendar.tenure import asked_who_on, last_tenure, longest, present, question_who, unheard
from app.core.calendar.working_time import WorkingTime
from app.core.closing import NOT_DONE
from app.core.followed import Followed, FollowedItem
from app.core.people_in_charge import escalates_to, managing, may_mention_managers
from app.core.promise import VERIFY_AGAIN, Promise, Said
from app.core.repository_facts import RepositoryFacts
from app.core.verification import ask_again


def managers_for(facts: RepositoryFacts, items: Iterable[tuple[str | None, tuple[str, ...]]]) -> tuple[str, ...]:
    """Whom to mention for items, each an owner and those who have it; nobody where managers are not to be mentioned."""
    if not may_mention_managers(facts.repository, facts.policy):
        return ()
    found = (escalates_to(facts.policy, owner, having) for owner, having in items)
    return tuple(dict.fromkeys(each for each in found if each))


def holder_of(item: FollowedItem, facts: RepositoryFacts) -> Holder:
    """Whose an item is, as a list shows it."""
    said = item.said or (item.merged.promise.said if item.merged else None)
    logins = tuple(each.login for each in present(item, facts))
    if logins or said is None:
        return Holder(logins=logins)
    return Holder(logins=(), promised_by=_promiser(said), left=_was_had(item))


def _was_had(item: FollowedItem) -> bool:
    """Whether somebody has, or had, an item's issue."""
    return item.merged is not None and last_tenure(item.merged.promise) is not None


def is_chased(followed: Followed, item: FollowedItem) -> bool:
    """Whether an item is one that anybody is reminded of: its issue is open, and its document still has it."""
    return item.merged is not None and item.issue is not None and item.open and not (item.entry.gone or followed.lost)


def _is_asked_for(followed: Followed, item: FollowedItem) -> bool:
    """Whether there may be something to say of an item: of one that was done only that it is to be verified."""
    if item.merged is None or item.issue is None or item.entry.gone or followed.lost:
        return False
    return item.open or item.closed_as not in NOT_DONE


def level_of(followed: Followed, item: FollowedItem, facts: RepositoryFacts, time: WorkingTime, day: date) -> Level:
    """How pressing an item is on a day."""
    return level_on(day, _steps(followed, item, facts, time, day))


def next_day(
    followed: Followed, item: FollowedItem, facts: RepositoryFacts, time: WorkingTime, day: date
) -> date | None:
    """The day, after the one given, on which there is more to say of an item, or it becomes overdue."""
    if item.merged is None or not _is_asked_for(followed, item):
        return None
    promise = item.merged.promise
    if not item.open:
        verify = ask_again(item, followed.ledger)
        return verify if verify and verify > day else None
    days = [next_step(day, _steps(followed, item, facts, time, day))]
    days.append(time.working_day_after(late_from, 1) if (late_from := counted_from(promise, day)) else None)
    days.append(ask_again(item, followed.ledger))
    days.append(told_from(item, facts, time, _key(promise, Level.DUE_SOON, day)))
    if _is_told(promise, day) and _level_notice(followed, item, facts, time, day):
        days.append(time.working_day_after(day, 1))
    return min((each for each in days if each and each > day), default=None)


def pending_notice(
    followed: Followed, item: FollowedItem, facts: RepositoryFacts, time: WorkingTime, day: date
) -> ItemNotice | None:
    """What is to be said of an item on a day, and has not been.

    On one day it reaches one level at most: what else has happened by then waits for the next working day.
    """
    if item.merged is None or not _is_asked_for(followed, item):
        return None
    if not item.open:
        return _verify_notice(followed, item, facts, time, day)
    if asking := _unowned_notice(item, facts, time, day):
        return asking
    if asking := _verify_notice(followed, item, facts, time, day):
        return asking
    return None if _is_told(item.merged.promise, day) else _level_notice(followed, item, facts, time, day)


def _is_told(promise: Promise, day: date) -> bool:
    return any(each.on == day for each in promise.noticed)


def _steps(
    followed: Followed, item: FollowedItem, facts: RepositoryFacts, time: WorkingTime, day: date
) -> tuple[Step, ...]:
    """The levels that an item will reach: where managers are not to be mentioned, nothing escalates."""
    promise = item.merged.promise if item.merged else None
    if promise is None or (counted := counted_from(promise, day)) is None:
        return ()
    given = [item.entry.since or followed.ledger.merged, *(each.on for each in promise.extensions)]
    reopened = reopened_by(promise, day)
    since = max([*given, *([reopened] if reopened else [])])
    escalates = may_mention_managers(facts.repository, facts.policy)
    told, reminders = _told(item, facts, day), facts.policy.reminders
    return steps(counted, promise.said.priority, reminders, time, since, told, escalates=escalates)


def reopened_by(promise: Promise, day: date) -> date | None:
    """The day on which it was opened again; None if it was not, or by a clock that was ahead: nobody waits for it."""
    return promise.reopened if promise.reopened and promise.reopened <= day else None


def counted_from(promise: Promise, day: date) -> date | None:
    """The day from which it is late, and its levels count: the deadline, or the later one of its being opened again."""
    deadline, reopened = promise.deadline, reopened_by(promise, day)
    return max(deadline, reopened) if deadline and reopened else deadline


def days_late(promise: Promise, time: WorkingTime, day: date) -> int:
    """The working days since the day from which it is late: while it was closed, it was not."""
    counted = counted_from(promise, day)
    return time.days_late(counted, day) if counted else 0


def reopened_late(promise: Promise, day: date) -> date | None:
    """The day on which it was opened again, if its deadline had passed by then; else None."""
    counted = counted_from(promise, day)
    return counted if counted != promise.deadline else None


def _told(item: FollowedItem, facts: RepositoryFacts, day: date) -> Told | None:
    """The highest level of which anybody was told, counted from the same day; None if nobody was.

    The day is that of the last word to the manager: to be asked who has it now is one, too, though of no level.
    What was told by a clock that was ahead counts as told long ago: nobody waits for that day. What should have reached
    a manager, and reached none, told the owner alone: it counts as no more than that once there is one.
    """
    if item.merged is None:
        return None
    promise, managers = item.merged.promise, _managers(item, facts)
    told = []
    for level in Level:
        in_vain = min(level, Level.OVERDUE) if managers else level
        keys = {_key(promise, level, day): level, _key(promise, level, day, in_vain=True): in_vain}
        told += [Told(keys[each.about], each.on) for each in promise.noticed if each.about in keys]
    highest = max(told, key=lambda each: (each.level, each.on), default=None)
    if highest is None:
        return None
    last = highest.on if highest.on <= day else date.min
    return Told(highest.level, max(last, asked_who_on(promise, managers, day)))


def _managers(item: FollowedItem, facts: RepositoryFacts) -> tuple[str, ...]:
    """Whom an item escalates to."""
    if item.merged is None:
        return ()
    promise = item.merged.promise
    having = tuple(each.login for each in present(item, facts)) or _former(promise)
    return managers_for(facts, [(promise.said.owner, having)])


def _key(promise: Promise, level: Level, day: date, *, in_vain: bool = False) -> str:
    """What is remembered of a notice: the day that its level was counted from, the level, and if it reached nobody."""
    deadline, counted = promise.deadline, counted_from(promise, day)
    since = f"{deadline}+{counted}" if counted != deadline else f"{deadline}"
    return f"{unheard(since) if in_vain else since} {int(level)}"


def _unowned_notice(item: FollowedItem, facts: RepositoryFacts, time: WorkingTime, day: date) -> ItemNotice | None:
    """The question who has an item now, for the manager of whoever had it; None if somebody has it, or it was asked."""
    if item.issue is None or item.merged is None:
        return None
    promise = item.merged.promise
    missing = question_who(promise)
    asked = {each.about for each in promise.noticed}
    if present(item, facts) or not missing or missing in asked:
        return None
    former = _former(promise)
    managers = managers_for(facts, [(promise.said.owner, former)])
    key = missing if managers else unheard(missing)  # asked of nobody, it is asked again once somebody can be reached
    if key in asked:
        return None
    return replace(
        _notice(item, facts, time, day, key),
        former=next(iter(former), ""),
        managers=managers,
        unreachable=not managers,
    )


def _verify_notice(
    followed: Followed, item: FollowedItem, facts: RepositoryFacts, time: WorkingTime, day: date
) -> ItemNotice | None:
    """The question whether a verification that failed ran again; None if it is not time for that, or it was asked."""
    if item.issue is None or item.merged is None:
        return None
    promise = item.merged.promise
    verify = ask_again(item, followed.ledger)
    if verify is None or verify > day:
        return None
    key = f"{VERIFY} {verify.isoformat()}"
    if key in {each.about for each in promise.noticed}:
        return None
    notice, named = _notice(item, facts, time, day, key), _named(item, facts)
    return replace(
        notice,
        named=named,
        managers=managing(facts.policy, notice.owners or (named,)),
        failed=(day - verify + VERIFY_AGAIN).days,
    )


def _level_notice(
    followed: Followed, item: FollowedItem, facts: RepositoryFacts, time: WorkingTime, day: date
) -> ItemNotice | None:
    """The notice of the level that an item has reached; None if it was told, or is none."""
    if item.issue is None or item.merged is None or item.merged.promise.deadline is None:
        return None
    promise = item.merged.promise
    level = level_of(followed, item, facts, time, day)
    told = _told(item, facts, day)
    is_handed_over = _is_to_be_told_again(item, facts, time, day, level, told)
    if (told and level <= told.level and not is_handed_over) or not level:
        return None
    managers = _managers(item, facts) if level >= Level.MANAGER else ()
    in_vain = level >= Level.MANAGER and not managers
    key = _key(promise, level, day, in_vain=in_vain)
    notice = _notice(item, facts, time, day, key_for_others(item, facts, key) if is_handed_over else key)
    named = _named(item, facts)
    return replace(
        notice,
        level=level,
        is_new=not promise.noticed and time.days_late(notice.quiet_since, day) <= 1,
        longest=longest(item, facts),
        taken=_taken(promise),
        promised_by=_promised_by(promise, notice.owners),
        left=not notice.owners and _was_had(item),
        named=named,
        managers=tuple(dict.fromkeys((*managers, *managing(facts.policy, notice.owners or (named,))))),
        unreachable=in_vain,
        told=told.level if told else Level.NONE,
        before=promise.noticed,
    )


def _notice(item: FollowedItem, facts: RepositoryFacts, time: WorkingTime, day: date, key: str) -> ItemNotice:
    """What every notice of an item tells on a day; of no level as yet. Raises ValueError if the item has no issue."""
    if item.issue is None or item.merged is None:
        raise ValueError("an item without an issue has nowhere to be spoken of")
    promise = item.merged.promise
    return ItemNotice(
        issue=item.issue.number,
        uid=item.entry.uid,
        key=key,
        level=Level.NONE,
        deadline=promise.deadline,
        days_late=days_late(promise, time, day),
        reopened=reopened_late(promise, day),
        promise=promise,
        owners=tuple(each.login for each in present(item, facts)),
        quiet_since=quiet_since(item, facts, time),
    )


def _is_to_be_told_again(
    item: FollowedItem, facts: RepositoryFacts, time: WorkingTime, day: date, level: Level, told: Told | None
) -> bool:
    """Whether it is due soon, and who has it now does not know that, since others were told."""
    if item.merged is None or told is None or level is not Level.DUE_SOON or told.level is not level:
        return False
    begins = told_from(item, facts, time, _key(item.merged.promise, level, day))
    return begins is not None and begins <= day


def _taken(promise: Promise) -> date | None:
    """The day on which whoever has had an item longest got it, if whatever was said of it before went to others."""
    tenure = promise.tenure
    begun = [tenure.since_of(each) for each in tenure.ids] if tenure else []
    since = min((each for each in begun if each), default=None)
    if since is None or None in begun or not promise.noticed or any(each.on > since for each in promise.noticed):
        return None
    return since


def _promised_by(promise: Promise, owners: tuple[str, ...]) -> str:
    """Whoever promised it, where somebody else or nobody has it; empty where they have it, or it is nobody."""
    owner = _promiser(promise.said)
    return "" if owner.casefold() in {each.casefold() for each in owners} else owner


def _promiser(said: Said) -> str:
    """The login of whoever promised an item, else their name as written; empty for nobody, or a group."""
    return said.owner or ("" if said.collective else said.owner_text)


def _named(item: FollowedItem, facts: RepositoryFacts) -> str:
    """The login of whoever promised an item that nobody ever had, as with an owner whom issues cannot be assigned to.

    Empty where the policy does not know them: a document may name anybody. Whoever left an item is not asked for it.
    """
    if item.merged is None:
        return ""
    promise, owner = item.merged.promise, item.merged.promise.said.owner
    if owner is None or last_tenure(promise) or facts.policy.person(owner) is None:
        return ""
    return owner


def _former(promise: Promise) -> tuple[str, ...]:
    """Logins of those who had an item last, where that was kept."""
    tenure = last_tenure(promise)
    return tenure.logins if tenure else ()
