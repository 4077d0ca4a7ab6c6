"""How fast Closeout may create things: GitHub blocks who creates too much.

Source: docs.github.com, "Rate limits for the REST API" (at most 80 content-creating requests a minute and 500 an hour)
and "Best practices for using the REST API" (one at a time, a second between them).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from app.github.errors import RateLimited

_BETWEEN = timedelta(seconds=1)
_HOUR = timedelta(hours=1)
_MOST_AN_HOUR = 450  # people on the same installation create things, too


class Pace:
    """The pace of one installation's creating writes: issues, comments, milestones. Check runs do not count."""

    def __init__(self, clock: Callable[[], datetime], sleep: Callable[[float], Awaitable[None]]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._written: deque[datetime] = deque(maxlen=_MOST_AN_HOUR)

    async def turn(self) -> None:
        """Return when the next thing may be created. Raises RateLimited if that is not within this hour.

        The caller holds the installation's lock, so that writes come one after the other.
        """
        now = self._clock()
        if len(self._written) == _MOST_AN_HOUR and now - self._written[0] < _HOUR:
            raise RateLimited(self._written[0] + _HOUR, "Closeout has created as much as it may in an hour")
        if self._written and (wait := self._written[-1] + _BETWEEN - now) > timedelta():
            await self._sleep(wait.total_seconds())
        self._written.append(self._clock())
