"""Putting a changed document in a file's place, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path


class NotWritten(Exception):
    """A file was left as it is; the text says why, for people."""


def replace_file(path: str, before: bytes, after: bytes) -> None:
    """Put `after` in the place of a file that holds `before`. The file keeps its permissions, a link stays a link.

    At every moment the file holds one or the other. Raises NotWritten if it may not be written, is no regular file, or
    no longer holds `before`.
    """
    try:
        _replace(Path(path).resolve(strict=True), before, after)
    except OSError as problem:
        raise NotWritten(problem.strerror or str(problem)) from None


def _replace(file: Path, before: bytes, after: bytes) -> None:
    status = file.stat()
    if not stat.S_ISREG(status.st_mode):
        raise NotWritten("it is not a regular file")
    # The folder's permissions would allow the replacement, and to root everything is allowed; the author meant it.
    if not status.st_mode & 0o222 or not os.access(file, os.W_OK):
        raise NotWritten("it is read-only")
    descriptor, name = tempfile.mkstemp(prefix=".closeout-", dir=file.parent)
    new = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(after)
            stream.flush()
            os.fsync(stream.fileno())
        _liken(new, status)
        if file.read_bytes() != before:
            raise NotWritten("it was changed by somebody else meanwhile; run the command again")
        new.replace(file)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _liken(file: Path, status: os.stat_result) -> None:
    """Give a file the owner and the permissions of another, as far as the system has them and lets us."""
    if hasattr(os, "chown"):
        with contextlib.suppress(PermissionError):
            os.chown(file, status.st_uid, status.st_gid)
    file.chmod(stat.S_IMODE(status.st_mode))
