"""A postmortem whose P0 falls due, on a service whose clock has come to its merge."""

from __future__ import annotations

from datetime import UTC, datetime

from app.sandbox.driver import Sandbox
from tests.postmortems import good_postmortem
from tests.service.conftest import REPOSITORY, Service

PATH = "postmortems/2027-05-03-checkout.md"
POLICY = """\
version: 1
documents: ["postmortems/**/*.md"]
people:
  ben: {name: Ben Okafor, manager: dana}
managers: {default: dana}
"""
MERGED = datetime(2027, 5, 5, 12, tzinfo=UTC)  # a Wednesday
OPENING = datetime(2027, 5, 18, 9, tzinfo=UTC)  # the Tuesday after the deadline
ACTIONS = """\
- [ ] Alert when the connection pool of checkout is above 80 % for 5 minutes
  - Owner: Ben Okafor (@ben)
  - Deadline: 2027-05-17
  - Priority: P0
  - Success criterion: the alert fires in staging within 6 minutes of an exhausted pool"""
DOCUMENT = good_postmortem(actions=ACTIONS, metadata={"Date": "2027-05-03"})


def install(github: Sandbox, policy: str) -> None:
    """The repository with a policy, its people, and the App."""
    github.create_repository(REPOSITORY, {".github/closeout.yml": policy})
    github.install("acme", [REPOSITORY])
    for login in ("ana", "ben", "dana"):
        github.grant(REPOSITORY, login, "write")


async def merge(service: Service, github: Sandbox, policy: str) -> None:
    """The same, and the postmortem is merged and followed up a minute later."""
    service.clock.set(MERGED)
    install(github, policy)
    await service.settled()
    service.clock.forward(minutes=1)
    github.edit_document(REPOSITORY, PATH, DOCUMENT)
    await service.settled()
