"""Wanted minus actual, for issues: the writes that are still to be made, in the order in which they may be made."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from app.core.body import compose, compose_comment
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
from app.core.records import CommentMark
from app.core.repository_facts import MILESTONE_PREFIX, Issue, Milestone, RepositoryFacts
from app.core.wanted import Wanted, WantedComment, WantedFold, WantedIssue


def plan_issues(wanted: Wanted, facts: RepositoryFacts) -> tuple[IssueEffect, ...]:
    """The writes to make: none if all is as it is wanted, or if comments have to be read first (`unread_comments`).

    Milestones come first, since issues are put on them. What waits for a number, or comes after something else, is
    planned once GitHub has answered.
    """
    comments = {(each.issue, each.about): tuple(_comment(each, facts)) for each in wanted.comments}
    issues = {each.uid: tuple(_issue(each, facts)) for each in wanted.issues}
    folds = {each.key: tuple(_fold(each, facts)) for each in wanted.folds}
    relations = tuple(_sub_issues(wanted, facts))
    unsettled = {uid for uid, effects in issues.items() if effects}
    unsettled |= {each.uid for each in wanted.issues if _waits(each, facts)}
    unsettled |= {each.about for each in wanted.comments if not facts.has_said(each.about, each.issue)}
    unsettled |= {key for key, effects in folds.items() if effects}
    unsettled |= {each.uid for each in wanted.issues if each.number in {relation.child for relation in relations}}
    return (
        *_milestones(wanted.issues, facts),
        *(
            effect
            for each in wanted.issues
            if (each.number is None and not each.last) or unsettled.isdisjoint(each.after)
            for effect in issues[each.uid]
        ),
        *(effect for effects in comments.values() for effect in effects),
        *(effect for effects in folds.values() for effect in effects),
        *relations,
        *_empty_milestones(wanted.issues, facts),
    )


def _waits(wanted: WantedIssue, facts: RepositoryFacts) -> bool:
    """Whether an issue cannot be written yet: it was just created, or its milestone has to be made first."""
    return (wanted.number is None and wanted.uid in facts.awaited) or _lacks_milestone(wanted, facts)


def _lacks_milestone(wanted: WantedIssue, facts: RepositoryFacts) -> bool:
    """Whether an issue waits for a milestone that does not exist: whatever does gets it made in the same round."""
    day = wanted.milestone
    return day is not None and _is_to_move(wanted, facts) and milestone_of(facts, day) is None


def unread_comments(wanted: Wanted, facts: RepositoryFacts) -> frozenset[int]:
    """Numbers of the issues whose comments have to be read before it can be told whether one is missing."""
    issues = frozenset(each.issue for each in wanted.comments) | frozenset(each.issue for each in wanted.folds)
    return issues - facts.commented


def waits_for_lists(wanted: Wanted, facts: RepositoryFacts) -> bool:
    """Whether something was created a moment ago, perhaps, and GitHub's lists do not show it yet."""
    names = {each.uid for each in wanted.issues if each.number is None} | {each.about for each in wanted.comments}
    return not facts.awaited.isdisjoint(names)


def milestone_title(day: date) -> str:
    """What the milestone of a day is called."""
    return f"{MILESTONE_PREFIX}{day.isoformat()}"


def _free_title(facts: RepositoryFacts, day: date) -> str:
    """What a new milestone of a day is called: one of that name may have been put on another day by hand."""
    taken = {each.title for each in facts.milestones.values()}
    title = milestone_title(day)
    numbered = (f"{title} ({number})" for number in itertools.count(2))
    return title if title not in taken else next(each for each in numbered if each not in taken)


def milestone_of(facts: RepositoryFacts, day: date) -> Milestone | None:
    """Our milestone of a day; the lowest-numbered if there are several."""
    ours = (each for each in facts.milestones.values() if each.ours and each.due == day)
    return min(ours, key=lambda each: each.number, default=None)


def _milestones(issues: Iterable[WantedIssue], facts: RepositoryFacts) -> Iterator[IssueEffect]:
    """Milestones for issues that are to be put on them: made, or opened again if an open issue is."""
    days = {
        each.milestone
        for each in issues
        if _lacks_milestone(each, facts) or (each.open and (each.reopened or _is_to_move(each, facts)))
    }
    for day in sorted(day for day in days if day):
        milestone = milestone_of(facts, day)
        if milestone is None:
            yield CreateMilestone(title=_free_title(facts, day), due=day, reason="an action item is due that day")
        elif not milestone.open:
            yield UpdateMilestone(number=milestone.number, open=True, reason="an action item is due that day")


def _is_to_move(wanted: WantedIssue, facts: RepositoryFacts) -> bool:
    """Whether an issue is not on its milestone yet."""
    issue = facts.issues.get(wanted.number or 0)
    if issue is None or wanted.milestone is None:
        return True
    current = facts.milestones.get(issue.milestone or 0)
    return current is None or not current.ours or current.due != wanted.milestone


def _issue(wanted: WantedIssue, facts: RepositoryFacts) -> Iterator[IssueEffect]:
    """What an issue needs; nothing while it waits: its marker must not say that it was moved before it can be."""
    if _waits(wanted, facts):
        return
    if wanted.number is None:
        yield _creation(wanted, facts)
    elif changes := _changes(wanted, facts.issues[wanted.number], facts):
        yield UpdateIssue(number=wanted.number, changes=changes, reason=wanted.reason)


def _creation(wanted: WantedIssue, facts: RepositoryFacts) -> CreateIssue:
    milestone = milestone_of(facts, wanted.milestone) if wanted.milestone else None
    return CreateIssue(
        uid=wanted.uid,
        title=wanted.title,
        body=compose("", wanted.block or "", wanted.record),
        labels=wanted.labels,
        assignees=wanted.assignees or (),
        milestone=milestone.number if milestone else None,
        reason=wanted.reason,
        until=wanted.until,
    )


def _changes(wanted: WantedIssue, issue: Issue, facts: RepositoryFacts) -> dict[str, Any]:
    """What differs, in GitHub's words."""
    changes: dict[str, Any] = {}
    if wanted.title != issue.title:
        changes["title"] = wanted.title
    if (body := compose(issue.body, wanted.block, wanted.record, below=wanted.below)) != issue.body:
        changes["body"] = body
    if wanted.relabelled is not None and wanted.relabelled != issue.labels:
        changes["labels"] = sorted(wanted.relabelled)
    if wanted.assignees is not None and wanted.assignees != tuple(each.login for each in issue.assignees):
        changes["assignees"] = list(wanted.assignees)
    if wanted.milestone and _is_to_move(wanted, facts) and (milestone := milestone_of(facts, wanted.milestone)):
        changes["milestone"] = milestone.number
    if wanted.open != issue.open or wanted.closes_again:
        changes["state"] = "open" if wanted.open else "closed"
        if wanted.state_reason:
            changes["state_reason"] = wanted.state_reason
    return changes


def _comment(wanted: WantedComment, facts: RepositoryFacts) -> Iterator[IssueEffect]:
    is_expected = facts.has_said(wanted.about, wanted.issue) or wanted.about in facts.awaited
    if is_expected or wanted.issue not in facts.commented:
        return
    yield CreateComment(
        issue=wanted.issue,
        about=wanted.about,
        body=compose_comment(wanted.text, CommentMark(about=wanted.about)),
        mentions=wanted.mentions,
        reason=wanted.reason,
        until=wanted.until,
        managers=wanted.managers,
    )


def _fold(wanted: WantedFold, facts: RepositoryFacts) -> Iterator[EditComment]:
    """Shorten a comment; one that people have deleted stays so."""
    for each in facts.comments:
        about = f"over:{each.id}" if wanted.is_over else wanted.about
        body = compose_comment(wanted.text, CommentMark(about=about))
        if each.issue == wanted.issue and each.about == wanted.about and each.body != body:
            yield EditComment(issue=each.issue, comment=each.id, body=body, reason=wanted.reason)


def _sub_issues(wanted: Wanted, facts: RepositoryFacts) -> Iterator[AddSubIssue]:
    if not facts.sub_issues:
        return
    for parent, child in wanted.sub_issues:
        if child not in facts.children and child in facts.issues:
            reason = "an action issue stands under its tracking issue"
            yield AddSubIssue(parent=parent, child=child, child_id=facts.issues[child].id, reason=reason)


def _empty_milestones(issues: Iterable[WantedIssue], facts: RepositoryFacts) -> Iterator[IssueEffect]:
    """Close milestones of ours on which nothing is open any more, and on which nothing is about to be."""
    awaited = {each.milestone for each in issues if each.open}
    for milestone in sorted(facts.milestones.values(), key=lambda each: each.number):
        if milestone.due in awaited or milestone.open_issues or not milestone.made:
            continue
        if milestone.ours and milestone.open:
            yield UpdateMilestone(number=milestone.number, open=False, reason="nothing is open on it any more")
