"""A document that is moved and edited by one pull request keeps its issues: the real service against the sandbox."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.ledger import Ledger
from app.core.records import record_of
from app.sandbox.driver import Sandbox
from tests.postmortems import good_postmortem
from tests.service.conftest import REPOSITORY, Service
from tests.service.test_follow_up import ACTIONS, OWN, PATH

MOVED = "postmortems/2026/checkout.md"
LATEST = "postmortems/latest.md"
_TITLES = ("Alert when the pool is full", "Cap retries at three", "Write a runbook for the pool", "Add an index")


@pytest.fixture(autouse=True)
def acme(github: Sandbox) -> None:
    github.create_repository(REPOSITORY, {".github/closeout.yml": OWN})
    github.install("acme", [REPOSITORY])
    github.grant(REPOSITORY, "ana", "write")


def _document(*titles: str) -> str:
    return good_postmortem(
        metadata={"Incident": None},
        actions="\n".join(
            f"- [ ] {title}\n  - Owner: @ana\n  - Deadline: 2036-06-0{day}\n  - Priority: P1\n"
            "  - Success criterion: the load test passes"
            for day, title in enumerate(titles, start=1)
        ),
    )


def _issues(github: Sandbox) -> list[tuple[int, str]]:
    return [(each.number, each.state) for each in github.issues(REPOSITORY)]


@pytest.mark.parametrize(
    "reworded",
    [
        (*_TITLES[:2], "Write the pool runbook, with commands", "Add an index on the orders table"),
        ("Tell us sooner", "Give up earlier", "Explain what to do", "Look it up faster"),
    ],
    ids=["half of it", "all of it"],
)
async def test_a_moved_and_reworded_document_keeps_its_issues(
    service: Service, github: Sandbox, reworded: tuple[str, ...]
) -> None:
    github.edit_document(REPOSITORY, PATH, _document(*_TITLES))
    await service.settled()
    before = _issues(github)
    moved = _document(*reworded).replace("Checkout returned errors for 42 minutes", "Customers could not pay")
    github.merge(github.open_pull(REPOSITORY, "move", files={PATH: None, MOVED: moved}, author="ana"))
    await service.settled()
    assert _issues(github) == before


async def test_what_is_archived_keeps_its_issues_where_its_path_is_used_again_by_the_same_push(
    service: Service, github: Sandbox
) -> None:
    first = _document(*_TITLES)
    github.edit_document(REPOSITORY, LATEST, first)
    await service.settled()
    before = _issues(github)
    second = _document("Rotate the leaked deploy key").replace("2026-05-04", "2026-05-11")
    second = second.replace("Checkout returned errors for 42 minutes", "A deploy key leaked")
    await service.at(service.clock() + timedelta(days=7))
    github.merge(github.open_pull(REPOSITORY, "next", files={MOVED: first, LATEST: second}, author="ana"))
    await service.settled()
    after = github.issues(REPOSITORY)
    assert [(each.number, each.state) for each in after if each.number <= before[-1][0]] == before
    assert sorted(each.title for each in after if each.number > before[-1][0]) == [
        "A deploy key leaked (SEV-2)",
        "Rotate the leaked deploy key",
    ]
    records = [record for each in after if isinstance(record := record_of(each.body or ""), Ledger)]
    assert [(each.path, each.merged - records[0].merged) for each in records] == [
        (MOVED, timedelta()),
        (LATEST, timedelta(days=7)),
    ]


async def test_a_copy_of_a_document_is_no_second_one_once_its_original_is_edited(
    service: Service, github: Sandbox
) -> None:
    github.edit_document(REPOSITORY, PATH, _document(*_TITLES))
    await service.settled()
    github.edit_document(REPOSITORY, MOVED, _document(*_TITLES))
    await service.settled()
    before = _issues(github)
    for day in ("2036-06-09", "2036-06-10"):
        github.edit_document(REPOSITORY, PATH, _document(*_TITLES).replace("2036-06-01", day))
        await service.settled()
    assert _issues(github) == before


async def test_nobody_asks_whether_a_document_was_moved_where_none_is_missing(
    service: Service, github: Sandbox
) -> None:
    github.edit_document(REPOSITORY, PATH, _document(*_TITLES))
    await service.settled()
    before = len(github.requests)
    github.edit_document(REPOSITORY, MOVED, good_postmortem(actions=ACTIONS, Incident="INC-7"))
    await service.settled()
    single = [each.path for each in github.requests[before:] if "/commits/" in each.path]
    assert all(path.endswith(("/pulls", "/check-runs", "/status")) for path in single)


async def test_a_document_of_a_closed_list_is_left_alone_when_it_is_moved_and_edited_at_once(
    service: Service, github: Sandbox
) -> None:
    files = {f"postmortems/{each}.md": _document(f"Exercise pool {each}") for each in range(6)}
    github.merge(github.open_pull(REPOSITORY, "import", files=files, author="ana"))
    await service.settled()
    github.close_issue(github.issue(REPOSITORY, _issues(github)[-1][0]))
    await service.settled()
    before = _issues(github)
    moved = {"postmortems/0.md": None, "postmortems/2025/0.md": _document("Exercise the pool of payments")}
    github.merge(github.open_pull(REPOSITORY, "move", files=moved, author="ana"))
    await service.settled()
    assert _issues(github) == before
