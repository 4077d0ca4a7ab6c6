"""What was found in documents before, by what they hold and what they were checked by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.cli.cache.file import CacheFile
from app.cli.cache.observations import digest_of

_AT_ONCE = 500  # SQLite takes at least 999 values in a statement
_INSERT = "INSERT OR REPLACE INTO examinations VALUES (?, ?)"


def key_of(terms: str, path: str, content: bytes, *, certain: bool) -> bytes:
    """The key of one document's examination.

    Args:
        terms: all that it depends on beside the document, the program included.
        path: its path in its repository, whose date and ending count.
        content: a digest of its bytes.
        certain: whether it was checked whatever it looks like.
    """
    return digest_of("\0".join((terms, path, str(certain))).encode("utf-8", "surrogatepass") + content)


def look_up(file: CacheFile, keys: Sequence[bytes]) -> Mapping[bytes, str]:
    """The results that are known, by key."""
    found: dict[bytes, str] = {}
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        marks = ",".join("?" * len(part))
        rows = file.select(f"SELECT key, result FROM examinations WHERE key IN ({marks})", part)  # noqa: S608 — marks only
        found.update((key, result) for key, result in rows if isinstance(key, bytes) and isinstance(result, str))
    return found


def remember(file: CacheFile, results: Iterable[tuple[bytes, str]]) -> None:
    """Add results."""
    file.write((_INSERT, results))
