"""The engines that the conformance suite runs on."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.queue import WorkQueue
from app.queue.backoff import Backoff
from app.queue.sqlite import SqliteQueue
from tests.queue.scene import ManualClock, OpenEngine


def sqlite_engine(folder: Path) -> OpenEngine:
    def open_engine(clock: ManualClock, chance: float, backoff: Backoff) -> WorkQueue:
        return SqliteQueue(folder / "queue.db", clock=clock, sleep=clock.sleep, random=lambda: chance, backoff=backoff)

    return open_engine


ENGINES = {"sqlite": sqlite_engine}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> OpenEngine:
    return ENGINES[request.param](tmp_path)
