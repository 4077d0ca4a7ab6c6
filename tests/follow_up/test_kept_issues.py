"""A tracking issue that was removed, and the issues of people to which only the document's links still lead."""

from __future__ import annotations

from collections import Counter
from datetime import date

from app.core.effects import CreateIssue
from app.core.ledger import Ledger
from app.core.promise import Promise
from tests.follow_up import checkout
from tests.follow_up.model import Model
from tests.postmortems import ACTIONS, good_postmortem

_ALERT = ACTIONS[: ACTIONS.index("\n- [ ] Cap")]


def test_an_item_keeps_its_issue_though_its_link_goes_right_after_a_new_ledger_was_begun() -> None:
    model, number = _left_with_a_link()
    (begun,) = model.settle(stop_after=1)
    assert isinstance(begun, CreateIssue)
    other = model.open_by_hand("Pool ran dry again")
    model.push(checkout.PATH, good_postmortem(actions=_linking(other).replace("for 5", "for 6")))
    model.settle()
    assert _numbers(model) == [number]
    assert not isinstance(model.facts.issues[other].record, Promise)
    assert model.plan() == ()


def test_a_kept_issue_remembers_all_that_it_did_and_hears_what_the_document_has_changed() -> None:
    model, number = _left_with_a_link("/extend 2026-06-10 the vendor is late")
    model.push(checkout.PATH, good_postmortem(actions=_linking(number).replace("within 6", "within 9")))
    assert len([each for each in model.settle() if isinstance(each, CreateIssue)]) == 1
    promise = _promise(model, number)
    assert [each.to for each in promise.extensions] == [date(2026, 6, 10)]
    assert promise.said.criterion
    assert "within 9 minutes" in promise.said.criterion
    assert promise.tracking == model.parents[number] == checkout.tracking(model).number
    assert model.plan() == ()


def test_an_item_that_was_said_in_other_words_stays_apart_from_a_new_one_that_says_it_as_before() -> None:
    model, number = _left_with_a_link()
    reworded = _linking(number).replace("Alert when", "Page when")
    model.push(checkout.PATH, good_postmortem(actions=f"{reworded}\n{_ALERT}"))
    for writes in range(1, 8):
        model.settle(stop_after=writes)
        uids = Counter(each.record.uid for each in model.facts.issues.values() if isinstance(each.record, Promise))
        assert max(uids.values()) == 1
    model.settle()
    assert _numbers(model) == [number, checkout.action(model, "Alert").number]
    assert _promise(model, number).said.title.startswith("Page when")


def test_an_issue_that_nothing_leads_to_any_more_stays_as_it_is() -> None:
    """Only the issue itself could tell, and anybody could have written that there."""
    model, number = _left_with_a_link()
    before = model.facts.issues[number]
    model.push(checkout.PATH, good_postmortem(actions=_ALERT))
    model.settle()
    assert _numbers(model) != [number]
    assert model.facts.issues[number] == before
    assert model.plan() == ()


def test_a_record_of_another_postmortem_keeps_nothing() -> None:
    model, number = _left_with_a_link()
    model.push(checkout.PATH, None)
    other = good_postmortem(actions=_linking(number), metadata={"Incident": "INC-7"})
    model.push("postmortems/other.md", other)
    model.settle()
    assert _numbers(model) == [number]
    assert _promise(model, number).document == "INC-7"
    assert model.plan() == ()


def _left_with_a_link(command: str = "") -> tuple[Model, int]:
    """A model whose only item links an issue of people, and whose tracking issue is gone; and the issue's number."""
    model = Model()
    number = model.open_by_hand("Pool ran dry")
    checkout.merged(_linking(number), model)
    if command:
        model.say(number, "gita", command)
        model.settle()
    model.remove(checkout.tracking(model).number)
    return model, number


def _linking(number: int) -> str:
    return _ALERT.replace("for 5 minutes", f"for 5 minutes (#{number})")


def _numbers(model: Model) -> list[int | None]:
    ledger = checkout.tracking(model).record
    assert isinstance(ledger, Ledger)
    return [each.number for each in ledger.entries]


def _promise(model: Model, number: int) -> Promise:
    record = model.facts.issues[number].record
    assert isinstance(record, Promise)
    return record
