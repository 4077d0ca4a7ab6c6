"""On the pages, whoever looks can act in the name of one of the repository's people, and let days pass."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession

from app.sandbox.driver import Sandbox
from tests.sandbox.caller import REPOSITORY


async def post(session: ClientSession, address: str, **form: str) -> tuple[int, str]:
    async with session.post(address, data=form, allow_redirects=False) as answer:
        return answer.status, answer.headers.get("Location", "") or await answer.text()


async def test_a_comment_is_said_in_somebodys_name(tracker: Sandbox, session: ClientSession) -> None:
    tracker.grant(REPOSITORY, "ana", "write")
    issue = tracker.open_issue(REPOSITORY, "Alert on lag")
    address = f"{tracker.web_url}/{REPOSITORY}/issues/{issue.number}"
    assert await post(session, address, who="ana", words="/help") == (303, f"/ui/{REPOSITORY}/issues/1")
    (said,) = tracker.comments(issue)
    assert (tracker.author(said), said.body) == ("ana", "/help")


async def test_an_issue_is_closed_and_opened_again(tracker: Sandbox, session: ClientSession) -> None:
    issue = tracker.open_issue(REPOSITORY, "Alert on lag")
    address = f"{tracker.web_url}/{REPOSITORY}/issues/{issue.number}"
    for then, state in (("close", "closed"), ("reopen", "open")):
        assert (await post(session, address, who="bo", words=" ", then=then))[0] == 303
        assert tracker.issue(REPOSITORY, issue.number).state == state
    assert tracker.comments(issue) == []


async def test_a_comment_without_words_is_answered(tracker: Sandbox, session: ClientSession) -> None:
    issue = tracker.open_issue(REPOSITORY, "Alert on lag")
    address = f"{tracker.web_url}/{REPOSITORY}/issues/{issue.number}"
    assert await post(session, address, who="bo", words=" \n") == (
        400,
        "There was nothing to say. Go back, and write something into the field.",
    )


async def test_the_maintainer_of_every_repository_speaks_only_where_nobody_else_can(
    tracker: Sandbox, session: ClientSession
) -> None:
    tracker.create_repository("acme/alone")
    for repository, speakers in (("acme/alone", ["mona"]), (REPOSITORY, ["ana", "bo", "rae"])):
        issue = tracker.open_issue(repository, "Alert on lag")
        async with session.get(f"{tracker.web_url}/{repository}/issues/{issue.number}") as answer:
            assert re.findall(r"<option>(\w+)</option>", await answer.text()) == speakers


async def test_who_does_not_work_there_can_do_nothing(tracker: Sandbox, session: ClientSession) -> None:
    issue = tracker.open_issue(REPOSITORY, "Alert on lag")
    address = f"{tracker.web_url}/{REPOSITORY}/issues/{issue.number}"
    status, words = await post(session, address, who="mallory", words="/help")
    assert (status, words) == (400, "Nobody of that name works in this repository.")
    assert tracker.comments(issue) == []


async def test_what_github_refuses_is_said(tracker: Sandbox, session: ClientSession) -> None:
    status, words = await post(session, f"{tracker.web_url}/{REPOSITORY}/issues/99", who="bo", words="Hello")
    assert (status, words) == (400, "That cannot be done: Not Found.")


@pytest.mark.parametrize(("back", "to"), [("/ui/acme/it/issues/1", "/ui/acme/it/issues/1"), ("//evil.example", "/ui")])
async def test_a_day_passes_until_the_next_morning(session: ClientSession, back: str, to: str) -> None:
    told: list[datetime] = []
    now = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)
    async with Sandbox(clock=lambda: now, set_clock=told.append) as github:
        async with session.get(github.web_url) as answer:
            assert "Thursday, 31 December 2026, 17:30 UTC" in await answer.text()
        assert await post(session, f"{github.web_url}/clock", back=back) == (303, to)
    assert told == [datetime(2027, 1, 1, 9, 0, tzinfo=UTC)]


async def test_without_a_clock_to_set_none_is_offered(tracker: Sandbox, session: ClientSession) -> None:
    async with session.get(tracker.web_url) as answer:
        assert "next morning" not in await answer.text()
    assert (await post(session, f"{tracker.web_url}/clock"))[0] in {404, 405}
