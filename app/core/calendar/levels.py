"""How pressing an action item is: nothing yet, due soon, overdue, then the manager, and the manager again.

A level begins on a working day and lasts until the next one begins. Up to the manager's first, the level of a day is
known without knowing when anybody looked last: after an outage only the newest level is told, and nothing that was told
is told again. From then on it is counted from the day on which the manager was told last, lest words that come late are
followed by the next one at once.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core.calendar.working_time import WorkingTime
from rules.policy import Priority, Reminders


class Level(enum.IntEnum):
    """How pressing it is. Above `MANAGER`, each one more is a repetition; after the last, only the agenda has it."""

    NONE = 0
    DUE_SOON = 1
    OVERDUE = 2
    MANAGER = 3
    MANAGER_AGAIN = 4
    MANAGER_A_THIRD_TIME = 5
    MANAGER_FOR_THE_LAST_TIME = 6


@dataclass(frozen=True, slots=True)
class Step:
    """A level, and the working day on which it begins."""

    day: date
    level: Level


@dataclass(frozen=True, slots=True)
class Told:
    """The highest level that was told of an item, and the day of the last word, of that level or without one."""

    level: Level
    on: date


def steps(
    deadline: date,
    priority: Priority | None,
    reminders: Reminders,
    time: WorkingTime,
    since: date,
    told: Told | None = None,
    *,
    escalates: bool = True,
) -> tuple[Step, ...]:
    """The levels that an open item will reach, in their order; where two begin on one day, only the higher one.

    `since` is the day on which the deadline was promised, or moved: none begins before the next working day, since
    whoever gave their word on a date has it in mind. An item without a priority counts as the least urgent one. Of the
    repetitions only the next one is known, once the manager was told.
    Without `escalates` there are only those of its owner.
    """
    earliest = time.working_day_after(since, 1)
    if earliest is None:
        return ()
    after = max(1, reminders.manager_after.get(priority or Priority.P2, _least_urgent(reminders)))
    days = [
        (Level.DUE_SOON, time.first_within(deadline, reminders.before)),
        (Level.OVERDUE, time.working_day_after(deadline, 1)),
    ]
    if escalates:
        days.append((Level.MANAGER, time.working_day_after(deadline, after)))
    if escalates and told and Level.MANAGER <= told.level < Level.MANAGER_FOR_THE_LAST_TIME:
        days.append((Level(told.level + 1), _repetition(deadline, after, reminders, time, told)))
    found = {max(day, earliest): level for level, day in days if day is not None}  # the later, and higher, one stays
    return tuple(Step(day, level) for day, level in sorted(found.items()))


def _repetition(deadline: date, after: int, reminders: Reminders, time: WorkingTime, told: Told) -> date | None:
    """The day of the next one: `repeat` working days after the last, and not before its priority, as it is now, allows.

    None if that is out of reach.
    """
    repeat = max(1, reminders.repeat)
    number = told.level + 1 - Level.MANAGER
    days = (time.working_day_after(told.on, repeat), time.working_day_after(deadline, after + number * repeat))
    return None if None in days else max(each for each in days if each)


def level_on(day: date, reached: Sequence[Step]) -> Level:
    """The level on a day."""
    return max((each.level for each in reached if each.day <= day), default=Level.NONE)


def next_step(day: date, reached: Sequence[Step]) -> date | None:
    """The day, after the one given, on which the next level begins; None if there is none."""
    return min((each.day for each in reached if each.day > day), default=None)


def _least_urgent(reminders: Reminders) -> int:
    return max(reminders.manager_after.values(), default=1)
