"""Slash commands on the pull requests of postmortems, but for waivers: the real service against the sandbox."""

from __future__ import annotations

import pytest

from app.core.effects import DOCUMENT_CHECK
from app.core.records import CommentMark, record_of
from app.sandbox.driver import Sandbox
from tests.service.conftest import REPOSITORY, Service
from tests.service.conversations import (
    BRANCH,
    GREEN,
    RED,
    WAIVE,
    open_pull,
    published,
    replies,
    say,
    set_up,
    writes,
)
from tests.service.documents import CREDIT, GOOD, PATH


@pytest.fixture(autouse=True)
def acme(github: Sandbox) -> None:
    set_up(github)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/waive", "names no finding"),
        ("/waive CO413", "gives no reason"),
        ("/waive CO999 because", "there is no rule CO999"),
        ("/waive CO402 because", "CO402 does not fail this pull request. What fails it is: CO413."),
        ("/extend 2026-12-24 because", "say it on the issues that are opened once this is merged"),
        ("/help", "What can be said here"),
    ],
)
async def test_one_helpful_reply(service: Service, github: Sandbox, text: str, words: str) -> None:
    pull = await open_pull(service, github)
    comment = await say(service, github, pull, text)
    (reply,) = replies(github, pull)
    assert words in reply.body
    assert record_of(reply.body) == CommentMark(about=f"answer:{comment.id}")
    await service.sweep()
    assert len(replies(github, pull)) == 1
    assert await service.conclusions(pull.head_sha) == RED


async def test_a_stranger_is_answered_once(service: Service, github: Sandbox) -> None:
    pull = await open_pull(service, github)
    for text in ("/waive CO413 please", "/help", "/waive", "/recheck", WAIVE):
        await say(service, github, pull, text, "eve")
    assert len(replies(github, pull)) == 1
    assert published(github) == 2
    await say(service, github, pull, WAIVE)
    assert await service.conclusions(pull.head_sha) == GREEN


# /recheck


async def test_recheck_publishes_afresh_once(service: Service, github: Sandbox) -> None:
    pull = await open_pull(service, github)
    comment = await say(service, github, pull, "/recheck", "ana")
    assert published(github) == 4
    (delivery,) = [each for each in github.deliveries if each.event == "issue_comment"]
    await github.redeliver(delivery)
    await service.settled()
    await service.sweep()
    assert published(github) == 4
    assert replies(github, pull) == []
    reactions = [each for each in github.world.reactions.values() if each.target == comment.id]
    assert [each.content for each in reactions] == ["+1"]
    await say(service, github, pull, "/recheck", "will")
    assert published(github) == 6


async def test_a_push_after_recheck_publishes_once(service: Service, github: Sandbox) -> None:
    pull = await open_pull(service, github)
    await say(service, github, pull, "/recheck", "ana")
    sha = github.commit(REPOSITORY, BRANCH, {PATH: GOOD}, CREDIT, "ana")
    assert await service.conclusions(sha) == GREEN
    await service.sweep()
    assert published(github) == 6


# Once, whatever happens.


async def test_every_write_happens_once_however_often_it_is_looked_at(service: Service, github: Sandbox) -> None:
    pull = await open_pull(service, github)
    await say(service, github, pull, WAIVE)
    await say(service, github, pull, "/help", "ana")
    before = writes(github)
    for delivery in [each for each in github.deliveries if each.event == "issue_comment"]:
        await github.redeliver(delivery)
    await service.settled()
    await service.sweep()
    assert writes(github) == before


async def test_a_record_whose_answer_is_lost_is_not_written_twice(service: Service, github: Sandbox) -> None:
    pull = await open_pull(service, github)
    github.faults.answer(502, "POST", "*/comments", after_write=True)
    await say(service, github, pull, WAIVE)
    await service.quiet()
    assert len(replies(github, pull)) == 1
    assert await service.conclusions(pull.head_sha) == GREEN


async def test_a_record_that_did_not_land_is_written_once_it_is_sure_that_it_did_not(
    service: Service, github: Sandbox
) -> None:
    pull = await open_pull(service, github)
    github.faults.answer(502, "POST", "*/comments")
    await say(service, github, pull, WAIVE)
    assert replies(github, pull) == []
    assert await service.conclusions(pull.head_sha) == RED
    service.clock.forward(minutes=6)
    await service.sweep()
    await service.quiet()
    assert len(replies(github, pull)) == 1
    assert await service.conclusions(pull.head_sha) == GREEN


async def test_a_record_that_the_list_does_not_show_yet_is_not_written_twice(service: Service, github: Sandbox) -> None:
    pull = await open_pull(service, github)
    comment = github.comment(pull, WAIVE, "gita")
    github.faults.lag(github.world, "*/comments", times=2)
    await service.settled()
    github.edit_comment(comment, WAIVE + "!", "gita")  # another look, at a list that lags behind
    await service.settled()
    assert len(replies(github, pull)) == 1
    assert await service.conclusions(pull.head_sha) == GREEN


async def test_where_closeout_may_not_answer_the_checks_still_come(service: Service, github: Sandbox) -> None:
    pull = await open_pull(service, github)
    github.faults.answer(403, "POST", "*/comments")
    await say(service, github, pull, WAIVE)
    run = (await service.checks(pull.head_sha))[DOCUMENT_CHECK]
    assert run.conclusion == "failure"
    assert "A command could not be carried out here" in (run.output.summary or "")


async def test_a_command_that_nobody_told_of_is_found_by_the_sweep(service: Service, github: Sandbox) -> None:
    pull = await open_pull(service, github)
    hook, github.courier.url = github.courier.url, None
    github.comment(pull, WAIVE, "gita")
    github.courier.url = hook
    await service.sweep()
    await service.quiet()
    assert await service.conclusions(pull.head_sha) == GREEN


# Silence, and what it costs.


async def test_without_a_postmortem_commands_are_other_programs(service: Service, github: Sandbox) -> None:
    pull = github.open_pull(REPOSITORY, "docs", files={"README.md": "# Hello\n"}, author="ana")
    await service.settled()
    before = writes(github)
    for text in ("/help", "/recheck", WAIVE):
        await say(service, github, pull, text)
    assert writes(github) == before


async def test_talk_marks_nothing(service: Service, github: Sandbox) -> None:
    pull = await open_pull(service, github)
    before = len(github.requests)
    await say(service, github, pull, "Looks good to me. /cc @bo")
    assert len(github.requests) == before


@pytest.mark.parametrize("said", [(), (WAIVE, "/recheck")])
async def test_a_settled_pass_asks_for_the_comments_once_and_they_are_unchanged(
    service: Service, github: Sandbox, said: tuple[str, ...]
) -> None:
    pull = await open_pull(service, github)
    for text in said:
        await say(service, github, pull, text)
    opened = next(each for each in github.deliveries if each.event == "pull_request")
    for _ in range(2):  # the first sees the thumbs-up on the comment
        before = len(github.requests)
        await github.redeliver(opened)
        await service.settled()
    asked = [f"{each.status} {each.path}" for each in github.requests[before:]]
    about_people = [each for each in asked if "/comments" in each or "/collaborators" in each]
    assert about_people == [f"304 /repos/{REPOSITORY}/issues/1/comments"]
