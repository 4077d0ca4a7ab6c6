"""Timelines by a twelve-hour clock that never says which half of the day it shows."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from rules.patterns import Pattern
from rules.postmortem import TimelineEntry

_BARE = Pattern(r"[~≈]?\s?(?P<hour>[1-9]|1[0-2]):[0-5]\d(?:\s?(?:[-–—→]|to)\s?(?:[1-9]|1[0-2]):[0-5]\d)?")
_LATE = 10
"""From this hour on the next one that a twelve-hour clock shows without a nought may be an early one."""
_LONGEST_STEP = timedelta(hours=3)
"""Between two entries of which the second is past twelve."""


def without_half_days(entries: list[TimelineEntry]) -> list[TimelineEntry]:
    """The entries, without their instants if the clock runs from `12:50` to `1:10` within what is taken for one day.

    Then it shows twelve hours, and nothing tells whether it began in the morning or in the afternoon. A time that says
    more (`01:10`, `13:10`, `1:10 pm`, a zone, a date) rules that out.
    """
    timed = [entry for entry in entries if entry.time is not None]
    hours = [_BARE.fullmatch(entry.time.value) for entry in timed if entry.time is not None]
    if not hours or None in hours or not any(_starts_again(*pair) for pair in pairwise(timed)):
        return entries
    return [entry._replace(at=None, local=None) for entry in entries]


def _starts_again(before: TimelineEntry, after: TimelineEntry) -> bool:
    """Whether the clock has gone past twelve between two entries; one that is out of order goes back for longer."""
    first, second = before.local, after.local
    if first is None or second is None or first.date() != second.date() or not first.hour >= _LATE > second.hour:
        return False
    return second + timedelta(hours=12) - first <= _LONGEST_STEP
