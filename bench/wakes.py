"""A queue for measurements: keys in memory, one pass at a time, and a clock that jumps to whatever is due next."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from app.core.keys import format_key
from app.queue import EXPECTED_FOR, Claim, Done, Handle, Parked, QueueDepth, WorkQueue
from app.sandbox.webhooks import Delivery
from app.web.events import marks, read_payload


class Clock:
    """A clock that stands still until it is set, or somebody waits."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The instant."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Let so much time go by, at once."""
        self.now += timedelta(seconds=seconds)
        await asyncio.sleep(0)


class Wakes(WorkQueue):
    """Which keys are due, and when: by marks, and by the alarms that passes set.

    Attributes:
        passes: how many there were, by kind of key.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._due: dict[str, datetime] = {}
        self._expected: dict[str, datetime] = {}
        self.passes: Counter[str] = Counter()

    async def __aenter__(self) -> Self:
        """There is nothing to open."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """There is nothing to close."""

    async def mark(self, key: str, at: datetime | None = None, *, again: bool = False) -> None:
        """Make a key dirty from `at`; the earlier time wins."""
        self._mark(key, at or self._clock.now)

    def _mark(self, key: str, at: datetime) -> None:
        self._due[key] = min(at, self._due.get(key, at))

    async def expect(self, name: str) -> None:
        """Note that something of that name is about to be created."""
        self._expected[name] = self._clock.now

    async def expected(self) -> Mapping[str, datetime]:
        """What was noted in the last five minutes."""
        return {name: at for name, at in self._expected.items() if self._clock.now - at < EXPECTED_FOR}

    def forget(self) -> None:
        """Lose everything, as a deleted file does."""
        self._due.clear()
        self._expected.clear()

    async def work(self, handle: Handle, concurrency: int) -> None:
        """Pass over what is due now, one key at a time."""
        await self.run(handle, self._clock.now)

    async def parked(self) -> Sequence[Parked]:
        """None: whatever fails ends the measurement."""
        return ()

    async def release(self, key: str) -> None:
        """Nothing, since nothing is parked."""

    async def depth(self) -> QueueDepth:
        """How many keys there are."""
        due = sum(at <= self._clock.now for at in self._due.values())
        return QueueDepth(due=due, waiting=len(self._due) - due, parked=0)

    def receiver(self, app_id: str, bot: str) -> Callable[[Delivery], None]:
        """Takes webhooks as the server does."""

        def receive(delivery: Delivery) -> None:
            payload = read_payload(delivery.body)
            if payload is None or (payload.sender and payload.sender.login == bot):
                return
            for mark in marks(delivery.event, payload, app_id):
                self._mark(format_key(mark.key), self._clock.now)

        return receive

    async def run(self, handle: Handle, until: datetime) -> None:
        """Pass over whatever is due up to an instant, in order, each at its time; then it is that instant."""
        while self._due:
            key = min(self._due, key=lambda each: (self._due[each], each))
            at = self._due[key]
            if at > until:
                break
            del self._due[key]
            self._clock.now = max(self._clock.now, at)
            self.passes[key.partition("/")[0]] += 1
            outcome = await handle(Claim(key, again=False, attempts=0, last=False))
            wake_at = outcome.wake_at if isinstance(outcome, Done) else outcome.when
            if wake_at is not None:
                self._mark(key, wake_at)
        self._clock.now = max(self._clock.now, until)
