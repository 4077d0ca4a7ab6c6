"""What is due soon, and is handed over: whoever gets it is told once, and nobody twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.body import compose
from app.core.promise import Promise
from rules.policy import Revisits
from tests.follow_up.ended import POLICY, actions, at, merged, said_on
from tests.follow_up.model import Model
from tests.follow_up.model_github import PEOPLE
from tests.postmortems import good_postmortem

QUIET = replace(POLICY, revisits=Revisits(days=()))
ACTION = (
    "- [ ] Alert when the pool is above 80 %\n  - Owner: @ana\n  - Deadline: 2026-05-20\n  - Priority: P0\n"
    "  - Success criterion: the load test passes"
)  # a Wednesday: it is due soon from Monday on


def _told() -> Model:
    model = merged(good_postmortem(actions=ACTION), QUIET)
    assert [each.mentions for each in said_on(model, "2026-05-18")] == [("ana",)]
    return model


def _assign(model: Model, *logins: str) -> None:
    model.edit(actions(model)[0].number, assignees=tuple(PEOPLE[each] for each in logins))


def _mentions(model: Model, *days: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(day, each.mentions) for day in days for each in said_on(model, day)]


@pytest.mark.parametrize("how", ["by hand", "with /reassign"])
def test_who_gets_it_on_the_day_of_the_reminder_is_told_on_the_next_working_day(how: str) -> None:
    model = _told()
    if how == "by hand":
        _assign(model, "ben")
    else:
        model.say(actions(model)[0].number, "gita", "/reassign @ben")
    assert said_on(model, "2026-05-18", 15) == []
    assert model.alarm(at("2026-05-18", 15)) == at("2026-05-19")
    (said,) = said_on(model, "2026-05-19")
    assert said.mentions == ("ben",)
    assert "due on Wednesday 2026-05-20. ana promised it, and you have it now." in said.body
    assert _mentions(model, "2026-05-20", "2026-05-21") == [("2026-05-21", ("ben", "dana"))]
    first = next(each for each in model.facts.comments if each.ours and each.issue == actions(model)[0].number)
    assert first.body.startswith("*On 2026-05-18: due soon, on 2026-05-20. There is a newer word below.*")


def test_who_gets_it_on_the_last_day_is_told_that_it_is_overdue() -> None:
    model = _told()
    _assign(model, "ben")
    assert said_on(model, "2026-05-20") == []
    assert _mentions(model, "2026-05-21") == [("2026-05-21", ("ben", "dana"))]


def test_handed_to_and_fro_everybody_is_told_once() -> None:
    model = _told()
    for day, login in (("2026-05-18", "ben"), ("2026-05-19", "ana")):
        _assign(model, login)
        assert said_on(model, day, 16) == []
    assert said_on(model, "2026-05-20") == []
    model = _told()
    _assign(model, "ben")
    said_on(model, "2026-05-18", 16)
    assert _mentions(model, "2026-05-19") == [("2026-05-19", ("ben",))]
    _assign(model, "gita", "ben")
    assert _mentions(model, "2026-05-20") == []


def test_who_only_helps_and_who_gets_it_earlier_is_not_told_twice() -> None:
    model = _told()
    _assign(model, "ana", "ben")
    said_on(model, "2026-05-18", 16)
    assert _mentions(model, "2026-05-19", "2026-05-20") == []
    model = merged(good_postmortem(actions=ACTION), QUIET)
    _assign(model, "ben")
    assert _mentions(model, "2026-05-18", "2026-05-19", "2026-05-20") == [("2026-05-18", ("ben",))]


def test_who_helped_and_has_it_alone_now_is_told() -> None:
    model = _told()
    _assign(model, "ana", "ben")
    said_on(model, "2026-05-18", 16)
    assert said_on(model, "2026-05-19") == []
    _assign(model, "ben")
    assert _mentions(model, "2026-05-20") == [("2026-05-20", ("ben",))]


def test_a_moved_deadline_is_told_to_whoever_has_it_as_ever() -> None:
    model = _told()
    _assign(model, "ben")
    model.say(actions(model)[0].number, "ben", "/extend 2026-05-29 the vendor")
    assert _mentions(model, "2026-05-18", "2026-05-19", "2026-05-27", "2026-05-28") == [("2026-05-27", ("ben",))]


def test_a_record_that_did_not_keep_who_was_told_goes_by_the_days() -> None:
    for handed_over, told in (("2026-05-18", []), ("2026-05-19", [("2026-05-20", ("ben",))])):
        model = _told()
        issue = actions(model)[0]
        assert isinstance(issue.record, Promise)
        noticed = tuple(replace(each, to=()) for each in issue.record.noticed)
        model.edit(issue.number, body=compose(issue.body, None, replace(issue.record, noticed=noticed)))
        _assign(model, "ben")
        assert said_on(model, handed_over, 16) == []
        assert _mentions(model, "2026-05-20") == told


def test_after_an_outage_only_what_is_newest_is_said() -> None:
    model = _told()
    _assign(model, "ben")
    said_on(model, "2026-05-18", 16)
    assert _mentions(model, "2026-05-26") == [("2026-05-26", ("ben", "dana"))]
