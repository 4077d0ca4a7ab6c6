"""Issues and comments as they are wanted, put into words; `plan` finds what is still to be written for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.core.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedIssue:
    """An issue as it is wanted.

    Attributes:
        uid: what it is known by.
        number: None if it does not exist yet.
        title: at most 256 characters.
        block: the Markdown that is Closeout's part of the body; None leaves it as it is.
        record: what its marker is to say.
        labels: those it is opened with; people may take them off.
        relabelled: all labels of one that exists; None leaves them as they are.
        below: whether the block goes below what people wrote, since the issue is theirs.
        reopened: whether somebody has opened it again, or put it on another milestone: that is to be open, too.
        assignees: logins; None leaves them as they are.
        milestone: the day of the milestone that it belongs on; None leaves that as it is.
        open: whether it is to be open.
        state_reason: why it is to be closed, in GitHub's words; None where that does not change.
        closes_again: whether that reason is to be given though it is closed already.
        after: uids of the issues, and what the comments are about, that come first: a ledger is written when all that
            it says is true, so that a crash before loses nothing. A new issue does not wait, unless it is `last`.
        last: whether a new one, too, waits for what comes first.
        until: the instant from which on it must not be opened any more, for now.
        reason: why all this, for people.
    """

    uid: str
    number: int | None
    title: str
    block: str | None
    record: Record
    labels: tuple[str, ...] = ()
    relabelled: frozenset[str] | None = None
    below: bool = False
    reopened: bool = False
    assignees: tuple[str, ...] | None = None
    milestone: date | None = None
    open: bool = True
    state_reason: str | None = None
    closes_again: bool = False
    after: tuple[str, ...] = ()
    last: bool = False
    until: datetime | None = None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedComment:
    """A comment as it is wanted.

    Attributes:
        issue: the number of the issue it belongs on.
        about: what it is there for: it is posted once.
        text: Markdown, without the marker.
        mentions: logins that it mentions.
        until: the instant from which on it must not be posted any more, for now.
        managers: logins of the managers among those whom it mentions.
        reason: why, for people.
    """

    issue: int
    about: str
    text: str
    mentions: tuple[str, ...] = ()
    until: datetime | None = None
    managers: tuple[str, ...] = ()
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedFold:
    """A comment of ours of which only a line is wanted any more, since a newer one says what holds now.

    Attributes:
        issue: the number of the issue it belongs on.
        about: what it is known by.
        text: the line, as Markdown.
        reason: why, for people.
        is_over: whether what it says may come again: then it is to be said once more.
    """

    issue: int
    about: str
    text: str
    reason: str = "a newer notice says what holds now"
    is_over: bool = False

    @property
    def key(self) -> str:
        """What comes after it waits for this."""
        return f"fold:{self.issue}:{self.about}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of a repository's issues.

    Attributes:
        issues, comments: see there.
        folds: comments to be shortened, once all comments are posted.
        sub_issues: pairs of numbers, a tracking issue and an action issue under it.
    """

    issues: tuple[WantedIssue, ...] = ()
    comments: tuple[WantedComment, ...] = ()
    folds: tuple[WantedFold, ...] = ()
    sub_issues: tuple[tuple[int, int], ...] = ()
