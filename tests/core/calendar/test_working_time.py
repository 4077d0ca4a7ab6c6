"""When anybody may be told anything."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.calendar.working_time import WorkingTime, working_time
from rules.policy import Calendar, Policy
from tests.core.calendar import obvious
from tests.core.calendar.policies import policies

instants = st.datetimes(datetime(2026, 2, 1), datetime(2026, 12, 1)).map(lambda each: each.replace(tzinfo=UTC))  # noqa: DTZ001


def _in(zone: str, hours: str = "09:00-17:00") -> WorkingTime:
    return WorkingTime(Calendar(hours=hours), zone)


@pytest.mark.parametrize(
    ("zone", "opens"),
    [
        ("UTC", "2026-06-08T09:00:00+00:00"),
        ("Europe/Berlin", "2026-06-08T07:00:00+00:00"),
        ("Pacific/Kiritimati", "2026-06-07T19:00:00+00:00"),
        ("Pacific/Pago_Pago", "2026-06-08T20:00:00+00:00"),
    ],
)
def test_monday_opens_at_nine_wherever_the_policy_is_at_home(zone: str, opens: str) -> None:
    opening = _in(zone).opening(date(2026, 6, 6))
    assert opening is not None
    assert opening.isoformat() == opens


def test_an_opening_that_the_clocks_leave_out_is_the_next_moment_that_exists() -> None:
    opening = _in("Europe/Berlin", "02:30-17:00").opening(date(2026, 3, 29) - timedelta(days=2))
    assert opening is not None
    every_day = WorkingTime(Calendar(working_days=("sun",), hours="02:30-17:00"), "Europe/Berlin")
    spring = every_day.opening(date(2026, 3, 29))
    assert spring is not None
    assert spring.isoformat() == "2026-03-29T01:00:00+00:00"
    assert every_day.is_open(spring)


def test_hours_that_the_clocks_leave_out_altogether_open_on_the_next_working_day() -> None:
    only = WorkingTime(Calendar(working_days=("sun",), hours="02:00-02:30"), "Europe/Berlin")
    opening = only.opening(date(2026, 3, 29))
    assert opening is not None
    assert only.day_of(opening) == date(2026, 4, 5)


@given(policies, instants)
def test_the_next_opening_is_open_and_nothing_before_it_is(policy: Policy, now: datetime) -> None:
    time = working_time(policy)
    opening = time.next_opening(now)
    assert opening is not None
    assert opening >= now
    assert time.is_open(opening)
    assert obvious.is_working_day(policy.calendar, time.day_of(opening))
    minutes = int((opening - now) / timedelta(minutes=1))
    assert not any(time.is_open(now + timedelta(minutes=each)) for each in range(0, minutes, 7))


@given(policies, instants)
def test_it_is_open_when_a_clock_on_the_wall_says_so(policy: Policy, now: datetime) -> None:
    time = working_time(policy)
    opening = time.opening(time.day_of(now))
    assert opening is not None
    assert obvious.is_opening(policy, opening)
    opens, closes = (each.split(":") for each in policy.calendar.hours.split("-"))
    wall = now.astimezone(time.zone).replace(second=0, microsecond=0)
    edges = [wall.replace(hour=int(hour) % 24, minute=int(minute)) for hour, minute in (opens, closes)]
    for each in (now, *(edge + timedelta(minutes=by) for edge in edges for by in (-1, 0, 1))):
        instant = each.astimezone(UTC)
        assert time.is_open(instant) == obvious.is_open(policy, instant)
        assert time.day_of(instant) == obvious.day_of(policy, instant)


@given(policies, instants)
def test_at_every_opening_it_is_open(policy: Policy, now: datetime) -> None:
    time = working_time(policy)
    opening = time.opening(time.day_of(now))
    assert opening is not None
    assert time.is_open(opening)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-05-15T09:00", "2026-05-15"),  # a Friday
        ("2026-05-15T23:59", "2026-05-15"),
        ("2026-05-17T12:00", "2026-05-15"),
        ("2026-05-18T08:59", "2026-05-15"),
        ("2026-05-18T09:00", "2026-05-18"),
    ],
)
def test_a_day_has_begun_when_work_has(now: str, day: str) -> None:
    working = WorkingTime(Calendar(), "Europe/Berlin")
    instant = datetime.fromisoformat(now).replace(tzinfo=working.zone)
    assert working.day_begun(instant) == date.fromisoformat(day)
