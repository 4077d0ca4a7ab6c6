"""The P0s that whoever opened a pull request still has: they are told, and nothing fails for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from app.core.effects import CHECK_NAMES
from app.core.gate import gate, with_open_p0s
from app.core.markers import with_marker
from app.core.open_p0s import OpenP0, open_p0s
from app.core.promise import Extension, Promise, Said, Shown
from app.core.records import as_record
from app.core.repository_facts import Issue
from rules.policy import Calendar, Policy, Priority
from tests.core.facts import document, facts
from tests.service.documents import GOOD

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday
FRIDAY = date(2026, 11, 20)


def _issue(number: int, priority: Priority | None = Priority.P0, due: date | None = FRIDAY, **fields: object) -> Issue:
    promise = Promise(
        document="INC-1",
        uid=f"{number:016}",
        tracking=1,
        said=Said(title="Alert", priority=priority),
        shown=Shown(title="Alert"),
        due=due,
        priority=Priority.P1,
    )
    promise = replace(promise, **fields)  # type: ignore[arg-type]
    body = with_marker("Done when it fires.", as_record(promise))
    return Issue(number, number, f"Alert {number}", body, True, None, (), frozenset(), None, NOW)


def test_one_that_was_opened_again_is_late_from_that_day_on() -> None:
    (found,) = open_p0s([_issue(2, due=date(2026, 6, 1), reopened=FRIDAY)], Policy(), NOW)
    assert (found.deadline, found.days_late) == (date(2026, 6, 1), 1)
    assert found.reopened == FRIDAY


def test_one_that_was_opened_again_before_its_deadline_is_late_from_that() -> None:
    (found,) = open_p0s([_issue(2, reopened=date(2026, 11, 18))], Policy(), NOW)
    assert (found.days_late, found.reopened) == (1, None)


def test_the_priority_is_what_the_document_says_and_labels_do_not_count() -> None:
    wrong = replace(_issue(3, Priority.P1), labels=frozenset({"P0"}))
    assert [each.number for each in open_p0s([_issue(2), wrong, _issue(4, None)], Policy(), NOW)] == [2]


def test_lateness_is_in_working_days_from_the_deadline_as_it_stands() -> None:
    moved = _issue(2, extensions=(Extension(to=date(2026, 11, 19), on=date(2026, 11, 1)),))
    assert open_p0s([moved], Policy(), NOW)[0].days_late == 2
    holiday = Policy(calendar=Calendar(holidays=(FRIDAY,)))
    assert open_p0s([moved], holiday, NOW)[0].days_late == 1
    assert open_p0s([_issue(2, due=date(2026, 12, 24))], Policy(), NOW)[0].days_late == 0
    assert open_p0s([_issue(2, due=None)], Policy(), NOW)[0].deadline is None


def test_the_day_is_that_of_the_policys_zone() -> None:
    early = datetime(2026, 11, 22, 20, tzinfo=UTC)  # Monday on Kiritimati, Sunday elsewhere
    assert open_p0s([_issue(2)], Policy(timezone="Pacific/Kiritimati"), early)[0].days_late == 1
    assert open_p0s([_issue(2)], Policy(timezone="America/Los_Angeles"), early)[0].days_late == 0


def test_the_earliest_deadline_comes_first_and_what_has_none_last() -> None:
    found = open_p0s([_issue(2, due=None), _issue(3), _issue(4, due=date(2026, 11, 2))], Policy(), NOW)
    assert [each.number for each in found] == [4, 3, 2]


def test_what_is_closed_or_remembers_nothing_does_not_count() -> None:
    closed, damaged = replace(_issue(2), open=False), replace(_issue(3), body="What was here?")
    assert open_p0s([closed, damaged], Policy(), NOW) == ()


def test_it_changes_no_conclusion() -> None:
    verdict = gate(facts(document(GOOD)), NOW)
    told = with_open_p0s(verdict, "ana", [_issue(2)], Policy(), NOW)
    assert told.open_p0s == (OpenP0(number=2, title="Alert 2", deadline=FRIDAY, days_late=1),)
    assert [told.conclusion(name) for name in CHECK_NAMES] == [verdict.conclusion(name) for name in CHECK_NAMES]


def test_without_one_the_verdict_is_what_it_was() -> None:
    verdict = gate(facts(document(GOOD)), NOW)
    assert with_open_p0s(verdict, "ana", [_issue(2, Priority.P1)], Policy(), NOW) is verdict
