"""Fixtures for tests that need a GitHub."""

from collections.abc import AsyncIterator, Iterator

import pytest

from app.sandbox.driver import Sandbox
from tests.github_schema import SchemaGuard


@pytest.fixture
def schema_guard() -> Iterator[SchemaGuard]:
    """Watches the sandboxes it is given; the test fails if anything departed from GitHub's schemas."""
    guard = SchemaGuard()
    yield guard
    guard.verify()


@pytest.fixture
async def github(schema_guard: SchemaGuard) -> AsyncIterator[Sandbox]:
    """A running sandbox, held to GitHub's schemas in all it says and is asked."""
    async with Sandbox() as sandbox:
        yield schema_guard.watch(sandbox)
