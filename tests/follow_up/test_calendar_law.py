"""The law of the calendar: nothing too early, nothing twice, nothing at night, nothing lost, however often it runs.

What is right is told by `obvious`, which shares nothing with the code; the clock may jump, forwards and backwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.core.calendar.levels import Level
from app.core.effects import CreateComment
from app.core.ledger import Ledger
from app.core.promise import Promise
from app.core.repository_facts import OVERDUE_LABEL
from app.render.text import count
from rules.policy import Policy, Priority, Revisits, Standup
from tests.core.calendar import obvious
from tests.core.calendar.policies import SPRING, policies, seasons
from tests.follow_up.model import Model
from tests.follow_up.model_github import PEOPLE
from tests.postmortems import good_postmortem

DAYS = 75
Items = list[tuple[Priority, int]]
"""Of each item its priority, and how many days after the merge it is due."""


@dataclass
class Played:
    """A repository on whose clock time passes, by alarms and at moments; each notice is checked as it is posted.

    Attributes:
        posted: what each notice is known by, and when it came.
    """

    policy: Policy
    first: date
    model: Model
    posted: list[tuple[str, datetime]] = field(default_factory=list)

    def at(self, minutes: int) -> datetime:
        """So many minutes after the merge."""
        return datetime.combine(self.first, time(12), UTC) + timedelta(minutes=minutes)

    def working_days_after(self, now: datetime, number: int) -> datetime:
        """An instant by which at least so many working days have gone by."""
        day, end = obvious.day_of(self.policy, now), now
        while self._late(day, obvious.day_of(self.policy, end)) <= number:
            end += timedelta(days=1)
        return end

    def until(self, now: datetime, end: datetime, look: timedelta | None = None) -> None:
        """A pass, and one whenever an alarm rings until the end; with `look`, another so long before each alarm."""
        while True:
            self.settle(now)
            alarm = self.model.alarm(now)
            assert alarm is None or alarm > now
            if look and alarm and now < alarm - look < end:
                self.settle(alarm - look)
            if alarm is None or alarm > end:
                return
            now = alarm

    def settle(self, now: datetime) -> None:
        """A pass."""
        before = self.promises()
        for each in self.model.settle(now=now):
            if not isinstance(each, CreateComment) or not each.about.startswith(("notice:", "revisit:")):
                continue
            assert each.about not in dict(self.posted), "there twice"
            assert obvious.is_open(self.policy, now), "nobody is at work"
            if each.about.startswith("notice:"):
                self._check_notice(each, before, now)
            else:
                self._check_return(each, now)
            self.posted.append((each.about, now))
        self._check_labels(before, now)

    def _check_labels(self, before: dict[str, tuple[Promise, frozenset[str]]], now: datetime) -> None:
        day, gone = obvious.day_of(self.policy, now), self._gone()
        for uid, (promise, labels) in self.promises().items():
            late = promise.deadline is not None and self._late(promise.deadline, day) > 0
            assert late or OVERDUE_LABEL not in labels, "falsely overdue"
            if obvious.is_open(self.policy, now):
                assert OVERDUE_LABEL in labels or not late or uid in gone
            else:
                assert OVERDUE_LABEL not in labels or OVERDUE_LABEL in before[uid][1], "nobody is at work"

    def _gone(self) -> set[str]:
        """The uids of the items that the document no longer has: nobody is reminded of those."""
        ledgers = (each.record for each in self.model.facts.issues.values())
        return {entry.uid for each in ledgers if isinstance(each, Ledger) for entry in each.entries if entry.gone}

    def promises(self) -> dict[str, tuple[Promise, frozenset[str]]]:
        """By the item's uid, with the labels of its issue."""
        found = ((each.record, each.labels) for each in self.model.facts.issues.values())
        return {record.uid: (record, labels) for record, labels in found if isinstance(record, Promise)}

    def _late(self, deadline: date, day: date) -> int:
        return obvious.working_days_between(self.policy.calendar, deadline, day)

    def _check_notice(
        self, notice: CreateComment, promises: dict[str, tuple[Promise, frozenset[str]]], now: datetime
    ) -> None:
        _, uid, key = notice.about.split(":", 2)
        day = obvious.day_of(self.policy, now)
        if key.startswith("unowned"):
            return
        level = Level(int(key.rpartition(" ")[2]))
        deadline = date.fromisoformat(key.partition(" ")[0])
        assert level is Level.DUE_SOON or day > deadline, "falsely overdue"
        if level is not Level.DUE_SOON:
            assert f"{count(self._late(deadline, day), 'working day')} late" in notice.body
        if uid in promises:
            promise, _ = promises[uid]
            assert not [each for each in promise.noticed if each.on == day], "two on one day"
            moved = [each.on for each in self.promises()[uid][0].extensions]
            assert day not in moved, "on the day on which the date was given"
        if level > Level.MANAGER:
            self._check_repetition(uid, deadline, level, day)

    def _check_repetition(self, uid: str, deadline: date, level: Level, day: date) -> None:
        """One follows the other, and gives people the time that the policy says."""
        before = Level(level - 1)
        last = obvious.day_of(self.policy, dict(self.posted)[self.about(uid, deadline, before)])
        last = max([last, *self.questions(uid, before=day)])
        waited = obvious.working_days_between(self.policy.calendar, last, day)
        is_ahead = last > day  # a clock that was wrong: nobody waits for that day
        assert is_ahead or waited >= self.policy.reminders.repeat, "too soon after the one before"

    def about(self, uid: str, deadline: date, level: Level) -> str:
        """What a notice is known by: where there is no manager, one for them is marked as unheard."""
        in_vain = " unheard" if level >= Level.MANAGER and not self.policy.managers else ""
        return f"notice:{uid}:{deadline}{in_vain} {int(level)}"

    def name_manager(self) -> None:
        """From now on, there is a manager."""
        self.policy = replace(self.policy, managers={"default": "dana"})
        self.model.facts = replace(self.model.facts, policy=self.policy)

    def _check_return(self, said: CreateComment, now: datetime) -> None:
        """A return is never early, and the second word leaves five working days for an answer."""
        day, asked = obvious.day_of(self.policy, now), said.about.removesuffix(" unheard").removesuffix(" manager")
        merged = obvious.day_of(self.policy, self.at(0))
        assert day >= merged + timedelta(days=int(asked.rpartition(" ")[2])), "a return comes early"
        if said.about != asked:
            first = obvious.day_of(self.policy, dict(self.posted)[asked])
            assert obvious.working_days_between(self.policy.calendar, first, day) >= 5

    def level(self, promise: Promise, day: date, told: tuple[Level, date] | None = None) -> Level:
        """The level of an item on a day, by counting on fingers, after what was told of it last."""
        assert promise.deadline is not None
        assert promise.priority is not None
        merged = obvious.day_of(self.policy, self.at(0))
        return obvious.level_on(self.policy, promise.deadline, promise.priority, merged, day, told)

    def told(self, uid: str, before: date = date.max) -> tuple[Level, date] | None:
        """The highest level that was told of an item before a day; what was told in vain, once it counts.

        And when that was, or when it was asked later who has it.
        """
        counting = [each for each in self.posted if " unheard " not in each[0] or not self.policy.managers]
        levels = [
            (Level(int(about.rpartition(" ")[2])), day)
            for about, at in counting
            if about.split(":")[1] == uid and ":unowned " not in about
            if (day := obvious.day_of(self.policy, at)) < before
        ]
        highest = max(levels, default=None)
        return (highest[0], max([highest[1], *self.questions(uid, before)])) if highest else None

    def questions(self, uid: str, before: date) -> list[date]:
        """The days, before another, on which a manager was asked who has an item now."""
        asked = [
            at for about, at in self.posted if about.startswith(f"notice:{uid}:unowned ") and "unheard" not in about
        ]
        return [day for day in (obvious.day_of(self.policy, at) for at in asked) if day < before]

    def assign(self, *people: str) -> None:
        """Everything is taken from whoever has it, and given to others, or to nobody."""
        for number, issue in list(self.model.facts.issues.items()):
            if isinstance(issue.record, Promise):
                self.model.edit(number, assignees=tuple(PEOPLE[each] for each in people))

    def nothing_is_lost(self, days: int) -> None:
        """At the end, each item was told of the level that it had so many days ago, or of a higher one."""
        long_ago = obvious.day_of(self.policy, self.at((DAYS - days) * 24 * 60))
        for uid, (promise, _) in self.promises().items():
            told = self.told(uid)
            level = told[0] if told else Level.NONE
            assert level >= self.level(promise, long_ago, told), "lost"


def _text(first: date, items: Sequence[tuple[Priority, int]]) -> str:
    actions = "\n".join(
        f"- [ ] Alert when pool number {number} is above 80 %\n  - Owner: @ana\n"
        f"  - Deadline: {first + timedelta(days=due)}\n  - Priority: {priority}\n"
        "  - Success criterion: the load test passes"
        for number, (priority, due) in enumerate(items)
    )
    return good_postmortem(actions=actions)


def _played(policy: Policy, first: date, items: Items, returns: tuple[int, ...] = ()) -> Played:
    quiet = replace(policy, revisits=Revisits(days=returns), standup=Standup(enabled=False), public=True)
    played = Played(quiet, first, Model(quiet, merged=datetime.combine(first, time(12), UTC)))
    played.model.push("postmortems/checkout.md", _text(first, items))
    played.settle(played.at(0))
    return played


items = st.lists(st.tuples(st.sampled_from(Priority), st.integers(-5, 50)), min_size=1, max_size=3)
minutes = st.integers(0, DAYS * 24 * 60)
few = settings(max_examples=settings().max_examples // 8)


@few
@given(policies, seasons, items)
def test_alarms_alone_post_each_level_on_its_day_at_the_opening(policy: Policy, first: date, chosen: Items) -> None:
    played = _played(policy, first, chosen)
    played.until(played.at(0), played.at(DAYS * 24 * 60))
    promises = played.promises()
    told: dict[str, set[Level]] = {uid: set() for uid in promises}
    for about, at in played.posted:
        _, uid, key = about.split(":", 2)
        level, day = Level(int(key.rpartition(" ")[2])), obvious.day_of(played.policy, at)
        assert at == played.at(0) or obvious.is_opening(played.policy, at)
        assert played.level(promises[uid][0], day, played.told(uid, before=day)) is level
        told[uid].add(level)
    merged = obvious.day_of(played.policy, played.at(0))
    days = [merged + timedelta(days=ahead) for ahead in range(DAYS - 1)]
    for uid, (promise, _) in promises.items():
        reached = {played.level(promise, day, played.told(uid, before=day)) for day in days}
        assert reached - {Level.NONE} <= told[uid], "lost"


@few
@given(policies, seasons, items, st.lists(minutes, max_size=5))
def test_looking_more_often_changes_nothing(policy: Policy, first: date, chosen: Items, extra: list[int]) -> None:
    often, seldom = (_played(policy, first, chosen, returns=(5, 30, 60)) for _ in range(2))
    for begin, end in zip([0, *sorted(extra)], [*sorted(extra), DAYS * 24 * 60], strict=True):
        often.until(often.at(begin), often.at(end), look=timedelta(minutes=20))
    seldom.until(seldom.at(0), seldom.at(DAYS * 24 * 60))
    assert often.posted == seldom.posted
    assert any(about.startswith("revisit:") for about, _ in often.posted)


@few
@given(policies, seasons, items, st.lists(minutes, min_size=1, max_size=4), st.booleans())
@example(Policy(), SPRING, [(Priority.P0, 10)], [20 * 24 * 60, 5 * 24 * 60], False)
@example(Policy(), SPRING, [(Priority.P0, 0)], [106_860], False)  # a Friday evening, the day before the law looks
def test_a_wrong_clock_that_is_set_right_tells_nothing_twice_and_loses_nothing(
    policy: Policy, first: date, chosen: Items, jumps: list[int], alarms_ring: bool
) -> None:
    """The clock jumps to those moments, in whatever order, and stays there for a day or not; then it is right again."""
    played = _played(policy, first, chosen)
    for minute in jumps:
        here = played.at(minute)
        played.until(here, here + timedelta(days=alarms_ring))
    right = played.at(min(jumps))
    played.until(right, max(played.at(DAYS * 24 * 60), played.working_days_after(right, 15)))
    played.nothing_is_lost(15)


@few
@given(policies, seasons, items)
def test_a_month_of_sleep_loses_nothing_and_posts_only_the_newest(policy: Policy, first: date, chosen: Items) -> None:
    played = _played(policy, first, [*chosen, *chosen])
    before = len(played.posted)
    late = played.at(40 * 24 * 60)
    while not obvious.is_open(played.policy, late):
        late += timedelta(minutes=15)
    already = dict(played.posted)
    played.settle(late)
    expected = {}
    for uid, (promise, _) in played.promises().items():
        level = played.level(promise, obvious.day_of(played.policy, late))
        assert promise.deadline is not None
        about = played.about(uid, promise.deadline, level)
        if level and about not in already:
            expected[about] = level
    posted = [about for about, _ in played.posted[before:]]
    to_managers = [about for about, level in expected.items() if level >= Level.MANAGER]
    held = max(0, len(to_managers) - 3) if policy.managers else 0
    assert set(posted) <= expected.keys()
    assert len(posted) == len(expected) - held


@few
@given(policies, seasons, items)
@example(Policy(), SPRING, [(Priority.P0, 10)])
def test_woken_in_the_minute_in_which_work_ends_it_says_nothing(policy: Policy, first: date, chosen: Items) -> None:
    played = _played(policy, first, chosen)
    before = len(played.posted)
    wakes = [played.at(15 * 24 * 60) + timedelta(minutes=15 * each) for each in range(8 * 24 * 4)]
    is_open = [obvious.is_open(played.policy, each) for each in wakes]
    ended = [now for now, was, still in zip(wakes[1:], is_open, is_open[1:], strict=False) if was and not still]
    for now in ended[:1]:  # nobody's work ends where they work day and night
        played.settle(now)
    assert len(played.posted) == before


@settings(max_examples=settings().max_examples // 20)
@given(policies, seasons, items)
def test_a_manager_is_mentioned_three_times_a_day_at_most_and_the_rest_comes_later(
    policy: Policy, first: date, chosen: Items
) -> None:
    weeks = replace(policy.calendar, working_days=("mon", "tue", "wed", "thu", "fri"))
    played = _played(replace(policy, managers={"default": "dana"}, calendar=weeks), first, chosen * 4)
    played.until(played.at(0), played.at(DAYS * 24 * 60))
    played.nothing_is_lost(35)
    noticed = Counter(
        each.on for promise, _ in played.promises().values() for each in promise.noticed for _ in each.managers
    )
    assert max(noticed.values(), default=0) <= 3


edits = st.lists(st.tuples(minutes, items), max_size=5)


@few
@given(policies, seasons, items, edits)
def test_whatever_the_document_says_next_nothing_comes_twice_and_an_item_gets_one_notice_a_day(
    policy: Policy, first: date, chosen: Items, later: list[tuple[int, Items]]
) -> None:
    """Priorities and deadlines change, items come and go: no word twice, none too early, none at night."""
    played = _played(replace(policy, managers={"default": "dana"}), first, chosen)
    now = 0
    for minute, version in [*sorted(later, key=lambda each: each[0]), (DAYS * 24 * 60, chosen)]:
        played.until(played.at(now), played.at(minute))
        now = minute
        played.model.push("postmortems/checkout.md", _text(first, version))
    days = Counter((about.split(":")[1], obvious.day_of(played.policy, at)) for about, at in played.posted)
    assert max(days.values(), default=0) <= 1


@few
@given(policies, seasons, items, st.lists(st.tuples(minutes, st.sampled_from([(), ("ana",), ("ben",)])), max_size=6))
@example(
    Policy(managers={"default": "dana"}), SPRING, [(Priority.P0, 10)], [(17 * 24 * 60, ())]
)  # the day before the first repetition
def test_a_manager_who_was_asked_who_has_it_now_hears_no_repetition_at_once_and_none_is_lost(
    policy: Policy, first: date, chosen: Items, handed: list[tuple[int, tuple[str, ...]]]
) -> None:
    played = _played(policy, first, chosen)
    now = 0
    for minute, people in sorted(handed):
        played.until(played.at(now), played.at(minute))
        now = minute
        played.assign(*people)
    played.until(played.at(now), played.at(DAYS * 24 * 60))
    days = Counter((about.split(":")[1], obvious.day_of(played.policy, at)) for about, at in played.posted)
    assert max(days.values(), default=0) <= 2
    played.nothing_is_lost(15)


@few
@given(policies, seasons, items, minutes)
@example(Policy(), SPRING, [(Priority.P0, 10)], 45 * 24 * 60)
def test_a_manager_who_is_named_later_hears_of_whatever_is_late_from_the_first_word_on(
    policy: Policy, first: date, chosen: Items, named: int
) -> None:
    played = _played(replace(policy, managers={}), first, chosen)
    played.until(played.at(0), played.at(named))
    played.name_manager()
    played.until(played.at(named), max(played.at(DAYS * 24 * 60), played.working_days_after(played.at(named), 15)))
    played.nothing_is_lost(0)
    for uid in played.promises():
        heard = [about.rpartition(" ")[2] for about, _ in played.posted if uid in about and " unheard " not in about]
        to_manager = [int(each) for each in heard if int(each) >= Level.MANAGER]
        assert to_manager == list(range(Level.MANAGER, Level.MANAGER + len(to_manager))), "begins in the middle"
