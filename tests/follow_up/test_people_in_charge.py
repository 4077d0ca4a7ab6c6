"""Who is to have an issue."""

from __future__ import annotations

import pytest

from app.core.ledger import Ledger
from app.core.promise import Promise
from app.core.repository_facts import Issue
from rules.policy import PersonPolicy, Policy, Revisits
from tests.follow_up.model import Model
from tests.postmortems import ACTIONS, good_postmortem

PATH = "postmortems/2026-05-04-checkout.md"
ANA = {"ana": PersonPolicy(name="Ana Ruiz", manager="finn")}


def _merged(policy: Policy, actions: str = ACTIONS) -> Model:
    model = Model(policy)
    model.push(PATH, good_postmortem(actions=actions))
    model.settle()
    return model


def _assignees(issue: Issue) -> list[str]:
    return [each.login for each in issue.assignees]


@pytest.mark.parametrize(
    ("policy", "assignee"),
    [
        pytest.param(Policy(people=ANA, revisits=Revisits(owner="gita")), "gita", id="the policy's revisit owner"),
        pytest.param(
            Policy(people=ANA, revisits=Revisits(owner="left"), public=True), "finn", id="who can be assigned"
        ),
        pytest.param(Policy(people=ANA, public=True), "finn", id="the manager of the first author"),
        pytest.param(Policy(managers={"default": "gita"}, public=True), "gita", id="the default manager"),
        pytest.param(Policy(), "ana", id="an author"),
    ],
)
def test_one_person_has_the_tracking_issue(policy: Policy, assignee: str) -> None:
    model = _merged(policy)
    assert _assignees(model.issue(lambda each: isinstance(each.record, Ledger))) == [assignee]


def test_an_owner_s_sponsor_stands_in_for_them() -> None:
    policy = Policy(people={"stranger": PersonPolicy(name="Sam Stranger", sponsor="finn")})
    model = _merged(policy, actions=ACTIONS.replace("Ben Okafor (@ben)", "Sam Stranger"))
    alert = model.issue(lambda each: "Alert" in each.title and isinstance(each.record, Promise))
    assert _assignees(alert) == ["finn"]


def test_an_owner_who_cannot_be_assigned_is_mentioned_where_the_policy_knows_them() -> None:
    policy = Policy(people={"sam": PersonPolicy(name="Sam Stranger")})
    model = _merged(policy, actions=ACTIONS.replace("Ben Okafor (@ben)", "Sam Stranger"))
    alert = model.issue(lambda each: "Alert" in each.title and isinstance(each.record, Promise))
    assert _assignees(alert) == []
    assert "| Owner | @sam, to whom issues cannot be assigned here |" in alert.body


def test_an_owner_who_is_a_manager_is_not_mentioned_beside_their_three_times_a_day() -> None:
    model = _merged(Policy(people={"gita": PersonPolicy(), "ben": PersonPolicy(manager="gita")}))
    alert = model.issue(lambda each: "Alert" in each.title and isinstance(each.record, Promise))
    cap = model.issue(lambda each: "Cap" in each.title and isinstance(each.record, Promise))
    assert "@gita" not in cap.body.split("<!-- closeout {")[0]
    assert _assignees(cap) == ["gita"]
    assert "| Owner | @ben |" in alert.body
