"""What GitHub reads out of texts: closing keywords, and references to issues by their number."""

import re
from collections.abc import Iterable

from app.sandbox.world.conversation import note
from app.sandbox.world.issue_records import Issue
from app.sandbox.world.issuing import close_issue
from app.sandbox.world.objects import Commit
from app.sandbox.world.records import Account, Event, Pull, Repository
from app.sandbox.world.state import World

CLOSING = re.compile(r"\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+([\w.-]+/[\w.-]+)?#(\d+)\b", re.IGNORECASE)
NAMED = re.compile(r"(?<![\w/&])([\w.-]+/[\w.-]+)?#(\d+)\b")


def issues_named(
    world: World, repository: Repository, text: str | None, pattern: re.Pattern[str] = NAMED
) -> list[Issue]:
    """The issues of this repository that a text names (with `CLOSING`: wants closed), each once."""
    name = world.full_name(repository).lower()
    numbers = dict.fromkeys(
        int(found[2]) for found in pattern.finditer(text or "") if found[1] is None or found[1].lower() == name
    )
    found = (world.issues.get((repository.id, number)) for number in numbers)
    return [issue for issue in found if issue is not None]


def heed_commits(world: World, repository: Repository, commits: Iterable[Commit], sender: Account) -> list[Event]:
    """What the messages of commits do that reached the default branch: refer to issues, and close some."""
    events: list[Event] = []
    for commit in commits:
        for issue in issues_named(world, repository, commit.message):
            note(world, issue, sender, "referenced", commit=commit.sha)
        for issue in issues_named(world, repository, commit.message, CLOSING):
            if not issue.is_pull:
                events += close_issue(world, issue, sender, commit=commit.sha)
    return events


def heed_merge(world: World, pull: Pull, commit: Commit, sender: Account) -> list[Event]:
    """What the description of a pull request closes when it is merged into the default branch."""
    repository = world.repositories[pull.repository]
    if pull.base_ref != repository.default_branch:
        return []
    events: list[Event] = []
    for issue in issues_named(world, repository, pull.body, CLOSING):
        if not issue.is_pull:
            events += close_issue(world, issue, sender, commit=commit.sha)
    return events


def pulls_naming(world: World, issue: Issue) -> list[Pull]:
    """The pull requests of the same repository whose description names the issue, oldest first."""
    home = world.repositories[issue.repository]
    return [
        pull
        for pull in reversed(world.pulls_of(home))
        if pull.number != issue.number and any(it.id == issue.id for it in issues_named(world, home, pull.body))
    ]
