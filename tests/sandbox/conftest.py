from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from app.sandbox.driver import Sandbox
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
