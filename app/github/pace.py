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
_MOST_A_REPOSITORY = 300  # the rest is for the others: an import in one must not keep an incident in another waiting


class Pace:
    """The pace of one installation's creating writes: issues, comments, milestones. Check runs do not count."""

    def __init__(self, clock: Callable[[], datetime], sleep: Callable[[float], Awaitable[None]]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._written: deque[tuple[datetime, int]] = deque(maxlen=_MOST_AN_HOUR)

    async def turn(self, repository: int) -> None:
        """Return when the next thing may be created in a repository. Raises RateLimited if that is not within a second.

        The caller holds the installation's lock, whose queue is first come, first served: repositories that are busy
        at the same time take turns.
        """
        now = self._clock()
        # A clock that was ahead left instants to come: to wait for those would hold up the whole installation.
        recent = [(at, by) for at, by in self._written if timedelta() <= now - at < _HOUR]
        own = [at for at, by in recent if by == repository]
        if len(recent) >= _MOST_AN_HOUR:
            raise RateLimited(recent[0][0] + _HOUR, "Closeout has created as much as it may in an hour")
        if len(own) >= _MOST_A_REPOSITORY:
            raise RateLimited(own[0] + _HOUR, "Closeout has created as much as it may in one repository in an hour")
        if recent and (wait := recent[-1][0] + _BETWEEN - now) > timedelta():
            await self._sleep(wait.total_seconds())
        self._written.append((self._clock(), repository))


class RepositoryPace:
    """One repository's share of its installation's pace."""

    def __init__(self, pace: Pace, repository: int) -> None:
        self._pace = pace
        self._repository = repository

    async def turn(self) -> None:
        """Return when the next thing may be created. Raises RateLimited, see `Pace.turn`."""
        await self._pace.turn(self._repository)
