"""“The operator” is a program where the document says so, and else somebody."""

from __future__ import annotations

import pytest

from tests.postmortems import good_postmortem
from tests.rules.linting import found

_SOFTWARE = [
    "The Postgres operator runs the failovers.",
    "We run the kafka-operator in each cluster.",
    "The custom resource had no status.",
    "The reconciliation loop ran every minute.",
]


def blamed(introduction: str, sentence: str) -> bool:
    text = good_postmortem().replace(
        "## What was actually happening\n", f"## What was actually happening\n\n{introduction} {sentence}\n"
    )
    assert sentence in text
    return bool(found(text, "CO502") or found(text, "CO503"))


@pytest.mark.parametrize("introduction", _SOFTWARE)
@pytest.mark.parametrize(
    "sentence",
    [
        "The operator skipped the failover.",
        "The finalizer was overlooked by the operator.",
        "The annotation was ignored by the operator.",
        "Our operator overlooked the label.",
    ],
)
def test_software_is_not_blamed(introduction: str, sentence: str) -> None:
    assert not blamed(introduction, sentence)


@pytest.mark.parametrize(
    ("introduction", "sentence"),
    [
        ("The pump runs at night.", "The operator skipped the check."),
        ("The Postgres operator runs the failovers.", "The alert was ignored by the operator on duty."),
        ("The Postgres operator runs the failovers.", "The night operator skipped the check."),
        ("The Postgres operator runs the failovers.", "The on-call engineer skipped the check."),
    ],
)
def test_people_are(introduction: str, sentence: str) -> None:
    assert blamed(introduction, sentence)
