"""What a manager is told besides lateness: once, while people work, and counted with all the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.effects import CreateComment
from app.core.ledger import Ledger
from app.core.promise import Promise
from rules.policy import Policy, Standup
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

MERGED = datetime(2026, 5, 6, 12, tzinfo=UTC)  # a Wednesday
POLICY = Policy(managers={"default": "dana"}, public=True, standup=Standup(enabled=False))


def _action(number: int) -> str:
    return (
        f"- [ ] Alert when pool number {number} is above 80 %\n  - Owner: @ana\n  - Deadline: 2026-05-29\n"
        "  - Priority: P1\n  - Success criterion: the alert fires"
    )


def _merged(items: int = 1, policy: Policy = POLICY) -> Model:
    actions = "\n".join(map(_action, range(items)))
    model = Model(policy, merged=MERGED)
    model.push("a.md", good_postmortem(actions=actions))
    model.settle(now=MERGED)
    return model


def _at(day: str, hour: int = 9) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) + timedelta(hours=hour)


def _words(model: Model, now: datetime) -> list[CreateComment]:
    return [each for each in model.settle(now=now) if isinstance(each, CreateComment) and "dana" in each.mentions]


def _actions(model: Model) -> list[int]:
    return sorted(number for number, each in model.facts.issues.items() if isinstance(each.record, Promise))


def _postpone(model: Model, now: datetime) -> None:
    """Each item is moved three times."""
    for move in range(3):
        for number in _actions(model):
            model.say(number, "gita", f"/extend 2026-07-0{move + 1} the vendor needs longer")
        model.settle(now=now)


def test_a_third_extension_is_told_at_once_and_once() -> None:
    model = _merged()
    _postpone(model, _at("2026-05-11", 10))
    (told,) = [each for each in model.log if isinstance(each, CreateComment)]
    assert told.body.startswith(
        "@dana, the deadline of this action item has been extended 3 times: 2026-05-29 was promised"
    )
    assert _words(model, _at("2026-05-12")) == []


def test_of_an_item_that_the_document_no_longer_has_nothing_is_told() -> None:
    model = _merged(items=2)
    model.push("a.md", good_postmortem(actions=_action(1)))
    model.settle(now=_at("2026-05-11", 9))
    _postpone(model, _at("2026-05-11", 10))
    told = [each.issue for each in model.log if isinstance(each, CreateComment) and "dana" in each.mentions]
    (remaining,) = [each for each in _actions(model) if "number 1" in model.facts.issues[each].title]
    assert told == [remaining]


def test_at_night_it_waits_for_the_opening() -> None:
    model = _merged()
    _postpone(model, _at("2026-05-08", 22))  # a Friday
    assert not [each for each in model.log if isinstance(each, CreateComment)]
    assert model.alarm(_at("2026-05-08", 22)) == _at("2026-05-11")
    assert len(_words(model, _at("2026-05-11"))) == 1


def test_five_of_them_are_told_three_a_day() -> None:
    model = _merged(items=5)
    _postpone(model, _at("2026-05-08", 22))
    assert [len(_words(model, _at(day))) for day in ("2026-05-11", "2026-05-12", "2026-05-13")] == [3, 2, 0]


def test_a_verification_that_failed_is_told_and_counts_beside_the_return_of_the_day() -> None:
    model = _merged()
    tracking = model.issue(lambda each: isinstance(each.record, Ledger))
    model.settle(now=_at("2026-06-05"))
    model.say(tracking.number, "gita", "/verified fail the alert came after an hour")
    (told,) = _words(model, _at("2026-06-05", 10))
    assert told.body.startswith("@dana, the verification failed, says gita: the alert came after an hour")
    ledger = model.facts.issues[tracking.number].record
    assert isinstance(ledger, Ledger)
    assert [each.about.partition(":")[0] for each in ledger.noticed] == ["day 30", "failed"]


def test_in_public_nothing_of_it_is_told() -> None:
    model = _merged(policy=Policy(managers={"default": "dana"}, standup=Standup(enabled=False)))
    _postpone(model, _at("2026-05-11", 10))
    assert not [each for each in model.log if isinstance(each, CreateComment)]


def test_a_manager_is_not_told_what_they_did_themselves() -> None:
    model = _merged(policy=Policy(managers={"default": "gita"}, public=True, standup=Standup(enabled=False)))
    _postpone(model, _at("2026-05-11", 10))
    tracking = model.issue(lambda each: isinstance(each.record, Ledger))
    model.say(tracking.number, "gita", "/verified fail the alert came after an hour")
    model.settle(now=_at("2026-05-11", 11))
    assert not [each for each in model.log if isinstance(each, CreateComment)]
    (action,) = _actions(model)
    model.say(action, "ana", "/extend 2026-07-20 the vendor needs longer")
    model.settle(now=_at("2026-05-11", 12))
    (told,) = [each for each in model.log if isinstance(each, CreateComment)]
    assert told.body.startswith("@gita, the deadline of this action item has been extended 4 times")


def _name(model: Model, manager: str) -> None:
    model.facts = replace(model.facts, policy=replace(model.facts.policy, managers={"default": manager}))


def _failed_for(manager: str) -> Model:
    """An item whose verification failed at night, so that no manager has heard of it."""
    model = _merged(policy=replace(POLICY, managers={"default": manager} if manager else {}))
    (action,) = _actions(model)
    model.say(action, "gita", "/verified fail the alert came after an hour")
    model.settle(now=_at("2026-05-11", 20))
    return model


def _failures(model: Model, day: str) -> list[CreateComment]:
    return [each for each in _words(model, _at(day)) if each.about.startswith("failed:")]


@pytest.mark.parametrize("before", ["", "gita", "dana"])
def test_of_a_verification_that_failed_and_has_passed_since_no_manager_is_told(before: str) -> None:
    model = _failed_for(before)
    (action,) = _actions(model)
    model.proven.add(action)
    model.edit(action, open=False, state_reason="completed", closed_at=_at("2026-05-11", 21))
    model.say(model.issue(lambda each: isinstance(each.record, Ledger)).number, "gita", "/verified pass run 10")
    model.settle(now=_at("2026-05-11", 22))
    _name(model, "dana")
    assert _failures(model, "2026-05-12") == []


@pytest.mark.parametrize("before", ["", "gita", "dana"])
def test_of_a_verification_that_failed_and_is_declined_since_no_manager_is_told(before: str) -> None:
    model = _failed_for(before)
    (action,) = _actions(model)
    model.say(action, "ana", "/wontdo the vendor was replaced")
    model.settle(now=_at("2026-05-11", 21))
    assert not model.facts.issues[action].open
    _name(model, "dana")
    assert _failures(model, "2026-05-12") == []


@pytest.mark.parametrize("where", ["item", "tracking"])
def test_what_was_closed_since_its_verification_failed_is_not_said_to_stay_open(where: str) -> None:
    model = _merged(policy=replace(POLICY, managers={}))
    (action,) = _actions(model)
    number = action if where == "item" else model.issue(lambda each: isinstance(each.record, Ledger)).number
    model.say(number, "gita", "/verified fail the alert came after an hour")
    model.settle(now=_at("2026-05-11", 20))
    model.proven.add(number)
    model.edit(number, open=False, state_reason="completed", closed_at=_at("2026-05-11", 21))
    model.settle(now=_at("2026-05-11", 21))
    assert not model.facts.issues[number].open
    _name(model, "dana")
    (told,) = _failures(model, "2026-05-12")
    assert told.body.startswith("@dana, the verification failed, says gita: the alert came after an hour")
    assert "stays open" not in told.body
    assert "This was closed since; nobody has said here that it passes now." in told.body
