"""What the follow-up asks of GitHub: for a merge, and for a pass over what is settled, as open action items grow.

    python -m bench.follow_up [--items 10 100 1000] [--adopted 10 100]

`--adopted` are items that name an issue which people have opened: that is theirs.

The real reconciler works against a sandbox GitHub over HTTP. Time is the measurement's own, and jumps where Closeout
would wait, so that its pace of one new issue a second, and 450 an hour, costs no time here.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import aiohttp
import structlog

from app.core.keys import RepositoryKey, format_key
from app.core.repository_facts import ACTION_LABEL
from app.github.app import GitHub
from app.github.client import Transport
from app.queue import Claim, RetryAt
from app.queue.sqlite import SqliteQueue
from app.reconcile import Reconciler
from app.sandbox.api.exchange import Exchange
from app.sandbox.driver import Sandbox

REPOSITORY = "acme/postmortems"
POLICY = 'version: 1\ndocuments: ["postmortems/**/*.md"]\n'
PEOPLE = ("ana", "ben", "gita")
ITEMS_EACH = 5
AT_ONCE = 5  # postmortems merged before a pass: more new ones at once would wait for `/adopt`
FIRST_DAY = date(2026, 12, 1)
MOST_FOR_A_MERGE, MOST_WHEN_SETTLED = 25, 6


class Clock:
    """A clock that jumps."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        await asyncio.sleep(0)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a pass took: its requests, how many of them wrote, how many were answered “not modified”, its seconds."""

    requests: int
    writes: int
    unchanged: int
    seconds: float

    def __str__(self) -> str:
        counted = self.requests - self.unchanged
        return f"{self.requests:8}{self.writes:9}{self.unchanged:12}{counted:9}{self.seconds:10.2f}"


@dataclass(frozen=True, slots=True)
class Scene:
    """A sandbox with the App installed, and the reconciler beside it."""

    github: Sandbox
    clock: Clock
    reconciler: Reconciler

    async def passes(self) -> Cost:
        """Passes over the repository until one ends with nothing left to do at once, and what they took."""
        before, started = len(self.github.requests), time.perf_counter()
        installation = next(iter(self.github.world.installations))
        key = format_key(RepositoryKey(installation, self.github.world.repository(REPOSITORY).id))
        while True:
            outcome = await self.reconciler(Claim(key, again=False, attempts=0, last=False))
            if isinstance(outcome, RetryAt):
                self.clock.now = max(self.clock.now, outcome.when)
            elif outcome.wake_at is None or outcome.wake_at > self.clock.now:
                break
        return _cost(self.github.requests[before:], time.perf_counter() - started)

    def merge(self, first: int, count: int = 1, items: int = ITEMS_EACH, *, adopted: bool = False) -> None:
        """Put postmortems on the default branch; the items of those that are `adopted` name issues of people."""
        files = {
            f"postmortems/{number}.md": postmortem(number, items, self._opened(items) if adopted else ())
            for number in range(first, first + count)
        }
        self.github.commit(REPOSITORY, "main", dict(files))

    def _opened(self, items: int) -> tuple[int, ...]:
        return tuple(
            self.github.open_issue(REPOSITORY, f"Symptom {item}", author="ana").number for item in range(items)
        )

    def pause(self, **length: float) -> None:
        """Let time go by."""
        self.clock.now += timedelta(**length)


def _cost(requests: Sequence[Exchange], seconds: float) -> Cost:
    told = [each for each in requests if not each.path.endswith("/access_tokens") and each.path != "/app"]
    return Cost(
        requests=len(told),
        writes=sum(each.method != "GET" for each in told),
        unchanged=sum(each.status == 304 for each in told),
        seconds=seconds,
    )


@asynccontextmanager
async def scene() -> AsyncIterator[Scene]:
    clock = Clock()
    queue = SqliteQueue(":memory:", clock=clock)
    async with Sandbox(clock=clock) as github, queue, aiohttp.ClientSession() as session:
        github.create_repository(REPOSITORY, {".github/closeout.yml": POLICY})
        github.install("acme", [REPOSITORY])
        for login in PEOPLE:
            github.grant(REPOSITORY, login, "write")
        clock.now += timedelta(minutes=1)
        transport = Transport(session, github.url, clock.sleep, lambda: 0.0, lambda _method, _status: None)
        app = GitHub(transport, str(github.app_id), github.private_key, github.web_url, clock)
        yield Scene(github, clock, Reconciler(app, queue, str(github.app_id), clock))


def postmortem(number: int, items: int, tracked: Sequence[int] = ()) -> str:
    """A postmortem with so many action items, the first five of them due on different days.

    `tracked` are the numbers of their issues, where people have opened those.
    """
    actions = "\n".join(
        f"- Alert on symptom {number}-{item} of checkout. Owner: @{PEOPLE[item % len(PEOPLE)]}. "
        f"Due: {FIRST_DAY + timedelta(days=(number * 7 + item) % 90)}. Priority: P{item % 3}. "
        f"Success criterion: alert {number}-{item} fires in staging within 6 minutes."
        f"{f' Issue: #{tracked[item]}.' if tracked else ''}"
        for item in range(items)
    )
    return (
        f"# Postmortem: Checkout returned errors, case {number}\n\n- Incident: INC-{number}\n- Date: 2026-11-20\n"
        f"- Severity: SEV-2\n- Authors: Ana Ruiz (@ana)\n\n## Action items\n{actions}\n"
    )


async def measure_merge(items: int = ITEMS_EACH) -> Cost:
    """What one merged postmortem takes in a repository that has one already."""
    async with scene() as played:
        played.merge(1)
        await played.passes()
        played.pause(minutes=10)
        await played.passes()
        played.merge(2, items=items)
        return await played.passes()


async def measure_settled(items: int, *, adopted: bool = False) -> dict[str, Cost]:
    """What a pass takes with so many open items: nothing new, one issue changed, and the first one of the day."""
    async with scene() as played:
        for first in range(1, items // ITEMS_EACH + 1, AT_ONCE):
            played.merge(first, min(AT_ONCE, items // ITEMS_EACH + 1 - first), adopted=adopted)
            await played.passes()
            played.pause(hours=1)
        played.pause(minutes=10)
        await played.passes()
        await played.passes()
        costs = {"settled": await played.passes()}
        issue = next(each for each in played.github.issues(REPOSITORY) if ACTION_LABEL in played.github.labels(each))
        played.github.close_issue(issue, "ana")
        costs["one closed"] = await played.passes()
        played.pause(days=1)
        costs["a day later"] = await played.passes()
        return costs


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.follow_up", description=__doc__.partition("\n")[0])
    parser.add_argument("--items", type=int, nargs="*", default=[10, 100, 1000])
    parser.add_argument("--adopted", type=int, nargs="*", default=[10, 100])
    options = parser.parse_args(arguments)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    print(f"{'follow-up, a pass':32}{'requests':>8}{'writes':>9}{'unchanged':>12}{'counted':>9}{'seconds':>10}")
    print(f"{f'a merge with {ITEMS_EACH} items':32}{asyncio.run(measure_merge())}")
    for kind, sizes in (("open", options.items), ("adopted", options.adopted)):
        for items in sizes:
            for name, cost in asyncio.run(measure_settled(items, adopted=kind == "adopted")).items():
                print(f"{f'{items:,} {kind} items, {name}':32}{cost}", flush=True)
    print(f"{'wanted':32}{f'≤ {MOST_FOR_A_MERGE}':>8} for a merge, ≤ {MOST_WHEN_SETTLED} when settled, all unchanged")


if __name__ == "__main__":
    main()
