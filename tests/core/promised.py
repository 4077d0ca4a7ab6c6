"""Promises for the tests of the figures."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from app.core.metrics import Metrics, measure
from app.core.promised_items import PromisedItem, PromisedItems
from rules.policy import Priority

MERGED = date(2026, 5, 5)
DUE = date(2026, 5, 19)
LATER = date(2026, 7, 20)
"""A day after every deadline of these tests."""


def a_promise(
    *,
    priority: Priority | None = Priority.P0,
    due: date | None = DUE,
    deadline: date | None = None,
    merged: date | None = MERGED,
    team: str = "",
    closed: date | None = None,
    declined: bool = False,
) -> PromisedItem:
    """A P0 that is open, unless something else is said; its deadline was never moved."""
    return PromisedItem(
        priority=priority,
        due=due,
        deadline=deadline or due,
        merged=merged,
        team=team,
        closed=closed,
        declined=declined,
    )


def figures(*items: PromisedItem, today: date = LATER, removed: tuple[Priority | None, ...] = ()) -> Metrics:
    """What is measured on a day."""
    return measure(PromisedItems(items, removed), today)


days = st.integers(0, 250).map(lambda ahead: date(2026, 1, 1) + timedelta(days=ahead))


@st.composite
def promises(draw: st.DrawFn) -> PromisedItem:
    """Anything that may have become of a promise."""
    due = draw(st.none() | days)
    closed = draw(st.none() | days)
    return PromisedItem(
        priority=draw(st.sampled_from([Priority.P0, Priority.P0, *Priority, None])),
        due=due,
        deadline=due and draw(st.just(due) | days),
        merged=draw(st.none() | days),
        team=draw(st.sampled_from(["", "payments", "platform"])),
        closed=closed,
        declined=closed is not None and draw(st.booleans()),
    )
