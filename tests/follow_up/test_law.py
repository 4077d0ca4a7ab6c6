"""The law of the loop: whatever people, lists and crashes do, it settles, nothing is doubled, and people win."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.core.effects import CreateComment, CreateIssue
from app.core.ledger import Ledger
from app.core.promise import Promise
from app.core.repository_facts import INSUFFICIENT_LABEL
from tests.follow_up.drawn import DAMAGED, ITEMS, ORDERS, OTHER, Item, actions_of, numbered
from tests.follow_up.lawful import Lawful
from tests.follow_up.model_github import PEOPLE
from tests.postmortems import good_postmortem


class Repository(Lawful):
    """Two documents, their issues, and everything that can happen to them between two passes."""

    # Documents.

    @initialize(items=ITEMS, is_followed=st.booleans())
    def begin(self, items: list[Item], is_followed: bool) -> None:
        self.write_the_document(items)
        if is_followed:
            self.settle()

    @rule(items=ITEMS)
    def write_the_document(self, items: list[Item]) -> None:
        self.model.push(self.path, good_postmortem(actions=actions_of(items)))
        self.there, self.items = True, items
        self._document_has_changed()

    @precondition(lambda self: self.there)
    @rule(data=st.data(), weeks=st.integers(4, 9), mark=st.sampled_from(["[ ]", "[ ]", "[x]"]), more=ITEMS)
    def put_an_item_off(self, data: st.DataObject, weeks: int, mark: str, more: list[Item]) -> None:
        """To a day for which nothing was promised yet, whatever became of the item; another one may come with it."""
        closed = [issue.title for issue in self._action_issues() if not issue.open]
        indexes = [index for index, item in enumerate(self.items) if item[0] in closed] or range(len(self.items))
        index = data.draw(st.sampled_from(indexes))
        title, owner, _, _, priority, name, link, criterion = self.items[index]
        moved = (title, owner, date(2026, 6, 1) + timedelta(weeks=weeks), mark, priority, name, link, criterion)
        known = {each[0] for each in self.items}
        added = [each for each in more if each[0] not in known][: data.draw(st.integers(0, 1))]
        self.write_the_document([*self.items[:index], moved, *self.items[index + 1 :], *added])

    @rule(
        items=ITEMS,
        incident=st.sampled_from(["INC-7", "INC-7", "INC-2041", "n/a"]),
        declared=st.sampled_from([None, None, "INC-2041"]),
        explained=st.booleans(),
    )
    def write_another_document(self, items: list[Item], incident: str, declared: str | None, explained: bool) -> None:
        metadata = {"Incident": incident, "Recurrence of": declared}
        why = {"Why the first postmortem did not prevent this": "It raised one limit." if explained else None}
        self.model.push(OTHER, good_postmortem(actions=actions_of(items), metadata=metadata, sections=why))
        self._document_has_changed()

    @rule(items=ITEMS, others=st.none() | ITEMS, is_deleted=st.booleans())
    def write_both_documents_at_once(self, items: list[Item], others: list[Item] | None, is_deleted: bool) -> None:
        """In one commit, which may take either away, or both."""
        other = good_postmortem(actions=actions_of(others), metadata={"Incident": "INC-7"}) if others else None
        self.model.push_together(
            {self.path: None if is_deleted else good_postmortem(actions=actions_of(items)), OTHER: other}
        )
        self.there, self.items = not is_deleted, self.items if is_deleted else items
        self._document_has_changed()

    @precondition(lambda self: self.there and len(self.items) > 1)
    @rule(data=st.data(), is_at_once=st.booleans())
    def move_an_item_to_the_other_document(self, data: st.DataObject, is_at_once: bool) -> None:
        """Its issue stays as it is, for people to say whether it is the same promise."""
        self.settle()
        place = data.draw(st.integers(0, len(self.items) - 1))
        moved, left = self.items[place], [*self.items[:place], *self.items[place + 1 :]]
        held = {number for number, said in self._who_holds_what().items() if said.title == moved[0]}
        opened = {number for number in held if self.model.facts.issues[number].open}
        self.write_the_document(left)
        if not is_at_once:
            self.settle()
        other = good_postmortem(actions=actions_of([moved]), metadata={"Incident": "INC-7"})
        self.model.push_together({self.path: good_postmortem(actions=actions_of(left)), OTHER: other})
        self.items = left
        self._document_has_changed()
        self.settle()
        if self._each_item_is_known() and moved[0] not in {each[0] for each in left}:
            assert all(self.model.facts.issues[number].open for number in opened)

    @precondition(lambda self: self.there)
    @rule(name=st.sampled_from(["a", "b"]))
    def move_the_document(self, name: str) -> None:
        to = f"postmortems/{name}.md"
        if to != self.path:
            self.model.move(self.path, to)
            self.path, self.settled = to, False

    @precondition(lambda self: self.there and len(self.items) > 1)
    @rule(data=st.data(), name=st.sampled_from(["a", "b", ""]))
    def put_the_items_in_another_order(self, data: st.DataObject, name: str) -> None:
        """Whoever holds which promise stays the same, also where the document moves by the same commit."""
        self.settle()
        items = data.draw(st.permutations(self.items))
        if self._each_item_is_known():
            before = self._who_holds_what()
            if name:
                self.move_the_document(name)
            self.write_the_document(items)
            written = self.model.settle(now=self.now)
            assert not [each for each in written if isinstance(each, CreateIssue | CreateComment)]
            assert self._who_holds_what() == before

    @precondition(lambda self: self.there and len(self.items) > 1)
    @rule(data=st.data(), left_out=st.integers(0, 1))
    def number_the_items_anew(self, data: st.DataObject, left_out: int) -> None:
        """An identifier that says where an item stands does not say which one it is, whoever is taken out."""
        self.write_the_document(numbered(self.items))
        self.settle()
        items = data.draw(st.permutations(self.items))[left_out:]
        titles = {each[0] for each in self.items}
        if self._each_item_is_known() and len(titles) == len(self.items):
            kept = {each[0] for each in items}
            before = {each: said for each, said in self._who_holds_what().items() if said.title in kept}
            self.write_the_document(numbered(items))
            assert not [each for each in self.model.settle(now=self.now) if isinstance(each, CreateIssue)]
            assert {each: said.title for each, said in self._who_holds_what().items()} == {
                each: said.title for each, said in before.items()
            }

    @precondition(lambda self: self.there)
    @rule(data=st.data())
    def say_an_item_in_other_words(self, data: st.DataObject) -> None:
        """Where nobody else has its terms, it stays what it is, unless it may be one that was removed."""
        self.settle()
        ledger = self._ledger()
        was_removed = ledger is not None and any(each.gone for each in ledger.entries)
        place = data.draw(st.integers(0, len(self.items) - 1))
        title, *rest = self.items[place]
        if self._each_item_is_known() and not was_removed and "(" not in actions_of(self.items):
            numbers = self._who_holds_what().keys()
            self.write_the_document([*self.items[:place], (f"Reworded: {title}", *rest), *self.items[place + 1 :]])
            self.model.settle(now=self.now)
            assert self._who_holds_what().keys() == numbers

    @precondition(lambda self: self.there)
    @rule()
    def delete_the_document(self) -> None:
        self.model.push(self.path, None)
        self.there = False
        self._document_has_changed()

    # What people do by hand.

    @precondition(lambda self: self.model.facts.issues)
    @rule(data=st.data(), login=st.sampled_from(sorted(PEOPLE)))
    def reassign(self, data: st.DataObject, login: str) -> None:
        if issue := self._some_action(data):
            self._do(data, issue, "assignees", (PEOPLE[login],), shown=(PEOPLE[login].id,))

    @precondition(lambda self: self.model.facts.issues)
    @rule(data=st.data(), is_open=st.booleans())
    def close_or_reopen(self, data: st.DataObject, is_open: bool) -> None:
        if issue := self._some_action(data):
            self.model.edit(issue.number, state_reason=None if is_open else "completed")
            self._do(data, issue, "open", is_open, shown=is_open)

    @precondition(lambda self: self.model.facts.milestones)
    @rule(data=st.data())
    def move_to_another_milestone(self, data: st.DataObject) -> None:
        if issue := self._some_action(data):
            number = data.draw(st.sampled_from([None, *sorted(self.model.facts.milestones)]))
            day = self.model.facts.milestones[number].due if number else None
            self._do(data, issue, "milestone", number, shown=day)

    @precondition(lambda self: self.model.facts.milestones)
    @rule(data=st.data())
    def remove_a_milestone(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.model.facts.milestones)))
        on_it = [each.number for each in self.model.facts.issues.values() if each.milestone == number]
        self.model.remove_milestone(number)
        for each in on_it:
            self._forget(each, "milestone")
        self.settled = False

    @precondition(lambda self: self.model.facts.issues)
    @rule(data=st.data(), title=st.sampled_from(["Pool alert", "Retries"]))
    def retitle(self, data: st.DataObject, title: str) -> None:
        if issue := self._some_action(data):
            self._do(data, issue, "title", title, shown=title)

    @precondition(lambda self: self.model.facts.issues)
    @rule(data=st.data())
    def take_off_the_labels(self, data: st.DataObject) -> None:
        if issue := self._some_action(data):
            self._do(data, issue, "labels", frozenset())

    @precondition(lambda self: self.model.facts.issues)
    @rule(data=st.data(), body=st.sampled_from(["", "Mine now.", "<!-- closeout {broken -->", None]))
    def write_over_a_body(self, data: st.DataObject, body: str | None) -> None:
        if issue := self._some_action(data):
            self._write_over(issue.number, issue.body[:-20] if body is None else body)

    @precondition(lambda self: self._trackings())
    @rule(data=st.data(), gap=st.sampled_from(["\n\n", "\n", " "]))
    def write_a_note_below_all_the_rest(self, data: st.DataObject, gap: str) -> None:
        numbers = self._trackings() + [issue.number for issue in self._action_issues()]
        self._write_below(data.draw(st.sampled_from(numbers)), gap)

    @precondition(lambda self: self.settled and self.model.facts.issues)
    @rule(data=st.data(), body=DAMAGED, is_forgotten=st.booleans())
    def damage_a_ledger(self, data: st.DataObject, body: str, is_forgotten: bool) -> None:
        issues = self.model.facts.issues
        if ledgers := [number for number, each in sorted(issues.items()) if isinstance(each.record, Ledger)]:
            number = data.draw(st.sampled_from(ledgers))
            self.model.edit(number, body=body)
            self.noted.discard(number)
            self.sufficient.discard(number)  # with the rest, it is forgotten that the label was on
            self.settled, self.remembers = False, False
        if is_forgotten:
            self.lose_the_disk()

    @precondition(lambda self: self.model.facts.issues)
    @rule(data=st.data())
    def remove_an_action_issue(self, data: st.DataObject) -> None:
        if issue := self._some_action(data):
            self.model.remove(issue.number)
            self.removed.add(issue.number)
            self.noted.discard(issue.number)
            self.kept = {key: value for key, value in self.kept.items() if key[0] != issue.number}
            self.settled = False

    @precondition(lambda self: self.settled and self.model.facts.issues)
    @rule(data=st.data())
    def remove_a_tracking_issue(self, data: st.DataObject) -> None:
        if trackings := self._trackings():
            number = data.draw(st.sampled_from(trackings))
            ledger = self.model.facts.issues[number].record
            assert isinstance(ledger, Ledger)
            for entry in ledger.entries:  # with one record gone, the other is all that is left
                self.promised.pop(entry.number or 0, None)
                self.last_records.add(entry.number or 0)
            self.unnamed |= {entry.number for entry in ledger.entries if entry.linked and entry.number}
            self.model.remove(number)
            self.removed.add(number)
            self.sufficient.discard(number)
            self.noted.discard(number)
            self.settled = False

    @precondition(lambda self: any(each.ours for each in self.model.facts.comments))
    @rule(data=st.data())
    def remove_a_comment_of_ours(self, data: st.DataObject) -> None:
        self.model.remove_comment(data.draw(st.sampled_from([e.id for e in self.model.facts.comments if e.ours])))
        self.settled = False

    @precondition(lambda self: self.model.facts.issues)
    @rule(data=st.data())
    def say_that_it_was_sufficient(self, data: st.DataObject) -> None:
        issues = self.model.facts.issues
        if found := [number for number in self._trackings() if INSUFFICIENT_LABEL in issues[number].labels]:
            number = data.draw(st.sampled_from(found))
            self.model.edit(number, labels=issues[number].labels - {INSUFFICIENT_LABEL})
            self.sufficient.add(number)
            self.settled = False

    # What people say.

    @precondition(lambda self: self.model.facts.issues)
    @rule(data=st.data(), login=st.sampled_from(sorted(PEOPLE)), text=ORDERS)
    def say(self, data: st.DataObject, login: str, text: str) -> None:
        issue = self._some_action(data)
        if data.draw(st.integers(0, 3)) == 0 and (trackings := self._trackings()):
            issue = self.model.facts.issues[data.draw(st.sampled_from(trackings))]
        if issue is not None:
            self.said.append(self.model.say(issue.number, login, text))
            self._forget(issue.number, "assignees", "open", "milestone")  # what they say now is what counts
            self.settled = False

    @precondition(lambda self: self.said)
    @rule(data=st.data(), text=ORDERS)
    def edit_a_comment(self, data: st.DataObject, text: str) -> None:
        comment = data.draw(st.sampled_from(self.said))
        self.model.edit_comment(comment, text)
        self.edited.add(comment.id)
        if not self._is_dealt_with(comment):
            self._forget(comment.issue, "assignees", "open", "milestone")
        self.settled = False

    # What happens to Closeout.

    @rule(lag=st.integers(0, 6), writes=st.integers(0, 8), lose_answer=st.booleans())
    def a_pass_that_sees_old_lists_and_crashes(self, lag: int, writes: int, lose_answer: bool) -> None:
        self.model.run_pass(now=self.now, lag=lag, stop_after=writes, lose_answer=lose_answer)
        self.settled = False

    @rule(lag=st.integers(0, 12))
    def a_pass_that_sees_old_lists(self, lag: int) -> None:
        self.model.run_pass(now=self.now, lag=lag)
        self.settled = False

    @rule(writes=st.integers(1, 8), lag=st.integers(1, 3))
    def a_lost_answer_and_a_list_that_does_not_show_it_yet(self, writes: int, lag: int) -> None:
        self.model.run_pass(now=self.now, stop_after=writes, lose_answer=True)
        self.model.run_pass(now=self.now, lag=lag)
        self.settled = False

    @rule()
    def lose_the_disk(self) -> None:
        self.model.lose_disk()

    @rule(jump=st.sampled_from([timedelta(minutes=6), timedelta(days=1), timedelta(days=40), -timedelta(hours=3)]))
    def let_the_clock_jump(self, jump: timedelta) -> None:
        self.now += jump

    @rule()
    def settle(self) -> None:
        self.model.settle(now=self.now)
        self.nothing_that_was_promised_is_forgotten()
        self.what_was_said_of_a_postmortem_is_not_forgotten()
        self.settled = self.is_read = self.remembers = True
        for number in self._trackings():
            self.recurred[number] = self._recurrences(number)
        for issue in self._action_issues():
            if isinstance(issue.record, Promise):
                days = [each.to for each in issue.record.extensions]
                said = [each for each in self.said if each.issue == issue.number]
                dealt_with = {each.id for each in said if self._is_dealt_with(each)}
                self.promised[issue.number] = (issue.record.due, days, dealt_with)


def test_the_law_of_the_loop() -> None:
    run_state_machine_as_test(
        Repository, settings=settings(max_examples=2 * settings().max_examples, stateful_step_count=20)
    )
