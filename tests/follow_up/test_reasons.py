"""Each change of an issue has its true reason, as the plan and the log give it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.effects import UpdateIssue
from app.core.ledger import Ledger
from app.core.repository_facts import Issue
from rules.policy import Policy
from tests.follow_up.model import Model
from tests.follow_up.model_github import NOW, PEOPLE
from tests.postmortems import ACTIONS, good_postmortem

PATH = "postmortems/2026-05-04-checkout.md"
AFTER = datetime(2026, 5, 19, 12, tzinfo=UTC)


@pytest.fixture
def model() -> Model:
    model = Model(Policy())
    model.push(PATH, good_postmortem())
    model.settle()
    return model


def _alert(model: Model) -> Issue:
    return model.issue(lambda each: each.title.startswith("Alert"))


def _reasons(model: Model, now: datetime = NOW) -> tuple[list[str], list[str]]:
    """Why the alert's issue, and the tracking issue, are changed."""
    alert, tracking = _alert(model).number, model.issue(lambda each: isinstance(each.record, Ledger)).number
    changes = [each for each in model.settle(now=now) if isinstance(each, UpdateIssue)]
    return (
        [each.reason for each in changes if each.number == alert],
        [each.reason for each in changes if each.number == tracking],
    )


def test_a_changed_document_is_the_reason_where_it_has_changed(model: Model) -> None:
    model.push(PATH, good_postmortem(actions=ACTIONS.replace("2026-05-18", "2026-05-25")))
    assert _reasons(model) == (
        ["the document has changed"],
        ["the document has changed; its action items have changed"],
    )


def test_a_notice_and_a_label_are_the_reason_where_only_they_are_new(model: Model) -> None:
    assert _reasons(model, AFTER) == (
        ["a notice was posted; it is overdue"],
        ["it remembers which issue shows the figures"],
    )


def test_a_command_is_the_reason_with_whose_it_is(model: Model) -> None:
    model.say(_alert(model).number, "gita", "/extend 2026-05-29 the vendor is late")
    assert _reasons(model) == (["gita said /extend"], ["its action items have changed"])


def test_a_moved_milestone_is_the_reason(model: Model) -> None:
    model.edit(_alert(model).number, milestone=model.milestone(date(2026, 6, 1)))
    assert _reasons(model) == (["its deadline was moved by hand"], ["its action items have changed"])


def test_a_damaged_record_is_the_reason(model: Model) -> None:
    model.edit(_alert(model).number, body="")
    assert _reasons(model)[0] == ["what Closeout remembers there was damaged, or taken away"]


def test_a_linked_issue_is_changed_since_an_item_links_it() -> None:
    model = Model()
    number = model.open_by_hand("Pool ran dry")
    model.push(PATH, good_postmortem(actions=ACTIONS.replace("for 5 minutes", f"for 5 minutes (#{number})")))
    changes = [each for each in model.settle() if isinstance(each, UpdateIssue) and each.number == number]
    assert [each.reason for each in changes] == ["an action item of a postmortem links it"]


def test_a_table_that_shows_what_holds_now_is_brought_up_to_date(model: Model) -> None:
    issue = _alert(model)
    model.edit(issue.number, assignees=(PEOPLE["finn"],))
    assert _reasons(model) == (["it remembers who has it"], ["its description is brought up to date"])


def test_an_issue_that_is_open_again_is_changed_since_it_is(model: Model) -> None:
    model.proven.add(_alert(model).number)
    model.edit(_alert(model).number, open=False, state_reason="completed", closed_at=NOW)
    model.settle()
    model.edit(_alert(model).number, open=True, state_reason="reopened", closed_at=None)
    later = NOW + timedelta(days=1)
    assert "it was opened again" in _reasons(model, later)[0][0]


def test_the_first_agenda_is_the_reason_where_a_ledger_remembers_it() -> None:
    model = Model(Policy(public=True))
    model.push(PATH, good_postmortem())
    model.settle()
    assert _reasons(model, datetime(2026, 5, 11, 9, tzinfo=UTC))[1] == ["it remembers the weekly agenda"]
