"""What the owner last said is told to the manager, however long ago the service read it."""

from __future__ import annotations

from datetime import UTC, datetime

from app.sandbox.driver import Sandbox
from tests.service.conftest import REPOSITORY, Service
from tests.service.overdue_p0 import OPENING, POLICY, merge

WORDS = "The vendor's staging is down: I can begin on the 20th."


async def test_an_escalation_tells_what_the_owner_said_before_the_last_reminder(
    service: Service, github: Sandbox
) -> None:
    await merge(service, github, POLICY)
    issue = next(each for each in github.issues(REPOSITORY) if each.title.startswith("Alert"))
    github.comment(issue, WORDS, author="ben")
    await service.settled()
    for day in (13, 14, 17):  # it is due soon, and then on that day
        await service.at(datetime(2027, 5, day, 9, tzinfo=UTC))
    await service.at(OPENING)
    said = [each.body for each in github.comments(issue) if "@dana" in each.body]
    assert len(said) == 1
    assert f"ben last said, on 2027-05-05: {WORDS}" in said[0]
    assert "Nothing from ben" not in said[0]
