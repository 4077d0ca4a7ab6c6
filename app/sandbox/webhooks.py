"""Webhooks: signed, delivered over HTTP, remembered; held back, doubled or out of order where a test wants that."""

import asyncio
import hmac
import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from app.sandbox.shapes import Json
from app.sandbox.world.state import World

DEADLINE = 10.0  # seconds that GitHub waits for an answer
HOOK_ID = 471_000_511


def sign(secret: str, body: bytes, algorithm: str = "sha256") -> str:
    """The value of `X-Hub-Signature-256`, or with sha1 of the older `X-Hub-Signature`."""
    return f"{algorithm}={hmac.new(secret.encode(), body, algorithm).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One webhook that was sent, or is to be. `status` is the answer's; None if there was none (yet)."""

    id: int
    guid: str
    event: str
    action: str | None
    headers: Mapping[str, str]
    body: bytes
    payload: Json
    redelivery: bool = False
    delivered_at: datetime | None = None
    status: int | None = None


@dataclass(slots=True)
class Courier:
    """Sends webhooks one after the other to one address.

    Attributes:
        url: where to; None only remembers.
        deliveries: every attempt, oldest first.
        watchers: called with each webhook as it is made.
    """

    world: World
    app: int
    secret: str
    url: str | None = None
    deliveries: list[Delivery] = field(default_factory=list)
    watchers: list[Callable[[Delivery], None]] = field(default_factory=list)
    _queue: asyncio.Queue[Delivery] = field(default_factory=asyncio.Queue)
    _held: list[Delivery] | None = None
    _sent: int = 0
    _task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to deliver."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop at once; what was not delivered stays undelivered."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def send(self, event: str, payload: Json) -> None:
        """Make a webhook of an event and put it in line."""
        self._sent += 1
        body = json.dumps(payload, separators=(",", ":"), ensure_ascii=False).encode()
        guid = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self.world.api_url}/deliveries/{self._sent}"))
        delivery = Delivery(
            id=self.world.next_id("delivery"),
            guid=guid,
            event=event,
            action=payload.get("action"),
            headers=self._headers(event, guid, body),
            body=body,
            payload=payload,
        )
        for watch in self.watchers:
            watch(delivery)
        self._enqueue(delivery)

    def _headers(self, event: str, guid: str, body: bytes) -> Mapping[str, str]:
        return {
            "Accept": "*/*",
            "Content-Type": "application/json",
            "User-Agent": "GitHub-Hookshot/0000000",
            "X-GitHub-Delivery": guid,
            "X-GitHub-Event": event,
            "X-GitHub-Hook-ID": str(HOOK_ID),
            "X-GitHub-Hook-Installation-Target-ID": str(self.app),
            "X-GitHub-Hook-Installation-Target-Type": "integration",
            "X-Hub-Signature": sign(self.secret, body, "sha1"),
            "X-Hub-Signature-256": sign(self.secret, body),
        }

    def redeliver(self, delivery: Delivery) -> None:
        """Send it again under the same GUID, as someone does on GitHub's page of deliveries."""
        again = replace(delivery, id=self.world.next_id("delivery"), redelivery=True, delivered_at=None, status=None)
        self._enqueue(again)

    def hold(self) -> None:
        """Keep webhooks back until `release`."""
        self._held = self._held or []

    def release(self, order: Callable[[list[Delivery]], Iterable[Delivery]] = list) -> None:
        """Let go of what was held back, in the order (or with the repetitions and omissions) that `order` makes."""
        held, self._held = self._held or [], None
        for delivery in order(held):
            self._enqueue(delivery)

    @property
    def held(self) -> list[Delivery]:
        """What is being held back, oldest first."""
        return list(self._held or [])

    async def delivered(self) -> None:
        """Wait until every webhook that is in line has been answered."""
        await self._queue.join()

    def _enqueue(self, delivery: Delivery) -> None:
        if self._held is not None:
            self._held.append(delivery)
        elif self.url is None:
            self.deliveries.append(delivery)
        else:
            self._queue.put_nowait(delivery)

    async def _run(self) -> None:
        # A connection each: one that is kept may be closed by the other side just as the next webhook goes out on it.
        connector = TCPConnector(force_close=True)
        async with ClientSession(connector=connector, timeout=ClientTimeout(total=DEADLINE)) as session:
            while True:
                delivery = await self._queue.get()
                status = await self._post(session, delivery)
                self.deliveries.append(replace(delivery, status=status, delivered_at=self.world.now()))
                self._queue.task_done()

    async def _post(self, session: ClientSession, delivery: Delivery) -> int | None:
        if self.url is None:
            return None
        try:
            async with session.post(self.url, data=delivery.body, headers=dict(delivery.headers)) as answer:
                await answer.read()
                return answer.status
        except (ClientError, TimeoutError, OSError):
            # GitHub notes the failure and does not try again by itself.
            return None
