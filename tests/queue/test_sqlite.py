"""The file: what it is called, what can be wrong with it, and how it is read."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.queue import Claim, Outcome, QueueDepth, QueueError, RetryAt, open_queue
from app.queue.sqlite import SqliteQueue
from app.queue.store import CLAIM, Mark, Store
from tests.queue.scene import PATIENCE, ManualClock, Scene, cancel


async def open_fails(path: Path) -> str:
    with pytest.raises(QueueError) as caught:
        await SqliteQueue(path).__aenter__()
    assert str(path) in str(caught.value)
    return str(caught.value)


async def make(path: Path) -> None:
    async with SqliteQueue(path) as queue:
        for each in range(300):
            await queue.mark(f"pull/7/1296269/{each}")


# What can be wrong with it


async def test_a_file_that_is_no_database_may_be_deleted(tmp_path: Path) -> None:
    path = tmp_path / "queue.db"
    path.write_bytes(b"what a text editor left behind\n" * 100)
    assert "is damaged: file is not a database. Stop Closeout and delete" in await open_fails(path)


async def test_a_damaged_database_is_found_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "queue.db"
    await make(path)
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 3] = b"\xff" * 4096
    path.write_bytes(content)
    assert "is damaged" in await open_fails(path)


async def test_a_truncated_database_is_found_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "queue.db"
    await make(path)
    path.write_bytes(path.read_bytes()[:5000])
    assert "is damaged" in await open_fails(path)


async def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "queue.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE invoices (id)")
    connection.close()
    before = path.read_bytes()
    message = await open_fails(path)
    assert "not Closeout's queue: name another file" in message
    assert "delete" not in message
    assert path.read_bytes() == before


async def test_a_file_of_another_version_may_be_deleted(tmp_path: Path) -> None:
    path = tmp_path / "queue.db"
    await make(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert "another version of Closeout (format 99, this one reads 2): delete it" in await open_fails(path)


async def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert f"the folder {tmp_path / 'missing'} does not exist" in await open_fails(tmp_path / "missing" / "queue.db")


async def test_a_folder_is_no_queue(tmp_path: Path) -> None:
    path = tmp_path / "queue.db"
    path.mkdir()
    assert "can't be read or written" in await open_fails(path)


async def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "can't be written" in await open_fails(tmp_path / "file" / "queue.db")


async def test_a_queue_that_could_not_be_opened_leaves_the_file_to_others(tmp_path: Path) -> None:
    path = tmp_path / "queue.db"
    path.write_bytes(b"x" * 5000)
    await open_fails(path)
    path.unlink()
    async with SqliteQueue(path) as queue:
        assert await queue.depth() == QueueDepth(0, 0, 0)


async def test_a_second_queue_on_the_same_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "queue.db"
    async with SqliteQueue(path):
        assert "in use by another Closeout" in await open_fails(path)


async def test_a_mark_that_could_not_be_written_raises_and_ends_the_work(tmp_path: Path) -> None:
    path = tmp_path / "queue.db"
    async with SqliteQueue(path) as queue:
        await queue.mark("before")
        other = sqlite3.connect(path)
        other.execute("DROP TABLE work")
        other.close()
        with pytest.raises(QueueError, match=r"queue\.db can't be read or written"):
            await queue.mark("after")
        with pytest.raises(QueueError, match=r"queue\.db can't be read or written"):
            async with asyncio.timeout(PATIENCE):
                await queue.work(never_called, 1)


async def never_called(_: Claim) -> Outcome:
    raise AssertionError


# How it is read


def test_the_next_key_is_found_by_the_index_among_thousands() -> None:
    store = Store(":memory:")
    store.write([Mark(f"pull/7/1296269/{each}", each, again=False) for each in range(5000)])
    plan = store._connection.execute(f"EXPLAIN QUERY PLAN {CLAIM}", (10,)).fetchall()
    assert [step[-1] for step in plan] == ["SCAN work USING INDEX work_by_time"]
    claimed, next_at = store.claim(now=6000, limit=2)
    assert [each.key for each in claimed] == ["pull/7/1296269/0", "pull/7/1296269/1"]
    assert next_at == 2
    store.close()


async def test_marks_that_wait_for_the_disk_share_one_transaction(tmp_path: Path) -> None:
    path = tmp_path / "queue.db"
    async with SqliteQueue(path) as queue:
        statements: list[str] = []
        await queue._writer.call(lambda store: store._connection.set_trace_callback(statements.append))
        await asyncio.gather(*(queue.mark(f"key {each}") for each in range(50)))
        assert len(statements) == 1
        assert (await queue.depth()).due == 50


async def test_a_commit_is_on_the_disk(tmp_path: Path) -> None:
    async with SqliteQueue(tmp_path / "queue.db") as queue:
        assert await pragma(queue, "journal_mode") == "wal"
        assert await pragma(queue, "synchronous") == 2  # FULL


async def pragma(queue: SqliteQueue, name: str) -> object:
    return await queue._writer.call(lambda store: store._connection.execute(f"PRAGMA {name}").fetchone()[0])


async def test_an_idle_queue_leaves_the_file_alone(tmp_path: Path) -> None:
    clock = ManualClock()
    async with SqliteQueue(tmp_path / "queue.db", clock=clock, sleep=clock.sleep) as queue:
        scene = Scene(queue, clock)
        work = asyncio.create_task(queue.work(scene.handle, 10))
        await scene.settle()
        await queue.mark("for another day", clock() + timedelta(days=1))
        await scene.settle()
        statements: list[str] = []
        await queue._writer.call(lambda store: store._connection.set_trace_callback(statements.append))
        await scene.settle()
        assert not [each for each in statements if "runs_at" in each]
        await cancel(work)


async def test_an_outcome_that_waits_for_the_disk_outlives_the_work(tmp_path: Path) -> None:
    clock = ManualClock()
    async with SqliteQueue(tmp_path / "queue.db", clock=clock, sleep=clock.sleep) as queue:
        scene = Scene(queue, clock)
        work = asyncio.create_task(queue.work(scene.handle, 10))
        await queue.mark("key")
        await scene.begun()
        disk_is_busy = threading.Event()
        queue._writer._thread.submit(disk_is_busy.wait)
        mark = asyncio.create_task(queue.mark("ahead in the line"))
        await a_few_turns()
        scene.under_way["key"].outcome.set_result(RetryAt(clock() + timedelta(hours=1), "rate limit"))
        await a_few_turns()
        work.cancel()
        await a_few_turns()
        disk_is_busy.set()
        await asyncio.wait([work, mark])
        assert await queue.depth() == QueueDepth(due=1, waiting=1, parked=0)


async def a_few_turns() -> None:
    """Let every task that is ready go on, and those that it wakes."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_file_deleted_under_a_running_queue_costs_only_what_was_in_it(tmp_path: Path) -> None:
    path = tmp_path / "queue.db"
    async with SqliteQueue(path) as queue:
        await queue.mark("before")
        path.unlink()
        await queue.mark("after")
        assert (await queue.depth()).due == 2
    async with SqliteQueue(path) as queue:
        assert await queue.depth() == QueueDepth(0, 0, 0)


async def test_the_system_clock_drives_a_queue_by_default() -> None:
    async with open_queue("sqlite:///:memory:") as queue:
        await queue.mark("past")
        await queue.mark("future", datetime.now(UTC) + timedelta(days=1))
        assert await queue.depth() == QueueDepth(due=1, waiting=1, parked=0)


# What it is called


async def test_a_relative_path_has_three_slashes_and_an_absolute_one_four(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_queue("sqlite:///closeout.db"), open_queue(f"sqlite:///{tmp_path}/absolute.db"):
        assert (tmp_path / "closeout.db").exists()
        assert (tmp_path / "absolute.db").exists()


@pytest.mark.parametrize(
    "url", ["mysql://ana:secret@host/queue", "ana:secret@host", "closeout.db", "", "sqlite://host/path", "sqlite:///"]
)
def test_any_other_url_is_refused_with_an_example_and_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match=r"sqlite:///closeout\.db") as caught:
        open_queue(url)
    assert "secret" not in str(caught.value)
