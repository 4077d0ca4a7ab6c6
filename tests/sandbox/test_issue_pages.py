"""What a person sees of issues and milestones."""

from datetime import date

import pytest
from aiohttp import ClientSession

from app.sandbox.driver import Sandbox
from tests.sandbox.caller import REPOSITORY, Caller

NASTY = "<script>alert('x')</script>"


async def page(github: Sandbox, session: ClientSession, path: str) -> str:
    async with session.get(f"{github.web_url}/{REPOSITORY}/{path}") as answer:
        text = await answer.text()
        assert answer.status == 200, path
        assert "<script" not in text
        return text


async def test_an_issue_shows_what_was_said_and_done(tracker: Sandbox, api: Caller, session: ClientSession) -> None:
    due = tracker.create_milestone(REPOSITORY, "Due soon", date(2026, 12, 15))
    parent = tracker.open_issue(REPOSITORY, f"All of it {NASTY}", "- [ ] one\n- [x] two")
    await api("POST", f"/repos/{REPOSITORY}/issues", {"title": "Alert", "body": "| a |\n|---|\n| b |", "milestone": 1})
    child = tracker.issue(REPOSITORY, 2)
    tracker.add_sub_issue(parent, child)
    comment = tracker.comment(child, f"Not yet. {NASTY}", author="ana")
    tracker.edit_comment(comment, "Not *yet*.", by="ana")
    await api("POST", f"/repos/{REPOSITORY}/issues/comments/{comment.id}/reactions", {"content": "+1"})
    tracker.add_label(child, "P0")
    tracker.assign(child, "ana", by="bo")
    tracker.edit_issue_title(child, "Alert on lag", by="ana")
    tracker.commit(REPOSITORY, "main", {"a.md": "a"}, "Fixes #2", "ana")
    text = await page(tracker, session, "issues/2")
    for shown in (
        "Alert on lag",
        '<span class="bot">bot</span>',
        "<td>b</td>",
        "Not <em>yet</em>.",
        '<span class="bot">👍 1</span>',
        "due 15 December 2026",
        "part of",
        "added the label <b>P0</b>",
        "assigned <b>ana</b>",
        "changed the title to <b>Alert on lag</b>",
        "closed this as completed in <b>",
    ):
        assert shown in text, shown
    text = await page(tracker, session, "issues/1")
    assert "Sub-issues: 1 of 1 closed" in text
    assert text.count('class="task"') == 2
    assert due.title in await page(tracker, session, "issues")


async def test_milestones_show_how_far_they_are(tracker: Sandbox, session: ClientSession) -> None:
    assert "No milestones yet." in await page(tracker, session, "milestones")
    due = tracker.create_milestone(REPOSITORY, "Due soon", date(2026, 12, 15))
    tracker.open_issue(REPOSITORY, "Open", milestone=due)
    tracker.close_issue(tracker.open_issue(REPOSITORY, "Not done", milestone=due), reason="not_planned")
    tracker.close_milestone(tracker.create_milestone(REPOSITORY, "Past"))
    text = await page(tracker, session, "milestones")
    assert "1 open, 1 closed" in text
    assert 'value="50"' in text
    assert text.index("Due soon") < text.index("Past")
    assert "closed as not planned" in await page(tracker, session, "milestone/1")


async def test_a_pull_request_shows_its_comments_also_by_its_number(tracker: Sandbox, session: ClientSession) -> None:
    tracker.comment(tracker.open_pull(REPOSITORY, "inc", files={"a.md": "a"}), "/recheck", author="rae")
    assert "/recheck" in await page(tracker, session, "issues/1")
    assert "No issues yet." in await page(tracker, session, "issues")


@pytest.mark.parametrize("path", ["issues/9", "milestone/9", "issues/1"])
async def test_what_is_not_there_says_so(tracker: Sandbox, session: ClientSession, path: str) -> None:
    tracker.delete_issue(tracker.open_issue(REPOSITORY, "Gone"))
    async with session.get(f"{tracker.web_url}/{REPOSITORY}/{path}") as answer:
        assert answer.status == 404
