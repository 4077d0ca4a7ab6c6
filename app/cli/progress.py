"""A progress bar for long work, on a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

_PATIENCE = 1.0  # seconds that people wait without asking themselves whether it hangs

_Item = TypeVar("_Item")


def with_progress(items: Iterable[_Item], total: int) -> Iterator[_Item]:
    """The items, with a bar on standard error once they have taken longer than a moment; it leaves no trace."""
    if not sys.stderr.isatty():
        yield from items
        return
    deadline = time.monotonic() + _PATIENCE
    remaining = iter(items)
    for done, item in enumerate(remaining, start=1):
        yield item
        if time.monotonic() > deadline:
            yield from _with_bar(remaining, done, total)
            return


def _with_bar(items: Iterable[_Item], done: int, total: int) -> Iterator[_Item]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Reading", total=total, completed=done)
        for item in items:
            yield item
            progress.advance(task)
