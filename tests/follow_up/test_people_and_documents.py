"""Links, priorities and evidence, decided on plain data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.core.body import compose
from app.core.effects import CreateIssue
from app.core.ledger import Ledger, Recurred, VerificationState
from app.core.promise import Promise
from rules.policy import PersonPolicy, Policy
from tests.follow_up import checkout
from tests.follow_up.model import Model
from tests.follow_up.model_github import PEOPLE
from tests.postmortems import ACTIONS, good_postmortem


def test_an_item_that_links_an_issue_adopts_it() -> None:
    model = Model()
    number = model.open_by_hand("Pool ran dry")
    checkout.merged(ACTIONS.replace("for 5 minutes", f"for 5 minutes (#{number})"), model)
    issue = model.facts.issues[number]
    assert len(model.facts.issues) == 3
    assert issue.title == "Pool ran dry"
    assert issue.body.startswith("Seen again.")
    assert "**Done when**" in issue.body
    assert [each.login for each in issue.assignees] == ["ben"]
    assert issue.labels == {"postmortem-action", "P0"}
    assert model.plan() == ()


def test_an_item_that_refers_to_an_issue_that_is_over_is_not_done_by_that() -> None:
    model = Model()
    number = model.open_by_hand("Pool ran dry in March")
    model.edit(number, open=False, state_reason="completed")
    before = model.facts.issues[number]
    checkout.merged(ACTIONS.replace("for 5 minutes", f"for 5 minutes, as in #{number}"), model)
    assert model.facts.issues[number] == before
    assert checkout.action(model, "Alert").open
    assert "0 of 2 done" in checkout.tracking(model).body
    assert model.plan() == ()


@pytest.mark.parametrize("mention", ["blocked by", "depends on", "like the one from", "follow-up of"])
def test_an_issue_that_an_item_only_mentions_stays_as_it_is(mention: str) -> None:
    model = Model()
    number = model.open_by_hand("Migrate the vendor")
    before = model.facts.issues[number]
    checkout.merged(ACTIONS.replace("for 5 minutes", f"for 5 minutes, {mention} #{number}"), model)
    assert model.facts.issues[number] == before
    assert checkout.action(model, "Alert").number != number
    model.edit(number, open=False, state_reason="completed")
    model.settle()
    assert "0 of 2 done" in checkout.tracking(model).body


def test_an_issue_that_an_item_was_given_stays_its_issue_once_it_is_closed() -> None:
    model = Model()
    number = model.open_by_hand("Pool ran dry")
    linking = ACTIONS.replace("for 5 minutes", f"for 5 minutes (#{number})")
    checkout.merged(linking, model)
    model.proven.add(number)
    model.edit(number, open=False, state_reason="completed")
    model.settle()
    model.push(checkout.PATH, good_postmortem(actions=linking.replace("2026-05-18", "2026-05-19")))
    assert not [each for each in model.settle() if isinstance(each, CreateIssue)]
    assert "1 of 2 done" in checkout.tracking(model).body


def test_a_second_item_that_links_the_same_issue_gets_its_own() -> None:
    model = Model()
    number = model.open_by_hand("Pool ran dry")
    checkout.merged(
        ACTIONS.replace("for 5 minutes", f"for 5 minutes (#{number})").replace("backoff", f"backoff (#{number})"), model
    )
    assert len(model.facts.issues) == 3
    assert model.plan() == ()


def test_a_command_on_a_linked_issue_is_heard_from_the_moment_it_is_taken_over_and_none_before() -> None:
    model = Model()
    number = model.open_by_hand("Pool ran dry")
    model.say(number, "gita", "/extend 2026-06-20 said to people, long before")
    before = model.facts.issues[number].updated_at
    checkout.merged(ACTIONS.replace("for 5 minutes", f"for 5 minutes (#{number})"), model)
    after = model.say(number, "gita", "/extend 2026-06-10 in the same second, as GitHub tells the time")
    model.facts = model.facts.with_comment(replace(after, at=before))
    model.settle()
    record = model.facts.issues[number].record
    assert isinstance(record, Promise)
    assert [each.to for each in record.extensions] == [date(2026, 6, 10)]
    assert model.plan() == ()


def test_a_changed_priority_changes_the_label_and_nothing_else() -> None:
    model = checkout.merged()
    number = checkout.action(model, "Cap").number
    model.edit(number, labels=frozenset({"postmortem-action", "P1", "mine"}))
    checkout.merged(ACTIONS.replace("Priority: P1", "Priority: P0"), model)
    assert model.facts.issues[number].labels == {"postmortem-action", "P0", "mine"}
    assert model.plan() == ()


@pytest.mark.parametrize("priority", ["P0", "P2"])
def test_a_priority_that_a_person_put_in_the_place_of_the_document_s_stays_the_only_one(priority: str) -> None:
    model = checkout.merged()
    number = checkout.action(model, "Cap").number
    model.edit(number, labels=frozenset({"postmortem-action", "P0"}))
    checkout.merged(ACTIONS.replace("Priority: P1", f"Priority: {priority}"), model)
    assert model.facts.issues[number].labels == {"postmortem-action", "P0"}
    assert model.plan() == ()


def test_an_issue_of_people_with_a_priority_gets_no_second_one() -> None:
    model = Model()
    number = model.open_by_hand("Pool ran dry")
    model.edit(number, labels=frozenset({"P2"}))
    checkout.merged(ACTIONS.replace("for 5 minutes", f"for 5 minutes (#{number})"), model)
    assert model.facts.issues[number].labels == {"postmortem-action", "P2"}


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        pytest.param("P1", "P0", "| P0 (P1 was promised) |", id="more urgent"),
        pytest.param("P0", "P2", "| P2 (P0 was promised) |", id="less urgent"),
        pytest.param("P1", None, "| – (P1 was promised) |", id="none any more"),
        pytest.param(None, "P0", "| P0 |", id="the first one"),
    ],
)
def test_the_table_shows_the_priority_as_it_is_and_the_one_that_was_promised(
    before: str | None, after: str | None, shown: str
) -> None:
    written = [f"  - Priority: {each}\n" if each else "" for each in (before, after)]
    model = checkout.merged(ACTIONS.replace("  - Priority: P1\n", written[0]))
    checkout.merged(ACTIONS.replace("  - Priority: P1\n", written[1]), model)
    (row,) = (each for each in checkout.tracking(model).body.splitlines() if "Cap retries" in each and "|" in each)
    assert shown in row
    assert model.plan() == ()


def test_a_p0_that_is_closed_without_a_trace_is_asked_about_once() -> None:
    model = checkout.merged()
    number = checkout.action(model, "Alert").number
    for _ in range(2):
        model.edit(number, open=False, state_reason="completed")
        model.settle()
        model.edit(number, open=True, state_reason="reopened")
        model.settle()
    assert [each.issue for each in model.facts.comments] == [number]


def test_a_p0_whose_history_shows_how_it_was_done_is_not() -> None:
    model = checkout.merged()
    number = checkout.action(model, "Alert").number
    model.proven.add(number)
    model.edit(number, open=False, state_reason="completed")
    model.settle()
    assert not model.facts.comments


def test_the_tracking_issue_closes_when_all_is_done_verified_and_answered_and_stays_as_people_leave_it() -> None:
    model = checkout.merged()
    for words in ("Alert", "Cap"):
        model.proven.add(checkout.action(model, words).number)
        model.edit(checkout.action(model, words).number, open=False, state_reason="completed")
    model.settle()
    tracking = checkout.tracking(model)
    assert tracking.open
    assert isinstance(tracking.record, Ledger)
    passed = replace(tracking.record, verification=VerificationState.PASSED)
    model.edit(tracking.number, body=compose(tracking.body, None, passed))
    model.settle()
    assert checkout.tracking(model).open
    last = tracking.record.merged + timedelta(days=90)
    answered = replace(passed, recurrences=(Recurred(happened=False, issue=None, by="ana", on=last, comment=1),))
    model.edit(tracking.number, body=compose(tracking.body, None, answered))
    model.settle()
    assert not checkout.tracking(model).open
    model.edit(tracking.number, open=True, state_reason="reopened")
    model.settle()
    assert checkout.tracking(model).open
    assert model.plan() == ()


def test_a_reopened_issue_opens_its_milestone_and_a_milestone_closed_by_hand_stays_closed() -> None:
    model = checkout.merged()
    alert = checkout.action(model, "Alert")
    milestone = alert.milestone or 0
    model.edit(alert.number, open=False, state_reason="not_planned")
    model.settle()
    assert not model.facts.milestones[milestone].open
    model.edit(alert.number, open=True, state_reason="reopened")
    model.settle()
    assert model.facts.milestones[milestone].open
    model.facts = model.facts.with_milestone(replace(model.facts.milestones[milestone], open=False))
    assert model.settle() == []


@pytest.mark.parametrize("crash", [None, 0, 1, 2, 3])
def test_an_item_that_is_put_on_a_closed_milestone_opens_it_which_then_stays_as_people_leave_it(
    crash: int | None,
) -> None:
    model = checkout.merged()
    alert, cap = checkout.action(model, "Alert"), checkout.action(model, "Cap")
    milestone = alert.milestone or 0
    model.edit(alert.number, open=False, state_reason="not_planned")
    model.settle()
    assert not model.facts.milestones[milestone].open
    model.edit(cap.number, milestone=milestone)
    if crash is not None:
        model.settle(stop_after=crash)
    model.settle()
    assert model.facts.milestones[milestone].open
    assert not model.facts.milestones[cap.milestone or 0].open
    model.facts = model.facts.with_milestone(replace(model.facts.milestones[milestone], open=False))
    assert model.settle() == []


def test_a_milestone_that_is_put_on_another_day_moves_its_items() -> None:
    model = checkout.merged()
    alert = checkout.action(model, "Alert")
    milestone = model.facts.milestones[alert.milestone or 0]
    model.facts = model.facts.with_milestone(replace(milestone, due=date(2026, 5, 25)))
    model.settle()
    record = model.facts.issues[alert.number].record
    assert isinstance(record, Promise)
    assert record.deadline == date(2026, 5, 25)
    model.push("postmortems/b.md", good_postmortem(metadata={"Incident": "INC-7"}))
    model.settle()
    assert "Postmortem actions due 2026-05-18 (2)" in {each.title for each in model.facts.milestones.values()}
    assert model.plan() == ()


def test_an_item_without_a_criterion_goes_to_an_author_too_until_it_has_one() -> None:
    without = ACTIONS.replace(
        "  - Success criterion: the load test `retry-storm` stays below 1.5 times its normal request rate", ""
    )
    model = checkout.merged(without)
    issue = checkout.action(model, "Cap")
    assert [each.login for each in issue.assignees] == ["gita", "ana"]
    assert "merged without a success criterion" in issue.body
    checkout.merged(ACTIONS, model)
    assert [each.login for each in checkout.action(model, "Cap").assignees] == ["gita"]


def test_an_item_of_a_team_goes_to_an_author() -> None:
    model = checkout.merged(ACTIONS.replace("Gita Rao (@gita)", "the team"))
    issue = checkout.action(model, "Cap")
    assert issue.assignees == (PEOPLE["ana"],)
    assert "merged without an owner" in issue.body


def test_only_owners_whom_the_policy_knows_are_mentioned() -> None:
    actions = ACTIONS.replace("Ben Okafor (@ben)", "@stranger").replace("Gita Rao (@gita)", "@known")
    model = checkout.merged(actions, Model(Policy(people={"known": PersonPolicy(name="Known")})))
    assert "@known, to whom issues cannot be assigned here" in checkout.action(model, "Cap").body
    assert "@stranger" not in checkout.action(model, "Alert").body.split("<!-- closeout {")[0]


def test_another_app_stops_it_and_is_spoken_of_once() -> None:
    model = Model()
    model.facts = replace(model.facts, rivals=("other[bot]",))
    model.push(checkout.PATH, good_postmortem())
    (said,) = model.settle()
    assert isinstance(said, CreateIssue)
    assert "trusted_apps: [other]" in said.body
    model.facts = replace(model.facts, rivals=())
    model.settle()
    assert len(model.facts.issues) == 4
    assert not model.issue(lambda each: "another App" in each.title).open


def test_a_lost_document_that_comes_back_continues() -> None:
    model = checkout.merged()
    model.push(checkout.PATH, None)
    model.settle()
    assert "no longer finds the document" in checkout.tracking(model).body
    model.push(checkout.PATH, good_postmortem())
    model.settle()
    assert "no longer finds the document" not in checkout.tracking(model).body
    assert len(model.facts.issues) == 3
    assert len(model.facts.comments) == 1
    assert model.plan() == ()
