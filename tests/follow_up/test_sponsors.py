"""A sponsor has an item for somebody without an account: they are reminded, and told whose promise it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from app.core.body import compose
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


# Another sponsor.


def _with_sponsor(sponsor: str | None) -> Policy:
    zoe = PersonPolicy(name="Zoe Quist", manager="emil", sponsor=sponsor)
    return replace(POLICY, people={**POLICY.people, "zoe": zoe})


def _sponsored_by(model: Model, sponsor: str | None) -> None:
    model.facts = replace(model.facts, policy=_with_sponsor(sponsor))
    model.settle(now=datetime(2026, 5, 7, 9, tzinfo=UTC))
    assert model.plan(datetime(2026, 5, 7, 9, tzinfo=UTC)) == ()


def _having(model: Model) -> list[str]:
    return [each.login for each in model.issue(lambda each: isinstance(each.record, Promise)).assignees]


def _number(model: Model) -> int:
    return model.issue(lambda each: isinstance(each.record, Promise)).number


def test_another_sponsor_in_the_policy_gets_what_nobody_has_touched() -> None:
    model = _merged()
    _sponsored_by(model, "finn")
    assert _having(model) == ["finn"]
    assert "| finn |" in model.issue(lambda each: not isinstance(each.record, Promise)).body
    _sponsored_by(model, "ana")
    assert _having(model) == ["ana"]


def test_whom_people_gave_it_to_keeps_it_whatever_the_policy_says_of_the_sponsor() -> None:
    for by_hand in (True, False):
        model = _merged()
        if by_hand:
            model.edit(_number(model), assignees=(PEOPLE["ben"],))
        else:
            model.say(_number(model), "gita", "/reassign @ben")
            model.settle(now=MERGED)
        _sponsored_by(model, "finn")
        assert _having(model) == ["ben"]
        model.edit(_number(model), assignees=(PEOPLE["gita"],))  # who gives it back means that
        _sponsored_by(model, "finn")
        assert _having(model) == ["gita"]


def test_a_sponsor_without_a_successor_keeps_it_until_one_is_named() -> None:
    model = _merged()
    _sponsored_by(model, None)
    assert _having(model) == ["gita"]
    _sponsored_by(model, "finn")
    assert _having(model) == ["finn"]


def test_an_owner_who_can_be_assigned_gets_it_once_the_policy_names_no_sponsor() -> None:
    ben = PersonPolicy(sponsor="gita")
    without = {login: each for login, each in PEOPLE.items() if login != "ben"}
    model = Model(replace(POLICY, people={"ben": ben}), merged=MERGED)
    model.facts = replace(model.facts, assignable=without)
    model.push("a.md", good_postmortem(actions=ACTION.format(owner="@ben", priority="P1")))
    model.settle(now=MERGED)
    assert _having(model) == ["gita"]
    model.facts = replace(model.facts, assignable=dict(PEOPLE))
    model.settle(now=MERGED)
    assert _having(model) == ["gita"]
    model.facts = replace(model.facts, policy=replace(POLICY, people={"ben": PersonPolicy()}))
    model.settle(now=MERGED)
    assert _having(model) == ["ben"]
    assert model.plan(MERGED) == ()


def test_a_closed_item_keeps_its_sponsor() -> None:
    model = _merged()
    model.edit(_number(model), open=False, state_reason="completed", closed_at=MERGED)
    _sponsored_by(model, "finn")
    assert _having(model) == ["gita"]


def test_an_author_who_has_it_too_keeps_it() -> None:
    model = Model(POLICY, merged=MERGED)
    action = ACTION.format(owner="Zoe Quist", priority="P1").replace("  - Success criterion", "  - Note")
    model.push("a.md", good_postmortem(actions=action))
    model.settle(now=MERGED)
    assert _having(model) == ["gita", "ana"]
    _sponsored_by(model, "finn")
    assert _having(model) == ["finn", "ana"]


def test_a_sponsor_who_cannot_be_assigned_changes_nothing() -> None:
    model = _merged()
    _sponsored_by(model, "nobody")
    assert _having(model) == ["gita"]
    _sponsored_by(model, "gita")
    assert _having(model) == ["gita"]


def test_a_record_of_before_learns_who_stands_in() -> None:
    model = _merged()
    number = _number(model)
    record = model.facts.issues[number].record
    assert isinstance(record, Promise)
    model.edit(number, body=compose(model.facts.issues[number].body, None, replace(record, sponsor="")))
    _sponsored_by(model, "gita")
    _sponsored_by(model, "finn")
    assert _having(model) == ["finn"]
