"""The return of a postmortem, as data: what is to be asked on its tracking issue. `app.render` puts it into words."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from app.core.calendar.notice import Holder, Urgency
from app.core.promise import Noticed
from rules.policy import Priority

MANAGER = "manager"
"""What the key of a return's second word ends with."""

_LATEST = 10_000
"""Working days: later than anything."""


class Question(enum.StrEnum):
    """What a revisit asks."""

    URGENT_DONE = "are the P0s done"
    VERIFIED = "did the verification run, and pass"
    RECURRED = "has it happened again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisit:
    """A return that is to be posted on a tracking issue.

    Attributes:
        issue: its number.
        document: the postmortem's id.
        key: what is remembered of it; see `Noticed.about`.
        after: days after the merge, by the policy; 0 where a failed verification is asked for again.
        passed: days that have passed since the merge; those of the policy, where that is a weekend or a holiday ago.
        questions: what it asks, those already answered among them.
        unanswered: which of them nobody has answered.
        urgent: the P0s that are still open.
        assignees: logins of those who have the tracking issue, and may be mentioned there; nobody is where nothing is
            left to answer.
        managers: logins of the managers among those whom it mentions, be it since they have the tracking issue.
        again: whether this is the second word, since nobody answered the first.
        unreachable: whether it should reach a manager, and none can be reached.
        later: the postmortems that came after this one and name it, where it asks whether it happened again.
        failed: days since the verification failed, where that is asked for again; else 0.
    """

    issue: int
    document: str
    key: str
    after: int
    passed: int
    questions: tuple[Question, ...]
    unanswered: tuple[Question, ...]
    urgent: tuple[Urgent, ...]
    assignees: tuple[str, ...]
    managers: tuple[str, ...] = ()
    again: bool = False
    unreachable: bool = False
    later: tuple[Later, ...] = ()
    failed: int = 0

    @property
    def about(self) -> str:
        """What the comment is known by."""
        return f"revisit:{self.document}:{self.key}"

    @property
    def is_return(self) -> bool:
        """Whether it is the first word of a return of the policy's."""
        return self.after > 0 and not self.again

    @property
    def first_about(self) -> str:
        """What the first word of this return is known by."""
        first, _, _ = self.key.partition(f" {MANAGER}")
        return f"revisit:{self.document}:{first}"

    def remembered(self, day: date) -> Noticed:
        """What is kept of it, posted on a day: the first word of a return tells its second what to ask for."""
        listed = self.urgent if Question.URGENT_DONE in self.unanswered and not self.again else ()
        return Noticed(
            about=self.key,
            on=day,
            managers=self.managers,
            unanswered=tuple(self.unanswered),
            urgent=tuple(each.number for each in listed if each.number),
        )

    @property
    def urgency(self) -> Urgency:
        """What sorts the worst first: after overdue P0s, before everything else."""
        return Priority.P1, False, -_LATEST, self.issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgent:
    """A P0 that is still open when its postmortem comes back.

    Attributes:
        number: of its action issue; None if it has none.
        title: the action.
        holder: whose it is.
        owner: login of whoever promised it, or None.
        deadline: as it stands, or None.
        days_late: working days since its deadline, or since it was opened again after that.
        reopened: the day on which it was opened again the last time, or None.
    """

    number: int | None
    title: str
    holder: Holder
    owner: str | None
    deadline: date | None
    days_late: int
    reopened: date | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """A later postmortem that names an earlier one: its tracking issue, its title, and whether it declares it."""

    number: int
    headline: str
    declares: bool
