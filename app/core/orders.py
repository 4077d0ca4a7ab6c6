"""Commands that wait to be carried out: what people said on an issue, who may say it, and what was dealt with before.

A command is carried out by the one write that records its comment's id, so what is recorded never is again: neither
when the webhook comes twice, nor when the comment is edited afterwards.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.commands import Command, Malformed, Recurrence, Verified, find_command, name_of
from app.core.ledger import Ledger
from app.core.promise import Promise
from app.core.records import Adoption
from app.core.repository_facts import Comment, Issue, RepositoryFacts, User
from app.core.roles import Role
from app.core.waiver import Waiver

MOST_RECORDED = 500
"""Ids that a marker keeps. Ids grow, so what is older than the oldest of a full list was dealt with, too."""

ONE_CLICK = timedelta(minutes=1)
"""Who comments and closes with one button means both; GitHub may note the one a moment after the other."""

Commanded = Promise | Ledger | Adoption
"""The records of the issues on which commands can be given."""


class Why(enum.StrEnum):
    """Why a comment is answered."""

    HELP = "help"
    MALFORMED = "malformed"
    NOT_ALLOWED = "not allowed"
    ONLY_WRITERS = "only writers"
    CLOSED = "closed"
    PAST = "past"
    NOT_ASSIGNABLE = "not assignable"
    ON_TRACKING = "on tracking"
    ON_ITEM = "on item"
    ON_PULL = "on pull"
    ON_ISSUE = "on issue"
    NOTHING_WAITS = "nothing waits"
    NO_SUCH_ISSUE = "no such issue"
    ITSELF = "itself"
    NOT_MAINTAINER = "not maintainer"
    AUTHOR = "author"
    UNKNOWN_CODE = "unknown code"
    NOTHING_TO_WAIVE = "nothing to waive"
    EDITED = "edited"
    WAIVED = "waived"
    WAIVED_ALREADY = "waived already"
    WITHDRAWN = "withdrawn"
    ELSEWHERE = "elsewhere"
    TAKEN_BACK = "taken back"
    STANDS = "stands"
    ASKED_LATER = "asked later"
    DECLARED = "declared"
    NOT_NOTED = "not noted"
    ONLY_FIRST = "only first"
    LEFT_ALONE = "left alone"
    TOLD_BEFORE = "told before"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a command is not carried out, with what the answer has to name: a word, or an issue's number."""

    why: Why
    detail: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A reply to a comment.

    Attributes:
        issue: number of the issue, or pull request, that it stands on.
        comment: the id of the comment that is answered.
        login: whoever wrote that.
        command: what they said.
        why: see there.
        detail, number: what the reply has to name.
        place: names of the commands that can be given there.
        waiver: what it grants: the reply is the record of that.
        dropped: what the next command in the same comment is called, which nobody carries out; or empty.
    """

    issue: int
    comment: int
    login: str
    command: Command | Malformed
    why: Why
    detail: str = ""
    number: int | None = None
    place: tuple[str, ...] = ()
    waiver: Waiver | None = None
    dropped: str = ""

    @property
    def about(self) -> str:
        """What the reply is known by."""
        return answer_about(self.comment)

    @property
    def name(self) -> str:
        """What the command is called."""
        return name_of(self.command)


@dataclass(frozen=True, slots=True)
class Order:
    """A command that waits: the comment, what it says, and what its author may do."""

    comment: Comment
    command: Command | Malformed
    role: Role


@dataclass(frozen=True, slots=True)
class Place:
    """Where commands are given.

    Attributes:
        facts: as observed.
        issue: on which they are.
        authors: the logins of its document's authors.
        names: of what can be said there.
        today: the day of the pass, in the policy's zone.
        having: who has the issue by a command that was carried out; None while none was.
    """

    facts: RepositoryFacts
    issue: Issue
    authors: tuple[str, ...]
    names: tuple[str, ...]
    today: date
    having: tuple[User, ...] | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The policy's."""
        return ZoneInfo(self.facts.policy.timezone)

    @property
    def owners(self) -> tuple[User, ...]:
        """Who has the issue."""
        return self.issue.assignees if self.having is None else self.having

    def day_of(self, order: Order) -> date:
        """The day on which it was said, however late it is read, as after an outage; by no clock that is ahead."""
        return self.day_of_instant(order.comment.said_at)

    def day_of_instant(self, instant: datetime) -> date:
        """The day of something that has happened."""
        return min(instant.astimezone(self.zone).date(), self.today)

    def is_closed_since(self, order: Order) -> bool:
        """Whether the issue was open when that was said, and was closed afterwards, and not with the same click."""
        closed_at = None if self.issue.open else self.issue.closed_at
        return closed_at is not None and order.comment.said_at + ONE_CLICK < closed_at


def answer_about(comment: int) -> str:
    """What the reply to a comment is known by."""
    return f"answer:{comment}"


def people_to_ask(facts: RepositoryFacts) -> frozenset[str]:
    """Logins of those who have given commands, and of whom it is not known yet what they may do here."""
    asking = (each.author.login for number in _spoken(facts) for each, _ in _waiting(facts, number))
    return frozenset(login for login in asking if login.casefold() not in facts.roles)


def orders_on(facts: RepositoryFacts, number: int) -> tuple[Order, ...]:
    """The commands that wait on an issue, in the order in which they were given.

    None comes before its turn: from the first whose author's role is not known on, they wait.
    """
    orders = []
    for comment, command in _waiting(facts, number):
        role = facts.roles.get(comment.author.login.casefold())
        if role is None:
            break
        orders.append(Order(comment, command, role))
    return tuple(orders)


def with_recorded(commands: Collection[int], ids: Iterable[int]) -> tuple[int, ...]:
    """The recorded ids with more of them."""
    return tuple(sorted({*commands, *ids}))[-MOST_RECORDED:]


def is_recorded(commands: tuple[int, ...], comment: int) -> bool:
    """Whether a comment's command was dealt with."""
    return comment in commands or (len(commands) >= MOST_RECORDED and comment < commands[0])


def is_owner(order: Order, having: tuple[User, ...], authors: tuple[str, ...]) -> bool:
    """Whether they command what is their own: they have the issue, or wrote the document."""
    author = order.comment.author
    folded = author.login.casefold()
    return any(each.id == author.id for each in having) or folded in {each.casefold() for each in authors}


def is_answered(order: Order, facts: RepositoryFacts) -> bool:
    """Whether the reply to a command stands there."""
    return facts.has_said(answer_about(order.comment.id), order.comment.issue)


def was_refused_before(order: Order, facts: RepositoryFacts) -> bool:
    """Whether they were answered on this issue before, so that a stranger cannot make Closeout write for ever."""
    on_issue = [each for each in facts.comments if each.issue == order.comment.issue]
    theirs = {
        answer_about(each.id)
        for each in on_issue
        if each.author.id == order.comment.author.id and each.id < order.comment.id
    }
    return any(each.about in theirs for each in on_issue)


def _spoken(facts: RepositoryFacts) -> frozenset[int]:
    return frozenset(each.issue for each in facts.comments if not each.ours)


def _waiting(facts: RepositoryFacts, number: int) -> list[tuple[Comment, Command | Malformed]]:
    record = _record(facts, number)
    if record is None:
        return _lost(facts, number)
    deaf_until = None if isinstance(record, Adoption) else record.deaf_until
    dealt_with = record.heard if isinstance(record, Promise) else 0
    heard = [
        each
        for each in facts.comments
        if each.issue == number
        and not (each.ours or each.bot or each.id <= dealt_with or is_recorded(record.commands, each.id))
        and (deaf_until is None or each.at > deaf_until)
    ]
    return _commands(heard)


def _lost(facts: RepositoryFacts, number: int) -> list[tuple[Comment, Command | Malformed]]:
    """What was said of a postmortem on a tracking issue that has lost its record, where nobody has edited it since."""
    if number not in facts.below:
        return []
    said = (each for each in facts.comments if each.issue == number and not (each.ours or each.bot or each.edited))
    return [(comment, command) for comment, command in _commands(said) if isinstance(command, Verified | Recurrence)]


def _commands(comments: Iterable[Comment]) -> list[tuple[Comment, Command | Malformed]]:
    found = ((each, find_command(each.body)) for each in sorted(comments, key=lambda each: (each.said_at, each.id)))
    return [(comment, command) for comment, command in found if command is not None]


def _record(facts: RepositoryFacts, number: int) -> Commanded | None:
    """The record that commands on an issue go into; None where there is none that can be read."""
    issue = facts.issues.get(number)
    if issue is None:
        return None
    promise = facts.promises().get(number)
    if promise is not None or not issue.ours:
        return promise
    record = issue.record
    return record if isinstance(record, Ledger | Adoption) else None
