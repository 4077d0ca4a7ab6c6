"""When a document reached the default branch.

A commit keeps its own date when a branch is merged: with a merge commit, the oldest commit of a document is its first
draft, weeks before anybody has promised anything. So the pull request tells, which GitHub dates. Of what was pushed
directly there is nothing but the committer's date, in which anybody can write anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import structlog

from app.core.repository_facts import Commit
from app.github.app import Access
from app.github.errors import NotFound

_log = structlog.get_logger(__name__)

_MOST_MOVES = 5  # of one file, one after the other, that are followed back
_MOST_LOOKED_AT = 5  # commits of one file in which its beginning is looked for
_SEVERAL_DAYS = timedelta(days=1)
_BEGINS = ("added", "renamed", "copied")


async def read_arrival(access: Access, path: str, blob: str, *, followed: bool) -> Commit | None:
    """The commit that brought a version of a document, with the instant at which the document first came.

    Of a document that is `followed` already its ledger remembers that day: of that, it is told when this version came.
    None where no commit has that path. Raises GitHubError.
    """
    key = f"arrival {path} {blob} {followed}"
    kept: Commit | None = access.remembered.recall(key)
    if kept is not None:
        return kept
    commits: Sequence[Mapping[str, Any]] = await access.client.get(
        f"{access.path}/commits?path={quote(path)}&per_page=100"
    )
    if not commits:
        return None
    newest, first = commits[0], commits[-1]
    changed = await _changed_at(access, newest) if followed else None  # another document may be there by now
    at = _committed_at(access, first) if followed else await _came_at(access, await _beginning(access, path, commits))
    found = Commit(newest["sha"], at, changed)
    access.remembered.keep(key, found)
    return found


async def read_landing(access: Access, path: str) -> str | None:
    """The commit with which a file first stood on the default branch: that of the merge, not that of its first draft.

    None where no commit has that path. Raises GitHubError.
    """
    first: str | None = None
    url = f"{access.path}/commits?path={quote(path)}&per_page=100"
    async for item in access.client.pages(url):
        first = item["sha"]
    pull = await _bringing(access, first) if first else None
    return str(pull["merge_commit_sha"]) if pull and pull.get("merge_commit_sha") else first


async def read_tip(access: Access, until: datetime) -> str | None:
    """The last commit of the default branch at an instant; None if there was none. Raises GitHubError.

    What was committed before that on a branch, and merged later, is listed too, and passed over.
    """
    url = f"{access.path}/commits?until={quote(until.isoformat(), safe='')}&per_page=30"
    async for item in access.client.pages(url):
        pull = await _bringing(access, item["sha"])
        if pull is None or datetime.fromisoformat(pull["merged_at"]) <= until:
            return str(item["sha"])
    return None


async def read_origins(access: Access, path: str) -> tuple[str, ...]:
    """Where a file stood before it was moved to a path, the last place first; none where it began there.

    A file that was moved and edited by the same commit is known by GitHub's own comparison. Raises GitHubError.
    """
    key = f"origins {path}"
    kept: tuple[str, ...] | None = access.remembered.recall(key)
    if kept is not None:
        return kept
    origins: list[str] = []
    while len(origins) < _MOST_MOVES and (origin := await _moved_from(access, origins[-1] if origins else path)):
        origins.append(origin)
    access.remembered.keep(key, tuple(origins))
    return tuple(origins)


async def _moved_from(access: Access, path: str) -> str | None:
    """Where a file stood before the commit that put it at a path; None where this GitHub does not tell."""
    home, first = f"{access.path}/commits", None
    async for item in access.client.pages(f"{home}?path={quote(path)}&per_page=100"):
        first = item["sha"]
    if first is None:
        return None
    renamed = [file for file in await _changed_files(access, first) if file.get("status") == "renamed"]
    return next((str(file["previous_filename"]) for file in renamed if file["filename"] == path), None)


async def _changed_files(access: Access, sha: str) -> list[Mapping[str, Any]]:
    """The files that a commit changed; none where this GitHub does not tell."""
    url = f"{access.path}/commits/{sha}?per_page=100"
    try:
        files = [file async for file in access.client.pages(url, key="files")]
    except NotFound:
        return []
    return [file for file in files if isinstance(file, Mapping)]


async def _beginning(access: Access, path: str, commits: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The commit with which what is at a path began there: a path is used again once its document has moved away.

    `commits` are those of the path, newest first. They are looked at only where they came on several days.
    """
    newest, first = commits[0], commits[-1]
    pull = await _bringing(access, first["sha"])
    if newest is first or (pull and pull.get("merge_commit_sha") == newest["sha"]):
        return first
    if await _came_at(access, newest) - await _came_at(access, first) < _SEVERAL_DAYS:
        return first
    for item in commits[: min(_MOST_LOOKED_AT, len(commits) - 1)]:
        files = await _changed_files(access, item["sha"])
        if any(file["filename"] == path and file.get("status") in _BEGINS for file in files):
            return item
    return first


async def _came_at(access: Access, item: Mapping[str, Any]) -> datetime:
    """When a commit reached the default branch: with its pull request, else when it was made."""
    pull = await _bringing(access, item["sha"])
    return datetime.fromisoformat(pull["merged_at"]) if pull else _committed_at(access, item)


async def _changed_at(access: Access, item: Mapping[str, Any]) -> datetime:
    """When a version came: what was committed just now came just now, and no pull request has to be asked for."""
    at = _committed_at(access, item)
    return at if access.clock() - at < _SEVERAL_DAYS else await _came_at(access, item)


async def _bringing(access: Access, sha: str) -> Mapping[str, Any] | None:
    """The pull request that brought a commit to the default branch; None where it was pushed directly.

    None, too, where this GitHub does not tell the pull requests of a commit.
    """
    key = f"brought by {sha}"
    kept: tuple[Mapping[str, Any] | None] | None = access.remembered.recall(key)
    if kept is not None:
        return kept[0]
    try:
        pulls: Sequence[Mapping[str, Any]] = await access.client.get(f"{access.path}/commits/{sha}/pulls?per_page=100")
    except NotFound as error:
        _log.warning("the day of a merge is taken from the commit", reason=str(error))
        pulls = ()
    found = min(filter(_reached_default, pulls), key=lambda each: str(each["merged_at"]), default=None)
    pull = {name: found[name] for name in ("merged_at", "merge_commit_sha")} if found else None
    access.remembered.keep(key, (pull,))
    return pull


def _reached_default(pull: Mapping[str, Any]) -> bool:
    base = pull["base"]
    return bool(pull.get("merged_at")) and base["ref"] == base["repo"]["default_branch"]


def _committed_at(access: Access, item: Mapping[str, Any]) -> datetime:
    """When a commit was made; a date that cannot be true tells nothing, and then it counts from now."""
    now = access.clock()
    at = _instant((item["commit"].get("committer") or {}).get("date"))
    earliest = access.created or at
    return at if at is not None and earliest is not None and earliest <= at <= now else now


def _instant(text: str | None) -> datetime | None:
    """An instant as GitHub writes it; None for one that is not there, or that Python's calendar does not have."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
