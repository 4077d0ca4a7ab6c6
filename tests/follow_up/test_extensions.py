"""`/extend` and other moves of a deadline: what is kept, what counts as an extension, and who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.core.promise import Promise
from tests.follow_up.answering import (
    LATER,
    PATH,
    TODAY,
    answering,
    place_of,
    promise_of,
    said_on,
    say,
)
from tests.follow_up.model import Model
from tests.postmortems import ACTIONS, good_postmortem


@pytest.fixture
def model() -> Model:
    return answering()


def test_extend_moves_the_milestone_and_keeps_what_was_promised(model: Model) -> None:
    say(model, "alert", "ben", f"/extend {LATER} the vendor is late")
    promise = promise_of(model)
    assert (promise.due, promise.deadline) == (date(2026, 5, 18), LATER)
    (extension,) = promise.extensions
    assert (extension.by, extension.on, extension.reason) == ("ben", TODAY, "the vendor is late")
    assert model.facts.milestones[place_of(model, "alert").milestone or 0].due == LATER
    assert f"| P0 | 2026-05-18 | {LATER} |" in place_of(model, "tracking").body


def test_an_extension_beyond_what_the_policy_allows_stands_and_the_issue_says_so(model: Model) -> None:
    beyond = "**This is further out than the policy allows**: moved on 2026-05-06, a P0 is to be done by 2026-05-20"
    assert say(model, "alert", "ben", "/extend 2026-05-20 the vendor ships that day") == ""
    assert "further out than" not in place_of(model, "alert").body
    assert say(model, "alert", "ben", "/extend 2099-01-01 I need time") == ""
    assert promise_of(model).deadline == date(2099, 1, 1)
    assert place_of(model, "alert").body.count(beyond) == 1
    model.edit(place_of(model, "alert").number, open=False, state_reason="not_planned")
    model.settle()
    assert "further out than" not in place_of(model, "alert").body


def test_extend_to_the_day_that_holds_already_counts_for_nothing(model: Model) -> None:
    assert say(model, "alert", "ben", "/extend 2026-05-18 as promised") == ""
    assert promise_of(model).extensions == ()


def test_extend_gives_an_item_without_any_date_its_promise(model: Model) -> None:
    undated = ACTIONS.replace("  - Deadline: 2026-05-18\n", "").replace("  - Priority: P0\n", "")
    model.push(PATH, good_postmortem(actions=undated.replace("Alert when", "Warn as soon as")))
    model.push("postmortems/b.md", good_postmortem(actions=undated, metadata={"Incident": "INC-7"}))
    model.settle()
    issue = next(
        each
        for each in model.facts.issues.values()
        if isinstance(each.record, Promise) and each.record.due is None and each.record.document == "INC-7"
    )
    model.say(issue.number, "finn", f"/extend {LATER} it needs a day")
    model.settle()
    record = model.facts.issues[issue.number].record
    assert isinstance(record, Promise)
    assert (record.due, record.extensions) == (LATER, ())


def test_an_issue_that_people_took_off_its_milestone_is_not_put_back_by_extend(model: Model) -> None:
    model.edit(place_of(model, "alert").number, milestone=None)
    say(model, "alert", "ben", f"/extend {LATER} the vendor is late")
    assert place_of(model, "alert").milestone is None
    assert promise_of(model).deadline == LATER


@pytest.mark.parametrize("is_seen", [True, False])
def test_an_issue_whose_milestone_was_deleted_is_put_on_that_of_the_new_day_by_extend(
    model: Model, is_seen: bool
) -> None:
    model.remove_milestone(place_of(model, "alert").milestone or 0)
    if is_seen:
        model.settle()
        assert place_of(model, "alert").milestone is None
    say(model, "alert", "ben", f"/extend {LATER} the vendor is late")
    assert model.facts.milestones[place_of(model, "alert").milestone or 0].due == LATER
    assert model.plan() == ()
    model.edit(place_of(model, "alert").number, milestone=None)
    for week in (1, 2):
        say(model, "alert", "ben", f"/extend {LATER + timedelta(weeks=week)} the vendor is late")
        assert place_of(model, "alert").milestone is None


def test_three_extensions_tell_the_manager_once(model: Model) -> None:
    answers = [say(model, "alert", "ben", f"/extend {LATER + timedelta(weeks=week)} again") for week in range(5)]
    assert answers[:2] == ["", ""]
    assert answers[2].startswith("@dana, the deadline of this action item has been extended 3 times: 2026-05-18 was")
    assert answers[3:] == ["", ""]


def test_of_a_deadline_that_is_back_on_its_day_before_the_manager_is_told_nothing_is_to_be_told(model: Model) -> None:
    number = place_of(model, "alert").number
    for day in (*(LATER + timedelta(weeks=week) for week in range(3)), date(2026, 5, 18)):
        model.say(number, "ben", f"/extend {day} the vendor again")
    model.settle()
    assert promise_of(model).postponements == 3
    assert said_on(model, "alert") == []


def test_moves_to_an_earlier_day_are_no_extensions_to_tell_of(model: Model) -> None:
    days = [LATER, LATER - timedelta(days=7), LATER - timedelta(days=14), LATER - timedelta(days=21)]
    assert [say(model, "alert", "ben", f"/extend {day} sooner") for day in days] == ["", "", "", ""]
    assert (promise_of(model).moves, promise_of(model).postponements) == (4, 1)
    assert "2026-05-18 was promised, and it was extended once |" in place_of(model, "alert").body


def test_a_date_that_was_only_pulled_in_is_not_said_to_be_extended(model: Model) -> None:
    say(model, "alert", "ben", "/extend 2026-05-15 we have time now")
    assert "| Deadline | 2026-05-15; 2026-05-18 was promised |" in place_of(model, "alert").body


def test_an_extension_after_a_date_was_pulled_in_counts_on(model: Model) -> None:
    days = [LATER, LATER - timedelta(days=7), LATER, LATER - timedelta(days=7), LATER]
    answers = [say(model, "alert", "ben", f"/extend {day} the vendor again") for day in days]
    assert answers[:4] == ["", "", "", ""]
    assert "has been extended 3 times" in answers[4]


def test_in_a_public_repository_no_manager_is_mentioned(model: Model) -> None:
    model.facts = replace(model.facts, repository=replace(model.facts.repository, private=False))
    for week in range(3):
        assert say(model, "alert", "ben", f"/extend {LATER + timedelta(weeks=week)} again") == ""
