"""The HTTP front: what happens to every request, whatever it asks for."""

import asyncio
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime

from aiohttp import web

from app.sandbox.api import (
    accounts,
    apps,
    assignees,
    checks,
    comments,
    contents,
    git,
    issues,
    labels,
    milestones,
    pulls,
    repositories,
    sub_issues,
)
from app.sandbox.api.call import Actor, Call, Permissions, Reply
from app.sandbox.api.credentials import authenticate, authorize
from app.sandbox.api.exchange import Answered, Asked, Exchange
from app.sandbox.api.refusing import moved, refusal, relocation
from app.sandbox.api.routing import Routes, locate
from app.sandbox.faults import Fault, Faults
from app.sandbox.limits import CONTENT_LIMIT, CREATES_CONTENT, Limits
from app.sandbox.world.records import Event, Refused, Relocated
from app.sandbox.world.state import World

VERSIONS = ("2022-11-28", "2026-03-10")
SUBJECTS = (
    accounts,
    apps,
    repositories,
    git,
    contents,
    pulls,
    checks,
    issues,
    comments,
    labels,
    milestones,
    assignees,
    sub_issues,
)
ROUTES = Routes(route for subject in SUBJECTS for route in subject.ROUTES)
JSON_TYPE = "application/json; charset=utf-8"
LOGGED = ("accept", "if-none-match", "user-agent", "x-github-api-version")
LARGEST_BODY = 16 * 1024 * 1024


@dataclass(slots=True)
class Front:
    """Answers for one world.

    Attributes:
        publish: told of the events that a request caused.
        exchanges: every request so far, oldest first.
        watchers: called with each exchange before its answer leaves.
    """

    world: World
    publish: Callable[[tuple[Event, ...]], None]
    base: str = ""
    faults: Faults = field(default_factory=Faults)
    limits: Limits = field(default_factory=Limits)
    exchanges: list[Exchange] = field(default_factory=list)
    watchers: list[Callable[[Exchange], None]] = field(default_factory=list)
    _forever: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one request, or spoil it as a fault demands."""
        asked = await Asked.read(request, self.base)
        fault = self.faults.take(asked.method, asked.path)
        if fault is None:
            return self._respond(asked, self._work(asked, self.faults.seen_by(asked.method, asked.path) or self.world))
        if fault.hang:
            await self._forever.wait()
        await asyncio.sleep(fault.delay)
        return self._spoil(asked, fault, request)

    def _spoil(self, asked: Asked, fault: Fault, request: web.Request) -> web.StreamResponse:
        answered = None
        if fault.after_write or (fault.status is None and not fault.drop):
            lagging = self.faults.seen_by(asked.method, asked.path)
            answered = self._work(asked, fault.stale or lagging or self.world)
        if fault.drop:
            self._note(asked, Answered(Reply(0)), injected=True)
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        if fault.status is None and answered is not None:
            return self._respond(asked, answered)
        actor = self._actor_or_nobody(asked)
        if fault.exhaust is not None:
            self.limits.exhaust(actor, self.world.now(), fault.exhaust)
        reply = refusal(Refused(fault.status or 500, fault.message))
        spoilt = Reply(reply.status, reply.body, headers=fault.headers)
        return self._respond(asked, Answered(spoilt, actor), injected=True)

    def _actor_or_nobody(self, asked: Asked) -> Actor:
        try:
            return authenticate(self.world, asked.headers.get("Authorization"))
        except Refused:
            return Actor()

    def _work(self, asked: Asked, world: World) -> Answered:
        """Do what was asked; whatever stands against it becomes the answer."""
        answered = Answered(Reply())
        try:
            answered = self._admitted(asked)
            answered.reply = self._call(asked, world, answered)
        except Relocated as found:
            answered.reply = relocation(world, asked, answered.actor, found)
        except Refused as refused:
            answered.reply = refusal(refused)
        self.publish(answered.reply.events)
        return answered

    def _admitted(self, asked: Asked) -> Answered:
        if not asked.headers.get("User-Agent"):
            raise Refused(
                403, "Request forbidden by administrative rules. Please make sure your request has a User-Agent header."
            )
        version = asked.headers.get("X-GitHub-Api-Version", VERSIONS[0])
        if version not in VERSIONS:
            raise Refused(400, f"{version} is not a valid version. Valid versions are: {', '.join(VERSIONS)}")
        return Answered(Reply(), authenticate(self.world, asked.headers.get("Authorization")))

    def _call(self, asked: Asked, world: World, answered: Answered) -> Reply:
        located = locate(world, asked.path)
        found = ROUTES.match(asked.method, located.path)
        if found is None:
            raise Refused(404, "Not Found")
        route, params = found
        answered.operation, answered.permissions = route.operation, route.permissions
        if located.moved_to is not None:
            return moved(world, asked, located)
        if "{repo}" in route.template and located.repository is None:
            raise Refused(404, "Not Found")
        authorize(world, route, answered.actor, located.repository)
        self._spend(answered.actor)
        self._count_content(route.operation, answered.actor)
        call = Call(
            world,
            answered.actor,
            located.path,
            params,
            asked.query,
            asked.json(),
            asked.headers.get("Accept", ""),
            located.repository,
        )
        return route.handler(call)

    def _spend(self, actor: Actor) -> None:
        budget = self.limits.of(actor, self.world.now())
        if budget.used >= budget.limit:
            raise Refused(403, "API rate limit exceeded for installation.")
        budget.used += 1

    def _count_content(self, operation: str, actor: Actor) -> None:
        """Hold the caller to the secondary limit on new content, where a test switched it on."""
        limit = self.faults.content_limit
        if limit is None or operation not in CREATES_CONTENT:
            return
        wait = limit.wait(actor.installation.id if actor.installation else 0, self.world.now())
        if wait:
            raise Refused(403, CONTENT_LIMIT, headers={"retry-after": str(wait)})

    def _respond(self, asked: Asked, answered: Answered, *, injected: bool = False) -> web.Response:
        reply, body = answered.reply, b""
        headers = {"X-GitHub-Request-Id": self._request_id(), "X-GitHub-Media-Type": "github.v3; format=json"}
        headers["Date"] = format_datetime(self.world.now(), usegmt=True)
        headers |= self.limits.of(answered.actor, self.world.now()).headers()
        headers |= {"X-Accepted-GitHub-Permissions": accepted(answered.permissions)} if answered.permissions else {}
        headers |= {"Link": reply.link} if reply.link else {}
        if isinstance(reply.body, bytes):
            headers["Content-Type"] = "application/vnd.github.raw+json; charset=utf-8"
            body = reply.body
        elif reply.body is not None:
            headers["Content-Type"] = JSON_TYPE
            body = json.dumps(reply.body, separators=(",", ":")).encode()
        status = reply.status
        if asked.method == "GET" and status == 200:
            headers["ETag"] = etag(answered.actor, body)
            headers["Vary"] = "Accept, Authorization, Cookie, X-GitHub-OTP"
            if headers["ETag"] in asked.headers.get("If-None-Match", ""):
                status, body = 304, b""
                headers |= self._refund(answered.actor)
        headers |= reply.headers
        self._note(asked, answered, status=status, headers=headers, injected=injected)
        return web.Response(status=status, body=body, headers=headers)

    def _refund(self, actor: Actor) -> Mapping[str, str]:
        """A 304 to a caller with credentials costs nothing."""
        budget = self.limits.of(actor, self.world.now())
        budget.used -= actor.app is not None
        return budget.headers()

    def _request_id(self) -> str:
        return f"{len(self.exchanges):04X}:CAFE:{len(self.exchanges) * 7:06X}"

    def _note(
        self,
        asked: Asked,
        answered: Answered,
        *,
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
        injected: bool = False,
    ) -> None:
        exchange = Exchange(
            answered.operation or _operation(asked, self.world),
            asked.method,
            asked.path,
            asked.query,
            asked.sent,
            status,
            None if status in (None, 304) else answered.reply.body,
            headers or {},
            injected,
            {name: asked.headers[name] for name in LOGGED if name in asked.headers},
            self.world.clock(),
        )
        self.exchanges.append(exchange)
        for watch in self.watchers:
            watch(exchange)


def _operation(asked: Asked, world: World) -> str | None:
    """The operation that the path names, or None."""
    found = ROUTES.match(asked.method, locate(world, asked.path).path)
    return found[0].operation if found else None


def accepted(permissions: Permissions) -> str:
    """The header that names the permissions of an operation: alternatives, split by semicolons."""
    return "; ".join(f"{name}={level}" for name, level in permissions)


def etag(actor: Actor, body: bytes) -> str:
    """A validator that belongs to one token: after the hourly change of tokens nothing matches any more."""
    return f'W/"{hashlib.sha256(actor.identity.encode() + b"|" + body).hexdigest()}"'
