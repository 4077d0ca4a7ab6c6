"""A year of an organisation, played against the sandbox: whether Closeout keeps its word every day, and at what cost.

    python -m bench.year [--days 365] [--people 40] [--postmortems 60] [--items 5] [--seed 1]

The real reconciler works over HTTP. Time is the measurement's own: it jumps to the next alarm, to the daily safety
sweep, and to the moments at which people act. Every thirty days it begins anew, its queue and memory lost. Every
evening the law is checked: another pass writes nothing, nothing is there twice, what people did is as they left it, no
notice came outside working hours, and no manager was mentioned more than three times that day.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import aiohttp
import structlog

from app.core.calendar.working_time import WorkingTime
from app.core.keys import InstallationsKey, RepositoryKey, format_key
from app.core.records import CommentMark, record_of
from app.core.repository_facts import ACTION_LABEL, MOST_MENTIONS
from app.github.app import GitHub
from app.github.client import Transport
from app.queue import Claim, RetryAt
from app.reconcile import Reconciler
from app.sandbox.api.exchange import Exchange
from app.sandbox.driver import Sandbox
from app.sandbox.world.issue_records import Comment, Issue
from bench.wakes import Clock, Wakes
from bench.year_people import BOT, REPOSITORY, ZONE, Organisation, People
from rules.policy import Calendar

FIRST_DAY = date(2027, 1, 4)
_NOTICES = ("notice:", "revisit:", "draft:", "extended:", "failed:")
_RESTART_EVERY = 30  # days
_HALF_DAYS = (10, 14)  # o'clock, UTC: when people act
_WORKING = WorkingTime(Calendar(), ZONE)
_MENTION = re.compile(r"(?<![\w/`\u200b])@([A-Za-z0-9-]+)")


class LawBroken(Exception):
    """Closeout has not kept its word; the message says when, and how."""


@dataclass(slots=True)
class Figures:
    """What was counted.

    Attributes:
        requests: to GitHub, by day.
        idle: the days on which nobody did anything, and no alarm rang.
        comments: of Closeout's, by issue.
        mentions: of each manager, by day, in whatever comment.
        passes: by kind of key.
        seconds: it took.
    """

    requests: dict[date, int] = field(default_factory=dict)
    idle: set[date] = field(default_factory=set)
    comments: Counter[int] = field(default_factory=Counter)
    mentions: Counter[tuple[str, date]] = field(default_factory=Counter)
    passes: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


@dataclass(slots=True)
class Year:
    """A year under way."""

    github: Sandbox
    people: People
    clock: Clock
    wakes: Wakes
    another: Callable[[], Reconciler]
    reconciler: Reconciler
    key: str
    seen: set[int] = field(default_factory=set)
    figures: Figures = field(default_factory=Figures)

    async def restart(self) -> None:
        """Begin anew, on another machine: without the queue, and without what earlier passes learnt."""
        self.reconciler = self.another()
        self.wakes.forget()
        await self.wakes.mark(format_key(InstallationsKey()))

    async def day(self, day: date, *, merge: bool, act: bool) -> None:
        """One day, with its check in the evening. Raises LawBroken."""
        before, woken = len(self.github.requests), self.wakes.passes["repository"]
        acts = 0
        for hour in _HALF_DAYS:
            await self.wakes.run(self.reconciler, datetime(day.year, day.month, day.day, hour, tzinfo=UTC))
            if merge and hour == _HALF_DAYS[0]:
                self.people.merge(day)
                acts += 1
            acts += self.people.act(day) if act else 0
        evening = datetime(day.year, day.month, day.day, 23, tzinfo=UTC)
        await self.wakes.run(self.reconciler, evening)
        self.figures.requests[day] = _asked(self.github.requests[before:])
        if not acts and self.wakes.passes["repository"] - woken <= 1:
            self.figures.idle.add(day)
        await self._check(day)
        self.github.requests.clear()
        self.github.deliveries.clear()

    async def _check(self, day: date) -> None:
        await self._nothing_is_left(day)
        self._nothing_is_twice(day)
        if lost := self.people.lost():
            raise LawBroken(f"{day}: {'; '.join(lost)}")
        for comment in self._said_since():
            self._count(comment, day)
        worst = max((number for (_, on), number in self.figures.mentions.items() if on == day), default=0)
        if worst > MOST_MENTIONS:
            raise LawBroken(f"{day}: a manager was mentioned {worst} times")

    async def _nothing_is_left(self, day: date) -> None:
        """Another pass, at the same moment, writes nothing."""
        before = len(self.github.requests)
        for _ in range(3):
            outcome = await self.reconciler(Claim(self.key, again=False, attempts=0, last=False))
            if not isinstance(outcome, RetryAt):
                break
            self.clock.now = max(self.clock.now, outcome.when)
        writes = [f"{each.method} {each.path}" for each in self.github.requests[before:] if _writes(each)]
        if writes:
            raise LawBroken(f"{day}: a second pass writes: {', '.join(writes[:5])}")

    def _nothing_is_twice(self, day: date) -> None:
        records = [record_of(issue.body or "") for issue in self.github.issues(REPOSITORY)]
        uids = Counter(str(getattr(each, "uid", None) or getattr(each, "week", None)) for each in records if each)
        abouts = Counter(f"{each.about} on #{it.number}" for it in self._ours() if (each := _mark(it)))
        twice = [
            name for counted in (uids, abouts) for name, number in counted.items() if number > 1 and name != "None"
        ]
        if twice:
            raise LawBroken(f"{day}: there twice: {', '.join(twice[:5])}")

    def _ours(self) -> Iterable[Comment]:
        bot = self.github.world.account(BOT).id
        return (each for each in self.github.world.comments.values() if each.author == bot)

    def _said_since(self) -> Iterable[Comment]:
        for comment in list(self._ours()):
            if comment.id not in self.seen:
                self.seen.add(comment.id)
                yield comment

    def _count(self, comment: Comment, day: date) -> None:
        self.figures.comments[comment.number] += 1
        mark = _mark(comment)
        if mark and mark.about.startswith(_NOTICES) and not _WORKING.is_open(comment.created_at):
            raise LawBroken(f"{day}: {mark.about} was posted at {comment.created_at}, when nobody is at work")
        for login in dict.fromkeys(_MENTION.findall(comment.body)):
            if login in self.people.organisation.managers:
                self.figures.mentions[login, day] += 1


def _mark(comment: Comment) -> CommentMark | None:
    record = record_of(comment.body)
    return record if isinstance(record, CommentMark) else None


def _writes(exchange: Exchange) -> bool:
    return exchange.method != "GET" and not exchange.path.endswith(("/access_tokens", "/reactions"))


def _asked(exchanges: Sequence[Exchange]) -> int:
    return sum(not each.path.endswith("/access_tokens") for each in exchanges)


@asynccontextmanager
async def organisation(size: int, items_each: int, seed: int) -> AsyncIterator[Year]:
    """An organisation on its first day, with the App installed."""
    clock = Clock(datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, 1, tzinfo=UTC))
    chosen, wakes = Organisation(size), Wakes(clock)
    async with Sandbox(clock=clock) as github, aiohttp.ClientSession() as session:
        github.create_repository(REPOSITORY, {".github/closeout.yml": chosen.policy()})
        for login in (*chosen.staff, *chosen.managers):
            github.grant(REPOSITORY, login, "write")
        github.on_webhook(wakes.receiver(str(github.app_id), BOT))
        installation = github.install("acme", [REPOSITORY])

        def reconciler() -> Reconciler:
            transport = Transport(session, github.url, clock.sleep, lambda: 0.0, lambda _method, _status: None)
            app = GitHub(transport, str(github.app_id), github.private_key, github.web_url, clock)
            return Reconciler(app, wakes, str(github.app_id), clock)

        key = format_key(RepositoryKey(installation.id, github.world.repository(REPOSITORY).id))
        people = People(github, chosen, random.Random(seed), items_each)
        year = Year(github, people, clock, wakes, reconciler, reconciler(), key)
        await year.restart()
        yield year


async def play(*, days: int, size: int, postmortems: int, items_each: int, seed: int, quiet: int = 0) -> Year:
    """So many days, the last `quiet` of which nobody does anything. Raises LawBroken."""
    started = time.perf_counter()
    chance = random.Random(seed + 1)
    busy = [day for day in _days(days - quiet) if day.weekday() < 5]
    merges = set(chance.sample(busy, min(postmortems, len(busy))))
    async with organisation(size, items_each, seed) as year:
        for number, day in enumerate(_days(days), start=1):
            if number % _RESTART_EVERY == 0:
                await year.restart()
            await year.day(day, merge=day in merges, act=day in busy)
        year.figures.passes = year.wakes.passes
        year.figures.seconds = time.perf_counter() - started
        return year


def _days(number: int) -> list[date]:
    return [FIRST_DAY + timedelta(days=ahead) for ahead in range(number)]


def report(year: Year) -> str:
    """What was counted, for people."""
    figures, people, github = year.figures, year.people, year.github
    items = [each for each in github.issues(REPOSITORY) if ACTION_LABEL in github.labels(each)]
    on_items = [figures.comments[each.number] for each in items]
    weeks = Counter[tuple[str, tuple[int, int]]]()
    for (login, day), number in figures.mentions.items():
        weeks[login, day.isocalendar()[:2]] += number
    asked, idle = list(figures.requests.values()), [figures.requests[day] for day in figures.idle]
    lines = [
        f"{len(asked)} days, the law held on each",
        f"{people.organisation.size} people, {people.merged} postmortems, {len(items)} items, {_closed(items)} closed",
        f"what people did: {', '.join(f'{act} {number}' for act, number in sorted(people.acts.items()))}",
        f"comments an item: {_spread(on_items)}",
        f"mentions of a manager in a week with any: {_spread(list(weeks.values()))}",
        f"mentions of a manager in a day with any: {_spread(list(figures.mentions.values()))}",
        f"requests a day: {_spread(asked)}",
        f"idle days, with the daily safety sweep alone: {len(idle)}, requests on each: {_spread(idle)}",
        f"passes: {', '.join(f'{kind} {number}' for kind, number in sorted(figures.passes.items()))}",
        f"seconds: {figures.seconds:.0f}",
    ]
    return "\n".join(lines)


def _closed(issues: Iterable[Issue]) -> int:
    return sum(each.state == "closed" for each in issues)


def _spread(numbers: Sequence[int]) -> str:
    if not numbers:
        return "none"
    return f"mean {statistics.mean(numbers):.1f}, median {statistics.median(numbers):g}, most {max(numbers)}"


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.year", description=__doc__.partition("\n")[0])
    for name, default in (("days", 365), ("people", 40), ("postmortems", 60), ("items", 5), ("seed", 1), ("quiet", 0)):
        parser.add_argument(f"--{name}", type=int, default=default)
    chosen = parser.parse_args(arguments)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    year = asyncio.run(
        play(
            days=chosen.days,
            size=chosen.people,
            postmortems=chosen.postmortems,
            items_each=chosen.items,
            seed=chosen.seed,
            quiet=chosen.quiet,
        )
    )
    print(report(year))


if __name__ == "__main__":
    main()
