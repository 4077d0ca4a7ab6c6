"""Passes over a repository's follow-up as they run in production, on GitHub's issues as a value."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from app.core.body import compose
from app.core.effects import (
    CreateComment,
    CreateIssue,
    EditComment,
    IssueEffect,
    UpdateIssue,
)
from app.core.follow_up import follow_up
from app.core.ledger import Ledger
from app.core.plan_issues import plan_issues, waits_for_lists
from app.core.repository_facts import Issue, RepositoryFacts, Turn
from app.core.wanted import WantedIssue
from app.render.follow_up import render_follow_up
from rules.policy import Policy
from tests.follow_up.model_github import NOW, ModelGitHub

_MOST_ROUNDS = 20
_TRUSTED_AFTER = timedelta(minutes=5)
"""How long a creation is awaited in the lists: they lag behind by less."""


class Model(ModelGitHub):
    """A repository's issues, and Closeout's passes over them: these see GitHub through lists that may lag behind.

    Attributes:
        log: the effects of every pass so far.
        journal: what is expected in the lists, and since when.
        unfinished: uids of the issues that the last round wanted, and that are not as they are wanted.
        waits: whether the last round waited for the lists.
    """

    def __init__(self, policy: Policy | None = None, merged: datetime = NOW - timedelta(hours=1)) -> None:
        super().__init__(policy, merged)
        self.log: list[IssueEffect] = []
        self.journal: dict[str, datetime] = {}
        self.unfinished: list[str] = []
        self.waits = False
        self._memory: dict[int, Issue] = {}

    def remove(self, number: int) -> None:
        """Delete an issue, of which later passes know nothing any more."""
        self._memory.pop(number, None)
        super().remove(number)

    def apply(self, effect: IssueEffect, now: datetime) -> int:
        """Carry out an effect that was noted in the journal first, if it creates what must not be there twice."""
        if isinstance(effect, CreateIssue):
            self.journal[effect.uid] = now
        elif isinstance(effect, CreateComment):
            self.journal[effect.about] = now
        return super().apply(effect, now)

    def lose_disk(self) -> None:
        """Start anew, without the journal and without what earlier passes learnt, a while later."""
        self.journal.clear()
        self._memory.clear()
        self.writes.clear()

    def settle(self, *, now: datetime = NOW, stop_after: int | None = None) -> list[IssueEffect]:
        """Passes until nothing is left to write, or until a crash after so many writes. Returns what was written."""
        self.journal.clear()  # five minutes have gone by since the last pass
        self.writes.clear()
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
                number = self.apply(effect, now)
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

    def observed(self, now: datetime = NOW, lag: int = 0) -> RepositoryFacts:
        """What a pass sees first; the lists do not show the latest `lag` writes."""
        hidden = [each for each in self.writes if now - each.at < _TRUSTED_AFTER][-lag:] if lag else []
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
            documents=tuple(self.merged()),
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
                turns={**seen.turns, **{each: self._turns_of(each) for each in decided.unread_histories}},
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

    def _turns_of(self, number: int) -> tuple[Turn, ...]:
        return tuple(self.turns.get(number, ())) if self.tells_turns else ()

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


def _is_as_wanted(wanted: WantedIssue, seen: RepositoryFacts) -> bool:
    if wanted.number is None:
        return False
    body = seen.issues[wanted.number].body
    return compose(body, wanted.block, wanted.record, below=wanted.below) == body
