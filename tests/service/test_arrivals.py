"""The day from which a postmortem's deadlines count: when it reached the default branch, whatever its commits say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.core.ledger import Ledger
from app.core.records import record_of
from app.core.repository_facts import ACTION_LABEL, OVERDUE_LABEL, POSTMORTEM_LABEL
from app.sandbox.driver import Sandbox
from app.sandbox.world.objects import Signature
from app.sandbox.world.pushing import write_commit
from app.sandbox.world.records import Pull
from tests.postmortems import ACTIONS, good_postmortem
from tests.service.conftest import REPOSITORY, Service

PATH = "postmortems/2027-04-28-checkout.md"
POLICY = {".github/closeout.yml": 'version: 1\ndocuments: ["postmortems/**/*.md"]\n'}
DRAFTED = datetime(2027, 5, 3, 8, tzinfo=UTC)
MERGED = DRAFTED + timedelta(days=60)
WITHOUT_DEADLINES = good_postmortem(
    actions=ACTIONS.replace("  - Deadline: 2026-05-18\n", "").replace("  - Deadline: 2026-06-01\n", "")
)


@pytest.fixture(autouse=True)
def acme(service: Service, github: Sandbox) -> None:
    service.clock.set(DRAFTED)
    github.create_repository(REPOSITORY, POLICY)
    github.install("acme", [REPOSITORY])
    for login in ("ana", "ben", "gita"):
        github.grant(REPOSITORY, login, "write")


def _draft(github: Sandbox, base: str | None = None) -> Pull:
    return github.open_pull(REPOSITORY, "draft", files={PATH: WITHOUT_DEADLINES}, author="ana", base=base)


def _ledger(github: Sandbox) -> Ledger:
    (tracking,) = [each for each in github.issues(REPOSITORY) if POSTMORTEM_LABEL in github.labels(each)]
    record = record_of(tracking.body or "")
    assert isinstance(record, Ledger)
    return record


def _all_later(github: Sandbox) -> bool:
    """Whether each of the two action items is due after the merge."""
    found = [github.due(each) for each in github.issues(REPOSITORY) if ACTION_LABEL in github.labels(each)]
    return len(found) == 2 and all(each is not None and each > MERGED.date() for each in found)


def _overdue(github: Sandbox) -> list[int]:
    return [each.number for each in github.issues(REPOSITORY) if OVERDUE_LABEL in github.labels(each)]


def _pulls_asked(github: Sandbox) -> int:
    return sum("/commits/" in each.path and each.path.endswith("/pulls") for each in github.requests)


async def _push_dated(service: Service, github: Sandbox, when: datetime) -> None:
    home, tip = github.world.repository(REPOSITORY), github.head(REPOSITORY)
    assert tip is not None
    ana = Signature("Ana Ruiz", "ana@acme.example", when)
    commit = write_commit(github.world, home, (tip,), {PATH: WITHOUT_DEADLINES}, "Postmortem", ana)
    github.push(REPOSITORY, "main", commit.sha, "ana")
    await service.settled()


@pytest.mark.parametrize("squash", [False, True], ids=["a merge commit", "squashed"])
async def test_deadlines_count_from_the_merge_and_not_from_the_first_draft(
    service: Service, github: Sandbox, *, squash: bool
) -> None:
    pull = _draft(github)
    await service.at(MERGED)
    github.merge(pull, by="ana", squash=squash)
    await service.settled()
    assert _ledger(github).merged == MERGED.date()
    assert _all_later(github)
    await service.at(MERGED + timedelta(days=1))
    assert _overdue(github) == []


async def test_a_draft_merged_into_another_branch_first_counts_from_the_default_branch(
    service: Service, github: Sandbox
) -> None:
    github.commit(REPOSITORY, "drafts", {"notes.md": "Notes.\n"}, author="ana")
    inner = _draft(github, base="drafts")
    service.clock.set(DRAFTED + timedelta(days=2))
    github.merge(inner, by="ana")
    outer = github.open_pull(REPOSITORY, "drafts", author="ana")
    await service.at(MERGED)
    github.merge(outer, by="ana")
    await service.settled()
    assert _ledger(github).merged == MERGED.date()


async def test_a_direct_push_counts_from_its_commit(service: Service, github: Sandbox) -> None:
    await service.at(MERGED)
    await _push_dated(service, github, MERGED - timedelta(days=3))
    assert _ledger(github).merged == MERGED.date() - timedelta(days=3)


@pytest.mark.parametrize("year", [1970, 2199, 9999])
async def test_a_commit_date_that_cannot_be_true_counts_from_the_day_it_was_seen(
    service: Service, github: Sandbox, year: int
) -> None:
    await service.at(MERGED)
    await _push_dated(service, github, datetime(year, 12, 30, tzinfo=UTC))
    await service.quiet()
    assert _ledger(github).merged == MERGED.date()
    assert _all_later(github)
    assert _overdue(github) == []


async def test_a_forged_date_in_a_pull_request_does_not_matter(service: Service, github: Sandbox) -> None:
    home, tip = github.world.repository(REPOSITORY), github.head(REPOSITORY)
    assert tip is not None
    ana = Signature("Ana Ruiz", "ana@acme.example", datetime(9999, 12, 30, tzinfo=UTC))
    commit = write_commit(github.world, home, (tip,), {PATH: WITHOUT_DEADLINES}, "Postmortem", ana)
    github.push(REPOSITORY, "draft", commit.sha, "ana")
    pull = github.open_pull(REPOSITORY, "draft", author="ana")
    await service.at(MERGED)
    github.merge(pull, by="ana")
    await service.settled()
    assert _ledger(github).merged == MERGED.date()


async def test_the_pull_request_of_a_document_is_asked_for_once(service: Service, github: Sandbox) -> None:
    pull = _draft(github)
    await service.at(MERGED)
    github.merge(pull, by="ana")
    await service.quiet()
    assert _pulls_asked(github) == 2, "that of the document, and that of the policy"
    github.edit_document(REPOSITORY, PATH, WITHOUT_DEADLINES.replace("Cap retries", "Cap all retries"))
    await service.quiet()
    assert _pulls_asked(github) == 2
    assert _ledger(github).merged == MERGED.date()


async def test_at_a_path_that_is_used_again_the_second_document_counts_from_its_own_merge(
    service: Service, github: Sandbox
) -> None:
    first = good_postmortem(headline="A deploy key leaked", metadata={"Incident": "INC-1", "Date": "2027-04-20"})
    github.edit_document(REPOSITORY, PATH, first)
    await service.settled()
    github.move_document(REPOSITORY, PATH, "postmortems/2027-04-20-key.md")
    await service.settled()
    pull = _draft(github)
    await service.at(MERGED)
    github.merge(pull, by="ana")
    await service.settled()
    records = [record_of(each.body or "") for each in github.issues(REPOSITORY)]
    merged = {each.path: each.merged for each in records if isinstance(each, Ledger)}
    assert merged == {"postmortems/2027-04-20-key.md": DRAFTED.date(), PATH: MERGED.date()}


async def test_where_both_come_with_one_merge_it_counts_from_that(service: Service, github: Sandbox) -> None:
    first = good_postmortem(headline="A deploy key leaked", metadata={"Incident": "INC-1", "Date": "2027-04-20"})
    github.edit_document(REPOSITORY, PATH, first)
    await service.settled()
    files = {"postmortems/2027-04-20-key.md": first, PATH: WITHOUT_DEADLINES}
    pull = github.open_pull(REPOSITORY, "next", files=files, author="ana")
    await service.at(MERGED)
    github.merge(pull, by="ana")
    await service.settled()
    records = [record_of(each.body or "") for each in github.issues(REPOSITORY)]
    assert {each.path: each.merged for each in records if isinstance(each, Ledger)}[PATH] == MERGED.date()
