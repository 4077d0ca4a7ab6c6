"""The law of the loop: whatever people and crashes do, it settles, nothing is doubled, and people win."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from app.core.ledger import Ledger
from app.core.promise import Promise
from tests.follow_up.model import NOW, PEOPLE, Model
from tests.postmortems import good_postmortem

PATH = "postmortems/checkout.md"
TITLES = (
    "Alert when the pool of checkout is above 80 %",
    "Alert when the pool of payments is above 80 %",
    "Cap retries in the payment client at three",
    "Cap the retries of the payment client at three, with backoff",
    "Write the runbook for an exhausted pool",
    "Add an index on orders.created_at",
)
ITEMS = st.lists(
    st.tuples(
        st.sampled_from(TITLES),
        st.sampled_from(["@ana", "@ben", "@gita", "Zoe Quist"]),
        st.integers(0, 3).map(lambda weeks: date(2026, 6, 1) + timedelta(weeks=weeks)),
        st.sampled_from(["[ ]", "[ ]", "[ ]", "[x]"]),
        st.sampled_from(["P0", "P1", "P2"]),
        st.sampled_from(["", "", "", "AI-1: ", "AI-2: "]),
        st.sampled_from(["", "", "", " (#9001)", " (#9002)", " (#1)"]),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda item: item[0],
)


Item = tuple[str, str, date, str, str, str, str]
OTHER = "postmortems/other.md"


def _actions(items: list[Item]) -> str:
    return "\n".join(
        f"- {mark} {name}{title}{link}\n  - Owner: {owner}\n  - Deadline: {due}\n  - Priority: {priority}\n"
        "  - Success criterion: the load test passes"
        for title, owner, due, mark, priority, name, link in items
    )


class Repository(RuleBasedStateMachine):
    """One document, its issues, and everything that can happen to them between two passes."""

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.path = PATH
        self.there = False
        self.chosen: dict[int, tuple[str, ...]] = {}  # assignees that a person chose, by issue
        self.settled = True
        self.removed: set[int] = set()
        for number in (9001, 9002):
            self.model.theirs[number] = replace(self.model.issue_by_hand("Opened by a person"), number=number)

    @rule(items=ITEMS)
    def write_another_document(self, items: list[Item]) -> None:
        self.model.push(OTHER, good_postmortem(actions=_actions(items), metadata={"Incident": "INC-7"}))
        self.settled = False

    @precondition(lambda self: self.model.facts.issues)
    @rule(data=st.data())
    def remove_an_action_issue(self, data: st.DataObject) -> None:
        if number := self._some_action(data):
            issues = {key: each for key, each in self.model.facts.issues.items() if key != number}
            self.model.facts = replace(self.model.facts, issues=issues)
            self.model.theirs.pop(number, None)
            self.removed.add(number)
            self.chosen.pop(number, None)
            self.settled = False

    @precondition(lambda self: self.settled and self.model.facts.issues)
    @rule(data=st.data(), body=st.sampled_from(["", "<!-- closeout {broken -->"]))
    def damage_a_ledger(self, data: st.DataObject, body: str) -> None:
        # An issue of people is found again by its link alone: with ledger and link both gone, nothing leads to it.
        ledgers = [
            number
            for number, each in self.model.facts.issues.items()
            if isinstance(each.record, Ledger) and not any(entry.linked for entry in each.record.entries)
        ]
        if ledgers:
            self.model.edit(data.draw(st.sampled_from(sorted(ledgers))), body=body)
            self.settled = False

    @rule(items=ITEMS)
    def write_the_document(self, items: list[Item]) -> None:
        self.model.push(self.path, good_postmortem(actions=_actions(items)))
        self.there, self.settled = True, False

    @precondition(lambda self: self.there)
    @rule(name=st.sampled_from(["a", "b"]))
    def move_the_document(self, name: str) -> None:
        to = f"postmortems/{name}.md"
        if to != self.path:
            self.model.move(self.path, to)
            self.path, self.settled = to, False

    @precondition(lambda self: self.there)
    @rule()
    def delete_the_document(self) -> None:
        self.model.push(self.path, None)
        self.there, self.settled = False, False

    @precondition(lambda self: self.model.facts.issues)
    @rule(data=st.data(), login=st.sampled_from(sorted(PEOPLE)))
    def reassign(self, data: st.DataObject, login: str) -> None:
        number = self._some_action(data)
        if number and self.model.facts.issues[number].assignees != (PEOPLE[login],):
            self.model.edit(number, assignees=(PEOPLE[login],))
            self.chosen[number] = (login,)
            record = self.model.facts.issues[number].record
            if isinstance(record, Promise) and record.shown.assignees == (PEOPLE[login].id,):
                del self.chosen[number]  # back to whom Closeout set: there is nothing left to keep

    @precondition(lambda self: self.model.facts.issues)
    @rule(data=st.data(), is_open=st.booleans())
    def close_or_reopen(self, data: st.DataObject, is_open: bool) -> None:
        if number := self._some_action(data):
            self.model.edit(number, open=is_open, state_reason=None if is_open else "completed")
            self.settled = False

    @precondition(lambda self: self.model.facts.milestones)
    @rule(data=st.data())
    def move_to_another_milestone(self, data: st.DataObject) -> None:
        if number := self._some_action(data):
            self.settled = False
            milestone = data.draw(st.sampled_from([None, *sorted(self.model.facts.milestones)]))
            self.model.edit(number, milestone=milestone)

    @precondition(lambda self: self.model.facts.issues)
    @rule(data=st.data(), body=st.sampled_from(["", "Mine now.", "<!-- closeout {broken -->", None]))
    def write_over_a_body(self, data: st.DataObject, body: str | None) -> None:
        if number := self._some_action(data):
            self.model.edit(number, body=self.model.facts.issues[number].body[:-20] if body is None else body)

    @precondition(lambda self: self.model.facts.issues)
    @rule(data=st.data())
    def take_off_the_labels(self, data: st.DataObject) -> None:
        if number := self._some_action(data):
            self.model.edit(number, labels=frozenset())

    @rule(writes=st.integers(0, 6))
    def crash_in_the_middle(self, writes: int) -> None:
        self.model.settle(stop_after=writes)
        self.settled = False

    @rule(days=st.integers(0, 3))
    def settle(self, days: int) -> None:
        self.model.settle(now=NOW + timedelta(days=days))
        self.settled = True

    def _some_action(self, data: st.DataObject) -> int | None:
        ledgers = [each.record for each in self.model.facts.issues.values() if isinstance(each.record, Ledger)]
        named = {entry.number for ledger in ledgers for entry in ledger.entries if entry.number}
        numbers = sorted(named & self.model.facts.issues.keys())
        return data.draw(st.sampled_from(numbers)) if numbers else None

    @invariant()
    def one_tracking_issue(self) -> None:
        ledgers = [each.record for each in self.model.facts.issues.values() if isinstance(each.record, Ledger)]
        assert max(Counter(each.document for each in ledgers).values(), default=0) <= 1
        numbers = [entry.number for ledger in ledgers for entry in ledger.entries if entry.number]
        assert len(numbers) == len(set(numbers))

    @invariant()
    def no_item_has_two_issues(self) -> None:
        promises = [each.record for each in self.model.facts.issues.values() if isinstance(each.record, Promise)]
        assert not [uid for uid, count in Counter((each.document, each.uid) for each in promises).items() if count > 1]

    @invariant()
    def what_was_removed_stays_away(self) -> None:
        assert self.removed.isdisjoint(self.model.facts.issues)

    @invariant()
    def nobody_is_overruled(self) -> None:
        for number, logins in self.chosen.items():
            assert tuple(each.login for each in self.model.facts.issues[number].assignees) == logins

    @invariant()
    def once_settled_nothing_is_left_to_write(self) -> None:
        if self.settled and self.model.log:
            self.model.settle()
            assert self.model.plan() == ()


def test_the_law_of_the_loop() -> None:
    run_state_machine_as_test(Repository, settings=settings(max_examples=80, stateful_step_count=20, deadline=None))
