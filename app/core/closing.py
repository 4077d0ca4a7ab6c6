"""Why an issue is closed: as GitHub has it, or as somebody has said since."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from app.core.promise import Promise
from app.core.repository_facts import Issue

NOT_PLANNED = "not_planned"


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

    The last closing counts, unless that came on the day on which it was opened again: then the one before, as if it had
    stayed closed.
    """
    if issue.open:
        return None
    day = (issue.closed_at or issue.updated_at).astimezone(zone).date()
    is_slip = promise is not None and promise.reopened == day
    return promise.closed if promise and promise.closed and is_slip else day
