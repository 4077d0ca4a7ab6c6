from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientSession

from app.sandbox.driver import Sandbox
from tests.github_schema import SchemaGuard
from tests.sandbox.caller import REPOSITORY, Caller, as_app, as_installation


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession(headers={"User-Agent": "tests"}) as session:
        yield session


@pytest.fixture
async def home(github: Sandbox) -> Sandbox:
    """A sandbox with one repository, where the App is installed."""
    github.create_repository(REPOSITORY, {"README.md": "# Postmortems\n", "postmortems/1.md": "# One\n"})
    github.install("acme")
    return github


@pytest.fixture
async def app(home: Sandbox, session: ClientSession) -> Caller:
    return as_app(home, session)


@pytest.fixture
async def call(home: Sandbox, session: ClientSession) -> Caller:
    """A caller with an installation token."""
    return await as_installation(home, session)


class HandClock:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def tracker(schema_guard: SchemaGuard, clock: HandClock) -> AsyncIterator[Sandbox]:
    """A sandbox whose App may write issues, with one repository, two people who work in it, and one who only reads."""
    async with Sandbox(clock=clock) as github:
        schema_guard.watch(github)
        roles = {"ana": "write", "bo": "maintain", "rae": "read"}
        github.create_repository(REPOSITORY, {"postmortems/1.md": "# One\n"}, roles=roles)  # type: ignore[arg-type]
        github.install("acme")
        yield github


@pytest.fixture
async def api(tracker: Sandbox, session: ClientSession) -> Caller:
    """A caller with an installation token of that sandbox."""
    return await as_installation(tracker, session)
