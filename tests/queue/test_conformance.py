"""What every engine promises of keys and their passes. `test_model` holds the same against random histories."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.queue import Claim, Done, QueueDepth, RetryAt
from app.queue.backoff import Backoff
from tests.queue.scene import KEY, OpenEngine, after, at_work

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
