"""The weekly agenda: one issue a week, on the day of the standup, while anything is open."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from app.core.effects import CreateIssue, UpdateIssue
from app.core.promise import Promise
from app.core.records import AgendaMark
from app.core.repository_facts import Issue
from rules.policy import Calendar, Policy, Revisits, Standup
from tests.follow_up.model import Model
from tests.follow_up.model_github import PEOPLE
from tests.postmortems import good_postmortem

MERGED = datetime(2026, 5, 6, 12, tzinfo=UTC)  # a Wednesday
POLICY = Policy(public=True, revisits=Revisits(days=()))
MARKER = re.compile(r"\n*<!-- closeout \{.*\} -->$")


def _action(title: str, owner: str, due: str, priority: str) -> str:
    return (
        f"- [ ] {title}\n  - Owner: {owner}\n  - Deadline: {due}\n  - Priority: {priority}\n"
        "  - Success criterion: the load test passes"
    )


ACTIONS = "\n".join(
    [
        _action("Write the runbook for an exhausted pool", "@ben", "2026-05-08", "P1"),
        _action("Alert when the pool of checkout is above 80 %", "@ana", "2026-05-08", "P0"),
        _action("Cap retries in the payment client at three", "@gita", "2026-05-14", "P1"),
        _action("Add an index on orders.created_at", "@ana", "2026-06-30", "P2"),
        _action("Reject deploys during an incident", "Zoe Quist", "2026-07-10", "P2"),
    ]
)


def _merged(policy: Policy = POLICY, actions: str = ACTIONS) -> Model:
    model = Model(policy, merged=MERGED)
    model.push("postmortems/checkout.md", good_postmortem(actions=actions))
    model.settle(now=MERGED)
    return model


def _at(day: str, hour: int = 9) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) + timedelta(hours=hour)


def _agendas(model: Model) -> list[Issue]:
    return [each for each in model.facts.issues.values() if isinstance(each.record, AgendaMark)]


def _close_all(model: Model) -> None:
    for each in list(model.facts.issues.values()):
        if isinstance(each.record, Promise):
            model.proven.add(each.number)
            model.edit(each.number, open=False, state_reason="completed")


def test_it_comes_at_the_opening_of_the_standups_day_and_once() -> None:
    model = _merged()
    assert not _agendas(model)
    model.settle(now=_at("2026-05-11", 8))
    assert not _agendas(model)
    model.settle(now=_at("2026-05-11", 9))
    model.settle(now=_at("2026-05-12"))
    (agenda,) = _agendas(model)
    assert agenda.title == "Postmortem actions, week 20"


def test_the_alarm_rings_for_it() -> None:
    model = _merged(actions=_action("Add an index on orders.created_at", "@ana", "2026-06-30", "P2"))
    assert model.alarm(MERGED) == _at("2026-05-11")


def test_the_next_one_closes_it_and_links_it() -> None:
    model = _merged()
    model.settle(now=_at("2026-05-11"))
    model.settle(now=_at("2026-05-18"))
    first, second = _agendas(model)
    assert not first.open
    assert second.open
    assert f"The agenda before this one: #{first.number}." in second.body
    assert "### Overdue" in first.body


def test_nothing_open_means_no_agenda_and_the_last_one_is_closed() -> None:
    model = _merged()
    model.settle(now=_at("2026-05-11"))
    _close_all(model)
    model.settle(now=_at("2026-05-18"))
    (last,) = _agendas(model)
    assert not last.open
    model.settle(now=_at("2026-05-25"))
    assert len(_agendas(model)) == 1


def test_a_holiday_moves_it_to_the_next_working_day() -> None:
    model = _merged(replace(POLICY, calendar=Calendar(holidays=(date(2026, 5, 11),))))
    model.settle(now=_at("2026-05-11"))
    assert not _agendas(model)
    model.settle(now=_at("2026-05-12"))
    assert len(_agendas(model)) == 1


def test_a_standup_on_a_day_off_takes_place_on_the_next_working_day() -> None:
    model = _merged(replace(POLICY, standup=Standup(day="sat")))
    model.settle(now=_at("2026-05-08"))
    assert not _agendas(model)
    for day in ("2026-05-11", "2026-05-12"):
        model.settle(now=_at(day))
    (agenda,) = _agendas(model)
    assert agenda.title == "Postmortem actions, week 20"


@pytest.mark.parametrize("policy", [replace(POLICY, standup=Standup(enabled=False)), replace(POLICY, public=False)])
def test_the_policy_may_do_without_and_the_public_gets_none(policy: Policy) -> None:
    model = _merged(policy)
    model.settle(now=_at("2026-05-11"))
    assert not _agendas(model)


@pytest.mark.parametrize("policy", [replace(POLICY, standup=Standup(enabled=False)), replace(POLICY, public=False)])
def test_the_last_one_is_closed_when_no_more_are_wanted(policy: Policy) -> None:
    model = _merged()
    model.settle(now=_at("2026-05-11"))
    model.facts = replace(model.facts, policy=policy)
    written = [each for each in model.settle(now=_at("2026-05-13")) if isinstance(each, UpdateIssue)]
    (agenda,) = _agendas(model)
    (closed,) = (each for each in written if each.number == agenda.number)
    assert closed.reason == "no weekly agenda is wanted any more"
    assert not agenda.open
    model.edit(agenda.number, open=True)
    model.settle(now=_at("2026-05-18"))
    (agenda,) = _agendas(model)
    assert agenda.open, "whoever opens it again has a reason"


@pytest.mark.parametrize(
    ("owner", "left", "shown"),
    [
        ("@ana", False, "ana"),
        ("@stranger", False, "stranger (not assigned on GitHub)"),
        ("Zoe Quist", False, "Zoe Quist (not assigned on GitHub)"),
        ("@ana", True, "nobody now (ana promised it)"),
        ("the platform team", False, "nobody"),
    ],
)
def test_an_item_stands_below_whoever_has_it_or_else_promised_it(owner: str, left: bool, shown: str) -> None:
    text = good_postmortem(actions=_action("Alert on the pool", owner, "2026-06-30", "P0"))
    model = Model(POLICY, merged=MERGED)
    model.push("postmortems/checkout.md", text.replace("@ben", "Ben").replace("(@ana)", ""))
    model.settle(now=MERGED)
    (action,) = [each for each in model.facts.issues.values() if isinstance(each.record, Promise)]
    if left:
        model.edit(action.number, assignees=())
    model.settle(now=_at("2026-05-11"))
    (agenda,) = _agendas(model)
    assert f"**{shown}**\n\n- [ ] **P0** #{action.number}" in agenda.body
    comes_first = "" if shown.startswith("nobody") else shown.split(" (")[0]
    assert ("A P0 comes before all other work" in agenda.body) is bool(comes_first)
    assert f"until it is done. Who has one: {comes_first}" in agenda.body or not comes_first


def test_an_item_whose_owner_is_gone_is_nobodys() -> None:
    model = _merged(actions=_action("Alert on the pool", "@ana", "2026-06-30", "P0"))
    model.facts = replace(model.facts, assignable={"ben": PEOPLE["ben"]})
    model.settle(now=_at("2026-05-11"))
    (agenda,) = _agendas(model)
    assert "**nobody now (ana promised it)**" in agenda.body
    assert "A P0 comes before" not in agenda.body


def test_a_p0_on_an_issue_that_people_opened_stands_on_it_like_any_other() -> None:
    model = Model(POLICY, merged=MERGED)
    model.open_by_hand("We should alert on the pool", 9001)
    linking = _action("Alert on the pool (#9001)", "@ana", "2026-05-08", "P0")
    model.push("postmortems/checkout.md", good_postmortem(actions=linking))
    model.settle(now=MERGED)
    model.settle(now=_at("2026-05-11"))
    (agenda,) = _agendas(model)
    assert "until it is done. Who has one: ana." in agenda.body
    assert "**P0** #9001 We should alert on the pool: was due on Fri 2026-05-08, 1 working day late" in agenda.body


def test_what_is_merged_before_the_standup_on_its_day_stands_on_it_and_what_comes_after_does_not() -> None:
    early, late = (Model(POLICY, merged=_at("2026-05-11", hour)) for hour in (7, 12))
    for model, hour in ((early, 7), (late, 12)):
        model.push("postmortems/checkout.md", good_postmortem(actions=ACTIONS))
        model.settle(now=_at("2026-05-11", hour))
        assert not _agendas(model)
    assert early.alarm(_at("2026-05-11", 7)) == _at("2026-05-11", 9)
    early.settle(now=_at("2026-05-11", 9))
    assert len(_agendas(early)) == 1
    late.settle(now=_at("2026-05-12"))
    assert not _agendas(late)
    late.settle(now=_at("2026-05-18"))
    assert len(_agendas(late)) == 1


def test_an_agenda_that_comes_late_shows_what_is_overdue_by_then() -> None:
    model = _merged(actions=_action("Cap retries", "@ana", "2026-05-12", "P2"))
    model.settle(now=_at("2026-05-14"))  # two days after the deadline, and three after the standup
    (agenda,) = _agendas(model)
    assert "### Overdue" in agenda.body
    assert "2 working days late" in agenda.body


def test_one_that_people_close_or_delete_stays_so() -> None:
    model = _merged()
    model.settle(now=_at("2026-05-11"))
    model.settle(now=_at("2026-05-18"))
    newest = max(_agendas(model), key=lambda each: each.number)
    model.edit(newest.number, open=False, state_reason="completed")
    assert not [each for each in model.settle(now=_at("2026-05-19")) if isinstance(each, CreateIssue)]
    model.remove(newest.number)
    assert not [each for each in model.settle(now=_at("2026-05-20")) if isinstance(each, CreateIssue)]
    model.settle(now=_at("2026-05-25"))
    assert len(_agendas(model)) == 2


def test_after_weeks_of_silence_there_is_one_agenda_and_not_one_for_each_week() -> None:
    model = _merged()
    model.settle(now=_at("2026-05-11"))
    model.settle(now=_at("2026-06-10"))
    assert [each.title for each in _agendas(model)] == ["Postmortem actions, week 20", "Postmortem actions, week 24"]


def test_what_it_says(snapshot: SnapshotAssertion) -> None:
    model = _merged()
    model.settle(now=_at("2026-05-11"))
    model.settle(now=_at("2026-05-18"))
    text = "\n\n~~~\n\n".join(f"# {each.title}\n\n{MARKER.sub('', each.body)}" for each in _agendas(model))
    assert text == snapshot


@pytest.mark.parametrize("body", ["", "Mine now.", None])
def test_an_agenda_that_was_written_over_is_put_back_and_no_second_one_comes(body: str | None) -> None:
    model = _merged()
    model.settle(now=_at("2026-05-11"))
    (before,) = _agendas(model)
    model.wait(_at("2026-05-11", 10))
    model.edit(before.number, body=before.body[:-4] if body is None else body, title="Monday")
    if body is not None:
        model.edit(before.number, title=before.title)
    model.settle(now=_at("2026-05-11", 11))
    (agenda,) = _agendas(model)
    assert agenda.number == before.number
    assert "Alert when the pool of checkout is above 80 %" in agenda.body
    assert model.plan(_at("2026-05-11", 11)) == ()
    model.settle(now=_at("2026-05-18"))
    assert [(each.number == before.number, each.open) for each in _agendas(model)] == [(True, False), (False, True)]


def test_an_agenda_that_is_put_back_once_all_is_done_keeps_what_stands_on_it() -> None:
    model = _merged()
    model.settle(now=_at("2026-05-11"))
    (before,) = _agendas(model)
    _close_all(model)
    model.wait(_at("2026-05-12"))
    model.edit(before.number, body=before.body[:-4])
    model.settle(now=_at("2026-05-12"))
    (agenda,) = _agendas(model)
    assert agenda.number == before.number
    assert MARKER.sub("", agenda.body).startswith(MARKER.sub("", before.body))
    assert model.plan(_at("2026-05-12")) == ()
