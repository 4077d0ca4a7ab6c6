"""A pull request's check says beforehand whose issue GitHub will assign to nobody."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.core.gate import gate
from rules.policy import PersonPolicy, Policy
from tests.core.facts import document, facts, policy_file
from tests.postmortems import good_postmortem

NOW = datetime(2026, 5, 6, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("assignable", "people", "unassignable"),
    [
        pytest.param({"ben", "gita"}, {}, (), id="all can be assigned"),
        pytest.param({"gita"}, {}, ("Ben Okafor (@ben)",), id="one cannot"),
        pytest.param({"gita", "finn"}, {"ben": PersonPolicy(sponsor="finn")}, (), id="a sponsor stands in"),
        pytest.param(None, {}, (), id="GitHub did not tell"),
    ],
)
def test_owners_who_cannot_be_assigned_are_named(
    assignable: set[str] | None, people: dict[str, PersonPolicy], unassignable: tuple[str, ...]
) -> None:
    told = None if assignable is None else frozenset(assignable)
    observed = facts(document(good_postmortem()), assignable=told, policy_file=policy_file(Policy(people=people)))
    (judged,) = gate(observed, NOW).documents
    assert judged.unassignable == unassignable
