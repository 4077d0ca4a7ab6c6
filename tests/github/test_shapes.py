"""What GitHub tells, as facts."""

from __future__ import annotations

from datetime import date

import pytest

from app.github.shapes import due_day, milestone_of


@pytest.mark.parametrize(
    ("due_on", "day"),
    [
        ("2026-06-01T07:00:00Z", date(2026, 6, 1)),  # what GitHub makes of noon UTC: midnight in summer, US Pacific
        ("2026-12-01T08:00:00Z", date(2026, 12, 1)),  # and in winter
        ("2026-06-01T06:59:59Z", date(2026, 5, 31)),
        ("2026-03-08T08:00:00Z", date(2026, 3, 8)),  # the day on which summer time begins there
    ],
)
def test_the_day_of_a_milestone_is_the_one_that_people_see(due_on: str, day: date) -> None:
    assert due_day(due_on) == day


def test_a_milestone_is_known_by_its_title_and_by_who_made_it() -> None:
    item = {"number": 3, "title": "Postmortem actions due 2026-06-01", "state": "open", "open_issues": 1}
    milestone = milestone_of({**item, "due_on": None, "creator": {"type": "User"}})
    assert (milestone.ours, milestone.made, milestone.due) == (True, False, None)
    assert not milestone_of({**item, "title": "Release 3", "creator": None}).ours
