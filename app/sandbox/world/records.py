"""The things GitHub keeps, as frozen records. Instants are aware, in UTC; SHAs are 40 hexadecimal digits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from app.sandbox.world.issue_records import Comment, Issue, Label, Milestone

Role: TypeAlias = Literal["admin", "maintain", "write", "triage", "read"]
AccountKind: TypeAlias = Literal["User", "Organization", "Bot"]


@dataclass(frozen=True, slots=True)
class Account:
    """A user, an organisation, or the bot of an App."""

    id: int
    login: str
    kind: AccountKind
    name: str
    email: str

    @property
    def noreply(self) -> str:
        """The address GitHub gives to commits made through its site."""
        return f"{self.id}+{self.login}@users.noreply.github.com"


@dataclass(frozen=True, slots=True)
class GithubApp:
    """A registered App: what it may do at most, and who acts when it does."""

    id: int
    client_id: str
    slug: str
    name: str
    owner: int
    bot: int
    public_key: str
    permissions: Mapping[str, str]
    events: tuple[str, ...]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Installation:
    """An App on an account. `repositories` is None when it covers all of the account's repositories."""

    id: int
    app: int
    account: int
    repositories: frozenset[int] | None
    permissions: Mapping[str, str]
    events: tuple[str, ...]
    created_at: datetime
    suspended_at: datetime | None = None
    suspended_by: int | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """An installation token. `repositories` is None when it was not narrowed."""

    value: str
    installation: int
    repositories: frozenset[int] | None
    permissions: Mapping[str, str]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository. `parent` is the repository it was forked from; `roles` holds what each account may do."""

    id: int
    owner: int
    name: str
    default_branch: str
    private: bool
    created_at: datetime
    updated_at: datetime
    pushed_at: datetime
    parent: int | None = None
    archived: bool = False
    has_issues: bool = True
    roles: Mapping[int, Role] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request. `head_repository` is None once a fork is deleted; `base_sha` is the base when last looked at."""

    id: int
    number: int
    repository: int
    author: int
    title: str
    body: str | None
    draft: bool
    head_repository: int | None
    head_ref: str
    head_sha: str
    base_ref: str
    base_sha: str
    created_at: datetime
    updated_at: datetime
    state: Literal["open", "closed"] = "open"
    closed_at: datetime | None = None
    merged_at: datetime | None = None
    merged_by: int | None = None
    merge_sha: str | None = None

    @property
    def from_fork(self) -> bool:
        """Whether the head lives in another repository."""
        return self.head_repository != self.repository


ReviewState: TypeAlias = Literal["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED", "PENDING"]


@dataclass(frozen=True, slots=True)
class Review:
    """One review of a pull request, at the commit it was made on."""

    id: int
    repository: int
    number: int
    author: int
    state: ReviewState
    body: str
    commit: str
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class Annotation:
    """A remark at lines of a file. Columns only where the remark stays on one line."""

    path: str
    start_line: int
    end_line: int
    level: Literal["notice", "warning", "failure"]
    message: str
    start_column: int | None = None
    end_column: int | None = None
    title: str | None = None
    raw_details: str | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """What a check run says: Markdown, and annotations in the order they came."""

    title: str | None = None
    summary: str | None = None
    text: str | None = None
    annotations: tuple[Annotation, ...] = ()


CheckStatus: TypeAlias = Literal["queued", "in_progress", "completed"]


@dataclass(frozen=True, slots=True)
class CheckSuite:
    """All runs of one App on one commit. `branch` is None for a commit that arrived through a fork."""

    id: int
    app: int
    repository: int
    sha: str
    branch: str | None
    before: str | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class CheckRun:
    """One result of one App on one commit."""

    id: int
    suite: int
    app: int
    repository: int
    name: str
    sha: str
    status: CheckStatus
    conclusion: str | None
    started_at: datetime
    completed_at: datetime | None
    external_id: str
    details_url: str | None
    output: Output = field(default_factory=Output)
    actions: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MergeGroup:
    """Pull requests merged on a temporary branch, waiting for their checks."""

    repository: int
    pull: int
    head_ref: str
    head_sha: str
    base_ref: str
    base_sha: str


@dataclass(frozen=True, slots=True)
class Push:
    """A branch that moved. All-zero SHAs stand for a branch that was not there, or is no longer."""

    ref: str
    before: str
    after: str
    forced: bool = False


Subject: TypeAlias = (
    Pull
    | Review
    | CheckRun
    | CheckSuite
    | MergeGroup
    | Push
    | Installation
    | Issue
    | Comment
    | Label
    | Milestone
    | Account
    | None
)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that GitHub tells its Apps: rendered to a payload at once, while the records still say so.

    `extra` holds the keys that only this event has (`before`, `changes`, `reason`, …).
    """

    name: str
    action: str | None
    sender: int
    repository: int | None
    subject: Subject = None
    extra: Mapping[str, object] = field(default_factory=dict)


class Refused(Exception):
    """What GitHub answers instead of doing it: a status, a message, for a 422 sometimes details, perhaps headers."""

    def __init__(
        self,
        status: int,
        message: str,
        errors: tuple[Mapping[str, object], ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.errors = errors
        self.headers = headers or {}


class Relocated(Refused):
    """What was asked for now lives elsewhere: an issue that was transferred."""

    def __init__(self, repository: int, number: int) -> None:
        super().__init__(301, "Moved Permanently")
        self.repository = repository
        self.number = number


def validation_failed(resource: str, field: str, code: str, message: str | None = None, **more: object) -> Refused:
    """GitHub's 422 for one field of one thing; with `code="custom"` the message says what is wrong."""
    said = {} if message is None else {"message": message}
    return Refused(422, "Validation Failed", ({**more, "resource": resource, "field": field, "code": code, **said},))
