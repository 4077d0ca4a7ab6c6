"""From a path to a route: templates as GitHub writes them, renamed repositories, and addresses by id."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from app.sandbox.api.call import Route
from app.sandbox.world.records import Repository
from app.sandbox.world.state import World

# These parameters may hold slashes, written as they are or as %2F.
WITH_SLASHES = frozenset({"path", "ref", "branch", "basehead"})


@dataclass(frozen=True, slots=True)
class Located:
    """A path that has been understood. `moved_to` is set when the repository has another name by now."""

    path: str
    repository: Repository | None = None
    moved_to: str | None = None


def locate(world: World, path: str) -> Located:
    """Find the repository that a path names, by name, former name or id; the result's path is by name."""
    parts = path.split("/")
    if len(parts) >= 3 and parts[1] == "repositories" and parts[2].isdigit():
        repository = world.repositories.get(int(parts[2]))
        if repository is None:
            return Located(path)
        return Located("/".join(["", "repos", world.full_name(repository), *parts[3:]]), repository)
    if len(parts) >= 4 and parts[1] == "repos":
        name = unquote(f"{parts[2]}/{parts[3]}")
        repository = world.find_repository(name)
        moved = world.moved.get(name.lower())
        if repository is None and moved in world.repositories:
            return Located(path, None, "/".join(["", "repositories", str(moved), *parts[4:]]))
        return Located(path, repository)
    return Located(path)


class Routes:
    """The table of operations."""

    def __init__(self, routes: Iterable[Route]) -> None:
        # Longer templates first: `/commits/{ref}/check-runs` must be tried before `/commits/{ref}`.
        ordered = sorted(routes, key=lambda route: -len(route.template))
        self._table = [(route, _pattern(route.template)) for route in ordered]

    def match(self, method: str, path: str) -> tuple[Route, Mapping[str, str]] | None:
        """The route and its decoded parameters, or None."""
        for route, pattern in self._table:
            found = pattern.fullmatch(path) if route.method == method else None
            if found is not None:
                return route, {key: unquote(value) for key, value in found.groupdict().items()}
        return None

    @property
    def operations(self) -> list[str]:
        """The names of all operations."""
        return sorted(route.operation for route, _ in self._table)


def _pattern(template: str) -> re.Pattern[str]:
    def parameter(match: re.Match[str]) -> str:
        name = match[1]
        if name == "path":
            return f"(?P<{name}>.*)"
        # Only digits make a number: `/issues/comments` is no issue.
        single = r"\d+" if name.endswith(("_number", "_id")) else "[^/]+"
        return f"(?P<{name}>{'.+' if name in WITH_SLASHES else single})"

    return re.compile(re.sub(r"\{(\w+)\}", parameter, template))
