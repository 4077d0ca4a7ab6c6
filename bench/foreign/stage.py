"""The stage: the emulator, the bridge and the real `closeout serve`; what people do there, and what they see."""

from __future__ import annotations

import asyncio
import base64
import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from app.core.repository_facts import ACTION_LABEL, POSTMORTEM_LABEL
from app.demo.clock import StoryClock
from app.demo.service import Service, running_service
from bench.foreign.bridge import Bridge
from bench.foreign.emulator import (
    APP_ID,
    BOT,
    PEOPLE,
    REPOSITORY,
    WEBHOOK_SECRET,
    private_key,
    running_emulator,
    token_of,
)

LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
_PATIENCE = 60  # seconds; a busy machine takes its time
_QUIET = 0.8  # seconds without a request or a webhook: whatever was marked has been looked at
_LOOK_EVERY = 0.05  # seconds
_TO_BE_KNOWN = timedelta(seconds=2.5)  # libfaketime reads the file again in the second second after the last look

Json = Any


class Failed(Exception):
    """Something that had to be so is not; the message says what was seen instead."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An issue, as people see it."""

    number: int
    title: str
    body: str
    is_open: bool
    assignees: tuple[str, ...]
    labels: frozenset[str]
    due: str
    reason: str | None
    by: str


class Stage:
    """See the module; `clock` tells the time of all of it, if it can be shifted."""

    def __init__(self, folder: Path, bridge: Bridge, clock: StoryClock | None, key: str) -> None:
        self.bridge = bridge
        self.clock = clock
        self._folder = folder
        self._key = key
        self._runs = 0
        self._service: Service | None = None
        self._stack = AsyncExitStack()
        self._session: aiohttp.ClientSession

    # The service.

    async def start(self) -> None:
        """Start `closeout serve`."""
        self._runs += 1
        log = self._folder / f"closeout-{self._runs}.log"
        self._service = await self._stack.enter_async_context(running_service(self._environment(), log))
        self.bridge.service = self._service.address

    async def stop(self, *, lose_queue: bool = False) -> None:
        """Stop it, as an operator does; webhooks are lost from then on."""
        self.bridge.service = ""
        await self._stack.aclose()
        if lose_queue:
            self._lose_queue()

    async def kill(self) -> None:
        """Kill it without a warning."""
        self.bridge.service = ""
        if self._service is not None:
            self._service.process.kill()
            await self._service.process.wait()
        await self._stack.aclose()

    async def restart(self, *, lose_queue: bool = False) -> None:
        """Stop it, start it again, and wait until it has settled."""
        await self.stop(lose_queue=lose_queue)
        await self.start()
        await self.settled()

    async def settled(self) -> None:
        """Return when nothing is due or under way any more."""
        if self._service is None:
            raise Failed("closeout serve does not run")
        began = time.monotonic()
        while time.monotonic() < began + _PATIENCE:
            await asyncio.sleep(_LOOK_EVERY)
            if self.bridge.busy or time.monotonic() - max(self.bridge.last, began) < _QUIET:
                continue
            await self._service.idle(_PATIENCE)
            if time.monotonic() - self.bridge.last > _QUIET:
                return
        raise Failed(f"it does not settle within {_PATIENCE} s")

    async def until(self, is_so: Callable[[], Awaitable[bool]], otherwise: str, patience: float = _PATIENCE) -> None:
        """Return when something is so. Raises Failed."""
        deadline = time.monotonic() + patience
        while not await is_so():
            if time.monotonic() > deadline:
                raise Failed(otherwise)
            await asyncio.sleep(0.2)

    def now(self) -> datetime:
        """What time it is here."""
        return self.clock() if self.clock is not None else datetime.now(UTC)

    async def set_clock(self, instant: datetime) -> None:
        """Put the clock forward; returns when the processes know."""
        if self.clock is None:
            raise Failed("the clock cannot be shifted")
        self.clock.set(instant - _TO_BE_KNOWN)
        await asyncio.sleep(_TO_BE_KNOWN.total_seconds())

    async def plan(self) -> str:
        """What `closeout plan` prints. Raises Failed."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "app", "plan", REPOSITORY),
            env={**os.environ, **self._environment()},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await process.communicate()
        if process.returncode:
            raise Failed(f"`closeout plan` ended with {process.returncode}: {err.decode()[-300:]}")
        return out.decode().strip()

    def _environment(self) -> Mapping[str, str]:
        return {
            "CLOSEOUT_APP_ID": str(APP_ID),
            "CLOSEOUT_PRIVATE_KEY": self._key,
            "CLOSEOUT_WEBHOOK_SECRET": WEBHOOK_SECRET,
            "CLOSEOUT_API_URL": self.bridge.url,
            "CLOSEOUT_GITHUB_URL": self.bridge.url,
            "CLOSEOUT_QUEUE": f"sqlite:///{(self._folder / 'queue.db').resolve()}",
            **shifted(self.clock),
        }

    def _lose_queue(self) -> None:
        for file in self._folder.glob("queue.db*"):
            file.unlink()

    # What people do.

    async def ask(self, login: str, method: str, path: str, body: Json = None) -> Json:
        """A person's request about the repository; its JSON. Raises Failed."""
        url = f"{self.bridge.emulator}/repos/{REPOSITORY}{path}"
        headers = {"Authorization": f"token {token_of(login)}", "Accept": "application/vnd.github+json"}
        async with self._session.request(method, url, json=body, headers=headers) as answer:
            if answer.status >= 400:
                raise Failed(f"{login}: {method} {path} was answered with {answer.status}: {await answer.text()}")
            return await answer.json() if answer.status != 204 else None

    async def commit(
        self, path: str, text: str, *, branch: str = "main", message: str = "Edit", by: str = "dana"
    ) -> None:
        """Write a file with a commit of its own, which is a push."""
        content = base64.b64encode(text.encode()).decode()
        body = {"message": message, "content": content, "branch": branch}
        with suppress(Failed):  # it is new
            body["sha"] = (await self.ask(by, "GET", f"/contents/{path}?ref={branch}"))["sha"]
        await self.ask(by, "PUT", f"/contents/{path}", body)

    async def propose(self, branch: str, path: str, text: str, message: str) -> Json:
        """A pull request of Ana's that changes one file."""
        main = await self.ask("ana", "GET", "/git/ref/heads/main")
        await self.ask("ana", "POST", "/git/refs", {"ref": f"refs/heads/{branch}", "sha": main["object"]["sha"]})
        await self.commit(path, text, branch=branch, message=message, by="ana")
        return await self.ask("ana", "POST", "/pulls", {"title": message, "head": branch, "base": "main"})

    async def say(self, login: str, number: int, text: str) -> int:
        """Comment on an issue; returns the comment's id."""
        said = await self.ask(login, "POST", f"/issues/{number}/comments", {"body": text})
        return int(said["id"])

    async def change(self, login: str, number: int, **fields: Json) -> None:
        """Change an issue by hand."""
        await self.ask(login, "PATCH", f"/issues/{number}", fields)

    # What people see.

    async def issues(self, label: str = "", begins: str = "") -> list[Seen]:
        """The issues with a label, oldest first, whose title begins so."""
        found = await self.ask("dana", "GET", "/issues?state=all&sort=created&direction=asc&per_page=100")
        seen = (_seen(item) for item in found)
        return [each for each in seen if (not label or label in each.labels) and each.title.startswith(begins)]

    async def trackings(self) -> list[Seen]:
        """The tracking issues."""
        return await self.issues(POSTMORTEM_LABEL)

    async def actions(self) -> list[Seen]:
        """The action issues."""
        return await self.issues(ACTION_LABEL)

    async def issue(self, number: int) -> Seen:
        """An issue as it is now."""
        return _seen(await self.ask("dana", "GET", f"/issues/{number}"))

    async def said(self, number: int, words: str = "") -> list[str]:
        """Closeout's comments on an issue that hold some words, oldest first."""
        found = await self.ask("dana", "GET", f"/issues/{number}/comments?per_page=100")
        return [each["body"] for each in found if each["user"]["login"] == BOT and words in each["body"]]

    async def milestones(self) -> dict[str, str]:
        """The state of each milestone, by title. Raises Failed where two are called the same."""
        found = await self.ask("dana", "GET", "/milestones?state=all&per_page=100")
        if len({each["title"] for each in found}) < len(found):
            raise Failed(f"milestones are there twice: {sorted(each['title'] for each in found)}")
        return {each["title"]: each["state"] for each in found}


def shifted(clock: StoryClock | None) -> dict[str, str]:
    """The environment of a process whose system clock, but not its timers, is that of a clock."""
    if clock is None:
        return {}
    return {
        "LD_PRELOAD": str(LIBRARIES[0]),
        "FAKETIME_TIMESTAMP_FILE": str(clock.file),
        "FAKETIME_CACHE_DURATION": "1",  # second: to read the file at each look at the clock takes a minute in all
        "NO_FAKE_STAT": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


@asynccontextmanager
async def set_stage(command: tuple[str, ...], folder: Path, now: datetime) -> AsyncIterator[Stage]:
    """A stage with the emulator running, and `closeout serve` not yet. It is `now` there if clocks can be shifted."""
    clock = StoryClock(folder / "clock") if LIBRARIES else None
    if clock is not None:
        clock.set(now)
    key = private_key()
    async with Bridge().open() as bridge, aiohttp.ClientSession() as session:
        stage = Stage(folder, bridge, clock, key)
        stage._session = session
        webhook = f"{bridge.url}/webhook"
        async with running_emulator(command, folder, key, webhook, bridge.url, shifted(clock)) as bridge.emulator:
            for login in PEOPLE.keys() - {"dana"}:
                await stage.ask("dana", "PUT", f"/collaborators/{login}", {"permission": "push"})
            await stage.ask("dana", "PUT", "/collaborators/gita", {"permission": "pull"})
            try:
                yield stage
            finally:
                await stage.stop()


def _seen(item: Mapping[str, Json]) -> Seen:
    milestone = item.get("milestone") or {}
    return Seen(
        number=item["number"],
        title=item["title"],
        body=item["body"] or "",
        is_open=item["state"] == "open",
        assignees=tuple(each["login"] for each in item["assignees"]),
        labels=frozenset(each["name"] for each in item["labels"]),
        due=(milestone.get("due_on") or "")[:10],
        reason=item["state_reason"],
        by=item["user"]["login"],
    )
