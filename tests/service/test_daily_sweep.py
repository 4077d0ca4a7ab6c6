"""Every installation is looked at once a day, though the clock was wrong when its last alarm was set."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from app.core.keys import InstallationsKey, format_key
from app.queue import QueueDepth
from app.queue.sqlite import SqliteQueue
from app.serve import sweep_daily


async def test_a_sweep_comes_a_day_after_the_start_however_far_away_its_alarm_is() -> None:
    slept: list[float] = []
    now = datetime(2027, 5, 3, tzinfo=UTC)

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) > 1:
            await asyncio.Event().wait()

    async with SqliteQueue(":memory:", clock=lambda: now) as queue:
        await queue.mark(format_key(InstallationsKey()), now + timedelta(days=365))
        assert await queue.depth() == QueueDepth(due=0, waiting=1, parked=0)
        sweeping = asyncio.create_task(sweep_daily(queue, sleep))
        while len(slept) < 2:  # noqa: ASYNC110 - each turn of the loop brings it on
            await asyncio.sleep(0)
        assert await queue.depth() == QueueDepth(due=1, waiting=0, parked=0)
        assert slept[0] == timedelta(days=1).total_seconds()
        sweeping.cancel()
        await asyncio.gather(sweeping, return_exceptions=True)
