"""A person with an open P0 opens a postmortem's pull request: its check says so, and asks for little to know it."""

from __future__ import annotations

import pytest

from app.core.effects import DOCUMENT_CHECK
from app.sandbox.api.exchange import Exchange
from app.sandbox.driver import Sandbox
from app.sandbox.world.issue_records import Issue
from app.sandbox.world.records import Pull
from tests.postmortems import good_postmortem
from tests.service.conftest import REPOSITORY, Service
from tests.service.documents import CREDIT, GOOD, PATH, POLICY, POLICY_PATH

EARLIER = "postmortems/2026-05-04-checkout.md"
NOTE = "A P0 comes before all other work"


@pytest.fixture(autouse=True)
def acme(github: Sandbox) -> None:
    """Ben owes a P0 from an earlier postmortem, and Gita a P1."""
    github.create_repository(REPOSITORY, {POLICY_PATH: POLICY, "README.md": "# Postmortems\n"})
    github.install("acme", [REPOSITORY])
    for login in ("ana", "bo", "ben", "gita"):
        github.grant(REPOSITORY, login, "write")


async def _merged(service: Service, github: Sandbox) -> Issue:
    """The issue of the P0."""
    github.edit_document(REPOSITORY, EARLIER, good_postmortem())
    await service.settled()
    (found,) = [each for each in github.issues(REPOSITORY) if "Alert" in each.title]
    return found


async def _open(service: Service, github: Sandbox, author: str, files: dict[str, str] | None = None) -> Pull:
    pull = github.open_pull(
        REPOSITORY, f"by-{author}", files=dict(files or {PATH: GOOD}), author=author, message=CREDIT
    )
    await service.settled()
    return pull


async def _summary(service: Service, github: Sandbox, pull: Pull) -> str:
    run = (await service.checks(pull.head_sha))[DOCUMENT_CHECK]
    assert run.conclusion == "success"
    return run.output.summary or ""


async def _again(service: Service, github: Sandbox, pull: Pull) -> list[Exchange]:
    """What one more pass over a pull request asks."""
    installation = next(iter(github.world.installations))
    before = len(github.requests)
    await service.queue.mark(f"pull/{installation}/{github.world.repository(REPOSITORY).id}/{pull.number}")
    await service.settled()
    return [each for each in github.requests[before:] if not each.path.endswith("/access_tokens")]


def _lists(requests: list[Exchange]) -> list[Exchange]:
    return [each for each in requests if each.path.endswith("/issues") and "assignee" in each.query]


async def test_the_check_names_the_p0_its_deadline_and_how_late_it_is(service: Service, github: Sandbox) -> None:
    alert = await _merged(service, github)
    summary = await _summary(service, github, await _open(service, github, "ben"))
    assert NOTE in summary
    assert f"/issues/{alert.number}) Alert when the connection pool" in summary
    assert "due on 2026-05-18, " in summary
    assert "working days late" in summary


def _linking(number: int) -> str:
    """A postmortem whose P0 is an issue that people opened."""
    return good_postmortem(
        actions=f"- [ ] Alert when the connection pool is above 80 % (#{number})\n  - Owner: @ben\n"
        "  - Deadline: 2026-05-18\n  - Priority: P0\n  - Success criterion: the load test passes"
    )


async def test_a_p0_on_an_issue_that_people_opened_counts_like_any_other(service: Service, github: Sandbox) -> None:
    linked = github.open_issue(REPOSITORY, "We should alert on the pool", author="gita")
    github.edit_document(REPOSITORY, EARLIER, _linking(linked.number))
    await service.settled()
    assert github.assignees(linked) == ["ben"]
    summary = await _summary(service, github, await _open(service, github, "ben"))
    assert NOTE in summary
    assert f"/issues/{linked.number}) We should alert on the pool: due on 2026-05-18, " in summary


async def test_a_record_that_no_ledger_names_is_anybodys_word(service: Service, github: Sandbox) -> None:
    alert = await _merged(service, github)
    forged = github.open_issue(REPOSITORY, "Mine", body=alert.body or "", author="gita")
    github.assign(forged, "bo")
    await service.settled()
    assert NOTE not in await _summary(service, github, await _open(service, github, "bo"))


async def test_others_are_told_nothing(service: Service, github: Sandbox) -> None:
    await _merged(service, github)
    assert NOTE not in await _summary(service, github, await _open(service, github, "gita"))


async def test_the_label_may_be_gone_and_the_assignee_counts(service: Service, github: Sandbox) -> None:
    alert = await _merged(service, github)
    github.remove_label(alert, "P0")
    github.unassign(alert, "ben")
    github.assign(alert, "gita")
    await service.settled()
    assert NOTE not in await _summary(service, github, await _open(service, github, "ben"))
    assert NOTE in await _summary(service, github, await _open(service, github, "gita"))


async def test_the_next_pass_takes_it_back_once_the_p0_is_done(service: Service, github: Sandbox) -> None:
    alert = await _merged(service, github)
    pull = await _open(service, github, "ben")
    assert NOTE in await _summary(service, github, pull)
    github.close_issue(alert, "ben")
    await service.settled()
    await _again(service, github, pull)
    assert NOTE not in await _summary(service, github, pull)


async def test_a_settled_pass_costs_one_request_more_that_is_not_modified(service: Service, github: Sandbox) -> None:
    await _merged(service, github)
    pull = await _open(service, github, "ben")
    await _again(service, github, pull)
    asked = await _again(service, github, pull)
    assert [each.status for each in _lists(asked)] == [304]
    assert not [each for each in asked if each.method != "GET"]


async def test_a_pull_request_without_a_postmortem_asks_nothing(service: Service, github: Sandbox) -> None:
    await _merged(service, github)
    before = len(github.requests)
    await _open(service, github, "ben", {"README.md": "# Hello\n"})
    assert _lists(github.requests[before:]) == []


async def test_where_issues_are_switched_off_the_check_goes_on(service: Service, github: Sandbox) -> None:
    github.switch_issues(REPOSITORY, on=False)
    assert NOTE not in await _summary(service, github, await _open(service, github, "ben"))
