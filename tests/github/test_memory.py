"""What is remembered between passes is bounded, and grows old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.github.memory import Memory

HOUR = timedelta(hours=1)


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def test_what_was_kept_is_recalled_in_its_own_repository() -> None:
    memory = Memory(Clock())
    memory.of(1).keep("paths", "a")
    assert memory.of(1).recall("paths") == "a"
    assert memory.of(2).recall("paths") is None


def test_what_is_too_old_is_not_recalled() -> None:
    clock = Clock()
    memory = Memory(clock).of(1)
    memory.keep("assignable", "ana")
    clock.now += HOUR
    assert memory.recall("assignable", HOUR) is None
    assert memory.recall("assignable", 2 * HOUR) == "ana"


def test_what_was_used_least_recently_makes_room() -> None:
    memory = Memory(Clock(), budget=1000)
    for repository in (1, 2, 3):
        memory.of(repository).keep("issues", repository, size=300)
    memory.of(1).recall("issues")
    memory.of(4).keep("issues", 4, size=300)
    assert [memory.of(each).recall("issues") for each in (1, 2, 3, 4)] == [1, None, 3, 4]


def test_what_is_larger_than_the_memory_is_not_kept_and_takes_nothing_s_place() -> None:
    memory = Memory(Clock(), budget=1000)
    memory.of(1).keep("issues", "all", size=300)
    memory.of(2).keep("issues", "far too many", size=1001)
    assert memory.of(2).recall("issues") is None
    assert memory.of(1).recall("issues") == "all"


def test_a_larger_value_never_leaves_the_old_one_behind() -> None:
    memory = Memory(Clock(), budget=1000).of(1)
    memory.keep("issues", "old", size=300)
    memory.keep("issues", "far too many", size=1001)
    assert memory.recall("issues") is None


def test_what_is_forgotten_is_gone() -> None:
    memory = Memory(Clock()).of(1)
    memory.forget("issues")
    memory.keep("issues", "old")
    memory.forget("issues")
    assert memory.recall("issues") is None


def test_what_was_kept_by_a_clock_that_was_ahead_is_asked_for_again_where_its_age_matters() -> None:
    clock = Clock()
    memory = Memory(clock).of(1)
    clock.now += 9000 * HOUR
    memory.keep("assignable", "ana")
    clock.now -= 9000 * HOUR
    assert memory.recall("assignable", HOUR) is None
    assert memory.recall("assignable") == "ana"
