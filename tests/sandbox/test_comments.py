"""Comments and reactions."""

from app.sandbox.driver import Sandbox
from tests.sandbox.caller import REPOSITORY, Caller
from tests.sandbox.conftest import HandClock

BASE = f"/repos/{REPOSITORY}"
ISSUES = f"{BASE}/issues"


async def test_a_comment_is_written_changed_and_deleted(tracker: Sandbox, api: Caller, clock: HandClock) -> None:
    tracker.open_issue(REPOSITORY, "One")
    made = (await api("POST", f"{ISSUES}/1/comments", {"body": "Due tomorrow."})).json
    assert (made["user"]["login"], made["performed_via_github_app"]["slug"]) == ("closeout[bot]", "closeout")
    assert made["html_url"].endswith(f"/{REPOSITORY}/issues/1#issuecomment-{made['id']}")
    clock.pass_(minutes=1)
    one = f"{ISSUES}/comments/{made['id']}"
    changed = (await api("PATCH", one, {"body": "Due today."})).json
    assert changed["updated_at"] > changed["created_at"]
    assert (await api("GET", one)).json["body"] == "Due today."
    assert (await api("GET", f"{ISSUES}/1")).json["comments"] == 1
    assert (await api("DELETE", one)).status == 204
    assert (await api("GET", one)).status == 404
    assert (await api("GET", f"{ISSUES}/1/comments")).json == []
    told = [it for it in tracker.deliveries if it.event == "issue_comment"]
    assert [it.action for it in told] == ["created", "edited", "deleted"]
    assert told[1].payload["changes"]["body"]["from"] == "Due tomorrow."


async def test_people_edit_and_delete_what_others_wrote(tracker: Sandbox, api: Caller) -> None:
    tracker.open_issue(REPOSITORY, "One")
    await api("POST", f"{ISSUES}/1/comments", {"body": "Ours. <!-- marker -->"})
    (ours,) = tracker.comments(tracker.issue(REPOSITORY, 1))
    tracker.edit_comment(ours, "Theirs.", by="ana")
    assert tracker.deliveries[-1].payload["sender"]["login"] == "ana"
    assert tracker.deliveries[-1].payload["comment"]["user"]["login"] == "closeout[bot]"
    tracker.delete_comment(ours, by="ana")
    assert tracker.comments(tracker.issue(REPOSITORY, 1)) == []


async def test_comments_on_a_pull_request_look_the_same(tracker: Sandbox, api: Caller) -> None:
    pull = tracker.open_pull(REPOSITORY, "inc", files={"a.md": "a"}, author="ana")
    tracker.comment(pull, "/recheck", author="rae")
    payload = tracker.deliveries[-1].payload
    assert payload["issue"]["pull_request"]["url"].endswith("/pulls/1")
    assert payload["comment"]["html_url"].startswith(payload["issue"]["html_url"])
    assert (await api("GET", f"{ISSUES}/1/comments")).json[0]["body"] == "/recheck"
    assert (await api("GET", f"{BASE}/pulls/1")).json["comments"] == 1


async def test_comments_have_limits(tracker: Sandbox, api: Caller) -> None:
    tracker.open_issue(REPOSITORY, "One")
    made = (await api("POST", f"{ISSUES}/1/comments", {"body": "b" * 65_536})).json
    for method, path in (("POST", f"{ISSUES}/1/comments"), ("PATCH", f"{ISSUES}/comments/{made['id']}")):
        answer = await api(method, path, {"body": "b" * 65_537})
        assert (answer.status, answer.json["errors"]) == (
            422,
            [
                {
                    "resource": "IssueComment",
                    "field": "data",
                    "code": "unprocessable",
                    "message": "Body is too long (maximum is 65536 characters)",
                }
            ],
        )
    assert (await api("POST", f"{ISSUES}/1/comments", {"body": "\n"})).status == 422
    assert (await api("POST", f"{ISSUES}/9/comments", {"body": "x"})).status == 404


async def test_a_reaction_is_given_once(tracker: Sandbox, api: Caller) -> None:
    comment = tracker.comment(tracker.open_issue(REPOSITORY, "One"), "/help", author="ana")
    path = f"{ISSUES}/comments/{comment.id}/reactions"
    first, again = [await api("POST", path, {"content": "eyes"}) for _ in range(2)]
    assert (first.status, again.status) == (201, 200)
    assert first.json["id"] == again.json["id"]
    await api("POST", path, {"content": "+1"})
    assert [it["content"] for it in (await api("GET", path)).json] == ["eyes", "+1"]
    rollup = (await api("GET", f"{ISSUES}/comments/{comment.id}")).json["reactions"]
    assert (rollup["total_count"], rollup["eyes"], rollup["rocket"]) == (2, 1, 0)
    assert (await api("POST", f"{ISSUES}/1/reactions", {"content": "heart"})).status == 201
    assert len((await api("GET", f"{ISSUES}/1/reactions?content=heart")).json) == 1


async def test_what_a_browser_sends_ends_its_lines_with_cr_lf(tracker: Sandbox, api: Caller) -> None:
    issue = tracker.open_issue(REPOSITORY, "One", "a\nb")
    tracker.edit_issue_body(issue, "a\nc", in_browser=True)
    assert (await api("GET", f"{ISSUES}/1")).json["body"] == "a\r\nc"
    tracker.edit_issue_body(issue, "")
    assert (await api("GET", f"{ISSUES}/1")).json["body"] is None
    edits = [it.payload["changes"]["body"]["from"] for it in tracker.deliveries if it.action == "edited"]
    assert edits == ["a\nb", "a\r\nc"]
