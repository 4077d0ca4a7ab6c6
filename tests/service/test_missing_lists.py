"""The service on a GitHub that lacks some of the lists: each is done without, or made up for one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.core.repository_facts import ACTION_LABEL, POSTMORTEM_LABEL
from app.sandbox.driver import Sandbox
from app.sandbox.world.issue_records import Issue
from tests.postmortems import ACTIONS, good_postmortem
from tests.service.conftest import REPOSITORY, Service
from tests.service.documents import BAD, CREDIT

PATH = "postmortems/2026-05-04-checkout.md"
POLICY = """\
version: 1
documents: ["postmortems/**/*.md"]
people:
  ben: {name: Ben Okafor, manager: dana}
managers: {default: dana}
standup: {enabled: false}
"""
LATER = datetime.now(UTC).date() + timedelta(days=90)
DUE = (LATER - timedelta(days=30)).isoformat()
DOCUMENT = good_postmortem(actions=ACTIONS.replace("2026-05-18", DUE).replace("2026-06-01", DUE))
MANY = 10_000


@pytest.fixture(autouse=True)
def acme(github: Sandbox) -> None:
    github.create_repository(REPOSITORY, {".github/closeout.yml": POLICY})
    github.install("acme", [REPOSITORY])
    for login in ("ana", "ben", "dana", "gita"):
        github.grant(REPOSITORY, login, "write")


def _lacks(github: Sandbox, path: str) -> None:
    github.faults.answer(404, "GET", path, times=MANY)


async def _merge(service: Service, github: Sandbox) -> None:
    github.edit_document(REPOSITORY, PATH, DOCUMENT)
    await service.settled()


def _by_label(github: Sandbox, label: str) -> list[Issue]:
    return [issue for issue in github.issues(REPOSITORY) if label in github.labels(issue)]


def _asked(github: Sandbox, path: str) -> int:
    return sum(1 for each in github.requests if each.method == "GET" and each.path.endswith(path))


async def test_without_a_list_of_assignees_those_who_are_named_are_looked_up(service: Service, github: Sandbox) -> None:
    _lacks(github, "*/assignees")
    await _merge(service, github)
    alert, retries = _by_label(github, ACTION_LABEL)
    (tracking,) = _by_label(github, POSTMORTEM_LABEL)
    assert [github.assignees(each) for each in (alert, retries, tracking)] == [["ben"], ["gita"], ["dana"]]


async def test_without_a_list_of_assignees_nobody_is_looked_up_twice_an_hour(service: Service, github: Sandbox) -> None:
    _lacks(github, "*/assignees")
    await _merge(service, github)
    await service.sweep()
    assert (_asked(github, "/assignees"), _asked(github, "/users/ben")) == (1, 1)


async def test_without_a_list_of_assignees_an_issue_can_be_given_to_somebody_else(
    service: Service, github: Sandbox
) -> None:
    _lacks(github, "*/assignees")
    await _merge(service, github)
    issue = _by_label(github, ACTION_LABEL)[0]
    github.comment(issue, "/reassign @ana", "ben")
    await service.settled()
    assert github.assignees(issue) == ["ana"]


async def test_without_a_list_of_assignees_an_owner_without_an_account_has_no_issue(
    service: Service, github: Sandbox
) -> None:
    _lacks(github, "*/assignees")
    actions = ACTIONS.replace("2026-05-18", DUE).replace("Gita Rao (@gita)", "@nobody-of-ours")
    github.edit_document(REPOSITORY, PATH, good_postmortem(actions=actions))
    await service.settled()
    assert [github.assignees(each) for each in _by_label(github, ACTION_LABEL)] == [["ben"], []]


async def test_without_a_list_of_assignees_nobody_counts_as_gone(service: Service, github: Sandbox) -> None:
    _lacks(github, "*/assignees")
    await _merge(service, github)
    await service.sweep()
    assert [each for issue in github.issues(REPOSITORY) for each in github.comments(issue)] == []


async def test_without_a_list_of_comments_commands_are_heard(service: Service, github: Sandbox) -> None:
    _lacks(github, "*/issues/comments")
    await _merge(service, github)
    issue = _by_label(github, ACTION_LABEL)[0]
    for login in ("ana", "gita"):
        github.comment(issue, f"/reassign @{login}", "ben")
        await service.settled()
        assert github.assignees(issue) == [login]
    assert await service.queue.parked() == []


async def test_without_the_pull_requests_of_a_commit_the_commit_tells_the_day(
    service: Service, github: Sandbox
) -> None:
    _lacks(github, "*/commits/*/pulls*")
    await _merge(service, github)
    assert len(github.issues(REPOSITORY)) == 3


async def test_without_a_list_of_its_repositories_the_token_names_them(service: Service, github: Sandbox) -> None:
    _lacks(github, "/installation/repositories*")
    github.deliver_to("")
    await _merge(service, github)
    assert github.issues(REPOSITORY) == []
    await service.sweep()
    assert len(github.issues(REPOSITORY)) == 3


async def test_where_the_token_names_none_its_repositories_are_searched_for(service: Service, github: Sandbox) -> None:
    installations = github.world.installations
    installations.update({number: replace(each, repositories=None) for number, each in installations.items()})
    _lacks(github, "/installation/repositories*")
    github.deliver_to("")
    await _merge(service, github)
    await service.sweep()
    assert len(github.issues(REPOSITORY)) == 3


async def test_where_the_files_of_a_pull_request_are_not_listed_its_commits_tell_them(
    service: Service, github: Sandbox
) -> None:
    github.world.features.lists_changed_files = False
    pull = github.open_pull(REPOSITORY, "inc-42", files={PATH: BAD}, message=CREDIT)
    assert (await service.conclusions(pull.head_sha))[0] == "failure"


async def test_a_pull_request_that_changes_nothing_is_skipped(service: Service, github: Sandbox) -> None:
    pull = github.open_pull(REPOSITORY, "inc-42", files={})
    assert await service.conclusions(pull.head_sha) == ("skipped", "skipped")
