"""A postmortem is merged, and what it promised lives on as issues: the real service against the sandbox."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.repository_facts import ACTION_LABEL, POSTMORTEM_LABEL
from app.sandbox.driver import Sandbox
from app.sandbox.world.issue_records import Issue
from tests.postmortems import good_postmortem
from tests.service.conftest import REPOSITORY, Service

PATH = "postmortems/2026-05-04-checkout.md"
POLICY = {".github/closeout.yml": 'version: 1\ndocuments: ["postmortems/**/*.md"]\n'}


@pytest.fixture(autouse=True)
def acme(github: Sandbox) -> None:
    github.create_repository(REPOSITORY, {**POLICY, "postmortems/2025-01-01-old.md": good_postmortem(Incident="OLD-1")})
    github.install("acme", [REPOSITORY])
    for login in ("ana", "ben", "gita"):
        github.grant(REPOSITORY, login, "write")


async def _merge(service: Service, github: Sandbox, text: str | None = None) -> None:
    github.edit_document(REPOSITORY, PATH, text or good_postmortem())
    await service.settled()


def _by_label(github: Sandbox, label: str) -> list[Issue]:
    return sorted(
        (issue for issue in github.issues(REPOSITORY) if label in github.labels(issue)), key=lambda each: each.number
    )


def _action(github: Sandbox, words: str) -> Issue:
    (found,) = [each for each in _by_label(github, ACTION_LABEL) if words in each.title]
    return found


async def test_a_merged_postmortem_becomes_a_tracking_issue_and_an_issue_for_each_item(
    service: Service, github: Sandbox
) -> None:
    await _merge(service, github)
    (tracking,) = _by_label(github, POSTMORTEM_LABEL)
    alert, retries = _by_label(github, ACTION_LABEL)
    assert tracking.title == "Checkout returned errors for 42 minutes (SEV-2)"
    assert github.assignees(alert) == ["ben"]
    assert set(github.labels(alert)) == {ACTION_LABEL, "P0"}
    assert github.due(alert) == date(2026, 5, 18)
    assert github.due(retries) == date(2026, 6, 1)
    assert f"#{alert.number}" in (tracking.body or "")
    assert {each.number for each in github.sub_issues(tracking)} == {alert.number, retries.number}


async def test_what_was_there_before_the_policy_is_left_alone(service: Service, github: Sandbox) -> None:
    await service.sweep()
    assert github.issues(REPOSITORY) == []


async def test_repeated_pushes_create_nothing(service: Service, github: Sandbox) -> None:
    await _merge(service, github)
    for number in range(5):
        github.edit_document(REPOSITORY, "README.md", f"# {number}\n")
        await service.settled()
    assert len(github.issues(REPOSITORY)) == 3
