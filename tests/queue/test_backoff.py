"""How retries are spaced."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.queue.backoff import Backoff


def test_the_first_retry_comes_after_about_a_second() -> None:
    assert Backoff().wait(1, 0.5) == timedelta(seconds=1.5)


def test_eight_attempts_take_about_half_an_hour() -> None:
    waits = [Backoff().wait(failures, 0.5) for failures in range(1, 8)]
    assert timedelta(minutes=20) < sum(waits, timedelta()) < timedelta(minutes=40)
    assert not Backoff().parks(7)
    assert Backoff().parks(8)


@given(failures=st.integers(1, 10**6), chance=st.floats(0, 1, exclude_max=True))
def test_a_wait_is_never_negative_nor_longer_than_the_longest(failures: int, chance: float) -> None:
    assert timedelta() <= Backoff(longest=900).wait(failures, chance) <= timedelta(seconds=900)
