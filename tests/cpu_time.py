"""Time in tests: enough to tell linear from quadratic, on a machine that is busy with other things.

A single reading of the clock proves nothing there, so what seems slow is measured again: it fails only if it was slow
every time. `bench/linear.py` measures exactly.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time

import pytest

_TRIES = 5
_TIMES = 4  # as long is the longer document; quadratic time would be 16 times as much
_MOST_TIMES = 7
_ONCE = 0.05  # seconds for what a process does only once


def assert_linear_time(work: Callable[[int], object], characters: int) -> None:
    """`work(4 * characters)` takes no more than linear time, seen from `work(characters)`."""
    small, large = 0.0, float("inf")
    for _ in range(_TRIES):
        small = max(small, _seconds(lambda: work(characters)))
        large = min(large, _seconds(lambda: work(_TIMES * characters)))
        if large < _MOST_TIMES * small + _ONCE:
            return
    pytest.fail(f"{_TIMES * characters:,} characters take {large:.2f} s, {characters:,} take {small:.2f} s")


def assert_takes_less(seconds: float, work: Callable[[], object]) -> None:
    """`work` takes less than so many seconds of the processor; choose several times what a quiet machine takes."""
    taken = _seconds(work)
    for _ in range(_TRIES - 1):
        if taken < seconds:
            return
        taken = min(taken, _seconds(work))
    assert taken < seconds


def _seconds(work: Callable[[], object]) -> float:
    gc.disable()
    try:
        begin = process_time()
        work()
        return process_time() - begin
    finally:
        gc.enable()
