"""What is foreseen of an effect is what GitHub would do."""

from __future__ import annotations

import pytest

from app.core.effects import IssueEffect, UpdateIssue
from app.core.follow_up import follow_up
from app.core.foresee import PROVISIONAL, foresee
from app.core.plan_issues import plan_issues
from app.core.repository_facts import RepositoryFacts
from app.render.follow_up import render_follow_up
from tests.follow_up.model import Model
from tests.follow_up.model_github import NOW
from tests.postmortems import ACTIONS, good_postmortem

PATH = "postmortems/1.md"


def _plan(facts: RepositoryFacts) -> tuple[IssueEffect, ...]:
    return plan_issues(render_follow_up(follow_up(facts, NOW), facts), facts)


def _play(facts: RepositoryFacts) -> tuple[RepositoryFacts, list[IssueEffect]]:
    played: list[IssueEffect] = []
    for _ in range(10):
        effects = _plan(facts)
        if not effects:
            return facts, played
        played += effects
        for effect in effects:
            facts = foresee(effect, facts, NOW)
    raise AssertionError(f"it does not settle: {effects}")


@pytest.fixture
def model() -> Model:
    model = Model()
    model.push(PATH, good_postmortem())
    return model


def test_a_whole_follow_up_is_foreseen_until_nothing_is_left(model: Model) -> None:
    facts, foreseen = _play(model.observed())
    written = model.settle()
    assert [type(each) for each in foreseen] == [type(each) for each in written]
    assert sorted(issue.title for issue in facts.issues.values()) == sorted(
        issue.title for issue in model.facts.issues.values()
    )
    assert min(facts.issues) == PROVISIONAL + 1


def test_what_people_and_documents_changed_is_foreseen_as_it_is_then_done(model: Model) -> None:
    model.settle()
    model.push(
        PATH, good_postmortem(actions=ACTIONS.replace("2026-05-18", "2026-05-25").replace("- [ ] Cap", "- [x] Cap"))
    )
    facts, foreseen = _play(model.observed())
    written = model.settle()
    assert [type(each) for each in foreseen] == [type(each) for each in written]
    assert _seen(facts) == _seen(model.facts)


def _seen(facts: RepositoryFacts) -> tuple[set[object], set[object]]:
    """Issues and milestones as people see them, without the numbers that only GitHub can give."""
    days = {number: each.due for number, each in facts.milestones.items()}
    issues = {(number, each.title, each.open, days.get(each.milestone or 0)) for number, each in facts.issues.items()}
    return set(issues), {(each.due, each.open, each.open_issues) for each in facts.milestones.values()}


@pytest.mark.parametrize(
    ("changes", "is_open", "reason", "closed"),
    [
        ({"state": "closed"}, False, "completed", True),
        ({"state": "closed", "state_reason": "not_planned"}, False, "not_planned", True),
        ({"title": "Another"}, True, None, False),
    ],
)
def test_an_issue_is_closed_as_github_closes_it(
    model: Model, changes: dict[str, str], is_open: bool, reason: str | None, closed: bool
) -> None:
    model.settle()
    number = max(model.facts.issues)
    issue = foresee(UpdateIssue(number=number, changes=changes, reason=""), model.facts, NOW).issues[number]
    assert (issue.open, issue.state_reason, issue.closed_at is not None) == (is_open, reason, closed)
