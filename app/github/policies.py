"""Which policy is in force for a repository, and what a pull request makes of it."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
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

    None if there is neither. An organisation's policy that names no day of adoption has the day on which its file was
    first merged: the repository's own history does not tell that. Raises GitHubError.
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
    if isinstance(policy, Policy) and policy.adopted is None:
        policy = replace(policy, adopted=await _first_merged(client, access, policy))
    return PolicyFile(policy, ORGANISATION_POLICY_PATH, own=False)


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


async def _first_merged(client: Client, access: Access, policy: Policy) -> date | None:
    """The day of the commit that first brought the organisation's policy."""
    first: datetime | None = access.remembered.recall("organisation policy since")
    if first is None:
        owner, path = access.repository.full_name.partition("/")[0], quote(ORGANISATION_POLICY_PATH)
        async for item in client.pages(f"/repos/{owner}/{ORGANISATION_REPOSITORY}/commits?path={path}&per_page=100"):
            first = datetime.fromisoformat(item["commit"]["committer"]["date"])
        access.remembered.keep("organisation policy since", first)
    return first.astimezone(ZoneInfo(policy.timezone)).date() if first else None


async def _default_branch_file(client: Client, full_name: str, path: str) -> str | None:
    """A text file on the default branch, or None. Undecodable bytes become U+FFFD, which the policy then reports.

    Of a file over 1 MB GitHub hands out only the size: that many blanks stand for it, and are too long for a policy.
    """
    try:
        answer = await client.get(f"/repos/{full_name}/contents/{quote(path)}")
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
