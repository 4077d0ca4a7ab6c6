"""The real process: killed without warning, started again, its disk lost."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

from app.build import installed_build
from app.core.effects import CHECK_NAMES
from app.demo.service import Service, running_service
from app.demo.story import service_environment
from app.sandbox.driver import Sandbox
from app.sandbox.world.records import Pull
from tests.postmortems import good_postmortem
from tests.service.conftest import PATIENCE, REPOSITORY
from tests.service.documents import CREDIT, GOOD, PATH, POLICY, POLICY_PATH


@pytest.fixture(autouse=True)
def acme(github: Sandbox) -> None:
    github.person("bo", name="Bo Chen", email="bo@acme.example")
    github.create_repository(REPOSITORY, {POLICY_PATH: POLICY})
    github.install("acme", [REPOSITORY])


def open_pulls(github: Sandbox, number: int) -> list[Pull]:
    return [
        github.open_pull(REPOSITORY, f"inc-{each}", files={PATH: f"{GOOD}- Number {each}?\n"}, message=CREDIT)
        for each in range(number)
    ]


async def kill(service: Service) -> None:
    service.process.kill()
    await service.process.wait()


def lose_queue(folder: Path) -> None:
    for file in folder.glob("queue.db*"):
        file.unlink()


async def green(github: Sandbox, pulls: list[Pull]) -> None:
    """Return when each pull request has both checks, green, once."""
    changed = asyncio.Event()
    github.on_exchange(lambda _exchange: changed.set())
    async with asyncio.timeout(PATIENCE):
        while any(len(github.checks(REPOSITORY, pull.head_sha)) < len(CHECK_NAMES) for pull in pulls):
            changed.clear()
            await changed.wait()
    repository = github.world.repository(REPOSITORY)
    for pull in pulls:
        runs = github.world.runs_of(repository, pull.head_sha)
        assert sorted(run.name for run in runs) == sorted(CHECK_NAMES)
        assert {run.conclusion for run in runs} == {"success"}


async def test_killed_with_acknowledged_webhooks_in_flight_it_finishes_after_the_restart(
    github: Sandbox, tmp_path: Path
) -> None:
    environment = service_environment(github, tmp_path)
    async with running_service(environment, tmp_path / "first.log") as service:
        github.faults.hang("GET", "*/pulls/*", times=1000)
        github.deliver_to(f"{service.address}/webhook")
        pulls = open_pulls(github, 5)
        await github.delivered()
        assert {delivery.status for delivery in github.deliveries if delivery.event == "pull_request"} == {202}
        await kill(service)
    github.faults.clear()
    # Nothing may depend on the sweep here: it finds no installation.
    github.faults.answer(503, "GET", "/app/installations*", times=1000)
    async with running_service(environment, tmp_path / "second.log"):
        await green(github, pulls)


async def test_the_settings_of_another_service_in_the_shell_do_not_reach_it(
    github: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLOSEOUT_PRIVATE_KEY_FILE", str(tmp_path / "another.pem"))
    async with running_service(service_environment(github, tmp_path), tmp_path / "log"):
        pass


async def test_its_log_says_which_build_listens(github: Sandbox, tmp_path: Path) -> None:
    async with running_service(service_environment(github, tmp_path), tmp_path / "log"):
        pass
    entries = [json.loads(line) for line in (tmp_path / "log").read_text("utf-8").splitlines()]
    (listening,) = [entry for entry in entries if entry["event"] == "listening"]
    assert (listening["version"], listening["commit"]) == (installed_build().version, installed_build().commit)


async def test_with_its_queue_deleted_it_finds_everything_at_the_start(github: Sandbox, tmp_path: Path) -> None:
    environment = service_environment(github, tmp_path)
    async with running_service(environment, tmp_path / "first.log") as service:
        await kill(service)
    lose_queue(tmp_path)
    pulls = open_pulls(github, 3)
    async with running_service(environment, tmp_path / "second.log"):
        await green(github, pulls)


async def test_killed_between_two_batches_of_annotations_it_publishes_them_all(github: Sandbox, tmp_path: Path) -> None:
    environment = service_environment(github, tmp_path)
    items = "".join(f"- Improve part {number}.\n" for number in range(60))
    text = GOOD.replace("## Verification", f"{items}\n## Verification")
    pull = github.open_pull(REPOSITORY, "inc", files={PATH: text}, message=CREDIT)
    github.faults.hang("PATCH", "*/check-runs/*")
    asked = asyncio.Event()
    github.on_exchange(
        lambda exchange: asked.set() if exchange.method == "POST" and "check-runs" in exchange.path else None
    )
    async with running_service(environment, tmp_path / "first.log") as service:
        await asyncio.wait_for(asked.wait(), PATIENCE)
        await kill(service)
    github.faults.clear()
    finished = asyncio.Event()
    github.on_exchange(lambda _exchange: finished.set())
    async with running_service(environment, tmp_path / "second.log"), asyncio.timeout(PATIENCE):
        while not (runs := github.checks(REPOSITORY, pull.head_sha)).get(CHECK_NAMES[1]):
            finished.clear()
            await finished.wait()
    run = runs[CHECK_NAMES[0]]
    assert len({remark.start_line for remark in run.output.annotations}) >= 60
    assert not run.external_id.endswith("unfinished")


async def test_killed_between_a_waiver_and_its_check_it_does_the_rest_once(github: Sandbox, tmp_path: Path) -> None:
    github.grant(REPOSITORY, "gita", "maintain")
    text = GOOD.replace(" Success criterion: a deploy with pool size 20 is refused in staging.", "")
    pull = github.open_pull(REPOSITORY, "inc", files={PATH: text}, message=CREDIT)
    github.comment(pull, "/waive CO413 the vendor tests it", "gita")
    environment = service_environment(github, tmp_path)
    github.faults.hang("POST", "*/check-runs", times=1000)
    asked = asyncio.Event()
    github.on_exchange(
        lambda exchange: asked.set() if exchange.method == "POST" and exchange.path.endswith("/comments") else None
    )
    async with running_service(environment, tmp_path / "first.log") as service:
        await asyncio.wait_for(asked.wait(), PATIENCE)
        await kill(service)
    github.faults.clear()
    lose_queue(tmp_path)
    async with running_service(environment, tmp_path / "second.log"):
        await green(github, [pull])
    assert len(github.comments(pull)) == 2


@pytest.mark.parametrize("is_queue_lost", [False, True], ids=["restarted", "with its queue lost"])
async def test_killed_in_the_middle_of_a_follow_up_it_opens_nothing_twice(
    github: Sandbox, tmp_path: Path, is_queue_lost: bool
) -> None:
    environment = service_environment(github, tmp_path)
    github.faults.hang("POST", "*/sub_issues")
    asked = asyncio.Event()
    github.on_exchange(lambda exchange: asked.set() if "Alert" in str(_titles(github)) else None)
    async with running_service(environment, tmp_path / "first.log") as service:
        github.deliver_to(f"{service.address}/webhook")
        actions = "- [ ] Alert on the pool\n  - Owner: @bo\n  - Deadline: 2026-12-18\n  - Success criterion: it fires"
        github.edit_document(REPOSITORY, PATH, good_postmortem(actions=actions))
        await asyncio.wait_for(asked.wait(), PATIENCE)
        await kill(service)
    github.faults.clear()
    if is_queue_lost:
        lose_queue(tmp_path)
    changed = asyncio.Event()
    github.on_exchange(lambda _exchange: changed.set())
    async with running_service(environment, tmp_path / "second.log"), asyncio.timeout(PATIENCE):
        while "#2 Alert" not in (github.issue(REPOSITORY, 1).body or ""):
            changed.clear()
            await changed.wait()
    assert _titles(github) == ["Checkout returned errors for 42 minutes (SEV-2)", "Alert on the pool"]


def _titles(github: Sandbox) -> list[str]:
    return [each.title for each in github.issues(REPOSITORY)]


@pytest.mark.parametrize("name", ["CLOSEOUT_APP_ID", "CLOSEOUT_PRIVATE_KEY", "CLOSEOUT_WEBHOOK_SECRET"])
async def test_a_missing_variable_is_one_line_and_exit_status_2(github: Sandbox, tmp_path: Path, name: str) -> None:
    environment = {**os.environ, **service_environment(github, tmp_path)}
    del environment[name]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app", "serve"), env=environment, stderr=asyncio.subprocess.PIPE
    )
    _, error = await process.communicate()
    assert process.returncode == 2
    assert error.decode().count("\n") == 1
    assert name in error.decode()
