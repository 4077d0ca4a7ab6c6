"""The cache on disk: one SQLite file in the user's cache folder, which may be lost or deleted at any time.

It is in the user's folder and not in the project, because a repository is somebody else's text: one that came with a
cache of its own could say that its documents are fine. What is stored quotes documents, so the folder is the user's
alone. Whatever goes wrong with it (a full disk, a file system that cannot be written, a damaged file, another process
that keeps it locked) means only that there is no cache this time.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
from collections.abc import Iterable

TYPE_CHECKING = False  # as type checkers know it; typing takes longer to import than this module
if TYPE_CHECKING:
    from typing import Any

_NAME = "lint-1.db"  # another number when the tables change
_PATIENCE = 0.2  # seconds to wait for another process that is writing
_AT_MOST = 64 * 1024 * 1024  # bytes; when more is in use, the cache begins anew
_TABLES = (
    "CREATE TABLE IF NOT EXISTS examinations (key BLOB PRIMARY KEY, result TEXT NOT NULL)",
    """CREATE TABLE IF NOT EXISTS answers (
        question BLOB PRIMARY KEY, sources BLOB NOT NULL, states BLOB NOT NULL, contents BLOB NOT NULL,
        settled INTEGER NOT NULL, valid_from REAL NOT NULL, valid_until REAL NOT NULL,
        output BLOB NOT NULL, status INTEGER NOT NULL)""",
)


def cache_folder() -> str:
    """The folder of Closeout's cache, where the platform keeps such things; it need not exist."""
    if home := os.environ.get("XDG_CACHE_HOME"):
        return os.path.join(home, "closeout")
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        return os.path.join(os.environ.get("LOCALAPPDATA", home), "closeout", "Cache")
    return os.path.join(home, "Library/Caches" if sys.platform == "darwin" else ".cache", "closeout")


class CacheFile:
    """The file, opened when it is first asked. No method raises for what is wrong with it."""

    def __init__(self, folder: str, at_most: int = _AT_MOST) -> None:
        self._folder = folder
        self._at_most = at_most
        self._path = os.path.join(folder, _NAME)
        self._connection: sqlite3.Connection | None = None

    def select(self, query: str, values: Iterable[object]) -> list[Any]:
        """The rows; none where there is no cache."""
        if self._connection is None and not os.path.exists(self._path):
            return []
        try:
            return self._opened().execute(query, tuple(values)).fetchall()
        except (sqlite3.Error, OSError) as problem:
            self._give_up(problem)
            return []

    def write(self, *statements: tuple[str, Iterable[tuple[object, ...]]]) -> None:
        """Run statements, each once for each of its rows: all of them, or none."""
        try:
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
            connection = self._opened()
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                _prepare(connection, self._at_most)
                for statement, rows in statements:
                    connection.executemany(statement, rows)
        except (sqlite3.Error, OSError, UnicodeError) as problem:
            self._give_up(problem)

    def close(self) -> None:
        """Let go of the file; a later call opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = sqlite3.connect(self._path, timeout=_PATIENCE)
            self._connection.execute("PRAGMA synchronous = OFF")  # it may be lost: no waiting for the disk
        return self._connection

    def _give_up(self, problem: Exception) -> None:
        """Close it; one that is damaged makes room for a new one."""
        self.close()
        if isinstance(problem, sqlite3.DatabaseError) and not isinstance(problem, sqlite3.OperationalError):
            with contextlib.suppress(OSError):
                os.unlink(self._path)


def _prepare(connection: sqlite3.Connection, at_most: int) -> None:
    for table in _TABLES:
        connection.execute(table)
    pages, free, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    if (pages - free) * size > at_most:
        connection.execute("DELETE FROM examinations")
        connection.execute("DELETE FROM answers")
