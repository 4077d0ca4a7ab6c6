"""The one thread that touches the SQLite file, and the group commit in front of it.

SQLite can write to the disk some hundred times a second, and webhooks come faster. So what is asked for while one
transaction is being written goes into the next: the rate grows with the load, and nobody waits for more than the
transaction under way and their own.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from app.queue import QueueError
from app.queue.lock import FileLock
from app.queue.store import Store, Write

_MEMORY = ":memory:"

Answer = TypeVar("Answer")


class Writer:
    """An open store, from the event loop's side.

    `committed` is called in the event loop after every transaction. It is opened once, and closed once.
    """

    def __init__(self, path: str, committed: Callable[[], None]) -> None:
        self._path = path
        self._committed = committed
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="closeout-queue")
        self._accepting = False
        self._waiting: list[tuple[Write, asyncio.Future[None]]] = []
        self._flushing: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Take the lock and open the file. Raises QueueError if either can't be done."""
        try:
            self._lock, self._store = await self._in_thread(self._open)
        except BaseException:
            self._thread.shutdown(wait=False)
            raise
        self._accepting = True

    def _open(self) -> tuple[FileLock | None, Store]:
        lock = None if self._path == _MEMORY else FileLock(self._path)
        try:
            return lock, Store(self._path)
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    async def close(self) -> None:
        """Write out what was accepted, then let go of the file."""
        self._accepting = False
        await self.drain()
        try:
            await self._in_thread(self._close)
        finally:
            self._thread.shutdown(wait=False)

    def _close(self) -> None:
        try:
            self._store.close()
        finally:
            if self._lock is not None:
                self._lock.release()

    async def write(self, write: Write) -> None:
        """Apply a write; it is on disk when this returns. Raises QueueError, and then it is not.

        A caller that is cancelled meanwhile does not take the write back.
        """
        self._demand_open()
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((write, future))
        if self._flushing is None:
            self._flushing = asyncio.create_task(self._flush())
        await future

    async def drain(self) -> None:
        """Return when everything asked for so far is on disk, or has failed."""
        if self._flushing is not None:
            await asyncio.shield(self._flushing)

    async def call(self, question: Callable[[Store], Answer]) -> Answer:
        """What `question` returns, asked in the thread. Raises QueueError."""
        self._demand_open()
        return await self._in_thread(lambda: question(self._store))

    def _demand_open(self) -> None:
        if not self._accepting:
            raise QueueError(f"the queue {self._path} is closed")

    async def _flush(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            error = await self._commit([write for write, _ in batch])
            for _, future in batch:
                if future.done():  # its caller was cancelled
                    continue
                if error is None:
                    future.set_result(None)
                else:
                    future.set_exception(error)
            self._committed()
        self._flushing = None

    async def _commit(self, writes: Sequence[Write]) -> Exception | None:
        try:
            await self._in_thread(lambda: self._store.write(writes))
        except Exception as error:  # noqa: BLE001 - whatever it is, those who wait for the disk must hear of it
            return error
        return None

    async def _in_thread(self, function: Callable[[], Answer]) -> Answer:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, function)
        except sqlite3.Error as error:
            raise QueueError(_explain(self._path, error)) from error


def _explain(path: str, error: sqlite3.Error) -> str:
    """The message for a person: an operational error is about the disk, any other about what is in the file."""
    if isinstance(error, sqlite3.OperationalError):
        return (
            f"the queue {path} can't be read or written: {error}."
            " Look for a full disk, missing permissions, or a folder of that name"
        )
    return (
        f"the queue {path} is damaged: {error}. Stop Closeout and delete {path}, {path}-wal and {path}-shm, which is"
        " safe: everything in them is found again on GitHub"
    )
