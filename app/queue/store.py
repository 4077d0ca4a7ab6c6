"""The SQLite file behind the queue: one row a key, and the passes under way. Synchronous; used from one thread.

A pass under way is remembered in memory only. The file has one owner at a time (see `lock`), so when that process dies
its passes are over, and their rows, which stay until a pass has finished, are due again. That saves a transaction a
pass, and leaves nothing behind to expire.

What was marked during a pass is noted with it, so finishing the pass keeps exactly that. It makes no difference
whether a mark or the finish of the same key comes first: the row ends up the same, so they may share a transaction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from app.queue import QueueDepth, QueueError

_APPLICATION = 0x434C4F53  # "CLOS": tells our file from any other SQLite database
_VERSION = 2

# Instants are microseconds since 1970. `due` is when the key wants to run (a mark, an alarm, the end of a backoff),
# `not_before` what a RetryAt forbids; it runs at the later of the two.
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE work (
    key TEXT PRIMARY KEY,
    due INTEGER NOT NULL,
    not_before INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    again INTEGER NOT NULL DEFAULT 0,
    parked_since INTEGER,
    reason TEXT
) WITHOUT ROWID;
CREATE TABLE expected (
    name TEXT PRIMARY KEY,
    since INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX work_by_time ON work (max(due, not_before)) WHERE parked_since IS NULL;
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_VERSION};
COMMIT;
"""

# One statement for a whole batch: every statement gives up the interpreter lock and queues for it again, which under
# load costs more than the write. A mark that changes nothing writes nothing.
_MARK = """
INSERT INTO work (key, due, again)
SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]')
FROM json_each(?) WHERE true
ON CONFLICT (key) DO UPDATE SET
    due = CASE WHEN parked_since IS NULL THEN min(due, excluded.due) ELSE excluded.due END,
    again = max(again, excluded.again),
    attempts = 0, parked_since = NULL, reason = NULL
WHERE excluded.due < due OR excluded.again > again OR attempts > 0 OR parked_since IS NOT NULL
"""

CLAIM = """
SELECT key, attempts, again, max(due, not_before) AS runs_at FROM work
WHERE parked_since IS NULL ORDER BY max(due, not_before) LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """Make a key dirty from `due`."""

    key: str
    due: int
    again: bool


@dataclass(frozen=True, slots=True)
class Finished:
    """The pass succeeded; the key is due again at `wake_at`, if ever."""

    key: str
    wake_at: int | None


@dataclass(frozen=True, slots=True)
class Held:
    """The pass must not run again before `not_before`."""

    key: str
    not_before: int


@dataclass(frozen=True, slots=True)
class Failed:
    """The pass failed at `at`; the key is due again at `retry_at`, or parked if that is None."""

    key: str
    at: int
    retry_at: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Release:
    """Make a parked key dirty from `due`."""

    key: str
    due: int


@dataclass(frozen=True, slots=True)
class Expect:
    """Something is about to be created, from `since` on; what was expected before `forgotten` is not any more."""

    name: str
    since: int
    forgotten: int


@dataclass(frozen=True, slots=True)
class SetBack:
    """The clock was set back to `now`: whatever waits is looked at now, and held until `held_until` at the latest."""

    now: int
    held_until: int


Write = Mark | Finished | Held | Failed | Release | Expect | SetBack


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row whose pass is under way."""

    key: str
    attempts: int
    again: bool


@dataclass(slots=True)
class _Meanwhile:
    """What was marked during a pass: the earliest due time, None if nothing was."""

    due: int | None = None
    again: bool = False


class Store:
    """The table of keys. Raises sqlite3.Error where the file fails, QueueError where it is not our file."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._under_way: dict[str, _Meanwhile] = {}
        try:
            self._prepare(path)
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self, path: str) -> None:
        application, version, tables = self._connection.execute(
            "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master)"
            " FROM pragma_application_id, pragma_user_version"
        ).fetchone()
        if tables and application != _APPLICATION:
            raise QueueError(f"{path} is a database of something else, not Closeout's queue: name another file")
        if tables and version != _VERSION:
            raise QueueError(
                f"{path} was written by another version of Closeout (format {version}, this one reads {_VERSION}):"
                " delete it, which is safe, since everything in it is found again on GitHub"
            )
        self._connection.execute("PRAGMA journal_mode = WAL").fetchone()
        self._connection.execute("PRAGMA synchronous = FULL")  # a commit is on the disk, not on its way there
        if not tables:
            self._connection.executescript(_SCHEMA)
        verdict = self._connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        self._connection.close()

    def write(self, batch: Sequence[Write]) -> None:
        """Apply a batch in one transaction; it is on disk when this returns, or nothing of it is."""
        marks = [each for each in batch if isinstance(each, Mark)]
        others = [each for each in batch if not isinstance(each, Mark)]
        if not others:
            self._mark(marks)
            return
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._mark(marks)
            for each in others:
                self._apply(each)
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        for each in others:
            if not isinstance(each, Release | Expect | SetBack):
                self._under_way.pop(each.key)

    def _mark(self, marks: Sequence[Mark]) -> None:
        if not marks:
            return
        rows = [(mark.key, mark.due, int(mark.again)) for mark in marks]
        self._connection.execute(_MARK, (json.dumps(rows),))
        for mark in marks:
            meanwhile = self._under_way.get(mark.key)
            if meanwhile is None:
                continue
            meanwhile.due = mark.due if meanwhile.due is None else min(meanwhile.due, mark.due)
            meanwhile.again |= mark.again

    def _apply(self, write: Finished | Held | Failed | Release | Expect | SetBack) -> None:
        if isinstance(write, Expect):
            self._connection.execute("DELETE FROM expected WHERE since < ?", (write.forgotten,))
            self._connection.execute("INSERT OR REPLACE INTO expected VALUES (?, ?)", (write.name, write.since))
            return
        if isinstance(write, SetBack):
            self._set_back(write)
            return
        if isinstance(write, Release):
            self._connection.execute(
                "UPDATE work SET due = ?, attempts = 0, parked_since = NULL, reason = NULL"
                " WHERE key = ? AND parked_since IS NOT NULL",
                (write.due, write.key),
            )
            return
        meanwhile = self._under_way[write.key]
        match write:
            case Finished():
                self._finish(write, meanwhile)
            case Held():
                self._connection.execute("UPDATE work SET not_before = ? WHERE key = ?", (write.not_before, write.key))
            case Failed():
                self._fail(write, meanwhile)

    def _set_back(self, write: SetBack) -> None:
        self._connection.execute(
            "UPDATE work SET due = min(due, ?), not_before = min(not_before, ?) WHERE parked_since IS NULL",
            (write.now, write.held_until),
        )
        for meanwhile in self._under_way.values():
            meanwhile.due = _earliest(write.now, meanwhile.due)

    def _finish(self, finished: Finished, meanwhile: _Meanwhile) -> None:
        due = _earliest(finished.wake_at, meanwhile.due)
        if due is None:
            self._connection.execute("DELETE FROM work WHERE key = ?", (finished.key,))
            return
        self._connection.execute(
            "UPDATE work SET due = ?, attempts = 0, again = ? WHERE key = ?",
            (due, meanwhile.again, finished.key),
        )

    def _fail(self, failed: Failed, meanwhile: _Meanwhile) -> None:
        if meanwhile.due is not None:  # the mark has already forgotten the attempts, and this one is older than it
            self._connection.execute(
                "UPDATE work SET due = ? WHERE key = ?", (_earliest(failed.retry_at, meanwhile.due), failed.key)
            )
            return
        if failed.retry_at is None:
            self._connection.execute(
                "UPDATE work SET attempts = attempts + 1, reason = ?, parked_since = ? WHERE key = ?",
                (failed.reason, failed.at, failed.key),
            )
            return
        self._connection.execute(
            "UPDATE work SET attempts = attempts + 1, due = ? WHERE key = ?",
            (failed.retry_at, failed.key),
        )

    def claim(self, now: int, limit: int) -> tuple[list[Claimed], int | None]:
        """Begin up to `limit` passes that are due, the one that waits longest first.

        Returns them, and when the first key after them is due (None: there is none).
        """
        claimed: list[Claimed] = []
        # The rows under way come first in time, so this many always reach past them.
        for key, attempts, again, runs_at in self._connection.execute(CLAIM, (limit + len(self._under_way) + 1,)):
            if key in self._under_way:
                continue
            if runs_at > now or len(claimed) == limit:
                next_at: int | None = runs_at
                break
            claimed.append(Claimed(key, attempts, bool(again)))
        else:
            next_at = None
        self._under_way.update((each.key, _Meanwhile()) for each in claimed)
        return claimed, next_at

    def abandon(self) -> None:
        """Forget the passes under way; their keys stay due."""
        self._under_way.clear()

    def parked(self) -> list[tuple[str, str, int, int]]:
        """Key, reason, since and attempts of the parked keys, oldest first."""
        query = (
            "SELECT key, reason, parked_since, attempts FROM work WHERE parked_since IS NOT NULL"
            " ORDER BY parked_since, key"
        )
        return self._connection.execute(query).fetchall()

    def expected(self, since: int, now: int) -> list[tuple[str, int]]:
        """What is expected since that instant or later: names and instants.

        What was noted by a clock that was ahead counts from now on: how old it really is, nobody knows.
        """
        if self._connection.execute("SELECT 1 FROM expected WHERE since > ? LIMIT 1", (now,)).fetchone():
            self._connection.execute("UPDATE expected SET since = ? WHERE since > ?", (now, now))
        return self._connection.execute("SELECT name, since FROM expected WHERE since >= ?", (since,)).fetchall()

    def depth(self, now: int) -> QueueDepth:
        """How many keys there are, by what they wait for."""
        total, parked = self._connection.execute("SELECT count(*), count(parked_since) FROM work").fetchone()
        (due,) = self._connection.execute(
            "SELECT count(*) FROM work WHERE parked_since IS NULL AND max(due, not_before) <= ?", (now,)
        ).fetchone()
        return QueueDepth(due=due, waiting=total - parked - due, parked=parked)


def _earliest(one: int | None, other: int | None) -> int | None:
    instants = [each for each in (one, other) if each is not None]
    return min(instants, default=None)
