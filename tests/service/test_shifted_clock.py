"""The real process under a system clock that is shifted by libfaketime: what is due comes once, restarted or not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.core.repository_facts import ACTION_LABEL, POSTMORTEM_LABEL
from app.demo.clock import StoryClock
from app.demo.service import running_service
from app.demo.story import service_environment
from app.sandbox.driver import Sandbox
from app.sandbox.world.issue_records import Comment, Issue
from tests.service import overdue_p0
from tests.service.conftest import REPOSITORY
from tests.service.overdue_p0 import DOCUMENT, MERGED, OPENING, PATH

LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
PATIENCE = 60  # seconds; a busy machine starts a process slowly
POLICY = f"{overdue_p0.POLICY}standup: {{enabled: false}}\n"
RETURN = datetime(2027, 6, 4, 9, tzinfo=UTC)
A_MOMENT = timedelta(seconds=3)

pytestmark = pytest.mark.skipif(not LIBRARIES, reason="libfaketime is not installed")


@pytest.fixture
def clock(github: Sandbox, tmp_path: Path) -> StoryClock:
    """The sandbox's clock, whose file is also what libfaketime goes by."""
    clock = StoryClock(tmp_path / "clock")
    clock.set(MERGED)
    github.world.clock = clock
    overdue_p0.install(github, POLICY)
    clock.set(MERGED + timedelta(minutes=1))
    github.edit_document(REPOSITORY, PATH, DOCUMENT)
    return clock


@pytest.fixture
def environment(github: Sandbox, clock: StoryClock, tmp_path: Path) -> Mapping[str, str]:
    """That of a service whose system clock is shifted; its timers are not."""
    return {
        **service_environment(github, tmp_path),
        "LD_PRELOAD": str(LIBRARIES[0]),
        "FAKETIME_TIMESTAMP_FILE": str(clock.file),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


async def _until(github: Sandbox, is_so: Callable[[], bool]) -> None:
    changed = asyncio.Event()
    github.on_exchange(lambda _exchange: changed.set())
    async with asyncio.timeout(PATIENCE):
        while not is_so():
            changed.clear()
            await changed.wait()


async def _looked(github: Sandbox, before: int) -> None:
    """Return when the service has listed the repository's issues, after so many requests."""
    await _until(github, lambda: any(each.path.endswith("/issues") for each in github.requests[before:]))


def _lose_queue(folder: Path) -> None:
    for file in folder.glob("queue.db*"):
        file.unlink()


def _reason(body: str) -> str:
    return "escalated, folded" if "and the manager was told" in body else "escalated again" * ("still open" in body)


def _labelled(github: Sandbox, label: str) -> list[Issue]:
    return [each for each in github.issues(REPOSITORY) if label in github.labels(each)]


def _said(github: Sandbox, words: str) -> list[Comment]:
    """Comments of Closeout's with those words."""
    comments = (each for issue in github.issues(REPOSITORY) for each in github.comments(issue))
    return [each for each in comments if words in each.body and github.author(each) == "closeout[bot]"]


async def test_an_escalation_and_a_return_come_once_at_the_opening_restarted_or_not(
    github: Sandbox, clock: StoryClock, environment: Mapping[str, str], tmp_path: Path
) -> None:
    async with running_service(environment, tmp_path / "1.log") as service:
        await _until(github, lambda: len(_labelled(github, ACTION_LABEL)) == 1)
        await service.idle(PATIENCE)

    clock.set(OPENING - A_MOMENT)
    async with running_service(environment, tmp_path / "2.log") as service:
        await _until(github, lambda: bool(_said(github, "@dana, @ben: this P0 is 1 working day late")))
        await service.idle(PATIENCE)
        (escalation,) = _said(github, "working day late")
        assert OPENING <= escalation.created_at < OPENING + timedelta(minutes=1)

    _lose_queue(tmp_path)
    async with running_service(environment, tmp_path / "3.log") as service:
        await _looked(github, len(github.requests))
        await service.idle(PATIENCE)
        github.deliver_to(f"{service.address}/webhook")
        clock.set(RETURN - A_MOMENT)
        (tracking,) = _labelled(github, POSTMORTEM_LABEL)
        github.comment(tracking, "Is it over?", "ana")
        await _until(github, lambda: bool(_said(github, "30 days have passed")))
        await service.idle(PATIENCE)
        (returned,) = _said(github, "30 days have passed")
        assert RETURN <= returned.created_at < RETURN + timedelta(minutes=1)

    async with running_service(environment, tmp_path / "4.log") as service:
        await _looked(github, len(github.requests))
        await service.idle(PATIENCE)
    (action,) = _labelled(github, ACTION_LABEL)
    assert [_reason(each.body) for each in github.comments(action)] == ["escalated, folded", "escalated again"]
    assert len(_said(github, "30 days have passed")) == 1
