"""Who is calling: GitHub's rules for an App's JSON Web Token and for installation tokens."""

from typing import Any

import jwt

from app.sandbox.api.call import Actor, Route
from app.sandbox.world.installing import allows
from app.sandbox.world.records import Refused, Repository
from app.sandbox.world.state import World

LONGEST_JWT = 600  # seconds ahead
CLOCK_DRIFT = 60  # seconds that `iat` may lie in the future


def authenticate(world: World, authorization: str | None) -> Actor:
    """Who sends this Authorization header; without one, nobody.

    Raises:
        Refused: 401 for a credential that is unknown, expired or malformed.
    """
    if authorization is None:
        return Actor()
    scheme, _, value = authorization.partition(" ")
    value = value.strip()
    if scheme.lower() not in ("bearer", "token") or not value:
        raise Refused(401, "Bad credentials")
    if value.startswith("ghs_"):
        return _installation(world, value)
    if scheme.lower() == "token":
        raise Refused(401, "Bad credentials")
    return _app(world, value)


def _installation(world: World, value: str) -> Actor:
    token = world.tokens.get(value)
    if token is None or token.expires_at <= world.now():
        raise Refused(401, "Bad credentials")
    installation = world.installations.get(token.installation)
    if installation is None:
        raise Refused(401, "Bad credentials")
    if installation.suspended_at is not None:
        raise Refused(403, "This installation has been suspended")
    return Actor(world.apps[installation.app], installation, token)


def _app(world: World, value: str) -> Actor:
    try:
        claims: dict[str, Any] = jwt.decode(value, options={"verify_signature": False})
    except jwt.InvalidTokenError:
        raise Refused(401, "A JSON web token could not be decoded") from None
    issuer = str(claims.get("iss"))
    app = next((app for app in world.apps.values() if issuer in (str(app.id), app.client_id)), None)
    if app is None:
        raise Refused(404 if issuer.isdigit() else 401, "Integration not found")
    # The instants are judged by the sandbox's own clock, below.
    try:
        jwt.decode(
            value,
            app.public_key,
            algorithms=["RS256"],
            options={"verify_exp": False, "verify_iat": False, "verify_nbf": False},
        )
    except jwt.InvalidTokenError:
        raise Refused(401, "A JSON web token could not be decoded") from None
    _judge_instants(world, claims)
    return Actor(app)


def _judge_instants(world: World, claims: dict[str, Any]) -> None:
    now = world.clock().timestamp()
    issued, expires = claims.get("iat"), claims.get("exp")
    if not isinstance(issued, int) or issued > now + CLOCK_DRIFT:
        message = "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"
        raise Refused(401, message)
    if not isinstance(expires, int) or expires <= now:
        message = (
            "'Expiration time' claim ('exp') must be a numeric value representing the future time "
            "at which the assertion expires"
        )
        raise Refused(401, message)
    if expires > now + LONGEST_JWT:
        raise Refused(401, "'Expiration time' claim ('exp') is too far in the future")


def authorize(world: World, route: Route, actor: Actor, repository: Repository | None) -> None:
    """Let the caller through, or not.

    Raises:
        Refused: 401 for the wrong kind of credential, 404 for a repository out of sight, 403 for a missing permission.
    """
    if route.access == "app":
        if actor.app is None or actor.token is not None:
            raise Refused(401, "A JSON web token could not be decoded")
        return
    if route.access == "installation" and actor.token is None:
        raise Refused(403 if actor.app else 401, "Resource not accessible by integration")
    if repository is None:
        return
    if not covers(world, actor, repository):
        _authorize_public(route, repository)
        return
    assert actor.token is not None  # noqa: S101 - only a token covers anything
    if route.permissions and not any(allows(actor.token.permissions, *wanted) for wanted in route.permissions):
        raise Refused(403, "Resource not accessible by integration")


def covers(world: World, actor: Actor, repository: Repository) -> bool:
    """Whether the caller's token reaches this repository."""
    if actor.token is None or actor.installation is None:
        return False
    if actor.token.repositories is not None and repository.id not in actor.token.repositories:
        return False
    return repository in world.covered(actor.installation)


def _authorize_public(route: Route, repository: Repository) -> None:
    """Anyone may read what is public; nobody learns that the private exists."""
    if repository.private:
        raise Refused(404, "Not Found")
    if route.method != "GET":
        raise Refused(403, "Resource not accessible by integration")
