"""Issues of ours that speak of no single postmortem, and how one that has lost its marker is known again.

By what is left of the marker, else by the title that Closeout gave it; where people have changed both, it is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.markers import Unreadable
from app.core.records import Adoption, AgendaMark, Notice
from app.core.repository_facts import ACTION_LABEL, POSTMORTEM_LABEL, Issue

RIVALS = "rivals"
"""What the notice about another App is known by."""

RIVALRY_TITLE = "Postmortems are followed up by another App as well"

_ADOPTION_TITLE = re.compile(r"[\d,]+ postmortems? at once: follow them up\?")
_AGENDA_TITLE = re.compile(r"Postmortem actions, week (?P<number>\d{1,2})")
_WEEK = re.compile(r'"week":"(?P<year>\d{4})-W(?P<number>\d\d)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """Issues that have lost their markers, by number, with as much of their records as can be told.

    Attributes:
        adoptions: their lists are lost.
        notices, agendas: see there.
    """

    adoptions: dict[int, Adoption]
    notices: dict[int, Notice]
    agendas: dict[int, AgendaMark]

    def has(self, number: int) -> bool:
        """Whether an issue is one of them."""
        return number in self.adoptions or number in self.notices or number in self.agendas


def recognised(orphans: Mapping[int, Issue]) -> Recognised:
    """Those among issues of ours that remember nothing which speak of no single postmortem."""
    others = {
        number: issue for number, issue in orphans.items() if issue.labels.isdisjoint({POSTMORTEM_LABEL, ACTION_LABEL})
    }
    weeks = {number: _week(issue) for number, issue in others.items()}
    return Recognised(
        adoptions={
            number: Adoption()
            for number, issue in others.items()
            if is_adoption_title(issue.title) or _is_left(issue, "adoption")
        },
        notices={
            number: Notice(about=RIVALS)
            for number, issue in others.items()
            if issue.title == RIVALRY_TITLE or _is_left(issue, "notice")
        },
        agendas={
            number: AgendaMark(week=week, closed=not others[number].open) for number, week in weeks.items() if week
        },
    )


def is_adoption_title(title: str) -> bool:
    """Whether Closeout gave it to an issue that asks about many new postmortems."""
    return _ADOPTION_TITLE.fullmatch(title) is not None


def agenda_title(week: str) -> str:
    """What the agenda of a week is called, from its number in the year."""
    return f"Postmortem actions, week {week}"


def _week(issue: Issue) -> str:
    """Of which week it is the agenda, as `2026-W19`; empty if it is none."""
    if _is_left(issue, "agenda") and isinstance(issue.record, Unreadable):
        left = _WEEK.search(issue.record.line)
        if left and _monday(int(left["year"]), int(left["number"])):
            return f"{left['year']}-W{left['number']}"
    found = _AGENDA_TITLE.fullmatch(issue.title)
    return _last_of(int(found["number"]), issue.updated_at.date()) if found else ""


def _last_of(number: int, until: date) -> str:
    """The last week of that number that had begun on a day, since a title does not tell the year; empty without any.

    Where people work from Saturday on, their week begins two days before the Monday that it is numbered by.
    """
    until += timedelta(days=2)
    years = (until.year + 1, until.year, until.year - 1)
    mondays = ((year, _monday(year, number)) for year in years)
    return next((f"{year}-W{number:02}" for year, monday in mondays if monday and monday <= until), "")


def _monday(year: int, number: int) -> date | None:
    try:
        return date.fromisocalendar(year, number, 1)
    except ValueError:
        return None


def _is_left(issue: Issue, kind: str) -> bool:
    """Whether what is left of its marker says what it is."""
    return isinstance(issue.record, Unreadable) and f'"kind":"{kind}"' in issue.record.line
