"""A queue at work, with a clock and passes that move only by a test's hand."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from app.queue import Claim, Outcome, QueueDepth, WorkQueue
from app.queue.backoff import Backoff

START = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
KEY = "pull/7/1296269/12"
OTHER = "pull/7/1296269/13"
PATIENCE = 10  # seconds until a test that waits for something is broken


def after(**duration: float) -> datetime:
    """An instant so long after the start."""
    return START + timedelta(**duration)


class ManualClock:
    """A clock that stands still until it is advanced, which also ends the sleeps that are over by then."""

    def __init__(self) -> None:
        self.now = START
        self._sleepers: list[tuple[datetime, asyncio.Future[None]]] = []

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> asyncio.Future[None]:
        """Not a coroutine, which would begin at the loop's next turn, when the clock may have moved."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers = [each for each in self._sleepers if not each[1].done()]
        self._sleepers.append((self.now + timedelta(seconds=seconds), future))
        self._wake()
        return future

    def advance(self, **duration: float) -> None:
        self.now += timedelta(**duration)
        self._wake()

    def _wake(self) -> None:
        for until, future in self._sleepers:
            if until <= self.now and not future.done():
                future.set_result(None)


class OpenEngine(Protocol):
    """Makes a queue on one engine; every queue of a test is on the same store, so it can be closed and reopened."""

    def __call__(self, clock: ManualClock, chance: float, backoff: Backoff) -> WorkQueue: ...


@dataclass(frozen=True, slots=True)
class Pass:
    """A pass under way. A test ends it with an outcome or an exception."""

    claim: Claim
    outcome: asyncio.Future[Outcome]


class Scene:
    """A queue, its clock, and the passes it has begun."""

    def __init__(self, queue: WorkQueue, clock: ManualClock) -> None:
        self.queue = queue
        self.clock = clock
        self.under_way: dict[str, Pass] = {}
        self._begun: asyncio.Queue[Pass] = asyncio.Queue()

    async def handle(self, claim: Claim) -> Outcome:
        assert claim.key not in self.under_way, f"{claim.key} runs twice at once"
        begun = Pass(claim, asyncio.get_running_loop().create_future())
        self.under_way[claim.key] = begun
        self._begun.put_nowait(begun)
        try:
            return await begun.outcome
        finally:
            del self.under_way[claim.key]

    async def begun(self) -> Claim:
        """The next claim, in the order in which the passes began."""
        async with asyncio.timeout(PATIENCE):
            return (await self._begun.get()).claim

    async def nothing_begins(self) -> bool:
        await self.settle()
        return self._begun.empty()

    async def end(self, key: str, outcome: Outcome | BaseException) -> None:
        """End a pass, and wait until the queue has dealt with it."""
        future = self.under_way[key].outcome
        if isinstance(outcome, BaseException):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)
        await self.settle()

    async def run(self, key: str, outcome: Outcome | BaseException) -> Claim:
        """Let the next pass, which must be this key's, end so."""
        claim = await self.begun()
        assert claim.key == key
        await self.end(key, outcome)
        return claim

    async def advance(self, **duration: float) -> None:
        self.clock.advance(**duration)
        await self.settle()

    async def settle(self) -> QueueDepth:
        """Wait until the queue has nothing left to do: its answers come in the order of the questions."""
        for _ in range(6):
            for _ in range(4):
                await asyncio.sleep(0)
            depth = await self.queue.depth()
        return depth


@contextlib.asynccontextmanager
async def at_work(
    engine: OpenEngine,
    clock: ManualClock | None = None,
    *,
    concurrency: int = 10,
    chance: float = 0.5,
    backoff: Backoff | None = None,
) -> AsyncIterator[Scene]:
    """A scene whose queue is being worked on."""
    clock = clock or ManualClock()
    async with engine(clock, chance, backoff or Backoff()) as queue:
        scene = Scene(queue, clock)
        work = asyncio.create_task(queue.work(scene.handle, concurrency))
        try:
            yield scene
        finally:
            await cancel(work)


async def cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
