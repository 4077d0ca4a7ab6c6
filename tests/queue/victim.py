"""A process that marks and works until it is killed: `python -m tests.queue.victim QUEUE JOURNAL`.

It prints a line for every mark that was acknowledged, and writes one to the journal for every pass that is about to
succeed. Every third key never gets that far, so passes are always under way.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
from pathlib import Path

from app.queue import Claim, Done, Outcome, open_queue

PRODUCERS = 20


async def main(queue_path: str, journal: Path) -> None:
    with journal.open("ab", buffering=0) as lines:

        async def handle(claim: Claim) -> Outcome:
            if int(claim.key.rpartition("/")[2]) % 3 == 0:
                await asyncio.Event().wait()
            lines.write(f"{claim.key}\n".encode())
            return Done()

        async with open_queue(f"sqlite:///{queue_path}") as queue, asyncio.TaskGroup() as tasks:

            async def produce(producer: int) -> None:
                for each in itertools.count():
                    key = f"key/{producer}/{each}"
                    await queue.mark(key)
                    os.write(1, f"{key}\n".encode())

            tasks.create_task(queue.work(handle, 1000))
            for producer in range(PRODUCERS):
                tasks.create_task(produce(producer))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
