"""A person deletes a tracking issue, or moves it away: its action issues are left alone, and they say so."""

from __future__ import annotations

from app.core.effects import CreateComment
from tests.follow_up.ended import FIRST, MERGED, actions, merged, tracking
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem


def _without_tracking_issue() -> Model:
    model = merged()
    model.remove(tracking(model).number)
    model.settle(now=MERGED)
    return model


def test_a_command_on_what_is_left_alone_is_answered_once() -> None:
    model = _without_tracking_issue()
    number = actions(model)[0].number
    model.say(number, "ana", "/extend 2026-06-20 the vendor is late")
    (reply,) = model.settle(now=MERGED)
    assert isinstance(reply, CreateComment)
    assert reply.issue == number
    assert "leaves its action items alone" in reply.body
    model.lose_disk()
    assert model.settle(now=MERGED) == []


def test_a_stranger_there_is_not_answered() -> None:
    model = _without_tracking_issue()
    model.say(actions(model)[0].number, "zoe", "/wontdo for fun")
    assert model.settle(now=MERGED) == []


def test_an_edit_of_its_document_opens_nothing() -> None:
    model = _without_tracking_issue()
    model.push(FIRST, good_postmortem().replace("2026-05-18", "2026-05-25"))
    assert model.settle(now=MERGED) == []
