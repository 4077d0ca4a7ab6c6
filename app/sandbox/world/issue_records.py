"""Issues and what hangs on them, as frozen records. Instants are aware, in UTC."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

StateReason: TypeAlias = Literal["completed", "not_planned", "duplicate", "reopened"]
Reacted: TypeAlias = Literal["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"]


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a repository; its name is unique there, whatever the case. `color` is six digits without a #."""

    id: int
    repository: int
    name: str
    color: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone. `due_on` is midnight of the day in California, as GitHub keeps it."""

    id: int
    number: int
    repository: int
    title: str
    description: str | None
    creator: int
    created_at: datetime
    updated_at: datetime
    due_on: datetime | None = None
    state: Literal["open", "closed"] = "open"
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue, or the issue half of a pull request (then `is_pull`, and what both have follows the pull request).

    Attributes:
        app: the App through which it was opened, or None.
        labels: ids, in the order they were put on.
        assignees: ids of accounts.
        milestone: its number.
        sub_issues: ids of issues, in the order they were added.
    """

    id: int
    number: int
    repository: int
    author: int
    title: str
    body: str | None
    created_at: datetime
    updated_at: datetime
    app: int | None = None
    is_pull: bool = False
    state: Literal["open", "closed"] = "open"
    state_reason: StateReason | None = None
    closed_at: datetime | None = None
    closed_by: int | None = None
    labels: tuple[int, ...] = ()
    assignees: tuple[int, ...] = ()
    milestone: int | None = None
    sub_issues: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on an issue or on the conversation of a pull request. `app` is as on `Issue`."""

    id: int
    repository: int
    number: int
    author: int
    body: str
    created_at: datetime
    updated_at: datetime
    app: int | None = None


@dataclass(frozen=True, slots=True)
class Reaction:
    """One person's reaction. `on` says what kind of thing, `target` its id."""

    id: int
    on: Literal["issue", "comment"]
    target: int
    author: int
    content: Reacted
    created_at: datetime


@dataclass(frozen=True, slots=True)
class IssueEvent:
    """One line of an issue's history.

    Attributes:
        event: GitHub's word: `closed`, `labeled`, `renamed`, …
        commit: the commit that did it, or that names the issue.
        label, milestone, assignee: what was put on or taken off; a label with its colour.
        rename: the titles before and after.
        reason: why it was closed, which only the timeline tells.
    """

    id: int
    repository: int
    number: int
    actor: int
    event: str
    created_at: datetime
    app: int | None = None
    commit: str | None = None
    label: tuple[str, str] | None = None
    milestone: str | None = None
    assignee: int | None = None
    rename: tuple[str, str] | None = None
    reason: StateReason | None = None
