"""Issues, as the App sees them over HTTP: opening, changing, finding, losing them."""

from typing import Any

import pytest
from aiohttp import ClientSession

from app.sandbox.driver import Sandbox
from app.sandbox.world.records import Refused
from tests.sandbox.caller import REPOSITORY, Answer, Caller, as_installation
from tests.sandbox.conftest import HandClock

BASE = f"/repos/{REPOSITORY}"
ISSUES = f"{BASE}/issues"


def error(answer: Answer) -> dict[str, Any]:
    assert answer.status == 422, answer.json
    assert answer.json["message"] == "Validation Failed"
    found: dict[str, Any] = answer.json["errors"][0]
    return found


def actions(github: Sandbox, event: str = "issues") -> list[str | None]:
    return [it.action for it in github.deliveries if it.event == event]


async def test_an_issue_is_opened_with_all_it_needs(tracker: Sandbox, api: Caller) -> None:
    milestone = tracker.create_milestone(REPOSITORY, "Due")
    body = {"title": "Add an alert", "body": "Why", "labels": ["P0", "new"], "assignees": ["ana"], "milestone": 1}
    issue = (await api("POST", ISSUES, body)).json
    assert (issue["number"], issue["state"], issue["state_reason"]) == (1, "open", None)
    assert (issue["user"]["login"], issue["user"]["type"]) == ("closeout[bot]", "Bot")
    assert [(it["name"], it["color"]) for it in issue["labels"]] == [("P0", "ededed"), ("new", "ededed")]
    assert [it["login"] for it in issue["assignees"]] == ["ana"]
    assert (issue["milestone"]["number"], issue["milestone"]["open_issues"]) == (milestone.number, 1)
    assert issue["performed_via_github_app"]["id"] == tracker.app_id
    assert actions(tracker) == ["opened", "labeled", "labeled", "assigned", "milestoned"]
    assert actions(tracker, "label") == ["created", "created"]
    assert tracker.deliveries[-1].payload["sender"]["login"] == "closeout[bot]"


async def test_numbers_are_shared_with_pull_requests_and_are_no_ids(tracker: Sandbox, api: Caller) -> None:
    first = (await api("POST", ISSUES, {"title": "One"})).json
    pull = tracker.open_pull(REPOSITORY, "inc", files={"a.md": "a"})
    second = (await api("POST", ISSUES, {"title": "Two"})).json
    assert (first["number"], pull.number, second["number"]) == (1, 2, 3)
    listed = {it["number"]: it for it in (await api("GET", ISSUES)).json}
    assert [number for number, it in listed.items() if "pull_request" in it] == [2]
    assert listed[2]["id"] != pull.id
    assert {it["id"] for it in listed.values()}.isdisjoint({1, 2, 3})


async def test_the_apps_name_may_be_missing(tracker: Sandbox, api: Caller) -> None:
    tracker.world.features.names_apps = False
    issue = (await api("POST", ISSUES, {"title": "One"})).json
    assert issue["performed_via_github_app"] is None
    assert tracker.deliveries[-1].payload["issue"]["performed_via_github_app"] is None


async def test_labels_and_assignees_are_replaced_and_the_rest_stays(tracker: Sandbox, api: Caller) -> None:
    await api("POST", ISSUES, {"title": "One", "body": "B", "labels": ["P0", "x"], "assignees": ["ana"]})
    changed = (await api("PATCH", f"{ISSUES}/1", {"labels": ["x", "y"], "assignees": ["bo", "rae"]})).json
    assert [it["name"] for it in changed["labels"]] == ["x", "y"]
    assert [it["login"] for it in changed["assignees"]] == ["bo", "rae"]
    assert (changed["title"], changed["body"]) == ("One", "B")
    changed = (await api("PATCH", f"{ISSUES}/1", {"title": "Two"})).json
    assert (len(changed["labels"]), len(changed["assignees"]), changed["title"]) == (2, 2, "Two")
    assert actions(tracker)[-6:] == ["unlabeled", "labeled", "unassigned", "assigned", "assigned", "edited"]


async def test_closing_and_reopening_have_reasons(tracker: Sandbox, api: Caller, clock: HandClock) -> None:
    issue = tracker.open_issue(REPOSITORY, "One", author="ana")
    clock.pass_(minutes=30)
    closed = (await api("PATCH", f"{ISSUES}/1", {"state": "closed", "state_reason": "not_planned"})).json
    assert (closed["state_reason"], closed["closed_by"]["login"]) == ("not_planned", "closeout[bot]")
    assert closed["closed_at"] == closed["updated_at"] == "2026-11-23T09:30:00Z"
    same = (await api("PATCH", f"{ISSUES}/1", {"state": "closed", "state_reason": "completed"})).json
    assert same["state_reason"] == "not_planned"
    tracker.reopen_issue(issue, by="ana")
    opened = (await api("GET", f"{ISSUES}/1")).json
    assert (opened["state_reason"], opened["closed_at"], opened["closed_by"]) == ("reopened", None, None)
    tracker.close_issue(issue, by="bo")
    assert (await api("GET", f"{ISSUES}/1")).json["state_reason"] == "completed"
    assert actions(tracker) == ["opened", "closed", "reopened", "closed"]


async def test_texts_have_limits_and_nothing_happens_beyond_them(tracker: Sandbox, api: Caller) -> None:
    await api("POST", ISSUES, {"title": "t" * 256, "body": "b" * 65_536})
    assert (await api("POST", ISSUES, {"title": "One", "body": "x"})).status == 201
    long_title, long_body = {"title": "t" * 257}, {"title": "ok", "body": "b" * 65_537}
    for wrong, field in ((long_title, "title"), (long_body, "body")):
        for method, path in (("POST", ISSUES), ("PATCH", f"{ISSUES}/2")):
            found = error(await api(method, path, wrong))
            assert (found["resource"], found["field"], found["code"]) == ("Issue", field, "custom")
    assert error(await api("POST", ISSUES, {"title": " "}))["code"] == "missing_field"
    assert tracker.issue(REPOSITORY, 2).title == "One"


async def test_a_missing_title_breaks_the_schema(api: Caller, schema_guard: Any) -> None:
    schema_guard.requests = False
    answer = await api("POST", ISSUES, {"body": "x"})
    assert (answer.status, answer.json["message"]) == (422, 'Invalid request.\n\n"title" wasn\'t supplied.')


@pytest.mark.parametrize("login", ["nobody", "cy", "closeout[bot]", "acme"])
async def test_one_unassignable_login_fails_the_whole_request(tracker: Sandbox, api: Caller, login: str) -> None:
    tracker.person("cy")
    await api("POST", ISSUES, {"title": "One"})
    for method, path in (("POST", ISSUES), ("PATCH", f"{ISSUES}/1")):
        found = error(await api(method, path, {"title": "Two", "assignees": ["ana", login]}))
        assert found == {"value": login, "resource": "Issue", "field": "assignees", "code": "invalid"}
    assert [issue.title for issue in tracker.issues(REPOSITORY)] == ["One"]


async def test_who_can_be_assigned(tracker: Sandbox, api: Caller) -> None:
    tracker.person("cy")
    assert [it["login"] for it in (await api("GET", f"{BASE}/assignees")).json] == ["ana", "bo", "mona", "rae"]
    assert (await api("GET", f"{BASE}/assignees/RAE")).status == 204
    assert (await api("GET", f"{BASE}/assignees/cy")).status == 404
    await api("POST", ISSUES, {"title": "One"})
    assert (await api("GET", f"{ISSUES}/1/assignees/ana")).status == 204
    given = (await api("POST", f"{ISSUES}/1/assignees", {"assignees": ["ana", "bo"]})).json
    assert len(given["assignees"]) == 2
    left = (await api("DELETE", f"{ISSUES}/1/assignees", {"assignees": ["ana", "zed"]})).json
    assert [it["login"] for it in left["assignees"]] == ["bo"]


async def test_who_comments_in_public_can_be_assigned_that_issue(tracker: Sandbox, api: Caller) -> None:
    tracker.create_repository("acme/open", private=False)
    issue = tracker.open_issue("acme/open", "One")
    tracker.comment(issue, "I could do it.", author="zed")
    assert (await api("GET", "/repos/acme/open/assignees/zed")).status == 404
    assert (await api("GET", "/repos/acme/open/issues/1/assignees/zed")).status == 204
    assert (await api("PATCH", "/repos/acme/open/issues/1", {"assignees": ["zed"]})).status == 200


async def test_a_person_who_left_keeps_their_issues_but_gets_no_new_ones(tracker: Sandbox, api: Caller) -> None:
    await api("POST", ISSUES, {"title": "One", "assignees": ["ana", "bo"]})
    tracker.leave_organization("ana")
    assert (await api("GET", f"{BASE}/assignees/ana")).status == 404
    permission = (await api("GET", f"{BASE}/collaborators/ana/permission")).json
    assert (permission["permission"], permission["role_name"]) == ("none", "none")
    assert len((await api("GET", f"{ISSUES}/1")).json["assignees"]) == 2
    assert (await api("PATCH", f"{ISSUES}/1", {"title": "Two"})).status == 200
    assert error(await api("PATCH", f"{ISSUES}/1", {"assignees": ["ana", "bo"]}))["value"] == "ana"
    tracker.leave_organization("bo", unassign=True)
    assert tracker.assignees(tracker.issue(REPOSITORY, 1)) == ["ana"]


async def test_a_new_login_keeps_its_id(tracker: Sandbox, api: Caller) -> None:
    before = (await api("POST", ISSUES, {"title": "One", "assignees": ["ana"]})).json["assignees"][0]
    tracker.rename_login("ana", "ana-ruiz")
    after = (await api("GET", f"{ISSUES}/1")).json["assignees"][0]
    assert (after["login"], after["id"]) == ("ana-ruiz", before["id"])
    assert (await api("GET", f"{BASE}/assignees/ana")).status == 404
    assert error(await api("PATCH", f"{ISSUES}/1", {"assignees": ["ana"]}))["code"] == "invalid"


async def test_archived_repositories_and_those_without_issues_take_none(tracker: Sandbox, api: Caller) -> None:
    tracker.open_issue(REPOSITORY, "One")
    tracker.switch_issues(REPOSITORY, on=False)
    for method, path in (("POST", ISSUES), ("GET", f"{ISSUES}/1"), ("PATCH", f"{ISSUES}/1")):
        answer = await api(method, path, None if method == "GET" else {"title": "x"})
        assert (answer.status, answer.json["message"]) == (410, "Issues are disabled for this repo")
    assert not (await api("GET", BASE)).json["has_issues"]
    tracker.switch_issues(REPOSITORY, on=True)
    tracker.archive(REPOSITORY)
    writes: list[tuple[str, str, object]] = [
        ("POST", ISSUES, {"title": "x"}),
        ("PATCH", f"{ISSUES}/1", {"state": "closed"}),
        ("POST", f"{ISSUES}/1/comments", {"body": "x"}),
        ("POST", f"{BASE}/labels", {"name": "x"}),
        ("POST", f"{BASE}/milestones", {"title": "x"}),
    ]
    for method, path, body in writes:
        answer = await api(method, path, body)
        assert (answer.status, answer.json["message"]) == (403, "Repository was archived so is read-only.")
    assert (await api("GET", f"{ISSUES}/1")).status == 200
    tracker.unarchive(REPOSITORY)
    assert (await api("POST", ISSUES, {"title": "x"})).status == 201
    assert actions(tracker, "repository") == ["archived", "unarchived"]


async def test_deleted_and_transferred_issues_leave_a_sign(tracker: Sandbox, api: Caller) -> None:
    tracker.create_repository("acme/elsewhere", roles={"ana": "write"})
    tracker.create_label("acme/elsewhere", "P0")
    for title in ("One", "Two"):
        await api("POST", ISSUES, {"title": title, "labels": ["P0", "x"], "assignees": ["ana", "bo"]})
    one, two = tracker.issues(REPOSITORY)
    tracker.comment(two, "Goes along.")
    tracker.delete_issue(one)
    moved = tracker.transfer_issue(two, "acme/elsewhere")
    gone = await api("GET", f"{ISSUES}/1")
    assert (gone.status, gone.json["message"]) == (410, "This issue was deleted")
    away = await api("GET", f"{ISSUES}/2/comments?per_page=5")
    assert away.status == 301
    assert away.headers["Location"].endswith(f"/repositories/{moved.repository}/issues/1/comments?per_page=5")
    assert [it["body"] for it in (await api("GET", away.headers["Location"])).json] == ["Goes along."]
    there = (await api("GET", "/repos/acme/elsewhere/issues/1")).json
    assert there["id"] != two.id
    assert [it["name"] for it in there["labels"]] == ["P0"]
    assert [it["login"] for it in there["assignees"]] == ["ana"]
    assert (await api("POST", ISSUES, {"title": "Three"})).json["number"] == 3
    told = [it.payload for it in tracker.deliveries if it.event == "issues" and "changes" in it.payload]
    assert [it["action"] for it in told] == ["transferred", "opened"]
    assert told[0]["changes"]["new_issue"]["number"] == told[1]["issue"]["number"] == 1
    assert told[1]["changes"]["old_issue"]["number"] == 2
    assert "deleted" in actions(tracker)


async def test_a_transfer_out_of_sight_is_a_404(tracker: Sandbox, session: ClientSession) -> None:
    tracker.create_repository("acme/elsewhere")
    here = tracker.world.repository(REPOSITORY)
    api = await as_installation(tracker, session, {"repository_ids": [here.id]})
    tracker.transfer_issue(tracker.open_issue(REPOSITORY, "One"), "acme/elsewhere")
    assert (await api("GET", f"{ISSUES}/1")).status == 404


async def test_a_renamed_repository_redirects_and_keeps_its_issues(tracker: Sandbox, api: Caller) -> None:
    await api("POST", ISSUES, {"title": "One"})
    tracker.rename(REPOSITORY, "incidents")
    old = await api("GET", f"{ISSUES}/1")
    assert old.status == 301
    assert (await api("GET", old.headers["Location"])).json["title"] == "One"
    assert (await api("PATCH", f"{ISSUES}/1", {"title": "Two"})).status == 307
    tracker.rename_login("acme", "globex")
    assert (await api("GET", "/repos/acme/incidents/issues/1")).status == 301
    assert (await api("GET", "/repos/globex/incidents/issues/1")).status == 200


async def test_a_pull_request_can_be_treated_as_an_issue(tracker: Sandbox, api: Caller) -> None:
    pull = tracker.open_pull(REPOSITORY, "inc", files={"a.md": "a"}, author="ana")
    milestone = tracker.create_milestone(REPOSITORY, "Due")
    body = {"title": "Better", "labels": ["x"], "assignees": ["bo"], "milestone": milestone.number}
    shown = (await api("PATCH", f"{ISSUES}/1", body)).json
    assert (shown["title"], shown["pull_request"]["merged_at"]) == ("Better", None)
    assert tracker.pull(pull).title == "Better"
    seen = (await api("GET", f"{BASE}/pulls/1")).json
    assert ([it["name"] for it in seen["labels"]], seen["milestone"]["title"]) == (["x"], "Due")
    assert actions(tracker, "pull_request") == ["opened", "labeled", "edited", "assigned", "milestoned"]
    assert actions(tracker) == []
    await api("PATCH", f"{ISSUES}/1", {"state": "closed"})
    assert tracker.pull(pull).state == "closed"
    with pytest.raises(Refused, match="pull request"):
        tracker.reopen_issue(tracker.issue(REPOSITORY, 1))
    tracker.reopen(pull)
    tracker.merge(pull)
    assert (await api("GET", f"{ISSUES}/1")).json["pull_request"]["merged_at"]


async def test_the_issues_of_another_bot_are_another_bots(tracker: Sandbox, api: Caller) -> None:
    tracker.open_issue(REPOSITORY, "Theirs", author="closeout-old[bot]")
    (issue,) = (await api("GET", f"{ISSUES}?creator=closeout-old%5Bbot%5D")).json
    assert (issue["user"]["type"], issue["performed_via_github_app"]) == ("Bot", None)
    assert (await api("GET", f"{ISSUES}?creator=closeout%5Bbot%5D")).json == []
