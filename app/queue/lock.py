"""Who owns a queue's file: one process at a time, for as long as it lives.

The lock is on a file beside it, since SQLite's own locks come and go with its transactions. The kernel drops it when
its process ends, however it ends, so there is nothing to clean up after a kill.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from app.queue import QueueError


class FileLock:
    """The ownership of the queue at `path`, taken at once. Raises QueueError if it can't be had."""

    def __init__(self, path: str) -> None:
        lock = Path(f"{path}.lock")
        try:
            self._descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except FileNotFoundError as error:
            raise QueueError(
                f"the queue can't be at {path}: the folder {lock.absolute().parent} does not exist."
                " Create it, or name another file in CLOSEOUT_QUEUE"
            ) from error
        except OSError as error:
            raise QueueError(
                f"the queue can't be at {path}: {lock} can't be written ({error.strerror})."
                " Make the folder writable for this user, or name another file in CLOSEOUT_QUEUE"
            ) from error
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            owner = os.read(self._descriptor, 20).decode(errors="replace").strip()
            os.close(self._descriptor)
            if not isinstance(error, BlockingIOError):
                raise QueueError(
                    f"the queue can't be at {path}: its file system has no locks ({error.strerror})."
                    " Name a file on a local disk in CLOSEOUT_QUEUE"
                ) from error
            raise QueueError(
                f"{path} is in use by another Closeout{f' (process {owner})' if owner else ''}:"
                " stop it, or name another file in CLOSEOUT_QUEUE"
            ) from error
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Let another process have the file."""
        os.close(self._descriptor)
