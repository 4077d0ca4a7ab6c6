"""A maintainer lets a finding pass in a pull request: the real service against the sandbox."""

from __future__ import annotations

import pytest

from app.core.effects import CO_AUTHOR_CHECK, DOCUMENT_CHECK
from app.core.records import CommentMark, record_of
from app.core.repository_facts import ACTION_LABEL, POSTMORTEM_LABEL
from app.core.waiver import Waiver
from app.sandbox.driver import Sandbox
from tests.service.conftest import REPOSITORY, Service
from tests.service.conversations import (
    BRANCH,
    GREEN,
    RED,
    UNMEASURED,
    UNOWNED,
    WAIVE,
    open_pull,
    replies,
    say,
    set_up,
)
from tests.service.documents import CREDIT, GOOD, PATH


@pytest.fixture(autouse=True)
def acme(github: Sandbox) -> None:
    set_up(github)


async def test_a_maintainers_waiver_lets_the_finding_pass_and_is_shown(service: Service, github: Sandbox) -> None:
    pull = await open_pull(service, github)
    assert await service.conclusions(pull.head_sha) == RED
    comment = await say(service, github, pull, WAIVE)
    assert await service.conclusions(pull.head_sha) == GREEN
    run = (await service.checks(pull.head_sha))[DOCUMENT_CHECK]
    assert run.output.title == "Ready, with 1 finding waived"
    assert "CO413 action-criterion-missing** was waived by [gita]" in (run.output.summary or "")
    assert "the vendor tests it" in (run.output.summary or "")
    assert "@ops" not in (run.output.summary or "")
    assert {each.level for each in run.output.annotations} == {"notice"}
    (reply,) = replies(github, pull)
    assert "@ops" not in reply.body
    granted = Waiver(
        code="CO413",
        reason="the vendor tests it, ask @ops",
        by="gita",
        who=github.world.account("gita").id,
        permission="maintain",
        comment=comment.id,
    )
    assert record_of(reply.body) == CommentMark(about=f"answer:{comment.id}", waiver=granted)


async def test_a_rule_may_be_called_by_its_name(service: Service, github: Sandbox) -> None:
    pull = await open_pull(service, github)
    await say(service, github, pull, "/waive action-criterion-missing: the vendor tests it")
    assert await service.conclusions(pull.head_sha) == GREEN


async def test_a_waiver_survives_pushes_and_covers_what_they_bring(service: Service, github: Sandbox) -> None:
    pull = await open_pull(service, github)
    await say(service, github, pull, WAIVE)
    worse = UNMEASURED.replace(
        " Success criterion: blocking the card provider in staging pages within 5 minutes.", ""
    ).replace(" Owner: @bo.", "")
    sha = github.commit(REPOSITORY, BRANCH, {PATH: worse}, CREDIT, "ana")
    run = (await service.checks(sha))[DOCUMENT_CHECK]
    assert (run.conclusion, run.output.title) == ("failure", "1 error to mend, 2 findings waived")
    assert len(replies(github, pull)) == 1


async def test_it_holds_for_its_pull_request_alone(service: Service, github: Sandbox) -> None:
    pull = await open_pull(service, github)
    await say(service, github, pull, WAIVE)
    other = github.open_pull(
        REPOSITORY, "inc-43", files={"postmortems/other.md": UNMEASURED}, author="ana", message=CREDIT
    )
    assert await service.conclusions(other.head_sha) == RED


async def test_of_two_pull_requests_on_one_commit_only_one_is_waived(service: Service, github: Sandbox) -> None:
    pull = await open_pull(service, github)
    github.push(REPOSITORY, "again", pull.head_sha)
    twin = github.open_pull(REPOSITORY, "again", author="ana")
    await service.settled()
    await say(service, github, twin, WAIVE)
    assert await service.conclusions(pull.head_sha) == RED
    await say(service, github, pull, WAIVE)
    assert await service.conclusions(pull.head_sha) == GREEN


async def test_the_merge_queue_repeats_it(service: Service, github: Sandbox) -> None:
    pull = await open_pull(service, github)
    await say(service, github, pull, WAIVE)
    before = len(replies(github, pull))
    group = github.enqueue(pull)
    runs = await service.checks(group.head_sha)
    assert {run.conclusion for run in runs.values()} == {"success"}
    assert "was waived by" in (runs[DOCUMENT_CHECK].output.summary or "")
    assert len(replies(github, pull)) == before


async def test_the_co_author_can_be_waived_and_that_check_shows_it(service: Service, github: Sandbox) -> None:
    pull = await open_pull(service, github, GOOD, message="Write")
    assert await service.conclusions(pull.head_sha) == ("success", "failure")
    await say(service, github, pull, "/waive CO602 Bo is on leave")
    assert await service.conclusions(pull.head_sha) == GREEN
    runs = await service.checks(pull.head_sha)
    assert "was waived by" in (runs[CO_AUTHOR_CHECK].output.summary or "")
    assert "was waived by" not in (runs[DOCUMENT_CHECK].output.summary or "")


async def test_a_waived_commander_is_no_longer_missed_by_either_check(service: Service, github: Sandbox) -> None:
    text = GOOD.replace("- Incident commander: @ana\n", "")
    pull = await open_pull(service, github, text)
    assert await service.conclusions(pull.head_sha) == ("failure", "failure")
    await say(service, github, pull, "/waive CO120 nobody remembers")
    assert await service.conclusions(pull.head_sha) == GREEN
    runs = await service.checks(pull.head_sha)
    assert all("was waived by" in (run.output.summary or "") for run in runs.values())


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("will", "somebody who maintains this repository"),
        ("eve", "somebody who maintains this repository"),
        ("ana", "is yours"),
        ("bo", "is yours"),
    ],
)
async def test_nobody_else_can_waive(service: Service, github: Sandbox, who: str, words: str) -> None:
    pull = await open_pull(service, github)
    await say(service, github, pull, WAIVE, who)
    assert await service.conclusions(pull.head_sha) == RED
    (reply,) = replies(github, pull)
    assert words in reply.body


async def test_whoever_becomes_an_author_has_waived_nothing(service: Service, github: Sandbox) -> None:
    pull = await open_pull(service, github)
    await say(service, github, pull, WAIVE)
    joined = UNMEASURED.replace("Bo Chen (@bo)\n", "Bo Chen (@bo), Gita Rao (@gita)\n")
    sha = github.commit(REPOSITORY, BRANCH, {PATH: joined}, CREDIT, "ana")
    assert await service.conclusions(sha) == RED
    run = (await service.checks(sha))[DOCUMENT_CHECK]
    assert "who is an author now" in (run.output.summary or "")


async def test_words_that_somebody_else_put_into_a_comment_waive_nothing(service: Service, github: Sandbox) -> None:
    pull = await open_pull(service, github)
    comment = await say(service, github, pull, "I will look at it.")
    service.clock.forward(minutes=1)  # GitHub's instants are whole seconds
    github.edit_comment(comment, WAIVE, "will")
    await service.settled()
    assert await service.conclusions(pull.head_sha) == RED
    (reply,) = replies(github, pull)
    assert "the comment was edited" in reply.body


async def test_later_edits_of_the_comment_are_ignored(service: Service, github: Sandbox) -> None:
    pull = await open_pull(service, github)
    comment = await say(service, github, pull, WAIVE)
    service.clock.forward(minutes=1)  # GitHub's instants are whole seconds
    github.edit_comment(comment, "/waive CO402 after all", "gita")
    await service.settled()
    assert await service.conclusions(pull.head_sha) == GREEN
    assert len(replies(github, pull)) == 1


# Taking it back.


async def test_a_deleted_record_takes_the_waiver_back_until_it_is_said_again(service: Service, github: Sandbox) -> None:
    pull = await open_pull(service, github)
    await say(service, github, pull, WAIVE)
    github.delete_comment(replies(github, pull)[0], "will")
    assert await service.conclusions(pull.head_sha) == RED
    (reply,) = replies(github, pull)
    assert "is no longer waived" in reply.body
    sha = github.commit(REPOSITORY, BRANCH, {PATH: UNMEASURED + "\nMore.\n"}, CREDIT, "ana")
    assert await service.conclusions(sha) == RED
    await say(service, github, pull, WAIVE)
    assert await service.conclusions(sha) == GREEN


@pytest.mark.parametrize("text", ["no more", None])
async def test_an_edited_record_counts_no_more(service: Service, github: Sandbox, text: str | None) -> None:
    pull = await open_pull(service, github)
    await say(service, github, pull, WAIVE)
    (reply,) = replies(github, pull)
    service.clock.forward(minutes=1)  # GitHub's instants are whole seconds
    github.edit_comment(reply, text or reply.body.replace("CO413", "CO402"), "will")
    assert await service.conclusions(pull.head_sha) == RED
    await service.sweep()
    assert await service.conclusions(pull.head_sha) == RED


async def test_a_marker_that_somebody_else_wrote_waives_nothing(service: Service, github: Sandbox) -> None:
    pull = await open_pull(service, github)
    await say(service, github, pull, WAIVE)
    (reply,) = replies(github, pull)
    github.delete_comment(reply)
    await say(service, github, pull, reply.body, "will")
    assert await service.conclusions(pull.head_sha) == RED


# After the merge.


@pytest.mark.parametrize(
    ("text", "code", "people"), [(UNOWNED, "CO402", ["ana"]), (UNMEASURED, "CO413", ["ana", "bo"])]
)
async def test_what_merged_incomplete_goes_to_the_authors_to_complete(
    service: Service, github: Sandbox, text: str, code: str, people: list[str]
) -> None:
    pull = await open_pull(service, github, text)
    await say(service, github, pull, f"/waive {code} we will add it")
    assert await service.conclusions(pull.head_sha) == GREEN
    github.merge(pull)
    await service.quiet()
    issues = github.issues(REPOSITORY)
    (tracking,) = [each for each in issues if POSTMORTEM_LABEL in github.labels(each)]
    (incomplete,) = [each for each in issues if ACTION_LABEL in github.labels(each) and "Reject" in each.title]
    assert f"**Incomplete: #{incomplete.number}.**" in (tracking.body or "")
    assert github.assignees(incomplete) == people
