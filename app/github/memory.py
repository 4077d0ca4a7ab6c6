"""What earlier passes learnt of repositories: never relied on, only spared.

Everything in it can be asked of GitHub again, so it lives in this process's memory, and what was used least recently is
forgotten when it becomes too much.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cachetools import LRUCache

_BUDGET = 128 * 1024 * 1024  # characters, about: the issues of a hundred thousand action items
_SMALL = 200  # of something that is no collection, with all that Python puts around it


@dataclass(frozen=True, slots=True)
class _Kept:
    value: Any
    at: datetime
    size: int


class Memory:
    """What was learnt of all repositories."""

    def __init__(self, clock: Callable[[], datetime], budget: int = _BUDGET) -> None:
        self._clock = clock
        self._kept: LRUCache[tuple[int, str], _Kept] = LRUCache(budget, getsizeof=lambda kept: kept.size)

    def of(self, repository: int) -> RepositoryMemory:
        """What was learnt of one repository, by its id."""
        return RepositoryMemory(self, repository)

    def recall(self, repository: int, name: str, within: timedelta) -> Any:
        """What was kept under a name at most so long ago; None if nothing was."""
        kept = self._kept.get((repository, name))
        if kept is None:
            return None
        age = self._clock() - kept.at  # below zero where the clock was ahead: then nobody knows
        return kept.value if within == timedelta.max or timedelta() <= age < within else None

    def keep(self, repository: int, name: str, value: Any, size: int) -> None:
        """Keep something under a name; what is larger than the whole memory is forgotten at once."""
        self.forget(repository, name)
        if size <= self._kept.maxsize:
            self._kept[repository, name] = _Kept(value, self._clock(), size)

    def forget(self, repository: int, name: str) -> None:
        """Forget what was kept under a name."""
        self._kept.pop((repository, name), None)


class RepositoryMemory:
    """What was learnt of one repository."""

    def __init__(self, memory: Memory, repository: int) -> None:
        self._memory = memory
        self._repository = repository

    def recall(self, name: str, within: timedelta = timedelta.max) -> Any:
        """What was kept under a name at most so long ago (default: ever); None if nothing was."""
        return self._memory.recall(self._repository, name, within)

    def keep(self, name: str, value: Any, size: int = _SMALL) -> None:
        """Keep something under a name; `size` is about how many characters it takes."""
        self._memory.keep(self._repository, name, value, size)

    def forget(self, name: str) -> None:
        """Forget what was kept under a name."""
        self._memory.forget(self._repository, name)
