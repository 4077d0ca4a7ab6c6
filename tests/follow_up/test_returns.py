"""Returns at their edges: whom they reach, how many come a day, and what they list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from app.core.effects import CreateComment, CreateIssue
from app.core.ledger import Ledger
from app.core.promise import Promise
from app.core.repository_facts import Issue
from rules.policy import PersonPolicy, Policy, Standup
from tests.follow_up.model import Model
from tests.follow_up.model_github import PEOPLE
from tests.postmortems import good_postmortem

MERGED = datetime(2026, 5, 6, 12, tzinfo=UTC)
POLICY = Policy(
    people={"ana": PersonPolicy(manager="dana"), "ben": PersonPolicy(manager="emil")},
    managers={"default": "finn"},
    public=True,
    standup=Standup(enabled=False),
)


def _action(title: str, owner: str, priority: str = "P0", due: str = "2026-05-18") -> str:
    return (
        f"- [ ] {title}\n  - Owner: {owner}\n  - Deadline: {due}\n  - Priority: {priority}\n"
        "  - Success criterion: the load test passes"
    )


BY_GITA = replace(POLICY, people={"ana": PersonPolicy(manager="gita")})
"""Gita manages Ana, who writes the postmortems, and so gets their tracking issues."""

ALERT = _action("Alert when the pool is above 80 %", "@ana", due="2026-07-30")


def _merged(*actions: str, policy: Policy = POLICY, documents: int = 1) -> Model:
    model = Model(policy, merged=MERGED)
    for number in range(documents):
        text = good_postmortem(Incident=f"INC-{number}", actions="\n".join(actions or (ALERT,)))
        model.push(f"postmortems/{number}.md", text)
    model.settle(now=MERGED)
    return model


def _at(day: str, hour: int = 9) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) + timedelta(hours=hour)


def _returned(model: Model, day: str, hour: int = 9) -> list[CreateComment]:
    written = model.settle(now=_at(day, hour))
    return [each for each in written if isinstance(each, CreateComment) and each.about.startswith("revisit:")]


def _tracking(model: Model) -> Issue:
    return model.issue(lambda each: isinstance(each.record, Ledger))


def test_a_tracking_issue_that_nobody_has_asks_the_manager_at_once() -> None:
    model = _merged(ALERT)
    model.edit(_tracking(model).number, assignees=())
    (asked,) = _returned(model, "2026-06-05")
    assert asked.mentions == ("dana",)
    model = _merged(ALERT, policy=replace(POLICY, people={}, managers={}))
    model.edit(_tracking(model).number, assignees=())
    (asked,) = _returned(model, "2026-06-05")
    assert asked.mentions == ()
    assert asked.body.startswith("30 days have passed")
    assert "so nobody hears of it" in asked.body


def test_a_return_that_mentions_two_managers_counts_for_both() -> None:
    late = [_action(f"Alert on pool {number}", owner) for number, owner in enumerate(("@ana", "@ben"))]
    model = _merged(*late)
    for day in ("2026-05-19", "2026-05-26", "2026-06-02"):
        model.settle(now=_at(day))
    (asked,) = _returned(model, "2026-06-05")
    assert {"dana", "emil"} <= set(asked.mentions)
    ledger = _tracking(model).record
    assert isinstance(ledger, Ledger)
    assert set(ledger.noticed[-1].managers) >= {"dana", "emil"}


def test_at_the_return_an_open_p0_goes_to_its_owners_manager_though_it_is_not_late() -> None:
    model = _merged(_action("Alert on the pool", "@ben", due="2026-06-20"))
    (asked,) = _returned(model, "2026-06-05")
    assert "emil" in asked.mentions
    assert "due on 2026-06-20" in asked.body
    again = _merged(_action("Alert on the pool", "@ben", "P1", due="2026-06-20"))
    (asked,) = _returned(again, "2026-06-05")
    assert "emil" not in asked.mentions


def test_a_title_that_is_a_sentence_ends_without_its_full_stop_where_it_stands_among_others() -> None:
    model = _merged(_action("A P0 fires when checks fail for 3 minutes.", "@ben", due="2026-06-20"))
    issue = model.issue(lambda each: isinstance(each.record, Promise))
    assert issue.title == "A P0 fires when checks fail for 3 minutes"
    assert model.plan() == ()
    model.edit(issue.number, title=f"{issue.title}.")
    (asked,) = _returned(model, "2026-06-05")
    assert f"- #{issue.number} A P0 fires when checks fail for 3 minutes: ben, due on 2026-06-20" in asked.body
    assert model.issue(lambda each: each.number == issue.number).title.endswith("minutes.")


def test_a_manager_to_whom_tracking_issues_are_assigned_gets_three_returns_a_day_and_none_is_lost() -> None:
    model = _merged(ALERT, policy=BY_GITA, documents=5)
    assert {each.assignees for each in model.facts.issues.values() if isinstance(each.record, Ledger)} == {
        (PEOPLE["gita"],)
    }
    assert [len(_returned(model, day)) for day in ("2026-06-05", "2026-06-08", "2026-06-09")] == [3, 2, 0]


def test_a_manager_who_has_the_tracking_issue_is_not_told_that_there_is_none() -> None:
    gita = PersonPolicy(manager="gita")
    model = _merged(ALERT, policy=replace(POLICY, people={"ana": gita}, managers={"default": "gita"}))
    _returned(model, "2026-06-05")
    (first,) = _returned(model, "2026-07-06")
    (second,) = _returned(model, "2026-07-13")
    assert (first.mentions, second.mentions) == (("gita",), ("gita",))
    assert "so nobody else hears of it" not in first.body + second.body


def test_drafts_are_asked_for_three_a_day_of_a_manager_who_has_their_tracking_issues_and_none_is_lost() -> None:
    model = Model(BY_GITA, merged=MERGED)
    for number in range(5):
        model.push(f"postmortems/{number}.md", good_postmortem(Incident=f"INC-{number}", Status="Draft", actions=ALERT))
    model.settle(now=MERGED)
    asked = [
        [each for each in model.settle(now=_at(f"2026-05-{day}")) if "@gita" in _body(each)] for day in (14, 15, 18)
    ]
    assert [len(each) for each in asked] == [3, 2, 0]


def test_a_manager_is_reminded_of_promises_of_their_own_three_times_a_day_at_most() -> None:
    actions = [_action(f"Cap the retries of client {number}", "@gita", "P2") for number in range(5)]
    model = _merged(*actions, policy=BY_GITA)
    asked = [
        [each for each in model.settle(now=_at(f"2026-05-{day}")) if "@gita" in _body(each)] for day in (14, 15, 18)
    ]
    assert [len(each) for each in asked] == [3, 2, 0]


def _body(effect: object) -> str:
    return effect.body if isinstance(effect, CreateComment) else ""


def test_in_public_no_manager_is_put_on_a_tracking_issue_unless_the_policy_names_them_for_returns() -> None:
    muted = replace(BY_GITA, public=False)
    assert [each.login for each in _tracking(_merged(ALERT, policy=muted)).assignees] == ["ana"]
    chosen = replace(muted, revisits=replace(muted.revisits, owner="gita"))
    assert [each.login for each in _tracking(_merged(ALERT, policy=chosen)).assignees] == ["gita"]


def _published(model: Model) -> None:
    model.facts = replace(model.facts, repository=replace(model.facts.repository, private=False))


def _in_private(policy: Policy, text: str | None = None) -> Model:
    model = Model(policy, merged=MERGED)
    model.facts = replace(model.facts, repository=replace(model.facts.repository, private=True))
    model.push("postmortems/0.md", text or good_postmortem(actions=ALERT))
    model.settle(now=MERGED)
    return model


MUTED = replace(BY_GITA, public=False)


def test_a_manager_who_was_given_the_tracking_issue_in_private_is_not_mentioned_once_it_is_public() -> None:
    model = _in_private(MUTED)
    assert [each.login for each in _tracking(model).assignees] == ["gita"]
    _published(model)
    said = [each for day in ("2026-06-05", "2026-07-06", "2026-07-13", "2026-08-04") for each in _returned(model, day)]
    assert [each.mentions for each in said] == [()] * 4
    assert not any("gita" in each.body for each in said)


def test_nor_is_she_mentioned_by_the_reminder_of_a_draft() -> None:
    model = _in_private(MUTED, good_postmortem(Status="Draft", actions=ALERT))
    _published(model)
    drafts = [each for each in model.settle(now=_at("2026-05-14")) if isinstance(each, CreateComment)]
    assert [each.mentions for each in drafts] == [()]


@pytest.mark.parametrize(
    "policy",
    [
        pytest.param(replace(MUTED, revisits=replace(MUTED.revisits, owner="gita")), id="the policy's revisit owner"),
        pytest.param(replace(MUTED, people={}, managers={"default": "ana"}), id="the author, whoever they manage"),
        pytest.param(replace(MUTED, people={}, managers={}), id="who is nobody's manager"),
        pytest.param(replace(MUTED, public=True), id="where the policy says so"),
    ],
)
def test_others_who_have_it_are_still_mentioned_in_public(policy: Policy) -> None:
    model = _in_private(policy)
    _published(model)
    (said,) = _returned(model, "2026-06-05")
    assert said.mentions == tuple(each.login for each in _tracking(model).assignees)


@pytest.mark.parametrize(("now", "asked"), [("P0", True), ("P2", False)])
def test_what_is_a_p0_now_is_asked_for_whatever_it_was_at_first(now: str, asked: bool) -> None:
    before = {"P0": "P2", "P2": "P0"}[now]
    model = _merged(_action("Alert on the pool", "@ana", before, "2026-07-30"))
    model.push(
        "postmortems/0.md",
        good_postmortem(Incident="INC-0", actions=_action("Alert on the pool", "@ana", now, "2026-07-30")),
    )
    model.settle(now=_at("2026-05-20"))
    (said,) = _returned(model, "2026-06-05")
    assert ("Are the P0s done?" in said.body) is asked


def test_a_p0_that_the_document_no_longer_has_is_not_asked_for() -> None:
    model = _merged(ALERT, _action("Cap retries at three", "@ben", "P1", "2026-07-30"))
    model.push(
        "postmortems/0.md",
        good_postmortem(Incident="INC-0", actions=_action("Cap retries at three", "@ben", "P1", "2026-07-30")),
    )
    model.settle(now=_at("2026-05-20"))
    assert any(each.open and "Alert" in each.title for each in model.facts.issues.values())
    (said,) = _returned(model, "2026-06-05")
    assert "No P0 is open." in said.body


@pytest.mark.parametrize("policy", [POLICY, BY_GITA], ids=["an author has it", "a manager has it"])
@pytest.mark.parametrize("has_it", [True, False])
def test_a_return_with_nothing_left_to_answer_mentions_nobody(policy: Policy, has_it: bool) -> None:
    model = _merged(_action("Add an index", "@ben", "P2", "2026-07-30"), policy=policy)
    if not has_it:
        model.edit(_tracking(model).number, assignees=())
    (said,) = _returned(model, "2026-06-05")
    assert said.mentions == ()
    assert "@" not in said.body.replace("@\u200b", "")
    assert said.body.startswith(
        "30 days have passed since this was merged, and nothing is left to answer.\n\nNo P0 is open."
    )
    ledger = _tracking(model).record
    assert isinstance(ledger, Ledger)
    assert [each.managers for each in ledger.noticed] == [()]
    assert _returned(model, "2026-06-12") == []


@pytest.mark.parametrize(
    ("owner", "shown"),
    [("@ana", "ana"), ("@stranger", "stranger (not assigned on GitHub)"), ("Zoe Quist", "Zoe Quist (not assigned on")],
)
def test_an_open_p0_is_listed_with_whoever_promised_it(owner: str, shown: str) -> None:
    model = _merged(_action("Alert on the pool", owner))
    (said,) = _returned(model, "2026-06-05")
    assert f"Alert on the pool: {shown}" in said.body


def test_after_a_hundred_days_of_silence_one_return_comes_and_asks_everything() -> None:
    model = _merged(ALERT)
    (said,) = _returned(model, "2026-08-14")
    assert said.body.count("**") == 6
    assert _returned(model, "2026-08-17") == []


def test_two_returns_that_fall_on_one_day_come_on_two() -> None:
    model = _merged(ALERT)
    model.say(_tracking(model).number, "ana", "/verified fail the alert came after an hour")
    model.settle(now=_at("2026-05-06", 15))  # asked for again on 2026-06-05
    assert len(_returned(model, "2026-06-05")) == 1
    assert _returned(model, "2026-06-05", 12) == []
    assert model.alarm(_at("2026-06-05", 12)) == _at("2026-06-08")
    assert len(_returned(model, "2026-06-08")) == 1


def test_a_return_that_asks_for_the_verification_asks_for_it_once() -> None:
    model = _merged(ALERT)
    model.say(_tracking(model).number, "ana", "/verified fail the alert came after an hour")
    model.settle(now=_at("2026-07-06"))  # 61 days; asked for again on 2026-08-05
    (said,) = _returned(model, "2026-08-05")
    assert "Did the verification run, and pass?" in said.body
    assert _returned(model, "2026-08-06") == []
    assert [each.about.rpartition(":")[2] for each in _returned(model, "2026-08-12")] == ["day 90 manager"]


def test_a_return_that_is_late_says_how_many_days_have_passed() -> None:
    assert _returned(_merged(ALERT), "2026-06-16")[0].body.startswith("@dana, @ana: 41 days have passed since")
    on_monday = _returned(_merged(ALERT), "2026-07-06")[0].body  # day 60 was a Sunday
    assert on_monday.startswith("@dana, @ana: 60 days have passed since")
    days = replace(POLICY, revisits=replace(POLICY.revisits, days=(1, 60)))
    assert _returned(_merged(ALERT, policy=days), "2026-05-07")[0].body.startswith(
        "@dana, @ana: 1 day has passed since"
    )


def test_every_return_from_the_third_on_asks_whether_it_happened_again() -> None:
    model = _merged(ALERT, policy=replace(POLICY, revisits=replace(POLICY.revisits, days=(30, 60, 90, 180))))
    said = {day: _returned(model, day)[0].body for day in ("2026-06-05", "2026-07-06", "2026-08-04")}
    assert ["Has it happened again?" in body for body in said.values()] == [False, False, True]
    model.say(_tracking(model).number, "ana", "/recurrence none")
    model.settle(now=_at("2026-08-06"))
    assert _tracking(model).open
    (last,) = _returned(model, "2026-11-02")
    assert "Has it happened again?" in last.body


LATE = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _adopted_late(documents: int, policy: Policy = POLICY, status: str = "Final") -> list[CreateComment | CreateIssue]:
    """What is written of postmortems that were merged 65 days ago, and have P0s and P2s that are late."""
    model = Model(policy, merged=LATE)
    actions = "\n".join(
        _action(f"Alert when pool {number} is above 80 %", "@ana", priority, due="2026-03-16")
        for number, priority in enumerate(("P2", "P0"))
    )
    for number in range(documents):
        text = good_postmortem(Incident=f"INC-{number}", Status=status, actions=actions)
        model.push(f"postmortems/{number}.md", text)
    return [each for each in model.settle(now=_at("2026-05-06")) if isinstance(each, CreateComment | CreateIssue)]


def test_a_postmortem_does_not_come_back_before_each_of_its_items_has_an_issue() -> None:
    written = _adopted_late(1)
    (said,) = [each for each in written if isinstance(each, CreateComment) and each.about.startswith("revisit:")]
    assert "- #4 Alert when pool 1" in said.body
    created = [number for number, each in enumerate(written) if isinstance(each, CreateIssue) and "Alert" in each.title]
    assert written.index(said) > max(created)


@pytest.mark.parametrize("status", ["Final", "Draft"])
def test_what_is_late_comes_before_the_returns_of_the_day_the_worst_first(status: str) -> None:
    dana = replace(POLICY, people={"ana": PersonPolicy(manager="dana")})
    said = [each for each in _adopted_late(4, dana, status) if isinstance(each, CreateComment)]
    told = [each for each in said if "dana" in each.mentions]
    assert [each.body.partition(" is ")[0] for each in told] == ["@dana, @ana: this P0"] * 3


def test_a_tracking_issue_that_a_person_closed_is_left_alone() -> None:
    model = _merged(ALERT)
    model.edit(_tracking(model).number, open=False, state_reason="completed")
    model.settle(now=_at("2026-05-20"))
    assert _returned(model, "2026-06-05") == []


def test_the_tracking_issue_says_whose_escalations_reach_nobody(snapshot: SnapshotAssertion) -> None:
    actions = (ALERT, _action("Cap retries at three", "@ben", "P1"), _action("Add an index", "Zoe Quist", "P2"))
    model = _merged(*actions, policy=replace(POLICY, managers={}))
    said = next(each for each in _tracking(model).body.splitlines() if "reach nobody" in each)
    assert said == snapshot
    done = next(each for each in model.facts.issues.values() if "index" in each.title)
    model.edit(done.number, open=False, state_reason="completed")
    model.settle(now=_at("2026-05-12"))
    assert "reach nobody" not in _tracking(model).body


def test_promises_are_remembered_through_all_of_it() -> None:
    model = _merged(ALERT, documents=3)
    for day in range(0, 100, 7):
        model.settle(now=MERGED + timedelta(days=day))
    records = [each.record for each in model.facts.issues.values()]
    assert sum(isinstance(each, Promise) for each in records) == 3
    assert sum(isinstance(each, Ledger) for each in records) == 3
