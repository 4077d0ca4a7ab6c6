"""What was observed of a repository whose postmortems are followed up, as frozen data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from app.core.facts import Repository
from app.core.ledger import Ledger
from app.core.markers import Unreadable
from app.core.promise import Promise
from app.core.records import CommentMark, Record, record_of
from app.core.roles import Role
from rules.policy import Policy

MILESTONE_PREFIX = "Postmortem actions due "
"""What the title of a milestone of ours begins with; the day follows as YYYY-MM-DD."""

POSTMORTEM_LABEL = "postmortem"
ACTION_LABEL = "postmortem-action"
OVERDUE_LABEL = "overdue"
INSUFFICIENT_LABEL = "insufficient"

Mention = tuple[str, date]
"""A manager's login in lower case, and the day on which they are mentioned, in the policy's zone."""

MOST_MENTIONS = 3
"""Mentions of the same manager a day: more are not read."""


def text_of(number: int) -> str:
    """What an issue's own text, people and state are called where GitHub refuses to have them changed."""
    return f"issue {number}"


def comments_of(number: int) -> str:
    """What an issue's comments are called where GitHub refuses to have one written."""
    return f"comments on issue {number}"


@dataclass(frozen=True, slots=True)
class User:
    """An account: its id, which survives a renaming, and its login as of now."""

    id: int
    login: str


@dataclass(frozen=True, slots=True)
class Commit:
    """The commit that brought a version of a document.

    Attributes:
        sha: 40 hexadecimal digits.
        at: when the document first reached the default branch; never later than the pass that looked.
        changed: when this version of it reached the default branch; None where nobody has to know.
    """

    sha: str
    at: datetime
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class MergedDocument:
    """A document on the default branch that may have to be followed up.

    Attributes:
        path: where it is.
        blob: SHA of its contents.
        data: its bytes; None where nobody has to read them, since the ledger has read this version.
        since: the commit that brought it there; None where the ledger knows it.
        origins: where it stood before, the last place first, as far as GitHub tells and anybody has to know.
    """

    path: str
    blob: str
    data: bytes | None
    since: Commit | None
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone.

    Attributes:
        number: in the repository.
        title: as it is now.
        due: its day, as GitHub shows it.
        open: whether it is.
        open_issues: how many open issues are on it.
        made: whether an App made it, and no person.
    """

    number: int
    title: str
    due: date | None
    open: bool
    open_issues: int
    made: bool = True

    @property
    def ours(self) -> bool:
        """Whether it is one of those that hold deadlines, whoever made it."""
        return self.title.startswith(MILESTONE_PREFIX)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment.

    Attributes:
        id: of the comment.
        issue: number of the issue.
        author: whoever wrote it.
        ours: whether that is Closeout.
        body: as it is now.
        at: when it was written.
        bot: whether an App wrote it.
        edited: whether it was changed since, by whomever.
        edited_at: when that was, the last time; None where it was not, or nobody knows.
    """

    id: int
    issue: int
    author: User
    ours: bool
    body: str
    at: datetime
    bot: bool = False
    edited: bool = False
    edited_at: datetime | None = None

    @property
    def said_at(self) -> datetime:
        """When it came to say what it says: what it said before it was changed, nobody knows any more."""
        return self.edited_at or self.at

    @property
    def mark(self) -> CommentMark | None:
        """The record on a comment of ours."""
        record = record_of(self.body) if self.ours else None
        return record if isinstance(record, CommentMark) else None

    @property
    def about(self) -> str | None:
        """What a comment of ours is there for; None for one of somebody else's."""
        mark = self.mark
        return mark.about if mark else None


@dataclass(frozen=True, slots=True)
class Turn:
    """That an issue was closed, or opened again.

    Attributes:
        at: when.
        open: whether it was opened.
        reason: why it was closed, in GitHub's words; None where it gives no reason.
        ours: whether Closeout did it, as it was told.
    """

    at: datetime
    open: bool
    reason: str | None = None
    ours: bool = False


@dataclass(frozen=True, slots=True)
class LookedUpPull:
    """A pull request that somebody has named.

    Attributes:
        open: whether it is.
        merged: the paths of the files that it changed; None unless it was merged.
    """

    open: bool
    merged: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue that Closeout opened, or that an action item links, as it is now.

    Attributes:
        id: for relations; it is not the number.
        number: in the repository.
        title, body: as they are now.
        open: whether it is.
        state_reason: `completed`, `not_planned`, `duplicate`, `reopened` or None.
        assignees: in order.
        labels: their names.
        milestone: the number of its milestone, or None.
        updated_at: when anything about it changed last.
        closed_at: when it was closed; None while it is open.
        ours: whether Closeout opened it; else a person did, and an action item links it.
        comments: how many it has.
    """

    id: int
    number: int
    title: str
    body: str
    open: bool
    state_reason: str | None
    assignees: tuple[User, ...]
    labels: frozenset[str]
    milestone: int | None
    updated_at: datetime
    closed_at: datetime | None = None
    ours: bool = True
    comments: int = 0

    @property
    def record(self) -> Record | Unreadable | None:
        """What its body remembers."""
        return record_of(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryFacts:
    """A repository that has a policy, as far as the follow-up is concerned.

    Attributes:
        repository: which.
        policy: what is in force.
        documents: those on the default branch that came after the adoption, or are followed up already, by path.
        old: paths of what was there before the adoption; it is linted, not followed up.
        issues: those that Closeout opened, and those that were looked at, by number, open or not.
        comments: of the issues in `commented`, oldest first.
        commented: numbers of the issues whose comments were read.
        milestones: by number.
        assignable: accounts that issues can be assigned to, by login in lower case; None where GitHub did not tell.
        looked_up: logins, in lower case, that were looked up one by one, since GitHub has no list of whom issues can be
            assigned to; None where it has one.
        sub_issues: whether the API has sub-issues here.
        children: numbers of the issues that are sub-issues already.
        awaited: uids of what was just created and is not in the lists yet: it must not be created again.
        below: numbers of the issues below a tracking issue, by its number, where its own record does not tell.
        looked_at: numbers that documents link, and that were looked up: what is not among `issues` is no issue.
        pulls: the pull requests that were looked up, by number.
        evidence: whether somebody showed how it was done, by the number of a closed issue whose history was read.
        turns: how issues were closed and opened again, oldest first, by the number of each whose history was read; none
            where GitHub keeps no such history.
        roles: what those may do here who have given commands, by login in lower case.
        rivals: logins of other Apps that keep such records in this repository, and that the policy does not trust.
        mentioned: how often managers were mentioned in other repositories, as far as is known.
        refused: what GitHub has refused to have written in this pass, see `app.core.refused`.
    """

    repository: Repository
    policy: Policy
    documents: tuple[MergedDocument, ...] = ()
    old: frozenset[str] = frozenset()
    issues: Mapping[int, Issue] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()
    commented: frozenset[int] = frozenset()
    milestones: Mapping[int, Milestone] = field(default_factory=dict)
    assignable: Mapping[str, User] | None = None
    looked_up: frozenset[str] | None = None
    sub_issues: bool = True
    children: frozenset[int] = frozenset()
    awaited: frozenset[str] = frozenset()
    below: Mapping[int, frozenset[int]] = field(default_factory=dict)
    looked_at: frozenset[int] = frozenset()
    pulls: Mapping[int, LookedUpPull] = field(default_factory=dict)
    evidence: Mapping[int, bool] = field(default_factory=dict)
    turns: Mapping[int, tuple[Turn, ...]] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    rivals: tuple[str, ...] = ()
    mentioned: Mapping[Mention, int] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()

    _read: dict[str, Mapping[int, Any]] = field(default_factory=dict, init=False, repr=False, compare=False)
    # What the issues' bodies remember, read once: it is asked for again and again.

    def mentions(self) -> Mapping[Mention, int]:
        """How often managers were mentioned here, by their login in lower case and the day: what the records say."""
        noticed = [each for ledger in self.trackings().values() for each in ledger.noticed]
        noticed += [each for promise in self.promises().values() for each in promise.noticed]
        return Counter((login.casefold(), each.on) for each in noticed for login in each.managers)

    def is_muted(self, number: int) -> bool:
        """Whether nothing can be said on an issue for now, since GitHub has refused that, or a change of the issue."""
        return not self.refused.isdisjoint({text_of(number), comments_of(number)})

    def has_said(self, about: str, number: int) -> bool:
        """Whether a comment of ours that is there for that stands on an issue, as far as comments were read."""
        return any((each.issue, each.about) == (number, about) for each in self.comments)

    def with_issue(self, issue: Issue) -> RepositoryFacts:
        """These facts, once GitHub has answered with that issue."""
        return replace(self, issues={**self.issues, issue.number: issue})

    def without_issue(self, number: int) -> RepositoryFacts:
        """These facts, once an issue turned out to be gone: deleted, or moved to another repository."""
        issues = {each: issue for each, issue in self.issues.items() if each != number}
        comments = tuple(each for each in self.comments if each.issue != number)
        return replace(self, issues=issues, comments=comments, commented=self.commented - {number})

    def with_comment(self, comment: Comment) -> RepositoryFacts:
        """These facts, once GitHub has answered with that comment."""
        others = tuple(each for each in self.comments if each.id != comment.id)
        return replace(self, comments=(*others, comment))

    def with_conversation(self, number: int, comments: tuple[Comment, ...]) -> RepositoryFacts:
        """These facts, once all comments of an issue were read."""
        others = tuple(each for each in self.comments if each.issue != number)
        return replace(self, comments=(*others, *comments), commented=self.commented | {number})

    def with_milestone(self, milestone: Milestone) -> RepositoryFacts:
        """These facts, once GitHub has answered with that milestone."""
        return replace(self, milestones={**self.milestones, milestone.number: milestone})

    def without_milestone(self, number: int) -> RepositoryFacts:
        """These facts, once a milestone turned out to be gone."""
        return replace(self, milestones={each: kept for each, kept in self.milestones.items() if each != number})

    def read_versions(self) -> frozenset[str]:
        """SHAs of the documents that need not be read again, since their ledgers and their issues remember all of it.

        Two documents may be the same to the last byte: then both have to.
        """
        promises = self.promises()
        said = [each for ledger in self.trackings().values() for each in ledger.recurrences if each.happened]
        successors = {number for each in said for number in (each.issue, each.successor)}
        read: set[str] = set()
        unread: set[str] = set()
        for number, ledger in self.trackings().items():
            explains = ledger.about.explains is not None or number not in successors
            is_read = explains and ledger.complete and self._are_remembered(ledger, promises)
            (read if is_read else unread).add(ledger.blob)
        return frozenset(read - unread)

    def _are_remembered(self, ledger: Ledger, promises: Mapping[int, Promise]) -> bool:
        numbers = {entry.number for entry in ledger.entries if entry.number is not None}
        return (numbers & self.issues.keys()) <= promises.keys()

    def trackings(self) -> Mapping[int, Ledger]:
        """The ledgers that can be read, by the number of their tracking issue."""
        return self._records("ledgers")

    def promises(self) -> Mapping[int, Promise]:
        """The promises that can be read, by the number of their action issue.

        On an issue that a person opened, a promise counts only if a ledger names that issue, or if it stands below a
        tracking issue: anybody can write one.
        """
        return self._records("promises")

    def _records(self, name: str) -> Mapping[int, Any]:
        if not self._read:
            records = {number: issue.record for number, issue in self.issues.items()}
            ledgers = {
                number: record
                for number, record in records.items()
                if isinstance(record, Ledger) and self.issues[number].ours
            }
            named = {entry.number for ledger in ledgers.values() for entry in ledger.entries}
            named |= {number for numbers in self.below.values() for number in numbers}
            promises = {
                number: record
                for number, record in records.items()
                if isinstance(record, Promise) and (self.issues[number].ours or number in named)
            }
            self._read.update(ledgers=ledgers, promises=promises)
        return self._read[name]
