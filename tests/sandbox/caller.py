"""A bare HTTP client, so that the sandbox is tested from outside and not through Closeout's own client."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from aiohttp import ClientSession

from app.sandbox.driver import Sandbox

REPOSITORY = "acme/postmortems"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    json: Any
    data: bytes


@dataclass(frozen=True, slots=True)
class Caller:
    github: Sandbox
    session: ClientSession
    authorization: str | None

    async def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        url = path if path.startswith("http") else self.github.url + path
        sent = {key.replace("_", "-"): value for key, value in headers.items()}
        if self.authorization is not None:
            sent["Authorization"] = self.authorization
        async with self.session.request(method, url, json=body, headers=sent, allow_redirects=False) as answer:
            data = await answer.read()
            is_json = answer.content_type == "application/json" and data
            return Answer(answer.status, answer.headers, await answer.json() if is_json else None, data)

    def with_token(self, value: str) -> "Caller":
        return Caller(self.github, self.session, f"Bearer {value}")


def as_app(github: Sandbox, session: ClientSession, **claims: object) -> Caller:
    now = int(github.world.clock().timestamp())
    token = jwt.encode(
        {"iat": now - 60, "exp": now + 540, "iss": str(github.app_id), **claims}, github.private_key, "RS256"
    )
    return Caller(github, session, f"Bearer {token}")


async def as_installation(github: Sandbox, session: ClientSession, body: object = None) -> Caller:
    app = as_app(github, session)
    installation = next(iter(github.world.installations))
    minted = await app("POST", f"/app/installations/{installation}/access_tokens", body)
    assert minted.status == 201, minted.json
    return app.with_token(minted.json["token"])
