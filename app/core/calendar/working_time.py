"""Working time: when anybody may be told anything, and how lateness is counted.

A day is a date in the policy's zone; an instant is a datetime with a zone. Whatever is counted here is counted in days,
never in hours, so that neither a change of the clocks nor a zone far from Greenwich moves a date.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from rules.holidays import holidays_between, is_holiday
from rules.policy import WEEK, Calendar, Policy

_FURTHEST = 400
"""Days that are looked at: a calendar with no working day among them has none. Each week of work may have just one."""


def working_weekdays(calendar: Calendar) -> frozenset[int]:
    """The weekdays on which people work, Monday being 0."""
    return frozenset(WEEK.index(each) for each in calendar.working_days)


@dataclass(frozen=True)
class WorkingTime:
    """A policy's working time.

    Attributes:
        calendar: its working days, hours and holidays.
        timezone: the name of its zone.
    """

    calendar: Calendar
    timezone: str

    @cached_property
    def zone(self) -> ZoneInfo:
        """The policy's zone."""
        return ZoneInfo(self.timezone)

    @cached_property
    def _weekdays(self) -> frozenset[int]:
        return working_weekdays(self.calendar)

    @cached_property
    def _hours(self) -> tuple[int, int]:
        """Minutes after midnight at which work begins and ends."""
        opens, closes = (each.split(":") for each in self.calendar.hours.split("-"))
        return int(opens[0]) * 60 + int(opens[1]), int(closes[0]) * 60 + int(closes[1])

    def day_of(self, instant: datetime) -> date:
        """The day of an instant, in the policy's zone."""
        return instant.astimezone(self.zone).date()

    def day_begun(self, instant: datetime) -> date:
        """The last day on which work had begun by an instant; its own day if nobody has worked within a year."""
        local = instant.astimezone(self.zone)
        is_early = local.hour * 60 + local.minute < self._hours[0]
        before = (each for each in _from(local.date(), -1) if self.is_working_day(each))
        return next((each for each in before if not (is_early and each == local.date())), local.date())

    def is_working_day(self, day: date) -> bool:
        """Whether anybody works on a day."""
        return day.weekday() in self._weekdays and not is_holiday(self.calendar.holidays, day)

    def is_open(self, instant: datetime) -> bool:
        """Whether an instant is within working hours."""
        local = instant.astimezone(self.zone)
        opens, closes = self._hours
        return self.is_working_day(local.date()) and opens <= local.hour * 60 + local.minute < closes

    def opening(self, day: date) -> datetime | None:
        """The first opening on or after a day, in UTC; None if there is none within a year."""
        return next(self._openings(day), None)

    def next_opening(self, instant: datetime) -> datetime | None:
        """The instant itself if it is within working hours, else the next opening, in UTC; None if there is none."""
        if self.is_open(instant):
            return instant
        return next((each for each in self._openings(self.day_of(instant)) if each > instant), None)

    def closing(self, instant: datetime) -> datetime:
        """The end of the working hours of an instant's day, in UTC."""
        return self._shows(self.day_of(instant), self._hours[1])

    def working_day(self, day: date) -> date | None:
        """The day itself if it is a working day, else the next one; None if there is none within a year."""
        return next((each for each in _from(day, 1) if self.is_working_day(each)), None)

    def working_day_after(self, day: date, number: int) -> date | None:
        """The `number`-th working day after a day, from 1; None if there are not so many within reach."""
        for each in itertools.islice(_from(day, 1, number), 1, None):
            if self.is_working_day(each):
                number -= 1
                if number <= 0:
                    return each
        return None

    def first_within(self, day: date, number: int) -> date | None:
        """The earliest working day from which at most `number` working days are left until `day`, that one included.

        None if there are not so many within reach.
        """
        for each in _from(day, -1, number):
            if self.is_working_day(each):
                if number == 0:
                    return each
                number -= 1
        return None

    def days_late(self, deadline: date, today: date) -> int:
        """Working days that have begun since a deadline went by; none up to it, nor over the weekend after it."""
        if today <= deadline:
            return 0
        off = holidays_between(self.calendar.holidays, deadline + timedelta(days=1), today)
        weekdays = self._weekdays_until(today) - self._weekdays_until(deadline)
        return weekdays - sum(each.weekday() in self._weekdays for each in off)

    def _weekdays_until(self, day: date) -> int:
        """Working weekdays from the first day of the year 1, which was a Monday, up to a day."""
        weeks, rest = divmod(day.toordinal(), 7)
        return weeks * len(self._weekdays) + sum(each < rest for each in self._weekdays)

    def _openings(self, day: date) -> Iterator[datetime]:
        for each in _from(day, 1):
            if self.is_working_day(each):
                opening = self._shows(each, self._hours[0])
                if self.is_open(opening):  # in spring, hours that are short may be left out
                    yield opening

    def _shows(self, day: date, minutes: int) -> datetime:
        """When the clock of a day first shows so many minutes after midnight, or more, in UTC.

        In spring it never shows the hour that is left out: what would fall into that comes at its end. In autumn it
        shows an hour twice, of which the first counts.
        """
        wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
        first, last = sorted(wall.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        while first < last and first.astimezone(self.zone).replace(tzinfo=None) < wall:
            first += timedelta(minutes=1)
        return first


def working_time(policy: Policy) -> WorkingTime:
    """The policy's working time."""
    return WorkingTime(policy.calendar, policy.timezone)


def _from(day: date, step: int, weeks: int = 0) -> Iterator[date]:
    """Days from one on, forwards or backwards, as far as is looked, so many weeks more, and as dates reach."""
    for number in range(_FURTHEST + 7 * weeks):
        try:
            yield day + timedelta(days=number * step)
        except OverflowError:
            return
