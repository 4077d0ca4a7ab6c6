"""The endpoints, over real HTTP, in front of a real queue."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from app.build import Build
from app.monitoring import Metrics
from app.queue import WorkQueue, open_queue
from app.web.server import LARGEST_BODY, Server

SECRET = "secret"
OPENED = {
    "action": "opened",
    "installation": {"id": 7},
    "repository": {"id": 9, "name": "postmortems", "default_branch": "main"},
    "pull_request": {"number": 12},
    "sender": {"login": "ana"},
}
Client = TestClient[Any, Any]


@pytest.fixture
async def queue(tmp_path: Path) -> AsyncIterator[WorkQueue]:
    async with open_queue(f"sqlite:///{tmp_path}/queue.db") as opened:
        yield opened


@pytest.fixture
async def client(queue: WorkQueue) -> AsyncIterator[Client]:
    server = Server(queue, Metrics(Build("1.2.3", "c0ffee")), (SECRET,), "42")
    server.bot_login = "closeout[bot]"
    async with TestClient(TestServer(server.application())) as started:
        yield started


async def deliver(client: Client, body: bytes | dict[str, Any], event: str = "pull_request", **headers: str) -> int:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    signature = "sha256=" + hmac.new(SECRET.encode(), raw, hashlib.sha256).hexdigest()
    signed = {
        "X-GitHub-Event": event,
        "X-Hub-Signature-256": signature,
        "Content-Type": "application/json",
        **headers,
    }
    response = await client.post("/webhook", data=raw, headers=signed)
    return response.status


async def due(queue: WorkQueue) -> int:
    return (await queue.depth()).due


async def test_a_webhook_is_acknowledged_once_its_key_is_on_disk(client: Client, queue: WorkQueue) -> None:
    assert await deliver(client, OPENED) == 202
    assert await due(queue) == 1


async def test_the_same_webhook_again_changes_nothing(client: Client, queue: WorkQueue) -> None:
    assert await deliver(client, OPENED) == 202
    assert await deliver(client, OPENED) == 202
    assert await due(queue) == 1


async def test_an_unknown_event_is_acknowledged_and_nothing_else(client: Client, queue: WorkQueue) -> None:
    assert await deliver(client, OPENED, event="an_event_of_tomorrow") == 202
    assert await deliver(client, {"ref": 7, "action": []}, event="code_scanning_alert") == 202
    assert await due(queue) == 0


async def test_what_our_own_bot_does_is_ignored(client: Client, queue: WorkQueue) -> None:
    assert await deliver(client, {**OPENED, "sender": {"login": "closeout[bot]"}}) == 202
    assert await due(queue) == 0


@pytest.mark.parametrize("signature", ["", "sha1=abc", "sha256=abc"])
async def test_a_wrong_signature_is_refused_before_the_body_is_looked_at(
    client: Client, queue: WorkQueue, signature: str
) -> None:
    assert await deliver(client, b"no JSON", **{"X-Hub-Signature-256": signature}) == 401
    assert await due(queue) == 0


async def test_a_signed_body_that_is_no_webhook_is_refused(client: Client) -> None:
    assert await deliver(client, b"no JSON") == 400
    assert await deliver(client, OPENED, event="") == 400


async def test_a_form_is_refused_with_what_to_do(client: Client) -> None:
    assert await deliver(client, b"payload=x", **{"Content-Type": "application/x-www-form-urlencoded"}) == 415


async def test_a_body_above_githubs_limit_is_refused(client: Client) -> None:
    assert (await client.post("/webhook", data=io.BytesIO(b" " * (LARGEST_BODY + 1)))).status == 413


async def test_health_readiness_and_metrics(client: Client) -> None:
    await deliver(client, OPENED)
    assert (await client.get("/healthz")).status == 200
    assert (await client.get("/readyz")).status == 200
    figures = await (await client.get("/metrics")).text()
    assert 'closeout_webhooks_total{answer="202",event="pull_request"} 1.0' in figures
    assert 'closeout_queue_keys{state="due"} 1.0' in figures
    assert 'closeout_build_info{commit="c0ffee",version="1.2.3"} 1.0' in figures


async def test_a_stranger_cannot_name_metrics(client: Client) -> None:
    await deliver(client, OPENED, event="made_up", **{"X-Hub-Signature-256": "sha256=wrong"})
    assert "made_up" not in await (await client.get("/metrics")).text()
