"""A sponsor has an item for somebody without an account: they are reminded, and told whose promise it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from app.core.effects import CreateComment
from app.core.promise import Promise
from rules.policy import PersonPolicy, Policy, Revisits, Standup
from tests.follow_up.model import Model
from tests.follow_up.model_github import PEOPLE
from tests.postmortems import good_postmortem

MERGED = datetime(2026, 5, 6, 12, tzinfo=UTC)
ACTION = (
    "- [ ] Alert when the pool of checkout is above 80 %\n  - Owner: {owner}\n  - Deadline: 2026-05-18\n"
    "  - Priority: {priority}\n  - Success criterion: the alert fires in staging within 6 minutes"
)
POLICY = Policy(
    people={
        "zoe": PersonPolicy(name="Zoe Quist", manager="emil", sponsor="gita"),
        "gita": PersonPolicy(manager="dana"),
    },
    public=True,
    revisits=Revisits(days=()),
    standup=Standup(enabled=False),
)


def _merged(policy: Policy = POLICY, owner: str = "Zoe Quist", priority: str = "P1") -> Model:
    model = Model(policy, merged=MERGED)
    model.push("a.md", good_postmortem(actions=ACTION.format(owner=owner, priority=priority)))
    model.settle(now=MERGED)
    return model


def _told(model: Model, day: int) -> CreateComment:
    written = model.settle(now=datetime(2026, 5, day, 9, tzinfo=UTC))
    (comment,) = [each for each in written if isinstance(each, CreateComment)]
    return comment


def test_the_sponsor_is_reminded_and_reads_who_promised_it() -> None:
    model = _merged()
    soon, late = _told(model, 14), _told(model, 19)
    assert soon.mentions == late.mentions == ("gita",)
    assert "due on Monday 2026-05-18. zoe promised it, and you have it now. If" in soon.body
    assert "1 working day late. zoe promised it, and you have it now." in late.body


def test_it_escalates_to_the_manager_of_whoever_promised_it() -> None:
    told = _told(_merged(), 21)
    assert told.mentions == ("gita", "emil")
    assert "- Promised by zoe for Monday 2026-05-18." in told.body


def test_a_sponsor_who_is_that_manager_hears_of_it_once_and_it_goes_on_to_theirs() -> None:
    people = {**POLICY.people, "zoe": PersonPolicy(name="Zoe Quist", manager="gita", sponsor="gita")}
    assert _told(_merged(replace(POLICY, people=people)), 21).mentions == ("gita", "dana")


def test_what_was_handed_over_by_hand_says_whose_promise_it_was_and_escalates_for_whoever_has_it() -> None:
    model = _merged(owner="@ana")
    action = model.issue(lambda each: isinstance(each.record, Promise))
    model.edit(action.number, assignees=(PEOPLE["gita"],))
    told = _told(model, 21)
    assert told.mentions == ("gita", "dana")
    assert "- Promised by ana for Monday 2026-05-18." in told.body


def test_the_owner_is_not_told_that_they_promised_it_themselves() -> None:
    assert "promised it" not in _told(_merged(owner="@Gita"), 14).body


def test_where_an_author_has_it_too_it_escalates_for_the_owner_whatever_their_order() -> None:
    people = {"gita": PersonPolicy(manager="emil"), "ana": PersonPolicy(manager="dana")}
    model = _merged(replace(POLICY, people=people), owner="@gita")
    action = model.issue(lambda each: isinstance(each.record, Promise))
    model.edit(action.number, assignees=(PEOPLE["ana"], PEOPLE["gita"]))
    assert _told(model, 21).mentions == ("ana", "gita", "emil")
