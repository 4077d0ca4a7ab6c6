"""What every engine promises of passes that fail: growing waits, a last attempt, parking and release."""

from __future__ import annotations

import asyncio

import pytest
from structlog.testing import capture_logs

from app.queue import Done, QueueDepth
from app.queue.backoff import Backoff
from tests.queue.scene import KEY, OTHER, START, OpenEngine, after, at_work


async def test_a_failed_key_is_retried_after_growing_waits(engine: OpenEngine) -> None:
    async with at_work(engine, chance=0.5, backoff=Backoff(base=4)) as scene:
        await scene.queue.mark(KEY)
        for failures, wait in enumerate((2, 8, 32)):
            assert (await scene.run(KEY, RuntimeError("502"))).attempts == failures
            await scene.advance(seconds=wait - 0.1)
            assert await scene.nothing_begins()
            await scene.advance(seconds=0.1)
        assert (await scene.begun()).attempts == 3


async def test_a_failure_that_repeats_is_logged_at_a_growing_distance_and_another_reason_at_once(
    engine: OpenEngine,
) -> None:
    async with at_work(engine, chance=0.9, backoff=Backoff(attempts=50, longest=20)) as scene:
        with capture_logs() as logged:
            await scene.queue.mark(KEY)
            for _ in range(40):
                await scene.run(KEY, RuntimeError("502"))
                await scene.advance(seconds=20)
            await scene.run(KEY, RuntimeError("503"))
            await scene.advance(seconds=20)
            await scene.run(KEY, Done(after(days=1)))
            await scene.advance(days=1)
            await scene.run(KEY, RuntimeError("503"))
    told = [(entry["attempts"], entry["reason"][-3:]) for entry in logged if entry["event"] == "pass failed"]
    assert told == [(1, "502"), (4, "502"), (10, "502"), (22, "502"), (41, "503"), (1, "503")]


async def test_a_success_forgets_the_failures(engine: OpenEngine) -> None:
    async with at_work(engine, chance=0.0) as scene:
        await scene.queue.mark(KEY)
        await scene.run(KEY, RuntimeError("502"))
        assert (await scene.run(KEY, Done(after(days=1)))).attempts == 1
        await scene.advance(days=1)
        assert (await scene.begun()).attempts == 0


async def test_a_mark_ends_the_wait_after_a_failure_and_forgets_the_failures(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        await scene.queue.mark(KEY)
        await scene.run(KEY, RuntimeError("a document that broke us"))
        assert await scene.nothing_begins()
        await scene.queue.mark(KEY)
        assert (await scene.begun()).attempts == 0


async def test_the_last_attempt_is_announced_and_its_failure_parks_the_key(engine: OpenEngine) -> None:
    async with at_work(engine, chance=0.0, backoff=Backoff(attempts=3)) as scene:
        await scene.queue.mark(KEY)
        lasts = [(await scene.run(KEY, RuntimeError("502"))).last for _ in range(3)]
        assert lasts == [False, False, True]
        await scene.advance(days=365)
        assert await scene.nothing_begins()
        assert await scene.queue.depth() == QueueDepth(due=0, waiting=0, parked=1)
        (parked,) = await scene.queue.parked()
        assert (parked.key, parked.reason, parked.since, parked.attempts) == (KEY, "RuntimeError: 502", START, 3)


async def test_a_mark_during_the_last_attempt_keeps_the_key_from_parking(engine: OpenEngine) -> None:
    async with at_work(engine, backoff=Backoff(attempts=1)) as scene:
        await scene.queue.mark(KEY)
        assert (await scene.begun()).last
        await scene.queue.mark(KEY)
        await scene.end(KEY, RuntimeError("502"))
        assert (await scene.begun()).attempts == 0
        assert await scene.queue.parked() == []


async def test_a_mark_brings_a_parked_key_back_with_all_its_attempts(engine: OpenEngine) -> None:
    async with at_work(engine, backoff=Backoff(attempts=1)) as scene:
        await scene.queue.mark(KEY)
        await scene.run(KEY, RuntimeError("502"))
        await scene.queue.mark(KEY, after(minutes=1))
        assert await scene.queue.parked() == []
        assert await scene.nothing_begins()
        await scene.advance(minutes=1)
        assert (await scene.begun()).attempts == 0


async def test_release_brings_back_a_parked_key_and_nothing_else(engine: OpenEngine) -> None:
    async with at_work(engine, backoff=Backoff(attempts=1)) as scene:
        await scene.queue.mark(KEY)
        await scene.run(KEY, RuntimeError("502"))
        await scene.queue.mark(OTHER, after(days=1))
        for key in (KEY, OTHER, "unheard of"):
            await scene.queue.release(key)
        assert (await scene.begun()).key == KEY
        assert await scene.nothing_begins()


async def test_release_during_a_pass_changes_nothing(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        await scene.queue.mark(KEY)
        await scene.begun()
        await scene.queue.release(KEY)
        assert await scene.nothing_begins()
        await scene.end(KEY, Done())
        assert await scene.nothing_begins()


async def test_parked_keys_are_listed_oldest_first(engine: OpenEngine) -> None:
    async with at_work(engine, backoff=Backoff(attempts=1)) as scene:
        for key in ("b", "c", "a"):
            await scene.queue.mark(key)
            await scene.run(key, RuntimeError("502"))
            await scene.advance(seconds=1)
        assert [each.key for each in await scene.queue.parked()] == ["b", "c", "a"]


class Panic(BaseException):
    """What a parser written in Rust raises when it panics is no Exception."""


@pytest.mark.parametrize("error", [RuntimeError("x" * 9000), Panic("at line 1"), asyncio.CancelledError()])
async def test_one_bad_key_does_not_stop_the_others(engine: OpenEngine, error: BaseException) -> None:
    async with at_work(engine, backoff=Backoff(attempts=1)) as scene:
        await scene.queue.mark(KEY)
        await scene.run(KEY, error)
        (parked,) = await scene.queue.parked()
        assert parked.reason.startswith(type(error).__name__)
        assert len(parked.reason) <= 500
        await scene.queue.mark(OTHER)
        await scene.run(OTHER, Done())
