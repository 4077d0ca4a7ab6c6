"""Lists that lag behind writes, answers that get lost, and the limit on new content."""

import pytest
from aiohttp import ClientError

from app.sandbox.driver import Sandbox
from tests.sandbox.caller import REPOSITORY, Caller
from tests.sandbox.conftest import HandClock

BASE = f"/repos/{REPOSITORY}"
ISSUES = f"{BASE}/issues"


async def titles(api: Caller, query: str = "") -> list[str]:
    return [it["title"] for it in (await api("GET", f"{ISSUES}?state=all{query}")).json]


@pytest.mark.parametrize("query", ["&creator=closeout[bot]", "&since=2026-11-01T00:00:00Z", "&labels=x"])
async def test_lists_learn_of_a_write_some_reads_later(tracker: Sandbox, api: Caller, query: str) -> None:
    tracker.faults.lag_lists(tracker.world, reads=2)
    made = (await api("POST", ISSUES, {"title": "One", "labels": ["x"]})).json
    assert (await api("GET", f"{ISSUES}/{made['number']}")).status == 200
    assert [await titles(api, query) for _ in range(3)] == [[], [], ["One"]]


async def test_each_write_waits_for_its_own_reads(tracker: Sandbox, api: Caller) -> None:
    tracker.faults.lag_lists(tracker.world, reads=2)
    tracker.open_issue(REPOSITORY, "One")
    assert await titles(api) == []
    tracker.open_issue(REPOSITORY, "Two")
    assert [await titles(api) for _ in range(3)] == [[], ["One"], ["Two", "One"]]


async def test_lists_learn_of_a_write_some_seconds_later(tracker: Sandbox, api: Caller, clock: HandClock) -> None:
    issue = tracker.open_issue(REPOSITORY, "One")
    tracker.faults.lag_lists(tracker.world, seconds=30)
    comment = tracker.comment(issue, "Hello.")
    tracker.edit_issue_title(issue, "Two")
    assert (await api("GET", f"{ISSUES}/1/comments")).json == []
    assert (await api("GET", f"{ISSUES}/comments")).json == []
    assert (await api("GET", f"{ISSUES}/comments/{comment.id}")).status == 200
    clock.pass_(seconds=29)
    assert await titles(api) == ["One"]
    clock.pass_(seconds=1)
    assert await titles(api) == ["Two"]
    assert len((await api("GET", f"{ISSUES}/1/comments")).json) == 1


async def test_which_lists_lag_can_be_chosen_and_ended(tracker: Sandbox, api: Caller) -> None:
    tracker.faults.lag_lists(tracker.world, reads=9, lists=("*/milestones",))
    tracker.open_issue(REPOSITORY, "One")
    tracker.create_milestone(REPOSITORY, "Due")
    assert await titles(api) == ["One"]
    assert (await api("GET", f"{BASE}/milestones")).json == []
    tracker.faults.clear()
    assert len((await api("GET", f"{BASE}/milestones")).json) == 1


async def test_an_answer_may_be_lost_after_the_issue_was_opened(tracker: Sandbox, api: Caller) -> None:
    tracker.faults.answer(502, "POST", "*/issues", after_write=True)
    assert (await api("POST", ISSUES, {"title": "One"})).status == 502
    tracker.faults.drop("POST", "*/comments", after_write=True)
    with pytest.raises(ClientError):
        await api("POST", f"{ISSUES}/1/comments", {"body": "Hello."})
    tracker.faults.answer(502, "POST", "*/issues")
    assert (await api("POST", ISSUES, {"title": "Two"})).status == 502
    assert [it.title for it in tracker.issues(REPOSITORY)] == ["One"]
    assert len(tracker.comments(tracker.issue(REPOSITORY, 1))) == 1
    assert [it.action for it in tracker.deliveries if it.event == "issues"] == ["opened"]


async def test_new_content_is_limited_by_the_minute(tracker: Sandbox, api: Caller, clock: HandClock) -> None:
    tracker.faults.limit_content(per_minute=2, per_hour=3)
    await api("POST", ISSUES, {"title": "One"})
    clock.pass_(seconds=20)
    assert (await api("POST", f"{ISSUES}/1/comments", {"body": "x"})).status == 201
    refused = await api("POST", f"{BASE}/milestones", {"title": "Due"})
    assert (refused.status, refused.headers["retry-after"]) == (403, "40")
    assert "secondary rate limit" in refused.json["message"]
    assert (await api("PATCH", f"{ISSUES}/1", {"title": "Two"})).status == 200
    assert (await api("POST", f"{BASE}/labels", {"name": "x"})).status == 201
    clock.pass_(seconds=40)
    assert (await api("POST", f"{BASE}/milestones", {"title": "Due"})).status == 201
    clock.pass_(seconds=61)
    refused = await api("POST", ISSUES, {"title": "Three"})
    assert (refused.status, int(refused.headers["retry-after"]) > 3000) == (403, True)


async def test_every_request_has_its_time(tracker: Sandbox, api: Caller, clock: HandClock) -> None:
    clock.pass_(seconds=5)
    await api("POST", ISSUES, {"title": "One"})
    assert tracker.requests[-1].at == clock()
