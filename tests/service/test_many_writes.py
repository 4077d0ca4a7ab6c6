"""What is much to write comes in passes of forty writes, and keeps no other repository waiting."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.keys import RepositoryKey, format_key
from app.core.repository_facts import ACTION_LABEL, POSTMORTEM_LABEL
from app.queue import Claim, Done
from app.sandbox.driver import Sandbox
from app.sandbox.world.issue_records import Issue
from bench.follow_up import POLICY, REPOSITORY, Scene, postmortem, scene
from tests.service.conftest import Service

OTHER = "acme/incidents"
ITEMS = 60
FEWER = 25


def _key(github: Sandbox, name: str = REPOSITORY) -> str:
    installation = next(iter(github.world.installations))
    return format_key(RepositoryKey(installation, github.world.repository(name).id))


async def _pass(played: Scene) -> Done:
    outcome = await played.reconciler(Claim(_key(played.github), again=False, attempts=0, last=False))
    assert isinstance(outcome, Done)
    return outcome


def _is_unfinished(outcome: Done, played: Scene) -> bool:
    """Whether a pass is to be followed by another at once, and not only when time asks for something."""
    return outcome.wake_at is not None and outcome.wake_at <= played.clock.now


def _writes(github: Sandbox, name: str = REPOSITORY) -> list[str]:
    return [
        each.path
        for each in github.requests
        if each.method != "GET" and each.path.startswith(f"/repos/{name}/") and not each.path.endswith("/reactions")
    ]


def _by_label(github: Sandbox, label: str, name: str = REPOSITORY) -> list[Issue]:
    return [each for each in github.issues(name) if label in github.labels(each)]


async def test_a_pass_stops_after_forty_writes_and_comes_back_at_once() -> None:
    async with scene() as played:
        played.merge(1, items=ITEMS)
        outcome = await _pass(played)
        assert len(_writes(played.github)) == 40
        assert outcome.wake_at is not None
        assert outcome.wake_at <= played.clock.now


async def test_it_goes_on_until_all_is_written_and_writes_nothing_twice() -> None:
    async with scene() as played:
        played.merge(1, items=ITEMS)
        passes = 1
        while _is_unfinished(await _pass(played), played):
            passes += 1
            played.pause(minutes=6)
        assert passes >= 4
        assert len(_by_label(played.github, POSTMORTEM_LABEL)) == 1
        titles = [each.title for each in _by_label(played.github, ACTION_LABEL)]
        assert len(titles) == len(set(titles)) == ITEMS
        played.pause(minutes=6)
        before = len(_writes(played.github))
        await _pass(played)
        assert len(_writes(played.github)) == before


async def test_passes_that_follow_at_once_wait_for_the_lists_and_create_nothing_twice() -> None:
    async with scene() as played:
        played.merge(1, items=ITEMS)
        await played.passes()
        titles = [each.title for each in _by_label(played.github, ACTION_LABEL)]
        assert len(titles) == len(set(titles)) == ITEMS


async def test_a_pass_that_takes_more_rounds_than_it_may_goes_on_in_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.following_up.MOST_ROUNDS", 2)
    async with scene() as played:
        played.merge(1, items=3)
        passes = 1
        while (await _pass(played)).wake_at == played.clock.now + timedelta(minutes=1):
            passes += 1
            played.pause(minutes=1)
        assert passes > 1
        writes = len(_writes(played.github))
        assert len(_by_label(played.github, ACTION_LABEL)) == 3
        played.pause(minutes=6)
        assert not _is_unfinished(await _pass(played), played)
        assert len(_writes(played.github)) == writes


async def test_another_repository_does_not_wait_until_a_large_one_is_finished(
    service: Service, github: Sandbox
) -> None:
    for name in (REPOSITORY, OTHER):
        github.create_repository(name, {".github/closeout.yml": POLICY})
    github.install("acme", [REPOSITORY, OTHER])
    for login in ("ana", "ben", "gita"):
        github.grant(REPOSITORY, login, "write")
        github.grant(OTHER, login, "write")
    github.edit_document(REPOSITORY, "postmortems/1.md", postmortem(1, FEWER))
    github.edit_document(OTHER, "postmortems/1.md", postmortem(1, 3))
    await service.settled()
    order = [each.path for each in github.requests if each.method != "GET" and "/repos/" in each.path]
    of_other = [place for place, path in enumerate(order) if path.startswith(f"/repos/{OTHER}/")]
    assert of_other
    assert max(of_other) < len(order) - FEWER
    assert len(_by_label(github, ACTION_LABEL)) == FEWER
    assert len(_by_label(github, ACTION_LABEL, OTHER)) == 3
