"""Which policy holds, and what happens while it is broken."""

from __future__ import annotations

import pytest

from app.core.effects import CO_AUTHOR_CHECK, DOCUMENT_CHECK
from app.sandbox.driver import Sandbox
from tests.service.conftest import REPOSITORY, Service
from tests.service.documents import BAD, CREDIT, GOOD, PATH, POLICY, POLICY_PATH

BROKEN = "version: 1\nenforced: true\n"


@pytest.fixture(autouse=True)
def acme(github: Sandbox) -> None:
    github.person("bo", name="Bo Chen", email="bo@acme.example")
    github.create_repository(REPOSITORY, {"README.md": "# Postmortems\n"})
    github.install("acme")


async def test_a_broken_policy_fails_the_checks_at_its_line(service: Service, github: Sandbox) -> None:
    github.commit(REPOSITORY, "main", {POLICY_PATH: BROKEN})
    pull = github.open_pull(REPOSITORY, "inc", files={PATH: GOOD}, message=CREDIT)
    runs = await service.checks(pull.head_sha)
    for name in (DOCUMENT_CHECK, CO_AUTHOR_CHECK):
        assert runs[name].conclusion == "failure"
        (remark,) = runs[name].output.annotations
        assert (remark.path, remark.start_line) == (POLICY_PATH, 2)
        assert "enforce" in remark.message


async def test_a_pull_request_that_mends_the_policy_passes(service: Service, github: Sandbox) -> None:
    github.commit(REPOSITORY, "main", {POLICY_PATH: BROKEN})
    pull = github.open_pull(REPOSITORY, "mend", files={POLICY_PATH: POLICY})
    assert await service.conclusions(pull.head_sha) == ("success", "success")


async def test_a_pull_request_that_would_break_the_policy_fails(service: Service, github: Sandbox) -> None:
    github.commit(REPOSITORY, "main", {POLICY_PATH: POLICY})
    pull = github.open_pull(REPOSITORY, "break", files={POLICY_PATH: BROKEN})
    assert (await service.conclusions(pull.head_sha))[0] == "failure"


async def test_the_policy_in_a_pull_request_does_not_judge_it(service: Service, github: Sandbox) -> None:
    github.commit(REPOSITORY, "main", {POLICY_PATH: POLICY})
    pull = github.open_pull(REPOSITORY, "inc", files={PATH: BAD, POLICY_PATH: POLICY + "enforce: false\n"})
    assert (await service.conclusions(pull.head_sha))[0] == "failure"


async def test_a_changed_policy_is_applied_to_every_open_pull_request(service: Service, github: Sandbox) -> None:
    github.commit(REPOSITORY, "main", {POLICY_PATH: POLICY})
    pull = github.open_pull(REPOSITORY, "inc", files={PATH: BAD})
    assert (await service.conclusions(pull.head_sha))[0] == "failure"
    github.commit(REPOSITORY, "main", {POLICY_PATH: POLICY + "enforce: false\n"})
    assert (await service.conclusions(pull.head_sha))[0] == "neutral"


async def test_the_organisations_policy_speaks_for_the_repositories_it_names(service: Service, github: Sandbox) -> None:
    shared = 'version: 1\nrepositories: ["post*"]\n'
    github.create_repository("acme/.github", {"closeout.yml": shared})
    github.create_repository("acme/shop", {"README.md": "# Shop\n"})
    named = github.open_pull(REPOSITORY, "inc", files={PATH: BAD})
    other = github.open_pull("acme/shop", "inc", files={PATH: BAD})
    assert (await service.conclusions(named.head_sha))[0] == "failure"
    assert github.checks("acme/shop", other.head_sha) == {}


async def test_where_there_is_no_policy_github_is_not_asked_again_and_again(service: Service, github: Sandbox) -> None:
    for number in range(3):
        github.open_pull(REPOSITORY, f"inc-{number}", files={PATH: f"{number}"})
        await service.settled()
    refused = [each for each in github.requests if each.path.endswith("/access_tokens") and each.status != 201]
    assert len(refused) == 1


async def test_a_policy_larger_than_any_is_refused(service: Service, github: Sandbox) -> None:
    github.commit(REPOSITORY, "main", {POLICY_PATH: "# padding\n" * 200_000})
    pull = github.open_pull(REPOSITORY, "inc", files={PATH: GOOD}, message=CREDIT)
    runs = await service.checks(pull.head_sha)
    assert "longer than 64 KiB" in (runs[DOCUMENT_CHECK].output.summary or "")


async def test_the_repositorys_own_policy_comes_first(service: Service, github: Sandbox) -> None:
    github.create_repository("acme/.github", {"closeout.yml": "version: 1\nrepositories: [postmortems]\n"})
    github.commit(REPOSITORY, "main", {POLICY_PATH: POLICY + "enforce: false\n"})
    pull = github.open_pull(REPOSITORY, "inc", files={PATH: BAD})
    assert (await service.conclusions(pull.head_sha))[0] == "neutral"


async def test_a_change_of_the_organisations_policy_reaches_open_pull_requests(
    service: Service, github: Sandbox
) -> None:
    github.create_repository("acme/.github", {"closeout.yml": "version: 1\nrepositories: [postmortems]\n"})
    pull = github.open_pull(REPOSITORY, "inc", files={PATH: BAD})
    assert (await service.conclusions(pull.head_sha))[0] == "failure"
    advisory = "version: 1\nrepositories: [postmortems]\nenforce: false\n"
    github.commit("acme/.github", "main", {"closeout.yml": advisory})
    assert (await service.conclusions(pull.head_sha))[0] == "neutral"


async def test_a_broken_organisations_policy_is_told_where_it_speaks(service: Service, github: Sandbox) -> None:
    github.create_repository("acme/.github", {"closeout.yml": BROKEN + "repositories: [postmortems]\n"})
    pull = github.open_pull(REPOSITORY, "inc", files={PATH: GOOD})
    runs = await service.checks(pull.head_sha)
    assert {run.conclusion for run in runs.values()} == {"failure"}
    assert "organisation" in (runs[DOCUMENT_CHECK].output.summary or "")
