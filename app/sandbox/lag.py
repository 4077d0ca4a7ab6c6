"""Lists that lag behind writes, as GitHub's do: for so many reads, or for so long, they show an earlier state."""

import fnmatch
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.sandbox.world.state import World

LISTS = ("*/issues", "*/issues/comments", "*/issues/*/comments")


@dataclass(slots=True)
class Change:
    """Something that lists do not show yet: when it happened, how many reads it stays hidden, what was before."""

    when: datetime
    reads: int
    before: World


@dataclass(slots=True)
class Lag:
    """The lag of one sandbox. A change is seen once both its reads and its seconds are over."""

    world: World
    reads: int
    seconds: float
    lists: tuple[str, ...]
    _hidden: list[Change] = field(default_factory=list)
    _last: World = field(init=False)

    def __post_init__(self) -> None:
        self._last = self.world.snapshot()

    def note_change(self) -> None:
        """Hide what has just happened."""
        self._hidden.append(Change(self.world.clock(), self.reads, self._last))
        self._last = self.world.snapshot()

    def seen_by(self, method: str, path: str) -> World | None:
        """The state before the oldest change that is still hidden from this list; None for the present."""
        if method != "GET" or not any(fnmatch.fnmatchcase(path, pattern) for pattern in self.lists):
            return None
        now, period = self.world.clock(), timedelta(seconds=self.seconds)
        self._hidden = [change for change in self._hidden if change.reads > 0 or now - change.when < period]
        seen = self._hidden[0].before if self._hidden else None
        for change in self._hidden:
            change.reads -= 1
        return seen
