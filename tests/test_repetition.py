"""What is still so is said at once, then at a growing distance."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.repetition import Repetition

START = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def minutes_said(repetition: Repetition, until: int) -> list[int]:
    """In which minutes the same message is said, where every minute asks."""
    return [each for each in range(until) if repetition.is_due("a", "no answer", START + each * MINUTE)]


def test_the_same_is_said_at_once_and_then_at_twice_the_distance_up_to_an_hour() -> None:
    assert minutes_said(Repetition(), 240) == [0, 1, 3, 7, 15, 31, 63, 123, 183]


def test_something_else_and_something_of_another_subject_is_said_at_once() -> None:
    repetition = Repetition()
    assert repetition.is_due("a", "no answer", START)
    assert repetition.is_due("a", "bad key", START)
    assert repetition.is_due("b", "bad key", START)
    assert not repetition.is_due("a", "bad key", START)


def test_what_comes_back_after_it_was_over_is_said_at_once() -> None:
    repetition = Repetition()
    minutes_said(repetition, 100)
    repetition.forget("a")
    repetition.forget("never said")
    assert minutes_said(repetition, 4) == [0, 1, 3]


def test_a_clock_that_was_set_back_does_not_silence_it() -> None:
    repetition = Repetition()
    assert repetition.is_due("a", "no answer", START + timedelta(days=365))
    assert repetition.is_due("a", "no answer", START)
