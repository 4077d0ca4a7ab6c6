"""Proving who we are: the App's JSON Web Token, and installation tokens that reach one repository.

Source: docs.github.com, "Authenticating with a GitHub App": RS256, `iat` a minute back against clock drift, at most ten
minutes of life; installation tokens live an hour.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jwt
from cachetools import TLRUCache

from app.github.client import Client

_DRIFT = timedelta(seconds=60)  # by which our clock may be ahead of GitHub's
_JWT_LIFE = timedelta(minutes=9)  # GitHub takes ten at most
_EARLY = timedelta(minutes=5)  # a token is replaced this long before it expires
_MOST_TOKENS = 10_000


@dataclass(frozen=True, slots=True)
class Scope:
    """What a token may reach: one repository of an installation, by id or by name.

    Attributes:
        installation: the installation's id.
        repository: the repository's id, or its name without the owner; None for the whole installation, to list it.
        permissions: fewer than the App was granted; empty for all of them.
    """

    installation: int
    repository: int | str | None
    permissions: tuple[tuple[str, str], ...] = ()

    def request(self) -> dict[str, Any]:
        """The body of the request for such a token."""
        body: dict[str, Any] = {}
        if isinstance(self.repository, int):
            body["repository_ids"] = [self.repository]
        elif self.repository is not None:
            body["repositories"] = [self.repository]
        if self.permissions:
            body["permissions"] = dict(self.permissions)
        return body


@dataclass(frozen=True, slots=True)
class Token:
    """An installation token. `repr` keeps the secret.

    Attributes:
        expires_at: an aware instant.
        repositories: the repositories GitHub named in its answer, as JSON objects; empty if it named none.
    """

    secret: str
    expires_at: datetime
    repositories: tuple[Mapping[str, Any], ...]

    def __repr__(self) -> str:
        return f"Token(expires_at={self.expires_at.isoformat()})"


def sign_app_token(app_id: str, private_key: str, now: datetime) -> str:
    """A JSON Web Token that proves to be the App, good for nine minutes from `now`."""
    claims = {"iat": int((now - _DRIFT).timestamp()), "exp": int((now + _JWT_LIFE - _DRIFT).timestamp()), "iss": app_id}
    return jwt.encode(claims, private_key, algorithm="RS256")


class Tokens:
    """Installation tokens, kept until five minutes before they expire; each is minted once, under a lock."""

    def __init__(self, app: Client, clock: Callable[[], datetime]) -> None:
        self._app = app
        self._cache: TLRUCache[Scope, Token] = TLRUCache(
            _MOST_TOKENS,
            ttu=lambda _scope, token, _now: (token.expires_at - _EARLY).timestamp(),
            timer=lambda: clock().timestamp(),
        )
        self._locks: defaultdict[Scope, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def get(self, scope: Scope) -> Token:
        """A token for the scope. Raises GitHubError: NotFound or Refused where the App may not reach it."""
        if token := self._cache.get(scope):
            return token
        async with self._locks[scope]:
            return self._cache.get(scope) or await self._mint(scope)

    def drop(self, scope: Scope, secret: str) -> None:
        """Forget a token that was turned down, unless it has been replaced already."""
        token = self._cache.get(scope)
        if token is not None and token.secret == secret:
            del self._cache[scope]

    async def _mint(self, scope: Scope) -> Token:
        answer = await self._app.write(
            "POST",
            "/app/installations/{installation_id}/access_tokens",
            {"installation_id": scope.installation},
            scope.request(),
        )
        expires_at = datetime.fromisoformat(answer["expires_at"])
        token = Token(answer["token"], expires_at, tuple(answer.get("repositories") or ()))
        self._cache[scope] = token
        return token
