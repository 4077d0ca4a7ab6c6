"""From a merged postmortem to its issues, and from then on: decided on plain data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.core.effects import CreateIssue, UpdateIssue
from app.core.ledger import Ledger
from app.core.promise import Promise
from rules.policy import Policy, Priority
from tests.follow_up.model import Model
from tests.follow_up.model_github import NOW, PEOPLE
from tests.postmortems import ACTIONS, good_postmortem

PATH = "postmortems/2026-05-04-checkout.md"


def _merged() -> Model:
    model = Model()
    model.push(PATH, good_postmortem())
    model.settle()
    return model


def _titles(model: Model) -> list[str]:
    return sorted(each.title for each in model.facts.issues.values())


def _action(model: Model, words: str) -> int:
    return model.issue(lambda each: words in each.title and isinstance(each.record, Promise)).number


def test_a_merged_postmortem_gets_a_tracking_issue_and_an_issue_for_each_action_item() -> None:
    model = _merged()
    assert _titles(model) == [
        "Alert when the connection pool of checkout is above 80 % for 5 minutes",
        "Cap retries in the payment client at three, with exponential backoff",
        "Checkout returned errors for 42 minutes (SEV-2)",
    ]
    alert = model.facts.issues[_action(model, "Alert")]
    assert [each.login for each in alert.assignees] == ["ben"]
    assert alert.labels == {"postmortem-action", "P0"}
    assert model.facts.milestones[alert.milestone or 0].due == date(2026, 5, 18)
    assert "the alert fires in staging within 6 minutes of an exhausted pool" in alert.body


def test_once_settled_nothing_is_left_to_write() -> None:
    model = _merged()
    assert model.plan() == ()


@pytest.mark.parametrize("crash", range(12))
def test_a_crash_after_any_write_leaves_no_duplicate(crash: int) -> None:
    model = Model()
    model.push(PATH, good_postmortem())
    model.settle(stop_after=crash)
    model.settle()
    assert len(model.facts.issues) == 3
    assert len(model.facts.milestones) == 2
    assert model.plan() == ()


def test_the_ledger_names_every_action_issue() -> None:
    model = _merged()
    ledger = model.issue(lambda each: isinstance(each.record, Ledger)).record
    assert isinstance(ledger, Ledger)
    assert [each.number for each in ledger.entries] == [_action(model, "Alert"), _action(model, "Cap")]


def test_a_person_s_reassignment_survives_an_edited_deadline() -> None:
    model = _merged()
    number = _action(model, "Cap")
    model.edit(number, assignees=(PEOPLE["finn"],))
    model.push(PATH, good_postmortem(actions=ACTIONS.replace("2026-06-01", "2026-06-15")))
    model.settle()
    issue = model.facts.issues[number]
    assert [each.login for each in issue.assignees] == ["finn"]
    assert model.facts.milestones[issue.milestone or 0].due == date(2026, 6, 15)
    assert model.plan() == ()


def test_a_reworded_item_keeps_its_issue() -> None:
    model = _merged()
    number = _action(model, "Cap")
    model.push(PATH, good_postmortem(actions=ACTIONS.replace("Cap retries in", "Cap the retries of")))
    written = model.settle()
    assert not [each for each in written if isinstance(each, CreateIssue)]
    assert model.facts.issues[number].title.startswith("Cap the retries of the payment client")


def test_reordered_items_change_nothing_but_where_they_stand() -> None:
    model = _merged()
    first, second = ACTIONS.split("\n- [ ] Cap")
    model.push(PATH, good_postmortem(actions=f"- [ ] Cap{second}\n{first}"))
    assert {type(each) for each in model.settle()} <= {UpdateIssue}
    assert len(model.facts.issues) == 3
    assert model.plan() == ()


def test_an_item_removed_from_the_document_gets_one_comment_and_stays() -> None:
    model = _merged()
    number = _action(model, "Cap")
    model.push(PATH, good_postmortem(actions=ACTIONS.split("\n- [ ] Cap")[0]))
    model.settle()
    assert [each.issue for each in model.facts.comments] == [number]
    assert model.facts.issues[number].open
    model.settle()
    assert len(model.facts.comments) == 1


def test_a_declined_item_closes_its_issue_as_not_planned() -> None:
    model = _merged()
    number = _action(model, "Cap")
    declined = ACTIONS.replace("exponential backoff", "exponential backoff (WONTDO: the vendor caps them)")
    model.push(PATH, good_postmortem(actions=declined))
    (change,) = [each for each in model.settle() if isinstance(each, UpdateIssue) and each.number == number]
    assert (change.changes["state"], change.changes["state_reason"]) == ("closed", "not_planned")


def test_a_moved_document_keeps_its_issues() -> None:
    model = _merged()
    model.move(PATH, "postmortems/payments/checkout.md")
    assert not [each for each in model.settle() if isinstance(each, CreateIssue)]
    assert not model.facts.comments
    assert model.plan() == ()


def test_a_deleted_document_gets_one_comment_on_its_tracking_issue() -> None:
    model = _merged()
    model.push(PATH, None)
    model.settle()
    tracking = model.issue(lambda each: isinstance(each.record, Ledger))
    assert [each.issue for each in model.facts.comments] == [tracking.number]
    assert model.plan() == ()


def test_a_cleared_body_is_written_again() -> None:
    model = _merged()
    number = _action(model, "Alert")
    model.edit(number, body="")
    model.settle()
    assert "**Done when** the alert fires in staging" in model.facts.issues[number].body
    assert isinstance(model.facts.issues[number].record, Promise)
    assert len(model.facts.issues) == 3


def test_a_removed_label_stays_removed() -> None:
    model = _merged()
    number = _action(model, "Alert")
    model.edit(number, labels=frozenset())
    assert model.settle() == []


def test_an_issue_that_a_person_closed_stays_closed() -> None:
    model = _merged()
    number = _action(model, "Alert")
    model.edit(number, open=False, state_reason="completed")
    model.settle()
    assert not model.facts.issues[number].open
    tracking = model.issue(lambda each: isinstance(each.record, Ledger))
    assert "Action items: 1 of 2 done" in tracking.body


def test_a_milestone_with_nothing_open_is_closed() -> None:
    model = _merged()
    model.edit(_action(model, "Alert"), open=False, state_reason="completed")
    model.settle()
    assert not model.facts.milestones[model.milestone(date(2026, 5, 18))].open


def test_a_move_to_another_of_our_milestones_is_an_extension() -> None:
    model = _merged()
    number = _action(model, "Alert")
    model.edit(number, milestone=model.milestone(date(2026, 6, 1)))
    model.settle()
    record = model.facts.issues[number].record
    assert isinstance(record, Promise)
    assert (record.due, record.deadline) == (date(2026, 5, 18), date(2026, 6, 1))
    assert model.plan() == ()


def test_what_was_there_before_the_adoption_is_left_alone() -> None:
    model = Model()
    model.push(PATH, good_postmortem())
    model.facts = replace(model.facts, old=frozenset({PATH}))
    assert model.settle() == []


def test_an_owner_without_an_account_still_gets_an_issue_that_says_so() -> None:
    model = Model()
    model.push(PATH, good_postmortem(actions=ACTIONS.replace("Ben Okafor (@ben)", "Zoe Quist")))
    model.settle()
    alert = model.facts.issues[_action(model, "Alert")]
    assert alert.assignees == ()
    assert "Zoe Quist; no GitHub account is known" in alert.body


def test_a_postmortem_of_an_incident_before_the_adoption_is_left_alone() -> None:
    model = Model(Policy(adopted=date(2026, 5, 5)))
    model.push(PATH, good_postmortem())
    assert model.settle() == []


def test_without_a_deadline_the_policy_s_counts_from_the_merge_and_the_issue_says_so() -> None:
    model = Model(Policy(deadlines={Priority.P0: 7}))
    model.push(PATH, good_postmortem(actions=ACTIONS.replace("  - Deadline: 2026-05-18\n", "")))
    model.settle(now=NOW + timedelta(days=20))
    alert = model.facts.issues[_action(model, "Alert")]
    assert model.facts.milestones[alert.milestone or 0].due == date(2026, 5, 13)
    assert "| Deadline | 2026-05-13, by the policy, since the document gives none |" in alert.body


def test_the_issue_links_the_exact_lines_at_the_merged_commit() -> None:
    model = _merged()
    alert = model.facts.issues[_action(model, "Alert")]
    lines = good_postmortem().splitlines()
    first = next(number for number, line in enumerate(lines, start=1) if line.startswith("- [ ] Alert"))
    assert f"/blob/{'c' * 40}/{PATH}?plain=1#L{first}-L{first + 4}" in alert.body


def test_an_item_that_was_done_when_it_was_merged_needs_no_issue() -> None:
    model = Model()
    model.push(PATH, good_postmortem(actions=ACTIONS.replace("- [ ] Cap", "- [x] Cap")))
    model.settle()
    assert len(model.facts.issues) == 2
    assert "Action items: 1 of 2 done" in model.issue(lambda each: isinstance(each.record, Ledger)).body


def test_an_item_split_in_two_keeps_its_issue_or_asks_and_never_loses_it() -> None:
    model = _merged()
    halves = ACTIONS.replace(
        "- [ ] Cap retries in the payment client at three, with exponential backoff",
        "- [ ] Cap retries in the payment client at three\n  - Owner: @gita\n"
        "- [ ] Add exponential backoff to the payment client",
    )
    number = _action(model, "Cap")
    model.push(PATH, good_postmortem(actions=halves))
    model.settle()
    assert model.facts.issues[number].open
    assert sum("Cap retries" in each.title for each in model.facts.issues.values()) == 1
    assert model.plan() == ()


@pytest.mark.parametrize(
    ("written", "row"),
    [
        ("high", "| Priority | “high”, which is none that counts here; the document has to say P0, P1 or P2 |"),
        ("P7", "| Priority | “P7”, which is none that counts here; the document has to say P0, P1 or P2 |"),
        ("TBD", "| Priority | none was given |"),
        ("P2", "| Priority | P2 |"),
    ],
)
def test_a_priority_that_nobody_knows_is_shown_as_the_document_has_it(written: str, row: str) -> None:
    model = Model()
    model.push(PATH, good_postmortem(actions=ACTIONS.replace("Priority: P1", f"Priority: {written}")))
    model.settle()
    number = _action(model, "Cap")
    assert row in model.facts.issues[number].body
    model.push(PATH, good_postmortem())
    model.settle()
    assert "| Priority | P1 |" in model.facts.issues[number].body
    assert model.plan() == ()
