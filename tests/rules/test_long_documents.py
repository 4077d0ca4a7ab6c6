"""Time stays linear in size on documents that were written to be slow. `bench/linear.py` measures it more exactly."""

from __future__ import annotations

import gc
from time import process_time

import pytest

from rules.reading import LIMIT, read_bytes
from tests.rules.hostile import WORST, Grow
from tests.rules.laws import read_and_check
from tests.rules.linting import found

_SMALL, _LARGE = 12_000, 48_000  # characters
_TRIES = 4  # the clock of a busy machine is believed if it says the same thing so many times


@pytest.mark.parametrize("name", WORST)
def test_a_document_four_times_as_long_takes_no_more_than_linear_time(name: str) -> None:
    """Quadratic time would be 16 times as long; the slack is for what a process does only once."""
    small, large = _seconds(WORST[name], _SMALL), _seconds(WORST[name], _LARGE)
    for _ in range(_TRIES):
        if large < 7 * small + 0.05:
            return
        small, large = max(small, _seconds(WORST[name], _SMALL)), min(large, _seconds(WORST[name], _LARGE))
    pytest.fail(f"{_LARGE:,} characters take {large:.2f} s, {_SMALL:,} take {small:.2f} s")


@pytest.mark.parametrize("name", ["opening brackets", "quotation marks", "pipes", "stars", "nested bullets"])
def test_a_mebibyte_of_marks_is_read_and_checked_in_seconds(name: str) -> None:
    assert _seconds(WORST[name], LIMIT) < 6  # a third of that on a machine of its own


@pytest.mark.parametrize("name", ["front matter that nests", "front matter of braces", "front matter of dashes"])
def test_front_matter_that_nests_is_refused_at_once(name: str) -> None:
    data = WORST[name](LIMIT // 4).encode()
    assert [defect.kind for defect in read_bytes(data).defects] == ["front-matter"]
    assert _seconds(WORST[name], LIMIT // 4) < 3


def test_findings_on_one_long_line_do_not_hold_a_copy_of_it_each() -> None:
    findings = found(f"# Postmortem: x\n\nHere {'<!-- closeout: ignore -->' * 2_000}", "CO005")
    assert len(findings) == 2_000
    assert max(len(finding.subject) for finding in findings) <= 1_000


def _seconds(grow: Grow, length: int) -> float:
    data = grow(length).encode()
    gc.disable()
    begin = process_time()
    read_and_check(data)
    seconds = process_time() - begin
    gc.enable()
    return seconds
