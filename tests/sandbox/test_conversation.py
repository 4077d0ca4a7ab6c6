"""One realistic conversation: what an App that follows up a merged postmortem does, and what people do to it."""

from datetime import date

from app.sandbox.driver import Sandbox
from tests.sandbox.caller import REPOSITORY, Caller
from tests.sandbox.conftest import HandClock

BASE = f"/repos/{REPOSITORY}"
ISSUES = f"{BASE}/issues"


async def test_a_postmortem_is_followed_up(tracker: Sandbox, api: Caller, clock: HandClock) -> None:
    pull = tracker.open_pull(REPOSITORY, "inc", files={"postmortems/42.md": "# 42\n"}, author="ana")
    sha = tracker.merge(pull, by="bo")
    tree = (await api("GET", f"{BASE}/git/trees/HEAD?recursive=1")).json
    assert "postmortems/42.md" in {row["path"] for row in tree["tree"]}
    assert (await api("GET", f"{ISSUES}?state=all&creator=closeout%5Bbot%5D&per_page=100")).json == []
    assert (await api("GET", f"{BASE}/commits/{sha}/pulls")).json[0]["user"]["login"] == "ana"

    for name in ("postmortem", "postmortem-action", "P0"):
        assert (await api("POST", f"{BASE}/labels", {"name": name, "color": "0e8a16"})).status == 201
    title = "Postmortem actions due 2026-12-15"
    due = (await api("POST", f"{BASE}/milestones", {"title": title, "due_on": "2026-12-15T12:00:00Z"})).json
    parent = (await api("POST", ISSUES, {"title": "42", "body": "x", "labels": ["postmortem"]})).json
    wish = {"title": "Alert", "labels": ["postmortem-action", "P0"], "assignees": ["rae"], "milestone": due["number"]}
    child = (await api("POST", ISSUES, wish)).json
    linked = await api("POST", f"{ISSUES}/{parent['number']}/sub_issues", {"sub_issue_id": child["id"]})
    assert (linked.status, (parent["number"], child["number"])) == (201, (2, 3))
    bots = [it.payload["sender"]["login"] for it in tracker.deliveries if it.event in ("issues", "sub_issues", "label")]
    assert set(bots) == {"closeout[bot]"}

    clock.pass_(minutes=10)
    action = tracker.issue(REPOSITORY, 3)
    tracker.assign(action, "bo", by="bo")
    tracker.unassign(action, "rae", by="bo")
    tracker.remove_label(action, "P0", by="rae")
    later = tracker.create_milestone(REPOSITORY, "Postmortem actions due 2026-12-22", date(2026, 12, 22))
    tracker.set_milestone(action, later, by="bo")
    command = tracker.comment(action, "/extend 2026-12-22 waiting for a part", author="bo")
    seen = (await api("GET", f"{ISSUES}?state=all&creator=closeout%5Bbot%5D&since=2026-11-23T09:05:00Z")).json
    assert [it["number"] for it in seen] == [3]
    assert ([it["login"] for it in seen[0]["assignees"]], seen[0]["milestone"]["number"]) == (["bo"], 2)
    (said,) = (await api("GET", f"{ISSUES}/comments?since=2026-11-23T09:05:00Z")).json
    assert (said["id"], said["user"]["login"]) == (command.id, "bo")
    assert (await api("GET", f"{BASE}/collaborators/bo/permission")).json["permission"] == "write"
    assert (await api("POST", f"{ISSUES}/comments/{command.id}/reactions", {"content": "+1"})).status == 201

    tracker.close_issue(action, by="bo")
    open_now = (await api("GET", f"{BASE}/milestones?state=open")).json
    assert [(it["title"][-10:], it["open_issues"]) for it in open_now] == [("2026-12-15", 0), ("2026-12-22", 0)]
    assert (await api("PATCH", f"{BASE}/milestones/1", {"state": "closed"})).json["state"] == "closed"
    assert (await api("GET", f"{ISSUES}/2")).json["sub_issues_summary"]["percent_completed"] == 100
