"""The days of the standup, as planned and as held, and the week that each of them speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.calendar.working_time import WorkingTime, working_weekdays
from rules.policy import WEEK, Policy


@dataclass(frozen=True, slots=True, order=True)
class StandupDay:
    """A standup.

    Attributes:
        held: the day on which it takes place: the first working day from the planned one on.
        planned: the day on which it would, were there no holidays; the next one is a week later.
    """

    held: date
    planned: date

    @property
    def until(self) -> date:
        """The last day before the next standup is planned."""
        return self.planned + timedelta(days=6)


def last_standup(policy: Policy, time: WorkingTime, day: date) -> StandupDay | None:
    """The newest standup up to a day; None if there was none within ten weeks."""
    return max((each for each in _standups(policy, time, day) if each.held <= day), default=None)


def next_standup(policy: Policy, time: WorkingTime, day: date) -> date | None:
    """The day of the next standup after a day; None if there is none within ten weeks."""
    return min((each.held for each in _standups(policy, time, day) if each.held > day), default=None)


def week_of(policy: Policy, day: date) -> str:
    """The week of a day, as `2026-W19`: weeks sort as text.

    Where people work from Monday on, weeks are those of ISO 8601. Where they begin on Sunday, or on Saturday, the days
    before Monday belong to the week that follows: a week has the number of the one in which its fourth day lies, as
    ISO 8601 has it for a year and its weeks.
    """
    first = day - timedelta(days=(day.weekday() - _first_weekday(policy)) % 7)
    year, week, _ = (first + timedelta(days=3)).isocalendar()
    return f"{year}-W{week:02}"


def _standups(policy: Policy, time: WorkingTime, day: date) -> Iterator[StandupDay]:
    """The standups ten weeks around a day: on the policy's weekday, or the next working day after it."""
    monday = day - timedelta(days=day.weekday())
    for week in range(-10, 11):
        planned = monday + timedelta(weeks=week, days=_planned_weekday(policy))
        if (held := time.working_day(planned)) is not None:
            yield StandupDay(held, planned)


def _planned_weekday(policy: Policy) -> int:
    """The weekday for which standups are planned: the policy's, or the next one on which people work at all."""
    named, working = WEEK.index(policy.standup.day), working_weekdays(policy.calendar)
    return next((each % 7 for each in range(named, named + 7) if each % 7 in working), named)


def _first_weekday(policy: Policy) -> int:
    """The weekday on which people's week begins: Monday, or the first of the working days that lead up to it."""
    working = working_weekdays(policy.calendar)
    off = next((back for back in range(1, 7) if -back % 7 not in working), None)
    return 0 if off is None else -(off - 1) % 7
