"""The queue for one machine: a SQLite file, owned by one process."""

from __future__ import annotations

import asyncio
import contextlib
import random as randomness
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog

from app.queue import (
    EXPECTED_FOR,
    Claim,
    Clock,
    Done,
    Handle,
    Outcome,
    Parked,
    QueueDepth,
    QueueError,
    Sleep,
    WorkQueue,
    utc_now,
)
from app.queue.backoff import Backoff
from app.queue.store import Claimed, Expect, Failed, Finished, Held, Mark, Release, SetBack, Write
from app.queue.writer import Writer
from app.repetition import Repetition

_log = structlog.get_logger(__name__)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SECOND = 1_000_000  # microseconds
_EXPECTED_FOR = EXPECTED_FOR // _MICROSECOND
# The system clock can be set, and stands still for timers while a machine is suspended: look at it this often.
_LONGEST_SLEEP = 60.0  # seconds
_LONGEST_REASON = 500  # characters of an error that a parked key keeps
# Alarms that were set by a clock which was ahead would ring as much too late; a minute is not worth a look at all.
_SET_BACK = 60 * _SECOND
_LONGEST_HOLD = 3600 * _SECOND  # GitHub's limits are counted by the hour


class SqliteQueue(WorkQueue):
    """A WorkQueue in the SQLite file `path`, or in memory if that is `:memory:`.

    Args:
        path: the file; it is made if it does not exist, its folder is not.
        clock: tells the instant.
        sleep: waits for some seconds of that clock.
        random: draws from [0, 1), for the jitter.
        backoff: spaces the retries.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        clock: Clock = utc_now,
        sleep: Sleep = asyncio.sleep,
        random: Callable[[], float] = randomness.random,
        backoff: Backoff | None = None,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._random = random
        self._backoff = backoff or Backoff()
        self._look = asyncio.Event()  # something may have become due, or a worker free
        self._writer = Writer(str(path), self._look.set)
        self._working = False
        self._failing = Repetition()
        self._seen = 0  # the instant at which keys were last looked for

    async def __aenter__(self) -> Self:
        await self._writer.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._writer.close()

    async def mark(self, key: str, at: datetime | None = None, *, again: bool = False) -> None:
        """Make a key dirty; it is on disk when this returns."""
        await self._writer.write(Mark(key, self._now() if at is None else _to_microseconds(at), again))

    async def release(self, key: str) -> None:
        """Make a parked key dirty now."""
        await self._writer.write(Release(key, self._now()))

    async def parked(self) -> Sequence[Parked]:
        """The keys the queue gave up on, oldest first."""
        rows = await self._writer.call(lambda store: store.parked())
        return [Parked(key, reason, _to_instant(since), attempts) for key, reason, since, attempts in rows]

    async def expect(self, name: str) -> None:
        """Note that something of that name is about to be created."""
        now = self._now()
        await self._writer.write(Expect(name, now, now - _EXPECTED_FOR))

    async def expected(self) -> Mapping[str, datetime]:
        """What was noted in the last five minutes."""
        now = self._now()
        rows = await self._writer.call(lambda store: store.expected(now - _EXPECTED_FOR, now))
        return {name: _to_instant(at) for name, at in rows}

    async def depth(self) -> QueueDepth:
        """How many keys there are, by what they wait for."""
        now = self._now()
        return await self._writer.call(lambda store: store.depth(now))

    async def work(self, handle: Handle, concurrency: int) -> None:
        """Run `handle` for every key that is due, until cancelled."""
        if self._working:
            raise RuntimeError("this queue is being worked on already")
        self._working = True
        try:
            async with asyncio.TaskGroup() as passes:
                await self._dispatch(handle, concurrency, passes)
        except* QueueError as failures:
            raise failures.exceptions[0] from None
        finally:
            await asyncio.shield(self._stop())

    async def _dispatch(self, handle: Handle, concurrency: int, passes: asyncio.TaskGroup) -> None:
        under_way: set[asyncio.Task[None]] = set()

        def ended(task: asyncio.Task[None]) -> None:
            under_way.discard(task)
            self._look.set()

        while True:
            self._look.clear()
            next_at = None
            if free := concurrency - len(under_way):
                claims, next_at = await self._claim(free)
                for claim in claims:
                    task = passes.create_task(self._pass(handle, claim), name=f"pass {claim.key}")
                    under_way.add(task)
                    task.add_done_callback(ended)
            await self._wait_until(next_at)

    async def _claim(self, limit: int) -> tuple[list[Claim], int | None]:
        now = self._now()
        if now < self._seen - _SET_BACK:
            _log.warning("the clock was set back, so every key is looked at", now=_to_instant(now).isoformat())
            await self._writer.write(SetBack(now, now + _LONGEST_HOLD))
        self._seen = now
        rows, next_at = await self._writer.call(lambda store: store.claim(now, limit))
        return [self._to_claim(row) for row in rows], next_at

    def _to_claim(self, row: Claimed) -> Claim:
        return Claim(row.key, row.again, row.attempts, last=self._backoff.parks(row.attempts + 1))

    async def _wait_until(self, instant: int | None) -> None:
        """Return when the clock has come to `instant`, or there is a reason to look before."""
        seconds = _LONGEST_SLEEP
        if instant is not None:
            seconds = min(seconds, max(0, instant - self._now()) / _SECOND)
        timer = asyncio.ensure_future(self._sleep(seconds))
        timer.add_done_callback(lambda slept: None if slept.cancelled() else self._look.set())
        try:
            await self._look.wait()
        finally:
            timer.cancel()

    async def _pass(self, handle: Handle, claim: Claim) -> None:
        try:
            write = self._to_write(claim.key, await handle(claim))
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # one bad key, even one whose parser panics in Rust, must not stop the rest
            if _is_being_cancelled():  # then whatever the pass says is about the cancellation
                raise asyncio.CancelledError from error
            write = self._to_failed(claim, error)
        await self._writer.write(write)

    def _to_write(self, key: str, outcome: Outcome) -> Write:
        if isinstance(outcome, Done):
            self._failing.forget(key)
            return Finished(key, None if outcome.wake_at is None else _to_microseconds(outcome.wake_at))
        _log.info("pass held", key=key, until=outcome.when.isoformat(), reason=outcome.reason)
        return Held(key, max(_to_microseconds(outcome.when), self._now() + _SECOND))

    def _to_failed(self, claim: Claim, error: BaseException) -> Failed:
        failures, now = claim.attempts + 1, self._now()
        reason = f"{type(error).__name__}: {error}"[:_LONGEST_REASON]
        if self._backoff.parks(failures):
            self._failing.forget(claim.key)
            _log.error("key parked", key=claim.key, attempts=failures, reason=reason)
            return Failed(claim.key, now, None, reason)
        wait = self._backoff.wait(failures, self._random())
        if self._failing.is_due(claim.key, reason, self._clock()):
            _log.warning("pass failed", key=claim.key, attempts=failures, retry_in=wait.total_seconds(), reason=reason)
        return Failed(claim.key, now, now + wait // _MICROSECOND, reason)

    async def _stop(self) -> None:
        """End `work`: outcomes first, then the claims without one, also one whose answer nobody waited for."""
        with contextlib.suppress(QueueError):  # a store that failed or was closed has no claims
            await self._writer.drain()
            await self._writer.call(lambda store: store.abandon())
        self._working = False

    def _now(self) -> int:
        return _to_microseconds(self._clock())


def _is_being_cancelled() -> bool:
    """Whether it is this task that is told to stop, and not something it waited for that was cancelled."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _to_microseconds(instant: datetime) -> int:
    if instant.tzinfo is None:
        raise ValueError(f"the queue needs an instant with a time zone, not {instant.isoformat()}")
    return (instant - _EPOCH) // _MICROSECOND


def _to_instant(microseconds: int) -> datetime:
    return _EPOCH + microseconds * _MICROSECOND
