"""What a command says on standard error while GitHub does not answer, so that nobody thinks that it hangs."""

from __future__ import annotations

import asyncio
import http
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from app.cli.terminal import complain

_PATIENCE = 1.0  # seconds that people at a terminal wait without asking themselves whether it hangs
_PATIENCE_OF_LOGS = 5.0  # seconds


def patience() -> float:
    """How many seconds nothing is said: fewer where somebody looks on."""
    return _PATIENCE if sys.stderr.isatty() else _PATIENCE_OF_LOGS


class Waiting:
    """Notes when GitHub answered last, and tells what is tried once that has taken longer than `seconds`."""

    def __init__(self, api_url: str, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._api_url = api_url
        self._seconds = seconds
        self._now = now
        self._last = now()

    def note(self, _method: str, status: int) -> None:
        """What came of a request: an answer's status, 0 for none."""
        if 0 < status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
            self._last = self._now()

    async def sleep(self, seconds: float) -> None:
        """Wait before the next try, and say so."""
        if self._now() - self._last >= self._seconds:
            complain(f"still no answer from GitHub at {self._api_url}; trying again")
        await asyncio.sleep(seconds)

    @asynccontextmanager
    async def first_answer(self) -> AsyncIterator[None]:
        """Say what is waited for if the body takes long: a connection that hangs fails only after half a minute."""
        watch = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watch.cancel()
            with suppress(asyncio.CancelledError):
                await watch

    async def _watch(self) -> None:
        await asyncio.sleep(self._seconds)
        complain(f"waiting for an answer from GitHub at {self._api_url}")
