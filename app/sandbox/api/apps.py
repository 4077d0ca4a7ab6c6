"""The App itself: who it is, where it is installed, and tokens."""

from functools import partial

from app.sandbox.api.call import Call, Reply, Route, invalid, listed, object_of, wrapped
from app.sandbox.shapes import Json, accounts, repositories
from app.sandbox.world.installing import mint_token
from app.sandbox.world.records import Installation, Refused, Repository, Token

LARGEST_NARROWING = 500


def show_app(call: Call) -> Reply:
    """The App that calls."""
    count = sum(installation.app == call.app.id for installation in call.world.installations.values())
    return Reply(body={**accounts.app(call.world, call.app), "installations_count": count})


def list_installations(call: Call) -> Reply:
    """Where it is installed."""
    found = [it for it in call.world.installations.values() if it.app == call.app.id]
    return listed(call, found, lambda it: accounts.installation(call.world, it))


def _installation(call: Call) -> Installation:
    found = call.world.installations.get(call.number("installation_id"))
    if found is None or found.app != call.app.id:
        raise Refused(404, "Not Found")
    return found


def show_installation(call: Call) -> Reply:
    """One installation."""
    return Reply(body=accounts.installation(call.world, _installation(call)))


def show_repository_installation(call: Call) -> Reply:
    """The installation that covers a repository."""
    found = call.world.installation_on(call.app.id, call.repository)
    if found is None:
        raise Refused(404, "Not Found")
    return Reply(body=accounts.installation(call.world, found))


def create_token(call: Call) -> Reply:
    """Mint an installation token, narrowed to repositories and permissions where asked."""
    installation = _installation(call)
    wanted = _wanted_repositories(call, installation)
    permissions = object_of(call.body, "permissions")
    token = mint_token(call.world, installation, wanted, permissions or None)
    narrowed = token.repositories if token.repositories is not None else installation.repositories
    rows: list[Json] | None = None
    if narrowed is not None:
        chosen = [it for it in call.world.covered(installation) if it.id in narrowed]
        rows = [repositories.repository(call.world, it) for it in chosen]
    return Reply(201, accounts.token(token, rows))


def _wanted_repositories(call: Call, installation: Installation) -> list[int] | None:
    ids, names = call.body.get("repository_ids"), call.body.get("repositories")
    if ids is None and names is None:
        return None
    for key, value in (("repository_ids", ids), ("repositories", names)):
        if value is not None and (not isinstance(value, list) or len(value) > LARGEST_NARROWING):
            raise invalid(f"For 'properties/{key}', the value is not an array of at most {LARGEST_NARROWING}.")
    by_name = {it.name.lower(): it.id for it in call.world.covered(installation)}
    # An unknown name becomes an id that no repository has, so that it is refused like any other.
    return [*(ids or []), *(by_name.get(str(name).lower(), 0) for name in names or [])]


def show_hook(call: Call) -> Reply:
    """How webhooks are sent."""
    hook = {"content_type": "json", "insecure_ssl": "0", "secret": "********", "url": call.world.hook_url}
    return Reply(body=hook)


def list_covered(call: Call) -> Reply:
    """The repositories that the token reaches."""
    token, installation = _reach(call)
    narrowed = token.repositories is not None or installation.repositories is not None
    selection = {"repository_selection": "selected" if narrowed else "all"}
    shape = partial(repositories.repository, call.world)
    return wrapped(call, "repositories", _covered(call), shape, selection)


def search_repositories(call: Call) -> Reply:
    """The repositories that the token reaches and whose owner is asked for with `user:`, the only qualifier here."""
    words = call.query.get("q", "").split()
    owners = {word.removeprefix("user:").lower() for word in words if word.startswith("user:")}
    found = [it for it in _covered(call) if call.world.accounts[it.owner].login.lower() in owners]

    def shape(it: Repository) -> Json:
        return {**repositories.repository(call.world, it), "score": 1.0}

    return wrapped(call, "items", found, shape, {"incomplete_results": False})


def _reach(call: Call) -> tuple[Token, Installation]:
    if call.actor.token is None or call.actor.installation is None:
        raise Refused(403, "Resource not accessible by integration")
    return call.actor.token, call.actor.installation


def _covered(call: Call) -> list[Repository]:
    token, installation = _reach(call)
    found = call.world.covered(installation)
    return [it for it in found if token.repositories is None or it.id in token.repositories]


def revoke_token(call: Call) -> Reply:
    """Make the calling token useless."""
    if call.actor.token is not None:
        del call.world.tokens[call.actor.token.value]
    return Reply(204)


ROUTES = (
    Route("GET", "/app", show_app, access="app"),
    Route("GET", "/app/hook/config", show_hook, access="app"),
    Route("GET", "/app/installations", list_installations, access="app"),
    Route("GET", "/app/installations/{installation_id}", show_installation, access="app"),
    Route("POST", "/app/installations/{installation_id}/access_tokens", create_token, access="app"),
    Route("GET", "/repos/{owner}/{repo}/installation", show_repository_installation, access="app"),
    Route("GET", "/installation/repositories", list_covered, access="installation"),
    Route("GET", "/search/repositories", search_repositories, access="installation"),
    Route("DELETE", "/installation/token", revoke_token, access="installation"),
)
