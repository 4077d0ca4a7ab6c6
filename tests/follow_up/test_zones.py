"""Zones far from Greenwich and changes of the clocks: they move an hour, never a date."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.core.calendar.working_time import WorkingTime
from app.core.effects import CreateComment, CreateMilestone
from app.core.promise import Promise
from app.github.shapes import due_day
from rules.policy import Calendar, Policy, Revisits, Standup
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

ZONES = ["UTC", "Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Africa/Cairo"]
DUE = date(2026, 3, 9)  # a Monday; clocks change in America the day before, in Europe three weeks later


def _merged(zone: str, hours: str, due: date) -> tuple[Model, datetime]:
    actions = (
        f"- [ ] Alert when the pool is above 80 %\n  - Owner: @ana\n  - Deadline: {due.isoformat()}\n  - Priority: P0\n"
        "  - Success criterion: the alert fires within 6 minutes"
    )
    policy = Policy(
        timezone=zone,
        calendar=Calendar(hours=hours),
        managers={"default": "dana"},
        public=True,
        revisits=Revisits(days=()),
        standup=Standup(enabled=False),
    )
    now = datetime.combine(due - timedelta(days=20), datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
    model = Model(policy, merged=now)
    model.push("a.md", good_postmortem(actions=actions))
    model.settle(now=now)
    return model, now


def _told(model: Model, now: datetime, number: int) -> list[datetime]:
    """When the next notices come, by the alarm alone."""
    found: list[datetime] = []
    while len(found) < number:
        alarm = model.alarm(now)
        assert alarm is not None
        now = alarm
        found += [now for each in model.settle(now=now) if isinstance(each, CreateComment)]
    return found


@pytest.mark.parametrize("hours", ["09:00-17:00", "00:00-24:00"])
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("due", [DUE, date(2026, 3, 30), date(2026, 4, 24), date(2026, 10, 26), date(2026, 11, 2)])
def test_a_notice_comes_at_the_opening_of_its_local_day(zone: str, hours: str, due: date) -> None:
    model, merged = _merged(zone, hours, due)
    local = [each.astimezone(ZoneInfo(zone)) for each in _told(model, merged, 2)]
    opens = int(hours[:2])
    weekdays = [each for ahead in range(1, 5) if (each := due + timedelta(days=ahead)).weekday() < 5]
    before = [each for back in range(1, 5) if (each := due - timedelta(days=back)).weekday() < 5]
    assert [each.date() for each in local] == [before[1], weekdays[0]]
    assert {each.hour for each in local} == {opens}


@pytest.mark.parametrize("zone", ZONES)
def test_the_milestone_is_of_the_day_that_the_document_says(zone: str) -> None:
    model, _ = _merged(zone, "09:00-17:00", DUE)
    assert [each.due for each in model.log if isinstance(each, CreateMilestone)] == [DUE]
    (promise,) = [each.record for each in model.facts.issues.values() if isinstance(each.record, Promise)]
    assert promise.deadline == DUE


@pytest.mark.parametrize(
    ("kept", "day"),
    [
        ("2026-03-08T08:00:00Z", date(2026, 3, 8)),
        ("2026-03-09T07:00:00Z", date(2026, 3, 9)),
        ("2026-11-01T07:00:00Z", date(2026, 11, 1)),
        ("2026-11-02T08:00:00Z", date(2026, 11, 2)),
        ("2026-06-01T12:00:00Z", date(2026, 6, 1)),
        ("2026-12-01T12:00:00Z", date(2026, 12, 1)),
    ],
)
def test_github_keeps_midnight_of_the_pacific_day_and_the_day_is_read_back(kept: str, day: date) -> None:
    assert due_day(kept) == day


def test_where_clocks_change_at_midnight_the_day_opens_an_hour_later() -> None:
    cairo = WorkingTime(Calendar(working_days=("fri",), hours="00:00-24:00"), "Africa/Cairo")
    opening = cairo.opening(date(2026, 4, 24))  # the last Friday in April begins at one
    assert opening is not None
    assert opening.astimezone(cairo.zone).isoformat() == "2026-04-24T01:00:00+03:00"


def test_open_all_day_is_open_to_the_last_minute_and_every_day_is_late_by_one_more() -> None:
    always = WorkingTime(
        Calendar(working_days=("mon", "tue", "wed", "thu", "fri", "sat", "sun"), hours="00:00-24:00"), "Europe/Berlin"
    )
    assert all(
        always.is_open(datetime(2026, 3, 28, tzinfo=UTC) + timedelta(minutes=each)) for each in range(0, 4320, 59)
    )
    assert [always.days_late(date(2026, 3, 28), date(2026, 3, 28) + timedelta(days=each)) for each in range(4)] == [
        0,
        1,
        2,
        3,
    ]
