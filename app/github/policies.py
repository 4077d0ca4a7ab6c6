"""Which policy is in force for a repository, and what a pull request makes of it."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from app.core.facts import PolicyFile
from app.core.policy_paths import ORGANISATION_POLICY_PATH, ORGANISATION_REPOSITORY, POLICY_PATH
from app.github.app import Access, GitHub
from app.github.client import Client
from app.github.errors import NotFound, TooLarge
from app.github.files import read_blob
from rules.organisation_policy import speaks_for
from rules.policy import Policy, PolicyError
from rules.policy_file import parse_policy

_LONGEST_POLICY = 64 * 1024  # characters


async def observe_policy(github: GitHub, access: Access, installation: int) -> PolicyFile | None:
    """The policy in force: the repository's own from its default branch, else the organisation's if it names this one.

    None if there is neither. An organisation's policy that names no day of adoption has the day from which on it has
    spoken for this repository, whose own history does not tell that. Raises GitHubError.
    """
    own = await _default_branch_file(access.client, access.repository.full_name, POLICY_PATH)
    if own is not None:
        return PolicyFile(_parse(own), POLICY_PATH)
    owner, _, name = access.repository.full_name.partition("/")
    client = await github.enter_organisation(installation)
    if client is None or name == ORGANISATION_REPOSITORY:
        return None
    shared = await _default_branch_file(client, f"{owner}/{ORGANISATION_REPOSITORY}", ORGANISATION_POLICY_PATH)
    if shared is None or not speaks_for(shared, name):
        return None
    policy = _parse(shared)
    since = None
    if isinstance(policy, Policy) and policy.adopted is None:
        since = await _speaks_since(client, access, f"{owner}/{ORGANISATION_REPOSITORY}", name)
        policy = replace(policy, adopted=since.astimezone(ZoneInfo(policy.timezone)).date() if since else None)
    return PolicyFile(policy, ORGANISATION_POLICY_PATH, own=False, since=since)


async def observe_proposed_policy(access: Access, files: Iterable[Mapping[str, Any]]) -> PolicyFile | None:
    """What a pull request makes of the repository's own policy file, or None if it leaves it alone.

    If it takes the file away, the defaults. `files` are the changed files as GitHub lists them. Raises GitHubError.
    """
    for file in files:
        if file["filename"] == POLICY_PATH and file["status"] != "removed":
            return PolicyFile(_parse(await _proposed_text(access, file["sha"])), POLICY_PATH)
        if POLICY_PATH in {file["filename"], file.get("previous_filename")}:
            return PolicyFile(Policy(), POLICY_PATH)
    return None


def _parse(text: str) -> Policy | PolicyError:
    if len(text) > _LONGEST_POLICY:
        return PolicyError(f"The policy is longer than {_LONGEST_POLICY // 1024} KiB.", 1, 1)
    return parse_policy(text)


async def _speaks_since(client: Client, access: Access, full_name: str, name: str) -> datetime | None:
    """When the organisation's policy began to speak for a repository; None where its history does not tell.

    Its versions are searched by halves: each one is a request, and all that is needed is one that speaks for the
    repository after one that did not.
    """
    kept: datetime | None = access.remembered.recall("organisation policy since")
    if kept is not None:
        return kept
    listed = client.pages(f"/repos/{full_name}/commits?path={quote(ORGANISATION_POLICY_PATH)}&per_page=100")
    commits = [item async for item in listed][::-1]
    silent, speaking = -1, len(commits) - 1
    while speaking - silent > 1:
        middle = (silent + speaking) // 2
        text = await _default_branch_file(client, full_name, ORGANISATION_POLICY_PATH, commits[middle]["sha"])
        silent, speaking = (silent, middle) if text and speaks_for(text, name) else (middle, speaking)
    if not commits:
        return None
    since = datetime.fromisoformat(commits[speaking]["commit"]["committer"]["date"])
    access.remembered.keep("organisation policy since", since)
    return since


async def _default_branch_file(client: Client, full_name: str, path: str, commit: str = "") -> str | None:
    """A text file on the default branch, or at a commit, or None.

    Undecodable bytes become U+FFFD, which the policy then reports.
    Of a file over 1 MB GitHub hands out only the size: that many blanks stand for it, and are too long for a policy.
    """
    try:
        at = f"?ref={commit}" if commit else ""
        answer = await client.get(f"/repos/{full_name}/contents/{quote(path)}{at}")
    except NotFound:
        return None
    if not isinstance(answer, dict) or answer.get("type") != "file":
        return None
    if answer.get("encoding") not in {None, "base64"}:
        return " " * (_LONGEST_POLICY + 1)
    return base64.b64decode(answer.get("content") or "").decode(errors="replace")


async def _proposed_text(access: Access, sha: str) -> str:
    try:
        return (await read_blob(access, sha)).decode(errors="replace")
    except TooLarge:
        return " " * (_LONGEST_POLICY + 1)
