"""What GitHub refuses about one issue is set aside for the pass, with all that is about it, and with nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.core.keys import RepositoryKey, format_key
from app.core.repository_facts import ACTION_LABEL, POSTMORTEM_LABEL
from app.github.errors import Refused
from app.queue import Claim, Done
from app.sandbox.api.front import Exchange
from bench.follow_up import REPOSITORY, Scene, scene

DUE = datetime(2026, 12, 1, 9, tzinfo=UTC)  # a Tuesday
OVERDUE = DUE + timedelta(days=1)


def _document(items: int) -> str:
    return "# Postmortem: Checkout failed\n\n- Incident: INC-1\n- Date: 2026-11-20\n\n## Action items\n" + "\n".join(
        f"- Alert on symptom {number}. Owner: @ana. Due: {DUE:%Y-%m-%d}. Priority: P1. Success criterion: it fires."
        for number in range(items)
    )


async def _pass(played: Scene) -> datetime:
    installation = next(iter(played.github.world.installations))
    key = format_key(RepositoryKey(installation, played.github.world.repository(REPOSITORY).id))
    outcome = await played.reconciler(Claim(key, again=False, attempts=0, last=False))
    assert isinstance(outcome, Done)
    assert outcome.wake_at is not None
    return outcome.wake_at


async def _merge(played: Scene, items: int) -> None:
    played.github.edit_document(REPOSITORY, "postmortems/1.md", _document(items))
    while len(list(played.github.issues(REPOSITORY))) <= items:
        await played.passes()
        played.pause(minutes=6)
    await played.passes()


def _refused(played: Scene) -> list[Exchange]:
    return [each for each in played.github.requests if each.status == 403]


async def test_it_is_tried_again_in_an_hour() -> None:
    async with scene() as played:
        await _merge(played, 1)
        played.github.faults.answer(403, "POST", "*/comments", times=100)
        played.clock.now = OVERDUE
        assert await _pass(played) == played.clock.now + timedelta(hours=1)
        assert len(_refused(played)) == 1


async def test_what_time_brings_before_that_is_not_missed() -> None:
    async with scene() as played:
        await _merge(played, 1)
        played.github.edit_document(REPOSITORY, "postmortems/1.md", _document(1).replace("it fires", "it fires twice"))
        played.github.faults.answer(403, "PATCH", "*/issues/*", times=100)
        played.clock.now = OVERDUE - timedelta(minutes=30)
        assert await _pass(played) == OVERDUE
        assert _refused(played)


async def test_nothing_else_about_the_same_issue_is_written() -> None:
    async with scene() as played:
        await _merge(played, 1)
        played.clock.now = DUE - timedelta(days=1)
        await _pass(played)
        played.github.faults.answer(403, "POST", "*/comments", times=100)
        played.clock.now = OVERDUE
        before = len(played.github.requests)
        await _pass(played)
        writes = [each for each in played.github.requests[before:] if each.method != "GET" and "comments" in each.path]
        assert [(each.method, each.status) for each in writes] == [("POST", 403)], "the former notice is not folded"


async def test_more_than_ten_refusals_are_not_about_single_issues() -> None:
    async with scene() as played:
        await _merge(played, 15)
        played.github.faults.answer(403, "POST", "*/comments", times=100)
        played.clock.now = OVERDUE
        with pytest.raises(Refused):
            await _pass(played)
        assert len(_refused(played)) == 11


async def test_an_issue_that_cannot_be_opened_keeps_no_other_from_it() -> None:
    async with scene() as played:
        github = played.github

        def refuse_the_second(each: Exchange) -> None:
            if (each.method, each.status) == ("POST", 201) and each.path.endswith("/issues") and not _refused(played):
                github.faults.answer(403, "POST", "*/issues", times=1)

        github.on_exchange(refuse_the_second)
        github.edit_document(REPOSITORY, "postmortems/1.md", _document(3))
        await _pass(played)
        opened = [each for each in github.issues(REPOSITORY) if ACTION_LABEL in github.labels(each)]
        assert len(opened) == 2


async def test_one_that_cannot_be_put_below_keeps_no_other_from_it() -> None:
    async with scene() as played:
        github = played.github
        github.faults.answer(403, "POST", "*/sub_issues", times=1)
        github.edit_document(REPOSITORY, "postmortems/1.md", _document(3))
        await _pass(played)
        (tracking,) = [each for each in github.issues(REPOSITORY) if POSTMORTEM_LABEL in github.labels(each)]
        assert len(github.sub_issues(tracking)) == 2
