"""What Closeout remembers of a postmortem, written as the marker of its tracking issue: the *ledger*.

Which action items the document has, which issue each one lives in, and which version of the document was last read.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from app.core.promise import Dated, Noticed, Shown, Verdict, shortened
from app.core.terms import UNSTATED, Terms
from rules.policy import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurred:
    """What somebody says about whether it happened again (`/recurrence`).

    Attributes:
        happened: whether it did: then a new postmortem is owed.
        issue: the number of the new incident's issue, pull request or tracking issue; None if none is known. Where it
            did not happen, the one that somebody had taken for it.
        by: their login; `DOCUMENT` where a later postmortem declares it.
        on: the day on which it was said.
        comment: the id of the comment; 0 without one.
        successor: where `issue` is a pull request that was merged, the tracking issue of the postmortem that it
            brought, or 0 if it brought none; None while that is not known.
        named: whether the document of that declares it: then it is the successor for as long as it does.
        sought: the day on which that was merged already, and its postmortem was not seen; None otherwise.
    """

    happened: bool
    issue: int | None
    by: str
    on: date
    comment: int
    successor: int | None = None
    sought: date | None = None
    named: bool = False

    @property
    def takes_back(self) -> bool:
        """Whether it only takes back another word: it says nothing of whether it happened since."""
        return not self.happened and self.issue is not None


DOCUMENT = "document"
"""Who says what a document says."""

MOST_ENTRIES = 250
"""Action items of a postmortem that are followed up: what is remembered of them has to fit into one issue's body."""

MOST_QUESTIONS = 10
"""Action items of which it is remembered one by one that it was asked whether they are new."""

AGENDA = "agenda:"
"""What a ledger remembers begins with that, with the week of the newest agenda, where no agenda before it does."""

_LONGEST_QUESTION = 120  # characters of a title
_MOST_CANDIDATES = 5  # issues that may be an item's, and are kept of a question

_MOST_ANSWERS = 50
"""What people have said of recurrences, and is kept."""


_COMES_AGAIN = ("lost:", "back:", "vanished:", "doubt:", "failed:", "epitaph:", AGENDA)
_MOST_TOLD = MOST_ENTRIES + 100
"""More than can be waiting at the same time: what were forgotten while it is wanted would be noted for ever."""


def with_answer(recurrences: Sequence[Recurred], said: Recurred) -> tuple[Recurred, ...]:
    """What was said of recurrences with one more; where that is too much, the oldest word that there was none goes."""
    kept = [*recurrences, said]
    if len(kept) > _MOST_ANSWERS:
        kept.remove(next((each for each in kept if not each.happened), kept[0]))
    return tuple(kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Dated):
    """One action item in the ledger.

    Attributes:
        uid: see `item_uid`.
        number: of its action issue; None until that exists.
        title: as last read: it is how the item is known again.
        id: the identifier its author gave it, or None.
        terms: what else the document said of it then: items of one title are told apart by that.
        priority: as promised at the first merge; here too, lest a damaged action issue forget it. So are `due`,
            `since`, and the moves of the deadline after it, without the reasons.
        heard: the highest id of a comment on its issue whose command was dealt with; here too, for the same reason.
        gone: the document no longer has it.
        settled: done or declined before it ever had an issue: it needs none.
        declined: whether it was settled by declining it.
        linked: its issue is one that people opened, and that the document links: it is read by its number.
        taken_over: whether a linked issue has had its marker: without one it was damaged, and is not new.
        closed: whether its issue was closed when it was last seen.
        closed_on: the day of that, in the policy's zone; see `closing.closed_on`.
        dropped: whether it was closed without being done, see `closing.NOT_DONE`.
    """

    uid: str
    number: int | None
    title: str
    id: str | None = None
    terms: Terms = UNSTATED
    priority: Priority | None = None
    gone: bool = False
    settled: bool = False
    declined: bool = False
    linked: bool = False
    closed: bool = False
    closed_on: date | None = None
    dropped: bool = False
    heard: int = 0
    taken_over: bool = False


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
        recurrence_of: what it declares itself a recurrence of, as written, at most 300 characters; or empty.
        names: the files, incidents and issues that it names, see `references_in`.
        explains: whether it says why an earlier postmortem did not prevent it; None where nobody has looked.
        more: how many action items it has that are not followed up, since they are too many.
    """

    headline: str
    severity: str = ""
    day: date | None = None
    authors: tuple[str, ...] = ()
    verification: str = ""
    draft: bool = False
    logins: tuple[str, ...] = ()
    recurrence_of: str = ""
    names: tuple[str, ...] = ()
    explains: bool | None = None
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """An item of which it cannot be told whether it is new: its title, and the numbers of the issues it may be."""

    title: str
    numbers: tuple[int, ...]


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
        merged_at: when it came there; None where only the day was kept.
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
        noticed: the revisits, and other words to managers, that were posted, oldest first.
        questions: of which items it was asked whether they are new, in the version that was last read: an edit of the
            document answers that. At most `MOST_QUESTIONS`, with titles cut short.
        more_questions: how many such items there are besides.
        asked_for: the day on which it began to be followed up, where that took somebody to say so (`/adopt`).
        earlier: the beginnings of the SHAs of the versions before, see `known_versions`.
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
    merged_at: datetime | None = None
    questions: tuple[Doubt, ...] = ()
    more_questions: int = 0
    asked_for: date | None = None
    earlier: tuple[str, ...] = ()

    def with_questions(self, doubts: Sequence[Doubt]) -> Ledger:
        """This with the items in doubt of the version that is read now; those of the one before are answered."""
        kept = tuple(
            Doubt(title=shortened(each.title, _LONGEST_QUESTION), numbers=each.numbers[:_MOST_CANDIDATES])
            for each in doubts[:MOST_QUESTIONS]
        )
        return replace(self, questions=kept, more_questions=len(doubts) - len(kept))

    def with_told(self, about: Iterable[str]) -> Ledger:
        """This with more that was told. Of what comes again with each change, only the newest is kept."""
        told = tuple(dict.fromkeys((*self.told, *about)))
        again = [each for each in told if each.startswith(_COMES_AGAIN)]
        old = set(again[:-_MOST_TOLD])
        return replace(self, told=tuple(each for each in told if each not in old))

    @property
    def about_loss(self) -> str:
        """What the comment is known by that says that the document is no longer there, as it was last read."""
        return f"lost:{self.commit[:12]}"

    @property
    def owes_postmortem(self) -> bool:
        """Whether it happened again, as far as anybody has said, so that a new postmortem is owed."""
        return any(each.happened for each in self.recurrences)

    @property
    def complete(self) -> bool:
        """Whether every action item that needs an issue has one: then this version need not be read again."""
        return all(entry.number is not None or entry.settled or entry.gone for entry in self.entries)
