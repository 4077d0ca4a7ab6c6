"""What the facts would be once an effect is done, for a look ahead that writes nothing.

What would be new has no number yet. It gets a provisional one, far above any that GitHub gives out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
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
from app.core.repository_facts import Comment, Issue, Milestone, RepositoryFacts, User

PROVISIONAL = 1_000_000_000
"""The provisional number of the first new thing is one more."""

_CLOSEOUT = User(0, "closeout")


def foresee(effect: IssueEffect, facts: RepositoryFacts, now: datetime) -> RepositoryFacts:
    """The facts once GitHub has done what an effect asks for, at the instant `now`."""
    match effect:
        case CreateIssue():
            return _with_new_issue(effect, facts, now)
        case UpdateIssue():
            return _with_changed_issue(effect, facts, now)
        case CreateComment():
            number = _next(max((each.id for each in facts.comments), default=0))
            return facts.with_comment(Comment(number, effect.issue, _CLOSEOUT, True, effect.body, now))
        case EditComment():
            return facts.with_comment(Comment(effect.comment, effect.issue, _CLOSEOUT, True, effect.body, now))
        case CreateMilestone():
            number = _next(max(facts.milestones, default=0))
            return facts.with_milestone(Milestone(number, effect.title, effect.due, True, 0))
        case UpdateMilestone():
            return facts.with_milestone(replace(facts.milestones[effect.number], open=effect.open))
        case AddSubIssue():
            return replace(facts, children=facts.children | {effect.child})


def _next(highest: int) -> int:
    return max(highest, PROVISIONAL) + 1


def _with_new_issue(effect: CreateIssue, facts: RepositoryFacts, now: datetime) -> RepositoryFacts:
    number = _next(max(facts.issues, default=0))
    issue = Issue(
        id=number,
        number=number,
        title=effect.title,
        body=effect.body,
        open=True,
        state_reason=None,
        assignees=_accounts(effect.assignees, facts),
        labels=frozenset(effect.labels),
        milestone=effect.milestone,
        updated_at=now,
    )
    # Nobody has commented on what does not exist, so there is nothing to read.
    return replace(_with_issue(facts, issue), commented=facts.commented | {number})


def _with_changed_issue(effect: UpdateIssue, facts: RepositoryFacts, now: datetime) -> RepositoryFacts:
    before, changes = facts.issues[effect.number], effect.changes
    is_open = changes.get("state", "open" if before.open else "closed") == "open"
    after = replace(
        before,
        title=changes.get("title", before.title),
        body=changes.get("body", before.body),
        open=is_open,
        state_reason=_state_reason(changes, before),
        assignees=_accounts(changes["assignees"], facts) if "assignees" in changes else before.assignees,
        labels=frozenset(changes.get("labels", before.labels)),
        milestone=changes.get("milestone", before.milestone),
        updated_at=now,
        closed_at=None if is_open else before.closed_at or now,
    )
    return _with_issue(facts, after)


def _state_reason(changes: Mapping[str, Any], before: Issue) -> str | None:
    """Why it is closed, as GitHub then says."""
    if "state" not in changes:
        return before.state_reason
    reason: str = changes.get("state_reason") or ("completed" if changes["state"] == "closed" else "reopened")
    return reason


def _accounts(logins: Any, facts: RepositoryFacts) -> tuple[User, ...]:
    known = facts.assignable or {}
    return tuple(known[login.casefold()] for login in logins if login.casefold() in known)


def _with_issue(facts: RepositoryFacts, issue: Issue) -> RepositoryFacts:
    """The facts with an issue, its milestone's and its former milestone's open issues counted anew."""
    before = facts.issues.get(issue.number)
    facts = facts.with_issue(issue)
    for each, change in ((before, -1), (issue, 1)):
        milestone = facts.milestones.get(each.milestone or 0) if each is not None and each.open else None
        if milestone is not None:
            facts = facts.with_milestone(replace(milestone, open_issues=milestone.open_issues + change))
    return facts
