from aiohttp import ClientSession

from app.sandbox.driver import Sandbox
from tests.github_schema import SchemaGuard
from tests.sandbox.caller import REPOSITORY, Caller, as_installation

BASE = f"/repos/{REPOSITORY}"


async def test_pages_lead_on_under_the_repositorys_id(home: Sandbox, call: Caller) -> None:
    for number in range(5):
        home.commit(REPOSITORY, "main", {"n.md": str(number)}, f"Commit {number}")
    identity = home.world.repository(REPOSITORY).id
    first = await call("GET", f"{BASE}/commits?per_page=4")
    assert first.headers["Link"] == (
        f'<{home.url}/repositories/{identity}/commits?per_page=4&page=2>; rel="next", '
        f'<{home.url}/repositories/{identity}/commits?per_page=4&page=2>; rel="last"'
    )
    second = await call("GET", f"{home.url}/repositories/{identity}/commits?per_page=4&page=2")
    assert [row["commit"]["message"] for row in second.json] == ["Commit 0", "Initial commit"]
    assert 'rel="next"' not in second.headers["Link"]


async def test_one_page_has_no_link_header(call: Caller) -> None:
    assert "Link" not in (await call("GET", f"{BASE}/commits")).headers


async def test_an_etag_saves_quota_for_its_own_token_only(home: Sandbox, session: ClientSession, call: Caller) -> None:
    first = await call("GET", BASE)
    again = await call("GET", BASE, If_None_Match=first.headers["ETag"])
    assert (again.status, again.data) == (304, b"")
    assert again.headers["x-ratelimit-remaining"] == first.headers["x-ratelimit-remaining"]
    other = await as_installation(home, session)
    assert (await other("GET", BASE, If_None_Match=first.headers["ETag"])).status == 200


async def test_a_changed_resource_has_a_new_etag(home: Sandbox, call: Caller) -> None:
    first = await call("GET", f"{BASE}/pulls")
    home.open_pull(REPOSITORY, "inc", files={"a.md": "a"})
    assert (await call("GET", f"{BASE}/pulls", If_None_Match=first.headers["ETag"])).status == 200


async def test_a_renamed_repository_redirects_to_its_id(home: Sandbox, call: Caller) -> None:
    home.rename(REPOSITORY, "incidents")
    answer = await call("GET", f"{BASE}/commits?per_page=5")
    identity = home.world.repository("acme/incidents").id
    assert answer.status == 301
    assert answer.headers["Location"] == f"{home.url}/repositories/{identity}/commits?per_page=5"
    assert (await call("GET", answer.headers["Location"])).status == 200
    body = {"name": "x", "head_sha": home.head("acme/incidents")}
    assert (await call("POST", f"{BASE}/check-runs", body)).status == 307


async def test_a_name_that_is_used_again_no_longer_redirects(home: Sandbox, call: Caller) -> None:
    home.rename(REPOSITORY, "incidents")
    reused = home.create_repository(REPOSITORY)
    assert (await call("GET", BASE)).json["id"] == reused.id


async def test_a_user_agent_and_a_known_version_are_demanded(home: Sandbox, call: Caller) -> None:
    assert (await call("GET", BASE, User_Agent="")).status == 403
    answer = await call("GET", BASE, X_GitHub_Api_Version="2021-01-01")
    assert answer.status == 400


async def test_what_github_does_not_have_is_404(call: Caller, schema_guard: SchemaGuard) -> None:
    schema_guard.requests = False
    for path in ("/nothing", f"{BASE}/", f"{BASE}/pulls/one", "/repositories/1"):
        assert (await call("GET", path)).status == 404, path


async def test_a_body_must_be_a_json_object(
    home: Sandbox, session: ClientSession, call: Caller, schema_guard: SchemaGuard
) -> None:
    schema_guard.requests = False
    assert (await call("POST", f"{BASE}/check-runs", [1])).json["message"] == "Body should be a JSON object"
    headers = {"Authorization": call.authorization or ""}
    async with session.post(f"{home.url}{BASE}/check-runs", data=b"{", headers=headers) as answer:
        assert (answer.status, (await answer.json())["message"]) == (400, "Problems parsing JSON")


async def test_every_answer_tells_of_the_rate_limit(call: Caller) -> None:
    one, two = await call("GET", BASE), await call("GET", BASE)
    assert int(one.headers["x-ratelimit-remaining"]) - int(two.headers["x-ratelimit-remaining"]) == 1
    for header in ("X-GitHub-Request-Id", "Date", "x-ratelimit-reset"):
        assert header in one.headers


async def test_the_log_of_requests_holds_no_credentials(home: Sandbox, call: Caller) -> None:
    await call("GET", f"{BASE}/commits?per_page=2")
    last = home.requests[-1]
    assert (last.operation, last.query, last.status) == ("GET /repos/{owner}/{repo}/commits", {"per_page": "2"}, 200)
    assert (call.authorization or "")[7:] not in repr(last)


async def test_the_api_may_live_under_a_path(session: ClientSession, schema_guard: SchemaGuard) -> None:
    async with Sandbox(base_path="/api/v3") as github:
        schema_guard.watch(github)
        github.create_repository(REPOSITORY)
        github.install("acme")
        call = await as_installation(github, session)
        assert github.url.endswith("/api/v3")
        assert (await call("GET", BASE)).json["url"] == f"{github.url}{BASE}"
