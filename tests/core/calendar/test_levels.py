"""Lateness and levels, held against a model that counts on its fingers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.calendar.levels import Level, Told, level_on, next_step, steps
from app.core.calendar.working_time import working_time
from rules.policy import Calendar, Policy, Priority, Reminders, Weekday
from rules.policy_checks import MOST_WORKING_DAYS
from tests.core.calendar import obvious
from tests.core.calendar.policies import days, policies

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 6, day) for day in (5, 6, 7, 8))
TIME = working_time(Policy())
LONG_AGO = date(2026, 1, 1)


def _levels(deadline: date, priority: Priority = Priority.P0) -> dict[date, Level]:
    found = steps(deadline, priority, Policy().reminders, TIME, LONG_AGO)
    return {each.day: each.level for each in found}


def test_what_was_due_on_friday_is_not_late_over_the_weekend() -> None:
    assert [TIME.days_late(FRIDAY, day) for day in (FRIDAY, SATURDAY, SUNDAY, MONDAY)] == [0, 0, 0, 1]


def test_a_p0_reaches_the_manager_on_the_first_working_day() -> None:
    assert _levels(FRIDAY) == {date(2026, 6, 3): Level.DUE_SOON, MONDAY: Level.MANAGER}


def _told_on_time(on: date) -> list[tuple[date, Level]]:
    """The manager's levels of a P0 that was due on Friday, where the first is told on a day, and each other on its."""
    told = [Told(Level.MANAGER, on)]
    while len(told) < 10:
        reached = steps(FRIDAY, Priority.P0, Policy().reminders, TIME, LONG_AGO, told[-1])
        if reached[-1].level <= told[-1].level:
            break
        told.append(Told(reached[-1].level, reached[-1].day))
    return [(each.on, each.level) for each in told]


def test_it_is_repeated_three_times_each_so_many_working_days_after_the_one_before() -> None:
    assert _told_on_time(MONDAY) == [
        (MONDAY, Level.MANAGER),
        (date(2026, 6, 15), Level.MANAGER_AGAIN),
        (date(2026, 6, 22), Level.MANAGER_A_THIRD_TIME),
        (date(2026, 6, 29), Level.MANAGER_FOR_THE_LAST_TIME),
    ]


def test_a_first_word_that_came_late_is_not_followed_by_the_next_at_once() -> None:
    assert [day for day, _ in _told_on_time(date(2026, 6, 25))] == [
        date(2026, 6, 25),
        date(2026, 7, 2),
        date(2026, 7, 9),
        date(2026, 7, 16),
    ]


def test_a_priority_that_falls_is_repeated_no_sooner_than_it_would_be_by_what_it_is_now() -> None:
    told = Told(Level.MANAGER, MONDAY)  # as a P0; a P2 goes to the manager on 2026-06-12
    found = steps(FRIDAY, Priority.P2, Policy().reminders, TIME, LONG_AGO, told)
    assert (found[-1].day, found[-1].level) == (date(2026, 6, 19), Level.MANAGER_AGAIN)


def test_a_p1_has_its_owner_told_first() -> None:
    levels = _levels(FRIDAY, Priority.P1)
    assert levels[MONDAY] is Level.OVERDUE
    assert levels[date(2026, 6, 10)] is Level.MANAGER


@pytest.mark.parametrize("priority", list(Priority))
def test_where_nothing_escalates_only_the_owner_is_told(priority: Priority) -> None:
    found = steps(FRIDAY, priority, Policy().reminders, TIME, LONG_AGO, escalates=False)
    assert [each.level for each in found] == [Level.DUE_SOON, Level.OVERDUE]
    assert found[1].day == MONDAY


def test_nobody_is_reminded_on_the_day_on_which_they_gave_the_date() -> None:
    found = steps(FRIDAY, Priority.P0, Policy().reminders, TIME, since=date(2026, 6, 3))
    assert found[0].day == date(2026, 6, 4)


@pytest.mark.parametrize("weekdays", [("mon", "tue", "wed", "thu", "fri"), ("wed",)])
def test_the_longest_that_a_policy_may_wait_is_within_reach(weekdays: tuple[Weekday, ...]) -> None:
    most = MOST_WORKING_DAYS
    reminders = Reminders(before=most, manager_after={Priority.P2: most}, repeat=most)
    time = working_time(Policy(calendar=Calendar(working_days=weekdays), reminders=reminders))
    told, reached = None, []
    for _ in range(4):
        found = steps(FRIDAY, Priority.P2, reminders, time, date.min, told)
        reached += [found[-1].level]
        told = Told(found[-1].level, found[-1].day)
    assert found[0].level is Level.DUE_SOON
    assert reached == [*Level][Level.MANAGER :]


def test_a_calendar_without_a_working_day_reminds_nobody() -> None:
    year = tuple(date(2026, 1, 1) + timedelta(days=each) for each in range(1200))
    nobody = working_time(Policy(calendar=Calendar(holidays=year)))
    assert steps(FRIDAY, Priority.P0, Policy().reminders, nobody, LONG_AGO) == ()


def test_a_public_holiday_counts_for_nobody() -> None:
    berlin = working_time(Policy(calendar=Calendar(holidays=("DE-BE",))))
    ascension, friday = date(2026, 5, 14), date(2026, 5, 15)
    assert berlin.days_late(date(2026, 5, 13), ascension) == 0
    assert berlin.days_late(date(2026, 5, 13), friday) == 1


def test_the_ends_of_the_calendar_are_no_error() -> None:
    assert steps(date.max, Priority.P0, Policy().reminders, TIME, LONG_AGO)
    assert steps(date.min, Priority.P0, Policy().reminders, TIME, date.min)


told_before = st.none() | st.tuples(st.sampled_from(Level), days)


@given(policies, days, st.sampled_from(Priority), days, days, told_before)
def test_every_day_has_the_level_that_counting_on_fingers_gives(
    policy: Policy, deadline: date, priority: Priority, since: date, day: date, told: tuple[Level, date] | None
) -> None:
    last = Told(*told) if told else None
    reached = steps(deadline, priority, policy.reminders, working_time(policy), since, last)
    assert level_on(day, reached) == obvious.level_on(policy, deadline, priority, since, day, told)


@given(policies, days, st.sampled_from(Priority), days, told_before)
def test_a_level_only_changes_on_the_day_that_was_foretold(
    policy: Policy, deadline: date, priority: Priority, since: date, told: tuple[Level, date] | None
) -> None:
    last = Told(*told) if told else None
    reached = steps(deadline, priority, policy.reminders, working_time(policy), since, last)
    for ahead in range(90):
        day = since + timedelta(days=ahead)
        until = next_step(day, reached) or day + timedelta(days=30)
        between = (day + timedelta(days=each) for each in range((until - day).days))
        assert {level_on(each, reached) for each in between} == {level_on(day, reached)}


@given(policies, days, days)
def test_days_late_are_the_working_days_since_the_deadline(policy: Policy, deadline: date, today: date) -> None:
    expected = obvious.working_days_between(policy.calendar, deadline, today)
    assert working_time(policy).days_late(deadline, today) == expected
