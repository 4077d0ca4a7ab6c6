"""Why an issue is closed: as GitHub has it, or as somebody has said since."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from app.core.promise import Promise
from app.core.repository_facts import Issue

NOT_PLANNED = "not_planned"
REOPENED = "reopened"

NOT_DONE = frozenset({"not_planned", "duplicate"})
"""Why GitHub says that an issue was closed, where that is not because somebody did what it asks for."""


def closed_as(issue: Issue, promise: Promise | None) -> str | None:
    """Why an issue is closed, in GitHub's words; None while it is open, or where GitHub gives no reason.

    Who comments and closes with one button closes as done, whatever the comment says. `/wontdo` counts all the same,
    until the issue is opened again: not every GitHub changes the reason of an issue that is closed already.
    """
    if issue.open:
        return None
    if promise is not None and promise.declined_after is not None and promise.declined_after == issue.closed_at:
        return NOT_PLANNED
    return issue.state_reason


def closed_on(issue: Issue, promise: Promise | None, zone: ZoneInfo) -> date | None:
    """The day on which an issue was closed, in a zone; None while it is open.

    The last closing counts, unless that came on the day on which it was opened again, for the same reason: then the one
    before, as if it had stayed closed. What was declined, and is done now, or the other way round, is another end.
    What was declined by `/wontdo` was so when that was said, however late its issue was closed for it.
    """
    if issue.open:
        return None
    if promise is not None and promise.declined_on is not None and closed_as(issue, promise) == NOT_PLANNED:
        return promise.declined_on
    day = (issue.closed_at or issue.updated_at).astimezone(zone).date()
    return counted_day(promise, day, dropped=closed_as(issue, promise) in NOT_DONE)


def counted_day(promise: Promise | None, day: date, *, dropped: bool) -> date:
    """The day that a closing counts from: its own, unless it was opened again on that day, as by a slip."""
    if promise is None or promise.closed is None or promise.reopened != day:
        return day
    return promise.closed if promise.dropped is dropped else day
