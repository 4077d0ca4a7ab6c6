"""What GitHub refuses about one issue is set aside for the pass, with all that is about it, and with nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.core.keys import RepositoryKey, format_key
from app.core.repository_facts import ACTION_LABEL, POSTMORTEM_LABEL
from app.github.errors import Refused
from app.queue import Claim, Done
from app.sandbox.api.exchange import Exchange
from app.sandbox.world.issue_records import Issue
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


async def test_what_is_told_elsewhere_does_not_wait_for_a_conversation_that_is_locked() -> None:
    async with scene() as played:
        github = played.github
        await _merge(played, 2)
        locked, other = (_issue(played, f"symptom {number}") for number in range(2))
        github.faults.answer(403, "POST", f"*/issues/{locked.number}/comments", times=100)
        github.edit_document(REPOSITORY, "postmortems/1.md", _without_item(2, 0))
        await _settle(played)
        github.comment(_tracking(played), "/verified pass https://ci.example/7", "ana")
        github.close_issue(other)
        await _settle(played)
        body = _body(_tracking(played))
        assert "**Passed.** https://ci.example/7" in body
        assert f"✅ done | #{other.number}" in body


async def test_what_was_refused_is_said_once_it_may_be() -> None:
    async with scene() as played:
        await _merge(played, 2)
        item = _issue(played, "symptom 0")
        played.github.faults.answer(403, "POST", f"*/issues/{item.number}/comments", times=1)
        played.github.edit_document(REPOSITORY, "postmortems/1.md", _without_item(2, 0))
        await _settle(played)
        assert ["no longer has this action item" in each.body for each in played.github.comments(item)] == [True]


async def test_an_edit_that_was_refused_is_made_once_it_may_be() -> None:
    async with scene() as played:
        await _merge(played, 2)
        item = _issue(played, "symptom 0")
        played.github.faults.answer(403, "PATCH", f"*/issues/{item.number}", times=1)
        edited = _document(2).replace("symptom 1", "symptom 1 and 2").replace("it fires", "it fires twice")
        played.github.edit_document(REPOSITORY, "postmortems/1.md", edited)
        await _pass(played)
        assert "symptom 1 and 2" in _body(_tracking(played))
        assert "it fires twice" not in _body(_issue(played, "symptom 0"))
        await _settle(played)
        assert "it fires twice" in _body(_issue(played, "symptom 0"))
        assert len(list(played.github.issues(REPOSITORY))) == 3


async def test_a_reply_that_was_refused_comes_once_it_may() -> None:
    async with scene() as played:
        await _merge(played, 1)
        tracking = _tracking(played)
        played.github.faults.answer(403, "POST", f"*/issues/{tracking.number}/comments", times=1)
        played.github.comment(tracking, "/extend someday", "ana")
        played.github.comment(tracking, "/verified pass https://ci.example/7", "ana")
        await _pass(played)
        assert "**Passed.** https://ci.example/7" in _body(_tracking(played))
        assert len(played.github.comments(tracking)) == 2
        await _settle(played)
        assert len(played.github.comments(tracking)) == 3


def _without_item(items: int, number: int) -> str:
    return "\n".join(line for line in _document(items).splitlines() if f"symptom {number}." not in line)


def _body(issue: Issue) -> str:
    return issue.body or ""


def _issue(played: Scene, words: str) -> Issue:
    return next(each for each in played.github.issues(REPOSITORY) if words in each.title)


def _tracking(played: Scene) -> Issue:
    (found,) = [each for each in played.github.issues(REPOSITORY) if POSTMORTEM_LABEL in played.github.labels(each)]
    return found


async def _settle(played: Scene) -> None:
    for _ in range(3):
        await played.passes()
        played.pause(minutes=61)
