"""The follow-up where GitHub is different, or refuses: no sub-issues, no reactions, archived, transferred."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.repository_facts import ACTION_LABEL, POSTMORTEM_LABEL
from app.sandbox.driver import Sandbox
from app.sandbox.world.commenting import reactions_to
from app.sandbox.world.issue_records import Issue
from tests.postmortems import good_postmortem
from tests.service.conftest import REPOSITORY, Service

PATH = "postmortems/2026-05-04-checkout.md"
POLICY = {".github/closeout.yml": 'version: 1\ndocuments: ["postmortems/**/*.md"]\n'}


@pytest.fixture(autouse=True)
def acme(github: Sandbox) -> None:
    github.create_repository(REPOSITORY, POLICY)
    github.create_repository("acme/elsewhere")
    github.install("acme", [REPOSITORY])
    for login in ("ana", "ben", "gita"):
        github.grant(REPOSITORY, login, "write")


async def _merge(service: Service, github: Sandbox) -> None:
    github.edit_document(REPOSITORY, PATH, good_postmortem())
    await service.settled()


def _by_label(github: Sandbox, label: str) -> list[Issue]:
    return [issue for issue in github.issues(REPOSITORY) if label in github.labels(issue)]


def _posts(github: Sandbox, ending: str) -> int:
    return sum(1 for each in github.requests if each.method == "POST" and each.path.endswith(ending))


async def test_without_sub_issues_the_table_is_enough_and_they_are_tried_once_a_pass(
    service: Service, github: Sandbox
) -> None:
    github.world.features.sub_issues = False
    await _merge(service, github)
    (tracking,) = _by_label(github, POSTMORTEM_LABEL)
    assert all(f"#{each.number} {each.title}" in (tracking.body or "") for each in _by_label(github, ACTION_LABEL))
    assert _posts(github, "/sub_issues") <= 2
    before = _posts(github, "/sub_issues")
    await service.sweep()
    assert _posts(github, "/sub_issues") == before


async def test_a_command_that_was_carried_out_gets_a_reaction(service: Service, github: Sandbox) -> None:
    await _merge(service, github)
    comment = github.comment(_by_label(github, ACTION_LABEL)[0], "/reassign @gita", "ben")
    await service.settled()
    assert [each.content for each in reactions_to(github.world, "comment", comment.id)] == ["+1"]


async def test_a_reaction_that_is_refused_is_let_go(service: Service, github: Sandbox) -> None:
    await _merge(service, github)
    github.faults.answer(403, "POST", "*/reactions", times=100)
    issue = _by_label(github, ACTION_LABEL)[0]
    github.comment(issue, "/reassign @gita", "ben")
    await service.settled()
    assert github.assignees(issue) == ["gita"]
    assert await service.queue.parked() == []


async def test_an_archived_repository_is_left_alone_until_it_is_back(service: Service, github: Sandbox) -> None:
    github.archive(REPOSITORY)
    await service.sweep()
    assert github.issues(REPOSITORY) == []
    github.unarchive(REPOSITORY)
    await _merge(service, github)
    assert len(github.issues(REPOSITORY)) == 3


async def test_an_archived_repository_is_left_alone_by_its_alarms_too(service: Service, github: Sandbox) -> None:
    await _merge(service, github)
    (key,) = [each for each in service.alarms if each.startswith("repository/")]
    github.archive(REPOSITORY)
    await service.at(service.alarms[key] + timedelta(days=30))
    assert key not in service.alarms
    assert await service.queue.parked() == []
    github.unarchive(REPOSITORY)
    await service.settled()
    assert key in service.alarms


async def test_a_repository_without_issues_is_left_alone_until_it_has_them_again(
    service: Service, github: Sandbox
) -> None:
    await _merge(service, github)
    github.switch_issues(REPOSITORY, on=False)
    other = "postmortems/2026-05-05-search.md"
    github.edit_document(REPOSITORY, PATH, good_postmortem(headline="Another headline"))
    github.edit_document(REPOSITORY, other, good_postmortem(headline="Search failed", Incident="INC-7"))
    await service.settled()
    await service.at(service.clock() + timedelta(minutes=6))  # what it was about to open is not awaited any more
    assert service.held == set()
    github.switch_issues(REPOSITORY, on=True)
    await service.sweep()
    await service.at(service.clock() + timedelta(minutes=6))
    assert len(github.issues(REPOSITORY)) == 6
    assert {each.title for each in _by_label(github, POSTMORTEM_LABEL)} == {
        "Another headline (SEV-2)",
        "Search failed (SEV-2)",
    }


async def test_an_issue_that_was_moved_to_another_repository_is_not_opened_again(
    service: Service, github: Sandbox
) -> None:
    await _merge(service, github)
    github.transfer_issue(_by_label(github, ACTION_LABEL)[0], "acme/elsewhere")
    github.edit_document(REPOSITORY, PATH, good_postmortem(headline="Another headline"))
    await service.settled()
    await service.sweep()
    assert len(github.issues(REPOSITORY)) == 2
