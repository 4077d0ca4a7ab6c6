"""Why an issue is closed: as GitHub has it, or as somebody has said since."""

from __future__ import annotations

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
