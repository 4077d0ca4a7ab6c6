"""Accounts, Apps, installations and tokens as JSON."""

from collections.abc import Iterable

from app.sandbox.shapes import Json, instant, node_id
from app.sandbox.world.records import Account, GithubApp, Installation, Repository, Token
from app.sandbox.world.state import World

ACCOUNT_PATHS = {
    "url": "",
    "followers_url": "/followers",
    "following_url": "/following{/other_user}",
    "gists_url": "/gists{/gist_id}",
    "starred_url": "/starred{/owner}{/repo}",
    "subscriptions_url": "/subscriptions",
    "organizations_url": "/orgs",
    "repos_url": "/repos",
    "events_url": "/events{/privacy}",
    "received_events_url": "/received_events",
}

SINCE = "2020-01-01T00:00:00Z"
"""When every account was made; nobody asks."""

ROLE_ASSOCIATIONS = {"admin": "MEMBER", "maintain": "MEMBER", "write": "COLLABORATOR", "triage": "COLLABORATOR"}


def association(world: World, home: Repository, who: int) -> str:
    """How GitHub says a person stands to the repository. Never to be used for permissions."""
    role = world.role(home, world.accounts[who])
    return "OWNER" if who == home.owner else ROLE_ASSOCIATIONS.get(role or "", "NONE")


def account(world: World, who: Account) -> Json:
    """A simple user, which is also how GitHub shows organisations and bots."""
    page = f"/apps/{who.login.removesuffix('[bot]')}" if who.kind == "Bot" else f"/{who.login}"
    return {
        "login": who.login,
        "id": who.id,
        "node_id": node_id(who.kind, who.id),
        "avatar_url": world.web(f"/avatars/{who.id}"),
        "gravatar_id": "",
        **{key: world.api(f"/users/{who.login}{path}") for key, path in ACCOUNT_PATHS.items()},
        "html_url": world.web(page),
        "type": who.kind,
        "site_admin": False,
        "user_view_type": "public",
    }


def public_account(world: World, who: Account) -> Json:
    """An account as everybody sees it."""
    return {
        **account(world, who),
        **dict.fromkeys(("company", "location", "email", "hireable", "bio"), None),
        **dict.fromkeys(("public_repos", "public_gists", "followers", "following"), 0),
        "name": who.name,
        "blog": "",
        "created_at": SINCE,
        "updated_at": SINCE,
    }


def organization(world: World, who: Account) -> Json:
    """The organisation key of a webhook."""
    base = f"/orgs/{who.login}"
    return {
        "login": who.login,
        "id": who.id,
        "node_id": node_id(who.kind, who.id),
        "url": world.api(base),
        "repos_url": world.api(f"{base}/repos"),
        "events_url": world.api(f"{base}/events"),
        "hooks_url": world.api(f"{base}/hooks"),
        "issues_url": world.api(f"{base}/issues"),
        "members_url": world.api(f"{base}/members{{/member}}"),
        "public_members_url": world.api(f"{base}/public_members{{/member}}"),
        "avatar_url": world.web(f"/avatars/{who.id}"),
        "description": None,
    }


def app(world: World, it: GithubApp) -> Json:
    """An App, as it stands on everything it made."""
    return {
        "id": it.id,
        "client_id": it.client_id,
        "slug": it.slug,
        "node_id": node_id("App", it.id),
        "owner": account(world, world.accounts[it.owner]),
        "name": it.name,
        "description": "",
        "external_url": f"https://{it.slug}.example.com",
        "html_url": world.web(f"/apps/{it.slug}"),
        "created_at": instant(it.created_at),
        "updated_at": instant(it.created_at),
        "permissions": dict(it.permissions),
        "events": list(it.events),
    }


def installation(world: World, it: Installation) -> Json:
    """An installation, as the App itself sees it."""
    owner = world.accounts[it.account]
    return {
        "id": it.id,
        "client_id": world.apps[it.app].client_id,
        "account": account(world, owner),
        "repository_selection": "all" if it.repositories is None else "selected",
        "access_tokens_url": world.api(f"/app/installations/{it.id}/access_tokens"),
        "repositories_url": world.api("/installation/repositories"),
        "html_url": world.web(f"/organizations/{owner.login}/settings/installations/{it.id}"),
        "app_id": it.app,
        "app_slug": world.apps[it.app].slug,
        "target_id": owner.id,
        "target_type": owner.kind,
        "permissions": dict(it.permissions),
        "events": list(it.events),
        "created_at": instant(it.created_at),
        "updated_at": instant(it.created_at),
        "single_file_name": None,
        "has_multiple_single_files": False,
        "single_file_paths": [],
        "suspended_by": None if it.suspended_by is None else account(world, world.accounts[it.suspended_by]),
        "suspended_at": instant(it.suspended_at),
    }


def token(it: Token, repositories: Iterable[Json] | None) -> Json:
    """A freshly minted token; `repositories` only where it was narrowed to some."""
    shape: Json = {
        "token": it.value,
        "expires_at": instant(it.expires_at),
        "permissions": dict(it.permissions),
        "repository_selection": "all" if repositories is None else "selected",
    }
    if repositories is not None:
        shape["repositories"] = list(repositories)
    return shape
