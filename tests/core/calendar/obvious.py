"""The calendar as anybody would write it who had all the time in the world: day by day, counting on fingers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.calendar.levels import Level
from rules.policy import Calendar, Policy, Priority

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def is_working_day(calendar: Calendar, day: date) -> bool:
    return _WEEK[day.weekday()] in calendar.working_days and day not in calendar.holidays


def working_days_between(calendar: Calendar, after: date, until: date) -> int:
    """Working days after one day, up to another, that one included."""
    day, found = after + timedelta(days=1), 0
    while day <= until:
        found += is_working_day(calendar, day)
        day += timedelta(days=1)
    return found


def day_of(policy: Policy, instant: datetime) -> date:
    return instant.astimezone(ZoneInfo(policy.timezone)).date()


def is_open(policy: Policy, instant: datetime) -> bool:
    """Whether anybody is at work, by what a clock on the wall shows."""
    wall = instant.astimezone(ZoneInfo(policy.timezone))
    opens, closes = policy.calendar.hours.split("-")
    return is_working_day(policy.calendar, wall.date()) and opens <= wall.strftime("%H:%M") < closes


def is_opening(policy: Policy, instant: datetime) -> bool:
    """Whether work begins at that instant: a minute before, nobody was at work, or it was the day before."""
    before = instant - timedelta(minutes=1)
    began = not is_open(policy, before) or day_of(policy, before) < day_of(policy, instant)
    return is_open(policy, instant) and began


def level_on(
    policy: Policy, deadline: date, priority: Priority, since: date, day: date, told: tuple[Level, date] | None = None
) -> Level:
    """How pressing an item is at the end of a day, if the manager was told of a level on a day, or was not."""
    calendar, reminders = policy.calendar, policy.reminders
    while not is_working_day(calendar, day):
        day -= timedelta(days=1)
    if day <= since:
        return Level.NONE
    late, after = working_days_between(calendar, deadline, day), max(1, reminders.manager_after[priority])
    if told and Level.MANAGER <= told[0] < Level.MANAGER_FOR_THE_LAST_TIME:
        has_waited = working_days_between(calendar, told[1], day) >= reminders.repeat
        if has_waited and late >= after + (told[0] + 1 - Level.MANAGER) * reminders.repeat:
            return Level(told[0] + 1)
    if late >= after:
        return Level.MANAGER
    if late >= 1:
        return Level.OVERDUE
    return Level.DUE_SOON if working_days_between(calendar, day, deadline) <= reminders.before else Level.NONE
