import time

import pytest
from aiohttp import ClientSession

from app.sandbox.driver import Sandbox
from tests.sandbox.caller import REPOSITORY, Caller, as_app, as_installation

PRIVATE = f"/repos/{REPOSITORY}"


async def test_the_app_is_known_by_its_json_web_token(app: Caller) -> None:
    answer = await app("GET", "/app")
    assert (answer.status, answer.json["slug"]) == (200, "closeout")


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": int(time.time()) - 5},
        {"exp": int(time.time()) + 3600},
        {"iat": int(time.time()) + 86_400},  # computed when tests are collected, long before some run
        {"iss": "Iv1.unknown"},
    ],
    ids=["expired", "too far ahead", "issued in the future", "unknown issuer"],
)
async def test_a_json_web_token_that_breaks_the_rules_is_401(
    home: Sandbox, session: ClientSession, claims: dict[str, object]
) -> None:
    assert (await as_app(home, session, **claims)("GET", "/app")).status == 401


async def test_the_client_id_is_an_issuer_too(home: Sandbox, session: ClientSession) -> None:
    assert (await as_app(home, session, iss=home.app.client_id)("GET", "/app")).status == 200


async def test_a_token_is_long_and_dotted_and_lives_for_an_hour(home: Sandbox, app: Caller) -> None:
    installation = (await app("GET", f"{PRIVATE}/installation")).json["id"]
    minted = (await app("POST", f"/app/installations/{installation}/access_tokens")).json
    assert minted["token"].startswith(f"ghs_{home.app_id}_ey")
    assert len(minted["token"]) > 200
    assert minted["expires_at"] > time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3500))


async def test_a_narrowed_token_does_not_see_the_other_repository(home: Sandbox, session: ClientSession) -> None:
    other = home.create_repository("acme/other")
    call = await as_installation(home, session, {"repository_ids": [other.id]})
    assert (await call("GET", "/repos/acme/other")).status == 200
    assert (await call("GET", PRIVATE)).status == 404
    listed = (await call("GET", "/installation/repositories")).json
    assert [row["name"] for row in listed["repositories"]] == ["other"]


async def test_more_than_was_granted_is_refused(home: Sandbox, app: Caller) -> None:
    path = f"/app/installations/{next(iter(home.world.installations))}/access_tokens"
    assert (await app("POST", path, {"permissions": {"contents": "write"}})).status == 422
    assert (await app("POST", path, {"repository_ids": [1]})).status == 422
    assert (await app("POST", path, {"repositories": ["nowhere"]})).status == 422


async def test_a_missing_permission_is_named(home: Sandbox, session: ClientSession) -> None:
    call = await as_installation(home, session, {"permissions": {"contents": "read"}})
    answer = await call("GET", f"{PRIVATE}/pulls")
    assert (answer.status, answer.json["message"]) == (403, "Resource not accessible by integration")
    assert answer.headers["X-Accepted-GitHub-Permissions"] == "pull_requests=read"


async def test_a_comment_on_a_pull_request_takes_more_than_the_permission_for_issues(
    home: Sandbox, session: ClientSession
) -> None:
    home.open_pull(REPOSITORY, "change", files={"a.md": "x"})
    path, body = f"{PRIVATE}/issues/1/comments", {"body": "Hello."}
    call = await as_installation(home, session, {"permissions": {"issues": "write", "pull_requests": "read"}})
    assert (await call("POST", path, body)).status == 403
    call = await as_installation(home, session, {"permissions": {"issues": "write", "pull_requests": "write"}})
    assert (await call("POST", path, body)).status == 201


async def test_expired_revoked_and_unknown_tokens_are_401(home: Sandbox, session: ClientSession) -> None:
    expired, revoked = await as_installation(home, session), await as_installation(home, session)
    assert (await revoked("DELETE", "/installation/token")).status == 204
    assert (await revoked("GET", PRIVATE)).status == 401
    home.expire_tokens()
    assert (await expired("GET", PRIVATE)).status == 401
    assert (await expired.with_token("ghs_unknown")("GET", PRIVATE)).status == 401


async def test_a_suspended_installation_mints_nothing(home: Sandbox, app: Caller) -> None:
    installation = next(iter(home.world.installations.values()))
    home.suspend(installation)
    answer = await app("POST", f"/app/installations/{installation.id}/access_tokens")
    assert (answer.status, answer.json["message"]) == (403, "This installation has been suspended")
    assert (await app("GET", f"/app/installations/{installation.id}")).json["suspended_at"] is not None


async def test_an_uninstalled_app_is_told_and_locked_out(home: Sandbox, app: Caller, call: Caller) -> None:
    installation = next(iter(home.world.installations.values()))
    home.uninstall(installation)
    assert (home.deliveries[-1].event, home.deliveries[-1].action) == ("installation", "deleted")
    assert (await app("POST", f"/app/installations/{installation.id}/access_tokens")).status == 404
    assert (await call("GET", PRIVATE)).status == 401


async def test_without_credentials_the_private_does_not_exist(home: Sandbox, session: ClientSession) -> None:
    home.create_repository("acme/public", private=False)
    nobody = Caller(home, session, None)
    assert (await nobody("GET", PRIVATE)).status == 404
    assert (await nobody("GET", "/repos/acme/public")).status == 200
    assert (await nobody("GET", "/app")).status == 401
