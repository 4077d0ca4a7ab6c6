"""The service in one piece, in process: the real server, queue and reconciler, over real HTTP against the sandbox."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from app.build import Build
from app.core.effects import CHECK_NAMES
from app.core.keys import InstallationsKey, format_key
from app.github.app import GitHub
from app.github.client import Transport
from app.monitoring import Metrics
from app.queue import Claim, Outcome, RetryAt, WorkQueue, utc_now
from app.queue.backoff import Backoff
from app.queue.sqlite import SqliteQueue
from app.reconcile import Reconciler
from app.sandbox.driver import Sandbox
from app.sandbox.world.records import CheckRun
from app.web.server import Server

REPOSITORY = "acme/postmortems"
PATIENCE = 10  # seconds; only a failing test waits that long
EVENING = 20  # o'clock


def environment_of(github: Sandbox) -> dict[str, str]:
    """The environment of a command that is the sandbox's App."""
    return {
        "CLOSEOUT_APP_ID": str(github.app_id),
        "CLOSEOUT_PRIVATE_KEY": github.private_key,
        "CLOSEOUT_WEBHOOK_SECRET": github.webhook_secret,
        "CLOSEOUT_API_URL": github.url,
        "CLOSEOUT_GITHUB_URL": github.web_url,
    }


async def _no_wait(_seconds: float) -> None:
    await asyncio.sleep(0)


class Clock:
    """The system's clock, which can be put forward. It begins in the evening, when nobody is at work."""

    def __init__(self) -> None:
        now = utc_now()
        self._ahead = max(timedelta(), now.replace(hour=EVENING, minute=0) - now)

    def __call__(self) -> datetime:
        return utc_now() + self._ahead

    def forward(self, **time: float) -> None:
        """Let time go by."""
        self._ahead += timedelta(**time)

    def set(self, instant: datetime) -> None:
        """Set it to an instant, from which it goes on."""
        self._ahead = instant - utc_now()


_DEPTH_OF_A_SWEEP = 3
"""Installations, the repositories of one, the pull requests of one."""


@dataclass
class Service:
    """A running service, the sandbox that it serves, and the clock of both.

    Attributes:
        stack: what it consists of.
        passes: the key of each pass so far.
        held: keys whose last pass has to be taken up again soon.
        alarms: when each key becomes due by itself, as its last pass said.
    """

    github: Sandbox
    queue: WorkQueue
    passed: asyncio.Event
    clock: Clock
    stack: AsyncExitStack
    passes: list[str] = field(default_factory=list)
    held: set[str] = field(default_factory=set)
    alarms: dict[str, datetime] = field(default_factory=dict)

    async def settled(self) -> None:
        """Return when every webhook was taken and no key is due."""
        async with asyncio.timeout(PATIENCE):
            while True:
                await self.github.delivered()
                self.passed.clear()
                await self.queue.release("nothing")  # a write: when it is on disk, so are the outcomes before it
                if (await self.queue.depth()).due == 0:
                    return
                await self.passed.wait()

    async def quiet(self) -> None:
        """Return when nothing is left but the sweep of tomorrow, and alarms."""
        async with asyncio.timeout(PATIENCE):
            while True:
                await self.settled()
                self.passed.clear()
                if not self.held:
                    return
                await self.passed.wait()

    async def at(self, instant: datetime) -> None:
        """Set the clock, and return when all that is due by then is done."""
        self.clock.set(instant)
        await self.settled()

    async def stop(self) -> None:
        """Stop it, as a process ends; its queue stays on the disk."""
        await self.stack.aclose()

    def note(self, key: str, outcome: Outcome) -> None:
        """Keep what came out of a pass."""
        self.passes.append(key)
        self.held.discard(key)
        self.alarms.pop(key, None)
        if isinstance(outcome, RetryAt):
            self.held.add(key)
        elif outcome.wake_at is not None:
            self.alarms[key] = outcome.wake_at

    async def checks(self, sha: str) -> dict[str, CheckRun]:
        """The checks on a commit once all is settled; both must be there and have ended."""
        await self.settled()
        runs = self.github.checks(REPOSITORY, sha)
        assert set(CHECK_NAMES) <= set(runs), f"only {sorted(runs)} on {sha[:7]}"
        assert all(run.status == "completed" for run in runs.values())
        return runs

    async def conclusions(self, sha: str) -> tuple[str | None, str | None]:
        """How the document check and the co-author check ended."""
        runs = await self.checks(sha)
        document, co_author = (runs[name].conclusion for name in CHECK_NAMES)
        return document, co_author

    async def sweep(self) -> None:
        """What happens at start-up and daily."""
        await self.queue.mark(format_key(InstallationsKey()))
        for _ in range(_DEPTH_OF_A_SWEEP):
            await self.settled()
            self.clock.forward(seconds=1)  # what one pass marks is due a moment later, spread out
        await self.settled()


@pytest.fixture
async def service(github: Sandbox, tmp_path: Path) -> AsyncIterator[Service]:
    """The service, connected; the test makes the repository. Retries come at once."""
    async with running(github, tmp_path / "queue.db", Clock()) as service:
        yield service


@asynccontextmanager
async def running(github: Sandbox, path: Path, clock: Clock) -> AsyncIterator[Service]:
    """The service with its queue in a file, connected to a sandbox that goes by the same clock."""
    passed = asyncio.Event()
    github.world.clock = clock
    backoff = Backoff(attempts=4, base=1.01)
    async with AsyncExitStack() as stack:
        queue = SqliteQueue(path, clock=clock, backoff=backoff, random=lambda: 0.0)
        await stack.enter_async_context(queue)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        transport = Transport(session, github.url, _no_wait, lambda: 0.0, lambda _method, _status: None)
        app = GitHub(transport, str(github.app_id), github.private_key, github.web_url, clock)
        reconciler = Reconciler(app, queue, str(github.app_id), clock)
        service = Service(github, queue, passed, clock, stack)

        async def handle(claim: Claim) -> Outcome:
            try:
                outcome = await reconciler(claim)
                service.note(claim.key, outcome)
                return outcome
            finally:
                # The queue has the outcome before this event is seen: who waits for it finds it among the writes.
                asyncio.get_running_loop().call_soon(passed.set)

        server = Server(queue, Metrics(Build("1.2.3", "")), (github.webhook_secret,), str(github.app_id))
        server.bot_login = "closeout[bot]"
        listening = await stack.enter_async_context(TestServer(server.application()))
        github.deliver_to(str(listening.make_url("/webhook")))
        work = asyncio.create_task(queue.work(handle, 4))
        stack.push_async_callback(_end, work)
        yield service


async def _end(work: asyncio.Task[None]) -> None:
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
