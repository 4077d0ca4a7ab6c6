"""How GitHub answers where it does not do what was asked: refusals, and redirects to what has moved."""

from urllib.parse import urlencode

from app.sandbox.api.call import Actor, Reply
from app.sandbox.api.credentials import covers
from app.sandbox.api.exchange import Asked
from app.sandbox.api.routing import Located
from app.sandbox.shapes import Json
from app.sandbox.world.records import Refused, Relocated
from app.sandbox.world.state import World

DOCUMENTATION = "https://docs.github.com/rest"


def moved(world: World, asked: Asked, located: Located) -> Reply:
    """The redirect to a renamed repository: 301 for reading, 307 for writing."""
    query = f"?{urlencode(asked.query)}" if asked.query else ""
    url = f"{world.api_url}{located.moved_to}{query}"
    status = 301 if asked.method == "GET" else 307
    message = "Moved Permanently" if status == 301 else "Temporary Redirect"
    body = {"message": message, "url": url, "documentation_url": DOCUMENTATION}
    return Reply(status, body, headers={"Location": url})


def refusal(refused: Refused) -> Reply:
    """How GitHub writes a refusal."""
    body: Json = {"message": refused.message, "documentation_url": DOCUMENTATION}
    if refused.errors:
        body["errors"] = [dict(error) for error in refused.errors]
    else:
        body["status"] = str(refused.status)
    return Reply(refused.status, body, headers=refused.headers)


def relocation(world: World, asked: Asked, actor: Actor, found: Relocated) -> Reply:
    """The redirect to where an issue was transferred; a 404 for a caller who may not see that place."""
    home = world.repositories.get(found.repository)
    if home is None or (home.private and not covers(world, actor, home)):
        return refusal(Refused(404, "Not Found"))
    parts = asked.path.split("/")
    rest = parts[parts.index("issues") + 2 :]
    to = "/".join(["", "repositories", str(home.id), "issues", str(found.number), *rest])
    return moved(world, asked, Located(asked.path, home, to))
