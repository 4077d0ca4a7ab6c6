"""What Closeout remembers of a postmortem, written as markers on its issues.

The tracking issue's marker is the *ledger*: which action items the document has, which issue each one lives in, and
which version of the document was last read. An action issue's marker is a *promise*: what the document said, what was
shown on GitHub when Closeout last wrote, what was promised at the first merge, and every move of the date since.
Together they are the ancestor of a three-way merge, so that a person's change and the document's are told apart.
"""

from __future__ import annotations

import enum
import hashlib
import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from app.core.markers import VERSION, Unreadable, read_marker
from rules.policy import Priority

_UID_DIGITS = 16
LONGEST_TITLE = 256
"""Characters of an issue's title (GitHub's limit)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the document says of an action item, as last read.

    Attributes:
        title: the action.
        owner: the owner's GitHub login, or None where nobody knows one.
        owner_text: the owner as written, empty if nobody is named.
        due: the deadline in the document, or None.
        priority, criterion: as in the document, or None.
        done: ticked, or marked done.
        declined: marked as something that will not be done.
        lines: its first and last line in the version that was read, from 1.
        collective: whether the owner as written is a group, which is nobody.
    """

    title: str
    owner: str | None = None
    owner_text: str = ""
    due: date | None = None
    priority: Priority | None = None
    criterion: str | None = None
    done: bool = False
    declined: bool = False
    lines: tuple[int, int] = (1, 1)
    collective: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What Closeout last set on an issue, as GitHub took it: whatever differs now, a person changed.

    Attributes:
        title: of the issue.
        assignees: ids of accounts, in order; logins change.
        milestone: the day of the milestone of ours that it is on; None without one.
        open: whether the issue is open.
    """

    title: str
    assignees: tuple[int, ...] = ()
    milestone: date | None = None
    open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A move of the deadline.

    Attributes:
        to: the new day.
        on: the day on which it was seen.
        by: who moved it: a login, `document` for an edit of the document, or empty for a milestone moved by hand.
        reason: in their words; empty if they gave none.
        comment: the id of the command's comment, or None.
    """

    to: date
    on: date
    by: str = ""
    reason: str = ""
    comment: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What somebody says came of a verification (`/verified`).

    Attributes:
        passed: whether it passed.
        evidence: a link or a sentence.
        by: their login.
        on: the day on which it was read.
        comment: the id of the comment.
    """

    passed: bool
    evidence: str
    by: str
    on: date
    comment: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurred:
    """What somebody says about whether it happened again (`/recurrence`).

    Attributes:
        happened: whether it did: then a new postmortem is owed.
        issue: the number of the new incident's issue, or None.
        by: their login.
        on: the day on which it was read.
        comment: the id of the comment.
    """

    happened: bool
    issue: int | None
    by: str
    on: date
    comment: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """A reminder, an escalation or a revisit that was posted.

    Attributes:
        about: what it was about: a level and the deadline that it was counted from, or a revisit.
        on: the day on which it was posted, in the policy's zone.
        managers: logins of the managers whom it mentioned.
    """

    about: str
    on: date
    managers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """The record on an action issue.

    Attributes:
        document: the document's id.
        uid: the item's.
        tracking: the number of the tracking issue.
        said, shown: see there.
        due, priority: as promised at the first merge (the policy's default where the document gave no date); never
            changed afterwards.
        extensions: every move of the deadline since, oldest first.
        commands: ids of the comments whose commands were applied.
        asked: whether it was looked for evidence when a person closed it, and asked for where there was none: once.
        declined, declined_by: why it will not be done, and who said so (`/wontdo`); empty unless somebody did.
        verdict: what the last `/verified` said of it.
        deaf_until: comments up to this instant are not listened to: the record was lost, so which of them were applied
            is not known.
        noticed: the notices that were posted, oldest first.
        overdue: whether Closeout has put the label on it that says so.
    """

    kind: Literal["action"] = "action"
    document: str
    uid: str
    tracking: int
    said: Said
    shown: Shown
    due: date | None
    priority: Priority | None
    extensions: tuple[Extension, ...] = ()
    commands: tuple[int, ...] = ()
    asked: bool = False
    declined: str = ""
    declined_by: str = ""
    verdict: Verdict | None = None
    deaf_until: datetime | None = None
    noticed: tuple[Noticed, ...] = ()
    overdue: bool = False

    @property
    def postponements(self) -> int:
        """How often the deadline was moved to a later day."""
        days = [self.due, *(each.to for each in self.extensions)]
        return sum(1 for before, after in itertools.pairwise(days) if before and after and after > before)

    @property
    def deadline(self) -> date | None:
        """The deadline as it stands: as promised, or where the last extension put it."""
        return self.extensions[-1].to if self.extensions else self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One action item in the ledger.

    Attributes:
        uid: see `item_uid`.
        number: of its action issue; None until that exists.
        title: as last read: it is how the item is known again.
        id: the identifier its author gave it, or None.
        due, priority: as promised at the first merge; here too, lest a damaged action issue forget them.
        gone: the document no longer has it.
        settled: done or declined before it ever had an issue: it needs none.
        linked: its issue is one that people opened, and that the document links: it is read by its number.
        closed: whether its issue was closed when it was last seen.
    """

    uid: str
    number: int | None
    title: str
    id: str | None = None
    due: date | None = None
    priority: Priority | None = None
    gone: bool = False
    settled: bool = False
    linked: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the document says of itself, as far as its tracking issue repeats it.

    Attributes:
        headline: its title; the file's name where it has none.
        severity: as written, or empty.
        day: of the incident, or None.
        authors: as written.
        verification: the text of its verification, at most 1,000 characters.
        draft: whether it was merged as a draft.
        logins: of the authors whose login is known: they may give commands here.
    """

    headline: str
    severity: str = ""
    day: date | None = None
    authors: tuple[str, ...] = ()
    verification: str = ""
    draft: bool = False
    logins: tuple[str, ...] = ()


class VerificationState(enum.StrEnum):
    """What is known of a postmortem's verification."""

    NOT_RUN = "not run"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The record on a tracking issue.

    Attributes:
        document: the document's id: its incident, else the path it was first seen at.
        path: where it is now.
        blob: SHA of the version that was last read.
        commit: SHA of a commit that has this version.
        merged: the day on which the document first came there, in the policy's zone.
        about: what the tracking issue repeats of it.
        shown: what Closeout last set on the tracking issue.
        entries: its action items, in the order in which they were first seen.
        verification, evidence: whether it ran and how it ended; a link or a sentence.
        verdict: the `/verified` that says so; None where nobody has.
        verify_again: the day on which to ask again, since it failed; None otherwise.
        recurrences: every answer to whether it happened again, oldest first.
        deaf_until: see `Promise`.
        commands: ids of the comments whose commands were applied.
        told: what has been said once and is not to be said again (`gone:UID`, `deleted`, …).
        adopted: SHA of a version that lost many items at once, where somebody said that this is meant (`/adopt`).
        noticed: the revisits that were posted, oldest first.
    """

    kind: Literal["tracking"] = "tracking"
    document: str
    path: str
    blob: str
    commit: str
    merged: date
    about: About
    shown: Shown
    entries: tuple[Entry, ...] = ()
    verification: VerificationState = VerificationState.NOT_RUN
    evidence: str = ""
    commands: tuple[int, ...] = ()
    told: tuple[str, ...] = ()
    adopted: str = ""
    verdict: Verdict | None = None
    verify_again: date | None = None
    recurrences: tuple[Recurred, ...] = ()
    deaf_until: datetime | None = None
    noticed: tuple[Noticed, ...] = ()

    @property
    def owes_postmortem(self) -> bool:
        """Whether it happened again, as far as anybody has said, so that a new postmortem is owed."""
        return any(each.happened for each in self.recurrences)

    @property
    def complete(self) -> bool:
        """Whether every action item that needs an issue has one: then this version need not be read again."""
        return all(entry.number is not None or entry.settled or entry.gone for entry in self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A maintainer's word that a finding may pass in a pull request (`/waive`).

    Attributes:
        code: of the rule.
        reason: in their words.
        by: their login.
        comment: the id of the comment.
    """

    code: str
    reason: str
    by: str
    comment: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentMark:
    """The record on a comment of ours: what it is there for, so that it is posted once.

    Attributes:
        about: what it is there for.
        waiver: what it grants, on a pull request: it counts as long as nobody has edited the comment.
    """

    kind: Literal["comment"] = "comment"
    about: str
    waiver: Waiver | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """The record on the issue that asks whether many new postmortems are to be followed up.

    Attributes:
        waiting: the documents it speaks of, see `document_digest`. They wait while the issue is open, and are
            left alone once a person has closed it.
        adopted: whether somebody said `/adopt`: then they are followed up, and the issue is closed.
        closed: whether Closeout has closed it, since nothing waits any more.
        commands: ids of the comments whose commands were applied.
    """

    kind: Literal["adoption"] = "adoption"
    waiting: tuple[str, ...] = ()
    adopted: bool = False
    closed: bool = False
    commands: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The record on an issue that says something about the whole repository, once: what it is about."""

    kind: Literal["notice"] = "notice"
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresMark:
    """The record on the issue that shows the figures.

    Attributes:
        closed: whether Closeout has closed it, since another one shows them.
    """

    kind: Literal["figures"] = "figures"
    closed: bool = False


Record = Ledger | Promise | CommentMark | Adoption | Notice | FiguresMark

_RECORDS: Mapping[str, TypeAdapter[Any]] = {
    "tracking": TypeAdapter(Ledger),
    "action": TypeAdapter(Promise),
    "comment": TypeAdapter(CommentMark),
    "adoption": TypeAdapter(Adoption),
    "notice": TypeAdapter(Notice),
    "figures": TypeAdapter(FiguresMark),
}


def record_of(text: str) -> Record | Unreadable | None:
    """The record that an issue's or comment's text ends with; None if it ends with none."""
    found = read_marker(text)
    if found is None or isinstance(found, Unreadable):
        return found
    adapter = _RECORDS.get(str(found.get("kind")))
    if adapter is None:
        return Unreadable(str(dict(found))[:200])
    try:
        record: Record = adapter.validate_python({key: value for key, value in found.items() if key != "v"})
    except ValidationError as error:
        return Unreadable(f"{error.error_count()} fields cannot be read")
    return record


def as_record(record: Record) -> Mapping[str, Any]:
    """The record as a marker holds it. What has its default value is left out."""
    written: Mapping[str, Any] = _RECORDS[record.kind].dump_python(record, mode="json", exclude_defaults=True)
    return {"v": VERSION, "kind": record.kind, **written}


def document_uid(document: str) -> str:
    """What a postmortem's tracking issue is known by, from the document's id."""
    return _digest("tracking", document)


def item_uid(document: str, title: str, ordinal: int) -> str:
    """What an action item is known by for ever: from its document's id and the title it first had.

    Among items of equal title it is the `ordinal`-th, from 0. A retry computes the same.
    """
    return _digest("action", document, " ".join(title.casefold().split()), str(ordinal))


def document_digest(document: str) -> str:
    """A document in the list of those that wait: short, since a list of hundreds has to fit into a marker."""
    return _digest("waiting", document)[:10]


def adoption_uid() -> str:
    """What the issue that asks about many new postmortems is known by."""
    return _digest("adoption")


def notice_uid(about: str) -> str:
    """What a notice is known by."""
    return _digest("notice", about)


def figures_uid() -> str:
    """What the issue that shows the figures is known by."""
    return _digest("figures")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_UID_DIGITS]
