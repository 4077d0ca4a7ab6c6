"""What a return takes for an answer, and what its second word asks the manager for."""

from __future__ import annotations

import pytest

from app.core.effects import CreateComment
from tests.follow_up.ended import actions, close, ledger, merged, said_on, say, tracking
from tests.follow_up.model import Model

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
    assert "The verification failed: run 7: the alert did not fire" in said.body
    assert VERIFIED not in said.body


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
