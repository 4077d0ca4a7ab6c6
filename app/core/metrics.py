"""The number: the share of P0 action items closed within their deadline, and the figures that stand beside it.

A deadline is a day, and an item counts from the day after it. Then it was kept (closed as done by that day) or missed
(closed later, declined later, or still open). Until then it counts nowhere, even if it is done already: else the ones
that are done early would flatter every quarter that is not over. What was declined by its deadline is listed apart.

Two figures are made of the same items, in the quarter of the day that was promised at the first merge: *promised* by
that day, which no extension moves, and *extended* by the day as it stands.
"""

from __future__ import annotations

import enum
import statistics
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.promised_items import NO_TEAM, PromisedItem, PromisedItems
from rules.policy import Priority


class Outcome(enum.Enum):
    """What became of an item by a deadline."""

    KEPT = enum.auto()
    MISSED = enum.auto()
    DECLINED = enum.auto()
    AHEAD = enum.auto()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many items were kept, missed, declined in time, and have their deadline still ahead of them."""

    kept: int = 0
    missed: int = 0
    declined: int = 0
    ahead: int = 0

    @property
    def counted(self) -> int:
        """Items whose deadline has passed, and that had to be done."""
        return self.kept + self.missed

    @property
    def share(self) -> float | None:
        """The share of those that were kept, from 0 to 1; None where there is nothing to count."""
        return self.kept / self.counted if self.counted else None


@dataclass(frozen=True, slots=True)
class Shares:
    """The same items twice: by the deadline that was promised, and by the deadline as it stands."""

    promised: Tally
    extended: Tally


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of the calendar year, from 1 to 4."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year} Q{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterFigures:
    """The P0s that were promised for a quarter."""

    quarter: Quarter
    shares: Shares


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFigures:
    """A team.

    Attributes:
        team: its name, or `NO_TEAM`.
        shares: its P0s.
        open: its open items, of whatever priority.
        overdue: those of them whose deadline, as it stands, has passed.
    """

    team: str
    shares: Shares
    open: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityFigures:
    """A priority.

    Attributes:
        priority: None for items that had none at the first merge.
        done: items that were closed as done.
        median_days: of these, from the merge of their postmortem to the closing; None if there are none.
        open: open items.
        overdue: those of them whose deadline, as it stands, has passed.
    """

    priority: Priority | None
    done: int
    median_days: float | None
    open: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """The figures of a repository.

    Attributes:
        shares: all its P0s.
        quarters: those with a P0, the oldest first.
        teams: those with an item, by name, those of no team last.
        priorities: all three, and a last one for items without one if there are any.
        removed: P0s whose issue was deleted.
        changes_on: the next day on which a figure changes by itself; None if that takes somebody to do something.
    """

    shares: Shares
    quarters: tuple[QuarterFigures, ...]
    teams: tuple[TeamFigures, ...]
    priorities: tuple[PriorityFigures, ...]
    removed: int
    changes_on: date | None

    @property
    def open(self) -> int:
        """All open items."""
        return sum(each.open for each in self.priorities)

    @property
    def overdue(self) -> int:
        """Those of them whose deadline, as it stands, has passed."""
        return sum(each.overdue for each in self.priorities)


def measure(promised: PromisedItems, today: date) -> Metrics:
    """The figures as of a day, in the policy's zone."""
    items = promised.items
    urgent = [item for item in items if item.priority is Priority.P0 and item.is_dated]
    quarters = sorted({quarter_of(item.due) for item in urgent if item.due})
    teams = sorted({item.team for item in items}, key=lambda team: (team == NO_TEAM, team.casefold(), team))
    unranked = [None] if any(item.priority is None for item in items) else []
    return Metrics(
        shares=_shares(urgent, today),
        quarters=tuple(
            QuarterFigures(
                quarter=quarter,
                shares=_shares([item for item in urgent if item.due and quarter_of(item.due) == quarter], today),
            )
            for quarter in quarters
        ),
        teams=tuple(_team(team, items, urgent, today) for team in teams),
        priorities=tuple(_priority(each, items, today) for each in (*Priority, *unranked)),
        removed=sum(1 for priority in promised.removed if priority is Priority.P0),
        changes_on=min((day for item in items for day in _changes(item, today)), default=None),
    )


def quarter_of(day: date) -> Quarter:
    """The quarter of a day."""
    return Quarter(day.year, (day.month + 2) // 3)


def outcome(item: PromisedItem, deadline: date, today: date) -> Outcome:
    """What became of an item by a deadline, as of a day."""
    in_time = item.closed is not None and item.closed <= deadline
    if in_time and item.declined:
        return Outcome.DECLINED
    if today <= deadline:
        return Outcome.AHEAD
    return Outcome.KEPT if in_time else Outcome.MISSED


def _shares(items: Collection[PromisedItem], today: date) -> Shares:
    return Shares(
        promised=_tally(items, lambda item: item.due, today),
        extended=_tally(items, lambda item: item.deadline, today),
    )


def _tally(items: Iterable[PromisedItem], deadline_of: Callable[[PromisedItem], date | None], today: date) -> Tally:
    counted = Counter(outcome(item, deadline, today) for item in items if (deadline := deadline_of(item)))
    return Tally(
        kept=counted[Outcome.KEPT],
        missed=counted[Outcome.MISSED],
        declined=counted[Outcome.DECLINED],
        ahead=counted[Outcome.AHEAD],
    )


def _team(team: str, items: Iterable[PromisedItem], urgent: Iterable[PromisedItem], today: date) -> TeamFigures:
    theirs = [item for item in items if item.team == team]
    return TeamFigures(
        team=team,
        shares=_shares([item for item in urgent if item.team == team], today),
        open=_open(theirs),
        overdue=_overdue(theirs, today),
    )


def _priority(priority: Priority | None, items: Iterable[PromisedItem], today: date) -> PriorityFigures:
    chosen = [item for item in items if item.priority is priority]
    done = [item for item in chosen if item.closed is not None and not item.declined]
    days = [
        max(0, (item.closed - item.merged).days)  # an issue of people may have been closed before
        for item in done
        if item.closed is not None and item.merged is not None
    ]
    return PriorityFigures(
        priority=priority,
        done=len(done),
        median_days=float(statistics.median(days)) if days else None,
        open=_open(chosen),
        overdue=_overdue(chosen, today),
    )


def _open(items: Iterable[PromisedItem]) -> int:
    return sum(1 for item in items if item.closed is None)


def _overdue(items: Iterable[PromisedItem], today: date) -> int:
    return sum(1 for item in items if item.closed is None and item.deadline is not None and item.deadline < today)


def _changes(item: PromisedItem, today: date) -> Iterable[date]:
    """Days after the one given on which an item counts differently, if nobody does anything."""
    is_counted = item.priority is Priority.P0 and item.is_dated
    passing = {item.due, item.deadline} if is_counted else {item.deadline} if item.closed is None else set()
    for day in passing:
        if day is not None and day < date.max and outcome(item, day, today) is Outcome.AHEAD:
            yield day + timedelta(days=1)
