"""How fast things are created: one a second, and never more than GitHub takes in an hour."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from app.github.errors import RateLimited
from app.github.pace import Pace, RepositoryPace

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ONE, OTHER = 1, 2


class Clock:
    """A clock that only waits move."""

    def __init__(self) -> None:
        self.now = NOON
        self.waits: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += timedelta(seconds=seconds)
        await asyncio.sleep(0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(clock, clock.sleep)


async def _write(pace: Pace, repository: int, times: int) -> None:
    for _ in range(times):
        await pace.turn(repository)


async def test_the_first_write_does_not_wait(pace: Pace, clock: Clock) -> None:
    await pace.turn(ONE)
    assert clock.waits == []


async def test_a_second_lies_between_two_writes(pace: Pace, clock: Clock) -> None:
    await _write(pace, ONE, 3)
    assert clock.waits == [1, 1]


async def test_only_what_is_left_of_the_second_is_waited(pace: Pace, clock: Clock) -> None:
    await pace.turn(ONE)
    clock.now += timedelta(milliseconds=400)
    await pace.turn(OTHER)
    assert clock.waits == [0.6]
    clock.now += timedelta(seconds=5)
    await pace.turn(ONE)
    assert clock.waits == [0.6]


async def test_after_450_writes_the_installation_is_told_until_when_to_wait(pace: Pace, clock: Clock) -> None:
    await _write(pace, ONE, 300)
    await _write(pace, OTHER, 150)
    with pytest.raises(RateLimited) as refusal:
        await pace.turn(OTHER)
    assert refusal.value.until == NOON + timedelta(hours=1)
    clock.now = refusal.value.until
    await pace.turn(OTHER)


async def test_one_repository_leaves_a_third_of_the_hour_to_the_others(pace: Pace, clock: Clock) -> None:
    await _write(pace, ONE, 300)
    with pytest.raises(RateLimited, match="in one repository") as refusal:
        await pace.turn(ONE)
    assert refusal.value.until == NOON + timedelta(hours=1)
    await pace.turn(OTHER)
    clock.now = refusal.value.until
    await pace.turn(ONE)


async def test_a_refusal_does_not_count_as_a_write(pace: Pace, clock: Clock) -> None:
    await _write(pace, ONE, 300)
    for _ in range(200):
        with pytest.raises(RateLimited):
            await pace.turn(ONE)
    await _write(pace, OTHER, 150)


async def test_installations_do_not_wait_for_each_other(clock: Clock) -> None:
    await Pace(clock, clock.sleep).turn(ONE)
    await Pace(clock, clock.sleep).turn(OTHER)
    assert clock.waits == []


async def test_two_repositories_in_a_burst_take_turns(pace: Pace) -> None:
    writing, order = asyncio.Lock(), ""

    async def burst(name: str, own: RepositoryPace) -> None:
        nonlocal order
        for _ in range(20):
            async with writing:
                await own.turn()
                order += name

    await asyncio.gather(burst("a", RepositoryPace(pace, ONE)), burst("b", RepositoryPace(pace, OTHER)))
    assert "ab" * 19 in order  # the first may write twice, before the other one comes


async def test_a_clock_that_was_ahead_holds_nothing_up(clock: Clock, pace: Pace) -> None:
    clock.now = NOON + timedelta(days=365)
    for _ in range(450):
        await pace.turn(ONE if clock.now.second % 2 else OTHER)
    clock.now, clock.waits = NOON, []
    await pace.turn(ONE)
    assert clock.waits == []
