"""What counts as an answer to a return, what is said where one does not, and who is still there to be asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.core.effects import CreateComment
from rules.policy import Revisits
from tests.follow_up.ended import FIRST, MERGED, POLICY, actions, at, close, ledger, merged, said_on, say, tracking
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

SIXTY, SECOND_WORD, NINETY = "2026-07-06", "2026-07-13", "2026-08-04"  # the sixtieth day was a Sunday


def _done() -> Model:
    model = merged()
    for issue in actions(model):
        close(model, issue, "2026-05-15")
    return model


def _returns(said: list[CreateComment]) -> list[CreateComment]:
    return [each for each in said if each.about.startswith("revisit:")]


def _second_word(model: Model) -> str:
    (word,) = _returns(said_on(model, SECOND_WORD))
    assert word.about.endswith("day 60 manager")
    return word.body


def test_an_answer_without_a_command_is_not_called_silence() -> None:
    model = _done()
    assert _returns(said_on(model, SIXTY))
    say(model, tracking(model).number, "Yes: it ran on Friday and passed.", "2026-07-07")
    word = _second_word(model)
    assert "nobody has answered" not in word
    assert "is not noted as an answer yet: that takes one line with a command" in word


@pytest.mark.parametrize("day", ["2026-07-03", None])
def test_where_nobody_has_said_anything_since_it_says_so(day: str | None) -> None:
    model = _done()
    if day:
        say(model, tracking(model).number, "It will run on Sunday.", day)
    assert _returns(said_on(model, SIXTY))
    assert "nobody has answered here yet" in _second_word(model)


def test_a_pass_of_one_item_is_told_where_the_whole_is_asked_for() -> None:
    model = _done()
    first, _ = actions(model)
    assert _returns(said_on(model, SIXTY))
    say(model, first.number, "/verified pass https://ci.example/7", "2026-07-07", "ben")
    word = _second_word(model)
    assert f"It has passed on #{first.number} (says ben). If that is all of it, say so here." in word


def test_an_item_whose_whole_postmortem_has_passed_since_is_not_asked_for_again() -> None:
    model = _done()
    first, _ = actions(model)
    say(model, first.number, "/verified fail run 9 did not fire", "2026-05-20", "ben")
    close(model, first, "2026-05-22")
    say(model, tracking(model).number, "/verified pass https://ci.example/10", "2026-06-01")
    days = [at("2026-06-02") + timedelta(days=n) for n in range(30)]
    assert not [each for day in days for each in said_on(model, day.date().isoformat()) if "verify" in each.about]


@pytest.mark.parametrize(("day", "asks"), [("2026-07-27", True), ("2026-07-28", False), ("2026-08-03", False)])
def test_an_answer_of_the_week_before_a_return_counts_for_it(day: str, asks: bool) -> None:
    model = _done()
    number = tracking(model).number
    say(model, number, "/verified pass https://ci.example/7", "2026-05-20")
    answers = [each.body for each in say(model, number, "/recurrence none", day) if each.about.startswith("answer:")]
    assert [f"It is asked on {NINETY} all the same" in each for each in answers] == ([True] if asks else [])
    assert tracking(model).open
    (word,) = _returns(said_on(model, NINETY))
    assert ("Has it happened again?" in word.body) is asks
    assert tracking(model).open is asks
    assert [each.happened for each in ledger(model).recurrences] == [False]


def _told(said: list[CreateComment]) -> list[str]:
    return [each.body.partition("asked on ")[2].partition(" ")[0] for each in said if "It is asked on" in each.body]


def _verified(merged_on: datetime = MERGED) -> Model:
    """A postmortem of which only whether it happened again is still to be asked."""
    model = Model(POLICY, merged=merged_on)
    model.push(FIRST, good_postmortem())
    model.settle(now=merged_on)
    for issue in actions(model):
        close(model, issue, "2026-05-15")
    say(model, tracking(model).number, "/verified pass https://ci.example/7", "2026-05-20")
    return model


def test_whoever_answers_long_before_is_told_the_working_day_on_which_it_is_asked_all_the_same() -> None:
    model = _verified(at("2026-05-10", 12))  # ninety days later is a Saturday
    assert _told(say(model, tracking(model).number, "/recurrence none", "2026-07-10")) == ["2026-08-10"]
    assert not _returns(said_on(model, "2026-08-08"))
    assert _returns(said_on(model, "2026-08-10"))


@pytest.mark.parametrize("end", ["closed with the same button", "closed before", "without its document"])
def test_nobody_is_promised_a_return_that_never_comes(end: str) -> None:
    model = _verified()
    number = tracking(model).number
    if end == "closed before":
        model.edit(number, open=False, state_reason="completed", closed_at=at("2026-07-07"))
        model.settle(now=at("2026-07-07"))
    elif end == "without its document":
        model.push(FIRST, None)
        model.settle(now=at("2026-07-08"))
    else:
        model.edit(number, open=False, state_reason="completed", closed_at=at("2026-07-10") + timedelta(seconds=2))
    assert _told(say(model, number, "/recurrence none", "2026-07-10")) == []
    assert not _returns(said_on(model, NINETY))


def test_an_answer_that_was_read_after_its_return_was_due_is_promised_none() -> None:
    model = _verified()
    assert _returns(said_on(model, SIXTY))
    model.say(tracking(model).number, "ana", "/recurrence none", at("2026-07-10"))
    said = said_on(model, "2026-08-10")
    assert _told(said) == []
    assert _returns(said)


def test_whoever_has_left_is_not_asked_but_the_manager_at_once() -> None:
    model = _done()
    assert [each.login for each in tracking(model).assignees] == ["ana"]
    assignable = {login: user for login, user in (model.facts.assignable or {}).items() if login != "ana"}
    model.facts = replace(model.facts, assignable=assignable)
    (word,) = _returns(said_on(model, SIXTY))
    assert word.mentions == ("dana",)
    assert date.fromisoformat(SIXTY) in {each.on for each in ledger(model).noticed}


def test_where_one_of_two_questions_was_answered_neither_silence_nor_talk_is_told() -> None:
    model = _done()
    assert _returns(said_on(model, NINETY))
    say(model, tracking(model).number, "/recurrence none", "2026-08-05")
    (word,) = _returns(said_on(model, "2026-08-11"))
    assert "one question here is still open." in word.body
    assert "nobody has answered" not in word.body


@pytest.mark.parametrize("said", ["/help", "/recheck"])
def test_a_command_that_was_heeded_is_no_talk(said: str) -> None:
    model = _done()
    assert _returns(said_on(model, SIXTY))
    say(model, tracking(model).number, said, "2026-07-07")
    assert "nobody has answered here yet" in _second_word(model)


@pytest.mark.parametrize(("day", "asks"), [("2026-06-18", True), ("2026-06-22", False)])
def test_between_returns_that_lie_close_together_an_answer_is_for_the_nearer_one(day: str, asks: bool) -> None:
    model = merged(policy=replace(POLICY, revisits=Revisits(days=(14, 28, 42, 49))))
    for issue in actions(model):
        close(model, issue, "2026-05-15")
    number = tracking(model).number
    say(model, number, "/verified pass https://ci.example/7", "2026-05-20")
    assert _returns(said_on(model, "2026-06-17"))
    say(model, number, "/recurrence none", day)
    (word,) = _returns(said_on(model, "2026-06-24"))
    assert ("Has it happened again?" in word.body) is asks
