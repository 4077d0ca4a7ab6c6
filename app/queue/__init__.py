"""The queue: which keys are dirty, and from when. One protocol; `sqlite` is the engine for one machine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Done:
    """The pass succeeded. `wake_at` (an aware instant) is when the key becomes dirty by itself; None: never."""

    wake_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RetryAt:
    """The pass could not finish and must not run before `when` (an aware instant): a rate limit, say.

    It does not count as a failure. A mark in the meantime does not bring it forward.
    """

    when: datetime
    reason: str


Outcome = Done | RetryAt


@dataclass(frozen=True, slots=True)
class Claim:
    """A key that is being worked on.

    Attributes:
        key: as marked.
        again: somebody asked for a fresh result even if nothing has changed.
        attempts: how many passes failed in a row before this one.
        last: the queue gives up on the key if this pass fails too.
    """

    key: str
    again: bool
    attempts: int
    last: bool


@dataclass(frozen=True, slots=True)
class Parked:
    """A key the queue gave up on: why, since when, after how many attempts."""

    key: str
    reason: str
    since: datetime
    attempts: int


Handle = Callable[[Claim], Awaitable[Outcome]]


class WorkQueue(Protocol):
    """Keys to work on. Delivery is at least once; one key never runs twice at once; marks coalesce."""

    async def mark(self, key: str, at: datetime | None = None, *, again: bool = False) -> None:
        """Make a key dirty from `at` (None: now). It is on disk when this returns.

        The earlier due time wins, a `RetryAt` still holds, a parked key starts afresh; a mark during a pass leads
        to another pass.
        """

    async def work(self, handle: Handle, concurrency: int) -> None:
        """Run `handle` for every key that is due, until cancelled; passes under way are cancelled with it.

        An exception from `handle` means a retry with exponential backoff and jitter; after the last one the key
        is parked.
        """

    async def parked(self) -> Sequence[Parked]:
        """The keys the queue gave up on, oldest first."""

    async def release(self, key: str) -> None:
        """Make a parked key dirty now, with its attempts forgotten. Nothing happens to a key that is not parked."""
