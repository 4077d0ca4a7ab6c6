"""What somebody takes back, in the document or by hand: it undoes nothing that somebody else did meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.core.promise import Promise
from app.core.repository_facts import Milestone
from tests.follow_up.ended import FIRST, MERGED, actions, merged
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

DUE = "  - Deadline: 2026-05-18\n"


def _text(mark: str = "[ ]", due: str = DUE) -> str:
    return good_postmortem(
        actions=f"- {mark} Write the runbook\n  - Owner: @ben\n{due}  - Priority: P1\n"
        "  - Success criterion: the drill passes in staging"
    )


def _push(model: Model, text: str) -> None:
    model.push(FIRST, text)
    model.settle(now=MERGED)
    assert not model.plan(now=MERGED)


def _promise(model: Model) -> Promise:
    record = actions(model)[0].record
    assert isinstance(record, Promise)
    return record


def test_a_deadline_that_is_taken_out_and_brought_back_undoes_no_extension() -> None:
    model = merged(_text())
    model.say(actions(model)[0].number, "ben", "/extend 2026-06-10 the vendor is late")
    model.settle(now=MERGED)
    _push(model, _text(due=""))
    _push(model, _text())
    assert _promise(model).deadline == date(2026, 6, 10)


def test_a_deadline_that_is_brought_back_as_another_one_is_a_move() -> None:
    model = merged(_text())
    _push(model, _text(due=""))
    _push(model, _text(due="  - Deadline: 2026-06-20\n"))
    assert _promise(model).deadline == date(2026, 6, 20)


def test_a_milestone_that_a_person_takes_away_and_brings_back_is_the_day_that_they_want() -> None:
    model = merged(_text())
    (issue,) = actions(model)
    model.edit(issue.number, milestone=None)
    _push(model, _text(due="  - Deadline: 2026-06-20\n"))
    assert actions(model)[0].milestone is None
    model.edit(issue.number, milestone=issue.milestone)
    model.settle(now=MERGED)
    assert actions(model)[0].milestone == issue.milestone
    assert _promise(model).deadline == date(2026, 5, 18)


def test_an_issue_off_its_milestone_stays_off_whatever_the_document_says() -> None:
    model = merged(_text())
    model.edit(actions(model)[0].number, milestone=None)
    _push(model, _text(due="  - Deadline: 2026-06-20\n"))
    _push(model, _text(due="  - Deadline: 2026-06-22\n"))
    model.say(actions(model)[0].number, "ben", "/extend 2026-07-01 the vendor is late")
    model.settle(now=MERGED)
    assert actions(model)[0].milestone is None
    assert _promise(model).deadline == date(2026, 7, 1)


def test_a_milestone_that_a_list_does_not_show_yet_was_not_taken_away() -> None:
    model = merged(_text())
    (issue,) = actions(model)
    milestones: dict[int, Milestone] = dict(model.facts.milestones)
    model.facts = replace(model.facts, milestones={})
    model.settle(now=MERGED)
    model.facts = replace(model.facts, milestones=milestones | dict(model.facts.milestones))
    _push(model, _text(due="  - Deadline: 2026-06-20\n"))
    assert actions(model)[0].milestone != issue.milestone
    assert _promise(model).deadline == date(2026, 6, 20)


def test_what_a_person_closed_again_is_not_opened_by_a_mark_that_is_taken_back() -> None:
    model = merged(_text())
    number = actions(model)[0].number
    _push(model, _text(mark="[x]"))
    model.edit(number, open=True, state_reason="reopened")
    model.settle(now=MERGED)
    assert actions(model)[0].open
    model.edit(number, open=False, state_reason="completed")
    model.settle(now=MERGED)
    _push(model, _text(mark="[ ]"))
    assert not actions(model)[0].open


def test_what_the_document_marks_as_done_again_is_closed_again() -> None:
    model = merged(_text())
    number = actions(model)[0].number
    _push(model, _text(mark="[x]"))
    model.edit(number, open=True, state_reason="reopened")
    model.settle(now=MERGED)
    _push(model, _text(mark="[ ]"))
    assert actions(model)[0].open
    _push(model, _text(mark="[x]"))
    assert not actions(model)[0].open
