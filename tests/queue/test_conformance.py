"""What every engine promises. `test_model` holds the same promises against random histories."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from app.queue import Claim, Done, Outcome, QueueDepth, QueueError, RetryAt
from app.queue.backoff import Backoff
from tests.queue.scene import START, ManualClock, OpenEngine, at_work, cancel

KEY = "pull/7/1296269/12"
OTHER = "pull/7/1296269/13"


def after(**duration: float) -> datetime:
    return START + timedelta(**duration)


# When a key runs


async def test_a_marked_key_runs_at_once(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        await scene.queue.mark(KEY)
        assert await scene.begun() == Claim(KEY, again=False, attempts=0, last=False)


async def test_a_key_marked_for_later_runs_then_and_not_before(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        await scene.queue.mark(KEY, after(hours=1))
        await scene.advance(minutes=59)
        assert await scene.nothing_begins()
        await scene.advance(minutes=1)
        assert (await scene.begun()).key == KEY


async def test_marks_coalesce_and_the_earlier_due_time_wins(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        for minutes in (9, 3, 6):
            await scene.queue.mark(KEY, after(minutes=minutes))
        await scene.advance(minutes=3)
        await scene.run(KEY, Done())
        await scene.advance(hours=1)
        assert await scene.nothing_begins()


async def test_an_instant_without_a_time_zone_is_refused(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        with pytest.raises(ValueError, match="time zone"):
            await scene.queue.mark(KEY, datetime(2026, 5, 4))  # noqa: DTZ001


async def test_the_key_that_waits_longest_runs_first(engine: OpenEngine) -> None:
    async with at_work(engine, concurrency=1) as scene:
        for key in ("held the only worker", "b", "c", "a"):
            await scene.queue.mark(key)
            await scene.advance(seconds=1)
        order = []
        for _ in range(4):
            order.append((await scene.begun()).key)
            await scene.end(order[-1], Done())
        assert order == ["held the only worker", "b", "c", "a"]


async def test_no_more_keys_run_at_once_than_asked_for(engine: OpenEngine) -> None:
    async with at_work(engine, concurrency=2) as scene:
        for each in range(5):
            await scene.queue.mark(f"key {each}")
        await scene.settle()
        assert len(scene.under_way) == 2
        await scene.end(next(iter(scene.under_way)), Done())
        assert len(scene.under_way) == 2


async def test_a_free_worker_takes_the_next_key_while_the_others_are_busy(engine: OpenEngine) -> None:
    async with at_work(engine, concurrency=4) as scene:
        for each in range(3):
            await scene.queue.mark(f"slow {each}")
            await scene.begun()
        await scene.queue.mark(KEY)
        assert (await scene.begun()).key == KEY


async def test_a_key_never_runs_twice_at_once(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        await scene.queue.mark(KEY)
        await scene.begun()
        await scene.queue.mark(KEY)
        assert await scene.nothing_begins()


# How a pass ends


async def test_a_key_that_is_done_is_forgotten(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        await scene.queue.mark(KEY)
        await scene.run(KEY, Done())
        assert await scene.queue.depth() == QueueDepth(due=0, waiting=0, parked=0)


async def test_a_key_wakes_at_its_alarm(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        await scene.queue.mark(KEY)
        await scene.run(KEY, Done(after(days=30)))
        await scene.advance(days=29)
        assert await scene.nothing_begins()
        await scene.advance(days=1)
        await scene.run(KEY, Done())


async def test_alarms_of_a_clock_that_was_ahead_ring_once_it_is_set_right(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        await scene.queue.mark("under way")
        await scene.begun()
        await scene.queue.mark("slept")
        await scene.advance(days=30)
        wrong = scene.clock.now
        await scene.run("slept", Done(wrong + timedelta(days=1)))
        await scene.queue.mark("held")
        await scene.run("held", RetryAt(wrong + timedelta(minutes=1), "GitHub asked for a pause"))
        await scene.advance(days=-30)
        await scene.queue.mark("news")  # or a minute, after which the queue looks by itself
        assert {(await scene.begun()).key for _ in range(2)} == {"slept", "news"}
        await scene.end("under way", Done(wrong + timedelta(days=1)))
        assert (await scene.begun()).key == "under way"
        assert await scene.nothing_begins()
        await scene.advance(hours=1)
        assert (await scene.begun()).key == "held"


async def test_a_clock_that_is_put_back_by_a_few_seconds_changes_nothing(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        await scene.queue.mark("later", scene.clock.now + timedelta(hours=1))
        await scene.advance(seconds=-30)
        await scene.queue.mark("news")
        assert (await scene.begun()).key == "news"
        assert await scene.nothing_begins()


async def test_a_mark_before_the_alarm_runs_at_once_and_the_pass_sets_the_next_alarm(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        await scene.queue.mark(KEY)
        await scene.run(KEY, Done(after(days=30)))
        await scene.queue.mark(KEY)
        await scene.run(KEY, Done(after(days=60)))
        await scene.advance(days=59)
        assert await scene.nothing_begins()


@pytest.mark.parametrize("outcome", [Done(), Done(after(days=30)), RuntimeError("no")])
async def test_a_mark_during_a_pass_leads_to_another(engine: OpenEngine, outcome: Done | RuntimeError) -> None:
    async with at_work(engine) as scene:
        await scene.queue.mark(KEY)
        await scene.begun()
        await scene.queue.mark(KEY)
        await scene.end(KEY, outcome)
        assert await scene.begun() == Claim(KEY, again=False, attempts=0, last=False)


async def test_a_mark_for_later_during_a_pass_waits_for_its_moment(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        await scene.queue.mark(KEY)
        await scene.begun()
        await scene.queue.mark(KEY, after(days=1))
        await scene.end(KEY, Done(after(days=2)))
        assert await scene.nothing_begins()
        await scene.advance(days=1)
        await scene.run(KEY, Done())


@pytest.mark.parametrize("outcome", [None, Done(datetime(2026, 5, 4))])  # noqa: DTZ001
async def test_an_outcome_that_is_none_of_ours_is_a_failure(engine: OpenEngine, outcome: Done) -> None:
    async with at_work(engine, chance=0.0) as scene:
        await scene.queue.mark(KEY)
        await scene.run(KEY, outcome)
        assert (await scene.begun()).attempts == 1


# RetryAt


async def test_a_held_key_waits_whatever_is_marked(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        await scene.queue.mark(KEY)
        await scene.begun()
        await scene.queue.mark(KEY)
        await scene.end(KEY, RetryAt(after(minutes=5), "rate limit"))
        await scene.queue.mark(KEY)
        await scene.advance(minutes=4)
        assert await scene.nothing_begins()
        await scene.advance(minutes=1)
        assert (await scene.begun()).key == KEY


async def test_being_held_is_not_a_failure(engine: OpenEngine) -> None:
    async with at_work(engine, backoff=Backoff(attempts=2)) as scene:
        await scene.queue.mark(KEY)
        for _ in range(5):
            assert (await scene.run(KEY, RetryAt(scene.clock() + timedelta(minutes=1), "rate limit"))).attempts == 0
            await scene.advance(minutes=1)
        assert not (await scene.begun()).last


async def test_a_hold_that_is_over_already_lasts_a_second(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        await scene.queue.mark(KEY)
        await scene.run(KEY, RetryAt(after(minutes=-1), "the other clock is behind"))
        assert await scene.nothing_begins()
        await scene.advance(seconds=1)
        assert (await scene.begun()).key == KEY


# Failures


async def test_a_failed_key_is_retried_after_growing_waits(engine: OpenEngine) -> None:
    async with at_work(engine, chance=0.5, backoff=Backoff(base=4)) as scene:
        await scene.queue.mark(KEY)
        for failures, wait in enumerate((2, 8, 32)):
            assert (await scene.run(KEY, RuntimeError("502"))).attempts == failures
            await scene.advance(seconds=wait - 0.1)
            assert await scene.nothing_begins()
            await scene.advance(seconds=0.1)
        assert (await scene.begun()).attempts == 3


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


# Again


async def test_again_lasts_until_a_pass_succeeds(engine: OpenEngine) -> None:
    async with at_work(engine, chance=0.0) as scene:
        await scene.queue.mark(KEY, again=True)
        await scene.queue.mark(KEY)
        assert (await scene.run(KEY, RuntimeError("502"))).again
        assert (await scene.run(KEY, RetryAt(after(seconds=5), "rate limit"))).again
        await scene.advance(seconds=5)
        assert (await scene.run(KEY, Done(after(days=1)))).again
        await scene.advance(days=1)
        assert not (await scene.begun()).again


@pytest.mark.parametrize("again", [True, False])
async def test_the_pass_after_a_mark_during_a_pass_is_again_only_if_that_mark_was(
    engine: OpenEngine, *, again: bool
) -> None:
    async with at_work(engine) as scene:
        await scene.queue.mark(KEY, again=not again)
        await scene.begun()
        await scene.queue.mark(KEY, again=again)
        await scene.end(KEY, Done())
        assert (await scene.begun()).again is again


# Beginning and ending


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


async def test_what_is_expected_survives_a_restart(engine: OpenEngine) -> None:
    async with at_work(engine) as scene:
        await scene.queue.expect("9/uid")
    async with at_work(engine) as scene:
        assert list(await scene.queue.expected()) == ["9/uid"]
