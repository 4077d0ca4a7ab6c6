"""Repositories and the branches in them: creating, forking, renaming, committing, moving refs."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from app.sandbox.world.conversation import require_writable
from app.sandbox.world.history import ancestors, commits_between
from app.sandbox.world.mentioning import heed_commits
from app.sandbox.world.objects import ZERO_SHA, Commit, Signature
from app.sandbox.world.records import (
    Account,
    CheckSuite,
    Event,
    GithubApp,
    Pull,
    Push,
    Refused,
    Repository,
    Role,
)
from app.sandbox.world.state import World

Content: TypeAlias = str | bytes | None


def create_repository(
    world: World, full_name: str, *, private: bool, default_branch: str, roles: Mapping[str, Role]
) -> Repository:
    """An empty repository of an organisation."""
    owner, _, name = full_name.partition("/")
    if world.find_repository(full_name) is not None:
        raise Refused(
            422, "Repository creation failed.", ({"resource": "Repository", "field": "name", "code": "custom"},)
        )
    now = world.now()
    repository = Repository(
        id=world.next_id("repository"),
        owner=world.account(owner, "Organization").id,
        name=name,
        default_branch=default_branch,
        private=private,
        created_at=now,
        updated_at=now,
        pushed_at=now,
        roles={world.account(login).id: role for login, role in roles.items()},
    )
    world.repositories[repository.id] = repository
    world.known[repository.id] = set()
    world.moved.pop(full_name.lower(), None)
    return repository


def fork(world: World, parent: Repository, owner: str) -> Repository:
    """A person's copy, with all branches of the parent."""
    now = world.now()
    account = world.account(owner)
    copy = replace(
        parent,
        id=world.next_id("repository"),
        owner=account.id,
        parent=parent.id,
        created_at=now,
        updated_at=now,
        roles={},
    )
    world.repositories[copy.id] = copy
    world.known[copy.id] = set(world.known[parent.id])
    for name, sha in world.refs_of(parent).items():
        if name.startswith("refs/heads/"):
            world.refs[copy.id, name] = sha
    return copy


def delete_fork(world: World, repository: Repository) -> None:
    """Delete a repository; its pull requests elsewhere keep their commits and lose their head repository."""
    del world.repositories[repository.id]
    for key, pull in list(world.pulls.items()):
        if pull.head_repository == repository.id:
            world.pulls[key] = replace(pull, head_repository=None)
    for ref in world.refs_of(repository):
        del world.refs[repository.id, ref]
    for issue in world.issues_of(repository):
        del world.issues[repository.id, issue.number]
        world.pulls.pop((repository.id, issue.number), None)


def rename(world: World, repository: Repository, name: str, by: str) -> list[Event]:
    """Give a repository a new name; the old one redirects until it is used again."""
    world.moved[world.full_name(repository).lower()] = repository.id
    world.repositories[repository.id] = replace(repository, name=name, updated_at=world.now())
    changes = {"repository": {"name": {"from": repository.name}}}
    return [Event("repository", "renamed", world.account(by).id, repository.id, None, {"changes": changes})]


def archive(world: World, repository: Repository, by: str) -> list[Event]:
    """Make a repository read-only."""
    world.repositories[repository.id] = replace(repository, archived=True, updated_at=world.now())
    return [Event("repository", "archived", world.account(by).id, repository.id)]


def unarchive(world: World, repository: Repository, by: str) -> list[Event]:
    """Let a repository be written to again."""
    world.repositories[repository.id] = replace(repository, archived=False, updated_at=world.now())
    return [Event("repository", "unarchived", world.account(by).id, repository.id)]


def signature(world: World, who: Account | tuple[str, str]) -> Signature:
    """Who commits, now: an account, or a (name, e-mail) that git knows and GitHub perhaps does not."""
    if isinstance(who, Account):
        return Signature(who.name, who.noreply, world.now())
    return Signature(who[0], who[1], world.now())


def write_commit(
    world: World,
    repository: Repository,
    parents: tuple[str, ...],
    files: Mapping[str, Content],
    message: str,
    author: Signature,
    committer: Signature | None = None,
) -> Commit:
    """A commit on top of the first parent, with files added, changed, or (None) removed. No ref moves."""
    store = world.objects
    kept = store.files(store.commits[parents[0]].tree) if parents else {}
    for path, content in files.items():
        if content is None:
            kept.pop(path, None)
        else:
            kept[path] = store.add_blob(content.encode() if isinstance(content, str) else content)
    commit = store.add_commit(store.add_tree(kept), parents, author, committer or author, message)
    world.learn(repository, [commit.sha])
    return commit


def move_ref(world: World, repository: Repository, ref: str, after: str | None, sender: Account) -> list[Event]:
    """Create, move or delete (None) a ref, and all that follows: push, suites, pull requests that advance or close.

    Raises:
        Refused: 403 in an archived repository.
    """
    require_writable(repository)
    before = world.refs.get((repository.id, ref))
    if before == after:
        return []
    forced = before is not None and after is not None and not _descends(world, after, before)
    if after is None:
        del world.refs[repository.id, ref]
    else:
        world.refs[repository.id, ref] = after
        world.learn(repository, [after])
    world.repositories[repository.id] = replace(repository, pushed_at=world.now())
    push = Push(ref, before or ZERO_SHA, after or ZERO_SHA, forced)
    events = [Event("push", None, sender.id, repository.id, push)]
    if not ref.startswith("refs/heads/") or after is None:
        return events
    events += request_suites(world, repository, push, sender)
    events += _advance_pulls(world, repository, push, sender)
    if ref == f"refs/heads/{repository.default_branch}" and before is not None:
        events += heed_commits(world, repository, pushed_commits(world, push), sender)
    return events


def _descends(world: World, commit: str, from_: str) -> bool:
    return any(found.sha == from_ for found in ancestors(world.objects, commit))


def request_suites(world: World, repository: Repository, push: Push, sender: Account) -> list[Event]:
    """One suite for each App that may write checks here, as GitHub makes them on a push."""
    events = []
    for app in world.apps.values():
        installation = world.installation_on(app.id, repository)
        if installation is None or installation.permissions.get("checks") != "write":
            continue
        suite = suite_for(world, app, repository, push.after, push.ref.removeprefix("refs/heads/"), push.before)
        events.append(Event("check_suite", "requested", sender.id, repository.id, suite))
    return events


def suite_for(
    world: World, app: GithubApp, repository: Repository, sha: str, branch: str | None, before: str | None
) -> CheckSuite:
    """The App's suite on a commit, made if it was not there."""
    for suite in world.suites.values():
        if (suite.app, suite.repository, suite.sha) == (app.id, repository.id, sha):
            return suite
    now = world.now()
    suite = CheckSuite(world.next_id("suite"), app.id, repository.id, sha, branch, before, now, now)
    world.suites[suite.id] = suite
    return suite


def _advance_pulls(world: World, repository: Repository, push: Push, sender: Account) -> list[Event]:
    """Open pull requests whose head branch this is get the new head, also across a fork."""
    head = (repository.id, push.ref.removeprefix("refs/heads/"))
    return [
        _synchronize(world, pull, push, sender)
        for pull in list(world.pulls.values())
        if pull.state == "open" and (pull.head_repository, pull.head_ref) == head
    ]


def _synchronize(world: World, pull: Pull, push: Push, sender: Account) -> Event:
    base = world.repositories[pull.repository]
    base_sha = world.branch_head(base, pull.base_ref) or pull.base_sha
    key = (pull.repository, pull.number)
    changed = replace(pull, head_sha=push.after, base_sha=base_sha, updated_at=world.now())
    world.pulls[key] = changed
    world.issues[key] = replace(world.issues[key], updated_at=changed.updated_at)
    world.refs[base.id, f"refs/pull/{pull.number}/head"] = push.after
    world.learn(base, [push.after])
    extra = {"before": pull.head_sha, "after": push.after}
    return Event("pull_request", "synchronize", sender.id, base.id, changed, extra)


def pushed_commits(world: World, push: Push) -> Iterable[Commit]:
    """The commits a push brought, oldest first: all of them for a new branch."""
    if push.after == ZERO_SHA:
        return []
    if push.before == ZERO_SHA:
        return list(reversed(ancestors(world.objects, push.after)))
    return commits_between(world.objects, push.before, push.after)


def grant(world: World, repository: Repository, account: Account, role: Role) -> None:
    """Give an account a role in a repository."""
    world.repositories[repository.id] = replace(repository, roles={**repository.roles, account.id: role})


def switch_issues(world: World, repository: Repository, *, on: bool) -> None:
    """Let a repository have issues, or none; those it had are only hidden."""
    world.repositories[repository.id] = replace(repository, has_issues=on)
