"""What stands between Closeout and the emulator: it relays requests and webhooks, counts them, and loses answers.

It mends nothing. What the emulator lacks, or has otherwise than GitHub, reaches Closeout as it is: no list of
assignees, of an App's repositories, or of a repository's comments; no files of a pull request, and none of a commit's
pull requests; no comments in an issue's history; no sub-issues, reactions or ETags; moments to the millisecond.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

_WRITES = {"POST", "PATCH"}
_HOP = {"connection", "transfer-encoding", "content-length", "content-encoding", "keep-alive"}


class Bridge:
    """The relay.

    Attributes:
        emulator: the emulator's address; empty until it runs.
        service: Closeout's address; empty while it does not run, and webhooks are lost.
        lose_every: of how many writes one loses its answer, after it landed; 0: of none.
        lost: how many answers were lost.
        writes: the methods and paths of Closeout's writes that came through, without those for tokens.
        busy: requests under way.
        last: when anything came through last, on the monotonic clock.
    """

    def __init__(self) -> None:
        self.url = ""
        self.emulator = ""
        self.service = ""
        self.lose_every = 0
        self.lost = 0
        self.writes: list[str] = []
        self.busy = 0
        self.last = time.monotonic()
        self._seen = 0
        self._session: aiohttp.ClientSession

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Bridge]:
        """Listen on a free port of localhost."""
        application = web.Application(client_max_size=32 * 1024 * 1024)
        application.add_routes([web.post("/webhook", self._webhook), web.route("*", "/{path:.*}", self._request)])
        async with aiohttp.ClientSession() as self._session, TestServer(application) as server:
            self.url = str(server.make_url("")).rstrip("/")
            yield self

    async def _webhook(self, request: web.Request) -> web.Response:
        self.busy += 1
        try:
            if not self.service:
                return web.Response(status=503)
            body, headers = await request.read(), _passed_on(request.headers)
            async with self._session.post(f"{self.service}/webhook", data=body, headers=headers) as answer:
                return web.Response(status=answer.status, body=await answer.read())
        except aiohttp.ClientError:
            return web.Response(status=502)
        finally:
            self._done()

    async def _request(self, request: web.Request) -> web.Response:
        self.busy += 1
        try:
            answer = await self._relay(request)
            is_write = request.method in _WRITES and not request.path.endswith("/access_tokens")
            if is_write:
                self.writes.append(f"{request.method} {request.path}")
            if is_write and self._is_lost() and request.transport is not None:
                request.transport.abort()
            return answer
        finally:
            self._done()

    def _done(self) -> None:
        self.busy -= 1
        self.last = time.monotonic()

    def _is_lost(self) -> bool:
        if not self.lose_every:
            return False
        self._seen += 1
        is_lost = self._seen % self.lose_every == 0
        self.lost += is_lost
        return is_lost

    async def _relay(self, request: web.Request) -> web.Response:
        url, body = f"{self.emulator}{request.path_qs}", await request.read()
        headers = _passed_on(request.headers)
        async with self._session.request(request.method, url, data=body or None, headers=headers) as answer:
            return web.Response(status=answer.status, body=await answer.read(), headers=_passed_on(answer.headers))


def _passed_on(headers: Any) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in _HOP}
