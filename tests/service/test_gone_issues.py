"""People delete issues, move them away, or lock them: the others are followed up all the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.core.repository_facts import ACTION_LABEL, POSTMORTEM_LABEL
from app.sandbox.driver import Sandbox
from app.sandbox.world.issue_records import Issue
from tests.postmortems import ACTIONS, good_postmortem
from tests.service.conftest import REPOSITORY, Service

POLICY = """\
version: 1
documents: ["postmortems/**/*.md"]
managers: {default: dana}
calendar: {working_days: [mon, tue, wed, thu, fri, sat, sun], hours: "00:00-24:00"}
standup: {enabled: false}
"""
DOCUMENT = good_postmortem(actions=ACTIONS.replace("2026-05-18", "2027-05-10").replace("2026-06-01", "2027-05-10"))
MERGED = datetime(2027, 5, 3, 8, tzinfo=UTC)
EVE = datetime(2027, 5, 7, 23, tzinfo=UTC)
"""The evening before the first notices that something is due."""


@pytest.fixture(autouse=True)
async def acme(github: Sandbox, service: Service) -> None:
    service.clock.set(MERGED)
    github.create_repository(REPOSITORY, {".github/closeout.yml": POLICY})
    github.create_repository("acme/other", {"README.md": "x"})
    github.install("acme", [REPOSITORY])
    for login in ("ana", "ben", "gita", "dana"):
        github.grant(REPOSITORY, login, "write")
    github.edit_document(REPOSITORY, "postmortems/2026-05-04-checkout.md", DOCUMENT)
    await service.settled()
    await service.at(EVE)
    await service.sweep()


def _by_label(github: Sandbox, label: str) -> list[Issue]:
    return [each for each in github.issues(REPOSITORY) if label in github.labels(each)]


def _notices(github: Sandbox, issue: Issue) -> list[str]:
    return [each.body for each in github.comments(issue) if github.author(each) == "closeout[bot]"]


@pytest.mark.parametrize("how", ["deleted", "moved"])
async def test_an_issue_that_is_gone_keeps_no_other_from_its_notice(
    service: Service, github: Sandbox, how: str
) -> None:
    gone, other = _by_label(github, ACTION_LABEL)
    if how == "deleted":
        github.delete_issue(gone)
    else:
        github.transfer_issue(gone, "acme/other")
    await service.at(EVE + timedelta(hours=2))
    assert len(_notices(github, other)) == 1
    assert len(github.issues(REPOSITORY)) == 2
    assert service.held == set()


async def test_an_issue_that_goes_just_before_its_comment_keeps_no_other_from_its_notice(
    service: Service, github: Sandbox
) -> None:
    gone, other = _by_label(github, ACTION_LABEL)
    github.faults.answer(410, "POST", f"*/issues/{gone.number}/comments", times=1)
    await service.at(EVE + timedelta(hours=2))
    assert len(_notices(github, other)) == 1
    assert service.held == set()


async def test_comments_that_cannot_be_found_do_not_make_their_issue_gone(service: Service, github: Sandbox) -> None:
    github.faults.answer(404, "GET", "*/issues/*/comments", times=2)
    await service.at(EVE + timedelta(hours=2))
    assert [len(_notices(github, each)) for each in _by_label(github, ACTION_LABEL)] == [1, 1]
    assert len(_by_label(github, POSTMORTEM_LABEL)) == 1
