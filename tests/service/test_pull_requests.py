"""A pull request, from the webhook to the checks."""

from __future__ import annotations

import pytest

from app.core.effects import CO_AUTHOR_CHECK, DOCUMENT_CHECK
from app.sandbox.driver import Sandbox
from app.sandbox.world.records import Pull
from tests.service.conftest import REPOSITORY, Service
from tests.service.documents import BAD, CREDIT, GOOD, PATH, POLICY, POLICY_PATH, line_of

BRANCH = "inc-42"
GREEN = ("success", "success")
RED = ("failure", "failure")
SKIPPED = ("skipped", "skipped")
NEUTRAL = ("neutral", "neutral")


@pytest.fixture(autouse=True)
def acme(github: Sandbox) -> None:
    """Ana and Bo, and their repository of postmortems with a policy."""
    github.person("ana", name="Ana Ruiz", email="ana@acme.example")
    github.person("bo", name="Bo Chen", email="bo@acme.example")
    github.create_repository(REPOSITORY, {POLICY_PATH: POLICY, "README.md": "# Postmortems\n"})
    github.install("acme", [REPOSITORY])


def open_pull(github: Sandbox, text: str, *, draft: bool = False, message: str = "Write", branch: str = BRANCH) -> Pull:
    return github.open_pull(REPOSITORY, branch, files={PATH: text}, author="ana", draft=draft, message=message)


def created(github: Sandbox) -> list[str]:
    """The names of the check runs that were asked for, in order."""
    return [each.body["name"] for each in github.requests if each.operation == "POST /repos/{owner}/{repo}/check-runs"]


async def test_a_bad_postmortem_is_red_with_its_problems_at_their_lines(service: Service, github: Sandbox) -> None:
    pull = open_pull(github, BAD)
    runs = await service.checks(pull.head_sha)
    assert {run.conclusion for run in runs.values()} == {"failure"}
    remarks = {
        (each.start_line, (each.title or "").split()[1]) for each in github.annotations(REPOSITORY, pull.head_sha)
    }
    assert (line_of(BAD, "Better monitoring"), "action-vague") in remarks
    assert (line_of(BAD, "- Somebody found"), "timeline-entry-without-time") in remarks
    assert all(each.path == PATH for each in github.annotations(REPOSITORY, pull.head_sha))


async def test_mended_with_a_co_author_it_is_green(service: Service, github: Sandbox) -> None:
    pull = open_pull(github, BAD)
    assert await service.conclusions(pull.head_sha) == RED
    sha = github.commit(REPOSITORY, BRANCH, {PATH: GOOD}, CREDIT, "ana")
    assert await service.conclusions(sha) == GREEN


async def test_the_co_author_may_as_well_review(service: Service, github: Sandbox) -> None:
    pull = open_pull(github, GOOD)
    assert await service.conclusions(pull.head_sha) == ("success", "failure")
    review = github.review(pull, "bo")
    assert await service.conclusions(pull.head_sha) == GREEN
    github.dismiss_review(review)
    assert await service.conclusions(pull.head_sha) == ("success", "failure")


async def test_a_pull_request_without_a_postmortem_is_skipped(service: Service, github: Sandbox) -> None:
    pull = github.open_pull(REPOSITORY, "docs", files={"README.md": "# Hello\n"})
    assert await service.conclusions(pull.head_sha) == SKIPPED


async def test_without_a_policy_there_are_no_checks(service: Service, github: Sandbox) -> None:
    github.commit(REPOSITORY, "main", {POLICY_PATH: None})
    pull = open_pull(github, BAD)
    await service.settled()
    assert github.checks(REPOSITORY, pull.head_sha) == {}


async def test_a_draft_is_told_but_not_failed(service: Service, github: Sandbox) -> None:
    pull = open_pull(github, BAD, draft=True)
    assert await service.conclusions(pull.head_sha) == NEUTRAL
    assert {each.level for each in github.annotations(REPOSITORY, pull.head_sha)} <= {"warning", "notice"}
    github.mark_ready(pull)
    assert await service.conclusions(pull.head_sha) == RED
    github.convert_to_draft(pull)
    assert await service.conclusions(pull.head_sha) == NEUTRAL


async def test_status_draft_does_not_let_a_ready_pull_request_through(service: Service, github: Sandbox) -> None:
    pull = open_pull(github, GOOD.replace("Status: review", "Status: draft"), message=CREDIT)
    assert await service.conclusions(pull.head_sha) == ("failure", "success")


async def test_an_advisory_policy_holds_nothing_up(service: Service, github: Sandbox) -> None:
    github.commit(REPOSITORY, "main", {POLICY_PATH: POLICY + "enforce: false\n"})
    pull = open_pull(github, BAD)
    assert await service.conclusions(pull.head_sha) == NEUTRAL


async def test_a_fork_is_checked_too(service: Service, github: Sandbox) -> None:
    fork = github.fork(REPOSITORY, "ana")
    github.commit(fork, BRANCH, {PATH: BAD}, "Write", "ana")
    pull = github.open_pull(REPOSITORY, BRANCH, fork=fork, author="ana")
    runs = await service.checks(pull.head_sha)
    assert {run.conclusion for run in runs.values()} == {"failure"}
    github.rerequest(runs[DOCUMENT_CHECK])
    await service.settled()
    assert created(github) == [DOCUMENT_CHECK, CO_AUTHOR_CHECK] * 2


async def test_a_new_base_is_a_new_look(service: Service, github: Sandbox) -> None:
    github.commit(REPOSITORY, "release", {"notes.txt": "x"})
    pull = github.open_pull(REPOSITORY, BRANCH, files={PATH: BAD}, author="ana")
    await service.settled()
    github.commit(REPOSITORY, "release", {PATH: BAD})
    github.edit(pull, base="release")
    runs = await service.checks(pull.head_sha)
    assert runs[DOCUMENT_CHECK].conclusion == "failure"


async def test_two_pull_requests_on_one_commit_share_the_stricter_verdict(service: Service, github: Sandbox) -> None:
    ready = open_pull(github, BAD)
    github.push(REPOSITORY, "again", ready.head_sha)
    draft = github.open_pull(REPOSITORY, "again", draft=True, author="ana")
    assert draft.head_sha == ready.head_sha
    assert await service.conclusions(ready.head_sha) == RED
    github.close(ready)
    assert await service.conclusions(ready.head_sha) == NEUTRAL
    github.reopen(ready)
    assert await service.conclusions(ready.head_sha) == RED


async def test_a_merge_group_repeats_the_verdict(service: Service, github: Sandbox) -> None:
    pull = open_pull(github, GOOD, message=CREDIT)
    group = github.enqueue(pull)
    assert group.head_sha != pull.head_sha
    runs = await service.checks(group.head_sha)
    assert {run.conclusion for run in runs.values()} == {"success"}
    github.rerequest(runs[DOCUMENT_CHECK])
    await service.settled()
    assert created(github).count(DOCUMENT_CHECK) == 3


async def test_a_merge_group_that_nobody_told_of_is_found_by_the_sweep(service: Service, github: Sandbox) -> None:
    pull = open_pull(github, GOOD, message=CREDIT)
    await service.settled()
    hook, github.courier.url = github.courier.url, None
    group = github.enqueue(pull)
    await service.settled()
    assert github.checks(REPOSITORY, group.head_sha) == {}
    github.courier.url = hook
    await service.sweep()
    await service.quiet()
    assert await service.conclusions(group.head_sha) == GREEN


async def test_a_merge_group_that_has_merged_is_left_alone(service: Service, github: Sandbox) -> None:
    pull = open_pull(github, GOOD, message=CREDIT)
    await service.settled()
    github.courier.hold()
    group = github.enqueue(pull)
    github.merge_group(group)
    github.courier.release()
    await service.settled()
    assert DOCUMENT_CHECK not in github.checks(REPOSITORY, group.head_sha)


async def test_the_same_event_again_publishes_nothing(service: Service, github: Sandbox) -> None:
    pull = open_pull(github, BAD)
    await service.checks(pull.head_sha)
    opened = next(each for each in github.deliveries if each.event == "pull_request")
    await github.redeliver(opened)
    await service.settled()
    assert created(github) == [DOCUMENT_CHECK, CO_AUTHOR_CHECK]


async def test_re_run_publishes_afresh(service: Service, github: Sandbox) -> None:
    pull = open_pull(github, BAD)
    runs = await service.checks(pull.head_sha)
    github.rerequest(runs[DOCUMENT_CHECK])
    await service.settled()
    github.rerequest_all(github.suite(runs[DOCUMENT_CHECK]))
    await service.settled()
    assert created(github) == [DOCUMENT_CHECK, CO_AUTHOR_CHECK] * 3


async def test_only_what_a_pull_request_introduces_can_fail_it(service: Service, github: Sandbox) -> None:
    github.commit(REPOSITORY, "main", {PATH: BAD})
    typo = BAD.replace("its status page was yellow", "its status page was amber")
    pull = open_pull(github, typo)
    runs = await service.checks(pull.head_sha)
    assert {run.conclusion for run in runs.values()} == {"success"}
    assert "left alone" in (runs[DOCUMENT_CHECK].output.summary or "")
    worse = typo.replace("## Verification", "- Improve documentation.\n\n## Verification")
    sha = github.commit(REPOSITORY, BRANCH, {PATH: worse}, author="ana")
    runs = await service.checks(sha)
    assert runs[DOCUMENT_CHECK].conclusion == "failure"
    lines = {each.start_line for each in runs[DOCUMENT_CHECK].output.annotations if each.level == "failure"}
    assert lines == {line_of(worse, "Improve documentation")}


async def test_emptying_a_postmortem_is_no_way_out(service: Service, github: Sandbox) -> None:
    github.commit(REPOSITORY, "main", {POLICY_PATH: "version: 1\n", "notes/inc.md": GOOD})
    pull = github.open_pull(REPOSITORY, BRANCH, files={"notes/inc.md": "Nothing happened.\n"}, author="ana")
    assert (await service.conclusions(pull.head_sha))[0] == "failure"


async def test_a_moved_postmortem_is_compared_with_itself(service: Service, github: Sandbox) -> None:
    github.commit(REPOSITORY, "main", {PATH: BAD})
    moved = {PATH: None, "postmortems/2026/checkout.md": BAD.replace("yellow", "amber")}
    pull = github.open_pull(REPOSITORY, BRANCH, files=moved, author="ana")
    assert await service.conclusions(pull.head_sha) == GREEN


async def test_a_deleted_postmortem_is_not_checked(service: Service, github: Sandbox) -> None:
    github.commit(REPOSITORY, "main", {PATH: BAD})
    pull = github.open_pull(REPOSITORY, BRANCH, files={PATH: None}, author="ana")
    assert await service.conclusions(pull.head_sha) == SKIPPED


async def test_several_postmortems_get_a_verdict_each(service: Service, github: Sandbox) -> None:
    both = {PATH: GOOD, "postmortems/other.md": BAD}
    pull = github.open_pull(REPOSITORY, BRANCH, files=both, author="ana", message=CREDIT)
    runs = await service.checks(pull.head_sha)
    summary = runs[DOCUMENT_CHECK].output.summary or ""
    assert runs[DOCUMENT_CHECK].conclusion == "failure"
    assert "✅ ready" in summary
    assert "❌ not ready" in summary


@pytest.mark.parametrize("content", [b"\xff\xfe not text", b"x" * (1024 * 1024 + 1)])
async def test_a_document_that_cannot_be_read_fails_with_the_reason(
    service: Service, github: Sandbox, content: bytes
) -> None:
    pull = github.open_pull(REPOSITORY, BRANCH, files={PATH: content}, author="ana")
    runs = await service.checks(pull.head_sha)
    assert runs[DOCUMENT_CHECK].conclusion == "failure"


async def test_a_document_far_too_large_is_not_even_read(service: Service, github: Sandbox) -> None:
    pull = github.open_pull(REPOSITORY, BRANCH, files={PATH: b"x" * 3_000_000}, author="ana")
    runs = await service.checks(pull.head_sha)
    assert {run.conclusion for run in runs.values()} == {"failure"}
    assert "larger than 1 MiB" in (runs[DOCUMENT_CHECK].output.summary or "")


async def test_more_than_fifty_findings_are_all_annotated(service: Service, github: Sandbox) -> None:
    items = "".join(f"- Improve part {number}.\n" for number in range(60))
    pull = open_pull(github, GOOD.replace("## Verification", f"{items}\n## Verification"), message=CREDIT)
    run = (await service.checks(pull.head_sha))[DOCUMENT_CHECK]
    assert run.conclusion == "failure"
    lines = {each.start_line for each in run.output.annotations}
    assert len(lines) >= 60
    assert len(run.output.annotations) > 100
    assert "/unfinished" not in run.external_id


async def test_an_owner_who_cannot_be_assigned_is_named_before_the_merge(service: Service, github: Sandbox) -> None:
    github.grant(REPOSITORY, "ana", "write")
    pull = open_pull(github, GOOD, message=CREDIT)
    run = (await service.checks(pull.head_sha))[DOCUMENT_CHECK]
    assert run.conclusion == "success"
    summary = (run.output.summary or "").replace("\u200b", "")
    assert "GitHub cannot assign issues in this repository to @bo." in summary
    github.grant(REPOSITORY, "bo", "write")
    service.clock.forward(hours=1, minutes=1)  # who can be assigned is asked for once an hour
    sha = github.commit(REPOSITORY, BRANCH, {PATH: GOOD + "\nMore.\n"}, CREDIT, "ana")
    assert "cannot assign" not in ((await service.checks(sha))[DOCUMENT_CHECK].output.summary or "")
