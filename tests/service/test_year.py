"""A short year of a small organisation that acts at random: the law holds every day. `python -m bench.year` is long."""

from __future__ import annotations

import pytest

from bench.year import play, report

MOST_ON_AN_IDLE_DAY = 14
"""Requests: those of the daily sweep, of which the list of the issues takes one for each hundred."""


@pytest.mark.parametrize("seed", [3, 4])
async def test_three_weeks_keep_the_law_and_idle_days_cost_the_sweep_alone(seed: int) -> None:
    year = await play(days=21, size=14, postmortems=4, items_each=4, seed=seed, quiet=5)
    assert year.people.merged == 4
    assert year.figures.comments
    assert {year.figures.requests[day] <= MOST_ON_AN_IDLE_DAY for day in year.figures.idle} == {True}
    assert "21 days, the law held on each" in report(year)
