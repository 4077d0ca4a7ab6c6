"""The queue: which keys are dirty, and from when. One protocol; `sqlite` is the engine for one machine.

A mark says "look at this key", never what to do about it, so marks coalesce: a key has one entry however often it is
marked. The entry holds times and counts and nothing of GitHub's: losing all of them costs a sweep, not data.

    mark ──► due ──► pass ──► Done()          forgotten
              ▲        ├────► Done(wake_at)   due again at that moment
              │        ├────► RetryAt(when)   held until then, whatever is marked meanwhile
              │        └────► an exception    due again after a growing, random wait; parked after the last attempt
              └── mark, release ── parked
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Protocol, Self

Clock = Callable[[], datetime]
Sleep = Callable[[float], Awaitable[None]]  # waits for some seconds of the clock


def utc_now() -> datetime:
    """The system clock's instant, in UTC."""
    return datetime.now(UTC)


EXPECTED_FOR = timedelta(minutes=5)
"""How long something that was just created may be missing from GitHub's lists."""


class QueueError(Exception):
    """The queue's store can't be used. The message says which one, why, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Done:
    """The pass succeeded. `wake_at` (an aware instant) is when the key becomes dirty by itself; None: never."""

    wake_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RetryAt:
    """The pass could not finish and must not run before `when` (an aware instant): a rate limit, say.

    It does not count as a failure. A mark in the meantime does not bring it forward. A `when` that is already past,
    which happens where it comes from another machine's clock, means a second from now.
    """

    when: datetime
    reason: str


Outcome = Done | RetryAt


@dataclass(frozen=True, slots=True)
class Claim:
    """A key that is being worked on.

    Attributes:
        key: as marked.
        again: somebody asked for a fresh result, even if nothing has changed, since the last pass that succeeded.
        attempts: how many passes failed in a row before this one.
        last: the queue gives up on the key if this pass fails too (unless it is marked in the meantime), so this is
            the moment to tell people.
    """

    key: str
    again: bool
    attempts: int
    last: bool


@dataclass(frozen=True, slots=True)
class Parked:
    """A key the queue gave up on: why, since when (an aware instant), after how many attempts."""

    key: str
    reason: str
    since: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class QueueDepth:
    """How many keys are `due` (being worked on, or could be), `waiting` for their moment, and `parked`."""

    due: int
    waiting: int
    parked: int


Handle = Callable[[Claim], Awaitable[Outcome]]


class WorkQueue(Protocol):
    """Keys to work on. Delivery is at least once; one key never runs twice at once; marks coalesce.

    It is used as an asynchronous context manager: entering opens the store, leaving writes out what is under way.
    Every method raises QueueError if the store fails, and ValueError for an instant without a time zone.
    """

    async def __aenter__(self) -> Self:
        """Open the store. Raises QueueError if it is unusable, or in use by another Closeout."""

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Write out every mark that was accepted, then let go of the store."""

    async def mark(self, key: str, at: datetime | None = None, *, again: bool = False) -> None:
        """Make a key dirty from `at` (None: now). It is on disk when this returns.

        The earlier due time wins; a `RetryAt` still holds; a mark during a pass leads to another pass. What is new may
        be what was missing, so a mark also forgets the failures before it: a key that waits after a failure runs at
        `at`, a parked key comes back, and both have all their attempts again.
        """

    async def work(self, handle: Handle, concurrency: int) -> None:
        """Run `handle` for every key that is due, at most `concurrency` at once, until cancelled.

        Passes under way are cancelled with it; their keys stay due. An exception from `handle` means a retry with
        exponential backoff and jitter; after the last one the key is parked. Only one `work` at a time.

        Raises QueueError if the store fails: a process without its queue should end, and be started again.
        """

    async def parked(self) -> Sequence[Parked]:
        """The keys the queue gave up on, oldest first."""

    async def release(self, key: str) -> None:
        """Make a parked key dirty now, with its attempts forgotten. Nothing happens to a key that is not parked."""

    async def expect(self, name: str) -> None:
        """Note that something of that name is about to be created. It is on disk when this returns.

        Whoever looks for it a moment later, in a list that lags behind, or after a crash, knows not to create it again.
        """

    async def expected(self) -> Mapping[str, datetime]:
        """What was noted in the last five minutes, with the instants: long enough for any list to catch up."""

    async def depth(self) -> QueueDepth:
        """How many keys there are, by what they wait for."""


def open_queue(url: str, *, clock: Clock = utc_now, sleep: Sleep = asyncio.sleep) -> WorkQueue:
    """The queue at a URL; nothing is opened until it is entered as a context manager.

    `sqlite:///closeout.db` is a path relative to the working directory, `sqlite:////var/lib/closeout.db` an absolute
    one, and `sqlite:///:memory:` forgets everything at the end.

    Raises ValueError for any other URL. The message never repeats the URL, which may hold a password.
    """
    scheme, separator, rest = url.partition("://")
    if not separator or scheme != "sqlite":
        found = f"not with {scheme}://" if separator else "and has no scheme"
        raise ValueError(f"the queue's URL must begin with sqlite:///, as in sqlite:///closeout.db, {found}")
    path = rest.removeprefix("/")
    if path == rest or not path:
        raise ValueError("the queue's URL must name a file after sqlite:///, as in sqlite:///closeout.db")
    from app.queue.sqlite import SqliteQueue  # only the engine in use is loaded

    return SqliteQueue(path, clock=clock, sleep=sleep)
