"""What is due at an instant: notices, within working hours and within reason, and when that changes by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol, TypeVar

from app.core.calendar.agenda import agendas, is_weekly, with_agendas
from app.core.calendar.drafts import next_day as next_draft
from app.core.calendar.drafts import pending_draft
from app.core.calendar.manager_words import is_word, pending_words
from app.core.calendar.movement import touch_of
from app.core.calendar.notice import DraftReminder, ItemNotice, ManagerWord, Urgency
from app.core.calendar.notices import days_late, is_chased, next_day, pending_notice
from app.core.calendar.revisit import Revisit
from app.core.calendar.revisits import next_day as next_return
from app.core.calendar.revisits import pending_revisit
from app.core.calendar.standups import next_standup
from app.core.calendar.tenure import with_tenure
from app.core.calendar.working_time import WorkingTime, working_time
from app.core.followed import Followed, FollowedItem, FollowUp
from app.core.promise import Noticed
from app.core.remembered import Remembered
from app.core.repository_facts import MOST_MENTIONS, OVERDUE_LABEL, RepositoryFacts

MOST_REMEMBERED = 24
"""Notices that a record keeps: four deadlines' worth. One that is forgotten is not posted again: its comment stands."""


class _Mentioning(Protocol):
    @property
    def managers(self) -> tuple[str, ...]: ...
    @property
    def urgency(self) -> Urgency: ...


Notice = ItemNotice | Revisit | DraftReminder | ManagerWord

_M = TypeVar("_M", bound=_Mentioning)


def with_notices(decided: FollowUp, remembered: Remembered, facts: RepositoryFacts, now: datetime) -> FollowUp:
    """The follow-up with what time asks for at the instant `now`, as its records are to remember it."""
    time = working_time(facts.policy)
    today = time.day_of(now)
    decided = _with_tenures(decided, facts, today)
    decided = replace(decided, postmortems=with_agendas(decided.postmortems, remembered.agendas))
    return _with_touches(_with_due(decided, remembered, facts, time, now), facts, time, today)


def _with_tenures(decided: FollowUp, facts: RepositoryFacts, today: date) -> FollowUp:
    """The follow-up, whose records know who has each item."""
    postmortems = tuple(
        replace(each, items=tuple(with_tenure(item, facts, today) for item in each.items))
        for each in decided.postmortems
    )
    return replace(decided, postmortems=postmortems)


def _with_touches(decided: FollowUp, facts: RepositoryFacts, time: WorkingTime, today: date) -> FollowUp:
    """The follow-up, whose records tell edits of ours from what people did."""
    postmortems = tuple(
        replace(each, items=tuple(replace(item, touch=touch_of(item, facts, time, today)) for item in each.items))
        for each in decided.postmortems
    )
    return replace(decided, postmortems=postmortems)


def _with_due(
    decided: FollowUp, remembered: Remembered, facts: RepositoryFacts, time: WorkingTime, now: datetime
) -> FollowUp:
    decided = _with_labels(decided, facts, time, now)
    opening = time.next_opening(now)
    if opening is None:
        return decided
    day = time.day_of(opening)
    pending = _sayable(_pending(decided.postmortems, facts, time, day), facts)
    weekly = agendas(decided.postmortems, remembered.agendas, facts, time, day)
    days = list(_later(decided.postmortems, facts, time, day))
    days += [decided.figures_change] if decided.figures_change else []
    if opening != now:  # nobody is at work: what is pending, or is to be labelled, waits for the opening
        pending_label = _with_labels(decided, facts, time, opening) != decided
        return replace(decided, wake_at=_opening(time, [*days, *([day] if pending or weekly or pending_label else [])]))
    notices = _within_reason(_posted_first(pending, facts), _mentions(decided.postmortems, facts, day))
    if len(notices) < len(pending) and (tomorrow := time.working_day_after(day, 1)):
        days.append(tomorrow)
    return replace(
        decided,
        postmortems=tuple(_remembering(each, notices, day) for each in decided.postmortems),
        notices=tuple(each for each in notices if isinstance(each, ItemNotice)),
        revisits=tuple(each for each in notices if isinstance(each, Revisit)),
        words=tuple(each for each in notices if isinstance(each, ManagerWord)),
        drafts=tuple(each for each in notices if isinstance(each, DraftReminder)),
        agendas=weekly,
        closes=time.closing(now),
        wake_at=_opening(time, days),
    )


def _pending(postmortems: Sequence[Followed], facts: RepositoryFacts, time: WorkingTime, day: date) -> list[Notice]:
    pending: list[Notice] = []
    for followed in postmortems:
        if revisit := pending_revisit(followed, facts, time, day):
            pending.append(revisit)
        elif draft := pending_draft(followed, facts, time, day):  # a return on the same day comes first
            pending.append(draft)
        pending += pending_words(followed, facts)
        pending += [found for item in followed.items if (found := pending_notice(followed, item, facts, time, day))]
    return pending


def _sayable(pending: Iterable[Notice], facts: RepositoryFacts) -> list[Notice]:
    """What is pending, without what GitHub refuses to have said for now."""
    return [each for each in pending if not facts.is_muted(each.issue) or facts.has_said(each.about, each.issue)]


def _later(postmortems: Sequence[Followed], facts: RepositoryFacts, time: WorkingTime, day: date) -> Iterable[date]:
    """Days, after the one given, on which there may be more to say."""
    for followed in postmortems:
        for found in (next_return(followed, facts, time, day), next_draft(followed, time, day)):
            if found:
                yield found
        for item in followed.items:
            if found := next_day(followed, item, facts, time, day):
                yield found
    if is_weekly(postmortems, facts) and (standup := next_standup(facts.policy, time, day)):
        yield standup


def _opening(time: WorkingTime, days: Iterable[date]) -> datetime | None:
    first = min(days, default=None)
    return time.opening(first) if first else None


def _posted_first(pending: Iterable[Notice], facts: RepositoryFacts) -> list[Notice]:
    """What is pending, the worst first, after what is posted already, and only has to be remembered."""
    posted = {(each.issue, each.about) for each in facts.comments if each.ours}
    return sorted(pending, key=lambda each: ((each.issue, each.about) not in posted, each.urgency))


def _mentions(postmortems: Sequence[Followed], facts: RepositoryFacts, day: date) -> Mapping[str, int]:
    """How often each manager has been mentioned on a day, by login in lower case, here and elsewhere."""
    noticed = [each for followed in postmortems for each in followed.ledger.noticed]
    for followed in postmortems:
        noticed += [each for item in followed.items if item.merged for each in item.merged.promise.noticed]
    counted = {login: often for (login, on), often in facts.mentioned.items() if on == day}
    for login in (login.casefold() for each in noticed if each.on == day for login in each.managers):
        counted[login] = counted.get(login, 0) + 1
    return counted


def _within_reason(pending: Iterable[_M], mentions: Mapping[str, int]) -> tuple[_M, ...]:
    """Those that may go out today, in their order: the others would mention somebody once too often."""
    counted, chosen = dict(mentions), []
    for each in pending:
        logins = [login.casefold() for login in each.managers]
        if any(counted.get(login, 0) >= MOST_MENTIONS for login in logins):
            continue
        counted |= {login: counted.get(login, 0) + 1 for login in logins}
        chosen.append(each)
    return tuple(chosen)


def _remembering(followed: Followed, notices: Sequence[Notice], day: date) -> Followed:
    """The postmortem as it is to be remembered once the notices are posted."""
    by_issue = {each.issue: each.remembered(day) for each in notices if isinstance(each, ItemNotice)}
    items = tuple(_item_remembering(item, by_issue) for item in followed.items)
    tracking = followed.tracking.number if followed.tracking else None
    words = [each for each in notices if isinstance(each, ManagerWord) and each.tracking == tracking]
    ours = [each for each in notices if isinstance(each, Revisit | DraftReminder) and each.issue == tracking]
    ledger = followed.ledger
    comes_back = any(isinstance(each, Revisit) and each.is_return for each in ours)
    before = [replace(each, urgent=()) if comes_back else each for each in ledger.noticed if not is_word(each)]
    kept = [*before, *(each.remembered(day) for each in ours)]
    said = [each for each in ledger.noticed if is_word(each) and each.on == day]  # it only counts on its day
    noticed = (*kept[-MOST_REMEMBERED:], *said, *(each.remembered(day) for each in words))
    noticed = noticed if ours or words else ledger.noticed
    told = (*ledger.told, *(each.about for each in words))
    return replace(followed, items=items, ledger=replace(ledger, noticed=noticed, told=told))


def _item_remembering(item: FollowedItem, by_issue: Mapping[int, Noticed]) -> FollowedItem:
    noticed = by_issue.get(item.issue.number) if item.issue else None
    if noticed is None or item.merged is None:
        return item
    promise = replace(item.merged.promise, noticed=(*item.merged.promise.noticed, noticed)[-MOST_REMEMBERED:])
    return replace(item, merged=replace(item.merged, promise=promise))


def _with_labels(decided: FollowUp, facts: RepositoryFacts, time: WorkingTime, now: datetime) -> FollowUp:
    """The follow-up with the label on what is overdue: put on while people work, taken off at once."""
    today, is_open = time.day_of(now), time.is_open(now)
    postmortems = tuple(
        replace(followed, items=tuple(_labelled(followed, item, time, today, is_open) for item in followed.items))
        for followed in decided.postmortems
    )
    return replace(decided, postmortems=postmortems)


def _labelled(followed: Followed, item: FollowedItem, time: WorkingTime, today: date, is_open: bool) -> FollowedItem:
    merged, issue = item.merged, item.issue
    if merged is None or issue is None:
        return item
    overdue = is_chased(followed, item) and days_late(merged.promise, time, today) > 0
    if overdue == merged.promise.overdue or (overdue and not is_open):
        return item
    labels = issue.labels if merged.labels is None else merged.labels
    labels = labels | {OVERDUE_LABEL} if overdue else labels - {OVERDUE_LABEL}
    promise = replace(merged.promise, overdue=overdue)
    return replace(item, merged=replace(merged, labels=labels, promise=promise))
