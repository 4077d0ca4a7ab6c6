"""What people say while the service is down is heard once it is up again, also on issues that are closed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.core.ledger import Ledger
from app.core.promise import Promise
from app.core.records import record_of
from app.core.repository_facts import ACTION_LABEL, INSUFFICIENT_LABEL, POSTMORTEM_LABEL
from app.sandbox.driver import Sandbox
from app.sandbox.world.issue_records import Issue
from tests.postmortems import ACTIONS, good_postmortem
from tests.service.conftest import REPOSITORY, Service, running

DUE = (datetime.now(UTC).date() + timedelta(days=60)).isoformat()
DOCUMENT = good_postmortem(actions=ACTIONS.replace("2026-05-18", DUE).replace("2026-06-01", DUE)).replace(
    "Priority: P1", "Priority: P2"
)
POLICY = """\
version: 1
documents: ["postmortems/**/*.md"]
calendar: {working_days: [mon, tue, wed, thu, fri, sat, sun], hours: "00:00-24:00"}
standup: {enabled: false}
"""


@pytest.fixture(autouse=True)
async def all_is_done(github: Sandbox, service: Service) -> None:
    github.create_repository(REPOSITORY, {".github/closeout.yml": POLICY})
    github.install("acme", [REPOSITORY])
    for login in ("ana", "ben", "gita"):
        github.grant(REPOSITORY, login, "write")
    github.edit_document(REPOSITORY, "postmortems/2026-05-04-checkout.md", DOCUMENT)
    await service.settled()
    github.comment(_second_action(github), "done, see the dashboard", "ben")
    github.close_issue(_second_action(github), by="ben")
    github.close_issue(_tracking(github), by="ana")
    await service.settled()


def _second_action(github: Sandbox) -> Issue:
    return [each for each in github.issues(REPOSITORY) if ACTION_LABEL in github.labels(each)][1]


def _tracking(github: Sandbox) -> Issue:
    (found,) = [each for each in github.issues(REPOSITORY) if POSTMORTEM_LABEL in github.labels(each)]
    return found


def _writes(github: Sandbox) -> int:
    return sum(1 for each in github.requests if each.method != "GET" and "/access_tokens" not in each.path)


async def test_commands_said_on_closed_issues_in_the_meantime_are_carried_out(
    service: Service, github: Sandbox, tmp_path: Path
) -> None:
    other = github.open_issue(REPOSITORY, "New incident", "x")
    await service.quiet()
    await service.stop()
    service.clock.forward(days=3)
    github.comment(_tracking(github), f"/recurrence yes #{other.number}", "ana")
    github.comment(_second_action(github), "/verified fail it fell over", "ana")
    service.clock.forward(days=3)
    github.comment(other, "something else happens later", "ben")
    async with running(github, tmp_path / "queue.db", service.clock) as again:
        await again.sweep()
        await again.quiet()
    ledger, promise = (record_of(each.body or "") for each in (_tracking(github), _second_action(github)))
    assert isinstance(ledger, Ledger)
    assert isinstance(promise, Promise)
    assert [(each.happened, each.issue) for each in ledger.recurrences] == [(True, other.number)]
    assert INSUFFICIENT_LABEL in github.labels(_tracking(github))
    assert promise.verdict is not None


async def test_a_restart_carries_out_nothing_twice(service: Service, github: Sandbox, tmp_path: Path) -> None:
    other = github.open_issue(REPOSITORY, "New incident", "x")
    github.comment(_tracking(github), f"/recurrence yes #{other.number}", "ana")
    github.comment(_second_action(github), "/verified fail it fell over", "ana")
    await service.quiet()
    await service.stop()
    before = _writes(github)
    async with running(github, tmp_path / "queue.db", service.clock) as again:
        await again.sweep()
        await again.quiet()
    assert _writes(github) == before
