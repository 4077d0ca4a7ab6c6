"""The issue of a weekly agenda, as data. `app.render` puts it into words."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from app.core.calendar.notice import Holder
from app.core.records import AgendaMark
from app.core.uids import agenda_uid
from rules.policy import Priority


class Part(enum.IntEnum):
    """The parts of the agenda, in their order."""

    OVERDUE = 0
    THIS_WEEK = 1
    LATER = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """An action item on the agenda.

    Attributes:
        number: of its issue.
        title: of its issue.
        part: where it stands.
        priority: as the document says it now, or None.
        holder: whose it is.
        deadline: as it stands, or None.
        days_late: working days since its deadline, or since it was opened again after that.
        quiet_since: the day on which its issue moved last, as far as is known.
        reopened: the day on which it was opened again after its deadline; else None.
    """

    number: int
    title: str
    part: Part
    priority: Priority | None
    holder: Holder
    deadline: date | None
    days_late: int
    quiet_since: date
    reopened: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """An agenda's issue, as it is to be.

    Attributes:
        number: None if it does not exist yet.
        mark: what is remembered on it.
        items: what stands on it, in their order; empty for one that exists: it stays as it was on its day.
        earlier: numbers of those before it that are still open.
        open: whether it is to be open.
        given_up: whether it is closed since no agenda is wanted any more.
        is_week: whether the next standup comes with the next week, as where it is on the first day of each.
        restored: whether it has lost its marker, and is written anew.
    """

    number: int | None
    mark: AgendaMark
    items: tuple[AgendaItem, ...] = ()
    earlier: tuple[int, ...] = ()
    open: bool = True
    given_up: bool = False
    is_week: bool = True
    restored: bool = False

    @property
    def uid(self) -> str:
        """What it is known by."""
        return agenda_uid(self.mark.week)

    @property
    def week(self) -> str:
        """The number of its week."""
        return self.mark.week.rpartition("W")[2].lstrip("0")
