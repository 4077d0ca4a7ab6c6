"""The deadline that holds for an item which gives none."""

from __future__ import annotations

from datetime import date, timedelta

from rules.holidays import is_holiday
from rules.policy import WEEK, Calendar, Policy, Priority

_FURTHEST = 366  # days; a calendar without any working day moves nothing


def default_deadline(policy: Policy, priority: str, today: date) -> date | None:
    """The policy's deadline for a priority, counted from `today`, moved forward to the next working day.

    None if the policy gives that priority no deadline, or if the calendar would run out of days.
    """
    days = policy.deadlines.get(Priority(priority)) if priority in tuple(Priority) else None
    if days is None:
        return None
    try:
        return next_working_day(policy.calendar, today + timedelta(days=days))
    except OverflowError:
        return None


def next_working_day(calendar: Calendar, day: date) -> date:
    """The day itself if it is a working day, else the next one. Raises OverflowError beyond the year 9999."""
    for ahead in range(_FURTHEST):
        candidate = day + timedelta(days=ahead)
        if WEEK[candidate.weekday()] in calendar.working_days and not is_holiday(calendar.holidays, candidate):
            return candidate
    return day
