"""A request as it was read, its answer on the way out, and what is kept of both."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from app.sandbox.api.call import Actor, Permissions, Reply
from app.sandbox.shapes import Json
from app.sandbox.world.records import Refused


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, without credentials.

    Attributes:
        operation: `GET /repos/{owner}/{repo}`; None for a path that GitHub does not have.
        path: below the base path, as sent.
        body: the JSON that was sent, or None.
        status: what was answered; None when the connection was dropped.
        answer: the JSON (or bytes) that was answered, or None.
        injected: whether a fault spoilt it.
        asked: those request headers that change the answer, in lower case.
        at: when, by the sandbox's clock.
    """

    operation: str | None
    method: str
    path: str
    query: Mapping[str, str]
    body: Any
    status: int | None
    answer: Any
    headers: Mapping[str, str] = field(default_factory=dict)
    injected: bool = False
    asked: Mapping[str, str] = field(default_factory=dict)
    at: datetime | None = None


@dataclass(slots=True)
class Answered:
    """An answer on its way out, with what was learnt about the request."""

    reply: Reply
    actor: Actor = field(default_factory=Actor)
    operation: str | None = None
    permissions: Permissions = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, read to its end. `path` is below the base path and still percent-encoded."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    data: bytes

    @classmethod
    async def read(cls, request: web.Request, base: str) -> "Asked":
        """Read a request that arrived."""
        path, _, query = request.raw_path.partition("?")
        below = path.removeprefix(base)
        return cls(
            request.method, below, dict(parse_qsl(query, keep_blank_values=True)), request.headers, await request.read()
        )

    @property
    def sent(self) -> Any:
        """The JSON that was sent; None for nothing, and for what is no JSON."""
        try:
            return json.loads(self.data) if self.data else None
        except ValueError:
            return None

    def json(self) -> Json:
        """The JSON object that was sent; empty for nothing.

        Raises:
            Refused: 400 for anything else.
        """
        if not self.data:
            return {}
        try:
            found = json.loads(self.data)
        except ValueError:
            raise Refused(400, "Problems parsing JSON") from None
        if not isinstance(found, dict):
            raise Refused(400, "Body should be a JSON object")
        return found
