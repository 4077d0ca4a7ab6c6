"""GitHub as the App sees it: who it is, where it is installed, and a way into each repository."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from urllib.parse import quote

import structlog
from cachetools import LRUCache, TTLCache

from app.core.facts import Repository
from app.github.auth import Scope, Tokens, sign_app_token
from app.github.client import Authorize, Client, Transport
from app.github.errors import NotFound, Refused, Unavailable
from app.github.limits import Limits
from app.github.memory import Memory, RepositoryMemory
from app.github.mentions import Mentions, RepositoryMentions
from app.github.pace import Pace, RepositoryPace

AT_ONCE = 8
"""Requests of one pass that are under way at the same time."""

_BLOB_BUDGET = 64 * 1024 * 1024  # bytes of file contents kept in memory
_ASK_AGAIN = timedelta(minutes=10)
_MOST_CLIENTS = 200
_READ_ONLY = (("contents", "read"), ("issues", "read"), ("metadata", "read"), ("pull_requests", "read"))
_TOKEN = "token "  # noqa: S105 - the scheme of an Authorization header

_log = structlog.get_logger(__name__)

FileCache = LRUCache[tuple[int, str], bytes]
"""Contents by repository id and what names them for ever: a blob's SHA, or a commit's SHA with a path."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the App is: its numeric id, and its slug if GitHub tells; its bot's login is `<slug>[bot]`."""

    id: int
    slug: str | None


@dataclass(frozen=True, slots=True)
class Access:
    """A way into one repository.

    Attributes:
        repository: what it is called now.
        client: may read and write it.
        files: contents seen before.
        writing: held during a write: GitHub wants those of an installation one after the other.
        pace: how fast things may be created here, as the repository's share of what the installation may.
        remembered: what earlier passes learnt of this repository.
        mentions: how often managers are mentioned on a day, here and elsewhere.
        clock: what time it is.
        created: when the repository was; None where GitHub does not tell.
    """

    repository: Repository
    client: Client
    files: FileCache
    writing: asyncio.Lock
    pace: RepositoryPace
    remembered: RepositoryMemory
    mentions: RepositoryMentions
    clock: Callable[[], datetime]
    created: datetime | None

    @property
    def path(self) -> str:
        """Where all that the API has of the repository begins."""
        return f"/repos/{self.repository.full_name}"


class GitHub:
    """The App's way into GitHub. Everything of one installation shares one set of rate limits."""

    def __init__(
        self, transport: Transport, app_id: str, private_key: str, github_url: str, clock: Callable[[], datetime]
    ) -> None:
        self._transport = transport
        self._github_url = github_url
        self.clock = clock

        async def authorize(_refused: str | None) -> str:
            return f"Bearer {sign_app_token(app_id, private_key, clock())}"

        self._app = Client(transport, authorize, Limits(clock))
        self._tokens = Tokens(self._app, clock)
        self._limits: defaultdict[int, Limits] = defaultdict(lambda: Limits(clock))
        self._writing: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._pace: defaultdict[int, Pace] = defaultdict(lambda: Pace(clock, transport.sleep))
        self._memory = Memory(clock)
        self._mentions: defaultdict[int, Mentions] = defaultdict(Mentions)
        # GitHub does not like to be asked again and again for what it refuses (an App may be suspended for that).
        self._without_organisation: TTLCache[int, None] = TTLCache(
            _MOST_CLIENTS, ttl=_ASK_AGAIN.total_seconds(), timer=lambda: clock().timestamp()
        )
        self._clients: LRUCache[Scope, tuple[str, Client]] = LRUCache(_MOST_CLIENTS)
        self._bot_login: str | None = None
        self._files: FileCache = LRUCache(_BLOB_BUDGET, getsizeof=len)

    async def identity(self) -> Identity:
        """Who the App is. Raises GitHubError."""
        answer = await self._app.get("/app")
        return Identity(answer["id"], answer.get("slug"))

    async def bot_login(self) -> str:
        """The login of the App's own account: what it writes is written by that. Raises GitHubError."""
        if self._bot_login is None:
            identity = await self.identity()
            if not identity.slug:
                raise Unavailable("GitHub does not tell the App's slug, so its own issues cannot be told from others")
            self._bot_login = f"{identity.slug}[bot]"
        return self._bot_login

    async def installations(self) -> AsyncIterator[int]:
        """The ids of the installations that are not suspended. Raises GitHubError."""
        async for item in self._app.pages("/app/installations?per_page=100"):
            if not item.get("suspended_at"):
                yield item["id"]

    async def repositories(self, installation: int) -> AsyncIterator[int]:
        """The ids of an installation's repositories that can be written to. Raises GitHubError."""
        scope = Scope(installation, None, (("metadata", "read"),))
        client = await self._client(scope)
        try:
            async for item in client.pages("/installation/repositories?per_page=100", key="repositories"):
                if not item.get("archived") and not item.get("disabled"):
                    yield item["id"]
        except NotFound as error:
            _log.warning("no list of an installation's repositories, so they are searched for", reason=str(error))
            for each in await self._searched(scope, client):
                yield each

    async def _searched(self, scope: Scope, client: Client) -> list[int]:
        """The ids of an installation's repositories: those its token names, else what is found of its account's."""
        named = (await self._tokens.get(scope)).repositories
        if named:
            return [item["id"] for item in named]
        account = (await self._app.get(f"/app/installations/{scope.installation}"))["account"]["login"]
        found = client.pages(f"/search/repositories?q=user:{quote(account)}&per_page=100")
        return [item["id"] async for item in found if not item.get("archived")]

    async def enter(self, installation: int, repository: int) -> Access:
        """A way into a repository.

        Raises GitHubError: NotFound or Refused where the App is not installed any more, or may only read: an archived
        repository takes nothing.
        """
        scope = Scope(installation, repository)
        client = await self._client(scope)
        item = await self._item(scope, client, repository)
        if item.get("archived"):  # when the token was made: it may be back since
            item = await client.get(f"/repos/{item['full_name']}")
        if item.get("archived"):
            raise Refused(403, f"{item['full_name']} is archived, so nothing can be written there")
        return self._access(item, client, installation)

    async def _item(self, scope: Scope, client: Client, repository: int) -> Mapping[str, Any]:
        """A repository as its token, or else the installation's list, describes it. Raises GitHubError."""
        token = await self._tokens.get(scope)
        for item in token.repositories:
            if item.get("id") == repository and item.get("full_name"):
                return item
        async for item in client.pages("/installation/repositories?per_page=100", key="repositories"):
            if item["id"] == repository:
                return cast("Mapping[str, Any]", item)
        raise NotFound(404, f"the repository {repository} is not part of installation {scope.installation}")

    async def look_into(self, full_name: str) -> tuple[int, Access]:
        """A way into a repository by its name that can write nothing, and the id of the installation.

        Raises GitHubError: NotFound where there is no such repository, or the App is not installed on it.
        """
        installation: int = (await self._app.get(f"/repos/{full_name}/installation"))["id"]
        client = await self._client(Scope(installation, full_name.partition("/")[2], _READ_ONLY))
        return installation, self._access(await client.get(f"/repos/{full_name}"), client, installation)

    async def enter_organisation(self, installation: int) -> Client | None:
        """A read-only client for the owner's `.github` repository, or None where the App cannot reach it."""
        if installation in self._without_organisation:
            return None
        scope = Scope(installation, ".github", (("contents", "read"),))
        try:
            return await self._client(scope)
        except Refused:
            self._without_organisation[installation] = None
            return None

    def _access(self, item: Mapping[str, Any], client: Client, installation: int) -> Access:
        name = item["full_name"]
        repository = Repository(item["id"], name, f"{self._github_url}/{name}", private=bool(item.get("private")))
        created = item.get("created_at")
        return Access(
            repository,
            client,
            self._files,
            self._writing[installation],
            RepositoryPace(self._pace[installation], item["id"]),
            self._memory.of(item["id"]),
            self._mentions[installation].of(item["id"]),
            self.clock,
            datetime.fromisoformat(created) if created else None,
        )

    async def _client(self, scope: Scope) -> Client:
        """The client for a scope; a new token brings a new one, since ETags belong to the token."""
        token = await self._tokens.get(scope)
        kept = self._clients.get(scope)
        if kept is not None and kept[0] == token.secret:
            return kept[1]
        client = Client(self._transport, self._authorization(scope), self._limits[scope.installation])
        self._clients[scope] = (token.secret, client)
        return client

    def _authorization(self, scope: Scope) -> Authorize:
        async def authorize(refused: str | None) -> str:
            if refused:
                self._tokens.drop(scope, refused.removeprefix(_TOKEN))
            return _TOKEN + (await self._tokens.get(scope)).secret

        return authorize
