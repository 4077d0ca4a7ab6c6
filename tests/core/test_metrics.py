"""The number, by examples and by laws: what counts, where, from when, and what no extension can mend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.metrics import Metrics, Quarter, Tally, quarter_of
from app.core.promised_items import PromisedItem
from rules.policy import Priority
from tests.core.promised import DUE, LATER, MERGED, a_promise, days, figures, promises

BEFORE, AFTER = DUE - timedelta(days=1), DUE + timedelta(days=1)


def promised(*items: PromisedItem, today: date = LATER) -> Tally:
    return figures(*items, today=today).shares.promised


def extended(*items: PromisedItem, today: date = LATER) -> Tally:
    return figures(*items, today=today).shares.extended


@pytest.mark.parametrize("closed", [BEFORE, DUE])
def test_closed_by_its_day_is_kept(closed: date) -> None:
    assert promised(a_promise(closed=closed)) == Tally(kept=1)


def test_closed_the_day_after_is_missed() -> None:
    assert promised(a_promise(closed=AFTER)) == Tally(missed=1)


def test_open_and_overdue_is_missed() -> None:
    assert promised(a_promise()) == Tally(missed=1)


def test_declined_after_its_day_is_missed() -> None:
    assert promised(a_promise(closed=AFTER, declined=True)) == Tally(missed=1)


def test_declined_by_its_day_is_listed_apart_and_in_no_share() -> None:
    tally = promised(a_promise(closed=DUE, declined=True))
    assert tally == Tally(declined=1)
    assert tally.share is None


@pytest.mark.parametrize("closed", [None, BEFORE])
def test_until_its_day_is_over_an_item_counts_nowhere_done_or_not(closed: date | None) -> None:
    assert promised(a_promise(closed=closed), today=DUE) == Tally(ahead=1)
    assert promised(a_promise(closed=closed), today=AFTER).counted == 1


def test_an_extension_does_not_move_the_promise_and_shows_in_the_second_figure() -> None:
    item = a_promise(deadline=DUE + timedelta(days=14), closed=DUE + timedelta(days=10))
    assert promised(item) == Tally(missed=1)
    assert extended(item) == Tally(kept=1)


def test_an_extension_into_the_future_counts_nowhere_in_the_second_figure_yet() -> None:
    item = a_promise(deadline=DUE + timedelta(days=14))
    assert promised(item, today=AFTER) == Tally(missed=1)
    assert extended(item, today=AFTER) == Tally(ahead=1)


def test_declined_between_the_promised_day_and_the_moved_one_is_missed_and_then_declined() -> None:
    item = a_promise(deadline=DUE + timedelta(days=14), closed=AFTER, declined=True)
    assert (promised(item), extended(item)) == (Tally(missed=1), Tally(declined=1))


def test_both_figures_stand_in_the_quarter_of_the_day_that_was_promised() -> None:
    item = a_promise(due=date(2026, 6, 30), deadline=date(2026, 7, 15), closed=date(2026, 7, 14))
    (quarter,) = figures(item).quarters
    assert (str(quarter.quarter), quarter.shares.promised, quarter.shares.extended) == (
        "2026 Q2",
        Tally(missed=1),
        Tally(kept=1),
    )


@pytest.mark.parametrize(
    ("day", "number"), [("2026-01-01", 1), ("2026-03-31", 1), ("2026-04-01", 2), ("2026-09-30", 3), ("2026-12-31", 4)]
)
def test_quarters_are_those_of_the_calendar(day: str, number: int) -> None:
    assert quarter_of(date.fromisoformat(day)) == Quarter(2026, number)


@pytest.mark.parametrize("priority", [Priority.P1, Priority.P2, None])
def test_only_p0s_make_the_number(priority: Priority | None) -> None:
    measured = figures(a_promise(priority=priority))
    assert (measured.shares.promised, measured.quarters) == (Tally(), ())
    assert measured.overdue == 1


def test_what_was_promised_for_no_day_is_in_no_share() -> None:
    assert promised(a_promise(due=None)) == Tally()


def test_what_was_due_before_its_postmortem_was_merged_is_missed_if_it_was_open_then() -> None:
    past = MERGED - timedelta(days=1)
    assert promised(a_promise(due=past)) == Tally(missed=1)
    assert promised(a_promise(due=past, closed=MERGED)) == Tally(missed=1)
    assert promised(a_promise(due=past, closed=MERGED, declined=True)) == Tally(missed=1)
    assert str(figures(a_promise(due=date(2026, 3, 31))).quarters[0].quarter) == "2026 Q1"


def test_what_had_passed_when_it_was_added_later_was_never_promised() -> None:
    added = DUE + timedelta(days=1)
    assert promised(replace(a_promise(), since=added)) == Tally()
    assert promised(replace(a_promise(), since=DUE)) == Tally(missed=1)
    assert figures(replace(a_promise(), since=added)).overdue == 1


def test_the_median_of_days_to_close_is_of_what_was_done() -> None:
    closed = [MERGED + timedelta(days=each) for each in (4, 9, 30, 31)]
    declined = a_promise(closed=MERGED + timedelta(days=300), declined=True)
    measured = figures(*(a_promise(closed=each) for each in closed), declined, a_promise())
    urgent = measured.priorities[0]
    assert (urgent.priority, urgent.done, urgent.median_days, urgent.open) == (Priority.P0, 4, 19.5, 1)


def test_an_issue_that_was_closed_before_the_merge_took_no_days() -> None:
    assert figures(a_promise(closed=MERGED - timedelta(days=3))).priorities[0].median_days == 0


def test_where_the_day_of_the_merge_is_lost_nothing_is_said_of_the_days() -> None:
    assert figures(a_promise(merged=None, closed=BEFORE)).priorities[0].median_days is None


def test_overdue_is_by_the_day_as_it_stands() -> None:
    moved = a_promise(deadline=LATER)
    assert (figures(moved).open, figures(moved).overdue) == (1, 0)
    assert figures(moved, today=LATER + timedelta(days=1)).overdue == 1


def test_teams_stand_by_name_and_those_without_one_last() -> None:
    measured = figures(a_promise(), a_promise(team="Search", closed=DUE), a_promise(team="payments"))
    assert [(each.team, each.shares.promised, each.open) for each in measured.teams] == [
        ("payments", Tally(missed=1), 1),
        ("Search", Tally(kept=1), 0),
        ("", Tally(missed=1), 1),
    ]


def test_only_deleted_p0s_are_mentioned() -> None:
    assert figures(removed=(Priority.P0, Priority.P1, None, Priority.P0)).removed == 2


def test_nothing_to_measure_is_measured() -> None:
    measured = figures()
    assert measured.shares.promised.share is None
    assert (measured.open, measured.overdue, measured.changes_on, measured.quarters) == (0, 0, None, ())


# Laws.

items = st.lists(promises(), max_size=12)


def _size(tally: Tally) -> int:
    return tally.kept + tally.missed + tally.declined + tally.ahead


def _add(tallies: Sequence[Tally]) -> Tally:
    return Tally(
        kept=sum(each.kept for each in tallies),
        missed=sum(each.missed for each in tallies),
        declined=sum(each.declined for each in tallies),
        ahead=sum(each.ahead for each in tallies),
    )


@given(items, days)
def test_every_p0_with_a_day_is_counted_once_in_each_way(given_items: list[PromisedItem], today: date) -> None:
    measured = figures(*given_items, today=today)
    dated = [each for each in given_items if each.priority is Priority.P0 and each.is_dated]
    assert _size(measured.shares.promised) == _size(measured.shares.extended) == len(dated)


@given(items, days)
def test_quarters_and_teams_add_up_to_the_whole(given_items: list[PromisedItem], today: date) -> None:
    measured = figures(*given_items, today=today)
    for parts in (measured.quarters, measured.teams):
        assert _add([each.shares.promised for each in parts]) == measured.shares.promised
        assert _add([each.shares.extended for each in parts]) == measured.shares.extended
    for rows in (measured.teams, measured.priorities):
        assert (sum(each.open for each in rows), sum(each.overdue for each in rows)) == (
            measured.open,
            measured.overdue,
        )
    assert measured.open == sum(1 for each in given_items if each.closed is None)


@given(items, st.data(), days)
def test_no_move_of_a_date_changes_what_was_promised(
    given_items: list[PromisedItem], data: st.DataObject, today: date
) -> None:
    moved = [replace(each, deadline=each.due and data.draw(days)) for each in given_items]
    before, after = figures(*given_items, today=today), figures(*moved, today=today)
    assert before.shares.promised == after.shares.promised
    assert [each.shares.promised for each in before.quarters] == [each.shares.promised for each in after.quarters]


@given(items, days)
def test_without_extensions_both_figures_are_one(given_items: list[PromisedItem], today: date) -> None:
    shares = figures(*(replace(each, deadline=each.due) for each in given_items), today=today).shares
    assert shares.promised == shares.extended


@given(items, days, st.integers(0, 120))
def test_figures_change_by_themselves_on_the_day_that_is_foretold_and_on_no_day_before(
    given_items: list[PromisedItem], today: date, ahead: int
) -> None:
    past = [replace(each, closed=each.closed and min(each.closed, today)) for each in given_items]
    measured = figures(*past, today=today)
    later = today + timedelta(days=ahead)
    if measured.changes_on is None or later < measured.changes_on:
        assert _without_alarm(figures(*past, today=later)) == _without_alarm(measured)
    if measured.changes_on is not None:
        assert measured.changes_on > today
        assert _without_alarm(figures(*past, today=measured.changes_on)) != _without_alarm(measured)


@given(items, days, st.integers(0, 120))
def test_a_miss_stays_a_miss_as_time_goes_by(given_items: list[PromisedItem], today: date, ahead: int) -> None:
    past = [replace(each, closed=each.closed and min(each.closed, today)) for each in given_items]
    now, later = (figures(*past, today=day).shares.promised for day in (today, today + timedelta(days=ahead)))
    assert later.missed >= now.missed
    assert later.kept >= now.kept
    assert later.declined == now.declined


@given(st.lists(promises(), min_size=1, max_size=8), days)
def test_closing_in_time_is_never_worse_than_leaving_open(given_items: list[PromisedItem], today: date) -> None:
    first, *others = given_items
    left_open = replace(first, closed=None, declined=False)
    done = replace(left_open, closed=min(first.due, today) if first.due else today)
    worse, better = (figures(each, *others, today=today).shares.promised for each in (left_open, done))
    assert better.kept >= worse.kept
    assert better.missed <= worse.missed


def _without_alarm(metrics: Metrics) -> Metrics:
    return replace(metrics, changes_on=None)
