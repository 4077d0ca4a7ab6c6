"""The P0s that somebody still has.

The article has P0s block whatever else their owner does, until they are done. Here it is said, never enforced.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.core.calendar.notices import days_late, reopened_late
from app.core.calendar.working_time import working_time
from app.core.promise import Promise
from app.core.repository_facts import Issue
from rules.policy import Policy, Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenP0:
    """A P0 that is still open.

    Attributes:
        number: of its action issue.
        title: of that.
        deadline: as it stands, or None.
        days_late: working days, since it was opened again if that was later.
        reopened: the day on which it was opened again, if its deadline had passed by then; else None.
    """

    number: int
    title: str
    deadline: date | None
    days_late: int
    reopened: date | None = None


def open_p0s(issues: Iterable[Issue], policy: Policy, now: datetime) -> tuple[OpenP0, ...]:
    """The P0s among issues of ours, the latest first.

    What they remember tells, and not their labels, which people may take off: the priority is the document's.
    """
    time = working_time(policy)
    today = time.day_of(now)
    found = []
    for issue in issues:
        record = issue.record
        if issue.open and isinstance(record, Promise) and record.said.priority is Priority.P0:
            found.append(
                OpenP0(
                    number=issue.number,
                    title=issue.title,
                    deadline=record.deadline,
                    days_late=days_late(record, time, today),
                    reopened=reopened_late(record, today),
                )
            )
    return tuple(sorted(found, key=lambda each: (each.deadline or date.max, each.number)))
