"""The weekly agenda: every open action item, on the day of the standup, in one issue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.core.calendar.agenda_issue import Agenda, AgendaItem, Part
from app.core.calendar.movement import quiet_since
from app.core.calendar.notices import days_late, holder_of, is_chased, reopened_late
from app.core.calendar.standups import StandupDay, last_standup, week_of
from app.core.calendar.working_time import WorkingTime
from app.core.followed import Followed, FollowedItem
from app.core.keeper import remembering
from app.core.ledger import AGENDA, Ledger
from app.core.people_in_charge import may_mention_managers
from app.core.records import AgendaMark
from app.core.repository_facts import Issue, RepositoryFacts
from rules.policy import Priority


def agendas(
    postmortems: Sequence[Followed],
    marks: Mapping[int, AgendaMark],
    facts: RepositoryFacts,
    time: WorkingTime,
    day: date,
) -> tuple[Agenda, ...]:
    """The agendas that have to be written on a day: this week's, and those before it, which are closed.

    `marks` are the agendas there are, by number. One is of the week for which its standup was planned, whenever that is
    held. It comes while anything is open that was before the standup: what is opened, or opened again, later in the
    week waits for the next one. Where none is wanted any more, what is still open is closed.
    """
    if not has_agenda(facts):
        return tuple(_given_up(number, mark) for number, mark in marks.items() if not mark.closed)
    standup = last_standup(facts.policy, time, day)
    if standup is None:
        return ()
    week = week_of(facts.policy, standup.planned)
    number = next((number for number, mark in sorted(marks.items()) if mark.week == week), None)
    earlier = tuple(number for number, mark in marks.items() if mark.week < week and not mark.closed)
    has_come = any(mark.week >= week for mark in marks.values()) or _was_removed(week, postmortems, marks)
    comes = not has_come and _is_anything_open_since(postmortems, standup.held, time)
    found = [] if comes else [_earlier(each, marks[each], number, week) for each in earlier]
    if comes:
        found.append(_of_week(week, standup, postmortems, facts, time, day, earlier))
    elif number is not None and _is_damaged(facts.issues[number]):
        earlier = tuple(each for each in earlier if each != number)
        agenda = _of_week(week, standup, postmortems, facts, time, day, earlier)
        found.append(replace(agenda, number=number, mark=marks[number], restored=True))
    return tuple(found)


def _of_week(
    week: str,
    standup: StandupDay,
    postmortems: Sequence[Followed],
    facts: RepositoryFacts,
    time: WorkingTime,
    day: date,
    earlier: tuple[int, ...],
) -> Agenda:
    """The agenda of a week as it is to be opened, or written anew, on a day."""
    items = _items(postmortems, facts, time, standup, day)
    is_week = week_of(facts.policy, standup.until) == week
    return Agenda(number=None, mark=AgendaMark(week=week), items=items, earlier=earlier, is_week=is_week)


def _is_damaged(issue: Issue) -> bool:
    return issue.open and not isinstance(issue.record, AgendaMark)


def with_agendas(postmortems: Sequence[Followed], marks: Mapping[int, AgendaMark]) -> tuple[Followed, ...]:
    """The postmortems, one of whose ledgers remembers the newest agenda, where no agenda before it does, or will.

    So one that a person deletes stays away.
    """
    week = max((mark.week for mark in marks.values()), default="")
    is_followed = any(mark.followed_by == week or (mark.week < week and not mark.closed) for mark in marks.values())
    if not week or is_followed:
        return tuple(postmortems)
    return remembering(postmortems, f"{AGENDA}{week}")


def _was_removed(week: str, postmortems: Sequence[Followed], marks: Mapping[int, AgendaMark]) -> bool:
    """Whether the agenda of a week was there before."""
    is_told = any(f"{AGENDA}{week}" in each.ledger.told for each in postmortems)
    return is_told or any(mark.followed_by == week for mark in marks.values())


def is_weekly(postmortems: Sequence[Followed], facts: RepositoryFacts) -> bool:
    """Whether there will be something to say at the next standup, unless people do it before."""
    return has_agenda(facts) and any(is_chased(each, item) for each in postmortems for item in each.items)


def has_agenda(facts: RepositoryFacts) -> bool:
    """Whether the policy wants an agenda; in a public repository it has to say so."""
    return facts.policy.standup.enabled and may_mention_managers(facts.repository, facts.policy)


def _earlier(number: int, mark: AgendaMark, following: int | None, week: str) -> Agenda:
    """An agenda whose week is over: closed, once. The one after it links it, which GitHub shows on both."""
    mark = replace(mark, closed=True, followed_by=week if following else "")
    return Agenda(number=number, mark=mark, open=False)


def _given_up(number: int, mark: AgendaMark) -> Agenda:
    """An agenda after which no more come, as the policy has it now, or since the repository is public: closed, once."""
    return replace(_earlier(number, mark, None, ""), given_up=True)


def _items(
    postmortems: Sequence[Followed], facts: RepositoryFacts, time: WorkingTime, standup: StandupDay, day: date
) -> tuple[AgendaItem, ...]:
    """Every open action item whose postmortem was merged before the standup, as it stands on the day of the agenda."""
    found = [
        _item(item, facts, time, standup, day)
        for followed in postmortems
        if _is_before(followed.ledger, standup.held, time)
        for item in followed.items
        if is_chased(followed, item)
    ]
    return tuple(sorted(found, key=_order))


def _is_anything_open_since(postmortems: Sequence[Followed], standup: date, time: WorkingTime) -> bool:
    """Whether any item is open that was so before a standup."""
    return any(
        is_chased(followed, item) and _was_open(item, standup)
        for followed in postmortems
        if _is_before(followed.ledger, standup, time)
        for item in followed.items
    )


def _was_open(item: FollowedItem, standup: date) -> bool:
    """Whether an item that is open was so before the day of a standup."""
    reopened = item.merged.promise.reopened if item.merged else None
    return all(each is None or each < standup for each in (item.entry.since, reopened))


def _is_before(ledger: Ledger, standup: date, time: WorkingTime) -> bool:
    """Whether a postmortem was merged before the hour of a standup, and was followed up on the days before it."""
    opening = time.opening(standup)
    if ledger.asked_for is not None and ledger.asked_for >= standup:
        return False
    if ledger.merged != standup or ledger.merged_at is None or opening is None:
        return ledger.merged < standup
    return ledger.merged_at <= opening


def _item(item: FollowedItem, facts: RepositoryFacts, time: WorkingTime, standup: StandupDay, day: date) -> AgendaItem:
    if item.issue is None or item.merged is None:
        raise ValueError(f"{item.entry.title!r} has no issue")
    deadline = item.merged.promise.deadline
    return AgendaItem(
        number=item.issue.number,
        title=item.issue.title,
        part=_part(deadline, standup, day),
        priority=item.merged.promise.said.priority,
        holder=holder_of(item, facts),
        deadline=deadline,
        days_late=days_late(item.merged.promise, time, day),
        reopened=reopened_late(item.merged.promise, day),
        quiet_since=quiet_since(item, facts, time),
    )


def _part(deadline: date | None, standup: StandupDay, day: date) -> Part:
    if deadline is not None and deadline < day:
        return Part.OVERDUE
    return Part.THIS_WEEK if deadline is not None and deadline <= standup.until else Part.LATER


def _order(item: AgendaItem) -> tuple[Part, bool, date, int]:
    """Part by part, P0s first; then whatever is due first, or has not moved for the longest."""
    by = item.quiet_since if item.part is Part.LATER or item.deadline is None else item.deadline
    return item.part, item.priority is not Priority.P0, by, item.number
