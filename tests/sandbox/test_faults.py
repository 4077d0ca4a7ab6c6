import asyncio

import pytest
from aiohttp import ClientError, ClientSession

from app.sandbox.driver import Sandbox
from tests.sandbox.caller import REPOSITORY, Caller, as_installation

BASE = f"/repos/{REPOSITORY}"
RUNS = f"{BASE}/check-runs"


@pytest.fixture
def body(home: Sandbox) -> dict[str, object]:
    return {"name": "x", "head_sha": home.head(REPOSITORY), "conclusion": "success"}


def landed(home: Sandbox) -> int:
    return len(home.world.runs)


@pytest.mark.parametrize(("after_write", "count"), [(False, 0), (True, 1)])
async def test_a_502_may_come_before_or_after_the_write(
    home: Sandbox, call: Caller, body: dict[str, object], after_write: bool, count: int
) -> None:
    home.faults.answer(502, "POST", "*/check-runs", after_write=after_write)
    assert (await call("POST", RUNS, body)).status == 502
    assert landed(home) == count
    assert (await call("POST", RUNS, body)).status == 201


@pytest.mark.parametrize("after_write", [False, True])
async def test_a_dropped_connection_may_have_done_its_work(
    home: Sandbox, call: Caller, body: dict[str, object], after_write: bool
) -> None:
    home.faults.drop("POST", "*/check-runs", after_write=after_write)
    with pytest.raises(ClientError):
        await call("POST", RUNS, body)
    assert landed(home) == after_write


async def test_a_fault_waits_for_its_request_and_is_used_up(home: Sandbox, call: Caller) -> None:
    home.faults.answer(503, "GET", "*/pulls", times=2)
    assert (await call("GET", BASE)).status == 200
    assert [(await call("GET", f"{BASE}/pulls")).status for _ in range(3)] == [503, 503, 200]
    assert home.faults.waiting == 0


async def test_a_secondary_limit_may_or_may_not_say_how_long(home: Sandbox, call: Caller) -> None:
    home.faults.secondary_limit("GET", "*/pulls", retry_after=7)
    home.faults.secondary_limit("GET", "*/pulls", status=429)
    told, silent = [await call("GET", f"{BASE}/pulls") for _ in range(2)]
    assert (told.status, told.headers["retry-after"]) == (403, "7")
    assert (silent.status, silent.headers.get("retry-after")) == (429, None)
    assert "secondary rate limit" in silent.json["message"]


async def test_the_primary_limit_leaves_nothing_until_its_reset(home: Sandbox, call: Caller) -> None:
    home.faults.primary_limit("GET", "*/pulls", reset_in=30)
    spoilt = await call("GET", f"{BASE}/pulls")
    assert (spoilt.status, spoilt.headers["x-ratelimit-remaining"]) == (403, "0")
    assert int(spoilt.headers["x-ratelimit-reset"]) - int(home.world.now().timestamp()) in (29, 30)
    assert (await call("GET", BASE)).status == 403


async def test_a_lagging_list_misses_what_is_new(home: Sandbox, session: ClientSession) -> None:
    call = await as_installation(home, session)
    home.faults.lag(home.world, "*/pulls", times=1)
    home.open_pull(REPOSITORY, "inc", files={"a.md": "a"})
    assert (await call("GET", f"{BASE}/pulls")).json == []
    assert len((await call("GET", f"{BASE}/pulls")).json) == 1


async def test_a_slow_answer_is_true_and_a_hanging_one_never_comes(home: Sandbox, call: Caller) -> None:
    home.faults.slow(0.01, "GET", BASE)
    assert (await call("GET", BASE)).status == 200
    home.faults.hang("GET", BASE)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await call("GET", BASE)


async def test_spoilt_requests_are_marked_in_the_log(home: Sandbox, call: Caller) -> None:
    home.faults.answer(500, "GET", BASE)
    await call("GET", BASE)
    assert (home.requests[-1].status, home.requests[-1].injected) == (500, True)
