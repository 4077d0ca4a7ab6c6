"""Sub-issues, where GitHub has them and where it has not."""

from app.sandbox.driver import Sandbox
from tests.sandbox.caller import REPOSITORY, Caller

ISSUES = f"/repos/{REPOSITORY}/issues"


async def test_an_issue_becomes_a_part_by_its_id(tracker: Sandbox, api: Caller) -> None:
    parent, child, other = (tracker.open_issue(REPOSITORY, title) for title in "123")
    made = await api("POST", f"{ISSUES}/1/sub_issues", {"sub_issue_id": child.id})
    assert (made.status, made.json["number"]) == (201, 1)
    assert (await api("POST", f"{ISSUES}/1/sub_issues", {"sub_issue_id": child.number})).status == 404
    assert [it["number"] for it in (await api("GET", f"{ISSUES}/1/sub_issues")).json] == [2]
    assert (await api("GET", f"{ISSUES}/2")).json["parent_issue_url"].endswith("/issues/1")
    assert (await api("GET", f"{ISSUES}/2/parent")).json["number"] == 1
    tracker.close_issue(child)
    summary = (await api("GET", f"{ISSUES}/1")).json["sub_issues_summary"]
    assert summary == {"total": 1, "completed": 1, "percent_completed": 100}
    again = await api("POST", f"{ISSUES}/3/sub_issues", {"sub_issue_id": child.id})
    assert (again.status, "only have one parent" in again.json["message"]) == (422, True)
    moved = await api("POST", f"{ISSUES}/3/sub_issues", {"sub_issue_id": child.id, "replace_parent": True})
    assert moved.status == 201
    assert ([it.id for it in tracker.sub_issues(other)], tracker.sub_issues(parent)) == ([child.id], [])
    assert (await api("DELETE", f"{ISSUES}/3/sub_issue", {"sub_issue_id": child.id})).status == 200
    assert (await api("GET", f"{ISSUES}/2/parent")).status == 404


async def test_both_ends_are_told(tracker: Sandbox) -> None:
    parent, child = (tracker.open_issue(REPOSITORY, title) for title in "12")
    tracker.add_sub_issue(parent, child)
    tracker.remove_sub_issue(parent, child)
    told = [it for it in tracker.deliveries if it.event == "sub_issues"]
    assert [it.action for it in told] == [
        "sub_issue_added",
        "parent_issue_added",
        "sub_issue_removed",
        "parent_issue_removed",
    ]
    assert (told[0].payload["parent_issue_id"], told[0].payload["sub_issue"]["number"]) == (parent.id, 2)


async def test_a_parent_has_a_hundred_parts_at_most_closed_ones_too(tracker: Sandbox, api: Caller) -> None:
    parent = tracker.open_issue(REPOSITORY, "Parent")
    children = [tracker.open_issue(REPOSITORY, str(number)) for number in range(101)]
    for child in children[:100]:
        tracker.add_sub_issue(parent, child)
    tracker.close_issue(children[0])
    refused = await api("POST", f"{ISSUES}/1/sub_issues", {"sub_issue_id": children[100].id})
    assert (refused.status, "100" in refused.json["message"]) == (422, True)
    assert (await api("POST", f"{ISSUES}/2/sub_issues", {"sub_issue_id": parent.id})).status == 422


async def test_where_the_feature_is_missing_all_is_404(tracker: Sandbox, api: Caller) -> None:
    tracker.world.features.sub_issues = False
    child = tracker.open_issue(REPOSITORY, "One")
    assert (await api("GET", f"{ISSUES}/1/sub_issues")).status == 404
    assert (await api("POST", f"{ISSUES}/1/sub_issues", {"sub_issue_id": child.id})).status == 404
    assert "sub_issues_summary" not in (await api("GET", f"{ISSUES}/1")).json
