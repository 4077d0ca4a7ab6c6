"""Events as webhook payloads."""

from collections.abc import Callable
from typing import Any

from app.sandbox.shapes import Json, instant, node_id
from app.sandbox.shapes.accounts import account, organization
from app.sandbox.shapes.accounts import installation as installation_shape
from app.sandbox.shapes.checks import run_in_event, suite_in_event
from app.sandbox.shapes.commits import push as push_shape
from app.sandbox.shapes.commits import simple_commit
from app.sandbox.shapes.issues import comment as comment_shape
from app.sandbox.shapes.issues import issue as issue_shape
from app.sandbox.shapes.issues import label as label_shape
from app.sandbox.shapes.issues import milestone as milestone_shape
from app.sandbox.shapes.pulls import review, simple
from app.sandbox.shapes.pulls import whole as whole_pull
from app.sandbox.shapes.repositories import in_event, minimal
from app.sandbox.shapes.repositories import repository as repository_shape
from app.sandbox.world.issue_records import Comment, Issue, Label, Milestone
from app.sandbox.world.records import Account, Event, Installation, MergeGroup, Push, Repository, Review
from app.sandbox.world.state import World


def payload(world: World, event: Event, installation: Installation) -> Json:
    """The body of the webhook that tells this installation of the event, at this very moment."""
    body: Json = {} if event.action is None else {"action": event.action}
    body |= SUBJECTS.get(event.name, _nothing)(world, event)
    if event.repository is not None:
        repository = world.repositories[event.repository]
        owner = world.accounts[repository.owner]
        body["repository"] = in_event(world, repository)
        if event.name == "push":
            body["repository"] |= _push_repository(world, repository)
        if owner.kind == "Organization":
            body["organization"] = organization(world, owner)
        body["installation"] = {"id": installation.id, "node_id": node_id("Installation", installation.id)}
    return {**body, "sender": account(world, world.accounts[event.sender])}


def _push_repository(world: World, repository: Repository) -> Json:
    """Push events are older than the rest: their repository has epoch seconds, a named owner and a master branch."""
    owner = world.accounts[repository.owner]
    shape: Json = {
        "created_at": int(repository.created_at.timestamp()),
        "pushed_at": int(repository.pushed_at.timestamp()),
        "url": world.web(f"/{world.full_name(repository)}"),
        "stargazers": 0,
        "master_branch": repository.default_branch,
        "owner": {**account(world, owner), "name": owner.login, "email": owner.email},
    }
    return {**shape, "organization": owner.login} if owner.kind == "Organization" else shape


def _nothing(_world: World, event: Event) -> Json:
    return dict(event.extra)


def _pull_request(world: World, event: Event) -> Json:
    subject: Any = event.subject
    return {"number": subject.number, "pull_request": whole_pull(world, subject), **_extras(world, event)}


def _extras(world: World, event: Event) -> Json:
    """What was put on or taken off, written out; all else as it is."""
    return {key: _extra(world, value) for key, value in event.extra.items()}


def _extra(world: World, value: object) -> object:
    if isinstance(value, Label):
        return label_shape(world, value)
    if isinstance(value, Milestone):
        return milestone_shape(world, value)
    return account(world, value) if isinstance(value, Account) else value


def _pull_request_review(world: World, event: Event) -> Json:
    subject = event.subject
    assert isinstance(subject, Review)  # noqa: S101 - told to the type checker
    pull = world.pull(world.repositories[subject.repository], subject.number)
    return {"review": review(world, subject, in_event=True), "pull_request": simple(world, pull)}


def _issues(world: World, event: Event) -> Json:
    subject: Any = event.subject
    body: Json = {"issue": issue_shape(world, subject, in_event=True)}
    for side in ("old", "new"):
        other = event.extra.get(side)
        if isinstance(other, Issue):
            repository = in_event(world, world.repositories[other.repository])
            shape = issue_shape(world, other, in_event=True)
            return {**body, "changes": {f"{side}_issue": shape, f"{side}_repository": repository}}
    return {**body, **_extras(world, event)}


def _issue_comment(world: World, event: Event) -> Json:
    subject = event.subject
    assert isinstance(subject, Comment)  # noqa: S101 - told to the type checker
    on = world.issues[subject.repository, subject.number]
    return {
        "issue": issue_shape(world, on, in_event=True),
        "comment": comment_shape(world, subject),
        **event.extra,
    }


def _milestone(world: World, event: Event) -> Json:
    subject: Any = event.subject
    return {"milestone": milestone_shape(world, subject), **event.extra}


def _label(world: World, event: Event) -> Json:
    subject: Any = event.subject
    return {"label": label_shape(world, subject), **event.extra}


def _sub_issues(world: World, event: Event) -> Json:
    """The issue at the other end comes with its repository."""
    ends: dict[str, Any] = {"parent_issue": event.extra["parent"], "sub_issue": event.extra["child"]}
    body: Json = {}
    for name, issue in ends.items():
        body |= {f"{name}_id": issue.id, name: issue_shape(world, issue)}
    other = "sub_issue" if event.action in ("sub_issue_added", "sub_issue_removed") else "parent_issue"
    body[f"{other}_repo"] = repository_shape(world, world.repositories[ends[other].repository])
    return body


def _installation_target(world: World, event: Event) -> Json:
    subject: Any = event.subject
    owner = world.accounts[subject.account]
    reference = {"id": subject.id, "node_id": node_id("Installation", subject.id)}
    return {**event.extra, "account": account(world, owner), "installation": reference}


def _check_run(world: World, event: Event) -> Json:
    subject: Any = event.subject
    return {"check_run": run_in_event(world, subject)}


def _check_suite(world: World, event: Event) -> Json:
    subject: Any = event.subject
    return {"check_suite": suite_in_event(world, subject)}


def _merge_group(world: World, event: Event) -> Json:
    subject = event.subject
    assert isinstance(subject, MergeGroup)  # noqa: S101 - told to the type checker
    group = {
        "head_sha": subject.head_sha,
        "head_ref": subject.head_ref,
        "base_sha": subject.base_sha,
        "base_ref": subject.base_ref,
        "head_commit": simple_commit(world.objects.commits[subject.head_sha]),
    }
    return {"merge_group": group, **event.extra}


def _push(world: World, event: Event) -> Json:
    subject = event.subject
    assert isinstance(subject, Push)  # noqa: S101 - told to the type checker
    assert event.repository is not None  # noqa: S101
    sender = world.accounts[event.sender]
    pusher = {"name": sender.login, "email": sender.email}
    return {**push_shape(world, world.repositories[event.repository], subject), "pusher": pusher}


def _installation(world: World, event: Event) -> Json:
    subject: Any = event.subject
    lists = {
        key: [minimal(world, world.repositories[identity]) for identity in value]
        for key, value in event.extra.items()
        if key.startswith("repositories") and isinstance(value, list)
    }
    shape = installation_shape(world, subject)
    body: Json = {"installation": shape, **event.extra, **lists}
    if event.name == "installation_repositories":
        body["repository_selection"] = shape["repository_selection"]
    return body


SUBJECTS: dict[str, Callable[[World, Event], Json]] = {
    "pull_request": _pull_request,
    "pull_request_review": _pull_request_review,
    "check_run": _check_run,
    "check_suite": _check_suite,
    "merge_group": _merge_group,
    "push": _push,
    "issues": _issues,
    "issue_comment": _issue_comment,
    "milestone": _milestone,
    "label": _label,
    "sub_issues": _sub_issues,
    "installation_target": _installation_target,
    "installation": _installation,
    "installation_repositories": _installation,
}


def ping(world: World, app: int, hook: int, url: str) -> Json:
    """What GitHub sends when a webhook is set up."""
    it = world.apps[app]
    return {
        "zen": "Non-blocking is better than blocking.",
        "hook_id": hook,
        "hook": {
            "type": "App",
            "id": hook,
            "name": "web",
            "active": True,
            "app_id": app,
            "events": list(it.events),
            "config": {"content_type": "json", "insecure_ssl": "0", "secret": "********", "url": url},
            "created_at": instant(it.created_at),
            "updated_at": instant(it.created_at),
            "deliveries_url": world.api("/app/hook/deliveries"),
        },
    }
