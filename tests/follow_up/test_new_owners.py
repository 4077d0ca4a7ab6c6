"""An edit that gives an item to somebody to whom its issue cannot be assigned."""

from __future__ import annotations

from dataclasses import replace

from rules.policy import PersonPolicy
from tests.follow_up.ended import FIRST, POLICY, actions, at, merged, said_on
from tests.follow_up.model import PEOPLE
from tests.postmortems import good_postmortem


def _with_owner(owner: str) -> str:
    return good_postmortem(
        actions=f"- [ ] Write the runbook\n  - Owner: {owner}\n  - Deadline: 2026-05-18\n  - Priority: P1\n"
        "  - Success criterion: the drill passes in staging"
    )


def test_an_owner_to_whom_issues_cannot_be_assigned_takes_it_from_whom_closeout_had_assigned() -> None:
    model = merged(_with_owner("@gita"), replace(POLICY, people={**POLICY.people, "zoe": PersonPolicy()}))
    model.push(FIRST, _with_owner("Zoe (@zoe)"))
    model.settle(now=at("2026-05-07"))
    (issue,) = actions(model)
    assert issue.assignees == ()
    assert "| Owner | @zoe, to whom issues cannot be assigned here |" in issue.body
    (reminder,) = said_on(model, "2026-05-15")
    assert reminder.mentions == ("zoe",)


def test_an_owner_to_whom_issues_cannot_be_assigned_takes_it_from_nobody_whom_a_person_chose() -> None:
    model = merged(_with_owner("@gita"))
    model.edit(actions(model)[0].number, assignees=(PEOPLE["ben"],))
    model.push(FIRST, _with_owner("Zoe (@zoe)"))
    model.settle(now=at("2026-05-07"))
    assert [each.login for each in actions(model)[0].assignees] == ["ben"]
