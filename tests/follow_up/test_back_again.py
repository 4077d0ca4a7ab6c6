"""What was gone and is back: the word that it was is shortened, and said anew when it goes once more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.effects import CreateComment
from app.core.repository_facts import Comment
from tests.follow_up.checkout import PATH, action, merged, tracking
from tests.follow_up.model import Model
from tests.follow_up.model_github import NOW
from tests.postmortems import ACTIONS, good_postmortem

WITHOUT_THE_ALERT = ACTIONS[ACTIONS.index("- [ ] Cap") :]
TICKED = ACTIONS.replace("- [ ] Cap", "- [x] Cap")


def _write(model: Model, actions: str | None) -> None:
    model.push(PATH, None if actions is None else good_postmortem(actions=actions))
    model.settle()


def _said(model: Model, number: int) -> list[Comment]:
    return [each for each in model.facts.comments if each.ours and each.issue == number]


def _close(model: Model, *words: str) -> None:
    for each in words:
        model.proven.add(action(model, each).number)
        model.edit(action(model, each).number, open=False, state_reason="completed")


@pytest.mark.parametrize(("gone", "is_document"), [(WITHOUT_THE_ALERT, False), (None, True)], ids=["item", "document"])
def test_each_loss_is_told_and_what_is_back_is_no_longer_said_to_be_gone(gone: str | None, is_document: bool) -> None:
    model = merged()
    number = tracking(model).number if is_document else action(model, "Alert").number
    for times in (1, 2, 3):
        _write(model, gone)
        lost = _said(model, number)
        assert len(lost) == times
        assert "no longer" in lost[-1].body
        _write(model, ACTIONS)
        assert not [each.body for each in _said(model, number) if "no longer" in each.body]
        assert "it is back" in _said(model, number)[-1].body
        assert model.plan() == ()


def test_a_comment_that_people_have_deleted_is_not_shortened() -> None:
    model = merged()
    _write(model, WITHOUT_THE_ALERT)
    model.remove_comment(model.facts.comments[0].id)
    _write(model, ACTIONS)
    assert not model.facts.comments
    assert model.plan() == ()


def test_what_was_closed_while_the_document_was_gone_is_asked_about_once_it_is_back() -> None:
    model = merged()
    _write(model, None)
    _close(model, "Alert", "Cap")
    model.settle()
    _write(model, ACTIONS)
    (asked,) = [each.body for each in _said(model, tracking(model).number) if "was gone" in each.body]
    assert f"closed while it was gone: #{action(model, 'Alert').number}, #{action(model, 'Cap').number}." in asked
    assert not action(model, "Alert").open
    assert not [each for each in model.settle() if isinstance(each, CreateComment)]


def test_what_was_closed_before_or_is_done_in_the_document_is_not() -> None:
    model = merged()
    later = NOW + timedelta(hours=1)
    _close(model, "Alert")
    model.push(PATH, None)
    model.settle(now=later)
    model.wait(later)
    _close(model, "Cap")
    model.push(PATH, good_postmortem(actions=TICKED))
    model.settle(now=later)
    assert ["it is back" in each.body for each in _said(model, tracking(model).number)] == [True]


def test_a_crash_after_any_write_says_nothing_twice() -> None:
    for writes in range(1, 6):
        model = merged()
        _write(model, None)
        _close(model, "Alert")
        model.settle()
        model.push(PATH, good_postmortem(actions=ACTIONS))
        model.settle(stop_after=writes)
        model.lose_disk()
        model.settle()
        bodies = sorted(each.body for each in _said(model, tracking(model).number))
        assert ["for a while" in each for each in bodies] == [True, False]
        assert "was gone" in bodies[1]


def _close_while_gone(model: Model, reason: str) -> int:
    number = action(model, "Alert").number
    _write(model, WITHOUT_THE_ALERT)
    model.edit(number, open=False, state_reason=reason)
    model.settle()
    return number


@pytest.mark.parametrize("reason", ["not_planned", "completed"])
def test_an_item_that_is_back_after_its_issue_was_closed_as_asked_is_asked_about_once(reason: str) -> None:
    model = merged()
    number = _close_while_gone(model, reason)
    _write(model, ACTIONS)
    (asked, back) = sorted((each.body for each in _said(model, number)), key=lambda each: "it is back" in each)
    assert "it is back" in back
    assert "has this action item again, and its issue is closed" in asked
    assert not model.facts.issues[number].open
    _write(model, ACTIONS.replace("2026-05-18", "2026-06-12"))
    assert len(_said(model, number)) == 2


def test_an_item_that_is_back_and_was_closed_again_is_asked_about_again() -> None:
    model = merged()
    for times in (1, 2):
        number = _close_while_gone(model, "not_planned")
        _write(model, ACTIONS)
        assert sum("has this action item again" in each.body for each in _said(model, number)) == times
        later = NOW + timedelta(days=times)
        model.wait(later)
        model.edit(number, open=True, state_reason="reopened")
        model.settle(now=later)


def test_an_item_whose_issue_was_closed_before_anybody_saw_that_it_is_gone_is_asked_about_as_well() -> None:
    model = merged()
    number = action(model, "Alert").number
    model.edit(number, open=False, state_reason="not_planned")
    _write(model, WITHOUT_THE_ALERT)
    _write(model, ACTIONS)
    (asked,) = _said(model, number)
    assert "has this action item again" in asked.body


@pytest.mark.parametrize("back", [ACTIONS.replace("- [ ] Alert", "- [x] Alert"), WITHOUT_THE_ALERT])
def test_an_item_that_is_done_or_still_gone_is_not_asked_about(back: str) -> None:
    model = merged()
    number = _close_while_gone(model, "not_planned")
    _write(model, back)
    assert not [each for each in _said(model, number) if "again" in each.body]


@pytest.mark.parametrize("mark", ["- [x] Alert", "- [ ] WONTDO: Alert"])
def test_an_item_that_closeout_itself_closed_is_opened_again_once_it_is_back_unsettled(mark: str) -> None:
    model = merged()
    number = action(model, "Alert").number
    _write(model, ACTIONS.replace("- [ ] Alert", mark))
    assert not model.facts.issues[number].open
    _write(model, WITHOUT_THE_ALERT)
    _write(model, ACTIONS)
    assert model.facts.issues[number].open
    assert _said(model, number) == []


def test_an_item_that_somebody_declined_with_a_reason_or_proved_is_not_asked_about() -> None:
    model = merged()
    _write(model, WITHOUT_THE_ALERT)
    model.say(action(model, "Alert").number, "gita", "/wontdo the vendor alerts by itself")
    model.settle()
    _write(model, ACTIONS)
    assert not [each for each in _said(model, action(model, "Alert").number) if "again" in each.body]
    model = merged()
    _write(model, WITHOUT_THE_ALERT)
    _close(model, "Alert")
    _write(model, ACTIONS)
    assert not [each for each in _said(model, action(model, "Alert").number) if "again" in each.body]


def test_a_crash_after_any_write_asks_once_about_an_item_that_is_back() -> None:
    for writes in range(1, 5):
        model = merged()
        number = _close_while_gone(model, "not_planned")
        model.push(PATH, good_postmortem(actions=ACTIONS))
        model.settle(stop_after=writes)
        model.lose_disk()
        model.settle()
        assert sum("has this action item again" in each.body for each in _said(model, number)) == 1
