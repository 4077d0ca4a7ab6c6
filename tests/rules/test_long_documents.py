"""Time stays linear in size on documents that were written to be slow. `bench/linear.py` measures it more exactly."""

from __future__ import annotations

import pytest

from rules.reading import LIMIT, read_bytes
from tests.cpu_time import assert_linear_time, assert_takes_less
from tests.rules.hostile import WORST, Grow
from tests.rules.laws import read_and_check
from tests.rules.linting import found


@pytest.mark.parametrize("name", WORST)
def test_a_document_four_times_as_long_takes_no_more_than_linear_time(name: str) -> None:
    assert_linear_time(lambda characters: _read_and_check(WORST[name], characters), 12_000)


@pytest.mark.parametrize("name", ["opening brackets", "quotation marks", "pipes", "stars", "nested bullets"])
def test_a_mebibyte_of_marks_is_read_and_checked_in_seconds(name: str) -> None:
    assert_takes_less(6, lambda: _read_and_check(WORST[name], LIMIT))  # a third of that on a machine of its own


@pytest.mark.parametrize("name", ["front matter that nests", "front matter of braces", "front matter of dashes"])
def test_front_matter_that_nests_is_refused_at_once(name: str) -> None:
    data = WORST[name](LIMIT // 4).encode()
    assert [defect.kind for defect in read_bytes(data).defects] == ["front-matter"]
    assert_takes_less(3, lambda: _read_and_check(WORST[name], LIMIT // 4))


def test_findings_on_one_long_line_do_not_hold_a_copy_of_it_each() -> None:
    findings = found(f"# Postmortem: x\n\nHere {'<!-- closeout: ignore -->' * 2_000}", "CO005")
    assert len(findings) == 2_000
    assert max(len(finding.subject) for finding in findings) <= 1_000


def _read_and_check(grow: Grow, length: int) -> None:
    read_and_check(grow(length).encode())
