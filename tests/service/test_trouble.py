"""GitHub is slow, moody or gone; the service is killed; its disk is lost. The checks are right all the same."""

from __future__ import annotations

import pytest

from app.core.effects import CO_AUTHOR_CHECK, DOCUMENT_CHECK
from app.sandbox.driver import Sandbox
from app.sandbox.world.records import Pull
from tests.service.conftest import REPOSITORY, Service
from tests.service.documents import CREDIT, GOOD, PATH, POLICY, POLICY_PATH

GREEN = ("success", "success")
CHECK_RUNS = "*/check-runs"
ONCE = sorted([DOCUMENT_CHECK, CO_AUTHOR_CHECK])


@pytest.fixture(autouse=True)
def acme(github: Sandbox) -> None:
    github.person("bo", name="Bo Chen", email="bo@acme.example")
    github.create_repository(REPOSITORY, {POLICY_PATH: POLICY})
    github.install("acme", [REPOSITORY])


def open_pull(github: Sandbox) -> Pull:
    return github.open_pull(REPOSITORY, "inc", files={PATH: GOOD}, message=CREDIT)


def landed(github: Sandbox, sha: str) -> list[str]:
    """The names of the check runs on a commit, also those that a newer one hides."""
    return sorted(run.name for run in github.world.runs_of(github.world.repository(REPOSITORY), sha))


async def test_tokens_that_expired_are_replaced(service: Service, github: Sandbox) -> None:
    open_pull(github)
    await service.settled()
    github.expire_tokens()
    sha = github.commit(REPOSITORY, "inc", {PATH: GOOD + "\n"}, CREDIT)
    assert await service.conclusions(sha) == GREEN


async def test_a_502_before_the_write_is_tried_again(service: Service, github: Sandbox) -> None:
    github.faults.answer(502, "POST", CHECK_RUNS, times=2)
    pull = open_pull(github)
    assert await service.conclusions(pull.head_sha) == GREEN
    assert landed(github, pull.head_sha) == ONCE


async def test_a_502_after_the_write_leads_to_no_second_run(service: Service, github: Sandbox) -> None:
    github.faults.answer(502, "POST", CHECK_RUNS, times=2, after_write=True)
    pull = open_pull(github)
    assert await service.conclusions(pull.head_sha) == GREEN
    assert landed(github, pull.head_sha) == ONCE


async def test_a_lost_answer_leads_to_no_second_run(service: Service, github: Sandbox) -> None:
    github.faults.drop("POST", CHECK_RUNS, after_write=True)
    pull = open_pull(github)
    assert await service.conclusions(pull.head_sha) == GREEN
    assert landed(github, pull.head_sha) == ONCE


async def test_a_secondary_limit_puts_the_key_back_until_then(service: Service, github: Sandbox) -> None:
    github.faults.secondary_limit("POST", CHECK_RUNS, retry_after=300)
    pull = open_pull(github)
    await service.settled()
    before = len(github.requests)
    github.commit(REPOSITORY, "inc", {"note.txt": "x"})
    await service.settled()
    assert len(github.requests) == before, "a webhook must not cut the wait short"
    assert github.checks(REPOSITORY, pull.head_sha) == {}
    assert (await service.queue.depth()).waiting >= 1


async def test_an_unfinished_batch_of_annotations_is_published_afresh(service: Service, github: Sandbox) -> None:
    items = "".join(f"- Improve part {number}.\n" for number in range(60))
    text = GOOD.replace("## Verification", f"{items}\n## Verification")
    github.faults.answer(502, "PATCH", "*/check-runs/*")
    pull = github.open_pull(REPOSITORY, "inc", files={PATH: text}, message=CREDIT)
    run = (await service.checks(pull.head_sha))[DOCUMENT_CHECK]
    assert landed(github, pull.head_sha).count(DOCUMENT_CHECK) == 2
    assert len({each.start_line for each in run.output.annotations}) >= 60


async def test_a_check_that_cannot_be_reached_fails_with_the_reason(service: Service, github: Sandbox) -> None:
    github.faults.answer(500, "GET", "*/files", times=1000)
    pull = open_pull(github)
    runs = await service.checks(pull.head_sha)
    assert {run.conclusion for run in runs.values()} == {"failure"}
    assert "500" in (runs[DOCUMENT_CHECK].output.summary or "")
    assert len(await service.queue.parked()) == 1
    github.faults.clear()
    github.rerequest(runs[DOCUMENT_CHECK])
    assert await service.conclusions(pull.head_sha) == GREEN


async def test_a_sweep_releases_what_was_parked_though_it_is_found_in_no_list_any_more(
    service: Service, github: Sandbox
) -> None:
    github.faults.answer(500, "GET", "*/files", times=1000)
    pull = open_pull(github)
    await service.settled()
    assert len(await service.queue.parked()) == 1
    github.courier.url = None  # nobody hears that it is closed
    github.close(pull)
    github.faults.clear()
    await service.sweep()
    assert await service.queue.parked() == []


async def test_the_sweep_finds_what_no_webhook_told(service: Service, github: Sandbox) -> None:
    hook, github.courier.url = github.courier.url, None
    pull = open_pull(github)
    await service.settled()
    assert github.checks(REPOSITORY, pull.head_sha) == {}
    github.courier.url = hook
    await service.sweep()
    assert await service.conclusions(pull.head_sha) == GREEN


async def test_a_new_installation_finds_the_pull_requests_that_wait(service: Service, github: Sandbox) -> None:
    github.uninstall(next(iter(github.world.installations.values())))
    pull = open_pull(github)
    await service.settled()
    assert github.checks(REPOSITORY, pull.head_sha) == {}
    github.install("acme", [REPOSITORY])
    assert await service.conclusions(pull.head_sha) == GREEN


async def test_a_sweep_never_gives_up(service: Service, github: Sandbox) -> None:
    github.faults.answer(503, "GET", "/app/installations*", times=1000)
    await service.sweep()
    assert await service.queue.parked() == []
    assert (await service.queue.depth()).waiting == 1


async def test_a_second_sweep_writes_nothing(service: Service, github: Sandbox) -> None:
    pull = open_pull(github)
    await service.sweep()
    await service.sweep()
    assert landed(github, pull.head_sha) == ONCE


async def test_a_repository_that_was_taken_away_is_let_go(service: Service, github: Sandbox) -> None:
    installation = next(iter(github.world.installations.values()))
    pull = open_pull(github)
    github.suspend(installation)
    await service.settled()
    await service.sweep()
    assert await service.queue.parked() == []
    assert github.checks(REPOSITORY, pull.head_sha) == {}


async def test_a_renamed_repository_keeps_its_checks(service: Service, github: Sandbox) -> None:
    open_pull(github)
    await service.settled()
    renamed = github.rename(REPOSITORY, "reviews")
    sha = github.commit(renamed, "inc", {PATH: GOOD + "\n"}, CREDIT)
    await service.settled()
    assert [run.conclusion for run in github.checks(renamed, sha).values()] == ["success", "success"]


async def test_a_list_that_lags_behind_hides_no_pull_request(service: Service, github: Sandbox) -> None:
    github.faults.lag(github.world, "*/pulls", times=50)
    pull = open_pull(github)
    assert await service.conclusions(pull.head_sha) == GREEN
