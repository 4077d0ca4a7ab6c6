"""The standups of a season, whatever the holidays: none is lost, and each has a week of its own."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.core.calendar.standups import StandupDay, last_standup, next_standup, week_of
from app.core.calendar.working_time import working_time
from rules.policy import Policy, Standup
from tests.core.calendar.policies import policies, seasons

_WEEK = timedelta(days=7)
weekdays = st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
standups = st.builds(lambda policy, day: replace(policy, standup=Standup(day=day)), policies, weekdays)


def _season(policy: Policy, first: date) -> list[StandupDay]:
    time = working_time(policy)
    found = (last_standup(policy, time, first + timedelta(days=ahead)) for ahead in range(80))
    return sorted({each for each in found if each})


@given(standups, seasons)
def test_each_standup_has_a_week_of_its_own(policy: Policy, first: date) -> None:
    weeks = [week_of(policy, each.planned) for each in _season(policy, first)]
    assert weeks == sorted(set(weeks))


@given(standups, seasons)
def test_a_week_without_one_has_the_standup_of_the_next(policy: Policy, first: date) -> None:
    time = working_time(policy)
    for before, after in itertools.pairwise(_season(policy, first)):
        skipped = range(7, (after.planned - before.planned).days, 7)
        assert all(time.working_day(before.planned + timedelta(days=each)) == after.held for each in skipped)
        assert (after.planned - before.planned) % _WEEK == timedelta(0)


@given(standups, seasons)
def test_the_next_standup_is_the_one_that_will_be_the_last(policy: Policy, first: date) -> None:
    time = working_time(policy)
    coming = next_standup(policy, time, first)
    assert coming is not None
    last = last_standup(policy, time, coming)
    assert last is not None
    assert last.held == coming
    assert last.planned <= last.held
    assert last.until == last.planned + timedelta(days=6)
