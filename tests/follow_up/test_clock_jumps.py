"""A clock that is wrong by months, to and fro: no word comes twice, no agenda, and no return."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.effects import CreateComment, CreateIssue
from rules.policy import Policy, Revisits, Standup
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


def test_a_word_of_a_clock_that_was_ahead_holds_up_no_repetition() -> None:
    quiet = Policy(
        managers={"default": "dana"}, public=True, revisits=Revisits(days=()), standup=Standup(enabled=False)
    )
    model = Model(quiet, merged=MERGED)
    model.push("postmortems/checkout.md", good_postmortem())
    model.settle(now=MERGED)
    urgent = model.issue(lambda each: each.title.startswith("Alert")).number
    told = []
    for day in (date(2027, 1, 4), *(date(2026, 5, day) for day in (14, 18, 19, 25, 26, 27))):
        written = model.settle(now=datetime.combine(day, time(12), UTC))
        told += [day for each in written if isinstance(each, CreateComment) and each.issue == urgent]
    assert told == [date(2027, 1, 4), date(2026, 5, 26)]
