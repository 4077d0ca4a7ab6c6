"""It happened again, and how a postmortem ends: the real service against the sandbox."""

from __future__ import annotations

import pytest

from app.core.ledger import Ledger
from app.core.records import record_of
from app.core.repository_facts import ACTION_LABEL, INSUFFICIENT_LABEL, POSTMORTEM_LABEL
from app.sandbox.driver import Sandbox
from app.sandbox.world.issue_records import Issue
from app.sandbox.world.records import Pull
from tests.postmortems import good_postmortem
from tests.service.conftest import REPOSITORY, Service
from tests.service.documents import CREDIT

PATH = "postmortems/2026-05-04-checkout.md"
AGAIN = "postmortems/2026-06-20-checkout.md"
POLICY = """\
version: 1
documents: ["postmortems/**/*.md"]
standup: {enabled: false}
revisits: {days: []}
calendar: {working_days: [mon, tue, wed, thu, fri, sat, sun], hours: "00:00-23:59"}
"""
WHY = {"Why the first postmortem did not prevent this": "It raised the limit of one pool, and no other."}


@pytest.fixture(autouse=True)
async def acme(github: Sandbox, service: Service) -> None:
    github.create_repository(REPOSITORY, {".github/closeout.yml": POLICY})
    github.install("acme", [REPOSITORY])
    for login in ("ana", "ben", "gita"):
        github.grant(REPOSITORY, login, "write")
    github.edit_document(REPOSITORY, PATH, good_postmortem())
    await service.settled()


def _second(*, why: bool = False, **fields: str) -> str:
    metadata: dict[str, str | None] = {"Incident": "INC-2077"}
    return good_postmortem(headline="Checkout failed again", metadata=metadata, sections=WHY if why else {}, **fields)


def _tracking(github: Sandbox, words: str = "42 minutes") -> Issue:
    found = [each for each in github.issues(REPOSITORY) if POSTMORTEM_LABEL in github.labels(each)]
    return next(each for each in found if words in each.title)


def _ours(github: Sandbox, issue: Issue | Pull) -> list[str]:
    return [each.body for each in github.comments(issue) if github.author(each) == "closeout[bot]"]


def _ledger(github: Sandbox) -> Ledger:
    record = record_of(_tracking(github).body or "")
    assert isinstance(record, Ledger)
    return record


async def _say(service: Service, github: Sandbox, text: str) -> None:
    github.comment(_tracking(github), text, "ana")
    await service.settled()


def _writes(github: Sandbox) -> int:
    return sum(1 for each in github.requests if each.method != "GET" and "/access_tokens" not in each.path)


async def test_a_recurrence_labels_the_first_and_links_both_once(service: Service, github: Sandbox) -> None:
    incident = github.open_issue(REPOSITORY, "Checkout is down", author="gita")
    await _say(service, github, f"/recurrence yes #{incident.number}")
    assert INSUFFICIENT_LABEL in github.labels(_tracking(github))
    (on_first,) = _ours(github, _tracking(github))
    (on_new,) = _ours(github, incident)
    assert f"#{incident.number}" in on_first
    assert f"#{_tracking(github).number}" in on_new
    before = _writes(github)
    await service.sweep()
    assert _writes(github) == before


async def test_an_answer_lost_in_between_says_nothing_twice(service: Service, github: Sandbox) -> None:
    incident = github.open_issue(REPOSITORY, "Checkout is down", author="gita")
    github.faults.answer(502, "POST", "*/comments", times=2, after_write=True)
    await _say(service, github, f"/recurrence yes #{incident.number}")
    await service.quiet()
    assert (len(_ours(github, _tracking(github))), len(_ours(github, incident))) == (1, 1)


async def test_a_number_that_does_not_exist_gets_one_reply(service: Service, github: Sandbox) -> None:
    await _say(service, github, "/recurrence yes #4711")
    (reply,) = _ours(github, _tracking(github))
    assert "no issue or pull request #4711 here" in reply
    assert _ledger(github).recurrences == ()


async def test_the_gate_asks_a_pull_request_that_is_named_why_the_first_did_not_prevent_it(
    service: Service, github: Sandbox
) -> None:
    pull = github.open_pull(REPOSITORY, "again", files={AGAIN: _second()}, author="ana", message=CREDIT)
    assert (await service.conclusions(pull.head_sha))[0] == "success"
    await _say(service, github, f"/recurrence yes #{pull.number}")
    assert (await service.conclusions(pull.head_sha))[0] == "failure"
    (said,) = _ours(github, pull)
    assert "## Why the first postmortem did not prevent this" in said
    messages = [each.message for each in github.annotations(REPOSITORY, pull.head_sha)]
    assert any(f"#{_tracking(github).number} says that this is a recurrence" in each for each in messages)
    mended = github.commit(REPOSITORY, "again", {AGAIN: _second(why=True)}, CREDIT, "ana")
    assert (await service.conclusions(mended))[0] == "success"


async def test_a_postmortem_merged_without_saying_why_gets_that_as_an_item(service: Service, github: Sandbox) -> None:
    pull = github.open_pull(REPOSITORY, "again", files={AGAIN: _second()}, author="ana", message=CREDIT)
    await _say(service, github, f"/recurrence yes #{pull.number}")
    github.merge(github.pull(pull))
    await service.settled()
    second = _tracking(github, "failed again")
    assert "⬜ open | Say why the postmortem of" in (second.body or "")
    assert _ledger(github).recurrences[0].successor == second.number
    github.edit_document(REPOSITORY, AGAIN, _second(why=True))
    await service.settled()
    assert "✅ done | Say why the postmortem of" in (_tracking(github, "failed again").body or "")


async def test_a_document_that_declares_it_needs_no_word(service: Service, github: Sandbox) -> None:
    github.edit_document(REPOSITORY, AGAIN, _second(recurrence_of=f"[INC-2041]({PATH.rpartition('/')[2]})"))
    await service.settled()
    assert INSUFFICIENT_LABEL in github.labels(_tracking(github))
    (said,) = _ours(github, _tracking(github, "failed again"))
    assert f"#{_tracking(github).number}" in said


async def test_a_check_asks_one_thing_more_only_where_a_postmortem_changes(service: Service, github: Sandbox) -> None:
    def asked() -> int:
        return sum(1 for each in github.requests if "insufficient" in str(each.query))

    plain = github.open_pull(REPOSITORY, "readme", files={"README.md": "# Postmortems\n"}, author="ana")
    await service.checks(plain.head_sha)
    assert asked() == 0
    pull = github.open_pull(REPOSITORY, "again", files={AGAIN: _second()}, author="ana", message=CREDIT)
    await service.checks(pull.head_sha)
    assert asked() == 1


async def test_the_end_is_told_once_and_then_the_issue_closes(service: Service, github: Sandbox) -> None:
    for issue in [each for each in github.issues(REPOSITORY) if ACTION_LABEL in github.labels(each)]:
        github.comment(issue, "Done in #1", "ben")
        github.close_issue(issue, "ben")
    await service.settled()
    await _say(service, github, "/verified pass https://ci.example/runs/7")
    assert _tracking(github).state == "closed"
    (epitaph,) = _ours(github, _tracking(github))
    assert epitaph.startswith("**Promised:** 2 action items. **Done:** 2")
    await service.sweep()
    assert len(_ours(github, _tracking(github))) == 1
