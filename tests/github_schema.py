"""GitHub's own schemas, held against everything that passes between Closeout and the sandbox.

The models are githubkit's, generated from GitHub's OpenAPI description of version 2022-11-28. Three things are checked:
each answer of the sandbox, each request of ours (body and names of query parameters), each webhook payload. Validation
is strict and forbids fields that GitHub does not have. An operation or an event that is not known here is an error too,
so that nothing escapes: add it to `OPERATIONS`.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Union

from githubkit_schemas.v2022_11_28 import models
from pydantic import TypeAdapter, ValidationError

from app.sandbox.api.exchange import Exchange
from app.sandbox.driver import Sandbox
from app.sandbox.webhooks import Delivery

PAGES = frozenset({"per_page", "page"})
RUN_FILTERS = frozenset({"check_name", "status", "filter", "app_id"}) | PAGES


@dataclass(frozen=True, slots=True)
class Operation:
    """What an operation answers and takes: names of models; `[X]` a list, `X|Y` a union, `[X/Y]` both, `""` nothing."""

    answer: str
    request: str = ""
    query: frozenset[str] = frozenset()


_ISSUE = "/repos/{owner}/{repo}/issues/{issue_number}"
_COMMENT = "/repos/{owner}/{repo}/issues/comments/{comment_id}"
_ISSUE_BODY = "ReposOwnerRepoIssuesIssueNumber"
_TIMELINE = "/".join(
    (
        "LabeledIssueEvent",
        "UnlabeledIssueEvent",
        "MilestonedIssueEvent",
        "DemilestonedIssueEvent",
        "RenamedIssueEvent",
        "TimelineAssignedIssueEvent",
        "TimelineUnassignedIssueEvent",
        "TimelineCommentEvent",
        "TimelineCrossReferencedEvent",
        "StateChangeIssueEvent",
    )
)
_REPO = "/repos/{owner}/{repo}"
_CONTENT = "[ContentDirectoryItems]|ContentFile"
OPERATIONS = {
    "GET /app": Operation("Integration"),
    "GET /app/hook/config": Operation("WebhookConfig"),
    "GET /app/installations": Operation("[Installation]", query=PAGES | {"since", "outdated"}),
    "GET /app/installations/{installation_id}": Operation("Installation"),
    "POST /app/installations/{installation_id}/access_tokens": Operation(
        "InstallationToken", "AppInstallationsInstallationIdAccessTokensPostBody"
    ),
    "GET /search/repositories": Operation("SearchRepositoriesGetResponse200", query=PAGES | {"q", "sort", "order"}),
    "GET /users/{username}": Operation("PublicUser"),
    "GET /installation/repositories": Operation("InstallationRepositoriesGetResponse200", query=PAGES),
    "DELETE /installation/token": Operation(""),
    f"GET {_REPO}": Operation("FullRepository"),
    f"GET {_REPO}/installation": Operation("Installation"),
    f"GET {_REPO}/branches/{{branch}}": Operation("BranchWithProtection"),
    f"GET {_REPO}/collaborators/{{username}}/permission": Operation("RepositoryCollaboratorPermission"),
    f"GET {_REPO}/assignees/{{assignee}}": Operation(""),
    f"GET {_REPO}/git/ref/{{ref}}": Operation("GitRef"),
    f"GET {_REPO}/git/matching-refs/{{ref}}": Operation("[GitRef]"),
    f"POST {_REPO}/git/refs": Operation("GitRef", "ReposOwnerRepoGitRefsPostBody"),
    f"PATCH {_REPO}/git/refs/{{ref}}": Operation("GitRef", "ReposOwnerRepoGitRefsRefPatchBody"),
    f"DELETE {_REPO}/git/refs/{{ref}}": Operation(""),
    f"GET {_REPO}/git/commits/{{commit_sha}}": Operation("GitCommit"),
    f"GET {_REPO}/git/trees/{{tree_sha}}": Operation("GitTree", query=frozenset({"recursive"})),
    f"GET {_REPO}/git/blobs/{{file_sha}}": Operation("Blob"),
    f"GET {_REPO}/contents/{{path}}": Operation(_CONTENT, query=frozenset({"ref"})),
    f"PUT {_REPO}/contents/{{path}}": Operation("FileCommit", "ReposOwnerRepoContentsPathPutBody"),
    f"GET {_REPO}/commits": Operation(
        "[Commit]", query=PAGES | {"sha", "path", "author", "committer", "since", "until"}
    ),
    f"GET {_REPO}/commits/{{ref}}": Operation("Commit", query=PAGES),
    f"GET {_REPO}/compare/{{basehead}}": Operation("CommitComparison", query=PAGES),
    f"GET {_REPO}/commits/{{commit_sha}}/pulls": Operation("[PullRequestSimple]", query=PAGES),
    f"GET {_REPO}/pulls": Operation(
        "[PullRequestSimple]", query=PAGES | {"state", "head", "base", "sort", "direction"}
    ),
    f"POST {_REPO}/pulls": Operation("PullRequest", "ReposOwnerRepoPullsPostBody"),
    f"GET {_REPO}/pulls/{{pull_number}}": Operation("PullRequest"),
    f"PATCH {_REPO}/pulls/{{pull_number}}": Operation("PullRequest", "ReposOwnerRepoPullsPullNumberPatchBody"),
    f"GET {_REPO}/pulls/{{pull_number}}/commits": Operation("[Commit]", query=PAGES),
    f"GET {_REPO}/pulls/{{pull_number}}/files": Operation("[DiffEntry]", query=PAGES),
    f"GET {_REPO}/pulls/{{pull_number}}/reviews": Operation("[PullRequestReview]", query=PAGES),
    f"POST {_REPO}/pulls/{{pull_number}}/reviews": Operation(
        "PullRequestReview", "ReposOwnerRepoPullsPullNumberReviewsPostBody"
    ),
    f"PUT {_REPO}/pulls/{{pull_number}}/reviews/{{review_id}}/dismissals": Operation(
        "PullRequestReview", "ReposOwnerRepoPullsPullNumberReviewsReviewIdDismissalsPutBody"
    ),
    f"PUT {_REPO}/pulls/{{pull_number}}/merge": Operation(
        "PullRequestMergeResult", "ReposOwnerRepoPullsPullNumberMergePutBody"
    ),
    f"POST {_REPO}/check-runs": Operation(
        "CheckRun", "ReposOwnerRepoCheckRunsPostBodyOneof0|ReposOwnerRepoCheckRunsPostBodyOneof1"
    ),
    f"GET {_REPO}/check-runs/{{check_run_id}}": Operation("CheckRun"),
    f"PATCH {_REPO}/check-runs/{{check_run_id}}": Operation(
        "CheckRun", "ReposOwnerRepoCheckRunsCheckRunIdPatchBodyAnyof0|ReposOwnerRepoCheckRunsCheckRunIdPatchBodyAnyof1"
    ),
    f"GET {_REPO}/check-runs/{{check_run_id}}/annotations": Operation("[CheckAnnotation]", query=PAGES),
    f"POST {_REPO}/check-runs/{{check_run_id}}/rerequest": Operation("EmptyObject"),
    f"GET {_REPO}/commits/{{ref}}/check-runs": Operation(
        "ReposOwnerRepoCommitsRefCheckRunsGetResponse200", query=RUN_FILTERS
    ),
    f"GET {_REPO}/commits/{{ref}}/check-suites": Operation(
        "ReposOwnerRepoCommitsRefCheckSuitesGetResponse200", query=PAGES | {"app_id", "check_name"}
    ),
    f"GET {_REPO}/check-suites/{{check_suite_id}}": Operation("CheckSuite"),
    f"GET {_REPO}/check-suites/{{check_suite_id}}/check-runs": Operation(
        "ReposOwnerRepoCheckSuitesCheckSuiteIdCheckRunsGetResponse200", query=RUN_FILTERS - {"app_id"}
    ),
    f"POST {_REPO}/check-suites/{{check_suite_id}}/rerequest": Operation("EmptyObject"),
    f"GET {_REPO}/issues": Operation(
        "[Issue]",
        query=PAGES
        | {"milestone", "state", "assignee", "creator", "mentioned", "labels", "sort", "direction", "since", "type"},
    ),
    f"POST {_REPO}/issues": Operation("Issue", "ReposOwnerRepoIssuesPostBody"),
    f"GET {_REPO}/issues/events": Operation("[IssueEvent]", query=PAGES),
    f"GET {_REPO}/issues/comments": Operation("[IssueComment]", query=PAGES | {"sort", "direction", "since"}),
    f"GET {_ISSUE}": Operation("Issue"),
    f"PATCH {_ISSUE}": Operation("Issue", f"{_ISSUE_BODY}PatchBody"),
    f"GET {_ISSUE}/events": Operation("[IssueEvent]", query=PAGES),
    f"GET {_ISSUE}/timeline": Operation(f"[{_TIMELINE}]", query=PAGES),
    f"GET {_ISSUE}/comments": Operation("[IssueComment]", query=PAGES | {"since"}),
    f"POST {_ISSUE}/comments": Operation("IssueComment", f"{_ISSUE_BODY}CommentsPostBody"),
    f"GET {_COMMENT}": Operation("IssueComment"),
    f"PATCH {_COMMENT}": Operation("IssueComment", "ReposOwnerRepoIssuesCommentsCommentIdPatchBody"),
    f"DELETE {_COMMENT}": Operation(""),
    f"GET {_COMMENT}/reactions": Operation("[Reaction]", query=PAGES | {"content"}),
    f"POST {_COMMENT}/reactions": Operation("Reaction", "ReposOwnerRepoIssuesCommentsCommentIdReactionsPostBody"),
    f"GET {_ISSUE}/reactions": Operation("[Reaction]", query=PAGES | {"content"}),
    f"POST {_ISSUE}/reactions": Operation("Reaction", f"{_ISSUE_BODY}ReactionsPostBody"),
    f"GET {_ISSUE}/labels": Operation("[Label]", query=PAGES),
    f"POST {_ISSUE}/labels": Operation("[Label]", f"{_ISSUE_BODY}LabelsPostBodyOneof0"),
    f"PUT {_ISSUE}/labels": Operation("[Label]", f"{_ISSUE_BODY}LabelsPutBodyOneof0"),
    f"DELETE {_ISSUE}/labels/{{name}}": Operation("[Label]"),
    f"GET {_ISSUE}/assignees/{{assignee}}": Operation(""),
    f"POST {_ISSUE}/assignees": Operation("Issue", f"{_ISSUE_BODY}AssigneesPostBody"),
    f"DELETE {_ISSUE}/assignees": Operation("Issue", f"{_ISSUE_BODY}AssigneesDeleteBody"),
    f"GET {_ISSUE}/sub_issues": Operation("[Issue]", query=PAGES),
    f"POST {_ISSUE}/sub_issues": Operation("Issue", f"{_ISSUE_BODY}SubIssuesPostBody"),
    f"DELETE {_ISSUE}/sub_issue": Operation("Issue", f"{_ISSUE_BODY}SubIssueDeleteBody"),
    f"GET {_ISSUE}/parent": Operation("Issue"),
    f"GET {_REPO}/assignees": Operation("[SimpleUser]", query=PAGES),
    f"GET {_REPO}/labels": Operation("[Label]", query=PAGES),
    f"POST {_REPO}/labels": Operation("Label", "ReposOwnerRepoLabelsPostBody"),
    f"GET {_REPO}/labels/{{name}}": Operation("Label"),
    f"PATCH {_REPO}/labels/{{name}}": Operation("Label", "ReposOwnerRepoLabelsNamePatchBody"),
    f"DELETE {_REPO}/labels/{{name}}": Operation(""),
    f"GET {_REPO}/milestones": Operation("[Milestone]", query=PAGES | {"state", "sort", "direction"}),
    f"POST {_REPO}/milestones": Operation("Milestone", "ReposOwnerRepoMilestonesPostBody"),
    f"GET {_REPO}/milestones/{{milestone_number}}": Operation("Milestone"),
    f"PATCH {_REPO}/milestones/{{milestone_number}}": Operation(
        "Milestone", "ReposOwnerRepoMilestonesMilestoneNumberPatchBody"
    ),
    f"DELETE {_REPO}/milestones/{{milestone_number}}": Operation(""),
}


# Fields that GitHub's descriptions of webhooks have in some places and forgot in others.
DRIFTING = frozenset({"archived_at", "archived_by", "user_view_type"})
MISSING = object()


@cache
def validator(names: str) -> TypeAdapter[Any]:
    """The validator for what `Operation` calls these models; each model is imported when it is first needed."""
    found = []
    for name in names.split("|"):
        model: Any = _either(getattr(models, part) for part in name.strip("[]").split("/"))
        found.append(list[model] if name.startswith("[") else model)
    return TypeAdapter(_either(found))


def _either(found: Iterable[Any]) -> Any:
    return Union[tuple(found)]  # noqa: UP007 - built at run time


def complaints(names: str, value: object, what: str) -> list[str]:
    """What GitHub's schema has against a JSON value; empty if nothing."""
    try:
        found = _errors(names, _without_open_permissions(value))
    except AttributeError:
        return [f"{what}: GitHub's description has no {names}"]
    return [f"{what} is no {names}:", *found] if found else []


def _errors(names: str, value: object) -> list[str]:
    try:
        validator(names).validate_json(json.dumps(value), strict=True, extra="forbid", by_alias=True, by_name=False)
    except ValidationError as error:
        rows = error.errors()
        drifting = [row["loc"] for row in rows if row["type"] == "extra_forbidden" and row["loc"][-1] in DRIFTING]
        taken_out = [_take_out(value, place) for place in drifting]
        if any(taken_out):
            return _errors(names, value)
        return [f"  {'.'.join(str(part) for part in row['loc'])}: {row['msg']}" for row in rows]
    return []


def _take_out(value: Any, place: tuple[int | str, ...]) -> bool:
    """Delete the key at a place; a place also names the branches of unions on the way, which are no keys."""
    for part in place[:-1]:
        if isinstance(value, dict) and part in value:
            value = value[str(part)]
        elif isinstance(value, list) and isinstance(part, int):
            value = value[part]
    return isinstance(value, dict) and value.pop(str(place[-1]), MISSING) is not MISSING


def _without_open_permissions(value: object) -> object:
    """The value, its Apps reduced to permissions that every model names: that list is open in GitHub's description."""
    if isinstance(value, list):
        return [_without_open_permissions(item) for item in value]
    if not isinstance(value, dict):
        return value
    reduced = {key: _without_open_permissions(item) for key, item in value.items()}
    permissions = reduced.get("permissions")
    if "slug" in reduced and isinstance(permissions, dict):
        named = ("checks", "contents", "issues", "metadata")
        reduced["permissions"] = {key: level for key, level in permissions.items() if key in named}
    return reduced


def check_request(exchange: Exchange) -> list[str]:
    """What is wrong with a request: its path, the names in its query, its body."""
    what = f"{exchange.method} {exchange.path}"
    if exchange.operation is None:
        return [f"{what} is no operation of GitHub's API"]
    operation = OPERATIONS.get(exchange.operation)
    if operation is None:
        return [f"{exchange.operation} is not in tests/github_schema.py: add it to OPERATIONS"]
    found = [f"{what}: no query parameter {name!r}" for name in exchange.query if name not in operation.query]
    if exchange.body is None:
        return found
    if not operation.request:
        return [*found, f"{what} takes no body"]
    return found + complaints(operation.request, exchange.body, f"The body of {what}")


def check_answer(exchange: Exchange) -> list[str]:
    """What is wrong with an answer of the sandbox; one that a fault has spoilt is not judged."""
    answer, status, what = exchange.answer, exchange.status, f"{exchange.method} {exchange.path}"
    operation = OPERATIONS.get(exchange.operation or "")
    if exchange.injected or operation is None or status in (None, 301, 304, 307) or isinstance(answer, bytes):
        return []
    if status is not None and status >= 400:
        model = "ValidationError|BasicError" if isinstance(answer, dict) and "errors" in answer else "BasicError"
        return complaints(model, answer, f"The refusal of {what}")
    if not operation.answer:
        return [] if answer is None else [f"{what} should have no answer"]
    return complaints(operation.answer, answer, f"The answer to {what}")


def event_model(delivery: Delivery) -> str:
    """The name of the model of a webhook."""
    words = f"webhook_{delivery.event}_{delivery.action or ''}".split("_")
    return "".join(word.title() for word in words)


def check_webhook(delivery: Delivery) -> list[str]:
    """What is wrong with a webhook."""
    return complaints(event_model(delivery), delivery.payload, f"The webhook {delivery.event}.{delivery.action}")


@dataclass(slots=True)
class SchemaGuard:
    """Watches sandboxes, and collects what is wrong until `verify` says so.

    Tests that send nonsense on purpose set `requests` to False: then only answers and webhooks are judged.
    """

    found: list[str] = field(default_factory=list)
    requests: bool = True

    def watch(self, github: Sandbox) -> Sandbox:
        """Check everything that passes through this sandbox from now on."""
        github.on_exchange(self._check)
        github.on_webhook(lambda delivery: self.found.extend(check_webhook(delivery)))
        return github

    def _check(self, exchange: Exchange) -> None:
        self.found += check_answer(exchange)
        if self.requests:
            self.found += check_request(exchange)

    def verify(self) -> None:
        """Fail if anything was wrong."""
        assert not self.found, "\n".join(self.found)
