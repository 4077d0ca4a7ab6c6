"""What should be true of a repository's issues, as data: `app.render.follow_up` puts it into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.core.calendar.agenda_issue import Agenda
from app.core.calendar.notice import DraftReminder, ItemNotice, ManagerWord
from app.core.calendar.revisit import Revisit
from app.core.closing import closed_as
from app.core.ledger import Doubt, Entry, Ledger
from app.core.merge import Merged
from app.core.metrics import Metrics
from app.core.orders import Answer
from app.core.promise import Promise, Said, Touched
from app.core.records import Adoption, FiguresMark
from app.core.repository_facts import Issue, RepositoryFacts, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """An action item of another postmortem.

    Attributes:
        number: of its issue; None where that does not exist yet.
        tracking: the number of that postmortem's tracking issue.
        headline: of that postmortem.
    """

    number: int | None
    tracking: int
    headline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedItem:
    """An action item of a followed postmortem.

    Attributes:
        entry: as the ledger is to remember it.
        said: what the document says; None where the document no longer has it and its issue cannot be read.
        issue: its action issue as it is; None if it has none yet.
        merged: what that issue is to be; None if it needs none, or must be left alone.
        fresh: whether the ledger does not name its issue yet.
        by_default: whether the deadline is the policy's, since the document gave none.
        unassigned: the owner whom the document names, where nobody known can be assigned; empty otherwise.
        missing: what the document leaves open: `an owner`, `a deadline`, `a success criterion`.
        asks_for_evidence: whether a person closed it as done, and nothing shows how.
        is_proven: whether a person closed it as done, and something shows how.
        unread_link: the number of an issue that it links, and that has to be looked at before anything is created.
        unread_history: whether its issue's history has to be read, to see how it was done.
        was_closed: whether its issue was closed when it was last seen.
        touch: what is to be remembered if its issue is written to now, since nothing has moved but our words; None
            where something has.
        links: numbers of the issues that it links, where the document was read now.
        moved_to: where an item of its title stands now, if its own document no longer has it.
        shared: those of other postmortems whose open issues it links; it has one of its own.
        unshared: numbers of such issues of which that was said, and whose items are gone.
    """

    entry: Entry
    said: Said | None
    issue: Issue | None
    merged: Merged | None
    fresh: bool = False
    by_default: bool = False
    unassigned: str = ""
    missing: tuple[str, ...] = ()
    asks_for_evidence: bool = False
    is_proven: bool = False
    unread_link: int | None = None
    unread_history: bool = False
    was_closed: bool = False
    touch: Touched | None = None
    links: tuple[int, ...] = ()
    moved_to: Elsewhere | None = None
    shared: tuple[Elsewhere, ...] = ()
    unshared: tuple[int, ...] = ()

    @property
    def closed_as(self) -> str | None:
        """Why its issue is closed, or is to be, in GitHub's words; None where it is open, or nobody says."""
        if self.merged is None:
            return closed_as(self.issue, None) if self.issue else None
        if self.merged.open or self.merged.state_reason or self.issue is None:
            return self.merged.state_reason
        return closed_as(self.issue, self.merged.promise)

    @property
    def open(self) -> bool:
        """Whether its issue is open, or is to be."""
        return self.merged.open if self.merged else not self.entry.settled and bool(self.issue and self.issue.open)

    @property
    def pending(self) -> bool:
        """Whether it still has to be done: its issue is open, or is still to come."""
        entry = self.entry
        return self.open or (self.issue is None and entry.number is None and not entry.settled and not entry.gone)

    @property
    def reopened(self) -> bool:
        """Whether its issue was closed when it was last seen, and is open again."""
        return self.was_closed and self.open

    @property
    def rescheduled(self) -> bool:
        """Whether a person has put its issue on another milestone of ours since it was last seen."""
        record = self.issue.record if self.issue else None
        if self.merged is None or not isinstance(record, Promise):
            return False
        return self.open and record.shown.milestone != self.merged.promise.shown.milestone


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A postmortem that is followed up.

    Attributes:
        ledger: as it is to be remembered.
        tracking: its tracking issue as it is; None if it has none yet.
        title: of the tracking issue, as it is to be.
        open: whether that is to be open.
        assignee: who is to be assigned to a new tracking issue; None if nobody can be.
        authors: accounts of the document's authors; only where the document was read.
        items: its action items, in the ledger's order.
        doubts: what has to be asked before anything is created, where the document was read now; see its ledger.
        vanished: titles of items that the document lost, too many at once to be believed without a word.
        awaits: SHA of the version that lost them.
        lost: whether the document is no longer there.
        recurrence_of: tracking issues of earlier postmortems that it is a recurrence of, each with its title.
        labels: all that its tracking issue is to have; None leaves them as they are.
        links: numbers of the issues where it is to be said that they are a recurrence of this.
        unlinks: numbers of those where that was said, and does not hold any more.
        closes: whether Closeout itself closes its tracking issue now, since all of it is over.
    """

    ledger: Ledger
    tracking: Issue | None
    title: str = ""
    open: bool = True
    assignee: User | None = None
    authors: tuple[User, ...] = ()
    items: tuple[FollowedItem, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    vanished: tuple[str, ...] = ()
    awaits: str = ""
    lost: bool = False
    recurrence_of: tuple[tuple[int, str], ...] = ()
    labels: frozenset[str] | None = None
    links: tuple[int, ...] = ()
    unlinks: tuple[int, ...] = ()
    closes: bool = False

    @property
    def owes_explanation(self) -> bool:
        """Whether it is a recurrence, and does not say why the first postmortem did not prevent it."""
        return bool(self.recurrence_of) and not self.ledger.about.explains


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopting:
    """The issue that asks whether many new postmortems are to be followed up.

    Attributes:
        number: None if it does not exist yet.
        record: as it is to be.
        paths: of the documents that wait.
        open: whether it is to be open.
    """

    number: int | None
    record: Adoption
    paths: tuple[str, ...]
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivalry:
    """The issue that says that another App follows up the same postmortems.

    Attributes:
        number: None if it does not exist yet.
        logins: of the others.
        open: whether it is to be open.
    """

    number: int | None
    logins: tuple[str, ...]
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowThrough:
    """The issue that shows what became of the promises, in figures.

    Attributes:
        number: None if it does not exist yet.
        record: as it is to be.
        metrics: the figures.
        open: whether it is to be open.
        stays: the number of the issue that shows them, where this is a second one; None otherwise.
    """

    number: int | None
    record: FiguresMark
    metrics: Metrics
    open: bool = True
    stays: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What should be true of a repository's issues.

    Attributes:
        postmortems: those that are followed up, in the order of their paths, then those that were lost.
        adopting: what is to be said of new postmortems that are too many.
        rivalry: what is to be said of another App.
        follow_through: the issue that shows the figures, and second ones, which are to be closed.
        figures_change: the next day on which its figures change by themselves; None if that takes somebody to do
            something, or nobody wants to see them.
        unclear: tracking issues of which it cannot be told whose they are.
        duplicates: issues that say the same as another one, with the number of that one, which stays.
        unread_below: numbers of the tracking issues of which has to be read first what stands below them.
        unread_recurrences: numbers that people have named as recurrences, and that have to be looked up first.
        answers: what is to be said to people whose commands were not carried out, or who asked what they can say.
        unheeded: ids of the comments whose commands are not carried out, and not answered, since that was said before.
        notices: reminders and escalations that are to be posted now.
        revisits: returns that are to be posted now.
        words: what managers are to be told now besides.
        drafts: reminders of postmortems that are drafts still.
        agendas: weekly agendas that are to be written, or closed.
        closes: when working hours are over, after which none of these may be posted; None where none is.
        wake_at: the next instant at which any of this changes by itself; None if that takes somebody to do something.
    """

    postmortems: tuple[Followed, ...] = ()
    adopting: tuple[Adopting, ...] = ()
    rivalry: Rivalry | None = None
    follow_through: tuple[FollowThrough, ...] = ()
    figures_change: date | None = None
    unclear: tuple[Issue, ...] = ()
    duplicates: Mapping[int, int]
    unread_below: frozenset[int] = frozenset()
    unread_recurrences: frozenset[int] = frozenset()
    answers: tuple[Answer, ...] = ()
    unheeded: frozenset[int] = frozenset()
    notices: tuple[ItemNotice, ...] = ()
    revisits: tuple[Revisit, ...] = ()
    words: tuple[ManagerWord, ...] = ()
    drafts: tuple[DraftReminder, ...] = ()
    agendas: tuple[Agenda, ...] = ()
    closes: datetime | None = None
    wake_at: datetime | None = None

    @property
    def unread_links(self) -> frozenset[int]:
        """Numbers of the issues that have to be looked at first."""
        items = (item for each in self.postmortems for item in each.items)
        linked = frozenset(item.unread_link for item in items if item.unread_link is not None)
        return linked | self.unread_recurrences

    def unread_conversations(self, facts: RepositoryFacts) -> frozenset[int]:
        """Numbers of the issues that get a record now, and of which has to be known what was said there before."""
        items = (item for each in self.postmortems for item in each.items)
        fresh = (item.issue for item in items if item.issue and item.fresh and item.merged)
        return frozenset(each.number for each in fresh if each.comments) - facts.commented - facts.promises().keys()

    @property
    def unread_histories(self) -> frozenset[int]:
        """Numbers of the issues whose history has to be read first."""
        items = (item for each in self.postmortems for item in each.items)
        return frozenset(item.issue.number for item in items if item.unread_history and item.issue)
