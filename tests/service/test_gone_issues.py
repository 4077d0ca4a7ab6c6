"""People delete issues, move them away, or lock them: the others are followed up all the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.core.repository_facts import ACTION_LABEL, POSTMORTEM_LABEL
from app.sandbox.api.exchange import Exchange
from app.sandbox.driver import Sandbox
from app.sandbox.world.issue_records import Issue
from bench.follow_up import postmortem, scene
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


async def test_a_milestone_that_goes_just_before_it_is_closed_fails_no_pass() -> None:
    async with scene() as played:
        github = played.github
        played.merge(1, items=2)
        await played.passes()
        played.pause(minutes=6)
        for each in _by_label(github, ACTION_LABEL):
            github.close_issue(each)

        def remove_milestones(each: Exchange) -> None:
            if each.method == "PATCH" and "/milestones/" in each.path:
                for milestone in github.milestones(REPOSITORY):
                    github.delete_milestone(milestone)

        github.on_exchange(remove_milestones)
        await played.passes()
        closing = [each for each in github.requests if each.method == "PATCH" and "/milestones/" in each.path]
        assert [each.status for each in closing] == [200, 404]
        assert "2 of 2 done" in str(_by_label(github, POSTMORTEM_LABEL)[0].body)


async def test_an_issue_that_goes_just_before_it_is_put_below_keeps_no_other_from_it() -> None:
    async with scene() as played:
        github = played.github

        def remove_the_first(each: Exchange) -> None:
            actions = _by_label(github, ACTION_LABEL)
            if each.method == "POST" and actions and actions[0].title.startswith("Write the runbook"):
                github.delete_issue(actions[0])

        github.on_exchange(remove_the_first)
        undated = (
            "- Write the runbook. Owner: @ana. Success criterion: somebody else follows it.\n- Alert on symptom 1-0"
        )
        github.edit_document(
            REPOSITORY, "postmortems/1.md", postmortem(1, 1).replace("- Alert on symptom 1-0", undated)
        )
        await played.passes()
        assert [each.status for each in github.requests if each.path.endswith("/sub_issues")] == [404, 201]
        (tracking,) = _by_label(github, POSTMORTEM_LABEL)
        assert [each.title for each in github.sub_issues(tracking)] == ["Alert on symptom 1-0 of checkout"]
        played.pause(minutes=6)
        await played.passes()
        assert len(_by_label(github, ACTION_LABEL)) == 1


@pytest.mark.parametrize("status", [403, 413, 422])
async def test_an_issue_that_github_refuses_keeps_no_other_from_its_notice(
    service: Service, github: Sandbox, status: int
) -> None:
    locked, other = _by_label(github, ACTION_LABEL)
    github.faults.answer(status, "POST", f"*/issues/{locked.number}/comments", times=100)
    refused = 100 - github.faults.waiting
    await service.at(EVE + timedelta(hours=2))
    assert 100 - github.faults.waiting == refused + 1, "it is tried once in a pass"
    assert (len(_notices(github, locked)), len(_notices(github, other))) == (0, 1)
    assert service.held == set()


async def test_what_github_refused_is_written_an_hour_later_and_once(service: Service, github: Sandbox) -> None:
    locked, other = _by_label(github, ACTION_LABEL)
    github.faults.answer(403, "POST", f"*/issues/{locked.number}/comments", times=1)
    await service.at(EVE + timedelta(hours=2))
    assert _notices(github, locked) == []
    await service.at(EVE + timedelta(hours=3, minutes=1))
    await service.at(EVE + timedelta(hours=5))
    assert (len(_notices(github, locked)), len(_notices(github, other))) == (1, 1)


async def test_others_are_heard_while_one_is_refused(service: Service, github: Sandbox) -> None:
    locked, other = _by_label(github, ACTION_LABEL)
    github.faults.answer(403, "POST", f"*/issues/{locked.number}/comments", times=1000)
    await service.at(EVE + timedelta(hours=2))
    service.clock.forward(minutes=6)
    github.comment(other, "/reassign @ana", "gita")
    await service.settled()
    assert github.assignees(other) == ["ana"]


async def test_a_repository_that_refuses_everything_is_not_asked_without_end(service: Service, github: Sandbox) -> None:
    github.faults.answer(403, "POST", "*/issues*", times=10_000)
    github.faults.answer(403, "PATCH", "*/issues*", times=10_000)
    before = len(github.requests)
    github.edit_document(REPOSITORY, "postmortems/2026-05-05-more.md", DOCUMENT)
    await service.at(EVE + timedelta(hours=2))
    refused = [each for each in github.requests[before:] if each.method in {"POST", "PATCH"}]
    assert 0 < len(refused) < 60
