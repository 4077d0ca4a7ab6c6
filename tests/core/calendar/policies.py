"""Policies at random: zones, working weeks, hours, holidays, and how soon people are told."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from rules.policy import Calendar, Policy, Priority, Reminders, Weekday

SPRING, AUTUMN = date(2026, 3, 2), date(2026, 10, 5)
"""Whole weeks of work before clocks change: in March and April, then in October and November."""
_WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ZONES = (
    *("UTC", "Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kathmandu", "America/St_Johns"),
    *("Africa/Cairo", "Australia/Lord_Howe"),  # clocks change at midnight, and by half an hour
)

seasons = st.sampled_from([SPRING, AUTUMN])
days = st.builds(lambda first, ahead: first + timedelta(days=ahead), seasons, st.integers(0, 60))
calendars = st.builds(
    Calendar,
    working_days=st.one_of(
        st.just(("mon", "tue", "wed", "thu", "fri")),
        st.sets(st.sampled_from(_WEEKDAYS), min_size=1).map(lambda chosen: tuple(sorted(chosen))),
    ),
    hours=st.sampled_from(["09:00-17:00", "00:00-24:00", "02:00-03:00", "02:30-11:00", "22:30-23:45", "00:00-00:45"]),
    holidays=st.lists(days, max_size=6, unique=True).map(tuple),
)
reminders = st.builds(
    Reminders,
    before=st.integers(0, 6),
    manager_after=st.fixed_dictionaries({each: st.integers(1, 9) for each in Priority}),
    repeat=st.integers(1, 7),
)
policies = st.builds(
    Policy,
    timezone=st.sampled_from(ZONES),
    calendar=calendars,
    reminders=reminders,
    managers=st.sampled_from([{}, {"default": "dana"}]),
)
