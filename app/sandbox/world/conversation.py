"""What issues and pull requests share: a conversation that has a history and tells of its changes.

Every change goes through `keep`, so that `updated_at` moves; through `note`, so that the history has it; and through
`tell`, so that Apps hear of it: as `issues`, or as `pull_request` where that is what it is.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.sandbox.world.issue_records import Issue, IssueEvent
from app.sandbox.world.records import Account, Event, Refused, Repository
from app.sandbox.world.state import World

ARCHIVED = "Repository was archived so is read-only."
DISABLED = "Issues are disabled for this repo"


def require_writable(repository: Repository) -> None:
    """Let only repositories pass that can be written to.

    Raises:
        Refused: 403 in an archived one.
    """
    if repository.archived:
        raise Refused(403, ARCHIVED)


def require_issues(repository: Repository) -> None:
    """Let only repositories pass that have issues.

    Raises:
        Refused: 410 where they are switched off.
    """
    if not repository.has_issues:
        raise Refused(410, DISABLED)


def home_of(world: World, issue: Issue) -> Repository:
    """The repository of an issue that is about to be changed.

    Raises:
        Refused: 403 when it is archived, 410 when it has no issues any more.
    """
    home = world.repositories[issue.repository]
    require_writable(home)
    if not issue.is_pull:
        require_issues(home)
    return home


def keep(world: World, issue: Issue, **changes: Any) -> Issue:
    """Keep a changed issue, updated now; a pull request's other half moves with it."""
    kept = replace(issue, updated_at=world.now(), **changes)
    key = (issue.repository, issue.number)
    world.issues[key] = kept
    if kept.is_pull:
        world.pulls[key] = replace(world.pulls[key], updated_at=kept.updated_at)
    return kept


def tell(world: World, issue: Issue, action: str, sender: Account, extra: Mapping[str, object] | None = None) -> Event:
    """The event of a change."""
    if issue.is_pull:
        pull = world.pulls[issue.repository, issue.number]
        return Event("pull_request", action, sender.id, issue.repository, pull, extra or {})
    return Event("issues", action, sender.id, issue.repository, issue, extra or {})


def note(world: World, issue: Issue, sender: Account, event: str, **details: Any) -> None:
    """Write a line of history. Whatever the bot of an App does, its App did."""
    app = next((found.id for found in world.apps.values() if found.bot == sender.id), None)
    line = IssueEvent(
        id=world.next_id("issue_event"),
        repository=issue.repository,
        number=issue.number,
        actor=sender.id,
        event=event,
        created_at=world.now(),
        app=app,
        **details,
    )
    world.issue_events[line.id] = line
