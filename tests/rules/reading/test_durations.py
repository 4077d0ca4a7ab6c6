"""What a duration's value states: its length, its start and its end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rules.postmortem import Duration
from rules.reading import read


def duration_of(value: str, more: str = "") -> Duration:
    duration = read(f"# Postmortem: x\n\n- Duration: {value}\n{more}").duration
    assert duration is not None
    return duration


@pytest.mark.parametrize(
    ("value", "stated", "elapsed"),
    [
        ("10:32 (start) → 11:14 (end), UTC", None, 42),
        ("2026-05-04 10:32 (start) → 11:14 (end), UTC", None, 42),
        ("2026-05-04T10:32Z → 2026-05-04T11:14Z", None, 42),
        ("00:42 (10:32) → (11:14), UTC", 42, 42),
        ("42m (10:32 → 11:14 UTC)", 42, 42),
        ("1 h 20 min (08:55 to 10:15, UTC+2)", 80, 80),
        ("10:32–11:14 Europe/Berlin (45 min)", 45, 42),
        ("23:50 - 00:10 UTC", None, 20),
        ("2026-05-04 23:50 → 2026-05-05 00:10 UTC", None, 20),
        ("2026-05-05 00:10 → 2026-05-04 23:50 UTC", None, -20),
        ("5 hours 26 minutes of active impact", 326, None),
        ("1h50m", 110, None),
        ("01:35", 95, None),
        ("PT1H42M", 102, None),
        ("P1DT2H", 1560, None),
        ("3/4 hour", None, None),
        ("2 days", 2880, None),
        ("10:32 → ongoing", None, None),
        ("HH:MM (start) → HH:MM (end), TZ", None, None),
        ("unknown", None, None),
    ],
)
def test_a_duration_states_a_length_or_a_start_and_an_end(value: str, stated: int | None, elapsed: int | None) -> None:
    duration = duration_of(value)
    assert duration.stated == (None if stated is None else timedelta(minutes=stated))
    assert duration.elapsed == (None if elapsed is None else timedelta(minutes=elapsed))


def test_start_and_end_are_instants_when_day_and_zone_are_known() -> None:
    duration = duration_of("10:32 (start) → 11:14 (end), UTC", "- Date: 2026-05-04\n")
    assert duration.start == datetime(2026, 5, 4, 10, 32, tzinfo=UTC)
    assert duration.end == datetime(2026, 5, 4, 11, 14, tzinfo=UTC)


@pytest.mark.parametrize("value", ["10:32 → 11:14 UTC", "2026-05-04 10:32 → 11:14 IST", "2026-05-04 10:32 → 11:14"])
def test_they_are_not_guessed_without(value: str) -> None:
    duration = duration_of(value)
    assert (duration.start, duration.end) == (None, None)
    assert duration.elapsed == timedelta(minutes=42)


def test_an_end_earlier_in_the_day_is_on_the_next_one_and_marked() -> None:
    assert duration_of("23:50 → 00:10 UTC").overnight
    assert not duration_of("10:32 → 11:14 UTC").overnight


def test_elapsed_time_counts_through_a_change_of_clocks() -> None:
    assert duration_of("2026-03-29 01:30 → 03:30 Europe/Berlin").elapsed == timedelta(hours=1)


def test_fields_for_start_and_end_give_the_incidents_start_and_end() -> None:
    postmortem = read("# x\n\n- Start: 2026-05-04 10:32 UTC\n- End: 2026-05-04 11:14 UTC\n")
    assert postmortem.start == datetime(2026, 5, 4, 10, 32, tzinfo=UTC)
    assert postmortem.end == datetime(2026, 5, 4, 11, 14, tzinfo=UTC)
    assert postmortem.duration is None
