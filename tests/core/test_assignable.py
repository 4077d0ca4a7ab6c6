"""Whom GitHub will not assign an action item to: the check says so before the merge."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.core.gate import gate
from rules.policy import PersonPolicy, Policy
from tests.core.facts import commit, document, facts, policy_file
from tests.service.documents import GOOD

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BOTH = (commit("ana"), commit("bo"))


def unassignable(*assignable: str, text: str = GOOD, policy: Policy | None = None) -> tuple[str, ...]:
    case = facts(
        document(text), commits=BOTH, assignable=frozenset(assignable), policy_file=policy_file(policy or Policy())
    )
    (only,) = gate(case, NOW).documents
    return only.unassignable


def test_an_owner_outside_the_repository_is_named_as_written() -> None:
    assert unassignable("ana") == ("@bo",)
    assert unassignable() == ("@ana", "@bo")


def test_owners_who_can_be_assigned_are_no_trouble_in_whatever_case() -> None:
    assert unassignable("ana", "bo", text=GOOD.replace("Owner: @bo", "Owner: @BO")) == ()


def test_nobody_is_named_where_nobody_asked() -> None:
    (only,) = gate(facts(document(GOOD), commits=BOTH), NOW).documents
    assert only.unassignable == ()


def test_an_owner_with_two_items_is_named_once() -> None:
    assert unassignable(text=GOOD.replace("Owner: @bo", "Owner: @ana")) == ("@ana",)


def test_a_sponsor_stands_in() -> None:
    people = {"bo": PersonPolicy(sponsor="Dana")}
    assert unassignable("ana", "dana", policy=Policy(people=people)) == ()
    assert unassignable("ana", policy=Policy(people=people)) == ("@bo",)


def test_an_owner_whom_only_the_policy_knows_is_looked_up_there() -> None:
    text = GOOD.replace("Owner: @bo.", "Owner: Bo Chen.").replace("Bo Chen (@bo)", "Bo Chen")
    people = {"bo": PersonPolicy(name="Bo Chen")}
    assert unassignable("ana", text=text, policy=Policy(people=people)) == ("Bo Chen",)
    assert unassignable("ana", "bo", text=text, policy=Policy(people=people)) == ()


@pytest.mark.parametrize("done", ["- [x] Reject", "- ~~Reject~~"])
def test_what_is_done_needs_nobody(done: str) -> None:
    text = GOOD.replace("- Alert", "- [ ] Alert").replace("- Reject", done)
    if "~~" in done:
        text = text.replace("Due: 2026-12-07.", "Due: 2026-12-07. Won't do: the vendor does it.")
    assert unassignable("ana", text=text) == ()


def test_it_fails_nothing() -> None:
    verdict = gate(facts(document(GOOD), commits=BOTH, assignable=frozenset()), NOW)
    assert not verdict.documents[0].document_fails
