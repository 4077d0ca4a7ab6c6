"""Titles that name a state or a wish in other forms: a quality, a noun for the work, a setting behind a soft verb."""

from __future__ import annotations

import pytest

from rules.actions.vagueness import is_vague


@pytest.mark.parametrize(
    "title",
    [
        "Improve readme documentation about how to remove fields",
        "Improve documentation on how to add a till",
        "Consider deletionPolicy: Orphan as the default",
        "Review max_connections: 400 on the primary",
        "The till's tests are high quality, easy to maintain and expand",
        "The pricing code should be easy to understand and validate",
        "The pipeline must be simple to operate",
        "Development of a release process",
        "Creation of new guidelines",
        "Develop ways of automatically provisioning tills",
        "Find a way to provision tills",
        "Systematic monitoring of the data loaders",
        "Regular audits of status reports",
    ],
)
def test_a_wish_without_an_outcome_is_vague(title: str) -> None:
    assert is_vague(title)


@pytest.mark.parametrize(
    "title",
    [
        "Simplify the deployment logic so it always deploys a complete set of images",
        "Refine the build script so that every release never overwrites a signed image",
        'Company wide "incident" channel to make publishing attacks easier. Clearly define its purpose, create it',
        "Set max_connections: 400 on the primary",
        "Document how to remove fields in the readme",
        "Failover is easy to operate with one command",
        "Systematic monitoring of the data loaders with an alert on each failed run",
        "Development of a canary that restores last night's backup",
    ],
)
def test_what_names_its_outcome_is_clear(title: str) -> None:
    assert not is_vague(title)


def test_a_soft_state_behind_so_that_it_is_always_saves_nothing() -> None:
    assert is_vague("Simplify the deployment so it is always easy")
