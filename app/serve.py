"""`closeout serve`: the web server and the worker, in one process."""

from __future__ import annotations

import asyncio
import gc
import random
import signal
import socket
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import structlog
from aiohttp import web

from app.build import Build, installed_build
from app.core.keys import InstallationsKey, format_key
from app.github.app import GitHub
from app.github.client import Transport
from app.github.connecting import look_at
from app.github.errors import GitHubError
from app.monitoring import Metrics
from app.queue import Claim, Clock, Done, Handle, Outcome, QueueError, Sleep, WorkQueue, open_queue, utc_now
from app.reconcile import SWEEP_EVERY, Reconciler
from app.repetition import Repetition
from app.settings import Settings
from app.web.server import Server

CONCURRENCY = 8
"""Keys worked on at the same time: with each pass's own requests still far from GitHub's hundred at once."""

_RETRY_IDENTITY = 30  # seconds

_log = structlog.get_logger(__name__)


async def serve(settings: Settings, *, clock: Clock = utc_now, sleep: Sleep = asyncio.sleep) -> None:
    """Serve until SIGTERM or SIGINT. What is under way then is done again after the next start.

    Alarms ring by `clock`, and `sleep` waits for some seconds of it.

    Raises OSError if the address cannot be listened on, QueueError if the queue cannot be used.
    """
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    build = installed_build()
    metrics = Metrics(build)
    async with open_queue(settings.queue, clock=clock, sleep=sleep) as queue, aiohttp.ClientSession() as session:
        transport = Transport(session, settings.api_url, asyncio.sleep, random.random, metrics.count_request)
        github = GitHub(transport, settings.app_id, settings.key, settings.github_url, clock)
        server = Server(queue, metrics, settings.webhook_secrets, settings.app_id)
        handle = _measured(Reconciler(github, queue, settings.app_id, clock), metrics)
        await queue.mark(format_key(InstallationsKey()))
        async with _listening(server, settings, build):
            _settle_memory()
            learn_identity = _learn_identity(github, server, clock)
            await _until(stop, queue.work(handle, CONCURRENCY), learn_identity, sweep_daily(queue))
    _log.info("stopped")


def _settle_memory() -> None:
    """Keep the garbage collector off what was loaded at the start: going over all of it stops the server for 30 ms."""
    gc.collect()
    gc.freeze()


async def _until(stop: asyncio.Event, *work: Coroutine[Any, Any, None]) -> None:
    """Do the work until told to stop. An error in any of it ends all of it, and is raised."""

    async def watch() -> None:
        await stop.wait()
        raise _Stopped

    try:
        async with asyncio.TaskGroup() as tasks:
            for each in (*work, watch()):
                tasks.create_task(each)
    except* _Stopped:
        pass
    except* QueueError as failures:
        raise failures.exceptions[0] from None


class _Stopped(Exception):
    """Ends the task group."""


@asynccontextmanager
async def _listening(server: Server, settings: Settings, build: Build) -> AsyncIterator[None]:
    runner = web.AppRunner(server.application(), access_log=None)
    await runner.setup()
    try:
        await _listen(runner, settings)
        port = runner.addresses[0][1]
        _log.info("listening", host=settings.host, port=port, version=build.version, commit=build.commit)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, settings: Settings) -> None:
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
    except UnicodeError:  # a host with an empty label, or one that is too long: it is not even looked for
        raise socket.gaierror(socket.EAI_NONAME, "not a name that a host can have") from None


async def sweep_daily(queue: WorkQueue, sleep: Sleep = asyncio.sleep) -> None:
    """Mark every installation once a day, whatever the clock says: alarms set by a wrong one may be a year away."""
    while True:
        await sleep(SWEEP_EVERY.total_seconds())
        await queue.mark(format_key(InstallationsKey()))


async def _learn_identity(github: GitHub, server: Server, clock: Clock) -> None:
    """Ask GitHub who we are until it answers, so that the server knows its own bot's events."""
    failing = Repetition()
    while server.bot_login is None:
        try:
            identity = await github.identity()
        except GitHubError as error:
            reason, where = str(error), look_at(error)
            if failing.is_due("identity", reason, clock()):
                _log.warning("not connected to GitHub", reason=reason, look_at=where, retry_in=_RETRY_IDENTITY)
            await asyncio.sleep(_RETRY_IDENTITY)
        else:
            _log.info("connected to GitHub", app=identity.slug or identity.id)
            server.bot_login = f"{identity.slug}[bot]" if identity.slug else ""


def _measured(handle: Handle, metrics: Metrics) -> Handle:
    """The same handle, counted and timed by kind of key."""

    async def measure(claim: Claim) -> Outcome:
        kind = claim.key.partition("/")[0]
        with structlog.contextvars.bound_contextvars(key=claim.key), metrics.pass_seconds.labels(kind).time():
            try:
                outcome = await handle(claim)
            except BaseException:
                metrics.passes.labels(kind, "failed").inc()
                raise
        metrics.passes.labels(kind, "done" if isinstance(outcome, Done) else "held").inc()
        return outcome

    return measure
