"""A look at a repository on GitHub, for commands that write nothing: the way in, its policy, and what can go wrong."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import aiohttp
import typer

from app.cli.extras import with_the_way_there
from app.core.facts import PolicyFile
from app.github.app import Access, GitHub
from app.github.client import Transport
from app.github.connecting import not_connected
from app.github.errors import GitHubError, NotFound
from app.github.policies import observe_policy
from app.queue import Clock, utc_now
from app.settings import Settings
from rules.policy import Policy, PolicyError

NO_POLICY = "It has no policy file (.github/closeout.yml), so Closeout leaves it alone."

_FULL_NAME = re.compile(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+")


class Unobservable(Exception):
    """A repository cannot be looked at; the message is one line that says why."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A repository that can be looked at.

    Attributes:
        github: as the App.
        access: to the repository, for reading.
        policy: None where it has none: then it is none of Closeout's business.
        since: see `PolicyFile`.
    """

    github: GitHub
    access: Access
    policy: Policy | None
    since: datetime | None


def check_name(repository: str) -> None:
    """Raise Unobservable unless it is the full name of a repository."""
    if not _FULL_NAME.fullmatch(repository):
        raise Unobservable(f"{repository!r} is not the name of a repository; write it as acme/postmortems")


def clock_of(context: typer.Context) -> Clock:
    """The clock that came with the command, as the demo hands over its story's; else the system's."""
    clock: Clock | None = context.obj
    return clock or utc_now


@asynccontextmanager
async def entered(settings: Settings, repository: str, clock: Clock) -> AsyncIterator[Entered]:
    """A way into a repository, by its full name. Raises Unobservable and GitHubError."""
    async with aiohttp.ClientSession() as session:
        transport = Transport(session, settings.api_url, asyncio.sleep, random.random, lambda _method, _status: None)
        github = GitHub(transport, settings.app_id, settings.key, settings.github_url, clock)
        try:
            await github.bot_login()
        except GitHubError as error:
            raise Unobservable(not_connected(error)) from None
        try:
            installation, access = await github.look_into(repository)
        except NotFound:
            raise Unobservable(f"there is no repository {repository}, or this App is not installed on it") from None
        file = await observe_policy(github, access, installation)
        yield Entered(github, access, _policy(file), file.since if file else None)


def _policy(file: PolicyFile | None) -> Policy | None:
    """The policy in force. Raises Unobservable if there is one that cannot be read."""
    if file is None:
        return None
    policy = file.policy
    if isinstance(policy, PolicyError):
        if policy.extra:  # it is missing here; the service may well have it
            message = with_the_way_there(policy.message, policy.extra)
            raise Unobservable(f"{file.path}, line {policy.line}: {message}")
        raise Unobservable(f"{file.path}, line {policy.line}: {policy.message} Until then nothing is written.")
    return policy
