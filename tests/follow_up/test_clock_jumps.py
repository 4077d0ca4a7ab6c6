"""A clock that is wrong by months, to and fro: no word comes twice, no agenda, and no return."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.effects import CreateComment, CreateIssue
from rules.policy import Policy
from tests.core.calendar.policies import policies
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

MERGED = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
clocks = st.lists(st.integers(-400 * 24 * 60, 400 * 24 * 60), min_size=2, max_size=8)


@settings(max_examples=settings().max_examples // 4)
@given(policies, clocks)
def test_a_clock_that_jumps_to_and_fro_posts_nothing_twice(policy: Policy, jumps: list[int]) -> None:
    """A wrong clock may post too early, and takes nothing back."""
    model = Model(replace(policy, public=True, managers={"default": "dana"}), merged=MERGED)
    model.push("postmortems/checkout.md", good_postmortem())
    written = model.settle(now=MERGED)
    for minutes in jumps:
        now = MERGED + timedelta(minutes=minutes)
        written += model.settle(now=now)
        assert model.plan(now) == ()
    posted = Counter((each.issue, each.about) for each in written if isinstance(each, CreateComment))
    opened = Counter(each.title for each in written if isinstance(each, CreateIssue))
    assert not [each for each, often in (posted + opened).items() if often > 1]
