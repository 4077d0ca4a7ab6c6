"""The law of the loop: what has to hold of a repository between any two of the things that happen to it."""

from __future__ import annotations

from collections import Counter

from hypothesis.stateful import invariant

from app.core.commands import find_command
from app.core.ledger import Ledger
from app.core.promise import Promise
from app.core.repository_facts import INSUFFICIENT_LABEL, OVERDUE_LABEL
from tests.follow_up.model_github import ROLES
from tests.follow_up.watched import NOTE, Watched


class Lawful(Watched):
    """It settles, nothing is doubled or forgotten, every command is dealt with, and people win."""

    @invariant()
    def one_tracking_issue(self) -> None:
        ledgers = [each.record for each in self.model.facts.issues.values() if isinstance(each.record, Ledger)]
        assert max(Counter(each.document for each in ledgers).values(), default=0) <= 1
        numbers = [entry.number for ledger in ledgers for entry in ledger.entries if entry.number]
        assert len(numbers) == len(set(numbers))

    @invariant()
    def no_item_has_two_issues(self) -> None:
        self._watch_the_unnamed()
        known = [each for number, each in self.model.facts.issues.items() if number not in self.forgotten]
        promises = [each.record for each in known if isinstance(each.record, Promise)]
        assert not [uid for uid, count in Counter((each.document, each.uid) for each in promises).items() if count > 1]

    @invariant()
    def nothing_is_said_twice(self) -> None:
        said = Counter((each.issue, each.about) for each in self.model.facts.comments if each.ours)
        assert max(said.values(), default=0) <= 1

    @invariant()
    def what_was_removed_stays_away(self) -> None:
        assert self.removed.isdisjoint(self.model.facts.issues)

    @invariant()
    def what_people_write_around_it_stays(self) -> None:
        assert all(NOTE in self.model.facts.issues[number].body for number in self.noted)

    @invariant()
    def nobody_is_overruled(self) -> None:
        for (number, field), value in self.kept.items():
            now = getattr(self.model.facts.issues[number], field)
            assert (now - {OVERDUE_LABEL} if field == "labels" else now) == value  # what time says is no overruling

    @invariant()
    def who_says_that_it_was_sufficient_is_not_overruled(self) -> None:
        assert not [each for each in self.sufficient if INSUFFICIENT_LABEL in self.model.facts.issues[each].labels]

    @invariant()
    def once_settled_nothing_is_left_to_write(self) -> None:
        if self.settled and self.model.log:
            self.model.settle(now=self.now)
            assert self.model.plan(self.now) == ()

    @invariant()
    def once_settled_every_item_is_followed_or_asked_about(self) -> None:
        ledger = self._ledger()
        if self.settled and self.there and ledger and not self._is_asked_about_as_a_whole(ledger):
            known = [entry for entry in ledger.entries if not entry.gone]
            assert all(entry.number or entry.settled for entry in known)
            followed = Counter(entry.title for entry in known)
            asked = Counter(question.title for question in ledger.questions)
            assert Counter(item[0] for item in self.items) <= followed + asked

    @invariant()
    def a_command_moves_a_deadline_once(self) -> None:
        for issue in self.model.facts.issues.values():
            if isinstance(issue.record, Promise):
                comments = [each.comment for each in issue.record.extensions if each.comment]
                assert len(comments) == len(set(comments))

    @invariant()
    def nothing_that_was_promised_is_forgotten(self) -> None:
        for issue in self._action_issues():
            if isinstance(issue.record, Promise) and issue.number in self.promised:
                due, days, dealt_with = self.promised[issue.number]
                assert due in {None, issue.record.due}
                assert [each.to for each in issue.record.extensions][: len(days)] == days
                said = [each for each in self.said if each.id in dealt_with and each.id > issue.record.heard]
                is_deaf = issue.record.deaf_until
                assert all(
                    each.id in issue.record.commands or (is_deaf and each.at <= is_deaf)
                    for each in said
                    if find_command(each.body)
                )

    @invariant()
    def what_was_said_of_a_postmortem_is_not_forgotten(self) -> None:
        for number in self._trackings():
            if number in self.recurred:
                before, now = self.recurred[number], self._recurrences(number)
                lost = {comment for comment in before.keys() - now.keys() if before[comment] not in self.removed}
                assert {each for each in lost if not self._is_taken_back(number, each, before[each])} <= self.edited

    @invariant()
    def once_settled_every_command_was_dealt_with(self) -> None:
        if not self.settled:
            return
        named = {issue.number for issue in self._action_issues()}
        for comment in self.said:
            current = next(each for each in self.model.facts.comments if each.id == comment.id)
            if comment.issue in named and ROLES[comment.author.login].may_write and find_command(current.body):
                assert self._is_dealt_with(comment), current
