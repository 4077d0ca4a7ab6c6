"""What a webhook means to the loop: which keys became dirty.

The payload is read leniently, since GitHub adds fields and actions at any time and older events lack some: whatever is
not understood marks nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from app.core.commands import find_command
from app.core.keys import CommitKey, InstallationKey, Key, MergeGroupKey, PullKey, PullsKey, RepositoryKey
from app.core.markers import read_marker
from app.core.merge_queue import QUEUE_BRANCHES, queued_pull
from app.core.policy_paths import ORGANISATION_POLICY_PATH, ORGANISATION_REPOSITORY, POLICY_PATH

_PULL_ACTIONS = {"opened", "synchronize", "reopened", "ready_for_review", "converted_to_draft", "closed"}
_MOST_COMMITS = 2048  # in a push event (docs.github.com, "Webhook events and payloads")
_REVIEW_ACTIONS = {"submitted", "dismissed"}
_REPOSITORY_ACTIONS = {"renamed", "archived", "unarchived", "transferred", "edited", "publicized", "privatized"}
_INSTALLATION_ACTIONS = {"created", "unsuspend", "new_permissions_accepted", "added"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A key that became dirty; `again` if somebody asked for a fresh result."""

    key: Key
    again: bool = False


class _Id(BaseModel):
    id: int


class _Repository(_Id):
    name: str | None = None
    default_branch: str | None = None


class _Sender(BaseModel):
    login: str | None = None


class _Numbered(BaseModel):
    number: int
    merged: bool | None = None


class _User(BaseModel):
    type: str | None = None


class _Issue(BaseModel):
    number: int | None = None
    user: _User | None = None
    body: str | None = None
    pull_request: Mapping[str, object] | None = None


class _Comment(BaseModel):
    body: str | None = None
    user: _User | None = None


class _App(BaseModel):
    id: int | None = None
    client_id: str | None = None


class _Suite(BaseModel):
    head_branch: str | None = None


class _Run(BaseModel):
    head_sha: str
    head_branch: str | None = None
    app: _App | None = None
    check_suite: _Suite | None = None


class _MergeGroup(BaseModel):
    head_sha: str
    head_ref: str


class _Commit(BaseModel):
    added: list[str] | None = None
    modified: list[str] | None = None
    removed: list[str] | None = None


class Payload(BaseModel):
    """The fields of a webhook's payload that are read; every one may be missing, or null."""

    action: str | None = None
    sender: _Sender | None = None
    installation: _Id | None = None
    repository: _Repository | None = None
    pull_request: _Numbered | None = None
    changes: Mapping[str, object] | None = None
    check_run: _Run | None = None
    check_suite: _Run | None = None
    merge_group: _MergeGroup | None = None
    issue: _Issue | None = None
    comment: _Comment | None = None
    ref: str | None = None
    forced: bool | None = None
    commits: list[_Commit] | None = None


def read_payload(body: bytes) -> Payload | None:
    """The payload, or None if it does not have the shape of one."""
    try:
        return Payload.model_validate_json(body)
    except ValidationError:
        return None


def marks(event: str, payload: Payload, app_id: str) -> tuple[Mark, ...]:
    """The keys that an event makes dirty; none for an event that does not concern us."""
    find = EVENTS.get(event)
    if find is None or payload.installation is None:
        return ()
    return tuple(find(payload, payload.installation.id, app_id))


def _pull_request(payload: Payload, installation: int, _app_id: str) -> Iterator[Mark]:
    if payload.action == "closed" and payload.pull_request and payload.pull_request.merged and payload.repository:
        yield Mark(RepositoryKey(installation, payload.repository.id))
    base_changed = payload.action == "edited" and "base" in (payload.changes or {})
    if payload.action in _PULL_ACTIONS or base_changed:
        yield from _pull(payload, installation)


def _review(payload: Payload, installation: int, _app_id: str) -> Iterator[Mark]:
    if payload.action in _REVIEW_ACTIONS:
        yield from _pull(payload, installation)


def _pull(payload: Payload, installation: int) -> Iterator[Mark]:
    if payload.repository and payload.pull_request:
        yield Mark(PullKey(installation, payload.repository.id, payload.pull_request.number))


def _rerequest(payload: Payload, installation: int, app_id: str) -> Iterator[Mark]:
    """A press of “Re-run”. For a fork's pull request the event lists none, so the commit is what counts."""
    run = payload.check_run or payload.check_suite
    if payload.action != "rerequested" or run is None or payload.repository is None or not _is_ours(run.app, app_id):
        return
    branch = (run.check_suite or run).head_branch or ""
    if branch.startswith(QUEUE_BRANCHES):
        key: Key = MergeGroupKey(installation, payload.repository.id, run.head_sha, queued_pull(branch))
    else:
        key = CommitKey(installation, payload.repository.id, run.head_sha)
    yield Mark(key, again=True)


def _is_ours(app: _App | None, app_id: str) -> bool:
    """Whether a check is this App's; events about other Apps' checks arrive too."""
    return app is None or app_id in {str(app.id), app.client_id}


def _merge_group(payload: Payload, installation: int, _app_id: str) -> Iterator[Mark]:
    group = payload.merge_group
    if payload.action != "checks_requested" or group is None or payload.repository is None:
        return
    number = queued_pull(group.head_ref)
    yield Mark(MergeGroupKey(installation, payload.repository.id, group.head_sha, number))


def _push(payload: Payload, installation: int, _app_id: str) -> Iterator[Mark]:
    """A push to the default branch: of postmortems, perhaps, or of a policy, the repository's or the organisation's."""
    repository = payload.repository
    if repository is None or payload.ref != f"refs/heads/{repository.default_branch}":
        return
    yield Mark(RepositoryKey(installation, repository.id))
    if _touches(payload, POLICY_PATH):
        yield Mark(PullsKey(installation, repository.id))
    if repository.name == ORGANISATION_REPOSITORY and _touches(payload, ORGANISATION_POLICY_PATH):
        yield Mark(InstallationKey(installation))


def _issue(payload: Payload, installation: int, _app_id: str) -> Iterator[Mark]:
    """Something happened to an issue; what a person opened is our business only where an action item was given it."""
    if payload.repository and payload.issue and _may_be_ours(payload.issue, payload.changes or {}):
        yield Mark(RepositoryKey(installation, payload.repository.id))


def _comment(payload: Payload, installation: int, app_id: str) -> Iterator[Mark]:
    """Something was said on an issue or a pull request; there it counts only if it may be a command, or our record.

    Not every GitHub says here which of the two it is: a command on what is not ours may stand on a pull request, too.
    """
    issue, comment, changes = payload.issue, payload.comment, payload.changes or {}
    if issue is None or (issue.pull_request is None and _may_be_ours(issue, changes)):
        yield from _issue(payload, installation, app_id)
    elif payload.repository and issue.number is not None and comment and _may_matter(comment, changes):
        yield Mark(PullKey(installation, payload.repository.id, issue.number))


def _may_matter(comment: _Comment, changes: Mapping[str, object]) -> bool:
    """Whether a comment on a pull request is a command, or a bot's that has, or had, a marker: a waiver, perhaps."""
    if not _is_bot(comment.user):
        return find_command(comment.body or "") is not None
    return _has_or_had_marker(comment.body, changes)


def _may_be_ours(issue: _Issue, changes: Mapping[str, object]) -> bool:
    """Whether a program opened it, or it has, or had until now, a marker."""
    return _is_bot(issue.user) or _has_or_had_marker(issue.body, changes)


def _is_bot(user: _User | None) -> bool:
    return user is not None and user.type == "Bot"


def _has_or_had_marker(body: str | None, changes: Mapping[str, object]) -> bool:
    edited = changes.get("body")
    before = str(edited.get("from") or "") if isinstance(edited, Mapping) else ""
    return read_marker(body or "") is not None or read_marker(before) is not None


def _milestone(payload: Payload, installation: int, _app_id: str) -> Iterator[Mark]:
    if payload.repository:
        yield Mark(RepositoryKey(installation, payload.repository.id))


def _repository(payload: Payload, installation: int, _app_id: str) -> Iterator[Mark]:
    if payload.repository and payload.action in _REPOSITORY_ACTIONS:
        yield Mark(RepositoryKey(installation, payload.repository.id))


def _installation(payload: Payload, installation: int, _app_id: str) -> Iterator[Mark]:
    """Repositories came into reach; their pull requests may be waiting already."""
    if payload.action in _INSTALLATION_ACTIONS:
        yield Mark(InstallationKey(installation))


def _touches(payload: Payload, path: str) -> bool:
    """Whether the push may have changed a file: a forced push, an empty list and a full one do not tell."""
    commits = payload.commits or ()
    if payload.forced or not 0 < len(commits) < _MOST_COMMITS:
        return True
    return any(path in (*(each.added or ()), *(each.modified or ()), *(each.removed or ())) for each in commits)


UNASKED_EVENTS = {"installation", "installation_repositories"}
"""What every App receives without subscribing to it."""

EVENTS: Mapping[str, Callable[[Payload, int, str], Iterator[Mark]]] = {
    "installation": _installation,
    "installation_repositories": _installation,
    "pull_request": _pull_request,
    "pull_request_review": _review,
    "check_run": _rerequest,
    "check_suite": _rerequest,
    "issues": _issue,
    "issue_comment": _comment,
    "merge_group": _merge_group,
    "milestone": _milestone,
    "push": _push,
    "repository": _repository,
}
