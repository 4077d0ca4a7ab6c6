"""Reading what people say, and what they may do.

The comments of a whole repository come in one list, asked for from the last change on that was seen. While nothing is
said that question stays the same, and its answer costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import structlog

from app.core.orders import answer_about
from app.core.repository_facts import Comment, Issue, RepositoryFacts
from app.core.roles import NOBODY, READER, Role
from app.github.app import Access
from app.github.errors import GitHubError, NotFound
from app.github.lists import OVERLAP
from app.github.repository import with_comments
from app.github.shapes import comment_of, role_of

_HEARD = "comments heard until"
_UNLISTED = "comments are not listed"
_UNLISTED_FOR = timedelta(hours=1)
_LATELY = timedelta(days=30)  # before the last change: how long a service may have been down and still miss nothing
_FEW = 10  # issues whose comments are asked for one by one, before the whole repository's list is cheaper

_log = structlog.get_logger(__name__)


async def hear(access: Access, facts: RepositoryFacts, bot: str) -> tuple[RepositoryFacts, datetime | None]:
    """The facts, with what has been said on Closeout's issues since the last pass, and until when that is.

    The first time, all that was said on those that are open, and what was said lately on those that are closed: what
    was dealt with is recorded there, so that reading it again does no harm. Raises GitHubError.
    """
    if not facts.issues:
        return facts, None
    heard: datetime | None = access.remembered.recall(_HEARD)
    if heard is not None:
        return await _heard_since(access, facts, bot, heard)
    last = _last_change(facts)  # a comment changes its issue, too
    facts = await _heard_all(access, facts, bot)
    lately = last - _LATELY
    if any(_may_have_been_missed(issue, lately) for issue in facts.issues.values()):
        facts, _ = await _heard_since(access, facts, bot, lately)
    return facts, last


def remember_heard(access: Access, until: datetime | None) -> None:
    """Note that everything up to an instant has been dealt with; before that it would be lost in a crash."""
    if until is not None:
        access.remembered.keep(_HEARD, until)


async def with_roles(access: Access, facts: RepositoryFacts, logins: Iterable[str]) -> RepositoryFacts:
    """The facts, with what those people may do here. Raises GitHubError."""
    return replace(facts, roles={**facts.roles, **await read_roles(access, logins)})


async def read_roles(access: Access, logins: Iterable[str]) -> Mapping[str, Role]:
    """What people may do here, by login in lower case. Raises GitHubError."""
    return {login.casefold(): await read_role(access, login) for login in sorted(logins)}


async def read_role(access: Access, login: str) -> Role:
    """What a person may do here; where GitHub does not tell, what everybody may. Raises GitHubError."""
    try:
        item = await access.client.get(f"{access.path}/collaborators/{quote(login, safe='')}/permission")
    except NotFound:
        return NOBODY if access.repository.private else READER
    return role_of(item)


async def read_conversation(access: Access, number: int, bot: str) -> tuple[Comment, ...]:
    """The comments on an issue or a pull request, oldest first. Raises GitHubError."""
    listed = access.client.pages(f"{access.path}/issues/{number}/comments?per_page=100")
    return tuple([comment_of(item, number, bot) async for item in listed])


async def read_comment(access: Access, comment: int, number: int, bot: str) -> Comment | None:
    """A comment on the issue or pull request `number`, as it is now; None if it was deleted. Raises GitHubError."""
    try:
        item = await access.client.get(f"{access.path}/issues/comments/{comment}")
    except NotFound:
        return None
    return comment_of(item, number, bot)


async def acknowledge(access: Access, comments: Iterable[int]) -> None:
    """Put a thumbs-up on comments whose commands were carried out. It is decoration: what goes wrong is let go."""
    for comment in sorted(comments):
        url = f"{access.path}/issues/comments/{comment}/reactions"
        try:
            async with access.writing:
                await access.client.write("POST", url, {}, {"content": "+1"})
        except GitHubError as error:
            _log.info("could not react", comment=comment, reason=str(error))


def newly_recorded(before: RepositoryFacts, after: RepositoryFacts) -> frozenset[int]:
    """Ids of the comments whose commands have been recorded in between, without those that were answered."""
    records = ((number, getattr(issue.record, "commands", ())) for number, issue in after.issues.items())
    new = {
        comment
        for number, commands in records
        if commands and before.issues.get(number) is not after.issues[number]
        for comment in set(commands) - set(getattr(getattr(before.issues.get(number), "record", None), "commands", ()))
    }
    answered = {each.about for each in after.comments if each.ours}
    return frozenset(comment for comment in new if answer_about(comment) not in answered)


async def _heard_since(
    access: Access, facts: RepositoryFacts, bot: str, heard: datetime
) -> tuple[RepositoryFacts, datetime]:
    """The facts with the comments that were made or changed since, and until when that is."""
    since = heard - OVERLAP
    items = await _list(access, f"since={since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}&per_page=100")
    if items is None:
        return await _heard_one_by_one(access, facts, bot, since), max(heard, _last_change(facts))
    for item in items:
        number = _issue_number(item)
        if number in facts.issues and number not in facts.commented:
            facts = facts.with_comment(comment_of(item, number, bot))
    return facts, max((datetime.fromisoformat(item["updated_at"]) for item in items), default=heard)


async def _heard_one_by_one(access: Access, facts: RepositoryFacts, bot: str, since: datetime) -> RepositoryFacts:
    """The facts with all comments of the issues that have changed since: a comment changes its issue, too."""
    changed = {number for number, issue in facts.issues.items() if issue.comments and issue.updated_at >= since}
    return await with_comments(access, facts, frozenset(changed) - facts.commented, bot)


async def _list(access: Access, wanted: str) -> list[Mapping[str, Any]] | None:
    """The comments of the whole repository; None where this GitHub has no such list, as is asked once an hour."""
    if access.remembered.recall(_UNLISTED, _UNLISTED_FOR):
        return None
    listed = access.client.pages(f"{access.path}/issues/comments?{wanted}")
    try:
        return [item async for item in listed]
    except NotFound as error:
        _log.warning("no list of a repository's comments, so they are read issue by issue", reason=str(error))
        access.remembered.keep(_UNLISTED, value=True)
        return None


def _last_change(facts: RepositoryFacts) -> datetime:
    return max(issue.updated_at for issue in facts.issues.values())


def _may_have_been_missed(issue: Issue, lately: datetime) -> bool:
    """Whether people may have said something on a closed issue while nobody listened."""
    return not issue.open and issue.comments > 0 and issue.updated_at >= lately


async def _heard_all(access: Access, facts: RepositoryFacts, bot: str) -> RepositoryFacts:
    """The facts with the comments of the issues that are open."""
    open_issues = frozenset(number for number, issue in facts.issues.items() if issue.open and issue.comments)
    if len(open_issues) <= _FEW:
        return await with_comments(access, facts, open_issues - facts.commented, bot)
    listed = await _list(access, "sort=created&direction=asc&per_page=100")
    if listed is None:
        return await with_comments(access, facts, open_issues - facts.commented, bot)
    comments = [comment_of(item, number, bot) for item in listed if (number := _issue_number(item)) in open_issues]
    others = tuple(each for each in facts.comments if each.issue not in open_issues)
    return replace(facts, comments=(*others, *comments), commented=facts.commented | open_issues)


def _issue_number(item: Mapping[str, Any]) -> int:
    return int(str(item["issue_url"]).rpartition("/")[2])
