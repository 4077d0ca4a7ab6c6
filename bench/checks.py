"""How long a pull request waits: from the webhook's arrival to both checks finished, with GitHub answering at once.

The real `closeout serve` runs as a process of its own beside a sandbox GitHub; each round pushes a new version of a
postmortem, so that nothing is cached but what would be in real life.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from app.core.effects import CHECK_NAMES
from app.demo.scene import REPOSITORY
from app.demo.service import running_service
from app.demo.story import DOCUMENT, service_environment, set_scene, text
from app.sandbox.driver import Sandbox


async def measure(rounds: int, folder: Path) -> tuple[list[float], float]:
    """The waits in milliseconds, and how many requests to GitHub a round took."""
    async with Sandbox() as github, running_service(service_environment(github, folder), folder / "log") as service:
        set_scene(github)
        github.deliver_to(f"{service.address}/webhook")
        github.open_pull(REPOSITORY, "bench", files={DOCUMENT: text("first.md")}, author="ana")
        ended = asyncio.Event()
        github.on_exchange(lambda exchange: ended.set() if "check-runs" in exchange.path else None)
        waits, before = [], 0
        for number in range(rounds + 1):
            before = before or len(github.requests) * (number == 1)
            started = time.perf_counter()
            sha = github.commit(
                REPOSITORY, "bench", {DOCUMENT: text("first.md") + f"- Round {number}?\n"}, author="ana"
            )
            while len(github.checks(REPOSITORY, sha)) < len(CHECK_NAMES):
                ended.clear()
                await asyncio.wait_for(ended.wait(), 10)
            waits.append((time.perf_counter() - started) * 1000)
        return waits[1:], (len(github.requests) - before) / rounds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=50)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        waits, requests = asyncio.run(measure(options.rounds, Path(folder)))
    slow = sorted(waits)[int(len(waits) * 0.99)]
    print(
        f"webhook to finished checks, {len(waits)} rounds: median {statistics.median(waits):.0f} ms, p99 {slow:.0f} ms"
    )
    print(f"requests to GitHub a round: {requests:.1f}")


if __name__ == "__main__":
    main()
