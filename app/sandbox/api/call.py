"""What a route is given and what it gives back; reading bodies and cutting pages, with GitHub's words for mistakes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias, TypeVar
from urllib.parse import urlencode

from app.sandbox.shapes import Json
from app.sandbox.world.records import Account, Event, GithubApp, Installation, Refused, Repository, Token
from app.sandbox.world.state import World

DEFAULT_PAGE = 30
LARGEST_PAGE = 100
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who calls: an App by its JSON Web Token, an installation by its token, or nobody."""

    app: GithubApp | None = None
    installation: Installation | None = None
    token: Token | None = None

    @property
    def identity(self) -> str:
        """What the ETags and the rate limit of this caller hang on."""
        if self.token is not None:
            return self.token.value
        return f"app:{self.app.id}" if self.app else "nobody"


@dataclass(frozen=True, slots=True)
class Call:
    """One request to one route.

    Attributes:
        path: what the route matched, below the base path, as sent.
        params: the decoded parameters of the route.
        body: the JSON object that was sent; empty if none was.
        accept: the Accept header, for the endpoints that can answer with bare bytes.
    """

    world: World
    actor: Actor
    path: str
    params: Mapping[str, str]
    query: Mapping[str, str]
    body: Json
    accept: str = ""
    target: Repository | None = None

    @property
    def repository(self) -> Repository:
        """The repository that the path names."""
        if self.target is None:
            raise Refused(404, "Not Found")
        return self.target

    @property
    def app(self) -> GithubApp:
        """The App that calls."""
        if self.actor.app is None:
            raise Refused(401, "A JSON web token could not be decoded")
        return self.actor.app

    @property
    def bot(self) -> Account:
        """The account in whose name the App writes."""
        return self.world.accounts[self.app.bot]

    def number(self, name: str) -> int:
        """A parameter of the path as an integer; anything else is a 404."""
        value = self.params[name]
        if not value.isascii() or not value.isdigit():
            raise Refused(404, "Not Found")
        return int(value)

    @property
    def wants_raw(self) -> bool:
        """Whether the bare bytes of a file were asked for."""
        return "vnd.github.raw" in self.accept or "vnd.github.v3.raw" in self.accept


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `body` is JSON, or bytes as they are, or None for an empty one; `link` names the pages around it."""

    status: int = 200
    body: Any = None
    events: tuple[Event, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    link: str | None = None


Access: TypeAlias = Literal["app", "installation", "any"]
Handler: TypeAlias = Callable[[Call], Reply]
Permissions: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Route:
    """One operation of the API.

    `access` says which credential it takes (`any`: none is needed for public repositories); `permissions` are
    alternatives, any one of which is enough. The empty tuple asks for nothing.
    """

    method: str
    template: str
    handler: Handler
    permissions: Permissions = ()
    access: Access = "any"

    @property
    def operation(self) -> str:
        """The name of the operation: `GET /repos/{owner}/{repo}`."""
        return f"{self.method} {self.template}"


def page_of(call: Call, items: Sequence[T]) -> tuple[list[T], str | None]:
    """The page that was asked for, and the Link header that leads to the others (None if there are none)."""
    size = min(max(_whole(call.query.get("per_page"), DEFAULT_PAGE), 1), LARGEST_PAGE)
    number = max(_whole(call.query.get("page"), 1), 1)
    last = max(-(-len(items) // size), 1)
    start = (number - 1) * size
    targets: dict[str, int] = {}
    if number > 1:
        targets |= {"prev": min(number - 1, last), "first": 1}
    if number < last:
        targets |= {"next": number + 1, "last": last}
    links = [f'<{_page_url(call, page)}>; rel="{name}"' for name, page in targets.items()]
    return list(items[start : start + size]), ", ".join(links) or None


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else otherwise


def _page_url(call: Call, page: int) -> str:
    """Pages of a repository's lists live under its id, not its name."""
    path = call.path
    if call.target is not None and path.startswith("/repos/"):
        rest = path.split("/", 4)[4:]
        path = "/".join([f"/repositories/{call.target.id}", *rest])
    return f"{call.world.api_url}{path}?{urlencode({**call.query, 'page': str(page)})}"


def listed(call: Call, items: Sequence[T], shape: Callable[[T], Json]) -> Reply:
    """A page of a plain list."""
    page, link = page_of(call, items)
    return Reply(body=[shape(item) for item in page], link=link)


def wrapped(call: Call, key: str, items: Sequence[T], shape: Callable[[T], Json], extra: Json | None = None) -> Reply:
    """A page of a list that comes with its total."""
    page, link = page_of(call, items)
    return Reply(body={"total_count": len(items), **(extra or {}), key: [shape(item) for item in page]}, link=link)


def invalid(message: str) -> Refused:
    """The 422 for a body that breaks the schema."""
    return Refused(422, f"Invalid request.\n\n{message}")


def text_of(body: Json, key: str, *, limit: int | None = None) -> str | None:
    """A string, or None where the key is missing or null."""
    value = body.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise invalid(f"For 'properties/{key}', {value!r} is not a string.")
    if limit is not None and len(value) > limit:
        raise invalid(f"Only {limit} characters are allowed; {len(value)} were supplied.")
    return value


def required_text(body: Json, key: str) -> str:
    """A string that must be there."""
    value = text_of(body, key)
    if value is None:
        raise invalid(f'"{key}" wasn\'t supplied.')
    return value


def choice_of(body: Json, key: str, allowed: Sequence[str]) -> str | None:
    """One of the allowed words, or None."""
    value = text_of(body, key)
    if value is not None and value not in allowed:
        raise invalid(f"{value} is not a member of {list(allowed)}.")
    return value


def whole_of(body: Json, key: str, *, least: int) -> int | None:
    """An integer of at least `least`, or None."""
    value = body.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        raise invalid(f"For 'properties/{key}', {value!r} is not an integer.")
    if value < least:
        raise invalid(f"{value} must be greater than or equal to {least}.")
    return value


def flag_of(body: Json, key: str) -> bool | None:
    """A boolean, or None."""
    value = body.get(key)
    if value is not None and not isinstance(value, bool):
        raise invalid(f"For 'properties/{key}', {value!r} is not a boolean.")
    return value


def instant_of(body: Json, key: str) -> datetime | None:
    """An instant written as `YYYY-MM-DDTHH:MM:SSZ`, or None."""
    value = text_of(body, key)
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise invalid(f"{value} is not a valid date-time.") from None
    if found.tzinfo is None:
        raise invalid(f"{value} is not a valid date-time.")
    return found.astimezone(UTC)


def rows_of(body: Json, key: str, *, most: int) -> list[Json]:
    """A list of objects; empty where the key is missing."""
    value = body.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise invalid(f"For 'properties/{key}', the value is not an array of objects.")
    if len(value) > most:
        raise invalid(f"No more than {most} items are allowed; {len(value)} were supplied.")
    return value


def object_of(body: Json, key: str) -> Json | None:
    """An object, or None."""
    value = body.get(key)
    if value is not None and not isinstance(value, dict):
        raise invalid(f"For 'properties/{key}', {value!r} is not an object.")
    return value


def names_of(body: Json, key: str) -> list[str] | None:
    """A list of names, each written as a string or as an object with a `name`; None where the key is missing."""
    value = body.get(key)
    if value is None:
        return None
    if not isinstance(value, list):
        raise invalid(f"For 'properties/{key}', {value!r} is not an array.")
    return [_name_in(key, row) for row in value]


def _name_in(key: str, row: object) -> str:
    name = row.get("name") or row.get("login") if isinstance(row, dict) else row
    if not isinstance(name, str):
        raise invalid(f"For 'properties/{key}', {row!r} is no name.")
    return name


def since_of(call: Call) -> datetime | None:
    """The instant after which things are asked for, or None."""
    return instant_of({"since": call.query["since"]}, "since") if call.query.get("since") else None
