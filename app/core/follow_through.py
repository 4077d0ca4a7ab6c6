"""The issue that shows the figures: one of them, once there is a figure, until a person closes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from app.core.calendar.working_time import WorkingTime
from app.core.followed import FollowThrough, FollowUp
from app.core.keeper import remembering
from app.core.markers import Unreadable
from app.core.metrics import Metrics, measure
from app.core.promised_items import promised_items
from app.core.records import FiguresMark
from app.core.remembered import Remembered
from app.core.repository_facts import ACTION_LABEL, POSTMORTEM_LABEL, Issue, RepositoryFacts

TITLE = "Postmortem follow-through"
"""What it is called, until somebody calls it something else."""

FIGURES = "figures:"
"""What a ledger remembers begins with that, with the number of the issue that shows them."""


def with_figures(
    decided: FollowUp, remembered: Remembered, facts: RepositoryFacts, time: WorkingTime, now: datetime
) -> FollowUp:
    """The follow-up with the issue that shows the figures as of the last day on which work has begun.

    What changes by itself over a weekend shows on Monday, whoever looks before. There is none before the first P0 has
    come due, and it is opened while people work. One that a person has closed stays as it is, and no other is opened;
    nor is one where a ledger remembers one that is not there any more.
    """
    numbers = _numbers(remembered)
    if not numbers and any(about.startswith(FIGURES) for each in remembered.ledgers.values() for about in each.told):
        return decided
    metrics = measure(promised_items(remembered, facts), time.day_begun(now))
    if not numbers and _has_come_due(metrics) and not time.is_open(now):
        opening = time.next_opening(now)
        return replace(decided, figures_change=time.day_of(opening) if opening else None)
    first = facts.issues[numbers[0]] if numbers else None
    seconds = (each for number in numbers[1:] if (each := facts.issues[number]).open)
    return replace(
        decided,
        postmortems=remembering(decided.postmortems, f"{FIGURES}{numbers[0]}") if numbers else decided.postmortems,
        follow_through=(*_shown(first, metrics), *(_second(each, numbers[0], metrics) for each in seconds)),
        figures_change=metrics.changes_on if first is None or first.open else None,
    )


def _numbers(remembered: Remembered) -> list[int]:
    """Numbers of the issues that show the figures, the lowest first: that one stays.

    One that Closeout has closed is not among them: if somebody opens it again, it is theirs.
    """
    marked = {number for number, mark in remembered.figures.items() if not mark.closed}
    return sorted(marked | {number for number, issue in remembered.orphans.items() if _is_damaged(issue)})


def _is_damaged(issue: Issue) -> bool:
    """Whether it shows the figures, and somebody has damaged its marker."""
    if not issue.labels.isdisjoint({POSTMORTEM_LABEL, ACTION_LABEL}):
        return False
    record = issue.record
    return issue.title == TITLE or (isinstance(record, Unreadable) and '"kind":"figures"' in record.line)


def _shown(first: Issue | None, metrics: Metrics) -> Iterator[FollowThrough]:
    if first.open if first else _has_come_due(metrics):
        yield FollowThrough(number=first.number if first else None, record=FiguresMark(), metrics=metrics)


def _has_come_due(metrics: Metrics) -> bool:
    return bool(metrics.shares.promised.counted or metrics.shares.extended.counted)


def _second(issue: Issue, stays: int, metrics: Metrics) -> FollowThrough:
    return FollowThrough(number=issue.number, record=FiguresMark(closed=True), metrics=metrics, open=False, stays=stays)
