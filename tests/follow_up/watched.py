"""What the law of the loop knows of two documents and their issues, and what it asks of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from app.core.commands import Recurrence, find_command
from app.core.ledger import Ledger
from app.core.markers import Unreadable
from app.core.promise import Promise, Said
from app.core.repository_facts import Comment, Issue
from app.core.uids import vanished_about
from tests.follow_up.drawn import PATH, Item
from tests.follow_up.model import Model
from tests.follow_up.model_github import NOW, ROLES

NOTE = "Ask the vendor first."


class Watched(RuleBasedStateMachine):
    """Two documents and their issues, and what has happened to them so far.

    `kept` is what people last did by hand, by issue and field, and that nobody has changed since: it has to stand.
    `promised` is what was remembered by the issues when all was settled: days and commands, none of which may be lost.
    """

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.now = NOW
        self.path = PATH
        self.there = False
        self.items: list[Item] = []
        self.settled = True
        self.remembers = True  # whether no ledger has been damaged since: with both records gone, nothing is left
        self.is_read = True  # whether the documents have been read since they were last changed
        self.kept: dict[tuple[int, str], object] = {}
        self.promised: dict[int, tuple[date | None, list[date], set[int]]] = {}
        self.recurred: dict[int, dict[int, int | None]] = {}
        self.removed: set[int] = set()
        self.last_records: set[int] = set()  # issues that nobody damages: their tracking issue was removed
        self.unnamed: set[int] = set()  # those among them that people opened, until a ledger names them again
        self.forgotten: set[int] = set()  # those among these to which nothing leads any more
        self.noted: set[int] = set()  # where somebody wrote something below all the rest
        self.sufficient: set[int] = set()
        self.said: list[Comment] = []
        self.edited: set[int] = set()
        for number in (9001, 9002, 9003):
            self.model.open_by_hand("Opened by a person", number)
        self.model.edit(9003, open=False, state_reason="completed", closed_at=NOW)

    def _do(self, data: st.DataObject, issue: Issue, field: str, value: object, shown: object = None) -> None:
        """Change a field as a person would, who may take the marker away, too.

        It has to stay, unless that is how Closeout left it: there it shows as `shown`.
        """
        record = issue.record
        is_damaged = data.draw(st.sampled_from([False, False, False, True]))
        self.model.edit(issue.number, **{field: value})
        if is_damaged:
            self._write_over(issue.number, "")
        back = isinstance(record, Promise) and field != "labels" and getattr(record.shown, field) == shown
        self._forget(issue.number, field)
        is_the_document_s = not self.is_read and field in {"title", "labels"}
        if isinstance(record, Promise) and not (back or is_the_document_s or self._has_unheard_commands(issue.number)):
            self.kept[issue.number, field] = value
        self.settled = False

    def _write_below(self, number: int, gap: str) -> None:
        issue = self.model.facts.issues[number]
        if (
            isinstance(issue.record, Unreadable) and "-->" not in issue.record.line
        ):  # else it would be part of the marker
            gap = "\n"
        self.model.edit(number, body=f"{issue.body}{gap}{NOTE}")
        assert isinstance(issue.record, Unreadable) or self.model.facts.issues[number].record == issue.record
        self.noted.add(number)
        self.settled = False

    def _write_over(self, number: int, body: str) -> None:
        if number in self.last_records:
            return
        self.model.edit(number, body=body)
        self.noted.discard(number)
        self.settled = False
        if not self.remembers:
            self.promised.pop(number, None)

    def _watch_the_unnamed(self) -> None:
        """Find out which issues of people nobody can know any more to be those of action items.

        Their ledger was removed, and before there was a new one the document ceased to link them, or to be there. Then
        only they themselves tell: they are in no list of what Closeout opened, and anybody could have written that.
        """
        issues = self.model.facts.issues
        ledgers = [each.record for each in issues.values() if isinstance(each.record, Ledger)]
        named = {(entry.number, ledger.document, entry.uid) for ledger in ledgers for entry in ledger.entries}
        for number in sorted(self.unnamed):
            record = issues[number].record if number in issues else None
            if not isinstance(record, Promise) or (number, record.document, record.uid) in named:
                self.unnamed.discard(number)
                self.forgotten.discard(number)
            elif not self._links(number) and record.document not in {each.document for each in ledgers}:
                self.forgotten.add(number)

    def _links(self, number: int) -> bool:
        """Whether an item that is still to be done links an issue."""
        return self.there and any(f"#{number}" in item[6] and item[3] == "[ ]" for item in self.items)

    def _forget(self, number: int, *fields: str) -> None:
        for field in fields:
            self.kept.pop((number, field), None)

    def _document_has_changed(self) -> None:
        """What the document says of titles, dates, priorities and state counts again, where it has changed that."""
        self.kept = {key: value for key, value in self.kept.items() if key[1] == "assignees"}
        self.settled = self.is_read = False

    def _recurrences(self, number: int) -> dict[int, int | None]:
        """Comments that told of a recurrence, by those who may say so whatever becomes of the document, with where."""
        record = self.model.facts.issues[number].record
        said = record.recurrences if isinstance(record, Ledger) else ()
        return {each.comment: each.issue for each in said if each.comment and ROLES[each.by].may_write}

    def _is_taken_back(self, tracking: int, comment: int, issue: int | None) -> bool:
        """Whether somebody has said since that it did not happen again there."""
        later = (each for each in self.said if each.issue == tracking and each.id > comment)
        return any(find_command(each.body) == Recurrence(False, issue) for each in later)

    def _has_unheard_commands(self, number: int) -> bool:
        return any(each.issue == number and not self._is_dealt_with(each) for each in self.said)

    def _is_dealt_with(self, comment: Comment) -> bool:
        record = self.model.facts.issues[comment.issue].record if comment.issue in self.model.facts.issues else None
        if not isinstance(record, Promise):
            return False
        is_old = record.deaf_until is not None and comment.at <= record.deaf_until
        return comment.id in record.commands or comment.id <= record.heard or is_old

    def _ledger(self) -> Ledger | None:
        records = [self.model.facts.issues[number].record for number in self._trackings()]
        return next((each for each in records if isinstance(each, Ledger) and each.path == self.path), None)

    def _is_asked_about_as_a_whole(self, ledger: Ledger) -> bool:
        """Whether so many items went at once, in both documents, that the version is not believed without a word."""
        version = self.model.version(self.path)
        return ledger.blob != version and vanished_about(version) in ledger.told

    def _each_item_is_known(self) -> bool:
        """Whether each item of the document has one entry, so that nobody has been asked which it is."""
        ledger = self._ledger()
        known = [each.title for each in ledger.entries if not each.gone] if ledger else []
        return sorted(known) == sorted(each[0] for each in self.items)

    def _who_holds_what(self) -> dict[int, Said]:
        """What the document says of the items of each issue, wherever it stands there."""
        ledger = self._ledger()
        entries = ledger.entries if ledger else ()
        issues = [self.model.facts.issues.get(each.number or 0) for each in entries if not each.gone]
        return {
            issue.number: replace(issue.record.said, lines=(1, 1))
            for issue in issues
            if issue and isinstance(issue.record, Promise)
        }

    def _trackings(self) -> list[int]:
        return [number for number, each in sorted(self.model.facts.issues.items()) if isinstance(each.record, Ledger)]

    def _action_issues(self) -> list[Issue]:
        ledgers = [each.record for each in self.model.facts.issues.values() if isinstance(each.record, Ledger)]
        named = {entry.number for ledger in ledgers for entry in ledger.entries if entry.number}
        return [self.model.facts.issues[number] for number in sorted(named & self.model.facts.issues.keys())]

    def _some_action(self, data: st.DataObject) -> Issue | None:
        numbers = [issue.number for issue in self._action_issues()]
        return self.model.facts.issues[data.draw(st.sampled_from(numbers))] if numbers else None
