"""GitHub's issues as a value: what every effect does to the facts, without HTTP. The sandbox tells the rest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
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
from app.core.follow_up import follow_up
from app.core.plan_issues import plan_issues
from app.core.repository_facts import Comment, Commit, Issue, MergedDocument, Milestone, RepositoryFacts, User
from app.render.follow_up import render_follow_up
from rules.policy import Policy

NOW = datetime(2026, 5, 6, 12, tzinfo=UTC)
PEOPLE = {login: User(number, login) for number, login in enumerate(("ana", "ben", "gita", "finn"), start=1)}
BOT = User(99, "closeout[bot]")
_MOST_ROUNDS = 20


class Model:
    """A repository's issues, and passes over them.

    Attributes:
        facts: as GitHub would tell them now.
        log: the effects of every pass so far.
        theirs: issues that people opened, as they were before Closeout saw them.
        proven: numbers of the issues whose history shows how they were done.
    """

    def __init__(self, policy: Policy | None = None, merged: datetime = NOW - timedelta(hours=1)) -> None:
        repository = Repository(7, "acme/postmortems", "https://github.example/acme/postmortems")
        self.facts = RepositoryFacts(repository=repository, policy=policy or Policy(), assignable=dict(PEOPLE))
        self.log: list[IssueEffect] = []
        self.theirs: dict[int, Issue] = {}
        self.proven: set[int] = set()
        self._merge = Commit("c" * 40, merged)
        self._documents: dict[str, str] = {}
        self._numbers = iter(range(1, 10_000))

    def push(self, path: str, text: str | None) -> None:
        """Put a document on the default branch; None takes it away."""
        if text is None:
            del self._documents[path]
        else:
            self._documents[path] = text

    def move(self, path: str, to: str) -> None:
        """Rename a document."""
        self._documents[to] = self._documents.pop(path)

    def settle(self, *, now: datetime = NOW, stop_after: int | None = None) -> list[IssueEffect]:
        """Passes until nothing is left to write, or until a crash after so many writes. Returns what was written."""
        written: list[IssueEffect] = []
        for _ in range(_MOST_ROUNDS):
            effects = self.plan(now)
            if not effects:
                self.log += written
                return written
            for effect in effects:
                if stop_after is not None and len(written) >= stop_after:
                    self.log += written
                    return written
                self._apply(effect, now)
                written.append(effect)
        raise AssertionError(f"it does not settle: {effects}")

    def plan(self, now: datetime = NOW) -> tuple[IssueEffect, ...]:
        """What a pass would write."""
        self.facts = replace(self.facts, documents=tuple(self._merged()), commented=frozenset(self.facts.issues))
        decided = follow_up(self.facts, now)
        while decided.unread_links or decided.unread_histories:
            evidence = {**self.facts.evidence, **{each: each in self.proven for each in decided.unread_histories}}
            looked_at = self.facts.looked_at | decided.unread_links
            theirs = {number: self.theirs[number] for number in decided.unread_links if number in self.theirs}
            issues = {**self.facts.issues, **theirs}
            self.facts = replace(self.facts, evidence=evidence, looked_at=looked_at, issues=issues)
            decided = follow_up(self.facts, now)
        return plan_issues(render_follow_up(decided, self.facts), self.facts)

    def open_by_hand(self, title: str) -> int:
        """An issue that a person opens: its number."""
        issue = self.issue_by_hand(title)
        self.theirs[issue.number] = issue
        return issue.number

    def issue_by_hand(self, title: str) -> Issue:
        """An issue as a person would open it."""
        number = next(self._numbers)
        return Issue(1000 + number, number, title, "Seen again.", True, None, (), frozenset(), None, NOW, ours=False)

    def _merged(self) -> list[MergedDocument]:
        return [
            MergedDocument(path, hashlib.sha1(text.encode()).hexdigest(), text.encode(), self._merge)
            for path, text in sorted(self._documents.items())
        ]

    def _apply(self, effect: IssueEffect, now: datetime) -> None:
        match effect:
            case CreateIssue():
                number = next(self._numbers)
                people = tuple(PEOPLE[login] for login in effect.assignees)
                labels = frozenset(effect.labels)
                issue = Issue(
                    1000 + number, number, effect.title, effect.body, True, None, people, labels, effect.milestone, now
                )
                self._put(issue)
            case UpdateIssue():
                self.edit(effect.number, **_as_fields(effect), updated_at=now)
            case CreateComment():
                known = max((each.id for each in self.facts.comments), default=0)
                comment = Comment(known + 1, effect.issue, BOT, True, effect.body, now)
                self.facts = self.facts.with_comment(comment)
            case EditComment():
                comment = Comment(effect.comment, effect.issue, BOT, True, effect.body, now)
                self.facts = self.facts.with_comment(comment)
            case CreateMilestone():
                number = next(self._numbers)
                self.facts = self.facts.with_milestone(Milestone(number, effect.title, effect.due, True, 0))
            case UpdateMilestone():
                milestone = replace(self.facts.milestones[effect.number], open=effect.open)
                self.facts = self.facts.with_milestone(milestone)
            case AddSubIssue():
                self.facts = replace(self.facts, children=self.facts.children | {effect.child})

    def edit(self, number: int, **fields: object) -> None:
        """Change an issue, as a person would. GitHub remembers when it was closed: `closed_at`, else now."""
        before = self.facts.issues[number]
        after = replace(before, **fields)  # type: ignore[arg-type]
        closed_at = None if after.open else after.closed_at or after.updated_at
        self._put(replace(after, closed_at=closed_at))

    def _put(self, issue: Issue) -> None:
        self.facts = self.facts.with_issue(issue)
        for milestone in self.facts.milestones.values():
            count = sum(1 for each in self.facts.issues.values() if each.open and each.milestone == milestone.number)
            self.facts = self.facts.with_milestone(replace(milestone, open_issues=count))

    def milestone(self, day: date) -> int:
        """The number of our milestone of a day."""
        return next(each.number for each in self.facts.milestones.values() if each.due == day)

    def issue(self, is_it: Callable[[Issue], bool]) -> Issue:
        """The one issue of which that is true."""
        (found,) = [each for each in self.facts.issues.values() if is_it(each)]
        return found


def _as_fields(effect: UpdateIssue) -> dict[str, object]:
    fields = dict(effect.changes)
    if "assignees" in fields:
        fields["assignees"] = tuple(PEOPLE[login] for login in fields["assignees"])
    if "labels" in fields:
        fields["labels"] = frozenset(fields["labels"])
    if "state" in fields:
        fields["open"] = fields.pop("state") == "open"
    return fields
