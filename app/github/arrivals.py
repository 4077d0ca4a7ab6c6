"""When a document reached the default branch.

A commit keeps its own date when a branch is merged: with a merge commit, the oldest commit of a document is its first
draft, weeks before anybody has promised anything. So the pull request tells, which GitHub dates. Of what was pushed
directly there is nothing but the committer's date, in which anybody can write anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

import structlog

from app.core.repository_facts import Commit
from app.github.app import Access
from app.github.errors import NotFound

_log = structlog.get_logger(__name__)


async def read_arrival(access: Access, path: str, blob: str, *, followed: bool) -> Commit | None:
    """The commit that brought a version of a document, with the instant at which the document first came.

    Of a document that is `followed` already its ledger remembers that day, so its pull request is not asked for.
    None where no commit has that path. Raises GitHubError.
    """
    key = f"arrival {path} {blob} {followed}"
    kept: Commit | None = access.remembered.recall(key)
    if kept is not None:
        return kept
    commits: Sequence[Mapping[str, Any]] = await access.client.get(
        f"/repos/{access.repository.full_name}/commits?path={quote(path)}&per_page=100"
    )
    if not commits:
        return None
    first = commits[-1]
    merged = None if followed else await _merged_at(access, first["sha"])
    found = Commit(commits[0]["sha"], merged or _committed_at(access, first))
    access.remembered.keep(key, found)
    return found


async def _merged_at(access: Access, sha: str) -> datetime | None:
    """When a commit came to the default branch by a pull request; None where it was pushed directly.

    None, too, where this GitHub does not tell the pull requests of a commit.
    """
    try:
        pulls: Sequence[Mapping[str, Any]] = await access.client.get(
            f"/repos/{access.repository.full_name}/commits/{sha}/pulls?per_page=100"
        )
    except NotFound as error:
        _log.warning("the day of a merge is taken from the commit", reason=str(error))
        return None
    return min((datetime.fromisoformat(each["merged_at"]) for each in pulls if _reached_default(each)), default=None)


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
