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
