"""Finding issues and comments: filters, order, pages, and what moves `updated_at`."""

from collections.abc import Callable

from app.sandbox.driver import Sandbox
from tests.sandbox.caller import REPOSITORY, Caller
from tests.sandbox.conftest import HandClock

BASE = f"/repos/{REPOSITORY}"
ISSUES = f"{BASE}/issues"


async def numbers(api: Caller, query: str) -> list[int]:
    return [it["number"] for it in (await api("GET", f"{ISSUES}?{query}")).json]


async def test_lists_filter_by_everything(tracker: Sandbox, api: Caller) -> None:
    due = tracker.create_milestone(REPOSITORY, "Due")
    await api("POST", ISSUES, {"title": "1", "labels": ["P0", "postmortem"], "assignees": ["ana"]})
    two = tracker.open_issue(REPOSITORY, "2", author="ana", labels=["p0"], milestone=due)
    tracker.close_issue(tracker.open_issue(REPOSITORY, "3", assignees=["bo"]))
    tracker.open_pull(REPOSITORY, "inc", files={"a.md": "a"}, author="ana")
    assert await numbers(api, "") == [4, 2, 1]
    assert await numbers(api, "state=all&direction=asc") == [1, 2, 3, 4]
    assert await numbers(api, "state=closed") == [3]
    assert await numbers(api, "state=all&creator=closeout[bot]") == [1]
    assert await numbers(api, "state=all&creator=ANA") == [4, 2]
    assert await numbers(api, "labels=P0") == [2, 1]
    assert await numbers(api, "labels=P0,postmortem") == [1]
    assert await numbers(api, "milestone=1") == [2]
    assert await numbers(api, "state=all&milestone=none") == [4, 3, 1]
    assert await numbers(api, "milestone=*") == [2]
    assert await numbers(api, "assignee=ana") == [1]
    assert await numbers(api, "state=all&assignee=*") == [3, 1]
    assert await numbers(api, "assignee=none") == [4, 2]
    assert (await api("GET", f"{ISSUES}?milestone=9")).status == 422
    tracker.comment(two, "Up.")
    assert (await numbers(api, "sort=comments"))[0] == 2


async def test_long_lists_come_in_pages_under_the_repositorys_id(tracker: Sandbox, api: Caller) -> None:
    for number in range(1, 6):
        tracker.open_issue(REPOSITORY, f"Issue {number}")
    first = await api("GET", f"{ISSUES}?per_page=2&creator=mona")
    identity = tracker.world.repository(REPOSITORY).id
    path = f"{tracker.url}/repositories/{identity}/issues?per_page=2&creator=mona"
    assert first.headers["Link"] == f'<{path}&page=2>; rel="next", <{path}&page=3>; rel="last"'
    await api("POST", f"{BASE}/issues", {"title": "Ours"})
    await api("POST", f"{BASE}/issues", {"title": "Ours, too"})
    ours = await api("GET", f"{ISSUES}?per_page=1&creator=closeout%5Bbot%5D")
    assert "creator=closeout%5Bbot%5D&page=2" in ours.headers["Link"]
    last = await api("GET", f"{path}&page=3")
    assert [it["number"] for it in last.json] == [1]


async def test_an_unchanged_list_is_a_304_and_free(tracker: Sandbox, api: Caller) -> None:
    issue = tracker.open_issue(REPOSITORY, "One")
    for path in (ISSUES, f"{ISSUES}/1", f"{ISSUES}/comments", f"{BASE}/milestones", f"{BASE}/labels"):
        first = await api("GET", path)
        again = await api("GET", path, If_None_Match=first.headers["ETag"])
        assert again.status == 304
        assert again.headers["x-ratelimit-used"] == first.headers["x-ratelimit-used"]
    etag = (await api("GET", ISSUES)).headers["ETag"]
    tracker.edit_issue_title(issue, "Two")
    assert (await api("GET", ISSUES, If_None_Match=etag)).status == 200


async def test_what_moves_updated_at(tracker: Sandbox, api: Caller, clock: HandClock) -> None:
    due, issue = tracker.create_milestone(REPOSITORY, "Due"), tracker.open_issue(REPOSITORY, "One")
    comment = tracker.comment(issue, "Hello.")
    touching: list[Callable[[], object]] = [
        lambda: tracker.comment(issue, "Again."),
        lambda: tracker.edit_comment(comment, "Hello!"),
        lambda: tracker.add_label(issue, "x"),
        lambda: tracker.remove_label(issue, "x"),
        lambda: tracker.set_milestone(issue, due),
        lambda: tracker.assign(issue, "ana"),
        lambda: tracker.edit_issue_body(issue, "B"),
        lambda: tracker.close_issue(issue),
    ]
    for touch in touching:
        clock.pass_(minutes=1)
        touch()
        assert await numbers(api, f"state=all&since={clock():%Y-%m-%dT%H:%M:%SZ}") == [1]
    clock.pass_(minutes=1)
    tracker.rename_label(REPOSITORY, "x", "y")
    tracker.close_milestone(due)
    await api("POST", f"{ISSUES}/1/reactions", {"content": "eyes"})
    assert await numbers(api, f"state=all&since={clock():%Y-%m-%dT%H:%M:%SZ}") == []


async def test_whether_an_edited_comment_moves_it_can_be_switched(
    tracker: Sandbox, api: Caller, clock: HandClock
) -> None:
    issue = tracker.open_issue(REPOSITORY, "One")
    comment = tracker.comment(issue, "Hello.")
    tracker.world.features.edits_touch_issues = False
    clock.pass_(minutes=1)
    tracker.edit_comment(comment, "Hello!")
    assert await numbers(api, f"since={clock():%Y-%m-%dT%H:%M:%SZ}") == []


async def test_comments_are_found_repository_wide_since_an_instant(
    tracker: Sandbox, api: Caller, clock: HandClock
) -> None:
    one, two = (tracker.open_issue(REPOSITORY, title) for title in "12")
    old = tracker.comment(one, "Old.")
    clock.pass_(minutes=1)
    tracker.comment(two, "New.", author="ana")
    since = f"{clock():%Y-%m-%dT%H:%M:%SZ}"

    async def said(query: str) -> list[str]:
        return [it["body"] for it in (await api("GET", f"{ISSUES}/comments?{query}")).json]

    assert await said("") == ["Old.", "New."]
    assert await said(f"since={since}") == ["New."]
    clock.pass_(minutes=1)
    tracker.edit_comment(old, "Old, edited.")
    assert await said(f"since={since}&sort=updated") == ["Old, edited.", "New."]
    assert await said(f"since={since}&sort=updated&direction=asc") == ["New.", "Old, edited."]
    assert await said("direction=desc") == ["Old, edited.", "New."]
    assert (await api("GET", f"{ISSUES}/comments?since=yesterday")).status == 422


async def test_the_history_tells_who_did_what(tracker: Sandbox, api: Caller) -> None:
    issue = tracker.open_issue(REPOSITORY, "One", labels=["x"])
    tracker.edit_issue_title(issue, "Two", by="ana")
    tracker.assign(issue, "bo")
    tracker.close_issue(issue, by="bo", reason="not_planned")
    lines = (await api("GET", f"{ISSUES}/1/events")).json
    assert [it["event"] for it in lines] == ["labeled", "renamed", "assigned", "closed"]
    assert (lines[1]["actor"]["login"], lines[1]["rename"]) == ("ana", {"from": "One", "to": "Two"})
    assert lines[2]["assignee"]["login"] == "bo"
    everything = (await api("GET", f"{ISSUES}/events")).json
    assert (everything[0]["event"], everything[0]["issue"]["number"]) == ("closed", 1)


async def test_the_timeline_has_comments_and_the_pull_requests_that_name_the_issue(
    tracker: Sandbox, api: Caller, clock: HandClock
) -> None:
    issue = tracker.open_issue(REPOSITORY, "One")
    clock.pass_(minutes=1)
    tracker.comment(issue, "Hello.", author="ana")
    clock.pass_(minutes=1)
    pull = tracker.open_pull(REPOSITORY, "fix", files={"a.md": "a"}, body="Fixes #1", author="ana")
    clock.pass_(minutes=1)
    sha = tracker.merge(pull, by="bo")
    lines = (await api("GET", f"{ISSUES}/1/timeline")).json
    assert [it["event"] for it in lines] == ["commented", "cross-referenced", "closed"]
    assert lines[1]["source"]["issue"]["pull_request"]["merged_at"]
    assert (lines[2]["commit_id"], lines[2]["state_reason"], lines[2]["actor"]["login"]) == (sha, "completed", "bo")
    assert tracker.issue(REPOSITORY, 1).state == "closed"


async def test_commits_on_the_default_branch_close_issues_and_others_do_not(tracker: Sandbox, api: Caller) -> None:
    for title in ("One", "Two", "Three"):
        tracker.open_issue(REPOSITORY, title)
    tracker.commit(REPOSITORY, "side", {"a.md": "a"}, "Fixes #1")
    sha = tracker.commit(REPOSITORY, "main", {"b.md": "b"}, "Resolves: acme/postmortems#2, see #3", "ana")
    assert [it.state for it in tracker.issues(REPOSITORY)] == ["open", "closed", "open"]
    (line,) = (await api("GET", f"{ISSUES}/3/events")).json
    assert (line["event"], line["commit_id"]) == ("referenced", sha)
