"""A manager who is named only once escalations have reached nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.core.effects import CreateComment
from rules.policy import Policy, Revisits
from tests.follow_up.ended import POLICY, actions, close, merged, said_on
from tests.follow_up.model import Model
from tests.postmortems import ACTIONS, good_postmortem

NOBODY = replace(POLICY, people={}, managers={})


def _name(model: Model, managers: dict[str, str]) -> None:
    model.facts = replace(model.facts, policy=replace(model.facts.policy, managers=managers))


def _play(model: Model, first: str, last: str) -> Sequence[tuple[str, CreateComment]]:
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    found = ((date.fromisoformat(first) + timedelta(days=each)).isoformat() for each in range(days + 1))
    return [(day, said) for day in found for said in said_on(model, day)]


def _with_p0(policy: Policy) -> Model:
    first, _, _ = ACTIONS.partition("\n- [ ]")
    return merged(good_postmortem(actions=first), replace(policy, revisits=Revisits(days=())))


def test_hears_at_once_of_what_was_told_to_nobody_and_from_the_first_word_on() -> None:
    model = _with_p0(NOBODY)
    in_vain = _play(model, "2026-05-19", "2026-06-12")
    assert [said.mentions for _, said in in_vain] == [("ben",)] * 4
    _name(model, {"default": "finn"})
    told = _play(model, "2026-06-15", "2026-08-14")
    assert [day for day, _ in told] == ["2026-06-15", "2026-06-22", "2026-06-29", "2026-07-06"]
    assert {said.mentions for _, said in told} == {("ben", "finn")}
    assert "20 working days late. That blames nobody" in told[0][1].body
    assert "This is the last word here" in told[-1][1].body


def test_one_who_was_told_and_is_named_again_is_told_the_next_word_only() -> None:
    model = _with_p0(replace(NOBODY, managers={"default": "finn"}))
    ((_, first),) = _play(model, "2026-05-19", "2026-05-22")
    assert first.mentions == ("ben", "finn")
    _name(model, {})
    assert [said.mentions for _, said in _play(model, "2026-05-25", "2026-06-05")] == [("ben",)] * 2
    _name(model, {"default": "finn"})
    told = _play(model, "2026-06-08", "2026-08-14")
    assert [day for day, _ in told] == ["2026-06-08", "2026-06-15", "2026-06-22"]
    assert "still open" in told[0][1].body


def test_a_notice_that_reached_nobody_is_folded_without_saying_that_the_manager_was_told() -> None:
    model = _with_p0(NOBODY)
    _play(model, "2026-05-19", "2026-05-26")
    (folded,) = (each.body for each in model.facts.comments if each.ours and each.body.startswith("*On "))
    assert folded.startswith("*On 2026-05-19: overdue since 2026-05-18. There is a newer word below.*")


@pytest.mark.parametrize("silent", [NOBODY, replace(POLICY, public=False)], ids=["no manager", "in public"])
@pytest.mark.parametrize("day", ["2026-06-10", "2026-06-15", "2026-06-22"])
def test_hears_of_a_p0_that_a_return_has_asked_for_in_vain(silent: Policy, day: str) -> None:
    first, _, _ = ACTIONS.partition("\n- [ ]")
    model = merged(good_postmortem(actions=first), silent)
    _play(model, "2026-05-14", (date.fromisoformat(day) - timedelta(days=1)).isoformat())
    model.facts = replace(model.facts, policy=replace(model.facts.policy, managers={"default": "finn"}, public=True))
    told = [each for each in _play(model, day, "2026-06-30") if each[1].about.startswith("revisit:")]
    ((on, said),) = told
    assert on == max(day, "2026-06-12")
    assert said.body.startswith("@")
    assert "this P0 is still open. What is in its way?" in said.body
    assert {"finn", "dana"} & set(said.mentions)


def test_hears_of_a_return_that_nobody_has_answered() -> None:
    model = merged(policy=NOBODY)
    for issue in actions(model):
        close(model, issue, "2026-05-15")
    in_vain = [said for _, said in _play(model, "2026-07-06", "2026-07-13") if said.about.startswith("revisit:")]
    assert [said.mentions for said in in_vain] == [("ana",)] * 2
    assert "The policy names no manager for this" in in_vain[1].body
    _name(model, {"default": "finn"})
    ((day, told),) = _play(model, "2026-07-14", "2026-07-31")
    assert (day, told.mentions) == ("2026-07-14", ("finn", "ana"))
    assert told.body.startswith("@finn, @ana: nobody has answered here yet.")
