"""The real `closeout serve` on a GitHub that is not the project's own sandbox: that of the npm package `emulate`.

    python -m bench.foreign [--only follow-up | time] [--keep FOLDER]

It is installed on an organisation there as an operator would do it, and two scripts are played: what becomes of a
merged postmortem (people, crashes, lost answers), and what is posted as time passes (by libfaketime). Prints a line for
each point with what was seen; the exit status is 1 if one does not hold. Without npm, or a Node that is new enough, it
says so.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from bench.foreign.emulator import installed
from bench.foreign.follow_up import NOW, FollowUp
from bench.foreign.passing_time import MERGED, PassingTime
from bench.foreign.script import play
from bench.foreign.stage import LIBRARIES, set_stage

FOLLOW_UP, TIME = "follow-up", "time"


async def _play(command: tuple[str, ...], folder: Path, only: str) -> bool:
    """Play the scripts beside each other, each on a GitHub of its own: they mostly wait."""
    scripts = []
    if only in ("", FOLLOW_UP):
        scripts.append(_play_script(command, folder, FOLLOW_UP, NOW))
    if only in ("", TIME) and LIBRARIES:
        scripts.append(_play_script(command, folder, TIME, MERGED))
    elif only in ("", TIME):
        print("time is left out: libfaketime is not installed")
    return all(await asyncio.gather(*scripts))


async def _play_script(command: tuple[str, ...], folder: Path, name: str, now: datetime) -> bool:
    (folder / name).mkdir()
    async with set_stage(command, folder / name, now) as stage:
        return await play(name, (FollowUp(stage) if name == FOLLOW_UP else PassingTime(stage)).points)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=(FOLLOW_UP, TIME), default="")
    parser.add_argument("--keep", type=Path, help="a new folder for the logs and the queue")
    options = parser.parse_args()
    command = installed()
    if command is None:
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        return 0 if asyncio.run(_play(command, folder, options.only)) else 1


if __name__ == "__main__":
    sys.exit(main())
