"""The story's clock: the system's, moved by as much as a file says, so that GitHub and the service share it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

_LOOK_EVERY = 0.02  # seconds of the real clock: so soon a sleeper learns that time has been put forward


class StoryClock:
    """Tells the instant by a `file`, which whoever tells the story sets forward."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __call__(self) -> datetime:
        """The story's instant, in UTC."""
        return datetime.now(UTC) + timedelta(seconds=float(self.file.read_text(encoding="ascii")))

    def set(self, instant: datetime) -> None:
        """Go on from an instant."""
        ahead = (instant - datetime.now(UTC)).total_seconds()
        written = self.file.with_suffix(".new")
        written.write_text(f"{ahead:+f}", encoding="ascii")
        written.replace(self.file)

    async def sleep(self, seconds: float) -> None:
        """Return when so much of the story's time has gone by."""
        until = self() + timedelta(seconds=seconds)
        while self() < until:  # noqa: ASYNC110 - it is another process that puts the clock forward
            await asyncio.sleep(_LOOK_EVERY)
