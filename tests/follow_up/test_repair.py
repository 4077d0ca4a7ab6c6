"""Damaged markers, removed and doubled issues: nothing is opened twice, and nothing is forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.core.body import compose
from app.core.effects import CreateIssue
from app.core.ledger import Ledger, VerificationState
from app.core.promise import Promise
from rules.policy import Policy, Revisits
from tests.follow_up import checkout
from tests.follow_up.model import Model
from tests.follow_up.model_github import NOW
from tests.postmortems import ACTIONS, good_postmortem

_ADDED = (
    "- [ ] Write the runbook for an exhausted pool\n  - Owner: @ben\n  - Deadline: 2026-06-02\n  - Priority: P0\n"
    "  - Success criterion: somebody followed it"
)


def test_a_ledger_that_cannot_be_read_is_put_together_again() -> None:
    for body in ("", "<!-- closeout {broken -->", "Mine now."):
        model = checkout.merged()
        tracking = checkout.tracking(model)
        model.edit(tracking.number, body=body)
        assert not [each for each in model.settle() if isinstance(each, CreateIssue)]
        ledger = checkout.tracking(model).record
        assert isinstance(ledger, Ledger)
        assert [each.number for each in ledger.entries] == [
            checkout.action(model, "Alert").number,
            checkout.action(model, "Cap").number,
        ]
        assert ledger.merged == (NOW - timedelta(hours=1)).date()
        assert model.plan() == ()


def test_a_ledger_that_cannot_be_read_finds_its_document_though_another_one_names_the_incident() -> None:
    model = checkout.merged()
    numbers = [checkout.action(model, title).number for title in ("Alert", "Cap")]
    tracking = checkout.tracking(model).number
    model.edit(tracking, body="")
    model.push("postmortems/other.md", good_postmortem(headline="The same incident, told by payments"))
    opened = [each for each in model.settle() if isinstance(each, CreateIssue)]
    ledger = model.facts.issues[tracking].record
    assert isinstance(ledger, Ledger)
    assert ledger.path == checkout.PATH
    assert [each.number for each in ledger.entries] == numbers
    assert len(opened) == 3


def test_the_text_of_an_action_issue_that_is_pasted_into_its_tracking_issue_makes_that_no_action() -> None:
    model = checkout.merged()
    alert, tracking = checkout.action(model, "Alert"), checkout.tracking(model)
    model.edit(tracking.number, body=f"{tracking.body}\n\n{alert.body}")
    assert not [each for each in model.settle() if isinstance(each, CreateIssue)]
    assert checkout.action(model, "Alert").open
    assert isinstance(model.facts.issues[tracking.number].record, Ledger)
    assert model.plan() == ()


def test_a_note_below_the_marker_costs_nothing_that_was_remembered() -> None:
    model = checkout.merged()
    alert, tracking = checkout.action(model, "Alert").number, checkout.tracking(model).number
    model.say(alert, "ana", "/extend 2026-06-10 the vendor is late")
    model.say(tracking, "ana", "/verified pass the drill")
    model.settle()
    before = {number: model.facts.issues[number].record for number in (alert, tracking)}
    for number in before:
        model.edit(number, body=f"{model.facts.issues[number].body}\n\nAsk the vendor first.")
    model.settle()
    for number, record in before.items():
        issue = model.facts.issues[number]
        assert issue.record == record
        assert "Ask the vendor first.\n\n<!-- closeout {" in issue.body
        assert "&lt;!--" not in issue.body
    assert "the vendor is late" in model.facts.issues[alert].body


def test_a_notice_about_another_app_that_was_written_over_is_not_opened_twice() -> None:
    model = checkout.merged()
    model.facts = replace(model.facts, rivals=("other[bot]",))
    model.settle()
    said = max(model.facts.issues)
    model.edit(said, body="")
    assert not [each for each in model.settle() if isinstance(each, CreateIssue)]
    assert "opened issues of the same kind" in model.facts.issues[said].body
    model.facts = replace(model.facts, rivals=())
    model.edit(said, body="Mine now.")
    model.settle()
    assert not model.facts.issues[said].open


def test_with_every_marker_lost_nothing_is_opened_twice() -> None:
    model = checkout.merged()
    for number in list(model.facts.issues):
        model.edit(number, body="")
    assert not [each for each in model.settle() if isinstance(each, CreateIssue)]
    assert model.plan() == ()


def test_a_tracking_issue_that_was_removed_is_not_opened_again() -> None:
    model = checkout.merged()
    model.remove(checkout.tracking(model).number)
    model.push(checkout.PATH, good_postmortem(headline="Another headline"))
    assert model.settle() == []


def test_an_action_issue_that_was_removed_is_not_opened_again() -> None:
    model = checkout.merged()
    model.remove(checkout.action(model, "Cap").number)
    model.push(checkout.PATH, good_postmortem(headline="Another headline"))
    assert not [each for each in model.settle() if isinstance(each, CreateIssue)]


def test_a_duplicate_is_closed_with_one_comment_and_stays_open_if_people_open_it_again() -> None:
    model = checkout.merged()
    alert = checkout.action(model, "Alert")
    model.facts = model.facts.with_issue(replace(alert, id=9999, number=500))
    model.settle()
    assert not model.facts.issues[500].open
    assert model.facts.issues[alert.number].open
    assert [each.issue for each in model.facts.comments] == [500]
    model.edit(500, open=True, state_reason="reopened")
    model.settle()
    assert model.facts.issues[500].open


def test_a_linked_issue_is_found_below_a_tracking_issue_that_forgot_it() -> None:
    model = Model()
    number = model.open_by_hand("Pool ran dry")
    checkout.merged(ACTIONS.replace("for 5 minutes", f"for 5 minutes (#{number})"), model)
    model.edit(checkout.tracking(model).number, body="")
    model.lose_disk()
    model.push(checkout.PATH, good_postmortem())
    assert not [each for each in model.settle() if isinstance(each, CreateIssue)]
    ledger = checkout.tracking(model).record
    assert isinstance(ledger, Ledger)
    assert {(each.number, each.linked) for each in ledger.entries} == {
        (number, True),
        (checkout.action(model, "Cap").number, False),
    }


def test_what_was_moved_and_said_survives_a_damaged_action_issue() -> None:
    model = checkout.merged()
    alert = checkout.action(model, "Alert")
    model.say(alert.number, "ana", "/extend 2026-06-01 the vendor is late")
    model.settle()
    before = model.facts.issues[alert.number].record
    assert isinstance(before, Promise)
    model.edit(alert.number, body="")
    model.settle()
    after = model.facts.issues[alert.number].record
    assert isinstance(after, Promise)
    assert (after.due, after.deadline) == (date(2026, 5, 18), date(2026, 6, 1))
    assert [(each.to, each.by, each.comment) for each in after.extensions] == [
        (each.to, each.by, each.comment) for each in before.extensions
    ]
    assert after.heard == max(before.commands)
    assert model.plan() == ()


def test_a_command_that_a_damaged_action_issue_had_not_heard_is_carried_out() -> None:
    model = checkout.merged()
    alert = checkout.action(model, "Alert")
    model.edit(alert.number, body="")
    model.say(alert.number, "ana", "/reassign @gita")
    model.settle()
    assert [each.login for each in model.facts.issues[alert.number].assignees] == ["gita"]


def test_a_date_moved_by_hand_while_the_marker_was_lost_stays() -> None:
    model = checkout.merged()
    alert, cap = checkout.action(model, "Alert"), checkout.action(model, "Cap")
    model.edit(alert.number, body="", milestone=cap.milestone)
    model.settle()
    issue = model.facts.issues[alert.number]
    assert issue.milestone == cap.milestone
    assert isinstance(issue.record, Promise)
    assert [each.to for each in issue.record.extensions] == [date(2026, 6, 1)]


def test_what_was_said_of_a_postmortem_survives_a_damaged_ledger_and_is_answered_once() -> None:
    model = Model(Policy(managers={"default": "dana"}, public=True))
    checkout.merged(model=model)
    number = checkout.tracking(model).number
    model.open_by_hand("Checkout is down again", 41)
    for text in ("/recurrence yes #41", "/adopt", "/verified fail it fired late", "/verified maybe"):
        model.say(number, "ana", text)
        model.settle()
    before, said = checkout.tracking(model).record, len(model.facts.comments)
    model.edit(number, body="")
    model.settle()
    after = checkout.tracking(model).record
    assert isinstance(before, Ledger)
    assert isinstance(after, Ledger)
    assert after.verification is VerificationState.FAILED
    assert (after.verdict, after.verify_again, after.recurrences) == (
        before.verdict,
        before.verify_again,
        before.recurrences,
    )
    assert len(model.facts.comments) == said
    assert model.plan() == ()


def test_a_finished_tracking_issue_that_people_opened_again_stays_open_though_it_forgot_that() -> None:
    model = checkout.merged(model=Model(Policy(revisits=Revisits(days=()))))
    for words in ("Alert", "Cap"):
        model.proven.add(checkout.action(model, words).number)
        model.edit(checkout.action(model, words).number, open=False, state_reason="completed")
    number = checkout.tracking(model).number
    model.say(number, "ana", "/verified pass the drill")
    model.settle()
    assert not checkout.tracking(model).open
    model.edit(number, open=True, state_reason="reopened")
    model.settle()
    model.edit(number, body="")
    model.settle()
    assert checkout.tracking(model).open
    record = checkout.tracking(model).record
    assert isinstance(record, Ledger)
    assert record.verification is VerificationState.PASSED


def test_moves_of_the_date_survive_a_damaged_ledger() -> None:
    model = checkout.merged()
    model.say(checkout.action(model, "Alert").number, "ana", "/extend 2026-06-01 the vendor is late")
    model.settle()
    model.edit(checkout.tracking(model).number, body="<!-- closeout {broken -->")
    model.settle()
    ledger = checkout.tracking(model).record
    assert isinstance(ledger, Ledger)
    entry = next(each for each in ledger.entries if each.number == checkout.action(model, "Alert").number)
    assert (entry.due, entry.deadline) == (date(2026, 5, 18), date(2026, 6, 1))


@pytest.mark.parametrize("is_seen", [True, False])
def test_the_day_on_which_an_item_was_added_survives_a_damaged_ledger(is_seen: bool) -> None:
    model, later = checkout.merged(), NOW + timedelta(days=40)
    model.push(checkout.PATH, good_postmortem(actions=f"{ACTIONS}\n{_ADDED}"))
    if is_seen:
        model.settle(now=later)
    model.edit(checkout.tracking(model).number, body="")
    model.settle(now=later)
    ledger = checkout.tracking(model).record
    assert isinstance(ledger, Ledger)
    assert [each.since for each in ledger.entries if each.title.startswith("Write")] == [later.date()]
    assert {each.since for each in ledger.entries if not each.title.startswith("Write")} == {None}


def test_an_item_whose_issue_lost_its_marker_with_the_ledger_is_no_later_promise() -> None:
    model = checkout.merged()
    for number in (checkout.tracking(model).number, checkout.action(model, "Alert").number):
        model.edit(number, body="")
    model.settle(now=NOW + timedelta(days=40))
    ledger = checkout.tracking(model).record
    assert isinstance(ledger, Ledger)
    assert {each.since for each in ledger.entries} == {None}


def test_what_an_older_ledger_alone_knew_of_when_an_item_was_added_is_kept_on_its_issue() -> None:
    model, later = checkout.merged(), NOW + timedelta(days=40)
    model.push(checkout.PATH, good_postmortem(actions=f"{ACTIONS}\n{_ADDED}"))
    model.settle(now=later)
    issue = checkout.action(model, "Write")
    assert isinstance(issue.record, Promise)
    model.edit(issue.number, body=compose(issue.body, None, replace(issue.record, since=None)))
    model.settle(now=later)
    record = checkout.action(model, "Write").record
    assert isinstance(record, Promise)
    assert record.since == later.date()


def test_an_item_whose_issue_was_just_opened_takes_over_no_other_though_the_lists_lag() -> None:
    model = Model()
    number = model.open_by_hand("Pool ran dry")
    model.push(checkout.PATH, good_postmortem())
    model.run_pass(stop_after=4, lose_answer=True)
    model.push(checkout.PATH, good_postmortem(actions=ACTIONS.replace("for 5 minutes", f"for 5 minutes (#{number})")))
    model.run_pass(lag=1)
    assert model.waits
    model.settle()
    assert model.facts.issues[number].title == "Pool ran dry"
    assert not isinstance(model.facts.issues[number].record, Promise)
