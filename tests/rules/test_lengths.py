"""Lengths of time are told alike, wherever a message tells one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rules.lengths import brief_length
from tests.postmortems import good_postmortem
from tests.rules.linting import found


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=20), "under a minute"),
        (timedelta(minutes=4), "4 min"),
        (timedelta(hours=1, minutes=35), "1 h 35 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(days=2, hours=3, minutes=5), "2 d 3 h"),
    ],
)
def test_lengths_are_told_in_two_units(length: timedelta, words: str) -> None:
    assert brief_length(length) == words


def test_a_contradicting_duration_is_told_in_the_same_words_as_a_response_time() -> None:
    (finding,) = found(good_postmortem(duration="5h, 10:32 (start) → 12:07 (end), UTC"), "CO108")
    assert finding.message.startswith("The duration says 5 h, but from its start to its end it is 1 h 35 min.")
