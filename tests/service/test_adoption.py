"""What was there before Closeout is left alone, however it came there, and wherever it goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.core.repository_facts import POSTMORTEM_LABEL
from app.sandbox.driver import Sandbox
from tests.postmortems import good_postmortem
from tests.service.conftest import REPOSITORY, Service

POLICY_PATH = ".github/closeout.yml"
POLICY = 'version: 1\ndocuments: ["postmortems/**/*.md"]\n'
SHARED = 'version: 1\ndocuments: ["postmortems/**/*.md"]\nrepositories: [{}]\n'
START = datetime(2027, 5, 3, 8, tzinfo=UTC)
OLD, NEW, MOVED = "postmortems/old.md", "postmortems/new.md", "postmortems/2027/old.md"


def _text(number: int, day: str = "2027-05-02") -> str:
    return good_postmortem(metadata={"Incident": f"INC-{number}", "Date": day})


@pytest.fixture(autouse=True)
def acme(service: Service, github: Sandbox) -> None:
    service.clock.set(START)
    github.create_repository(REPOSITORY, {"README.md": "# Postmortems\n"})
    github.install("acme")
    for login in ("ana", "ben", "gita"):
        github.grant(REPOSITORY, login, "write")


def _followed(github: Sandbox) -> int:
    return sum(POSTMORTEM_LABEL in github.labels(each) for each in github.issues(REPOSITORY))


@pytest.mark.parametrize("squash", [False, True], ids=["a merge commit", "squashed"])
async def test_what_came_while_the_policy_was_a_draft_is_old(
    service: Service, github: Sandbox, *, squash: bool
) -> None:
    pull = github.open_pull(REPOSITORY, "policy", files={POLICY_PATH: POLICY}, author="ana")
    await service.at(START + timedelta(days=2))
    github.edit_document(REPOSITORY, OLD, _text(1))
    await service.at(START + timedelta(days=4))
    github.merge(pull, by="ana", squash=squash)
    await service.settled()
    assert _followed(github) == 0
    await service.at(START + timedelta(days=5))
    github.edit_document(REPOSITORY, NEW, _text(2))
    await service.settled()
    assert _followed(github) == 1


async def test_what_was_drafted_before_the_day_of_adoption_and_merged_after_it_is_new(
    service: Service, github: Sandbox
) -> None:
    adopted = (START + timedelta(days=2)).date()
    pull = github.open_pull(REPOSITORY, "draft", files={NEW: _text(1, "2027-05-05")}, author="ana")
    await service.at(START + timedelta(days=4))
    github.edit_document(REPOSITORY, POLICY_PATH, f"{POLICY}adopted: {adopted}\n")
    github.merge(pull, by="ana")
    await service.settled()
    assert _followed(github) == 1


async def test_an_old_document_that_is_moved_and_edited_at_once_stays_old(service: Service, github: Sandbox) -> None:
    github.edit_document(REPOSITORY, OLD, _text(1))
    github.edit_document(REPOSITORY, POLICY_PATH, POLICY)
    await service.settled()
    edited = _text(1).replace("Ben Okafor (@ben)\n  - Deadline", "Gita Rao (@gita)\n  - Deadline")
    github.commit(REPOSITORY, "main", {OLD: None, MOVED: edited})
    await service.settled()
    assert _followed(github) == 0
    github.commit(REPOSITORY, "main", {MOVED: None, "postmortems/archive/old.md": edited + "\nClosed.\n"})
    await service.settled()
    assert _followed(github) == 0
    github.commit(REPOSITORY, "main", {NEW: _text(2)})
    await service.settled()
    assert _followed(github) == 1


async def test_what_was_there_when_the_organisations_policy_began_to_speak_for_it_is_old(
    service: Service, github: Sandbox
) -> None:
    github.create_repository("acme/.github", {"closeout.yml": SHARED.format("shop")})
    for number, names in enumerate(["shop", "shop, infra", "shop, infra, ops"]):
        await service.at(START + timedelta(days=number))
        github.commit("acme/.github", "main", {"closeout.yml": f"{SHARED.format(names)}# {number}\n"})
    github.edit_document(REPOSITORY, OLD, _text(1, "2027-05-05"))
    await service.at(START + timedelta(days=3, hours=1))
    github.edit_document(REPOSITORY, "postmortems/that-morning.md", _text(2, "2027-05-06"))
    await service.at(START + timedelta(days=3, hours=3))
    github.commit("acme/.github", "main", {"closeout.yml": SHARED.format("shop, postmortems")})
    await service.sweep()
    assert _followed(github) == 0
    github.commit("acme/.github", "main", {"closeout.yml": SHARED.format("shop, postmortems, ops")})
    github.edit_document(REPOSITORY, NEW, _text(3, "2027-05-06"))
    await service.settled()
    assert _followed(github) == 1
