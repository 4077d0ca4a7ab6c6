"""Talking to GitHub when it is slow, moody, or gone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from app.github.app import Access, GitHub
from app.github.client import Client, Transport
from app.github.errors import NotFound, RateLimited, Refused, Unavailable
from app.github.limits import Limits
from app.queue import utc_now
from app.sandbox.driver import Sandbox
from tests.github.conftest import REPOSITORY, Waits

Enter = Callable[[], Awaitable[Access]]
PULLS = f"/repos/{REPOSITORY}/pulls"


def asked(github: Sandbox, path: str) -> list[int]:
    """The statuses of the answers to requests for a path."""
    return [exchange.status or 0 for exchange in github.requests if exchange.path.endswith(path)]


async def test_every_request_says_who_asks_and_which_version_of_the_api_is_meant() -> None:
    seen: list[web.Request] = []

    async def record(request: web.Request) -> web.Response:
        seen.append(request)
        return web.json_response({})

    async def authorize(_refused: str | None) -> str:
        return "token x"

    server = web.Application()
    server.router.add_get("/app", record)
    async with TestServer(server) as started, aiohttp.ClientSession() as session:
        transport = Transport(
            session, str(started.make_url("")).rstrip("/"), Waits([]).sleep, lambda: 0, lambda *_: None
        )
        await Client(transport, authorize, Limits(utc_now)).get("/app")
    headers = seen[0].headers
    assert headers["X-GitHub-Api-Version"] == "2022-11-28"
    assert headers["Accept"] == "application/vnd.github+json"
    assert headers["User-Agent"] == "closeout"
    assert headers["Authorization"] == "token x"


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_a_read_is_tried_five_times(github: Sandbox, enter: Enter, waits: Waits, status: int) -> None:
    access = await enter()
    github.faults.answer(status, "GET", "*/pulls", times=4)
    assert await access.client.get(PULLS) == []
    assert waits.seconds == sorted(waits.seconds)
    assert len(waits.seconds) == 4


async def test_after_five_tries_github_is_unavailable(github: Sandbox, enter: Enter) -> None:
    access = await enter()
    github.faults.answer(502, "GET", "*/pulls", times=5)
    with pytest.raises(Unavailable, match="502"):
        await access.client.get(PULLS)
    assert github.faults.waiting == 0


async def test_a_500_is_tried_three_times(github: Sandbox, enter: Enter) -> None:
    access = await enter()
    github.faults.answer(500, "GET", "*/pulls", times=3)
    with pytest.raises(Unavailable, match="500"):
        await access.client.get(PULLS)
    assert github.faults.waiting == 0


async def test_a_dropped_connection_is_tried_again(github: Sandbox, enter: Enter) -> None:
    access = await enter()
    github.faults.drop("GET", "*/pulls", times=2)
    assert await access.client.get(PULLS) == []


async def test_a_write_is_never_repeated_blindly(github: Sandbox, enter: Enter, waits: Waits) -> None:
    access = await enter()
    github.faults.answer(502, "POST", "*/check-runs", after_write=True)
    sha = github.head(REPOSITORY)
    body = {"name": "x", "head_sha": sha, "status": "completed", "conclusion": "success"}
    with pytest.raises(Unavailable):
        await access.client.write("POST", f"/repos/{REPOSITORY}/check-runs", {}, body)
    assert not waits.seconds
    assert len(github.checks(REPOSITORY, str(sha))) == 1


async def test_an_expired_token_is_replaced_once(github: Sandbox, enter: Enter) -> None:
    access = await enter()
    github.expire_tokens()
    assert await access.client.get(PULLS) == []
    assert asked(github, "/pulls") == [401, 200]


async def test_a_token_is_minted_once_and_reaches_one_repository(github: Sandbox, enter: Enter) -> None:
    first, second = await enter(), await enter()
    assert first.client is second.client
    assert asked(github, "/access_tokens") == [201]
    with pytest.raises(NotFound):
        await first.client.get("/repos/acme/other")


async def test_a_retry_after_holds_for_the_whole_installation(github: Sandbox, enter: Enter) -> None:
    access = await enter()
    github.faults.secondary_limit("GET", "*/pulls", retry_after=60)
    with pytest.raises(RateLimited):
        await access.client.get(PULLS)
    before = len(github.requests)
    with pytest.raises(RateLimited):
        await access.client.get(f"/repos/{REPOSITORY}")
    assert len(github.requests) == before


async def test_a_renamed_repository_is_followed(github: Sandbox, enter: Enter) -> None:
    access = await enter()
    github.rename(REPOSITORY, "reviews")
    assert (await access.client.get(f"/repos/{REPOSITORY}"))["full_name"] == "acme/reviews"


async def test_what_has_not_changed_costs_nothing(github: Sandbox, enter: Enter) -> None:
    access = await enter()
    assert await access.client.get(PULLS) == await access.client.get(PULLS)
    assert asked(github, "/pulls") == [200, 304]


async def test_all_pages_are_read(github: Sandbox, enter: Enter) -> None:
    for number in range(5):
        github.open_pull(REPOSITORY, f"branch-{number}", files={f"{number}.md": "x"})
    access = await enter()
    pulls = [item["number"] async for item in access.client.pages(f"{PULLS}?per_page=2")]
    assert len(pulls) == 5


async def test_a_missing_permission_is_named(github: Sandbox, enter: Enter) -> None:
    access = await enter()
    body = {"ref": "refs/heads/x", "sha": github.head(REPOSITORY)}
    with pytest.raises(Refused, match="contents=write") as error:
        await access.client.write("POST", f"/repos/{REPOSITORY}/git/refs", {}, body)
    assert error.value.status == 403


async def test_a_repository_that_was_taken_away_is_not_ours(github: Sandbox, app: GitHub) -> None:
    installation = next(iter(github.world.installations))
    with pytest.raises(Refused):
        await app.enter(installation, github.world.repository("acme/other").id)


async def test_the_app_knows_who_it_is_and_where_it_is_installed(github: Sandbox, app: GitHub) -> None:
    assert (await app.identity()).slug == "closeout"
    (installation,) = [each async for each in app.installations()]
    assert [each async for each in app.repositories(installation)] == [github.world.repository(REPOSITORY).id]


async def test_a_suspended_installation_is_not_listed(github: Sandbox, app: GitHub) -> None:
    github.suspend(next(iter(github.world.installations.values())))
    assert [each async for each in app.installations()] == []


async def test_no_error_holds_a_token(github: Sandbox, enter: Enter) -> None:
    access = await enter()
    github.faults.answer(502, "GET", "*/pulls", times=5)
    with pytest.raises(Unavailable) as error:
        await access.client.get(PULLS)
    assert "ghs_" not in repr(error.value)
