"""The last word on a postmortem, where something is said after it of whether it happened again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.core.repository_facts import INSUFFICIENT_LABEL
from tests.follow_up.ended import actions, at, close, finish, ledger, merge_second, merged, say, tracking
from tests.follow_up.model import Model


def _outcomes(model: Model) -> list[str]:
    """What the last words say, each in its second line."""
    said = [each for each in model.facts.comments if (each.about or "").startswith("epitaph:")]
    return [each.body.splitlines()[1].partition("; ")[2] for each in said if each.issue == tracking(model).number]


QUIET_END = "it has not happened again in 90 days."


def test_what_is_said_of_recurrences_after_the_end_makes_another_last_word_each_time() -> None:
    model = merged()
    finish(model)
    number = tracking(model).number
    model.open_by_hand("Checkout is down", 700)
    say(model, number, "/recurrence yes #700", "2026-09-01")
    assert _outcomes(model) == [QUIET_END, "it happened again: #700."]
    assert INSUFFICIENT_LABEL in tracking(model).labels
    say(model, number, "/recurrence none #700", "2026-09-02")
    assert _outcomes(model) == [QUIET_END, "it happened again: #700.", QUIET_END]
    assert INSUFFICIENT_LABEL not in tracking(model).labels
    assert "happened again**, see" not in tracking(model).body
    assert not tracking(model).open
    say(model, number, "/recurrence yes #700", "2026-09-03")
    say(model, number, "/recurrence none #700", "2026-09-04")
    assert _outcomes(model)[-2:] == ["it happened again: #700.", QUIET_END]
    assert len(_outcomes(model)) == 5
    assert model.plan(at("2026-09-05")) == ()


def test_a_recurrence_that_a_document_declares_after_the_end_and_takes_back_is_told() -> None:
    model = merged()
    finish(model)
    second = merge_second(model, now=at("2026-09-01"), recurrence_of="INC-2041")
    assert _outcomes(model) == [QUIET_END, f"it happened again: #{second.number}."]
    assert INSUFFICIENT_LABEL in tracking(model).labels
    merge_second(model, now=at("2026-09-02"))
    assert _outcomes(model)[1:] == [f"it happened again: #{second.number}.", QUIET_END]
    assert INSUFFICIENT_LABEL not in tracking(model).labels


def test_a_recurrence_that_was_the_only_answer_and_is_taken_back_is_asked_for_again_and_told_then() -> None:
    model = merged()
    model.open_by_hand("Checkout is down", 700)
    finish(model, recurrence="/recurrence yes #700")
    assert _outcomes(model) == ["it happened again: #700."]
    number = tracking(model).number
    say(model, number, "/recurrence none #700", "2026-08-10")
    assert tracking(model).open
    assert len(_outcomes(model)) == 1
    say(model, number, "/recurrence none", "2026-08-11")
    assert not tracking(model).open
    assert _outcomes(model)[1:] == ["it has not happened again in 97 days."]


def test_another_word_that_nothing_happened_makes_no_other_last_word() -> None:
    model = merged()
    finish(model)
    say(model, tracking(model).number, "/recurrence none", "2026-09-01")
    assert len(_outcomes(model)) == 1


def _over(day: str, hour: int, *, tells: bool) -> Model:
    """A postmortem that is over, and whose items were closed at that time."""
    model = merged()
    model.tells_turns = tells
    for issue in actions(model):
        model.wait(at(day, hour))
        close(model, issue, day, hour=hour)
    model.settle(now=at(day, hour + 1))
    number = tracking(model).number
    say(model, number, "/verified pass https://ci.example/runs/7", "2026-08-04")
    say(model, number, "/recurrence none", "2026-08-04")
    return model


@pytest.mark.parametrize("tells", [True, False])
def test_another_zone_is_no_other_end(tells: bool) -> None:
    model = _over("2026-06-15", 22, tells=tells)  # the next day in Tokyo
    model.facts = replace(model.facts, policy=replace(model.facts.policy, timezone="Asia/Tokyo"))
    model.settle(now=at("2026-09-01"))
    assert [each.closed_on for each in ledger(model).entries] == [date(2026, 6, 16)] * 2
    assert len(_outcomes(model)) == 1


def test_what_was_opened_unseen_and_closed_on_the_next_day_ended_otherwise() -> None:
    model = _over("2026-08-04", 8, tells=True)
    issue = actions(model)[0]
    model.wait(at("2026-08-04", 12))
    model.edit(issue.number, open=True, state_reason="reopened", closed_at=None)
    model.wait(at("2026-08-05"))
    close(model, issue, "2026-08-05")
    model.settle(now=at("2026-08-06"))
    assert [each.closed_on for each in ledger(model).entries] == [date(2026, 8, 5), date(2026, 8, 4)]
    assert len(_outcomes(model)) == 2


@pytest.mark.parametrize("writes", [0, 1, 2, 3])
def test_a_crash_while_it_is_told_anew_tells_it_once(writes: int) -> None:
    model = merged()
    finish(model)
    model.open_by_hand("Checkout is down", 700)
    model.say(tracking(model).number, "ana", "/recurrence yes #700")
    model.settle(now=at("2026-09-01"), stop_after=writes)
    model.lose_disk()
    model.settle(now=at("2026-09-01", 11))
    assert _outcomes(model) == [QUIET_END, "it happened again: #700."]
