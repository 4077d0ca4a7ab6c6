"""An item that is opened again: whoever does that has time to say until when, and its levels count from there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion

from app.core.effects import CreateComment, CreateIssue
from app.core.promise import Promise
from rules.policy import Revisits, Standup
from tests.follow_up.ended import POLICY, actions, at, close, merged, said_on, say, tracking
from tests.follow_up.model import Model

QUIET = replace(POLICY, revisits=Revisits(days=()))


def _kept() -> Model:
    """A postmortem whose P0 was due on 2026-05-18, and whose P1 on 2026-06-01; both were done before."""
    model = merged(policy=QUIET)
    for issue in actions(model):
        close(model, issue, "2026-05-15")
    said_on(model, "2026-05-15")
    return model


def _reopen(model: Model, number: int) -> None:
    model.edit(number, open=True, state_reason="reopened", closed_at=None)


def _told(model: Model, *days: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(day, each.mentions) for day in days for each in said_on(model, day)]


def test_nobody_is_reminded_on_the_day_on_which_an_item_is_opened_again() -> None:
    model = _kept()
    urgent = actions(model)[0].number
    _reopen(model, urgent)
    assert said_on(model, "2026-06-18", 10) == []
    assert say(model, urgent, "/extend 2026-07-20 one more alert is missing", "2026-06-18", login="ben") == []
    assert _told(model, "2026-06-19", "2026-07-16") == [("2026-07-16", ("ben",))]


def test_left_alone_it_reaches_each_level_as_if_it_had_been_due_on_that_day() -> None:
    model = _kept()
    for issue in actions(model):
        _reopen(model, issue.number)
    assert said_on(model, "2026-06-18") == []
    days = ("2026-06-19", "2026-06-22", "2026-06-23", "2026-06-26")
    assert _told(model, *days) == [
        ("2026-06-19", ("ben", "dana")),
        ("2026-06-19", ("gita",)),
        ("2026-06-23", ("gita", "dana")),
        ("2026-06-26", ("ben", "dana")),
    ]


def test_its_first_words_say_that_it_was_opened_again_and_are_not_the_last() -> None:
    model = _kept()
    _reopen(model, actions(model)[0].number)
    said_on(model, "2026-06-18")
    (said,) = said_on(model, "2026-06-19")
    assert (
        "this P0 was closed, and is open again since Thursday 2026-06-18. It was due on Monday 2026-05-18." in said.body
    )
    assert "late" not in said.body
    assert "something else" not in said.body
    assert "- Closed, and opened again on 2026-06-18." in said.body
    assert "last word" not in said.body


def test_levels_that_were_told_before_it_was_closed_count_anew() -> None:
    model = merged(policy=QUIET)
    urgent = actions(model)[0].number
    days = ("2026-05-19", "2026-05-26", "2026-06-02", "2026-06-09", "2026-06-16")
    assert len([day for day, who in _told(model, *days) if "ben" in who]) == 4
    close(model, model.facts.issues[urgent], "2026-06-17")
    said_on(model, "2026-06-17")
    _reopen(model, urgent)
    assert [day for day, who in _told(model, "2026-06-18", "2026-06-19", "2026-06-26") if "ben" in who] == [
        "2026-06-19",
        "2026-06-26",
    ]
    promise = model.facts.issues[urgent].record
    assert isinstance(promise, Promise)
    assert len({each.about for each in promise.noticed}) == len(promise.noticed)


def test_one_that_is_opened_again_before_its_day_is_not_said_to_be_due_soon_twice() -> None:
    model = merged(policy=QUIET)
    urgent = actions(model)[0].number
    assert len(said_on(model, "2026-05-14")) == 1
    close(model, model.facts.issues[urgent], "2026-05-14")
    said_on(model, "2026-05-14", 11)
    _reopen(model, urgent)
    assert _told(model, "2026-05-15", "2026-05-18") == []
    assert len(said_on(model, "2026-05-19")) == 1


def test_the_label_overdue_goes_on_when_its_first_day_late_has_come() -> None:
    model = _kept()
    urgent = actions(model)[0].number
    _reopen(model, urgent)
    said_on(model, "2026-06-18")
    assert "overdue" not in model.facts.issues[urgent].labels
    said_on(model, "2026-06-19")
    assert "overdue" in model.facts.issues[urgent].labels


@pytest.mark.parametrize(
    ("again", "late"), [("2026-06-18", "2, on time"), ("2026-06-20", "2, one of them 33 days late (opened again)")]
)
def test_the_last_word_counts_to_the_last_closing_as_the_figures_do(again: str, late: str) -> None:
    model = merged()
    for issue in actions(model):
        close(model, issue, "2026-05-15")
    said_on(model, "2026-05-15")
    urgent = actions(model)[0]
    _reopen(model, urgent.number)
    said_on(model, "2026-06-18")
    close(model, urgent, again)
    said_on(model, again, 11)
    say(model, tracking(model).number, "/verified pass https://ci.example/7", "2026-07-06")
    said = say(model, tracking(model).number, "/recurrence none", "2026-08-04")
    (last,) = (each.body for each in said if each.about.startswith("epitaph:"))
    assert f"**Done:** {late}." in last


def test_closed_and_opened_again_on_one_day_it_goes_on_as_if_nothing_had_been() -> None:
    model = merged(policy=QUIET)
    urgent = actions(model)[0].number
    assert [who for _, who in _told(model, "2026-05-19") if "ben" in who] == [("ben", "dana")]
    close(model, model.facts.issues[urgent], "2026-05-20")
    said_on(model, "2026-05-20")
    _reopen(model, urgent)
    days = ("2026-05-21", "2026-05-22", "2026-05-26", "2026-06-02", "2026-06-09", "2026-06-16", "2026-06-23")
    assert said_on(model, "2026-05-20", 11) == []
    told = [day for day, who in _told(model, *days) if "ben" in who]
    assert told == ["2026-05-26", "2026-06-02", "2026-06-09"]


@pytest.mark.parametrize("where", ["item", "tracking"])
def test_a_verification_that_fails_after_the_end_tells_the_manager_once(where: str) -> None:
    model = _kept()
    say(model, tracking(model).number, "/verified pass the drill", "2026-07-06")
    number = actions(model)[0].number if where == "item" else tracking(model).number
    told = [each for each in say(model, number, "/verified fail it came back", "2026-09-01") if "dana" in each.mentions]
    assert [each.about.partition(":")[0] for each in told] == ["failed"]


def test_an_alarm_rings_for_the_day_after() -> None:
    model = _kept()
    _reopen(model, actions(model)[0].number)
    said_on(model, "2026-06-18")
    assert model.alarm(at("2026-06-18")) == at("2026-06-19")
    written = model.settle(now=at("2026-06-19"))
    assert [each for each in written if isinstance(each, CreateComment)]


def _words(said: list[CreateComment]) -> list[str]:
    return [each.body.split("<!--")[0].rstrip() for each in said]


def test_its_notices_in_full_count_no_day_on_which_it_was_done(snapshot: SnapshotAssertion) -> None:
    model = _kept()
    for issue in actions(model):
        _reopen(model, issue.number)
    said_on(model, "2026-06-18")
    days = ("2026-06-19", "2026-06-23", "2026-06-26")
    assert [each for day in days for each in _words(said_on(model, day))] == snapshot


def test_a_notice_that_is_folded_says_since_when_it_is_open_again() -> None:
    model = _kept()
    number = actions(model)[0].number
    _reopen(model, number)
    for day in ("2026-06-18", "2026-06-19", "2026-06-26"):
        said_on(model, day)
    folded = [each.body for each in model.facts.comments if each.issue == number and "newer word" in each.body]
    assert any("On 2026-06-19: open again since 2026-06-18, and the manager was told." in each for each in folded)


def test_the_agenda_says_since_when_it_is_open_again() -> None:
    model = merged(policy=replace(QUIET, standup=Standup()))
    close(model, actions(model)[0], "2026-05-15")
    said_on(model, "2026-05-15")
    _reopen(model, actions(model)[0].number)
    said_on(model, "2026-06-18")
    (agenda,) = [
        each for each in model.settle(now=at("2026-06-22")) if isinstance(each, CreateIssue) and "week" in each.title
    ]
    assert "was due on Mon 2026-05-18, open again since 2026-06-18" in agenda.body


def test_a_return_says_since_when_a_p0_is_open_again() -> None:
    model = merged()
    close(model, actions(model)[0], "2026-05-15")
    said_on(model, "2026-05-15")
    _reopen(model, actions(model)[0].number)
    said_on(model, "2026-06-03")
    (returned,) = [each for each in said_on(model, "2026-06-05") if each.about.startswith("revisit:")]
    assert "due on 2026-05-18, open again since 2026-06-03\n" in returned.body


def test_the_second_word_of_a_return_asks_for_no_p0_that_was_opened_again_since_the_first() -> None:
    model = merged()
    urgent = actions(model)[0]
    assert [each for each in said_on(model, "2026-06-05") if each.about.startswith("revisit:")]
    close(model, urgent, "2026-06-08")
    said_on(model, "2026-06-08")
    _reopen(model, urgent.number)
    said_on(model, "2026-06-11")
    about = [each.about for day in ("2026-06-12", "2026-06-15", "2026-06-22") for each in said_on(model, day)]
    assert not [each for each in about if each.startswith("revisit:")]


def test_one_whose_deadline_is_later_is_late_since_that() -> None:
    model = merged(policy=QUIET)
    urgent = actions(model)[0]
    close(model, urgent, "2026-05-12")
    said_on(model, "2026-05-12")
    _reopen(model, urgent.number)
    said_on(model, "2026-05-13")
    (said,) = said_on(model, "2026-05-19")
    assert "this P0 is 1 working day late. That blames nobody" in said.body
