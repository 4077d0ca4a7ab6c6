"""Whom an action item escalates to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.facts import PullFacts
from app.core.gate import gate
from app.core.people_in_charge import escalates_to
from rules.managers import manager_of
from rules.policy import PersonPolicy, Policy
from tests.core.facts import commit, document, facts, policy_file
from tests.core.test_assignable import NOW
from tests.service.documents import GOOD

PEOPLE = {
    "ana": PersonPolicy(manager="emil"),
    "ben": PersonPolicy(team="payments"),
    "cy": PersonPolicy(team="search"),
    "emil": PersonPolicy(manager="Emil"),
    "zoe": PersonPolicy(manager="emil", sponsor="gita"),
    "yan": PersonPolicy(manager="emil", sponsor="emil"),
}
POLICY = Policy(people=PEOPLE, managers={"payments": "pia", "default": "dana"})


@pytest.mark.parametrize(
    ("login", "manager"),
    [
        ("ana", "emil"),
        ("ANA", "emil"),
        ("ben", "pia"),
        ("cy", "dana"),
        ("stranger", "dana"),
        ("pia", "dana"),
        ("emil", "dana"),
        ("dana", None),
    ],
    ids=[
        "their own",
        "in capitals",
        "their team's",
        "of a team without",
        "a stranger's",
        "of a manager",
        "self",
        "top",
    ],
)
def test_the_manager_is_the_persons_else_the_teams_else_the_default_and_never_themselves(
    login: str, manager: str | None
) -> None:
    assert manager_of(POLICY, login) == manager


def test_whoever_manages_themselves_in_a_policy_without_a_default_escalates_to_nobody() -> None:
    assert manager_of(Policy(people=PEOPLE), "emil") is None


@pytest.mark.parametrize(
    ("owner", "having", "manager"),
    [
        ("ana", ("ana",), "emil"),
        ("ana", ("ben", "Ana"), "emil"),
        ("ana", ("ben",), "pia"),
        ("ana", (), "emil"),
        (None, ("ben",), "pia"),
        (None, (), "dana"),
        ("zoe", ("gita",), "emil"),
        ("yan", ("emil",), "dana"),
    ],
    ids=[
        "the owner has it",
        "with an author beside them",
        "somebody else has it now",
        "nobody has it",
        "the owner is not known",
        "nothing is known",
        "a sponsor has it for the owner",
        "the sponsor is the owner's manager",
    ],
)
def test_an_item_escalates_to_the_manager_of_whoever_promised_it_while_it_is_theirs(
    owner: str | None, having: tuple[str, ...], manager: str
) -> None:
    assert escalates_to(POLICY, owner, having) == manager


def _unheard(policy: Policy, text: str = GOOD, *, private: bool = True) -> tuple[str, ...]:
    case = facts(document(text), commits=(commit("ana"), commit("bo")), policy_file=policy_file(policy))
    (only,) = gate(case if private else _public(case), NOW).documents
    assert not only.document_fails
    return only.unheard


def _public(case: PullFacts) -> PullFacts:
    return replace(case, repository=replace(case.repository, private=False))


def test_the_gate_names_owners_without_a_manager() -> None:
    assert _unheard(Policy()) == ("ana", "bo")
    assert _unheard(Policy(people={"bo": PersonPolicy(manager="dana")})) == ("ana",)
    assert _unheard(Policy(managers={"default": "dana"})) == ()
    assert _unheard(Policy(managers={"default": "bo"})) == ("bo",)


def test_the_gate_names_an_owner_whose_login_nobody_knows_as_written() -> None:
    text = GOOD.replace("Owner: @bo.", "Owner: Zoe Quist.")
    assert _unheard(Policy(people={"ana": PersonPolicy(manager="dana")}), text) == ("Zoe Quist",)


def test_in_a_public_repository_every_owner_is_unheard_unless_the_policy_says_public() -> None:
    managed = Policy(managers={"default": "dana"})
    assert _unheard(managed, private=False) == ("ana", "bo")
    assert _unheard(replace(managed, public=True), private=False) == ()


def test_what_is_done_escalates_to_nobody_and_needs_nobody() -> None:
    text = GOOD.replace("- Alert", "- [ ] Alert").replace("- Reject", "- [x] Reject")
    assert _unheard(Policy(), text) == ("ana",)
