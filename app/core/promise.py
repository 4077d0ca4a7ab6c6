"""What Closeout remembers of an action item, written as the marker of its issue: the *promise*.

What the document said, what was shown on GitHub when Closeout last wrote, what was promised at the first merge, and
every move of the date since. Together they are the ancestor of a three-way merge, so that a person's change and the
document's are told apart.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal, Self

from rules.policy import Priority

LONGEST_TITLE = 256
"""Characters of an issue's title (GitHub's limit)."""

MOST_EXTENSIONS = 20
"""Moves of a deadline that are kept one by one: what an issue remembers has to fit into its body."""

VERIFY_AGAIN = timedelta(days=30)
"""After which a verification that failed is asked for again."""


def shortened(text: str, longest: int) -> str:
    """A text of at most so many characters; one that was longer ends with an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


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
        why_declined: the reason for that, if the document gives one.
        lines: its first and last line in the version that was read, from 1.
        collective: whether the owner as written is a group, which is nobody.
        id: the identifier its author gave it, or None.
        priority_text: the priority as written, where that is none that the policy knows; empty otherwise.
    """

    title: str
    owner: str | None = None
    owner_text: str = ""
    due: date | None = None
    priority: Priority | None = None
    criterion: str | None = None
    done: bool = False
    declined: bool = False
    why_declined: str = ""
    lines: tuple[int, int] = (1, 1)
    collective: bool = False
    id: str | None = None
    priority_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What Closeout last set on an issue, as GitHub took it: whatever differs now, a person changed.

    Attributes:
        title: of the issue.
        assignees: ids of accounts, in order; logins change.
        milestone: the day of the milestone of ours that it is on; None without one.
        open: whether the issue is open.
        off: whether a person took it off its milestone: there is none then, and where they put it back is their move.
        vacant: whether nobody was assigned, since nobody could be: it is for whoever can be later.
    """

    title: str
    assignees: tuple[int, ...] = ()
    milestone: date | None = None
    open: bool = True
    off: bool = False
    vacant: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A move of the deadline.

    Attributes:
        to: the new day.
        on: the day on which it was said (`/extend`), or seen.
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
        on: the day on which it was said.
        comment: the id of the comment.
    """

    passed: bool
    evidence: str
    by: str
    on: date
    comment: int

    @property
    def ask_again(self) -> date | None:
        """The day on which to ask whether it ran again, and passed; None if it has."""
        return None if self.passed else self.on + VERIFY_AGAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """A reminder, an escalation or a revisit that was posted.

    Attributes:
        about: what it was about: a level and the deadline that it was counted from, or a revisit; `unheard` in it says
            that it was for a manager, and there was none.
        on: the day on which it was posted, in the policy's zone.
        managers: logins of the managers whom it mentioned.
        quiet: the day on which its issue had moved last before, as far as is known: posting it moves the issue, too.
        unanswered: of a revisit, the questions that it left open.
        urgent: of the newest return's first word, the numbers of the P0s that it listed as open.
        to: of the word that something is due soon, the ids of those who had it.
    """

    about: str
    on: date
    managers: tuple[str, ...] = ()
    quiet: date | None = None
    unanswered: tuple[str, ...] = ()
    urgent: tuple[int, ...] = ()
    to: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """Who has an action issue, or had it last.

    Attributes:
        ids: of their accounts; logins change.
        logins: theirs, as they were then; in the same order.
        able: the ids of those to whom issues could be assigned: of them it can be told that they have left.
        since: the day on which they, and nobody else, were first seen to have it; None where that was not kept.
        begun: the day on which each of them was, in the order of `ids`; empty where that is `since` for all.
    """

    ids: tuple[int, ...]
    logins: tuple[str, ...] = ()
    able: tuple[int, ...] = ()
    since: date | None = None
    begun: tuple[date | None, ...] = ()

    def since_of(self, account: int) -> date | None:
        """The day on which one of them was first seen to have it, this time; None for others, or if it was not kept."""
        if account not in self.ids:
            return None
        return self.begun[self.ids.index(account)] if self.begun else self.since


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """An edit of ours, where nothing else had moved an issue.

    Attributes:
        on: the day of it, in the policy's zone.
        quiet: see `Noticed`.
    """

    on: date
    quiet: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """What was promised for a day.

    Attributes:
        due: as promised at the first merge; None where no day was.
        extensions: the moves of the deadline since, oldest first; at most the last `MOST_EXTENSIONS` of them.
        moves_before, postponements_before: how many moves came before those, and how many of them to a later day.
        since: the day on which it was first given a deadline; None where it had one at the first merge.
    """

    due: date | None = None
    extensions: tuple[Extension, ...] = ()
    moves_before: int = 0
    postponements_before: int = 0
    since: date | None = None

    @property
    def deadline(self) -> date | None:
        """The deadline as it stands: as promised, or where the last extension put it."""
        return self.extensions[-1].to if self.extensions else self.due

    @property
    def moves(self) -> int:
        """How often the deadline was moved."""
        return self.moves_before + len(self.extensions)

    @property
    def postponements(self) -> int:
        """How often the deadline was extended: moved to a later day than it stood on. To pull it in is no extension."""
        moves = zip(self.days_before, self.extensions, strict=True)
        return self.postponements_before + sum(1 for before, move in moves if before and move.to > before)

    @property
    def days_before(self) -> tuple[date | None, ...]:
        """Where the deadline stood before each of the moves that are kept; None where nobody knows any more."""
        first = None if self.moves_before else self.due
        return (first, *(each.to for each in self.extensions))[:-1]

    def extended(self, by: Extension) -> Self:
        """This with one more move of its deadline."""
        return replace(self, extensions=(*self.extensions, by)).with_last_moves(MOST_EXTENSIONS)

    def with_last_moves(self, most: int) -> Self:
        """This with its last moves, one at least; of those before them it is kept how many there were."""
        left = len(self.extensions) - most
        if left <= 0:
            return self
        shorter = replace(
            self, extensions=self.extensions[left:], moves_before=self.moves_before + left, postponements_before=0
        )
        return replace(shorter, postponements_before=self.postponements - shorter.postponements)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a document stood, and in which version.

    Attributes:
        commit: SHA of a commit.
        path: of the document in it.
    """

    commit: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise(Dated):
    """The record on an action issue.

    Attributes:
        document: the document's id.
        uid: the item's.
        tracking: the number of the tracking issue.
        said, shown: see there.
        priority: as promised at the first merge; never changed afterwards. So is `due`: the policy's default where the
            document gave no date.
        commands: ids of the comments whose commands were applied.
        declined, declined_by: why it will not be done, and who said so (`/wontdo`); empty unless somebody did.
        declined_after: when its issue had been closed, where `/wontdo` came only then; see `closed_as`.
        declined_on: the day of `/wontdo`, where its issue was closed on a later one, as after an outage; else None.
        verdict: what the last `/verified` said of it.
        deaf_until: comments up to this instant are not listened to: nobody knows which of them were applied.
        heard: comments with an id up to this one are not listened to: they were dealt with before the record was lost.
        noticed: the notices that were posted, oldest first.
        touched: the last edit of ours that tells of nothing that moved, as where its lines in the document did.
        place: the version of the document that first said all this of it, in these lines; None where nobody kept that:
            then the one that was last read.
        overdue: whether Closeout has put the label on it that says so.
        tenure: who has the issue, or had it last; None if nobody had, or Closeout itself took it from them.
        reopened: the day on which its issue, which was closed on an earlier one, was opened again, or was seen to be
            where nobody knows when it was; or on which `/verified fail` was said, which opens it; the last time. One
            that is opened again on the day on which it was closed goes on as if nothing had been.
        closed: that earlier day, as far as it is known.
        dropped: whether it was closed then without being done, see `closing.NOT_DONE`.
        sponsor: the login of whoever the policy named to have it in its owner's place, when Closeout gave it to them;
            empty where the owner has it.
    """

    kind: Literal["action"] = "action"
    document: str
    uid: str
    tracking: int
    said: Said
    shown: Shown
    priority: Priority | None
    commands: tuple[int, ...] = ()
    declined: str = ""
    declined_by: str = ""
    declined_after: datetime | None = None
    declined_on: date | None = None
    verdict: Verdict | None = None
    deaf_until: datetime | None = None
    heard: int = 0
    noticed: tuple[Noticed, ...] = ()
    touched: Touched | None = None
    overdue: bool = False
    tenure: Tenure | None = None
    place: Place | None = None
    reopened: date | None = None
    closed: date | None = None
    dropped: bool = False
    sponsor: str = ""
