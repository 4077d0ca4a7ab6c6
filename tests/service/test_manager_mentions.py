"""A manager is mentioned three times a day at most, by all repositories of an organisation together."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from app.sandbox.driver import Sandbox
from tests.service.conftest import Service

NAMES = ("acme/postmortems", "acme/incidents", "acme/reviews")
POLICY = """\
version: 1
documents: ["postmortems/**/*.md"]
managers: {default: dana}
revisits: {days: []}
standup: {enabled: false}
"""
MERGED = datetime(2027, 5, 3, 8, tzinfo=UTC)  # a Monday
LATE = datetime(2027, 5, 18, 9, tzinfo=UTC)
DOCUMENT = "# Postmortem: Checkout failed\n\n- Incident: INC-1\n- Date: 2027-05-02\n\n## Action items\n" + "\n".join(
    f"- Alert on symptom {number}. Owner: @ana. Due: 2027-05-17. Priority: P0. Success criterion: it fires."
    for number in range(3)
)


@pytest.fixture(autouse=True)
async def acme(service: Service, github: Sandbox) -> None:
    service.clock.set(MERGED)
    for name in NAMES:
        github.create_repository(name, {".github/closeout.yml": POLICY}, private=True)
        github.grant(name, "ana", "write")
        github.grant(name, "dana", "write")
    github.install("acme")
    for name in NAMES:
        github.edit_document(name, "postmortems/1.md", DOCUMENT)
    await service.settled()


def _mentions(github: Sandbox) -> Counter[date]:
    comments = [each for name in NAMES for issue in github.issues(name) for each in github.comments(issue)]
    return Counter(each.created_at.date() for each in comments if "@dana" in each.body)


async def test_three_times_a_day_over_all_repositories_and_the_rest_on_the_next_days(
    service: Service, github: Sandbox
) -> None:
    await service.at(LATE)
    assert _mentions(github) == {LATE.date(): 3}
    for days in (1, 2, 3):
        await service.at(LATE + timedelta(days=days))
    assert max(_mentions(github).values()) == 3
    assert _mentions(github).total() == 9
    assert service.held == set()
