"""kill -9 in the middle of everything."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.queue import Claim, Done, Outcome, QueueError, open_queue
from tests.queue.scene import PATIENCE, cancel

ENOUGH = 400  # acknowledged marks; with every third pass stuck, well below the victim's concurrency


@contextlib.asynccontextmanager
async def victim(queue: Path, journal: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.queue.victim", str(queue), str(journal), stdout=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def acknowledged_until_killed(process: asyncio.subprocess.Process) -> set[str]:
    assert process.stdout
    lines = [await process.stdout.readline() for _ in range(ENOUGH)]
    process.kill()
    lines += (await process.stdout.read()).splitlines(keepends=True)
    return {line.decode().strip() for line in lines if line.endswith(b"\n")}


async def run_what_is_left(path: Path) -> list[str]:
    """The keys that run, in order, once each: a second pass of a key at once would fail here."""
    ran: list[str] = []
    under_way: set[str] = set()

    async def handle(claim: Claim) -> Outcome:
        assert claim.key not in under_way
        under_way.add(claim.key)
        await asyncio.sleep(0)
        under_way.remove(claim.key)
        ran.append(claim.key)
        return Done()

    async with open_queue(f"sqlite:///{path}") as queue:
        work = asyncio.create_task(queue.work(handle, 50))
        async with asyncio.timeout(PATIENCE):
            while (await queue.depth()).due:  # noqa: ASYNC110 - the question itself waits its turn
                await asyncio.sleep(0)
        await cancel(work)
        assert not await queue.parked()
    return ran


async def test_nothing_acknowledged_is_lost_and_nothing_runs_twice_at_once(tmp_path: Path) -> None:
    path, journal = tmp_path / "queue.db", tmp_path / "journal"
    async with victim(path, journal) as process:
        acknowledged = await acknowledged_until_killed(process)
    succeeded = set(journal.read_text().splitlines())
    ran = await run_what_is_left(path)
    stuck = {key for key in acknowledged if int(key.rpartition("/")[2]) % 3 == 0}
    assert stuck
    assert stuck <= set(ran)
    assert acknowledged <= succeeded | set(ran)
    assert len(ran) == len(set(ran))


async def test_a_living_owner_keeps_others_out_and_a_killed_one_does_not(tmp_path: Path) -> None:
    path, journal = tmp_path / "queue.db", tmp_path / "journal"
    async with victim(path, journal) as process:
        assert process.stdout
        await process.stdout.readline()
        with pytest.raises(QueueError, match=rf"queue\.db is in use by another Closeout \(process {process.pid}\)"):
            await open_queue(f"sqlite:///{path}").__aenter__()
    async with open_queue(f"sqlite:///{path}") as queue:
        assert (await queue.depth()).due


@pytest.mark.parametrize("leftovers", [True, False])
async def test_a_deleted_file_is_made_anew(tmp_path: Path, *, leftovers: bool) -> None:
    path, journal = tmp_path / "queue.db", tmp_path / "journal"
    async with victim(path, journal) as process:
        await acknowledged_until_killed(process)
    path.unlink()
    if not leftovers:
        (tmp_path / "queue.db-wal").unlink()
        (tmp_path / "queue.db-shm").unlink()
    async with open_queue(f"sqlite:///{path}") as queue:
        assert (await queue.depth()).due == 0
        await queue.mark("key/1")
        assert (await queue.depth()).due == 1
