"""GitHub's issues as a value: what people do to them, and what every effect does. The sandbox tells the rest."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from app.core.effects import (
    AddSubIssue,
    CreateComment,
    CreateIssue,
    CreateMilestone,
    EditComment,
    IssueEffect,
    UpdateIssue,
    UpdateMilestone,
)
from app.core.facts import Repository
from app.core.repository_facts import Comment, Commit, Issue, MergedDocument, Milestone, RepositoryFacts, Turn, User
from app.core.roles import Role
from rules.policy import Policy

NOW = datetime(2026, 5, 6, 12, tzinfo=UTC)
PEOPLE = {login: User(number, login) for number, login in enumerate(("ana", "ben", "gita", "finn"), start=1)}
OUTSIDERS = {"eve": User(5, "eve"), "zoe": User(6, "zoe")}
ROLES = {
    "ana": Role("write", "write"),
    "ben": Role("read", "read"),
    "gita": Role("admin", "admin"),
    "finn": Role("none"),
    "eve": Role("read", "read"),
    "zoe": Role("none"),
}
BOT = User(99, "closeout[bot]")


@dataclass(frozen=True, slots=True)
class Write:
    """A write of ours that a list may not show yet: the issue as it was before, or the comment."""

    number: int
    before: Issue | None
    comment: int | None
    at: datetime


class ModelGitHub:
    """A repository's issues, and what becomes of them.

    Attributes:
        facts: as they are.
        parents: the tracking issue of each sub-issue.
        proven: numbers of the issues whose history shows how they were done.
        turns: how each issue was closed and opened again, oldest first.
        tells_turns: whether their histories tell that: only where people do everything at an instant, see `wait`.
        writes: those of ours that a list may not show yet, oldest first.
    """

    def __init__(self, policy: Policy | None = None, merged: datetime = NOW - timedelta(hours=1)) -> None:
        repository = Repository(7, "acme/postmortems", "https://github.example/acme/postmortems")
        self.facts = RepositoryFacts(
            repository=repository, policy=policy or Policy(), assignable=dict(PEOPLE), roles=ROLES
        )
        self.parents: dict[int, int] = {}
        self.proven: set[int] = set()
        self.turns: dict[int, list[Turn]] = {}
        self.tells_turns = False
        self.writes: list[Write] = []
        self._merged_at = merged
        self._documents: dict[str, str] = {}
        self._commits: dict[str, str] = {}
        self._changed: dict[str, datetime] = {}
        self._pushes = itertools.count()
        self._origins: dict[str, tuple[str, ...]] = {}
        self._numbers = itertools.count(1)
        self._last = NOW

    def push(self, path: str, text: str | None, when: datetime | None = None) -> None:
        """Put a document on the default branch; None takes it away. `when` that was, GitHub tells, if it is there."""
        self._changed.pop(path, None)
        self.push_together({path: text})
        if when is not None:
            self._changed[path] = when

    def push_together(self, texts: Mapping[str, str | None]) -> None:
        """Put several documents on the default branch, in one commit; None takes one away, if it is there."""
        commit = self._commit()
        for path, text in texts.items():
            if text is None:
                self._documents.pop(path, None)
                self._origins.pop(path, None)
            else:
                self._documents[path] = text
                self._commits[path] = commit

    def move(self, path: str, to: str) -> None:
        """Rename a document."""
        self._documents[to] = self._documents.pop(path)
        self._commits[to] = self._commit()
        self._origins[to] = (path, *self._origins.pop(path, ()))

    def _commit(self) -> str:
        """The SHA of a new commit; of the first one it is `c` alone."""
        number = next(self._pushes)
        return f"{number or ''}".rjust(40, "c")

    def open_by_hand(self, title: str, number: int | None = None) -> int:
        """An issue that a person opens: its number."""
        number = number or next(self._numbers)
        issue = Issue(1000 + number, number, title, "Seen again.", True, None, (), frozenset(), None, NOW, ours=False)
        self._put(issue)
        return number

    def wait(self, until: datetime) -> None:
        """Let time go by for people: what they do next, they do after that."""
        self._last = max(self._last, until)

    def edit(self, number: int, **fields: object) -> None:
        """Change an issue, as a person would."""
        self.writes = [each for each in self.writes if each.number != number]
        self._put(replace(self.facts.issues[number], **fields))  # type: ignore[arg-type]

    def remove(self, number: int) -> None:
        """Delete an issue; what stood below it stands below none then."""
        below = {child for child, parent in self.parents.items() if parent == number}
        self.parents = {child: parent for child, parent in self.parents.items() if child not in below}
        self.facts = replace(self.facts, children=self.facts.children - below)
        self.writes = [each for each in self.writes if each.number != number]
        issues = {key: each for key, each in self.facts.issues.items() if key != number}
        self.facts = replace(self.facts, issues=issues)

    def remove_milestone(self, number: int) -> None:
        """Delete a milestone; the issues that were on it have none then."""
        for issue in [each for each in self.facts.issues.values() if each.milestone == number]:
            self.edit(issue.number, milestone=None)
        milestones = {key: each for key, each in self.facts.milestones.items() if key != number}
        self.facts = replace(self.facts, milestones=milestones)

    def remove_comment(self, comment: int) -> None:
        """Delete a comment."""
        self.facts = replace(self.facts, comments=tuple(each for each in self.facts.comments if each.id != comment))

    def say(self, number: int, login: str, text: str, when: datetime = NOW) -> Comment:
        """Comment on an issue, at that instant, or as soon as it comes after what people did before."""
        known = max((each.id for each in self.facts.comments), default=0)
        comment = Comment(known + 1, number, (PEOPLE | OUTSIDERS)[login], False, text, self._tick(when))
        self.facts = self.facts.with_comment(comment)
        self.edit(number)
        return comment

    def edit_comment(self, comment: Comment, text: str) -> None:
        """Change what somebody said."""
        self.facts = self.facts.with_comment(replace(comment, body=text, edited=True))

    def merged(self) -> list[MergedDocument]:
        """The documents on the default branch, by path."""
        return [
            MergedDocument(
                path,
                self.version(path),
                text.encode(),
                Commit(self._commits[path], self._merged_at, self._changed.get(path)),
                self._origins.get(path, ()),
            )
            for path, text in sorted(self._documents.items())
        ]

    def version(self, path: str) -> str:
        """The SHA of a document's contents."""
        return hashlib.sha1(self._documents[path].encode()).hexdigest()

    def milestone(self, day: date) -> int:
        """The number of our milestone of a day."""
        return next(each.number for each in self.facts.milestones.values() if each.due == day)

    def issue(self, is_it: Callable[[Issue], bool]) -> Issue:
        """The one issue of which that is true."""
        (found,) = [each for each in self.facts.issues.values() if is_it(each)]
        return found

    def apply(self, effect: IssueEffect, now: datetime) -> int:
        """Carry out an effect: the number of the issue or milestone, or the id of the comment."""
        match effect:
            case CreateIssue():
                return self._create_issue(effect, now)
            case UpdateIssue():
                before = self.facts.issues[effect.number]
                self._put(replace(before, **_as_fields(effect, before)), now, ours=True)  # type: ignore[arg-type]
                self.writes.append(Write(effect.number, before, None, now))
                return effect.number
            case CreateComment():
                number = max((each.id for each in self.facts.comments), default=0) + 1
                comment = Comment(number, effect.issue, BOT, True, effect.body, now)
                self.facts = self.facts.with_comment(comment)
                self.writes.append(Write(0, None, number, now))
                return number
            case EditComment():
                comment = Comment(effect.comment, effect.issue, BOT, True, effect.body, now)
                self.facts = self.facts.with_comment(comment)
                return effect.comment
            case CreateMilestone():
                number = next(self._numbers)
                self.facts = self.facts.with_milestone(Milestone(number, effect.title, effect.due, True, 0))
                return number
            case UpdateMilestone():
                milestone = replace(self.facts.milestones[effect.number], open=effect.open)
                self.facts = self.facts.with_milestone(milestone)
                return effect.number
            case AddSubIssue():
                self.parents[effect.child] = effect.parent
                self.facts = replace(self.facts, children=self.facts.children | {effect.child})
                return effect.child

    def _create_issue(self, effect: CreateIssue, now: datetime) -> int:
        number = next(self._numbers)
        people = tuple(PEOPLE[login] for login in effect.assignees)
        labels, milestone = frozenset(effect.labels), effect.milestone
        self._put(
            Issue(1000 + number, number, effect.title, effect.body, True, None, people, labels, milestone, now), now
        )
        self.writes.append(Write(number, None, None, now))
        return number

    def _put(self, issue: Issue, now: datetime = NOW, *, ours: bool = False) -> None:
        at = self._tick(now)
        closed_at = None if issue.open else issue.closed_at or at
        before = self.facts.issues.get(issue.number)
        if before is not None and before.open is not issue.open:
            self.turn(issue.number, closed_at or at, is_open=issue.open, reason=issue.state_reason, ours=ours)
        self.facts = self.facts.with_issue(replace(issue, updated_at=at, closed_at=closed_at))
        for milestone in self.facts.milestones.values():
            count = sum(1 for each in self.facts.issues.values() if each.open and each.milestone == milestone.number)
            self.facts = self.facts.with_milestone(replace(milestone, open_issues=count))

    def turn(self, number: int, at: datetime, *, is_open: bool, reason: str | None = None, ours: bool = False) -> None:
        """Have an issue's history tell that it was closed, or opened again; no later line is before another."""
        turns = self.turns.setdefault(number, [])
        turns.append(Turn(max([at, *(each.at for each in turns[-1:])]), is_open, reason, ours))

    def _tick(self, now: datetime) -> datetime:
        """GitHub's clock, by which no two changes fall together."""
        self._last = max(self._last + timedelta(milliseconds=1), now)
        return self._last


def _as_fields(effect: UpdateIssue, before: Issue) -> dict[str, object]:
    """What changes, in the words of the facts; a reason counts for nothing unless the state changes with it."""
    fields = dict(effect.changes)
    if fields.get("state") == ("open" if before.open else "closed"):
        fields.pop("state_reason", None)
    if "assignees" in fields:
        fields["assignees"] = tuple(PEOPLE[login] for login in fields["assignees"])
    if "labels" in fields:
        fields["labels"] = frozenset(fields["labels"])
    if "state" in fields:
        fields["open"] = fields.pop("state") == "open"
    return fields
