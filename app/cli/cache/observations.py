"""What a run looked at on disk, and whether it is still the same."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable
from hashlib import blake2b

from app.cli.folders import Folder, list_folder

_MARGIN = 2_000_000_000  # nanoseconds; the coarsest clock of a file system that is in use (FAT) ticks so often
_AT_ONCE = 1 << 20


def digest_of(data: bytes) -> bytes:
    """16 bytes that stand for the data."""
    return blake2b(data, digest_size=16).digest()


class Observations:
    """Files, folders, and whether some paths exist; each with its state before it was read, and a digest of it.

    A state is what `stat` tells without reading: size, times of change, identity. A file that was changed in the
    instant after it was read could keep its state, so a state proves something only once it has `settled`: if its
    last change was well before the reading began.

    Attributes:
        repeatable: whether all of it can be looked at again; a pipe cannot.
    """

    def __init__(self) -> None:
        self.repeatable = True
        self._sources: list[str] = []
        self._states: list[str] = []
        self._contents: list[bytes] = []
        self._began = time.time_ns()
        self._newest = 0  # nanoseconds since the epoch, as all of them

    def saw_file(self, path: str, state: os.stat_result, data: bytes) -> bytes:
        """A file was read: `state` is from before that, `data` what it held; returns the digest of it."""
        digest = digest_of(data)
        self.repeatable = self.repeatable and stat.S_ISREG(state.st_mode)
        self._saw("f" + path, self._text_of(state), digest)
        return digest

    def saw_folder(self, path: str, state: os.stat_result, folder: Folder) -> None:
        """A folder was listed; `state` is from before that."""
        self._saw("d" + path, self._text_of(state), _digest_of_folder(folder))

    def saw_presence(self, path: str) -> None:
        """It was asked whether there is such a path."""
        there = "1" if os.path.exists(path) else "0"
        self._saw("e" + path, there, there.encode())

    def sources(self) -> bytes:
        """What was looked at, for `observe`."""
        return os.fsencode("\0".join(self._sources))

    def states(self) -> bytes:
        """A digest of all states."""
        return digest_of("\n".join(self._states).encode())

    def contents(self) -> bytes:
        """A digest of all contents."""
        return digest_of(b"".join(self._contents))

    def settled(self) -> bool:
        """Whether an equal state will prove equal content."""
        return self._newest + _MARGIN < self._began

    def _saw(self, source: str, state: str, content: bytes) -> None:
        self._sources.append(source)
        self._states.append(state)
        self._contents.append(content)

    def _text_of(self, state: os.stat_result) -> str:
        self._newest = max(self._newest, state.st_mtime_ns, state.st_ctime_ns)
        return f"{state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}"


def observe(sources: bytes, *, closely: bool) -> Observations:
    """Look again at what was looked at before; not `closely`: at states alone, with empty contents.

    Raises OSError for what is no longer there or cannot be read.
    """
    now = Observations()
    for source in _split(sources):
        path = source[1:]
        if source.startswith("e"):
            now.saw_presence(path)
        elif source.startswith("d"):
            now.saw_folder(path, os.stat(path), list_folder(path) if closely else Folder((), ()))
        else:
            now.saw_file(path, os.stat(path), _read(path) if closely else b"")
    return now


def _split(sources: bytes) -> Iterable[str]:
    return os.fsdecode(sources).split("\0") if sources else ()


def _digest_of_folder(folder: Folder) -> bytes:
    return digest_of(os.fsencode("\0".join([*folder.folders, "", *folder.files])))


def _read(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:
        parts = []
        while part := file.read(_AT_ONCE):
            parts.append(part)
        return b"".join(parts)
