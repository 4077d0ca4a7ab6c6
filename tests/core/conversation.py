"""Builders of conversations on pull requests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.core.markers import with_marker
from app.core.pull_orders import Conversation
from app.core.records import CommentMark, as_record
from app.core.repository_facts import Comment, User
from app.core.roles import Role
from app.core.waiver import Waiver

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
LOGINS = ("ana", "bo", "gita", "will", "eve")
ROLES = {
    "ana": Role("admin", "admin"),
    "bo": Role("write", "maintain"),
    "gita": Role("write", "maintain"),
    "will": Role("write", "write"),
    "eve": Role("read", "read"),
}
"""Ana opened the pull request and, with Bo, wrote the postmortem; Gita maintains, Will may write, Eve may read."""


def user(login: str) -> User:
    return User(100 + LOGINS.index(login), login)


def waiver(
    code: str = "CO413", by: str = "gita", comment: int = 1, reason: str = "the vendor tests it", record: int = 0
) -> Waiver:
    who, permission = user(by).id, "maintain"
    return Waiver(code=code, reason=reason, by=by, who=who, permission=permission, comment=comment, record=record)


def comment(number: int, text: str, who: str = "gita", *, edited: bool = False, at: datetime = AT) -> Comment:
    return Comment(id=number, issue=12, author=user(who), ours=False, body=text, at=at, edited=edited)


def reply(number: int, to: int, granted: Waiver | None = None, *, edited: bool = False) -> Comment:
    body = with_marker("A reply.", as_record(CommentMark(about=f"answer:{to}", waiver=granted)))
    bot = User(1, "closeout[bot]")
    return Comment(id=number, issue=12, author=bot, ours=True, bot=True, body=body, at=AT, edited=edited)


def conversation(*comments: Comment, later: timedelta = timedelta()) -> Conversation:
    return Conversation(number=12, author=user("ana"), changed_at=AT + later, comments=comments, roles=ROLES)
