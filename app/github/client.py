"""One HTTP conversation with GitHub: gidgethub's request building on aiohttp's transport.

Adds to gidgethub: the API version header, redirects on GET, retries of reads, rate limits that hold for everything
that shares a `Limits`, a fresh token after a 401, and errors sorted by what to do about them.
"""

from __future__ import annotations

import asyncio
import http
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import aiohttp
import gidgethub
import gidgethub.abc
from cachetools import LRUCache

from app.github.errors import GitHubError, NotFound, Refused, Unavailable
from app.github.limits import Limits

API_VERSION = "2022-11-28"
USER_AGENT = "closeout"
_ACCEPT = "application/vnd.github+json"
_READ_TRIES = 5
_SERVER_ERROR_TRIES = 3  # for 500, which rarely passes: the first try and two more
_REDIRECTS = 5
_TRANSIENT = {http.HTTPStatus.BAD_GATEWAY, http.HTTPStatus.SERVICE_UNAVAILABLE, http.HTTPStatus.GATEWAY_TIMEOUT}
_GONE = {http.HTTPStatus.NOT_FOUND, http.HTTPStatus.GONE, http.HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS}
_MOST_ETAGS = 100  # answers kept for one authorization
_MOVED = {301, 302, 307, 308}
_MAX_ANSWER = 32 * 1024 * 1024  # bytes; a page of a hundred changed files with their patches stays well below
_TIMEOUT = aiohttp.ClientTimeout(total=30)  # GitHub gives up on a request after 10 s

Answer = tuple[int, Mapping[str, str], bytes]
Authorize = Callable[[bool], Awaitable[str]]
"""Gives the Authorization header's value; True asks for a fresh one, since the last was turned down."""


@dataclass(frozen=True, slots=True)
class Transport:
    """What every conversation shares.

    Attributes:
        session: aiohttp's connection pool.
        api_url: without a trailing slash.
        sleep: waits some seconds.
        jitter: a random number from 0 to 1.
        count: told the method and status of every answer (0 where there was none), for the metrics.
    """

    session: aiohttp.ClientSession
    api_url: str
    sleep: Callable[[float], Awaitable[None]]
    jitter: Callable[[], float]
    count: Callable[[str, int], None]


class Client(gidgethub.abc.GitHubAPI):
    """A conversation with one authorization. ETags are remembered: GitHub ties them to the token."""

    def __init__(self, transport: Transport, authorize: Authorize, limits: Limits) -> None:
        super().__init__(USER_AGENT, base_url=transport.api_url, cache=LRUCache(_MOST_ETAGS))
        self._transport = transport
        self._authorize = authorize
        self._limits = limits

    async def get(self, url: str, variables: Mapping[str, str | int] | None = None) -> Any:
        """The JSON of one resource. Raises GitHubError."""
        try:
            return await self.getitem(url, dict(variables or {}), accept=_ACCEPT)
        except gidgethub.HTTPException as error:
            raise _sorted_error(error) from None

    async def pages(
        self, url: str, variables: Mapping[str, str | int] | None = None, key: str = "items"
    ) -> AsyncIterator[Any]:
        """The items of a list, page after page; `key` names the list where GitHub wraps it. Raises GitHubError."""
        try:
            async for item in self.getiter(url, dict(variables or {}), accept=_ACCEPT, iterable_key=key):
                yield item
        except gidgethub.HTTPException as error:
            raise _sorted_error(error) from None

    async def write(self, method: str, url: str, variables: Mapping[str, str | int], body: Mapping[str, Any]) -> Any:
        """Send a POST or PATCH and return its JSON. Raises GitHubError; after Unavailable the write may have landed."""
        send = self.post if method == "POST" else self.patch
        try:
            async with self._limits.writing:
                return await send(url, dict(variables), data=body, accept=_ACCEPT)
        except gidgethub.HTTPException as error:
            raise _sorted_error(error) from None

    async def sleep(self, seconds: float) -> None:
        """Wait some seconds."""
        await self._transport.sleep(seconds)

    async def _request(self, method: str, url: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        tries = 0
        while True:
            tries += 1
            try:
                answer = await self._authorized(method, url, headers, body)
            except Unavailable:
                if method != "GET" or tries >= _READ_TRIES:
                    raise
            else:
                if not _may_pass(method, answer[0], tries):
                    return answer
            await self.sleep(0.2 * 2**tries * (0.5 + self._transport.jitter()))

    async def _authorized(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send with a token; after a 401 once more with a fresh one."""
        answer = await self._send(method, url, {**headers, "authorization": await self._authorize(False)}, body)
        if answer[0] != http.HTTPStatus.UNAUTHORIZED:
            return answer
        return await self._send(method, url, {**headers, "authorization": await self._authorize(True)}, body)

    async def _send(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        for _ in range(_REDIRECTS):
            self._limits.check()
            answer = await self._exchange(method, url, {**headers, "x-github-api-version": API_VERSION}, body)
            self._limits.note(answer[0], answer[1], _excerpt(answer))
            target = answer[1].get("location", "")
            if answer[0] not in _MOVED or not target or (method != "GET" and answer[0] not in {307, 308}):
                return answer
            target = urljoin(url, target)
            if not target.startswith(self._transport.api_url + "/"):
                raise Refused(answer[0], f"GitHub redirected {method} {_path(url)} to another host; not followed")
            url = target
        raise Refused(310, f"GitHub redirected {method} {_path(url)} more than {_REDIRECTS} times")

    async def _exchange(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        status = 0
        try:
            async with self._transport.session.request(
                method, url, headers=headers, data=body or None, allow_redirects=False, timeout=_TIMEOUT
            ) as response:
                content = await _read_bounded(response)
                status = response.status
                return status, {name.lower(): value for name, value in response.headers.items()}, content
        except (aiohttp.ClientError, TimeoutError, ConnectionError, asyncio.IncompleteReadError) as error:
            raise Unavailable(f"GitHub did not answer {method} {_path(url)}: {type(error).__name__}") from None
        finally:
            self._transport.count(method, status)


def _may_pass(method: str, status: int, tries: int) -> bool:
    """Whether an error of GitHub's may go away if a read is tried again."""
    if method != "GET":
        return False
    if status == http.HTTPStatus.INTERNAL_SERVER_ERROR:
        return tries < _SERVER_ERROR_TRIES
    return status in _TRANSIENT and tries < _READ_TRIES


async def _read_bounded(response: aiohttp.ClientResponse) -> bytes:
    content = bytearray()
    async for chunk in response.content.iter_any():
        content += chunk
        if len(content) > _MAX_ANSWER:
            raise Refused(
                response.status, f"GitHub's answer to {_path(str(response.url))} is larger than {_MAX_ANSWER} bytes"
            )
    return bytes(content)


def _excerpt(answer: Answer) -> str:
    return answer[2][:2000].decode(errors="replace") if answer[0] >= 400 else ""


def _path(url: str) -> str:
    """The URL without scheme, host and query, for messages."""
    return "/" + url.split("://", 1)[-1].partition("/")[2].partition("?")[0]


def _sorted_error(error: gidgethub.HTTPException) -> GitHubError:
    status = error.status_code
    message = f"GitHub answered {int(status)}: {error}"
    if status in _GONE:
        return NotFound(status, message)
    if status >= 500:
        return Unavailable(message)
    needed = (error.headers or {}).get("x-accepted-github-permissions")
    return Refused(status, f"{message} (needs {needed})" if status == http.HTTPStatus.FORBIDDEN and needed else message)
