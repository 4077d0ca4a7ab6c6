"""How a script is played: one point after the other, each a line with what was seen."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterable

from app.demo.service import ServiceError
from bench.foreign.stage import Failed

Point = Callable[[], Awaitable[str]]
"""Does something and looks at what becomes of it; returns what was seen. Its docstring says what has to be so."""


async def play(name: str, points: Iterable[Point]) -> bool:
    """Play the points of a script in order and print a line for each; returns whether all of them hold."""
    is_good = True
    for point in points:
        began = time.monotonic()
        try:
            seen, mark = await point(), "ok  "
        except (Failed, ServiceError) as error:
            seen, mark, is_good = str(error), "FAIL", False
        what = (point.__doc__ or point.__name__).partition("\n")[0].rstrip(".")
        print(f"{mark} {name}: {what} ({time.monotonic() - began:.0f} s)\n     {seen}", flush=True)
    return is_good


def must(is_so: bool, otherwise: str) -> None:
    """Raise Failed, with what was seen, unless something is so."""
    if not is_so:
        raise Failed(otherwise)
