"""The weekly agenda: every open action item, on the day of the standup, in one issue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.core.calendar.movement import quiet_since
from app.core.calendar.notice import Agenda, AgendaItem, Part
from app.core.calendar.notices import holder_of, is_chased
from app.core.calendar.working_time import WorkingTime
from app.core.followed import Followed, FollowedItem
from app.core.ledger import Ledger
from app.core.people_in_charge import may_mention_managers
from app.core.records import AgendaMark
from app.core.repository_facts import Issue, RepositoryFacts
from rules.policy import Policy, Priority

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def last_standup(policy: Policy, time: WorkingTime, day: date) -> date | None:
    """The day of the newest standup up to a day; None if there was none within ten weeks."""
    return max((each for each in _standups(policy, time, day) if each <= day), default=None)


def next_standup(policy: Policy, time: WorkingTime, day: date) -> date | None:
    """The day of the next standup after a day; None if there is none within ten weeks."""
    return min((each for each in _standups(policy, time, day) if each > day), default=None)


def _standups(policy: Policy, time: WorkingTime, day: date) -> Iterator[date]:
    """The days of standups ten weeks around a day: the policy's weekday, or the next working day after it."""
    monday = day - timedelta(days=day.weekday())
    for week in range(-10, 11):
        first = monday + timedelta(weeks=week, days=_WEEK.index(policy.standup.day))
        if (found := time.working_day(first)) is not None:
            yield found


def agendas(
    postmortems: Sequence[Followed],
    marks: Mapping[int, AgendaMark],
    facts: RepositoryFacts,
    time: WorkingTime,
    day: date,
) -> tuple[Agenda, ...]:
    """The agendas that have to be written on a day: this week's, and those before it, which are closed.

    `marks` are the agendas there are, by number. In the week in which a repository's first postmortem is merged, the
    agenda begins with the next standup. Where none is wanted any more, what is still open is closed.
    """
    if not has_agenda(facts):
        return tuple(_given_up(number, mark) for number, mark in marks.items() if not mark.closed)
    standup = last_standup(facts.policy, time, day)
    if standup is None:
        return ()
    week = week_of(standup)
    number = next((number for number, mark in sorted(marks.items()) if mark.week == week), None)
    earlier = tuple(number for number, mark in marks.items() if mark.week < week and not mark.closed)
    items = _items(postmortems, facts, time, standup, day)
    removed = any(mark.followed_by == week for mark in marks.values())
    comes = number is None and bool(items) and not removed
    found = [] if comes else [_earlier(each, marks[each], number, week) for each in earlier]
    if comes:
        found.append(Agenda(number=None, mark=AgendaMark(week=week), day=standup, items=items, earlier=earlier))
    elif number is not None and _is_damaged(facts.issues[number]):
        earlier = tuple(each for each in earlier if each != number)
        found.append(
            Agenda(number=number, mark=marks[number], day=standup, items=items, earlier=earlier, restored=True)
        )
    return tuple(found)


def _is_damaged(issue: Issue) -> bool:
    return issue.open and not isinstance(issue.record, AgendaMark)


def is_weekly(postmortems: Sequence[Followed], facts: RepositoryFacts) -> bool:
    """Whether there will be something to say at the next standup, unless people do it before."""
    return has_agenda(facts) and any(is_chased(each, item) for each in postmortems for item in each.items)


def has_agenda(facts: RepositoryFacts) -> bool:
    """Whether the policy wants an agenda; in a public repository it has to say so."""
    return facts.policy.standup.enabled and may_mention_managers(facts.repository, facts.policy)


def week_of(day: date) -> str:
    """The week of a day, as `2026-W19` (ISO 8601): weeks sort as text."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _earlier(number: int, mark: AgendaMark, following: int | None, week: str) -> Agenda:
    """An agenda whose week is over: closed, once. The one after it links it, which GitHub shows on both."""
    day = date.fromisocalendar(int(mark.week[:4]), int(mark.week[6:]), 1)
    mark = replace(mark, closed=True, followed_by=week if following else "")
    return Agenda(number=number, mark=mark, day=day, open=False)


def _given_up(number: int, mark: AgendaMark) -> Agenda:
    """An agenda after which no more come, as the policy has it now, or since the repository is public: closed, once."""
    return replace(_earlier(number, mark, None, ""), given_up=True)


def _items(
    postmortems: Sequence[Followed], facts: RepositoryFacts, time: WorkingTime, standup: date, day: date
) -> tuple[AgendaItem, ...]:
    """Every open action item that was promised before the standup, as it stands on the day of the agenda."""
    found = [
        _item(item, facts, time, day)
        for followed in postmortems
        if _is_before(followed.ledger, standup, time)
        for item in followed.items
        if is_chased(followed, item)
    ]
    return tuple(sorted(found, key=_order))


def _is_before(ledger: Ledger, standup: date, time: WorkingTime) -> bool:
    """Whether a postmortem was merged before the hour of a standup."""
    opening = time.opening(standup)
    if ledger.merged != standup or ledger.merged_at is None or opening is None:
        return ledger.merged < standup
    return ledger.merged_at <= opening


def _item(item: FollowedItem, facts: RepositoryFacts, time: WorkingTime, day: date) -> AgendaItem:
    if item.issue is None or item.merged is None:
        raise ValueError(f"{item.entry.title!r} has no issue")
    deadline = item.merged.promise.deadline
    return AgendaItem(
        number=item.issue.number,
        title=item.issue.title,
        part=_part(deadline, day),
        priority=item.merged.promise.said.priority,
        holder=holder_of(item, facts),
        deadline=deadline,
        days_late=time.days_late(deadline, day) if deadline else 0,
        quiet_since=quiet_since(item, facts, time),
    )


def _part(deadline: date | None, day: date) -> Part:
    if deadline is not None and deadline < day:
        return Part.OVERDUE
    sunday = day + timedelta(days=6 - day.weekday())
    return Part.THIS_WEEK if deadline is not None and deadline <= sunday else Part.LATER


def _order(item: AgendaItem) -> tuple[Part, bool, date, int]:
    """Part by part, P0s first; then whatever is due first, or has not moved for the longest."""
    by = item.quiet_since if item.part is Part.LATER or item.deadline is None else item.deadline
    return item.part, item.priority is not Priority.P0, by, item.number
