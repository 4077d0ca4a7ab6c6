"""Fixtures for tests that need a GitHub.

Imported when first used: the schemas and the sandbox take a second that tests of plain functions need not wait for.
"""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from app.sandbox.driver import Sandbox
    from tests.github_schema import SchemaGuard

# How long something takes is measured in bench/, side by side. A commit passes or fails by what it says, not by luck:
# the same examples each time. `make search` looks for others.
settings.register_profile("laws", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile("laws")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in a job in the background; processes we start inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def schema_guard() -> Iterator[SchemaGuard]:
    """Watches the sandboxes it is given; the test fails if anything departed from GitHub's schemas."""
    from tests.github_schema import SchemaGuard

    guard = SchemaGuard()
    yield guard
    guard.verify()


@pytest.fixture
async def github(schema_guard: SchemaGuard) -> AsyncIterator[Sandbox]:
    """A running sandbox, held to GitHub's schemas in all it says and is asked."""
    from app.sandbox.driver import Sandbox

    async with Sandbox() as sandbox:
        yield schema_guard.watch(sandbox)
