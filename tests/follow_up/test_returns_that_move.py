"""Returns whose days the policy changes while a postmortem waits for them, and answers that are taken back."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.calendar.revisit import MANAGER, Question
from app.core.effects import CreateComment
from app.core.promise import Noticed
from tests.follow_up.ended import MERGED, at, ledger, merged, tracking
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

ALERT = (
    "- [ ] Alert when the pool is above 80 %\n  - Owner: @ana\n  - Deadline: 2026-07-30\n  - Priority: P0\n"
    "  - Success criterion: the load test passes"
)


def _open_p0() -> Model:
    return merged(good_postmortem(actions=ALERT))


def _returned(model: Model, day: str) -> list[CreateComment]:
    written = model.settle(now=at(day))
    return [each for each in written if isinstance(each, CreateComment) and each.about.startswith("revisit:")]


def _returns_until(model: Model, first: str, last: str) -> list[str]:
    days = [at(first) + timedelta(days=n) for n in range((at(last) - at(first)).days + 1)]
    posted = [each for day in days for each in model.settle(now=day)]
    returned = [each for each in posted if isinstance(each, CreateComment) and each.about.startswith("revisit:")]
    return [each.about.rpartition(":")[2] for each in returned]


def _with_returns(model: Model, *days: int) -> None:
    policy = model.facts.policy
    model.facts = replace(model.facts, policy=replace(policy, revisits=replace(policy.revisits, days=days)))


@pytest.mark.parametrize(
    ("change", "days", "asks"),
    [
        pytest.param("2026-07-07", (30, 60), ["Has it happened again?"], id="the second of three is the last"),
        pytest.param("2026-06-22", (30,), ["Did the verification run", "Has it happened again?"], id="the first is"),
    ],
)
def test_what_was_left_to_a_return_that_the_policy_has_no_longer_is_asked_for_at_once(
    change: str, days: tuple[int, ...], asks: list[str]
) -> None:
    model = _open_p0()
    _returns_until(model, "2026-06-05", "2026-06-19" if len(days) == 1 else "2026-07-06")
    _with_returns(model, *days)
    (said,) = _returned(model, change)
    assert all(each in said.body for each in asks)
    assert _returns_until(model, change, "2026-10-01") == [f"day {days[-1]} again manager"]


@pytest.mark.parametrize("days", [(28, 56, 84), (30, 60, 88), (20, 90)])
def test_what_was_asked_on_the_last_return_is_not_asked_again_where_the_policy_s_days_move(
    days: tuple[int, ...],
) -> None:
    model = _open_p0()
    _returns_until(model, "2026-06-05", "2026-08-06")
    _with_returns(model, *days)
    assert _returns_until(model, "2026-08-07", "2026-10-01") == ["day 90 manager"]


def test_where_the_last_return_goes_while_it_is_unanswered_its_manager_is_told_all_the_same() -> None:
    model = _open_p0()
    _returns_until(model, "2026-06-05", "2026-08-04")
    _with_returns(model, 30, 60)
    assert _returns_until(model, "2026-08-05", "2026-10-01") == ["day 90 manager"]


def test_where_the_answer_to_a_return_is_taken_back_after_it_it_is_asked_for_once_more() -> None:
    model = _open_p0()
    model.open_by_hand("Checkout is down", 700)
    model.say(tracking(model).number, "ana", "/recurrence yes #700", at("2026-08-03"))
    assert _returns_until(model, "2026-08-03", "2026-08-04") == ["day 60", "day 90"]
    model.say(tracking(model).number, "ana", "/recurrence none #700", at("2026-08-10"))
    (said,) = _returned(model, "2026-08-10")
    assert "Has it happened again?" in said.body
    assert _returns_until(model, "2026-08-11", "2026-10-01") == ["day 90 again manager"]


def _asks(word: Noticed) -> set[str]:
    """What a return asks that nobody has answered; whether P0s are done is told by each of them."""
    return set(word.unanswered) - {Question.URGENT_DONE}


DAYS = st.lists(st.integers(1, 60), max_size=4, unique=True).map(lambda days: tuple(sorted(days)))
CHANGES = st.lists(st.tuples(st.integers(1, 60), DAYS), max_size=4).map(sorted)


@settings(max_examples=settings().max_examples // 5)
@given(first=DAYS, changes=CHANGES, answered=st.none() | st.integers(1, 60))
def test_however_the_days_change_nothing_is_lost_and_nothing_is_asked_again_without_a_return(
    first: tuple[int, ...], changes: list[tuple[int, tuple[int, ...]]], answered: int | None
) -> None:
    model = _open_p0()
    _with_returns(model, *first)
    days, begin = first, MERGED.date()
    words: list[tuple[Noticed, list[date]]] = []
    for number in range(1, 80):
        days = next((each for on, each in reversed(changes) if on == number), days)
        _with_returns(model, *days)
        day = begin + timedelta(days=number)
        if number == answered:
            model.say(tracking(model).number, "ana", "/verified pass https://ci.example/7", at(day.isoformat()))
        _returned(model, day.isoformat())
        known = [each for each, _ in words]
        new = [each for each in ledger(model).noticed if each.about not in {word.about for word in known}]
        assert len(new) <= 1
        words += [(each, [begin + timedelta(days=after) for after in days]) for each in new]
    asked = [(word, due) for word, due in words if MANAGER not in word.about]
    for (before, _), (after, due) in itertools.pairwise(asked):
        has_come = any(before.on < each <= after.on for each in due)
        assert has_come or _asks(after) - _asks(before), "asked twice"
    if not days:
        return
    last, _ = asked[-1]
    assert last.on >= begin + timedelta(days=days[-1]), "a return is lost"
    assert Question.RECURRED in last.unanswered
    assert (Question.VERIFIED in last.unanswered) is (answered is None or last.on < begin + timedelta(days=answered))
    assert f"{last.about} {MANAGER}" in {word.about for word, _ in words}
