"""The law of the calendar: nothing too early, nothing twice, nothing at night, nothing lost, however often it runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.calendar.levels import Level
from app.core.calendar.working_time import working_time
from app.core.effects import CreateComment, CreateIssue
from app.core.promise import Promise
from rules.policy import Policy, Priority, Revisits
from tests.core.calendar import obvious
from tests.core.calendar.policies import policies
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

MERGED = datetime(2026, 3, 2, 12, tzinfo=UTC)
END = MERGED + timedelta(days=75)


@dataclass(frozen=True)
class Posted:
    """A comment of Closeout's: what it is known by, and when it was posted."""

    about: str
    at: datetime


def _text(items: Sequence[tuple[Priority, date]]) -> str:
    actions = "\n".join(
        f"- [ ] Alert when pool number {number} is above 80 %\n  - Owner: @ana\n  - Deadline: {due}\n"
        f"  - Priority: {priority}\n  - Success criterion: the load test passes"
        for number, (priority, due) in enumerate(items)
    )
    return good_postmortem(actions=actions)


def _model(policy: Policy, items: list[tuple[Priority, date]]) -> Model:
    model = Model(replace(policy, revisits=Revisits(days=()), public=True), merged=MERGED)
    model.push("postmortems/checkout.md", _text(items))
    return model


def _play(model: Model, moments: list[datetime]) -> list[Posted]:
    """Passes at those moments, and whenever an alarm rings in between."""
    posted, now = [], MERGED
    for moment in [*sorted(moments), END]:
        posted += _until(model, now, moment)
        now = max(now, moment)
    return posted


def _until(model: Model, now: datetime, end: datetime) -> list[Posted]:
    """A pass, and one whenever an alarm rings until the end."""
    posted: list[Posted] = []
    while True:
        posted += [Posted(each.about, now) for each in model.settle(now=now) if isinstance(each, CreateComment)]
        alarm = model.alarm(now)
        assert alarm is None or alarm > now
        if alarm is None or alarm > end:
            return posted
        now = alarm


def _promises(model: Model) -> list[Promise]:
    found = (each.record for each in model.facts.issues.values())
    return [each for each in found if isinstance(each, Promise)]


items = st.lists(
    st.tuples(st.sampled_from(Priority), st.integers(-5, 50).map(lambda ahead: MERGED.date() + timedelta(days=ahead))),
    min_size=1,
    max_size=5,
)
moments = st.lists(st.integers(0, 75 * 24 * 60).map(lambda minutes: MERGED + timedelta(minutes=minutes)), max_size=6)


@settings(max_examples=15, deadline=None)
@given(policies, items)
def test_alarms_alone_post_each_level_on_its_day_within_hours_and_once(
    policy: Policy, chosen: list[tuple[Priority, date]]
) -> None:
    model = _model(policy, chosen)
    posted = _play(model, [])
    time = working_time(policy)
    assert not [each for each, often in Counter(each.about for each in posted).items() if often > 1]
    assert all(time.is_open(each.at) for each in posted)
    merged = time.day_of(MERGED)
    by_uid = {each.uid: each for each in _promises(model)}
    for each in posted:
        _, uid, key = each.about.split(":", 2)
        promise, level = by_uid[uid], Level(int(key.rpartition(" ")[2]))
        assert promise.deadline is not None
        assert promise.priority is not None
        day = time.day_of(each.at)
        assert obvious.level_on(policy, promise.deadline, promise.priority, merged, day) is level
        assert level is Level.DUE_SOON or day > promise.deadline


@settings(max_examples=15, deadline=None)
@given(policies, items, moments)
def test_looking_more_often_changes_nothing(
    policy: Policy, chosen: list[tuple[Priority, date]], extra: list[datetime]
) -> None:
    assert _play(_model(policy, chosen), extra) == _play(_model(policy, chosen), [])


@settings(max_examples=15, deadline=None)
@given(policies, items)
def test_a_month_of_sleep_loses_nothing_and_posts_only_the_newest(
    policy: Policy, chosen: list[tuple[Priority, date]]
) -> None:
    model = _model(policy, chosen)
    model.settle(now=MERGED)
    time = working_time(policy)
    late = time.next_opening(MERGED + timedelta(days=40))
    assert late is not None
    posted = [each.about for each in model.settle(now=late) if isinstance(each, CreateComment)]
    expected = {}
    for promise in _promises(model):
        assert promise.deadline is not None
        assert promise.priority is not None
        level = obvious.level_on(policy, promise.deadline, promise.priority, time.day_of(MERGED), time.day_of(late))
        if level:
            expected[f"notice:{promise.uid}:{promise.deadline} {int(level)}"] = level
    to_managers = [about for about, level in expected.items() if level >= Level.MANAGER]
    held = max(0, len(to_managers) - 3) if policy.managers else 0
    assert set(posted) <= expected.keys()
    assert len(posted) == len(expected) - held


@settings(max_examples=15, deadline=None)
@given(policies, items)
def test_a_manager_is_mentioned_at_most_three_times_a_day(policy: Policy, chosen: list[tuple[Priority, date]]) -> None:
    model = _model(replace(policy, managers={"default": "dana"}), [*chosen, *chosen, *chosen])
    _play(model, [])
    noticed = Counter(each.on for promise in _promises(model) for each in promise.noticed for _ in each.managers)
    assert max(noticed.values(), default=0) <= 3


edits = st.lists(st.tuples(st.integers(0, 75 * 24 * 60), items), max_size=6)


@settings(max_examples=15, deadline=None)
@given(policies, items, edits)
def test_whatever_the_document_says_next_nothing_comes_twice_and_an_item_gets_one_notice_a_day(
    policy: Policy, chosen: list[tuple[Priority, date]], later: list[tuple[int, list[tuple[Priority, date]]]]
) -> None:
    """Priorities and deadlines change, items come and go: no word twice, none too early, none at night."""
    model = _model(replace(policy, managers={"default": "dana"}), chosen)
    time, now = working_time(policy), MERGED
    posted: list[Posted] = []
    for minutes, version in [*sorted(later, key=lambda each: each[0]), (75 * 24 * 60, chosen)]:
        end = max(now, MERGED + timedelta(minutes=minutes))
        posted += [each for each in _until(model, now, end) if each.about.startswith("notice:")]
        now = end
        model.push("postmortems/checkout.md", _text(version))
    assert not [about for about, often in Counter(each.about for each in posted).items() if often > 1]
    assert all(time.is_open(each.at) for each in posted)
    days = Counter((each.about.split(":")[1], time.day_of(each.at)) for each in posted)
    assert max(days.values(), default=0) <= 1
    for each in posted:
        deadline, level = each.about.split(":", 2)[2].split(" ")
        assert Level(int(level)) is Level.DUE_SOON or time.day_of(each.at) > date.fromisoformat(deadline)


clocks = st.lists(st.integers(-400 * 24 * 60, 400 * 24 * 60), min_size=2, max_size=8)


@settings(max_examples=25, deadline=None)
@given(policies, items, clocks)
def test_a_clock_that_jumps_to_and_fro_posts_nothing_twice(
    policy: Policy, chosen: list[tuple[Priority, date]], jumps: list[int]
) -> None:
    """A wrong clock may post too early, and takes nothing back; no word comes twice, and no agenda."""
    policy = replace(policy, public=True, managers={"default": "dana"})
    model = Model(policy, merged=MERGED)
    model.push("postmortems/checkout.md", _text(chosen))
    written = model.settle(now=MERGED)
    for minutes in jumps:
        written += model.settle(now=MERGED + timedelta(minutes=minutes))
        assert model.plan(MERGED + timedelta(minutes=minutes)) == ()
    posted = Counter((each.issue, each.about) for each in written if isinstance(each, CreateComment))
    opened = Counter(each.title for each in written if isinstance(each, CreateIssue))
    assert not [each for each, often in (posted + opened).items() if often > 1]
