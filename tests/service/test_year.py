"""A short year of a small organisation that acts at random: the law holds every day. `python -m bench.year` is long."""

from __future__ import annotations

from bench.year import play, report

MOST_ON_AN_IDLE_DAY = 14
"""Requests: those of the daily sweep, of which the list of the issues takes one for each hundred."""


async def test_a_fortnight_keeps_the_law_and_idle_days_cost_the_sweep_alone() -> None:
    year = await play(days=14, size=14, postmortems=3, items_each=4, seed=3, quiet=3)
    assert year.people.merged == 3
    assert year.figures.comments
    assert {year.figures.requests[day] <= MOST_ON_AN_IDLE_DAY for day in year.figures.idle} == {True}
    assert "14 days, the law held on each" in report(year)
