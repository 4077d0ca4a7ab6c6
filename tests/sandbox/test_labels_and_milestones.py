"""Labels and milestones: names that are taken, dates that are floored."""

from datetime import date

import pytest

from app.sandbox.driver import Sandbox
from tests.sandbox.caller import REPOSITORY, Caller
from tests.sandbox.conftest import HandClock

BASE = f"/repos/{REPOSITORY}"
LABELS, MILESTONES, ISSUES = f"{BASE}/labels", f"{BASE}/milestones", f"{BASE}/issues"


async def test_a_label_is_created_once_whatever_its_case(tracker: Sandbox, api: Caller) -> None:
    made = await api("POST", LABELS, {"name": "Overdue", "color": "B60205", "description": "Late"})
    assert (made.status, made.json["color"], made.json["default"]) == (201, "b60205", False)
    taken = await api("POST", LABELS, {"name": "overdue"})
    assert taken.status == 422
    assert taken.json["errors"] == [{"resource": "Label", "field": "name", "code": "already_exists"}]
    assert (await api("GET", f"{LABELS}/OVERDUE")).json["id"] == made.json["id"]
    assert (await api("GET", f"{LABELS}/none")).status == 404


@pytest.mark.parametrize(
    "wrong",
    [{"name": "n" * 51}, {"name": " "}, {"name": "x", "color": "#b60205"}, {"name": "x", "description": "d" * 101}],
)
async def test_a_label_that_cannot_be(api: Caller, wrong: dict[str, str]) -> None:
    assert (await api("POST", LABELS, wrong)).status == 422


async def test_a_renamed_label_keeps_its_id_and_its_issues(tracker: Sandbox, api: Caller) -> None:
    made = (await api("POST", LABELS, {"name": "good first/issue"})).json
    await api("POST", ISSUES, {"title": "One", "labels": ["good first/issue"]})
    path = f"{LABELS}/good%20first%2Fissue"
    renamed = (await api("PATCH", path, {"new_name": "easy"})).json
    assert (renamed["id"], renamed["name"]) == (made["id"], "easy")
    assert [it["name"] for it in (await api("GET", f"{ISSUES}/1")).json["labels"]] == ["easy"]
    assert (await api("GET", path)).status == 404
    assert tracker.deliveries[-1].payload["changes"]["name"]["from"] == "good first/issue"
    assert (await api("DELETE", f"{LABELS}/easy")).status == 204
    assert (await api("GET", f"{ISSUES}/1")).json["labels"] == []


async def test_labels_on_an_issue(tracker: Sandbox, api: Caller) -> None:
    tracker.open_issue(REPOSITORY, "One", labels=["a"])
    added = (await api("POST", f"{ISSUES}/1/labels", {"labels": ["b", "A"]})).json
    assert [it["name"] for it in added] == ["a", "b"]
    assert [it["name"] for it in (await api("PUT", f"{ISSUES}/1/labels", {"labels": ["c"]})).json] == ["c"]
    missing = await api("DELETE", f"{ISSUES}/1/labels/a")
    assert (missing.status, missing.json["message"]) == (404, "Label does not exist")
    assert (await api("DELETE", f"{ISSUES}/1/labels/C")).json == []
    tracker.add_label(tracker.issue(REPOSITORY, 1), "d", by="ana")
    assert [it["name"] for it in (await api("GET", f"{ISSUES}/1/labels")).json] == ["d"]
    assert [it["name"] for it in (await api("GET", LABELS)).json] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("2026-12-15T12:00:00Z", "2026-12-15T08:00:00Z"),
        ("2026-07-15T12:00:00Z", "2026-07-15T07:00:00Z"),
        ("2020-09-24T06:59:00Z", "2020-09-23T07:00:00Z"),
        ("2026-12-15T00:00:00Z", "2026-12-14T08:00:00Z"),
        ("2026-12-15T07:59:59Z", "2026-12-14T08:00:00Z"),
    ],
)
async def test_a_due_date_is_a_day_in_california(api: Caller, sent: str, kept: str) -> None:
    made = await api("POST", MILESTONES, {"title": "Due", "due_on": sent})
    assert (made.status, made.json["due_on"]) == (201, kept)
    await api("PATCH", f"{MILESTONES}/1", {"due_on": None})
    assert (await api("GET", f"{MILESTONES}/1")).json["due_on"] is None
    assert (await api("PATCH", f"{MILESTONES}/1", {"due_on": sent})).json["due_on"] == kept


async def test_a_title_is_taken_even_by_a_closed_milestone(tracker: Sandbox, api: Caller) -> None:
    made = (await api("POST", MILESTONES, {"title": "Due"})).json
    closed = (await api("PATCH", f"{MILESTONES}/1", {"state": "closed"})).json
    assert closed["closed_at"] is not None
    taken = await api("POST", MILESTONES, {"title": "Due"})
    assert taken.status == 422
    assert taken.json["errors"] == [{"resource": "Milestone", "field": "title", "code": "already_exists"}]
    assert made["id"] != made["number"]
    assert (await api("PATCH", f"{MILESTONES}/1", {"state": "open"})).json["closed_at"] is None
    assert [it.action for it in tracker.deliveries if it.event == "milestone"] == ["created", "closed", "opened"]


async def test_milestones_count_their_issues_and_closing_one_closes_none(tracker: Sandbox, api: Caller) -> None:
    due = tracker.create_milestone(REPOSITORY, "Due", date(2026, 12, 1))
    one, two = (tracker.open_issue(REPOSITORY, title, milestone=due) for title in "12")
    tracker.close_issue(two)
    shown = (await api("GET", f"{MILESTONES}/1")).json
    assert (shown["open_issues"], shown["closed_issues"]) == (1, 1)
    tracker.close_milestone(due)
    assert tracker.issue(REPOSITORY, one.number).state == "open"
    assert tracker.due(one) == date(2026, 12, 1)
    tracker.clear_milestone(one)
    tracker.delete_milestone(due)
    assert (await api("GET", f"{MILESTONES}/1")).status == 404
    assert tracker.milestone(two) is None
    found = await api("PATCH", f"{ISSUES}/1", {"milestone": 1})
    assert found.json["errors"][0] == {"value": 1, "resource": "Issue", "field": "milestone", "code": "invalid"}


async def test_lists_of_milestones(tracker: Sandbox, api: Caller) -> None:
    tracker.create_milestone(REPOSITORY, "Late", date(2026, 12, 20))
    tracker.create_milestone(REPOSITORY, "Soon", date(2026, 12, 1))
    tracker.create_milestone(REPOSITORY, "Never")
    tracker.close_milestone(tracker.create_milestone(REPOSITORY, "Past", date(2026, 1, 1)))

    async def titles(query: str) -> list[str]:
        return [it["title"] for it in (await api("GET", f"{MILESTONES}?{query}")).json]

    assert await titles("") == ["Soon", "Late", "Never"]
    assert await titles("direction=desc&sort=due_on") == ["Never", "Late", "Soon"]
    assert await titles("state=closed") == ["Past"]
    assert (await titles("state=all"))[0] == "Past"


async def test_a_moved_date_tells_the_old_one(tracker: Sandbox, api: Caller, clock: HandClock) -> None:
    due = tracker.create_milestone(REPOSITORY, "Due", date(2026, 12, 1))
    tracker.open_issue(REPOSITORY, "One", milestone=due)
    before = (await api("GET", f"{ISSUES}/1")).json
    clock.pass_(minutes=1)
    tracker.move_milestone(due, date(2026, 12, 8), by="ana")
    after = (await api("GET", f"{ISSUES}/1")).json
    assert after["milestone"]["due_on"] == "2026-12-08T08:00:00Z"
    assert after["updated_at"] == before["updated_at"]
    assert tracker.deliveries[-1].payload["changes"] == {"due_on": {"from": "2026-12-01T08:00:00Z"}}
    tracker.set_milestone(tracker.issue(REPOSITORY, 1), None, by="ana")
    assert tracker.deliveries[-1].action == "demilestoned"
    assert tracker.deliveries[-1].payload["milestone"]["title"] == "Due"
