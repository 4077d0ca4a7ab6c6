"""Writes to GitHub, as data: `plan_checks` and `plan_issues` list them, `app.github` makes them, `plan` prints them."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

DOCUMENT_CHECK = "Postmortem document"
CO_AUTHOR_CHECK = "Postmortem co-author"
CHECK_NAMES = (DOCUMENT_CHECK, CO_AUTHOR_CHECK)


class Conclusion(enum.StrEnum):
    """How a check ends; GitHub's words. The first three let a pull request merge."""

    SKIPPED = "skipped"
    SUCCESS = "success"
    NEUTRAL = "neutral"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Annotation:
    """A remark at lines of a file.

    Attributes:
        path: relative to the repository.
        start_line, end_line: from 1, both included.
        start_column, end_column: from 1, in characters, both included; None unless the remark stays on one line.
        level: `failure`, `warning` or `notice`.
        title: at most 255 characters.
        message: at most 64 KB.
    """

    path: str
    start_line: int
    end_line: int
    start_column: int | None
    end_column: int | None
    level: str
    title: str
    message: str


@dataclass(frozen=True, slots=True)
class PublishCheckRun:
    """Publish a completed check run.

    Attributes:
        name: one of the two names above; what branch protection knows the check by.
        head_sha: the commit.
        conclusion: how it ends.
        title: the verdict in a few words.
        summary: Markdown, at most 65,535 characters.
        annotations: in the order in which they are to be shown, any number.
        external_id: a digest of all the above: an equal result needs no second run.
    """

    name: str
    head_sha: str
    conclusion: Conclusion
    title: str
    summary: str
    annotations: tuple[Annotation, ...]
    external_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateIssue:
    """Open an issue.

    Attributes:
        uid: what its marker says it is: journalled before the write, so that a lost answer leads to no second issue.
        title: at most 256 characters.
        body: Markdown, at most 65,535 characters, its marker last.
        labels: names.
        assignees: logins.
        milestone: a number, or None.
        reason: why, for people.
        until: the instant from which on it must not be opened any more, for now.
    """

    uid: str
    title: str
    body: str
    labels: tuple[str, ...]
    assignees: tuple[str, ...]
    milestone: int | None
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateIssue:
    """Change an issue.

    Attributes:
        number: which.
        changes: only what is to change, in GitHub's words: `title`, `body`, `state` with `state_reason`, `assignees`
            (logins, all of them), `milestone` (a number or None), `labels` (all of them).
        reason: why, for people.
    """

    number: int
    changes: Mapping[str, Any]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateComment:
    """Comment on an issue.

    Attributes:
        issue: its number.
        about: what the comment is there for: it is posted once.
        body: Markdown, its marker last.
        mentions: logins that it mentions.
        reason: why, for people.
        until: the instant from which on it must not be posted any more, for now.
        managers: logins of the managers among those whom it mentions.
    """

    issue: int
    about: str
    body: str
    mentions: tuple[str, ...]
    reason: str
    until: datetime | None = None
    managers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EditComment:
    """Change a comment of ours.

    Attributes:
        issue: number of the issue it stands on.
        comment: its id.
        body: Markdown, its marker last.
        reason: why, for people.
    """

    issue: int
    comment: int
    body: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateMilestone:
    """Make the milestone of a day."""

    title: str
    due: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateMilestone:
    """Open or close a milestone."""

    number: int
    open: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSubIssue:
    """Put an action issue under its tracking issue: the parent's number, and the child's number and id."""

    parent: int
    child: int
    child_id: int
    reason: str


IssueEffect = CreateIssue | UpdateIssue | CreateComment | EditComment | CreateMilestone | UpdateMilestone | AddSubIssue
"""What a pass over a repository may write."""
