"""Reading issues one by one: those that are linked, that stand below others, or that other Apps have opened."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from app.core.ledger import About, Ledger
from app.core.markers import with_marker
from app.core.promise import Shown
from app.core.records import as_record
from app.core.repository_facts import RepositoryFacts
from app.github.app import Access
from app.github.single_issues import find_rivals, list_trusted, with_below, with_histories, with_linked
from app.sandbox.driver import Sandbox
from app.sandbox.world.issue_records import Issue
from rules.policy import Policy
from tests.github.conftest import REPOSITORY

BOT = "closeout[bot]"
Enter = Callable[[], Awaitable[Access]]


@pytest.fixture
async def access(enter: Enter) -> Access:
    return await enter()


def _facts(access: Access) -> RepositoryFacts:
    return RepositoryFacts(repository=access.repository, policy=Policy())


# Linked issues.


async def test_a_linked_issue_is_somebody_else_s(access: Access, github: Sandbox) -> None:
    issue = github.open_issue(REPOSITORY, "Pool ran dry", author="ana")
    facts = await with_linked(access, _facts(access), frozenset({issue.number}))
    assert facts.issues[issue.number].title == "Pool ran dry"
    assert not facts.issues[issue.number].ours
    assert facts.looked_at == {issue.number}


async def test_a_linked_issue_that_has_a_parent_is_known_to_have_one(access: Access, github: Sandbox) -> None:
    parent, child = (github.open_issue(REPOSITORY, title) for title in ("Above", "Below"))
    github.add_sub_issue(parent, child)
    facts = await with_linked(access, _facts(access), frozenset({child.number}))
    assert facts.children == {child.number}


async def test_what_was_deleted_is_looked_at_once_and_is_no_issue(access: Access, github: Sandbox) -> None:
    issue = github.open_issue(REPOSITORY, "Pool ran dry")
    github.delete_issue(issue)
    facts = await with_linked(access, _facts(access), frozenset({issue.number}))
    assert dict(facts.issues) == {}
    assert facts.looked_at == {issue.number}


async def test_what_was_moved_to_another_repository_is_no_issue_here(access: Access, github: Sandbox) -> None:
    issue = github.open_issue(REPOSITORY, "Pool ran dry")
    github.transfer_issue(issue, "acme/other")
    facts = await with_linked(access, _facts(access), frozenset({issue.number}))
    assert dict(facts.issues) == {}


async def test_a_pull_request_is_no_issue(access: Access, github: Sandbox) -> None:
    pull = github.open_pull(REPOSITORY, "fix", files={"fix.md": "fixed"})
    facts = await with_linked(access, _facts(access), frozenset({pull.number}))
    assert dict(facts.issues) == {}


# What stands below a tracking issue.


async def test_sub_issues_stand_below(access: Access, github: Sandbox) -> None:
    tracking, child = (github.open_issue(REPOSITORY, title) for title in ("Checkout", "Alert"))
    github.add_sub_issue(tracking, child)
    known = await with_linked(access, _facts(access), frozenset({tracking.number}))
    facts = await with_below(access, known, frozenset({tracking.number}), BOT)
    assert facts.below == {tracking.number: {child.number}}
    assert facts.issues[child.number].title == "Alert"


async def test_what_its_table_still_names_stands_below_where_there_are_no_sub_issues(
    access: Access, github: Sandbox
) -> None:
    child = github.open_issue(REPOSITORY, "Alert")
    table = f"| | Action |\n|---|---|\n| ⬜ open | #{child.number} Alert |\n| ⬜ open | #404 Gone |\n\nsee #1"
    tracking = github.open_issue(REPOSITORY, "Checkout", table)
    github.faults.answer(404, "GET", "*/sub_issues")
    known = await with_linked(access, _facts(access), frozenset({tracking.number}))
    facts = await with_below(access, known, frozenset({tracking.number}), BOT)
    assert facts.below == {tracking.number: {child.number}}


async def test_nothing_stands_below_a_tracking_issue_without_either(access: Access, github: Sandbox) -> None:
    tracking = github.open_issue(REPOSITORY, "Checkout")
    known = await with_linked(access, _facts(access), frozenset({tracking.number}))
    facts = await with_below(access, known, frozenset({tracking.number}), BOT)
    assert facts.below == {tracking.number: frozenset()}


# How something was done.


async def _is_proven(access: Access, issue: Issue) -> bool:
    facts = await with_histories(access, _facts(access), frozenset({issue.number}), BOT)
    return facts.evidence[issue.number]


async def test_an_issue_that_was_just_closed_shows_nothing(access: Access, github: Sandbox) -> None:
    issue = github.open_issue(REPOSITORY, "Alert")
    github.close_issue(issue, "ana")
    assert not await _is_proven(access, issue)


async def test_a_comment_by_a_person_is_evidence_and_is_read_with_it(access: Access, github: Sandbox) -> None:
    issue = github.open_issue(REPOSITORY, "Alert")
    comment = github.comment(issue, "It fired in staging.", "ana")
    github.close_issue(issue, "ana")
    facts = await with_histories(access, _facts(access), frozenset({issue.number}), BOT)
    assert facts.evidence == {issue.number: True}
    assert [(each.id, each.author.login, each.body) for each in facts.comments] == [
        (comment.id, "ana", "It fired in staging.")
    ]
    assert issue.number in facts.commented


@pytest.mark.parametrize(
    ("said", "is_evidence"),
    [
        ("/extend 2026-12-20 the vendor is late", False),
        ("/extend soon", False),
        ("/recheck\nIt fires, see https://ci.example/1", True),
        ("/extend 2026-12-20 the vendor is late\n\nIt fires in staging by now.", True),
        ("/extend 2026-12-20\nThe vendor is late", False),
        ("/recheck\n/help", False),
        ("/recheck\n-- \nBen", False),
        ("```\nfired at 12:04\n```", True),
        ("/extned 2026-12-20 the vendor is late", False),
        ("/verified fail run 7 did not fire", False),
        ("/verified pass", False),
        ("/verified pass https://ci.example/7", True),
        ("It fired in staging. Use /verified on the tracking issue.", True),
        ("/verified pass\nhttps://ci.example/7", True),
        ("It fired in staging.\n\n/recheck", True),
        ("> Can you move it?\n\n/extend 2026-12-20 the vendor is late", False),
    ],
)
async def test_a_command_is_no_evidence_but_that_the_verification_passed(
    access: Access, github: Sandbox, said: str, is_evidence: bool
) -> None:
    issue = github.open_issue(REPOSITORY, "Alert")
    github.comment(issue, said, "ana")
    github.close_issue(issue, "ana")
    assert await _is_proven(access, issue) is is_evidence


async def test_a_history_tells_how_an_issue_was_closed_and_opened_again(access: Access, github: Sandbox) -> None:
    issue = github.open_issue(REPOSITORY, "Alert")
    github.close_issue(issue, "ana", reason="not_planned")
    github.reopen_issue(issue, "ben")
    known = await with_linked(access, _facts(access), frozenset({issue.number}))
    asked = len(github.requests)
    facts = await with_histories(access, known, frozenset({issue.number}), BOT)
    assert [(each.open, each.reason) for each in facts.turns[issue.number]] == [(False, "not_planned"), (True, None)]
    assert len(github.requests) == asked + 1, "of an open issue, nothing else is to be known"
    assert issue.number not in facts.evidence


async def test_without_a_history_nobody_can_tell_when_it_was_opened_again(access: Access, github: Sandbox) -> None:
    issue = github.open_issue(REPOSITORY, "Alert")
    github.faults.answer(404, "GET", "*/timeline")
    facts = await with_histories(access, _facts(access), frozenset({issue.number}), BOT)
    assert facts.turns == {issue.number: ()}


async def test_where_a_history_lacks_the_comments_they_are_asked_for(access: Access, github: Sandbox) -> None:
    github.world.features.comments_in_histories = False
    issue = github.open_issue(REPOSITORY, "Alert")
    github.comment(issue, "It fired in staging.", "ana")
    github.close_issue(issue, "ana")
    known = await with_linked(access, _facts(access), frozenset({issue.number}))
    facts = await with_histories(access, known, frozenset({issue.number}), BOT)
    assert facts.evidence == {issue.number: True}
    assert [each.body for each in facts.comments] == ["It fired in staging."]


async def test_a_comment_of_our_own_is_none(access: Access, github: Sandbox) -> None:
    issue = github.open_issue(REPOSITORY, "Alert")
    await access.client.write("POST", f"/repos/{REPOSITORY}/issues/{issue.number}/comments", {}, {"body": "Hm?"})
    facts = await with_histories(access, _facts(access), frozenset({issue.number}), BOT)
    assert facts.evidence == {issue.number: False}
    assert [each.ours for each in facts.comments] == [True]


async def test_a_pull_request_that_names_the_issue_is_evidence(access: Access, github: Sandbox) -> None:
    issue = github.open_issue(REPOSITORY, "Alert")
    github.open_pull(REPOSITORY, "fix", files={"fix.md": "fixed"}, body=f"Fixes #{issue.number}")
    assert await _is_proven(access, issue)


async def test_nothing_is_asked_of_an_issue_that_was_deleted(access: Access, github: Sandbox) -> None:
    issue = github.open_issue(REPOSITORY, "Alert")
    github.delete_issue(issue)
    assert await _is_proven(access, issue)


# Other Apps.


def _ledger_text() -> str:
    ledger = Ledger(
        document="INC-1",
        path="a.md",
        blob="b",
        commit="c",
        merged=date(2026, 5, 6),
        about=About(headline="Checkout"),
        shown=Shown(title="Checkout"),
    )
    return with_marker("Checkout", as_record(ledger))


async def _open_by_app(access: Access, body: str) -> int:
    item = await access.client.write(
        "POST", f"/repos/{REPOSITORY}/issues", {}, {"title": "Checkout", "body": body, "labels": ["postmortem"]}
    )
    return int(item["number"])


async def test_an_app_that_keeps_such_records_is_a_rival(access: Access) -> None:
    await _open_by_app(access, _ledger_text())
    assert await find_rivals(access, Policy(), "another[bot]") == (BOT,)


async def test_neither_we_nor_whom_the_policy_trusts_are_rivals(access: Access) -> None:
    await _open_by_app(access, _ledger_text())
    assert await find_rivals(access, Policy(), BOT) == ()
    assert await find_rivals(access, Policy(trusted_apps=("closeout",)), "another[bot]") == ()


async def test_an_app_that_uses_the_label_for_something_else_is_no_rival(access: Access) -> None:
    await _open_by_app(access, "Nothing to see here.")
    assert await find_rivals(access, Policy(), "another[bot]") == ()


async def test_a_person_who_copies_a_record_is_no_rival(access: Access, github: Sandbox) -> None:
    github.create_label(REPOSITORY, "postmortem")
    github.open_issue(REPOSITORY, "Checkout", _ledger_text(), labels=["postmortem"])
    assert await find_rivals(access, Policy(), "another[bot]") == ()


async def test_the_issues_of_a_trusted_app_are_carried_on_as_our_own(access: Access, github: Sandbox) -> None:
    number = await _open_by_app(access, _ledger_text())
    github.open_issue(REPOSITORY, "Somebody else's")
    trusted = await list_trusted(access, Policy(trusted_apps=("closeout",)))
    assert {each.number: each.ours for each in trusted.values()} == {number: True}
