"""GitHub's issues, comments and milestones, from JSON into facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.core.repository_facts import (
    ACTION_LABEL,
    INSUFFICIENT_LABEL,
    OVERDUE_LABEL,
    POSTMORTEM_LABEL,
    Comment,
    Issue,
    Milestone,
    Turn,
    User,
)
from app.core.roles import Role
from rules.policy import Priority

_PACIFIC = ZoneInfo("America/Los_Angeles")
"""GitHub keeps the day of a milestone in this zone, whatever was sent."""

_PERMISSIONS = {"push": "write", "maintain": "write", "pull": "read", "triage": "read"}
"""Other names for the same: those by which a permission is granted."""

_OUR_LABELS = {
    name.casefold(): name
    for name in (POSTMORTEM_LABEL, ACTION_LABEL, OVERDUE_LABEL, INSUFFICIENT_LABEL, *(each.value for each in Priority))
}

_TICK = timedelta(seconds=1)
"""GitHub dates comments by the second: what differs by less is the writing itself."""


def issue_of(item: Mapping[str, Any], *, ours: bool = True) -> Issue:
    """An issue; `ours` says whether Closeout opened it."""
    milestone = item.get("milestone")
    return Issue(
        id=item["id"],
        number=item["number"],
        title=item["title"],
        body=(item.get("body") or "").replace("\r\n", "\n"),
        open=item["state"] == "open",
        state_reason=item.get("state_reason"),
        assignees=tuple(user_of(each) for each in item.get("assignees") or ()),
        labels=frozenset(_label(each) for each in item.get("labels") or ()),
        milestone=milestone["number"] if milestone else None,
        updated_at=datetime.fromisoformat(item["updated_at"]),
        closed_at=datetime.fromisoformat(item["closed_at"]) if item.get("closed_at") else None,
        ours=ours,
        comments=item.get("comments", 0),
    )


def is_child(item: Mapping[str, Any]) -> bool:
    """Whether an issue is a sub-issue of another."""
    return bool(item.get("parent_issue_url"))


def comment_of(item: Mapping[str, Any], issue: int, bot: str) -> Comment:
    """A comment on an issue; `bot` is the login of Closeout's own account."""
    user = item.get("user") or {"id": 0, "login": "ghost"}
    at, changed = _instant(item["created_at"]), _instant(item.get("updated_at") or item["created_at"])
    edited = changed - at >= _TICK
    return Comment(
        id=item["id"],
        issue=issue,
        author=user_of(user),
        ours=user.get("type") == "Bot" and user["login"] == bot,
        body=(item.get("body") or "").replace("\r\n", "\n"),
        at=at,
        bot=user.get("type") == "Bot" or not user["id"],
        edited=edited,
        edited_at=changed if edited else None,
    )


def turn_of(event: Mapping[str, Any], bot: str) -> Turn | None:
    """That an issue was closed or opened again, from a line of its history; None for whatever else happened.

    `bot` is the login of Closeout's own account.
    """
    what, at = event.get("event"), event.get("created_at")
    if what not in {"closed", "reopened"} or not at:
        return None
    ours = str((event.get("actor") or {}).get("login", "")).casefold() == bot.casefold()
    return Turn(at=_instant(at), open=what == "reopened", reason=event.get("state_reason"), ours=ours)


def milestone_of(item: Mapping[str, Any]) -> Milestone:
    """A milestone."""
    due = item.get("due_on")
    return Milestone(
        number=item["number"],
        title=item["title"],
        due=due_day(due) if due else None,
        open=item["state"] == "open",
        open_issues=item["open_issues"],
        made=(item.get("creator") or {}).get("type") == "Bot",
    )


def user_of(item: Mapping[str, Any]) -> User:
    """An account."""
    return User(item["id"], item["login"])


def role_of(item: Mapping[str, Any]) -> Role:
    """What a person may do, as the permission endpoint tells it."""
    permission = str(item.get("permission") or "none")
    grants = (item.get("user") or {}).get("permissions") or {}
    maintaining = grants.get("maintain") is True
    return Role(_PERMISSIONS.get(permission, permission), str(item.get("role_name") or ""), maintaining)


def due_day(due_on: str) -> date:
    """The day that GitHub shows for a milestone."""
    return datetime.fromisoformat(due_on).astimezone(_PACIFIC).date()


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _label(item: str | Mapping[str, Any]) -> str:
    """A label's name; one of ours as we write it, since to GitHub `p0` and `P0` are the same."""
    name = item if isinstance(item, str) else str(item.get("name") or "")
    return _OUR_LABELS.get(name.casefold(), name)
