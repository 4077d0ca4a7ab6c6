"""What a return takes for an answer, and what its second word asks the manager for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.core.effects import CreateComment
from tests.follow_up.ended import FIRST, actions, close, ledger, merged, said_on, say, tracking
from tests.follow_up.model import Model
from tests.postmortems import ACTIONS, good_postmortem

VERIFIED = "**Did the verification run, and pass?**"


def _done() -> Model:
    """A postmortem whose promises were kept on the ninth day."""
    model = merged()
    for issue in actions(model):
        close(model, issue, "2026-05-15")
    said_on(model, "2026-05-15")
    return model


def _returned(model: Model, day: str) -> list[CreateComment]:
    return [each for each in said_on(model, day) if each.about.startswith("revisit:")]


# Whether a verification that failed is one that ran.


def test_a_verification_that_failed_and_was_asked_for_in_vain_is_asked_for_at_the_return() -> None:
    model = _done()
    say(model, tracking(model).number, "/verified fail run 7: the alert did not fire", "2026-05-20")
    for day in ("2026-06-05", "2026-06-19", "2026-06-26"):
        said_on(model, day)
    (asked,) = _returned(model, "2026-07-06")
    assert asked.mentions == ("ana",)
    assert VERIFIED in asked.body
    assert "When it was run last, it failed: run 7: the alert did not fire" in asked.body
    (second,) = _returned(model, "2026-07-13")
    assert second.mentions == ("dana", "ana")
    (last,) = _returned(model, "2026-08-04")
    assert VERIFIED in last.body


@pytest.mark.parametrize("where", ["tracking", "item"])
def test_one_that_is_still_to_be_run_again_is_not_asked_for_before(where: str) -> None:
    model = _done()
    number = tracking(model).number if where == "tracking" else actions(model)[0].number
    say(model, number, "/verified fail run 7: the alert did not fire", "2026-06-24")
    if where == "item":
        close(model, model.facts.issues[number], "2026-06-25")
        said_on(model, "2026-06-25")
    (said,) = _returned(model, "2026-07-06")
    assert said.mentions == ()
    assert said.body.startswith("60 days have passed since this was merged, but its verification has failed.")
    assert "The verification failed, and is to be run again by 2026-07-24: run 7: the alert did not fire" in said.body
    assert VERIFIED not in said.body


def test_a_verification_that_fails_after_it_was_said_not_to_have_happened_again_is_told_at_the_return() -> None:
    model = _done()
    number = tracking(model).number
    say(model, number, "/verified pass https://ci.example/7", "2026-05-20")
    said_on(model, "2026-07-06")
    say(model, number, "/recurrence none", "2026-07-30")
    say(model, number, "/verified fail it came back", "2026-08-01")
    (said,) = _returned(model, "2026-08-04")
    assert said.body.startswith("90 days have passed since this was merged, but its verification has failed.")
    assert "The verification failed, and is to be run again by 2026-08-31: it came back" in said.body
    assert "By 2026-07-30 it had not happened again." in said.body
    assert "It has not happened again." not in said.body


def test_items_that_are_late_are_told_at_a_return_that_asks_for_nothing() -> None:
    model = merged(good_postmortem().replace("P0", "P1"))
    (said,) = _returned(model, "2026-06-05")
    assert said.body.startswith(
        "30 days have passed since this was merged, but 2 action items are past their deadline."
    )
    assert said.mentions == ()


def test_one_that_failed_on_an_item_and_was_asked_for_there_in_vain_is_asked_for_at_the_return() -> None:
    model = _done()
    number = actions(model)[0].number
    say(model, number, "/verified fail the alert was late", "2026-05-20")
    close(model, model.facts.issues[number], "2026-05-22")
    for day in ("2026-05-22", "2026-06-05", "2026-06-19"):
        said_on(model, day)
    (asked,) = _returned(model, "2026-07-06")
    assert VERIFIED in asked.body


def test_one_that_passed_at_last_is_not_asked_for() -> None:
    model = _done()
    number = tracking(model).number
    say(model, number, "/verified fail run 7: the alert did not fire", "2026-05-20")
    say(model, number, "/verified pass run 8", "2026-06-22")
    (said,) = _returned(model, "2026-07-06")
    assert said.mentions == ()
    assert str(ledger(model).verification) == "passed"


# What the second word asks for.

NEW = """
- [ ] Reject a deploy whose pool is smaller than the running one
  - Owner: @ben
  - Deadline: 2026-07-20
  - Priority: P0
  - Success criterion: the deploy is refused in staging"""


def _with_new_p0(model: Model) -> None:
    model.push(FIRST, good_postmortem(actions=ACTIONS + NEW))


def _with_reopened_p0(model: Model) -> None:
    number = actions(model)[0].number
    model.edit(number, open=True, state_reason="reopened", closed_at=None)
    model.say(number, "ben", "/extend 2026-07-20 it needs one more alert")


@pytest.mark.parametrize("happens", [_with_new_p0, _with_reopened_p0], ids=["a new P0", "a P0 that is open again"])
def test_what_the_first_word_did_not_ask_for_goes_to_no_manager(happens: Callable[[Model], None]) -> None:
    model = _done()
    (first,) = _returned(model, "2026-06-05")
    assert first.mentions == ()
    happens(model)
    assert _returned(model, "2026-06-19") == []


def test_of_the_p0s_that_the_first_word_listed_the_second_asks_only_for_those_that_are_still_open_and_late() -> None:
    later = ACTIONS.replace("Priority: P1", "Priority: P0").replace("2026-06-01", "2026-07-30")
    model = merged(good_postmortem(actions=later))
    (first,) = _returned(model, "2026-06-05")
    assert first.body.count("\n- #") == 2
    model.push(FIRST, good_postmortem(actions=later + NEW))
    (second,) = _returned(model, "2026-06-12")
    assert second.body.startswith("@dana, @ana: this P0 is still open. What is in its way?")
    assert second.body.count("\n- #") == 1
    assert "due on 2026-05-18" in second.body


def test_a_p0_whose_day_is_still_to_come_is_brought_to_its_manager_once() -> None:
    model = merged(good_postmortem(actions=ACTIONS.replace("2026-05-18", "2026-07-30")))
    (first,) = _returned(model, "2026-06-05")
    assert "dana" in first.mentions
    assert _returned(model, "2026-06-12") == []


def test_a_return_that_lists_open_p0s_names_the_ways_out() -> None:
    (first,) = _returned(merged(), "2026-06-05")
    for way in ("closes its issue", "`/extend YYYY-MM-DD why`", "`/wontdo why`"):
        assert way in first.body


def test_what_was_said_of_an_item_is_no_answer_for_the_whole_and_the_manager_is_told_just_that() -> None:
    model = _done()
    assert len(_returned(model, "2026-06-05")) == len(_returned(model, "2026-07-06")) == 1
    number = actions(model)[0].number
    say(model, number, "/verified fail the alert came after 9 minutes", "2026-07-08")
    say(model, number, "/verified pass https://ci.example/9", "2026-07-09")
    (second,) = _returned(model, "2026-07-13")
    assert second.body.startswith("@dana, @ana: nobody has answered here yet.")


def test_a_verification_that_is_asked_for_meanwhile_takes_no_p0_out_of_the_second_word() -> None:
    first, _, _ = ACTIONS.partition("\n- [ ]")
    model = merged(good_postmortem(actions=first))
    say(model, tracking(model).number, "/verified fail run 7: the alert did not fire", "2026-05-08")
    for day in ("2026-05-14", "2026-05-19", "2026-05-26", "2026-06-02"):
        said_on(model, day)
    (asked,) = _returned(model, "2026-06-05")
    assert "**Are the P0s done?** 1 P0 still open" in asked.body
    (again,) = _returned(model, "2026-06-08")
    assert VERIFIED in again.body
    (second,) = _returned(model, "2026-06-12")
    assert second.mentions == ("dana", "ana")
    assert "this P0 is still open. What is in its way?" in second.body
