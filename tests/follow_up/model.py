"""GitHub's issues as a value: what every effect does to the facts, without HTTP. The sandbox tells the rest."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from app.core.body import compose
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
from app.core.ledger import Ledger
from app.core.plan_issues import plan_issues, waits_for_lists
from app.core.repository_facts import Comment, Commit, Issue, MergedDocument, Milestone, RepositoryFacts, User
from app.core.roles import Role
from app.core.wanted import WantedIssue
from app.render.follow_up import render_follow_up
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
_MOST_ROUNDS = 20
_TRUSTED_AFTER = timedelta(minutes=5)
"""How long a creation is awaited in the lists: they lag behind by less."""


@dataclass(frozen=True, slots=True)
class _Write:
    """A write of ours that a list may not show yet: the issue as it was before, or the comment."""

    number: int
    before: Issue | None
    comment: int | None
    at: datetime


class Model:
    """A repository's issues, and passes over them.

    Attributes:
        facts: as GitHub has them; a pass sees them through lists that may lag behind what it wrote.
        log: the effects of every pass so far.
        parents: the tracking issue of each sub-issue.
        proven: numbers of the issues whose history shows how they were done.
        journal: what is expected in the lists, and since when.
        unfinished: uids of the issues that the last round wanted, and that are not as they are wanted.
    """

    def __init__(self, policy: Policy | None = None, merged: datetime = NOW - timedelta(hours=1)) -> None:
        repository = Repository(7, "acme/postmortems", "https://github.example/acme/postmortems")
        self.facts = RepositoryFacts(
            repository=repository, policy=policy or Policy(), assignable=dict(PEOPLE), roles=ROLES
        )
        self.log: list[IssueEffect] = []
        self.unfinished: list[str] = []
        self.parents: dict[int, int] = {}
        self.proven: set[int] = set()
        self._merged_at = merged
        self.journal: dict[str, datetime] = {}
        self._memory: dict[int, Issue] = {}
        self._writes: list[_Write] = []
        self._documents: dict[str, str] = {}
        self._commits: dict[str, str] = {}
        self._pushes = itertools.count()
        self._origins: dict[str, tuple[str, ...]] = {}
        self._numbers = itertools.count(1)
        self._last = NOW

    # What people do.

    def push(self, path: str, text: str | None) -> None:
        """Put a document on the default branch; None takes it away."""
        if text is None:
            del self._documents[path]
            self._origins.pop(path, None)
        else:
            self._documents[path] = text
            self._commits[path] = self._commit()

    def push_together(self, texts: Mapping[str, str]) -> None:
        """Put several documents on the default branch, in one commit."""
        self._documents |= texts
        self._commits |= dict.fromkeys(texts, self._commit())

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
        self._writes = [each for each in self._writes if each.number != number]
        self._put(replace(self.facts.issues[number], **fields))  # type: ignore[arg-type]

    def remove(self, number: int) -> None:
        """Delete an issue; what stood below it stands below none then."""
        self._memory.pop(number, None)
        below = {child for child, parent in self.parents.items() if parent == number}
        self.parents = {child: parent for child, parent in self.parents.items() if child not in below}
        self.facts = replace(self.facts, children=self.facts.children - below)
        self._writes = [each for each in self._writes if each.number != number]
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

    # What happens to Closeout.

    def lose_disk(self) -> None:
        """Start anew, without the journal and without what earlier passes learnt, a while later."""
        self.journal.clear()
        self._memory.clear()
        self._writes.clear()

    def settle(self, *, now: datetime = NOW, stop_after: int | None = None) -> list[IssueEffect]:
        """Passes until nothing is left to write, or until a crash after so many writes. Returns what was written."""
        self.journal.clear()  # five minutes have gone by since the last pass
        self._writes.clear()
        written: list[IssueEffect] = []
        for _ in range(_MOST_ROUNDS):
            left = None if stop_after is None else stop_after - len(written)
            effects = self.run_pass(now=now, stop_after=left)
            written += effects
            if left == len(effects):
                return written
            if not effects:
                assert not self.unfinished, f"nothing is written, and these wait: {self.unfinished}"
                return written
        raise AssertionError(f"it does not settle: {effects}")

    def run_pass(
        self, *, now: datetime = NOW, lag: int = 0, stop_after: int | None = None, lose_answer: bool = False
    ) -> list[IssueEffect]:
        """One pass: observed once, then rounds, each answer folded into what was observed. Returns what was written.

        Attributes:
            lag: how many of the latest writes the lists do not show.
            stop_after: it crashes after so many writes.
            lose_answer: the last one landed, and its answer was lost.
        """
        seen = self.observed(now, lag)
        written: list[IssueEffect] = []
        for _ in range(_MOST_ROUNDS):
            seen, effects = self._round(seen, now)
            if not effects:
                break
            for effect in effects:
                if stop_after is not None and len(written) >= stop_after:
                    return written
                number = self._apply(effect, now)
                written.append(effect)
                self.log.append(effect)
                if lose_answer and len(written) == stop_after:
                    return written
                seen = self._folded(seen, effect, number)
        else:
            raise AssertionError(f"it does not settle: {effects}")
        return written

    def plan(self, now: datetime = NOW) -> tuple[IssueEffect, ...]:
        """What a pass would write first, were the lists up to date."""
        return self._round(self.observed(now, 0), now)[1]

    def alarm(self, now: datetime) -> datetime | None:
        """When the next pass may bring more by itself."""
        return follow_up(self.observed(now), now).wake_at

    # What Closeout sees.

    def observed(self, now: datetime = NOW, lag: int = 0) -> RepositoryFacts:
        """What a pass sees first; the lists do not show the latest `lag` writes."""
        hidden = [each for each in self._writes if now - each.at < _TRUSTED_AFTER][-lag:] if lag else []
        issues = {number: each for number, each in self.facts.issues.items() if each.ours}
        for write in reversed(hidden):
            if write.comment is None and write.before is None:
                issues.pop(write.number, None)
            elif write.before is not None and write.before.ours:
                issues[write.number] = write.before
        for number, known in self._memory.items():
            if number not in issues or issues[number].updated_at < known.updated_at:
                issues[number] = known
        self._memory = dict(issues)
        ledgers = (each.record for each in issues.values())
        named = {entry.number for each in ledgers if isinstance(each, Ledger) for entry in each.entries if entry.linked}
        issues |= {number: self.facts.issues[number] for number in named & self.facts.issues.keys() if number}
        unseen = {each.comment for each in hidden}
        return replace(
            self.facts,
            issues=issues,
            comments=tuple(each for each in self.facts.comments if each.id not in unseen),
            commented=frozenset(self.facts.issues),
            documents=tuple(self._merged()),
            pulls={},
            awaited=frozenset(name for name, at in self.journal.items() if now - at < _TRUSTED_AFTER),
        )

    def _round(self, seen: RepositoryFacts, now: datetime) -> tuple[RepositoryFacts, tuple[IssueEffect, ...]]:
        decided = follow_up(seen, now)
        while decided.unread_links or decided.unread_histories or decided.unread_below:
            below = {number: self._below(number) for number in decided.unread_below}
            looked = {number for numbers in below.values() for number in numbers} | decided.unread_links
            found = {number: self.facts.issues[number] for number in looked & self.facts.issues.keys()}
            seen = replace(
                seen,
                evidence={**seen.evidence, **{each: each in self.proven for each in decided.unread_histories}},
                looked_at=seen.looked_at | decided.unread_links,
                pulls=self.facts.pulls,
                below={**seen.below, **below},
                issues={**found, **seen.issues},
                commented=seen.commented | self.facts.pulls.keys(),
            )
            decided = follow_up(seen, now)
        wanted = render_follow_up(decided, seen)
        self.waits = waits_for_lists(wanted, seen)
        self.unfinished = [each.uid for each in wanted.issues if not _is_as_wanted(each, seen)]
        return seen, plan_issues(wanted, seen)

    def _below(self, number: int) -> frozenset[int]:
        return frozenset(child for child, parent in self.parents.items() if parent == number) & self.facts.issues.keys()

    def _folded(self, seen: RepositoryFacts, effect: IssueEffect, number: int) -> RepositoryFacts:
        """What was observed, with GitHub's answer."""
        if isinstance(effect, CreateIssue | UpdateIssue):
            answer = self.facts.issues[number]
            seen = replace(seen.with_issue(answer), commented=seen.commented | {number})
            if answer.ours:
                self._memory[number] = answer
        if isinstance(effect, CreateComment | EditComment):
            seen = seen.with_comment(next(each for each in self.facts.comments if each.id == number))
        return replace(seen, milestones=self.facts.milestones, children=self.facts.children)

    def _merged(self) -> list[MergedDocument]:
        return [
            MergedDocument(
                path,
                self.version(path),
                text.encode(),
                Commit(self._commits[path], self._merged_at),
                self._origins.get(path, ()),
            )
            for path, text in sorted(self._documents.items())
        ]

    # What GitHub does.

    def _apply(self, effect: IssueEffect, now: datetime) -> int:
        """Carry out an effect: the number of the issue or milestone, or the id of the comment."""
        match effect:
            case CreateIssue():
                return self._create_issue(effect, now)
            case UpdateIssue():
                before = self.facts.issues[effect.number]
                self._put(replace(before, **_as_fields(effect, before)), now)  # type: ignore[arg-type]
                self._writes.append(_Write(effect.number, before, None, now))
                return effect.number
            case CreateComment():
                self.journal[effect.about] = now
                number = max((each.id for each in self.facts.comments), default=0) + 1
                comment = Comment(number, effect.issue, BOT, True, effect.body, now)
                self.facts = self.facts.with_comment(comment)
                self._writes.append(_Write(0, None, number, now))
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
        self.journal[effect.uid] = now
        number = next(self._numbers)
        people = tuple(PEOPLE[login] for login in effect.assignees)
        labels, milestone = frozenset(effect.labels), effect.milestone
        self._put(
            Issue(1000 + number, number, effect.title, effect.body, True, None, people, labels, milestone, now), now
        )
        self._writes.append(_Write(number, None, None, now))
        return number

    def _put(self, issue: Issue, now: datetime = NOW) -> None:
        at = self._tick(now)
        closed_at = None if issue.open else issue.closed_at or at
        self.facts = self.facts.with_issue(replace(issue, updated_at=at, closed_at=closed_at))
        for milestone in self.facts.milestones.values():
            count = sum(1 for each in self.facts.issues.values() if each.open and each.milestone == milestone.number)
            self.facts = self.facts.with_milestone(replace(milestone, open_issues=count))

    def _tick(self, now: datetime) -> datetime:
        """GitHub's clock, by which no two changes fall together."""
        self._last = max(self._last + timedelta(milliseconds=1), now)
        return self._last

    # What tests ask.

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


def _is_as_wanted(wanted: WantedIssue, seen: RepositoryFacts) -> bool:
    if wanted.number is None:
        return False
    body = seen.issues[wanted.number].body
    return compose(body, wanted.block, wanted.record, below=wanted.below) == body


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
