"""The real `closeout serve`, as a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from app.settings import PREFIX

_PATIENCE = 20  # seconds
_LOOK_EVERY = 0.02  # seconds


class ServiceError(Exception):
    """The service did not start, or ended early; the message names its log."""


@dataclass(frozen=True, slots=True)
class Service:
    """A running `closeout serve`: its address, and its process."""

    address: str
    process: asyncio.subprocess.Process

    async def idle(self, patience: float = _PATIENCE) -> None:
        """Return when nothing is due or under way. Raises ServiceError if that takes more than so many seconds."""
        try:
            async with asyncio.timeout(patience), aiohttp.ClientSession() as session:
                while await self._due(session):  # noqa: ASYNC110 - it is another process that works
                    await asyncio.sleep(_LOOK_EVERY)
        except (TimeoutError, aiohttp.ClientError):
            raise ServiceError(f"closeout serve is busy for more than {patience} s, or has ended") from None

    async def _due(self, session: aiohttp.ClientSession) -> float:
        async with session.get(f"{self.address}/metrics") as answer:
            figures = text_string_to_metric_families(await answer.text())
        keys = (sample for family in figures if family.name == "closeout_queue_keys" for sample in family.samples)
        return next(sample.value for sample in keys if sample.labels["state"] == "due")


@asynccontextmanager
async def running_service(
    environment: Mapping[str, str], log: Path, command: Sequence[str] = ("app", "serve")
) -> AsyncIterator[Service]:
    """Run `closeout serve`, or the command given, on a free port of localhost; its log goes to a file.

    Raises ServiceError if it does not come up.
    """
    own = {"CLOSEOUT_HOST": "127.0.0.1", "CLOSEOUT_PORT": "0", "CLOSEOUT_LOG": "json"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", *command),
        env={**_foreign(os.environ), **environment, **own},
        stderr=asyncio.subprocess.PIPE,
    )
    listening: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    copying = asyncio.create_task(_copy_log(process, log, listening))
    try:
        try:
            port = await asyncio.wait_for(listening, _PATIENCE)
        except TimeoutError:
            raise ServiceError(f"closeout serve does not listen after {_PATIENCE} s; its log is {log}") from None
        yield Service(f"http://127.0.0.1:{port}", process)
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()
        await copying


def _foreign(variables: Mapping[str, str]) -> Mapping[str, str]:
    """What is not Closeout's: the shell may hold the settings of another service."""
    return {name: value for name, value in variables.items() if not name.startswith(PREFIX)}


async def _copy_log(process: asyncio.subprocess.Process, log: Path, listening: asyncio.Future[int]) -> None:
    """Copy the service's log to a file, and tell the port once it says so."""
    stream = process.stderr or asyncio.StreamReader()
    with log.open("wb") as file:
        async for line in stream:
            file.write(line)
            file.flush()
            with suppress(ValueError):
                entry = json.loads(line)
                if entry.get("event") == "listening" and not listening.done():
                    listening.set_result(entry["port"])
    if not listening.done():
        listening.set_exception(ServiceError(f"closeout serve ended before it listened; its log is {log}"))
