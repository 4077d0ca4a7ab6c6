"""Who had an item last: whose manager is asked who takes it, and what they read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.core.ledger import Ledger
from rules.policy import PersonPolicy, Policy, Revisits
from tests.follow_up.ended import POLICY, actions, at, merged, said_on
from tests.follow_up.model import Model
from tests.follow_up.model_github import PEOPLE
from tests.postmortems import good_postmortem

QUIET = replace(
    POLICY,
    people={
        "ana": PersonPolicy(manager="dana"),
        "ben": PersonPolicy(manager="emil"),
        "zoe": PersonPolicy(manager="dana", sponsor="gita"),
    },
    managers={"default": "finn"},
    revisits=Revisits(days=()),
)


def _merged(owner: str = "@ana", due: str = "2026-07-30") -> Model:
    action = (
        f"- [ ] Alert when the pool is above 80 %\n  - Owner: {owner}\n  - Deadline: {due}\n  - Priority: P0\n"
        "  - Success criterion: the load test passes"
    )
    return merged(good_postmortem(actions=action), QUIET)


def _assign(model: Model, *logins: str) -> None:
    model.edit(actions(model)[0].number, assignees=tuple(PEOPLE[each] for each in logins))


def _hand_over(model: Model, how: str, day: str) -> None:
    if how == "by hand":
        _assign(model, "ben")
    else:
        model.say(actions(model)[0].number, "gita", "/reassign @ben", at(day))
    said_on(model, day)
    assert [each.login for each in actions(model)[0].assignees] == ["ben"]


@pytest.mark.parametrize("how", ["by hand", "with /reassign"])
@pytest.mark.parametrize("asked_before", [False, True])
def test_when_whoever_it_was_handed_to_leaves_it_their_manager_is_asked(how: str, asked_before: bool) -> None:
    model = _merged()
    if asked_before:
        _assign(model)
        (first,) = said_on(model, "2026-05-07")
        assert first.mentions == ("dana",)
    _hand_over(model, how, "2026-05-11")
    _assign(model)
    (asked,) = said_on(model, "2026-05-14")
    assert asked.mentions == ("emil",)
    assert "nobody has had this since ben left it" in asked.body
    assert said_on(model, "2026-05-15") == []


def _leaves(model: Model, login: str) -> None:
    """GitHub keeps an account on its issues, and takes it off the list of those whom they can be assigned to."""
    assignable = {each: user for each, user in (model.facts.assignable or {}).items() if each != login}
    model.facts = replace(model.facts, assignable=assignable)


@pytest.mark.parametrize("how", ["by hand", "with /reassign"])
@pytest.mark.parametrize("day", ["2026-05-15", "2026-05-18"])
def test_the_first_word_to_whoever_has_just_got_it_says_so_and_does_not_ask_why_they_were_silent(
    how: str, day: str
) -> None:
    model = _merged(due="2026-05-18")
    (soon,) = said_on(model, "2026-05-14")
    assert soon.mentions == ("ana",)
    _hand_over(model, how, day)
    (first,) = said_on(model, "2026-05-19")
    assert first.mentions == ("ben", "emil")
    assert f"- ben has it since {date.fromisoformat(day):%A} {day}.\n" in first.body
    assert "Nothing from ben here yet" not in first.body
    (second,) = said_on(model, "2026-05-26")
    assert "Nothing from ben here yet" in second.body
    assert "ben has it since" not in second.body


@pytest.mark.parametrize("pair", [("ana", "gita"), ("gita", "ana")])
@pytest.mark.parametrize("day", ["2026-05-15", "2026-05-18"])
def test_whoever_gets_help_has_it_since_they_got_it_themselves(pair: tuple[str, str], day: str) -> None:
    model = _merged(due="2026-05-18")
    assert len(said_on(model, "2026-05-14")) == 1
    _assign(model, *pair)
    assert said_on(model, day) == []
    (late,) = said_on(model, "2026-05-19")
    assert set(late.mentions) == {*pair, "dana"}
    assert "- Nothing from ana here yet" in late.body
    assert "has it since" not in late.body


def test_whoever_remains_of_two_has_it_since_they_got_it() -> None:
    model = _merged(due="2026-05-18")
    _assign(model, "ana", "gita")
    said_on(model, "2026-05-07")
    assert len(said_on(model, "2026-05-14")) == 1
    _assign(model, "ana")
    assert said_on(model, "2026-05-18") == []
    (late,) = said_on(model, "2026-05-19")
    assert "- Nothing from ana here yet" in late.body


def test_an_item_that_is_handed_over_step_by_step_is_had_since_the_first_of_them() -> None:
    model = _merged(due="2026-05-18")
    assert len(said_on(model, "2026-05-14")) == 1
    _assign(model, "ana", "ben")
    assert said_on(model, "2026-05-15") == []
    _assign(model, "ben")
    (first,) = said_on(model, "2026-05-19")
    assert "- ben has it since Friday 2026-05-15.\n" in first.body


def test_whoever_comes_back_with_help_has_it_since_that_day() -> None:
    model = _merged(due="2026-05-13")
    assert [len(said_on(model, day)) for day in ("2026-05-11", "2026-05-14")] == [1, 1]
    _assign(model)
    (asked,) = said_on(model, "2026-05-15")
    assert "nobody has had this since ana left it" in asked.body
    _assign(model, "ana", "ben")
    assert said_on(model, "2026-05-18") == []
    (first,) = said_on(model, "2026-05-22")
    assert "- ana has it since Monday 2026-05-18.\n" in first.body


@pytest.mark.parametrize("how", ["by hand", "with /reassign"])
def test_when_whoever_it_was_handed_to_leaves_the_organisation_their_manager_is_asked_and_they_are_not(
    how: str,
) -> None:
    model = _merged(due="2026-05-18")
    _hand_over(model, how, "2026-05-08")
    _leaves(model, "ben")
    (asked,) = said_on(model, "2026-05-11")
    assert asked.mentions == ("emil",)
    said = [each for day in ("2026-05-14", "2026-05-19", "2026-05-26") for each in said_on(model, day)]
    assert [each.mentions for each in said] == [(), ("emil",), ("emil",)]


def test_a_sponsor_who_takes_herself_off_is_who_left_it() -> None:
    model = _merged("@zoe")
    _assign(model)
    (asked,) = said_on(model, "2026-05-11")
    assert asked.body.startswith("@dana: nobody has had this since gita left it.")


def test_who_leaves_an_item_twice_is_asked_about_twice() -> None:
    model = _merged()
    _assign(model)
    assert len(said_on(model, "2026-05-11")) == 1
    _assign(model, "ana")
    assert said_on(model, "2026-05-12") == []
    _assign(model)
    assert len(said_on(model, "2026-07-13")) == 1
    assert said_on(model, "2026-07-14") == []


def test_whoever_was_assigned_by_hand_and_never_could_be_is_present() -> None:
    model = _merged(due="2026-05-18")
    _leaves(model, "ben")
    _assign(model, "ben")
    said_on(model, "2026-05-08")
    (soon,) = said_on(model, "2026-05-14")
    assert soon.mentions == ("ben",)


def test_a_list_that_cannot_be_had_for_a_while_asks_nobody_twice() -> None:
    model = _merged()
    listed = model.facts.assignable
    _leaves(model, "ana")
    assert len(said_on(model, "2026-05-11")) == 1
    model.facts = replace(model.facts, assignable=listed, looked_up=frozenset())
    assert said_on(model, "2026-05-12") == []
    model.facts = replace(model.facts, looked_up=None)
    _leaves(model, "ana")
    assert said_on(model, "2026-05-13") == []


@pytest.mark.parametrize(
    ("silent", "why"),
    [
        (replace(QUIET, public=False), "The policy lets no manager be mentioned in public, so nobody hears of it."),
        (replace(QUIET, people={}, managers={}), "The policy names no manager for this, so nobody hears of it."),
    ],
)
def test_what_was_asked_of_nobody_is_asked_again_once_a_manager_can_be(silent: Policy, why: str) -> None:
    model = _merged()
    model.facts = replace(model.facts, policy=silent)
    _assign(model)
    (asked,) = said_on(model, "2026-05-11")
    assert asked.mentions == ()
    assert why in asked.body
    assert said_on(model, "2026-05-12") == []
    model.facts = replace(model.facts, policy=QUIET)
    (again,) = said_on(model, "2026-05-13")
    assert again.mentions == ("dana",)
    assert "hears of it" not in again.body
    assert said_on(model, "2026-05-14") == []


def test_whoever_has_left_is_no_owner_in_the_table_of_the_tracking_issue() -> None:
    model = _merged()
    _hand_over(model, "by hand", "2026-05-08")
    tracking = model.issue(lambda each: isinstance(each.record, Ledger)).number
    assert "| ben |" in model.facts.issues[tracking].body
    _leaves(model, "ben")
    said_on(model, "2026-05-11")
    assert "| nobody now (ana promised it) |" in model.facts.issues[tracking].body
