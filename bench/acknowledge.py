"""How fast a webhook is acknowledged: `closeout serve` beside a server that verifies it and stores nothing.

    python -m bench.acknowledge [--rounds 7] [--deliveries 3000] [--connections 50]

Each server runs in a process of its own and is under load alone, in rounds that take turns; the load comes from this
process. Every delivery names another pull request, so none of Closeout's marks coalesce: each is a row of its own,
on disk before the answer.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import hashlib
import hmac
import json
import os
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from gidgethub import sansio

SECRET = "a secret that only this measurement knows"
BARE, CLOSEOUT = "aiohttp + gidgethub, bare", "closeout serve"
SERVERS = {BARE: (sys.executable, __file__, "--bare"), CLOSEOUT: (sys.executable, "-m", "app", "serve")}
BODY_SIZE = 25_000  # characters; GitHub's example of a pull_request event has 24,000 to 30,000
PATIENCE = 15  # seconds a server may take to listen


@dataclass(frozen=True, slots=True)
class Figures:
    """One server in one round: acknowledgements a second, and latencies in milliseconds."""

    rate: float
    p50: float
    p99: float


def run_bare() -> None:
    """The yardstick: aiohttp and gidgethub; it verifies, parses, and forgets."""

    async def acknowledge(request: web.Request) -> web.Response:
        sansio.Event.from_http(request.headers, await request.read(), secret=SECRET)
        return web.Response(status=202)

    application = web.Application(client_max_size=25 * 1024**2)
    application.router.add_post("/webhook", acknowledge)
    web.run_app(application, host="127.0.0.1", port=int(os.environ["CLOSEOUT_PORT"]), print=None, access_log=None)


@contextlib.asynccontextmanager
async def started(command: Sequence[str], environment: Mapping[str, str]) -> AsyncIterator[int]:
    """A server in a process of its own; its port. Raises RuntimeError if it does not come up."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        *command, env={**environment, "CLOSEOUT_PORT": str(port)}, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        await until_listening(port, process)
        yield port
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def until_listening(port: int, process: asyncio.subprocess.Process) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.returncode is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}; what it said is above")
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
            continue
        writer.close()
        return
    raise RuntimeError(f"the server does not listen after {PATIENCE} seconds")


@contextlib.asynccontextmanager
async def silent_github() -> AsyncIterator[str]:
    """A GitHub that takes requests and never answers; its URL.

    Closeout's worker is up and claims keys, but its passes wait: what is measured is the acknowledgement, and not the
    work that follows it.
    """

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer), contextlib.suppress(OSError):
            while await reader.read(65536):
                pass

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    try:
        host, port = server.sockets[0].getsockname()
        yield f"http://{host}:{port}"
    finally:
        server.close()


def environment_of_servers(folder: Path, api_url: str) -> dict[str, str]:
    return {
        **os.environ,
        "CLOSEOUT_APP_ID": "1",
        "CLOSEOUT_PRIVATE_KEY": private_key(),
        "CLOSEOUT_WEBHOOK_SECRET": SECRET,
        "CLOSEOUT_API_URL": api_url,
        "CLOSEOUT_HOST": "127.0.0.1",
        "CLOSEOUT_QUEUE": f"sqlite:///{folder}/queue.db",
        "CLOSEOUT_LOG": "json",
    }


def private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    encoding, layout = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return key.private_bytes(encoding, layout, serialization.NoEncryption()).decode()


def deliveries(first: int, count: int) -> Iterator[bytes]:
    """Signed requests, each about another pull request."""
    before, after = event_around_number()
    for number in range(first, first + count):
        body = before + str(number).encode() + after
        signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        yield (
            "POST /webhook HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"X-GitHub-Event: pull_request\r\nX-GitHub-Delivery: {number}\r\n"
            f"X-Hub-Signature-256: sha256={signature}\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body


def event_around_number() -> tuple[bytes, bytes]:
    """A `pull_request` event, of the usual size and mostly URLs as usual: what comes before and after its number."""
    links = {f"link_{each}_url": f"https://api.github.com/repos/acme/postmortems/{each}{{/sha}}" for each in range(70)}
    repository = {"id": 1296269, "name": "postmortems", "full_name": "acme/postmortems", "default_branch": "main"}
    repository |= links
    side = {"ref": "main", "sha": "6dcb09b5b57875f334f61aebed695e2e4193db5e", "repo": repository}
    text = "The database was down for an hour. " * BODY_SIZE
    pull_request = {"state": "open", "draft": False, "head": side, "base": side, "number": -1, "body": text}
    event = {
        "action": "synchronize",
        "installation": {"id": 7},
        "sender": {"login": "ana", "id": 1, "type": "User"},
        "repository": repository,
        "pull_request": pull_request,
    }
    pull_request["body"] = text[: BODY_SIZE + len(text) - len(json.dumps(event))]
    before, after = json.dumps(event).split("-1")
    return before.encode(), after.encode()


async def put_under_load(port: int, requests: Sequence[bytes], connections: int) -> Figures:
    """Send the requests, one at a time on each connection. Raises RuntimeError unless each is acknowledged."""
    waiting = iter(requests)
    latencies: list[float] = []

    async def send() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in waiting:
            begun = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            latencies.append(time.perf_counter() - begun)
            if not head.startswith(b"HTTP/1.1 202"):
                raise RuntimeError(f"not acknowledged: {head.decode()}")
            length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
            await reader.readexactly(length)
        writer.close()

    begun = time.perf_counter()
    await asyncio.gather(*(send() for _ in range(connections)))
    seconds = time.perf_counter() - begun
    cuts = statistics.quantiles(latencies, n=100)
    return Figures(len(requests) / seconds, cuts[49] * 1000, cuts[98] * 1000)


async def measure(rounds: int, count: int, connections: int) -> dict[str, list[Figures]]:
    figures: dict[str, list[Figures]] = {each: [] for each in SERVERS}
    async with contextlib.AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        environment = environment_of_servers(folder, await stack.enter_async_context(silent_github()))
        ports = {
            each: await stack.enter_async_context(started(command, environment)) for each, command in SERVERS.items()
        }
        for port in ports.values():  # the first requests pay for imports and caches
            await put_under_load(port, list(deliveries(1, count // 5)), connections)
        for turn in range(1, rounds + 1):
            requests = list(deliveries(turn * count + 1, count))
            for each, port in ports.items():
                figures[each].append(await put_under_load(port, requests, connections))
    return figures


def report(figures: Mapping[str, Sequence[Figures]], connections: int) -> None:
    medians = {each: middle(rounds) for each, rounds in figures.items()}
    print(f"acknowledgement at {connections} connections, median of {len(figures[BARE])} rounds")
    print(f"{'':26}{'a second':>10}{'p50 ms':>9}{'p99 ms':>9}")
    for name, each in medians.items():
        print(f"{name:26}{each.rate:10.0f}{each.p50:9.1f}{each.p99:9.1f}")
    bare, closeout = medians[BARE], medians[CLOSEOUT]
    print(f"{'ratio':26}{closeout.rate / bare.rate:10.2f}{closeout.p50 / bare.p50:9.2f}{closeout.p99 / bare.p99:9.2f}")
    print(f"{'wanted':26}{'≥ 0.60':>10}{'':9}{'≤ 2.00':>9}")


def middle(rounds: Sequence[Figures]) -> Figures:
    return Figures(
        statistics.median(each.rate for each in rounds),
        statistics.median(each.p50 for each in rounds),
        statistics.median(each.p99 for each in rounds),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--deliveries", type=int, default=3000, help="in a round")
    parser.add_argument("--connections", type=int, default=50)
    parser.add_argument("--bare", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.bare:
        run_bare()
        return
    figures = asyncio.run(measure(arguments.rounds, arguments.deliveries, arguments.connections))
    report(figures, arguments.connections)


if __name__ == "__main__":
    main()
