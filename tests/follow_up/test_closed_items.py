"""What the document says of an action item whose issue is closed already, or is about to be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.core.ledger import VerificationState
from app.core.promise import Promise
from app.core.repository_facts import Issue
from tests.follow_up.ended import FIRST, actions, at, ledger, merged, say, tracking
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

POOL = "Alert when the pool of checkout is above 80 %"
RUNBOOK = "Write the runbook for an exhausted pool"
KEYS = "Rotate the keys of the payment client"


def _item(title: str, owner: str = "@ana", due: str = "2026-05-18", mark: str = "[ ]", more: str = "") -> str:
    return (
        f"- {mark} {title}\n  - Owner: {owner}\n  - Deadline: {due}\n  - Priority: P1\n"
        f"  - Success criterion: the drill passes in staging{more}"
    )


def _of(*items: str) -> str:
    return good_postmortem(actions="\n".join(items))


def _edit(model: Model, *items: str, day: str = "2026-05-08") -> None:
    model.push(FIRST, _of(*items))
    model.settle(now=at(day))


def _issue(model: Model, words: str) -> Issue:
    return next(each for each in actions(model) if words in each.title)


def _promise(model: Model, words: str) -> Promise:
    record = _issue(model, words).record
    assert isinstance(record, Promise)
    return record


def _day(model: Model, words: str) -> date | None:
    milestone = _issue(model, words).milestone
    return model.facts.milestones[milestone].due if milestone else None


def _closed_by_a_person() -> Model:
    model = merged(_of(_item(POOL), _item(RUNBOOK)))
    model.edit(_issue(model, POOL).number, open=False, state_reason="completed")
    model.settle(now=at("2026-05-07"))
    return model


def test_a_new_date_for_a_closed_item_keeps_nothing_else_waiting() -> None:
    model = _closed_by_a_person()
    _edit(model, _item(POOL, due="2026-07-17"), _item(RUNBOOK), _item(KEYS, due="2026-06-30"))
    assert [entry.number for entry in ledger(model).entries][-1] == _issue(model, KEYS).number
    say(model, tracking(model).number, "/verified pass https://ci.example/runs/7", "2026-05-11")
    assert ledger(model).verification is VerificationState.PASSED
    _edit(model, _item(POOL, due="2026-07-17"), _item(RUNBOOK), _item(KEYS.replace("the", "all"), due="2026-06-30"))
    assert len(actions(model)) == 3


def test_a_closed_item_stays_on_its_milestone_and_moves_when_it_is_opened_again() -> None:
    model = _closed_by_a_person()
    _edit(model, _item(POOL, due="2026-07-17"), _item(RUNBOOK))
    assert _day(model, POOL) == date(2026, 5, 18)
    model.edit(_issue(model, POOL).number, open=True, state_reason="reopened")
    model.settle(now=at("2026-05-12"))
    assert _day(model, POOL) == date(2026, 7, 17)
    assert _promise(model, POOL).deadline == date(2026, 7, 17)


@pytest.mark.parametrize(
    "edited",
    [_item(POOL, due="2026-06-17", mark="[x]"), _item(f"{POOL} (WONTDO: vendor caps them)", due="2026-06-17")],
)
def test_an_item_settled_and_put_off_in_one_edit_keeps_nothing_waiting(edited: str) -> None:
    model = merged(_of(_item(POOL), _item(RUNBOOK)))
    _edit(model, edited, _item(RUNBOOK))
    assert not _issue(model, "Alert").open
    say(model, tracking(model).number, "/verified pass https://ci.example/runs/7", "2026-05-11")
    assert ledger(model).verification is VerificationState.PASSED


def test_an_item_put_off_by_the_document_and_declined_by_a_command_keeps_nothing_waiting() -> None:
    model = merged(_of(_item(POOL), _item(RUNBOOK)))
    model.push(FIRST, _of(_item(POOL, due="2026-06-17"), _item(RUNBOOK)))
    say(model, _issue(model, POOL).number, "/wontdo the vendor caps them", "2026-05-08")
    say(model, tracking(model).number, "/verified pass https://ci.example/runs/7", "2026-05-11")
    assert ledger(model).verification is VerificationState.PASSED


def test_a_closed_item_whose_marker_is_damaged_keeps_the_date_that_the_document_gave_it() -> None:
    model = _closed_by_a_person()
    _edit(model, _item(POOL, due="2026-07-17"), _item(RUNBOOK))
    closed = _issue(model, POOL)
    model.facts = model.facts.with_issue(replace(closed, body=""))
    model.settle(now=at("2026-05-12"))
    assert _promise(model, POOL).deadline == date(2026, 7, 17)


def test_a_declined_item_closes_its_issue_with_the_reason_and_loses_it_when_it_is_opened_again() -> None:
    model = merged(_of(_item(POOL)))
    _edit(model, _item(f"{POOL} (WONTDO: the vendor caps them)"))
    issue = _issue(model, POOL)
    assert (issue.open, issue.title) == (False, POOL)
    assert "**Not planned**, says the postmortem: the vendor caps them" in issue.body
    model.edit(issue.number, open=True, state_reason="reopened")
    model.settle(now=at("2026-05-12"))
    assert "Not planned" not in _issue(model, POOL).body


def test_what_a_person_declined_is_planned_again_once_somebody_opens_it() -> None:
    model = merged(_of(_item(POOL)))
    number = _issue(model, POOL).number
    say(model, number, "/wontdo the vendor caps them", "2026-05-08")
    assert "**Not planned**, says ana: the vendor caps them" in _issue(model, POOL).body
    model.edit(number, open=True, state_reason="reopened")
    model.settle(now=at("2026-05-12"))
    assert "Not planned" not in _issue(model, POOL).body
