"""One HTTP conversation with GitHub: gidgethub's request building on aiohttp's transport.

Adds to gidgethub: the API version header, redirects on GET, retries of reads, rate limits that hold for everything
that shares a `Limits`, a fresh token after a 401, and errors sorted by what to do about them.
"""

from __future__ import annotations

import asyncio
import http
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import aiohttp
import gidgethub
import gidgethub.abc
from cachetools import LRUCache
from yarl import URL

from app.github.errors import GitHubError, NotFound, Refused, TooLarge, Unavailable
from app.github.limits import Limits

API_VERSION = "2022-11-28"
USER_AGENT = "closeout"
_ACCEPT = "application/vnd.github+json"
_READ_TRIES = 5  # of a request that only reads, where no answer comes, or a passing error
_SERVER_ERROR_TRIES = 3  # for 500, which rarely passes: the first try and two more
_REDIRECTS = 5
_TRANSIENT = {http.HTTPStatus.BAD_GATEWAY, http.HTTPStatus.SERVICE_UNAVAILABLE, http.HTTPStatus.GATEWAY_TIMEOUT}
_GONE = {http.HTTPStatus.NOT_FOUND, http.HTTPStatus.GONE, http.HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS}
_MOST_ETAGS = 50  # answers kept for one authorization
_MOVED = {301, 302, 307, 308}
_LARGEST_ANSWER = 32 * 1024 * 1024  # bytes; a page of a hundred changed files with their patches stays well below
_LARGEST_FILE = 1_600_000  # bytes: a document of 1 MiB in base64, with line breaks, in JSON
_TIMEOUT = aiohttp.ClientTimeout(total=30)  # GitHub gives up on a request after 10 s

Answer = tuple[int, Mapping[str, str], bytes]
Authorize = Callable[[str | None], Awaitable[str]]
"""Gives the Authorization header's value; told which one was just turned down, it gives another."""

_reading_file: ContextVar[bool] = ContextVar("reading_file", default=False)


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
        with _sorted_errors(f"GET {_path(url)}"):
            return await self.getitem(url, dict(variables or {}), accept=_ACCEPT)

    async def get_file(self, url: str) -> Any:
        """The JSON of a file's contents at a commit, or of a blob. It never changes, so its ETag is not kept.

        Raises TooLarge if it is larger than a document may be, and GitHubError.
        """
        token = _reading_file.set(True)
        try:
            return await self.get(url)
        finally:
            _reading_file.reset(token)

    async def pages(
        self, url: str, variables: Mapping[str, str | int] | None = None, key: str = "items"
    ) -> AsyncIterator[Any]:
        """The items of a list, page after page; `key` names the list where GitHub wraps it. Raises GitHubError."""
        with _sorted_errors(f"GET {_path(url)}"):
            async for item in self.getiter(url, dict(variables or {}), accept=_ACCEPT, iterable_key=key):
                yield item

    async def write(self, method: str, url: str, variables: Mapping[str, str | int], body: Mapping[str, Any]) -> Any:
        """Send a POST or PATCH and return its JSON. Raises GitHubError; after Unavailable the write may have landed."""
        send = self.post if method == "POST" else self.patch
        with _sorted_errors(f"{method} {_path(url)}"):
            return await send(url, dict(variables), data=body, accept=_ACCEPT)

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
        given = await self._authorize(None)
        answer = await self._send(method, url, {**headers, "authorization": given}, body)
        if answer[0] != http.HTTPStatus.UNAUTHORIZED:
            return answer
        return await self._send(method, url, {**headers, "authorization": await self._authorize(given)}, body)

    async def _send(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send, and where GitHub redirects, repeat the request there word for word, as it asks for."""
        for _ in range(_REDIRECTS):
            if URL(url).origin() != URL(self._transport.api_url).origin():
                raise Refused(http.HTTPStatus.MISDIRECTED_REQUEST, f"{_path(url)} is on another host; not followed")
            self._limits.check()
            answer = await self._exchange(method, url, {**headers, "x-github-api-version": API_VERSION}, body)
            self._limits.note(answer[0], answer[1], _excerpt(answer))
            if answer[0] not in _MOVED or "location" not in answer[1]:
                return answer
            url = urljoin(url, answer[1]["location"])
        raise Refused(answer[0], f"GitHub redirected {method} {_path(url)} more than {_REDIRECTS} times")

    async def _exchange(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        status = 0
        try:
            async with self._transport.session.request(
                method, url, headers=headers, data=body or None, allow_redirects=False, timeout=_TIMEOUT
            ) as response:
                status = response.status
                content = await _read_bounded(response, _LARGEST_FILE if _reading_file.get() else _LARGEST_ANSWER)
                return status, _headers(response), content
        except (aiohttp.ClientError, TimeoutError, ConnectionError, asyncio.IncompleteReadError) as error:
            reason = _reason(error)
            raise Unavailable(f"GitHub did not answer {method} {_path(url)}: {reason}") from None
        finally:
            self._transport.count(method, status)


def _reason(error: Exception) -> str:
    """Why there was no answer, in a few words."""
    if isinstance(error, aiohttp.ClientConnectorError) and not isinstance(error, aiohttp.ClientSSLError):
        return f"cannot connect to {error.host}:{error.port} ({_cause(error.os_error)})"
    if isinstance(error, TimeoutError):
        return "it took too long"
    return str(error) or type(error).__name__


def _cause(error: OSError) -> str:
    """The system's own words for it: asyncio puts the address into theirs, which stands there already."""
    if error.errno is None or isinstance(error, socket.gaierror):  # a resolver counts its errors by itself
        return error.strerror or str(error)
    return os.strerror(error.errno)


def _may_pass(method: str, status: int, tries: int) -> bool:
    """Whether an error of GitHub's may go away if a read is tried again."""
    if method != "GET":
        return False
    if status == http.HTTPStatus.INTERNAL_SERVER_ERROR:
        return tries < _SERVER_ERROR_TRIES
    return status in _TRANSIENT and tries < _READ_TRIES


async def _read_bounded(response: aiohttp.ClientResponse, most: int) -> bytes:
    content = bytearray()
    async for chunk in response.content.iter_any():
        content += chunk
        if len(content) > most:
            response.close()
            raise TooLarge(
                response.status, f"GitHub's answer to {_path(str(response.url))} is larger than {most} bytes"
            )
    return bytes(content)


def _headers(response: aiohttp.ClientResponse) -> dict[str, str]:
    unkept = {"etag", "last-modified"} if _reading_file.get() else frozenset[str]()
    return {name.lower(): value for name, value in response.headers.items() if name.lower() not in unkept}


def _excerpt(answer: Answer) -> str:
    return answer[2][:2000].decode(errors="replace") if answer[0] >= 400 else ""


def _path(url: str) -> str:
    """The URL without scheme, host and query, for messages."""
    return "/" + url.split("://", 1)[-1].partition("/")[2].partition("?")[0]


@contextmanager
def _sorted_errors(request: str) -> Iterator[None]:
    """Raise what goes wrong inside as a GitHubError that names the request."""
    try:
        yield
    except gidgethub.HTTPException as error:
        raise _sorted_error(error, request) from None
    except ValueError as error:  # neither JSON nor a status that HTTP knows: a proxy's answer, not GitHub's
        raise Unavailable(f"GitHub's answer to {request} cannot be read: {type(error).__name__}") from None


def _sorted_error(error: gidgethub.HTTPException, request: str) -> GitHubError:
    status = error.status_code
    message = f"GitHub answered {request} with {int(status)}: {error}"
    if status in _GONE:
        return NotFound(status, message)
    if status >= 500:
        return Unavailable(message)
    needed = (error.headers or {}).get("x-accepted-github-permissions")
    return Refused(status, f"{message} (needs {needed})" if status == http.HTTPStatus.FORBIDDEN and needed else message)
