"""The HTTP server: webhooks in, health and metrics out. A webhook is acknowledged once its marks are on disk."""

from __future__ import annotations

import asyncio

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from app.core.keys import format_key
from app.monitoring import Metrics
from app.queue import WorkQueue
from app.web.events import EVENTS, Mark, Payload, marks, read_payload
from app.web.signature import is_signed

LARGEST_BODY = 25 * 1024 * 1024
"""Bytes; GitHub delivers nothing larger (docs.github.com, "Webhook events and payloads")."""

_OTHER_EVENT = "other"  # in the metrics: its name comes from outside, and a label takes no end of names
_log = structlog.get_logger(__name__)


class Server:
    """The HTTP endpoints.

    Attributes:
        bot_login: whose events are ignored, `<slug>[bot]`; None until GitHub has told, empty if it does not.
    """

    def __init__(self, queue: WorkQueue, metrics: Metrics, secrets: tuple[str, ...], app_id: str) -> None:
        self.bot_login: str | None = None
        self._queue = queue
        self._metrics = metrics
        self._secrets = secrets
        self._app_id = app_id

    def application(self) -> web.Application:
        """The aiohttp application with its routes."""
        application = web.Application(client_max_size=LARGEST_BODY)
        application.add_routes(
            [
                web.post("/webhook", self._webhook),
                web.get("/healthz", self._health),
                web.get("/readyz", self._readiness),
                web.get("/metrics", self._scrape),
            ]
        )
        return application

    async def _webhook(self, request: web.Request) -> web.Response:
        event = request.headers.get("X-GitHub-Event", "")
        answer = await self._receive(request, event)
        self._metrics.webhooks.labels(event if event in EVENTS else _OTHER_EVENT, answer.status).inc()
        return answer

    async def _receive(self, request: web.Request, event: str) -> web.Response:
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return _refuse(413, f"a webhook's body is at most {LARGEST_BODY} bytes")
        if not is_signed(body, request.headers.get("X-Hub-Signature-256", ""), self._secrets):
            return _refuse(401, "X-Hub-Signature-256 is missing, or was not made with this App's webhook secret")
        if not event:
            return _refuse(400, "X-GitHub-Event is missing")
        if request.content_type != "application/json":
            return _refuse(415, "set the webhook's content type to application/json")
        if event not in EVENTS:
            return _acknowledge("nothing to do")
        payload = read_payload(body)
        if payload is None:
            return _refuse(400, f"the body is not the JSON of a {event} event")
        return await self._mark(marks(event, payload, self._app_id), payload)

    async def _mark(self, dirty: tuple[Mark, ...], payload: Payload) -> web.Response:
        if payload.sender and self.bot_login and payload.sender.login == self.bot_login:
            return _acknowledge("ours")
        await asyncio.gather(*(self._queue.mark(format_key(mark.key), again=mark.again) for mark in dirty))
        return _acknowledge("accepted" if dirty else "nothing to do")

    async def _health(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readiness(self, _request: web.Request) -> web.Response:
        """Ready while the queue takes marks; GitHub being away is no reason to turn webhooks down."""
        await self._queue.depth()
        return web.Response(text="ready\n")

    async def _scrape(self, _request: web.Request) -> web.Response:
        body = self._metrics.scrape(await self._queue.depth())
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})


def _acknowledge(what: str) -> web.Response:
    return web.Response(status=202, text=what + "\n")


def _refuse(status: int, reason: str) -> web.Response:
    _log.warning("refused a webhook", status=status, reason=reason)
    return web.Response(status=status, text=reason + "\n")
