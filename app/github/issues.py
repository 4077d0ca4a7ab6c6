"""Writing issues, comments and milestones. Each write's answer becomes part of the facts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from app.core.effects import (
    AddSubIssue,
    CreateComment,
    CreateIssue,
    CreateMilestone,
    EditComment,
    IssueEffect,
    UpdateIssue,
    UpdateMilestone,
)
from app.core.repository_facts import Comment, RepositoryFacts
from app.github.app import Access
from app.github.errors import NotFound, Refused, TooLate
from app.github.lists import (
    forget_issues,
    forget_milestones,
    is_gone,
    list_all_milestones,
    remember_answer,
    remember_milestone,
)
from app.github.shapes import comment_of, issue_of, milestone_of

Expect = Callable[[str], Awaitable[None]]
"""Notes, before something is created, what it is known by."""

_UNPROCESSABLE = 422


async def apply_issue_effect(
    access: Access, effect: IssueEffect, facts: RepositoryFacts, bot: str, expect: Expect
) -> RepositoryFacts:
    """Carry out one effect; returns the facts with what GitHub answered. Raises GitHubError."""
    match effect:
        case CreateIssue():
            return await _create_issue(access, effect, facts, expect)
        case UpdateIssue():
            return await _update_issue(access, effect, facts)
        case CreateComment():
            return await _comment(access, effect, facts, bot, expect)
        case EditComment():
            return await _edit_comment(access, effect, facts, bot)
        case CreateMilestone():
            return await _create_milestone(access, effect, facts)
        case UpdateMilestone():
            return await _update_milestone(access, effect, facts)
        case AddSubIssue():
            return await _add_sub_issue(access, effect, facts)


async def create_comment(access: Access, effect: CreateComment, bot: str, expect: Expect) -> Comment:
    """Comment on an issue or a pull request; returns the comment. Raises GitHubError."""
    noting = partial(expect, f"{access.repository.id}/{effect.about}")
    answer = await _create(access, f"/issues/{effect.issue}/comments", {"body": effect.body}, noting, effect.until)
    return comment_of(answer, effect.issue, bot)


async def _comment(
    access: Access, effect: CreateComment, facts: RepositoryFacts, bot: str, expect: Expect
) -> RepositoryFacts:
    try:
        return facts.with_comment(await create_comment(access, effect, bot, expect))
    except NotFound:  # as for an update: there is nobody to tell
        forget_issues(access)
        return facts.without_issue(effect.issue)


async def _create_issue(access: Access, effect: CreateIssue, facts: RepositoryFacts, expect: Expect) -> RepositoryFacts:
    noting = partial(expect, f"{access.repository.id}/{effect.uid}")
    body: dict[str, Any] = {"title": effect.title, "body": effect.body, "labels": list(effect.labels)}
    if effect.assignees:
        body["assignees"] = list(effect.assignees)
    if effect.milestone is not None:
        body["milestone"] = effect.milestone
    try:
        answer = await _create(access, "/issues", body, noting, effect.until)
    except Refused as error:
        if not _is_about_assignees(error, effect.assignees):
            raise
        return _without_account(facts, effect.assignees)
    issue = issue_of(answer)
    remember_answer(access, issue)
    return _with_count(facts.with_issue(issue), effect.milestone, 1)


async def _update_issue(access: Access, effect: UpdateIssue, facts: RepositoryFacts) -> RepositoryFacts:
    before = facts.issues[effect.number]
    try:
        answer = await _change(access, f"/issues/{effect.number}", effect.changes)
    except NotFound:  # deleted or moved away by a person: it is theirs
        forget_issues(access)
        return facts.without_issue(effect.number)
    except Refused as error:
        if not _is_about_assignees(error, effect.changes.get("assignees", ())):
            raise
        return _without_account(facts, effect.changes["assignees"])
    after = issue_of(answer, ours=before.ours)
    remember_answer(access, after)
    facts = _with_count(facts.with_issue(after), before.milestone, -1 if before.open else 0)
    return _with_count(facts, after.milestone, 1 if after.open else 0)


async def _edit_comment(access: Access, effect: EditComment, facts: RepositoryFacts, bot: str) -> RepositoryFacts:
    try:
        answer = await _change(access, f"/issues/comments/{effect.comment}", {"body": effect.body})
    except NotFound:  # deleted by a person in the meantime
        return replace(facts, comments=tuple(each for each in facts.comments if each.id != effect.comment))
    return facts.with_comment(comment_of(answer, effect.issue, bot))


async def _create_milestone(access: Access, effect: CreateMilestone, facts: RepositoryFacts) -> RepositoryFacts:
    # GitHub floors to the day in US Pacific time: noon UTC is the same day there.
    body = {"title": effect.title, "due_on": f"{effect.due.isoformat()}T12:00:00Z"}
    try:
        answer = await _create(access, "/milestones", body)
    except Refused as error:
        if error.status != _UNPROCESSABLE:
            raise
        milestones = await list_all_milestones(access)  # it is there already, and the list did not show it
        if all(each.title != effect.title for each in milestones.values()):
            raise
        return replace(facts, milestones=milestones)
    return _with_answered(access, facts, answer)


async def _update_milestone(access: Access, effect: UpdateMilestone, facts: RepositoryFacts) -> RepositoryFacts:
    state = "open" if effect.open else "closed"
    try:
        answer = await _change(access, f"/milestones/{effect.number}", {"state": state})
    except NotFound:  # deleted by a person in the meantime: where one is needed for its day, another is made
        forget_milestones(access)
        return facts.without_milestone(effect.number)
    return _with_answered(access, facts, answer)


def _with_answered(access: Access, facts: RepositoryFacts, answer: Mapping[str, Any]) -> RepositoryFacts:
    """The facts with a milestone as GitHub has answered a write."""
    milestone = milestone_of(answer)
    remember_milestone(access, milestone)
    return facts.with_milestone(milestone)


async def _add_sub_issue(access: Access, effect: AddSubIssue, facts: RepositoryFacts) -> RepositoryFacts:
    try:
        await _create(access, f"/issues/{effect.parent}/sub_issues", {"sub_issue_id": effect.child_id})
    except NotFound:
        if not (await is_gone(access, effect.child) or await is_gone(access, effect.parent)):
            return replace(facts, sub_issues=False)  # this GitHub has none: the table in the tracking issue has to do
        forget_issues(access)  # deleted by a person in the meantime; the ledger is still to name it, lest it come back
    except Refused as error:
        if error.status != _UNPROCESSABLE:
            raise  # it has a parent by now, or the parent is full: the table has to do for this one
    return replace(facts, children=facts.children | {effect.child})


def _is_about_assignees(error: Refused, assignees: Any) -> bool:
    return bool(assignees) and error.status == _UNPROCESSABLE and "assignees" in str(error)


def _without_account(facts: RepositoryFacts, logins: Any) -> RepositoryFacts:
    """The facts, now that GitHub has refused to assign somebody whom its list still has."""
    refused = {login.casefold() for login in logins}
    assignable = {login: user for login, user in (facts.assignable or {}).items() if login not in refused}
    return replace(facts, assignable=assignable)


def _with_count(facts: RepositoryFacts, milestone: int | None, change: int) -> RepositoryFacts:
    """The facts with a milestone's number of open issues changed, as GitHub now counts them."""
    known = facts.milestones.get(milestone or 0)
    if known is None or not change:
        return facts
    return facts.with_milestone(replace(known, open_issues=known.open_issues + change))


async def _create(
    access: Access,
    path: str,
    body: Mapping[str, Any],
    noting: Callable[[], Awaitable[None]] | None = None,
    until: datetime | None = None,
) -> Any:
    """Create something before `until`, or raise TooLate.

    `noting` is called at the last moment before, since what was never sent must not be awaited.
    """
    async with access.writing:
        await access.pace.turn()
        if until is not None and access.clock() >= until:
            raise TooLate("working hours are over")
        if noting is not None:
            await noting()
        return await access.client.write("POST", f"{access.path}{path}", {}, body)


async def _change(access: Access, path: str, body: Mapping[str, Any]) -> Any:
    async with access.writing:
        return await access.client.write("PATCH", f"{access.path}{path}", {}, body)
