"""What every engine promises when it is opened, stopped and opened again, and of what is about to be created."""

from __future__ import annotations

import asyncio

import pytest

from app.queue import Claim, Outcome, QueueDepth, QueueError
from app.queue.backoff import Backoff
from tests.queue.scene import KEY, START, ManualClock, OpenEngine, after, at_work, cancel


async def test_what_was_marked_is_there_after_reopening(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        await scene.queue.mark(KEY, after(days=1), again=True)
    async with at_work(engine, scene.clock) as scene:
        assert await scene.nothing_begins()
        await scene.advance(days=1)
        assert (await scene.begun()).again


async def test_cancelled_passes_are_not_failures_and_run_again_after_reopening(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        await scene.queue.mark(KEY)
        await scene.begun()
    assert not scene.under_way
    async with at_work(engine, scene.clock) as scene:
        assert (await scene.begun()).attempts == 0


async def test_a_pass_that_fails_because_it_is_cancelled_is_no_failure(engine: OpenEngine) -> None:
    begun = asyncio.Event()

    async def clean_up_badly(_: Claim) -> Outcome:
        try:
            begun.set()
            return await asyncio.Future()
        finally:
            raise OSError("the connection is closed")

    async with engine(ManualClock(), 0.5, Backoff(attempts=1)) as queue:
        await queue.mark(KEY)
        work = asyncio.create_task(queue.work(clean_up_badly, 1))
        await begun.wait()
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        assert await queue.depth() == QueueDepth(due=1, waiting=0, parked=0)


async def test_work_can_be_cancelled_and_begun_again_on_an_open_queue(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        await scene.queue.mark(KEY)
        await scene.begun()
        with pytest.raises(RuntimeError, match="already"):
            await scene.queue.work(scene.handle, 1)
    async with engine(scene.clock, 0.5, Backoff()) as queue:
        for _ in range(3):
            work = asyncio.create_task(queue.work(scene.handle, 1))
            assert (await scene.begun()).key == KEY
            await cancel(work)


async def test_a_mark_whose_caller_goes_away_is_kept(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        mark = asyncio.create_task(scene.queue.mark(KEY))
        await asyncio.sleep(0)
        mark.cancel()
        await asyncio.wait([mark])
        assert (await scene.begun()).key == KEY


async def test_a_closed_queue_says_so(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        pass
    with pytest.raises(QueueError, match="closed"):
        await scene.queue.mark(KEY)
    with pytest.raises(QueueError, match="closed"):
        await scene.queue.depth()


async def test_fifty_marks_at_once_are_all_kept(engine: OpenEngine) -> None:
    async with at_work(engine, concurrency=50) as scene:
        await asyncio.gather(*(scene.queue.mark(f"key {each % 40}", after(days=1)) for each in range(50)))
        assert await scene.queue.depth() == QueueDepth(due=0, waiting=40, parked=0)
        await scene.advance(days=1)
        assert len(scene.under_way) == 40


# What is about to be created


async def test_what_is_about_to_be_created_is_known_for_five_minutes(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        await scene.queue.expect("9/uid")
        assert await scene.queue.expected() == {"9/uid": START}
        await scene.advance(minutes=5)
        assert await scene.queue.expected() == {"9/uid": START}
        await scene.advance(seconds=1)
        assert await scene.queue.expected() == {}


async def test_what_is_expected_again_is_known_from_then_on(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        await scene.queue.expect("9/uid")
        await scene.advance(minutes=4)
        await scene.queue.expect("9/uid")
        await scene.advance(minutes=4)
        assert await scene.queue.expected() == {"9/uid": after(minutes=4)}


async def test_what_was_expected_by_a_clock_that_was_ahead_is_known_for_five_minutes_more(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        scene.clock.advance(days=365)
        await scene.queue.expect("9/uid")
        scene.clock.advance(days=-365)
        assert await scene.queue.expected() == {"9/uid": START}
        await scene.advance(minutes=5, seconds=1)
        assert await scene.queue.expected() == {}


async def test_what_is_expected_survives_a_restart(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        await scene.queue.expect("9/uid")
    async with at_work(engine) as scene:
        assert list(await scene.queue.expected()) == ["9/uid"]
