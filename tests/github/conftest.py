from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import aiohttp
import pytest

from app.github.app import Access, GitHub
from app.github.client import Transport
from app.queue import utc_now
from app.sandbox.driver import Sandbox

REPOSITORY = "acme/postmortems"
FILES = {".github/closeout.yml": "version: 1\n", "postmortems/1.md": "# Postmortem: one\n"}


@dataclass
class Waits:
    """The waits that were asked for, none of which was waited."""

    seconds: list[float]

    async def sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def waits() -> Waits:
    return Waits([])


@pytest.fixture
async def app(github: Sandbox, waits: Waits) -> AsyncIterator[GitHub]:
    """The App's way into a sandbox where it is installed on one repository."""
    github.create_repository(REPOSITORY, FILES)
    github.create_repository("acme/other")
    github.install("acme", [REPOSITORY])
    async with aiohttp.ClientSession() as session:
        transport = Transport(session, github.url, waits.sleep, lambda: 0.5, lambda _method, _status: None)
        yield GitHub(transport, str(github.app_id), github.private_key, github.web_url, utc_now)


@pytest.fixture
def enter(github: Sandbox, app: GitHub) -> Callable[[], Awaitable[Access]]:
    """Enter the repository."""
    installation = next(iter(github.world.installations))
    repository = github.world.repository(REPOSITORY).id
    return lambda: app.enter(installation, repository)
