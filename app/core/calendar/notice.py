"""Notices, as data: what is to be said of an item, or to somebody, and where. `app.render` puts them into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.core.calendar.levels import Level
from app.core.promise import Noticed, Promise, Verdict
from rules.policy import Priority

VERIFY = "verify"
"""What the keys of notices begin with that ask whether a verification which failed ran again."""

Urgency = tuple[str, bool, int, int]
"""What sorts the worst first: a priority, whether it was told before, working days late (negative), and the issue.

What is told for the first time comes before what is repeated: its owner has not heard either.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whose an action item is, as a list of items shows it.

    Attributes:
        logins: of those who have its issue.
        promised_by: where nobody has it, whoever promised it: a login, or a name as written; empty for a group.
        left: whether somebody had it, and no longer has.
    """

    logins: tuple[str, ...]
    promised_by: str = ""
    left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemNotice:
    """A notice that is to be posted on an action issue.

    Attributes:
        issue: its number.
        uid: the item's.
        key: what is remembered of it; see `Noticed.about`.
        level: how pressing it is; NONE for a question: who has it now, or whether its verification passes now.
        deadline: as it stands.
        days_late: working days since its deadline, or since it was opened again after that.
        promise: what was promised, and how the date moved.
        owners: logins of those who have the issue.
        promised_by: whoever promised it, where they are not among those, for instance since a sponsor stands in; else
            empty.
        left: whether somebody had it, and nobody has it any more.
        named: login of whoever promised it, where nobody ever had the issue and the policy knows them; else empty.
        former: login of whoever had it, for the question who has it now; empty otherwise.
        managers: logins of the managers among those whom it mentions, be it since they have the issue.
        unreachable: whether it should reach a manager, and none can be reached.
        told: the highest level that was told before, counted from the same deadline.
        before: the notices before it: each is folded to a line.
        quiet_since: the day on which its issue moved last, as far as is known.
        is_new: whether its issue has hardly been there, so that nobody had time to say anything.
        longest: login of whoever of its owners has had it longest; empty where nobody has it.
        taken: the day on which they got it, if all notices before went to others: this is the first word to any of its
            owners. Else None.
        reopened: the day on which it was opened again after its deadline; else None.
        failed: days since its verification failed, where that is asked for again; else 0.
    """

    issue: int
    uid: str
    key: str
    level: Level
    deadline: date | None
    days_late: int
    promise: Promise
    owners: tuple[str, ...]
    quiet_since: date
    promised_by: str = ""
    left: bool = False
    named: str = ""
    former: str = ""
    managers: tuple[str, ...] = ()
    unreachable: bool = False
    told: Level = Level.NONE
    before: tuple[Noticed, ...] = ()
    is_new: bool = False
    longest: str = ""
    taken: date | None = None
    reopened: date | None = None
    failed: int = 0

    @property
    def addressed(self) -> tuple[str, ...]:
        """Logins of those whom it speaks to, besides managers."""
        return self.owners or ((self.named,) if self.named else ())

    @property
    def asks_to_verify(self) -> bool:
        """Whether it asks if a verification that failed ran again, and passed."""
        return self.key.startswith(VERIFY)

    @property
    def about(self) -> str:
        """What the comment is known by."""
        return notice_about(self.uid, self.key)

    def remembered(self, day: date) -> Noticed:
        """What is kept of it, posted on a day."""
        tenure = self.promise.tenure if self.level is Level.DUE_SOON else None
        to = tenure.ids if tenure else ()
        return Noticed(about=self.key, on=day, managers=self.managers, quiet=self.quiet_since, to=to)

    @property
    def urgency(self) -> Urgency:
        """What sorts the worst first."""
        is_repeated = self.level > Level.MANAGER
        return self.promise.said.priority or Priority.P2, is_repeated, -self.days_late, self.issue


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerWord:
    """A word to a manager, posted once.

    Attributes:
        issue: the number of the issue that it belongs on.
        tracking: the number of the tracking issue, which remembers that it was posted.
        about: what the comment is known by.
        manager: login.
        promise: of the item whose deadline has moved too often; None for the other kind.
        verdict: what was said of the verification that failed; None for the other kind.
        closed_since: whether people have closed the issue since it failed.
    """

    issue: int
    tracking: int
    about: str
    manager: str
    promise: Promise | None = None
    verdict: Verdict | None = None
    closed_since: bool = False

    @property
    def managers(self) -> tuple[str, ...]:
        """Logins of the managers whom it mentions."""
        return (self.manager,)

    @property
    def urgency(self) -> Urgency:
        """What sorts the worst first: with what is a P1 and not late."""
        return Priority.P1, False, 0, self.issue

    def remembered(self, day: date) -> Noticed:
        """What is kept of it, posted on a day."""
        return Noticed(about=self.about, on=day, managers=self.managers)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReminder:
    """The reminder that a postmortem, merged as a draft, is still one.

    Attributes:
        issue: the number of its tracking issue.
        document: the postmortem's id.
        merged: the day on which it was.
        assignees: logins of those who have the tracking issue, and may be mentioned there.
        managers: logins of the managers among those.
    """

    KEY: ClassVar[str] = "draft"

    issue: int
    document: str
    merged: date
    assignees: tuple[str, ...]
    managers: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        """What the comment is known by."""
        return f"draft:{self.document}"

    def remembered(self, day: date) -> Noticed:
        """What is kept of it, posted on a day."""
        return Noticed(about=self.KEY, on=day, managers=self.managers)

    @property
    def urgency(self) -> Urgency:
        """What sorts the worst first: after whatever is not a P2."""
        return Priority.P2, False, 0, self.issue


def notice_about(uid: str, key: str) -> str:
    """What the comment of a notice is known by."""
    return f"notice:{uid}:{key}"
