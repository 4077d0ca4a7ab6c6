"""Registering an App, installing it, and the tokens it mints."""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from app.sandbox.world.records import Event, GithubApp, Installation, Refused, Repository, Token
from app.sandbox.world.state import World

TOKEN_LIFE = timedelta(hours=1)
LEVELS = {"read": 1, "write": 2, "admin": 3}


def register_app(
    world: World, slug: str, owner: str, public_key: str, permissions: Mapping[str, str], events: Iterable[str]
) -> GithubApp:
    """A new App, owned by an organisation, with its bot."""
    identity = world.next_id("app")
    app = GithubApp(
        id=identity,
        client_id=f"Iv23li{identity:014d}",
        slug=slug,
        name=slug.replace("-", " ").title(),
        owner=world.account(owner, "Organization").id,
        bot=world.account(f"{slug}[bot]", "Bot").id,
        public_key=public_key,
        permissions={"metadata": "read", **permissions},
        events=tuple(events),
        created_at=world.now(),
    )
    world.apps[app.id] = app
    return app


def install(
    world: World, app: GithubApp, account: str, repositories: Iterable[Repository] | None, by: str
) -> tuple[Installation, list[Event]]:
    """Install the App on an account: on the given repositories, or on all of them (None)."""
    chosen = None if repositories is None else frozenset(repository.id for repository in repositories)
    installation = Installation(
        id=world.next_id("installation"),
        app=app.id,
        account=world.account(account, "Organization").id,
        repositories=chosen,
        permissions=app.permissions,
        events=app.events,
        created_at=world.now(),
    )
    world.installations[installation.id] = installation
    covered = [repository.id for repository in world.covered(installation)]
    event = Event(
        "installation",
        "created",
        world.account(by).id,
        None,
        installation,
        {"repositories": covered, "requester": None},
    )
    return installation, [event]


def add_repositories(
    world: World, installation: Installation, repositories: Iterable[Repository], by: str
) -> list[Event]:
    """Let a selective installation cover more repositories."""
    added = [repository.id for repository in repositories]
    return _select(world, installation, added, [], by)


def remove_repositories(
    world: World, installation: Installation, repositories: Iterable[Repository], by: str
) -> list[Event]:
    """Take repositories away from a selective installation."""
    return _select(world, installation, [], [repository.id for repository in repositories], by)


def _select(world: World, installation: Installation, added: list[int], removed: list[int], by: str) -> list[Event]:
    chosen = (installation.repositories or frozenset()).union(added).difference(removed)
    changed = replace(installation, repositories=chosen)
    world.installations[installation.id] = changed
    extra = {"repositories_added": added, "repositories_removed": removed, "requester": None}
    action = "added" if added else "removed"
    return [Event("installation_repositories", action, world.account(by).id, None, changed, extra)]


def suspend(world: World, installation: Installation, by: str) -> list[Event]:
    """Suspend an installation: its tokens stop working and no new ones are minted."""
    who = world.account(by).id
    changed = replace(installation, suspended_at=world.now(), suspended_by=who)
    world.installations[installation.id] = changed
    return [Event("installation", "suspend", who, None, changed)]


def unsuspend(world: World, installation: Installation, by: str) -> list[Event]:
    """Take back a suspension."""
    changed = replace(installation, suspended_at=None, suspended_by=None)
    world.installations[installation.id] = changed
    return [Event("installation", "unsuspend", world.account(by).id, None, changed)]


def uninstall(world: World, installation: Installation, by: str) -> list[Event]:
    """Remove the App from an account: its tokens are worth nothing, and minting another is a 404."""
    covered = [repository.id for repository in world.covered(installation)]
    del world.installations[installation.id]
    return [Event("installation", "deleted", world.account(by).id, None, installation, {"repositories": covered})]


def mint_token(
    world: World, installation: Installation, repositories: Iterable[int] | None, permissions: Mapping[str, str] | None
) -> Token:
    """A token for one hour, narrowed where asked.

    Raises:
        Refused: 403 while suspended; 422 for a repository or a permission that was not granted.
    """
    if installation.suspended_at is not None:
        raise Refused(403, "This installation has been suspended")
    covered = {repository.id for repository in world.covered(installation)}
    chosen = None if repositories is None else frozenset(repositories)
    if chosen is not None and not chosen <= covered:
        message = (
            "There is at least one repository that does not exist or is not accessible to the parent installation."
        )
        raise Refused(422, message)
    granted = dict(installation.permissions) if permissions is None else _narrowed(installation, permissions)
    token = Token(_token_value(world, installation), installation.id, chosen, granted, world.now() + TOKEN_LIFE)
    world.tokens[token.value] = token
    return token


def _narrowed(installation: Installation, permissions: Mapping[str, str]) -> dict[str, str]:
    for name, level in permissions.items():
        if not allows(installation.permissions, name, level):
            raise Refused(422, "The permissions requested are not granted to this installation.")
    return {"metadata": "read", **permissions}


def allows(granted: Mapping[str, str], name: str, level: str) -> bool:
    """Whether a permission was granted at that level or above; an unknown level never is."""
    return LEVELS.get(level, 9) <= LEVELS.get(granted.get(name, ""), 0)


def _token_value(world: World, installation: Installation) -> str:
    """Long and dotted, as the stateless tokens of github.com, so that nobody relies on 40 characters."""
    count = world.next_id("token")
    parts: list[bytes] = [
        json.dumps({"typ": "JWT", "alg": "ES256"}).encode(),
        json.dumps({"installation": installation.id, "jti": count, "iat": int(world.now().timestamp())}).encode(),
        hashlib.shake_256(f"{installation.id}:{count}".encode()).digest(192),
    ]
    encoded = (base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)
    return f"ghs_{installation.app}_{'.'.join(encoded)}"
