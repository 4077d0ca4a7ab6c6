"""What was said while Closeout was down counts from the day on which it was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.core.promise import Promise
from rules.actions.default_deadline import default_deadline
from rules.policy import Priority
from tests.follow_up.ended import FIRST, MERGED, actions, at, close, ledger, merged, said_on, tracking
from tests.follow_up.figures import measured
from tests.follow_up.model import Model
from tests.follow_up.model_github import OUTSIDERS, PEOPLE
from tests.postmortems import ACTIONS, good_postmortem


def _urgent(model: Model) -> int:
    return next(each.number for each in actions(model) if _promise(model, each.number).priority is Priority.P0)


def _promise(model: Model, number: int) -> Promise:
    record = model.facts.issues[number].record
    assert isinstance(record, Promise)
    return record


def _said(model: Model, text: str, day: str, login: str = "ben") -> int:
    """What is said of the P0, which is due on 2026-05-18."""
    number = _urgent(model)
    model.say(number, login, text, at(day))
    return number


def test_an_extension_to_a_day_that_was_still_to_come_is_not_over() -> None:
    model = merged()
    number = _said(model, "/extend 2026-05-25 vendor", "2026-05-15")
    (late,) = [each for each in said_on(model, "2026-05-27") if each.issue == number]
    assert "2 working days late" in late.body
    assert "2026-05-25 on 2026-05-15" in late.body.replace("**", "")
    assert _promise(model, number).extensions[-1].on == date(2026, 5, 15)


def test_an_extension_counts_though_the_issue_was_closed_before_it_was_read() -> None:
    model = merged()
    number = _said(model, "/extend 2026-05-25 vendor", "2026-05-15")
    close(model, model.facts.issues[number], "2026-05-22")
    said_on(model, "2026-05-27")
    assert not model.facts.issues[number].open
    shares = measured(model, "2026-06-10").shares
    assert (shares.promised.kept, shares.extended.kept) == (0, 1)


def test_what_is_extended_after_it_was_closed_is_refused() -> None:
    model = merged()
    close(model, model.facts.issues[_urgent(model)], "2026-05-15")
    number = _said(model, "/extend 2026-05-25 vendor", "2026-05-16")
    said_on(model, "2026-05-27")
    assert _promise(model, number).extensions == ()


def test_what_was_declined_by_its_deadline_is_listed_apart_however_late_it_is_closed() -> None:
    model = merged()
    number = _said(model, "/wontdo retired", "2026-05-15")
    said_on(model, "2026-05-27")
    assert not model.facts.issues[number].open
    promised = measured(model, "2026-06-10").shares.promised
    assert (promised.declined, promised.missed) == (1, 0)


def test_what_was_declined_once_is_so_since_the_first_time() -> None:
    model = merged()
    _said(model, "/wontdo retired", "2026-05-15")
    _said(model, "/wontdo really", "2026-05-22")
    said_on(model, "2026-05-27")
    assert measured(model, "2026-06-10").shares.promised.declined == 1


@pytest.mark.parametrize(("said", "missed"), [(("2026-05-12", "2026-05-14"), 0), (("2026-05-20", "2026-05-22"), 1)])
def test_what_a_failed_verification_opened_and_a_word_declined_is_declined_that_day(
    said: tuple[str, str], missed: int
) -> None:
    model = merged()
    close(model, model.facts.issues[_urgent(model)], "2026-05-11")
    _said(model, "/verified fail run 9", said[0])
    number = _said(model, "/wontdo retired", said[1])
    words = [each.body for each in said_on(model, "2026-06-10") if each.issue == number]
    promised = measured(model, "2026-06-10").shares.promised
    assert (promised.declined, promised.missed, promised.kept) == (1 - missed, missed, 0)
    assert not any("@dana" in each for each in words)


def test_what_is_declined_after_its_deadline_is_missed_though_it_was_closed_as_done_before() -> None:
    model = merged()
    close(model, model.facts.issues[_urgent(model)], "2026-05-12")
    said_on(model, "2026-05-12")
    _said(model, "/wontdo it never was", "2026-06-12")
    said_on(model, "2026-06-12")
    promised = measured(model, "2026-06-13").shares.promised
    assert (promised.declined, promised.missed, promised.kept) == (0, 1, 0)


def test_a_closing_by_hand_after_a_verification_failed_stands() -> None:
    model = merged()
    number = _said(model, "/verified fail run 9", "2026-05-12")
    close(model, model.facts.issues[number], "2026-05-15")
    said_on(model, "2026-05-27")
    assert not model.facts.issues[number].open


def test_who_comments_and_closes_with_one_click_has_it_opened_by_a_verification_that_failed() -> None:
    model = merged()
    number = _said(model, "/verified fail run 9", "2026-05-12")
    model.edit(number, open=False, state_reason="completed", closed_at=at("2026-05-12") + timedelta(seconds=2))
    said_on(model, "2026-05-27")
    assert model.facts.issues[number].open


def test_a_verification_that_failed_is_asked_for_again_30_days_after_it_was_said() -> None:
    model = merged()
    close(model, model.facts.issues[_urgent(model)], "2026-05-11")
    said_on(model, "2026-05-11")
    number = _said(model, "/verified fail run 9", "2026-05-20")
    said_on(model, "2026-06-10")
    assert _promise(model, number).reopened == date(2026, 5, 20)
    said = said_on(model, "2026-06-19")
    assert "failed 30 days ago" in "".join(each.body for each in said if each.issue == number)


def test_who_is_given_an_item_by_a_command_has_it_since_that() -> None:
    model = merged()
    number = _said(model, "/reassign @gita", "2026-05-20")
    said_on(model, "2026-06-10")
    tenure = _promise(model, number).tenure
    assert tenure is not None
    assert (tenure.logins, tenure.since) == (("gita",), date(2026, 5, 20))


def test_whoever_gave_an_item_away_may_not_command_it_any_more() -> None:
    model = merged()
    model.edit(_urgent(model), assignees=(OUTSIDERS["eve"],))  # she is no author of the document
    number = _said(model, "/reassign @gita", "2026-05-12", "eve")
    _said(model, "/extend 2026-05-25 vendor", "2026-05-13", "eve")
    said_on(model, "2026-05-14")
    assert _promise(model, number).extensions == ()


def test_the_answers_to_a_return_are_of_the_day_on_which_they_were_given() -> None:
    model = merged()
    model.say(tracking(model).number, "ana", "/verified pass https://ci.example/1", at("2026-05-20"))
    model.say(tracking(model).number, "ana", "/recurrence none", at("2026-05-21"))
    said_on(model, "2026-06-15")
    verdict, recurrences = ledger(model).verdict, ledger(model).recurrences
    assert verdict is not None
    assert (verdict.on, [each.on for each in recurrences]) == (date(2026, 5, 20), [date(2026, 5, 21)])


def test_the_first_date_of_an_item_was_given_when_it_was_said() -> None:
    model = merged(good_postmortem(actions=ACTIONS.replace("  - Deadline: 2026-06-01\n  - Priority: P1\n", "")))
    number = next(each.number for each in actions(model) if _promise(model, each.number).due is None)
    model.say(number, "gita", "/extend 2026-05-25 it needs a day", at("2026-05-15"))
    said_on(model, "2026-05-27")
    assert [each.since for each in ledger(model).entries if each.number == number] == [date(2026, 5, 15)]


def test_a_comment_that_was_changed_counts_from_its_last_change() -> None:
    model = merged()
    number = _urgent(model)
    said = model.say(number, "ben", "We wait for the vendor", at("2026-05-12"))
    changed = replace(said, body="/extend 2026-05-25 vendor", edited=True, edited_at=at("2026-05-14"))
    model.facts = model.facts.with_comment(changed)
    said_on(model, "2026-05-27")
    assert _promise(model, number).extensions[-1].on == date(2026, 5, 14)


def test_an_extension_before_a_hand_over_counts() -> None:
    model = merged()
    _said(model, "/extend 2026-05-25 vendor", "2026-05-12")
    number = _said(model, "/reassign @gita", "2026-05-13")
    said_on(model, "2026-05-14")
    assert _promise(model, number).deadline == date(2026, 5, 25)
    assert model.facts.issues[number].assignees == (PEOPLE["gita"],)


_ADDED = (
    "- [ ] Write the runbook for an exhausted pool\n  - Owner: @ben\n  - Deadline: 2026-05-22\n  - Priority: P0\n"
    "  - Success criterion: somebody followed it"
)
_UNDATED = "\n".join(line for line in _ADDED.splitlines() if "Deadline" not in line and "Priority" not in line)


def _edit(model: Model, text: str, day: str) -> None:
    model.push(FIRST, good_postmortem(actions=text), at(day))


def test_a_date_that_the_document_moves_is_moved_on_the_day_of_that_version() -> None:
    model = merged()
    _edit(model, ACTIONS.replace("2026-05-18", "2026-05-25"), "2026-05-15")
    (late,) = [each for each in said_on(model, "2026-05-27") if each.issue == _urgent(model)]
    assert "2 working days late" in late.body
    assert [each.on for each in _promise(model, _urgent(model)).extensions] == [date(2026, 5, 15)]


def test_an_item_that_is_added_is_promised_on_the_day_of_that_version() -> None:
    model = merged()
    _edit(model, f"{ACTIONS}\n{_ADDED}", "2026-05-15")
    said_on(model, "2026-05-27")
    assert ledger(model).entries[-1].since == date(2026, 5, 15)
    assert measured(model, "2026-05-28").shares.promised.missed == 2


@pytest.mark.parametrize("given", [_ADDED, f"{_UNDATED}\n  - Priority: P0"], ids=["a date", "a priority"])
def test_an_item_that_gets_its_first_date_is_promised_on_the_day_of_that_version(given: str) -> None:
    model = merged(good_postmortem(actions=f"{ACTIONS}\n{_UNDATED}"))
    assert ledger(model).entries[-1].due is None
    _edit(model, f"{ACTIONS}\n{given}", "2026-05-15")
    said_on(model, "2026-05-27")
    entry = ledger(model).entries[-1]
    default = default_deadline(model.facts.policy, Priority.P0, date(2026, 5, 15))
    assert (entry.due, entry.since) == (date(2026, 5, 22) if given is _ADDED else default, date(2026, 5, 15))


def test_no_version_counts_from_a_day_before_its_postmortem_or_one_to_come() -> None:
    for day, counted in (("2026-03-01", MERGED.date()), ("2026-06-30", date(2026, 5, 27))):
        model = merged()
        _edit(model, f"{ACTIONS}\n{_ADDED}", day)
        said_on(model, "2026-05-27")
        assert ledger(model).entries[-1].since == counted


def test_what_took_a_word_to_believe_counts_from_that() -> None:
    rows = "\n".join(ACTIONS.split("\n- ")[0].replace("checkout", f"service {number}") for number in range(7))
    model = merged(good_postmortem(actions=rows))
    _edit(model, _ADDED.replace("[ ]", "[ ] AI-9:"), "2026-05-15")
    said_on(model, "2026-05-18")
    model.say(tracking(model).number, "ana", "/adopt", at("2026-05-27"))
    said_on(model, "2026-05-27", 10)
    assert ledger(model).entries[-1].since == date(2026, 5, 27)
