"""Reading the facts of a pull request.

What cannot be read completely is an error or a stated gap, never "nothing there".
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from app.core.effects import CHECK_NAMES
from app.core.facts import (
    Account,
    ChangedDocument,
    Commit,
    PolicyFile,
    PublishedCheck,
    PullFacts,
    Review,
    ReviewState,
)
from app.core.policy_paths import ORGANISATION_POLICY_PATH, ORGANISATION_REPOSITORY, POLICY_PATH
from app.github.app import Access, GitHub
from app.github.client import Client
from app.github.errors import NotFound, Refused
from rules.organisation_policy import speaks_for
from rules.policy import Policy, PolicyError
from rules.policy_file import matches_document, parse_policy

_MARKDOWN = (".md", ".markdown")
_MOST_COMMITS = 250  # GitHub's limit for a pull request's commits; a comparison has all of them
_MOST_DOCUMENTS = 300
_LARGEST_KEPT = 1024 * 1024  # bytes; a larger file is no document
_AT_ONCE = 8  # requests of one pass under way at the same time


@dataclass(frozen=True, slots=True)
class ListedPull:
    """An open pull request, as a list shows it: perhaps a moment out of date."""

    number: int
    head_sha: str


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request as it is now.

    Attributes:
        base_sha: the tip of the base branch as of the last push.
        commits, changed_files: how many there are; the lists end earlier in a large one.
    """

    number: int
    open: bool
    draft: bool
    head_sha: str
    base_sha: str
    commits: int
    changed_files: int


async def observe_policy(github: GitHub, access: Access, installation: int) -> PolicyFile | None:
    """The policy in force: the repository's own from its default branch, else the organisation's if it names this one.

    None if there is neither. Raises GitHubError.
    """
    own = await _default_branch_file(access.client, access.repository.full_name, POLICY_PATH)
    if own is not None:
        return PolicyFile(parse_policy(own), POLICY_PATH)
    owner, _, name = access.repository.full_name.partition("/")
    client = await github.enter_organisation(installation)
    if client is None or name == ORGANISATION_REPOSITORY:
        return None
    shared = await _default_branch_file(client, f"{owner}/{ORGANISATION_REPOSITORY}", ORGANISATION_POLICY_PATH)
    if shared is None or not speaks_for(shared, name):
        return None
    return PolicyFile(parse_policy(shared), ORGANISATION_POLICY_PATH, own=False)


async def observe_open_pulls(access: Access) -> tuple[ListedPull, ...]:
    """The open pull requests, lowest number first. Raises GitHubError."""
    pulls = access.client.pages(f"{_repository(access)}/pulls?state=open&per_page=100")
    return tuple(
        sorted([ListedPull(item["number"], item["head"]["sha"]) async for item in pulls], key=lambda each: each.number)
    )


async def read_pull(access: Access, number: int) -> Pull | None:
    """A pull request as it is now, or None if there is none. Raises GitHubError."""
    try:
        item = await access.client.get(f"{_repository(access)}/pulls/{number}")
    except NotFound:
        return None
    return Pull(
        number=number,
        open=item["state"] == "open",
        draft=bool(item.get("draft")),
        head_sha=item["head"]["sha"],
        base_sha=item["base"]["sha"],
        commits=item.get("commits", 0),
        changed_files=item.get("changed_files", 0),
    )


async def read_sharing_pulls(access: Access, pull: Pull) -> tuple[Pull, ...]:
    """The open pull requests whose head is this one's, itself included if it is open; lowest number first.

    Each is read anew, since a list may lag behind. Raises GitHubError.
    """
    listed = [each.number for each in await observe_open_pulls(access) if each.head_sha == pull.head_sha]
    others = [await read_pull(access, number) for number in listed if number != pull.number]
    sharing = [pull, *(each for each in others if each and each.head_sha == pull.head_sha)]
    return tuple(sorted((each for each in sharing if each.open), key=lambda each: each.number))


async def observe_pull(access: Access, pull: Pull, policy_file: PolicyFile) -> PullFacts:
    """The facts of a pull request. Raises GitHubError."""
    files, commits, reviews = await asyncio.gather(
        _files(access, pull.number), _commits(access, pull), _reviews(access, pull.number)
    )
    proposed = await _proposed_policy(access, files)
    chosen = [file for file in files if _may_be_postmortem(file, _usable(policy_file, proposed))]
    return PullFacts(
        repository=access.repository,
        number=pull.number,
        head_sha=pull.head_sha,
        draft=pull.draft,
        policy_file=policy_file,
        proposed_policy=proposed,
        documents=await _documents(access, pull, chosen[:_MOST_DOCUMENTS]),
        commits=commits,
        reviews=reviews,
        gaps=tuple(_gaps(pull, files, chosen)),
    )


async def observe_checks(access: Access, sha: str, app_id: str) -> tuple[PublishedCheck, ...]:
    """The newest of our check runs of each name on a commit. Raises GitHubError."""
    of_app = f"&app_id={app_id}" if app_id.isdigit() else ""
    url = f"{_repository(access)}/commits/{sha}/check-runs?filter=latest&per_page=100{of_app}"
    newest: dict[str, tuple[int, str]] = {}
    async for run in access.client.pages(url, key="check_runs"):
        if run["name"] in CHECK_NAMES and run["status"] == "completed" and _is_ours(run, app_id):
            newest[run["name"]] = max(newest.get(run["name"], (0, "")), (run["id"], run.get("external_id") or ""))
    return tuple(PublishedCheck(name, external_id) for name, (_, external_id) in newest.items())


def _is_ours(run: Mapping[str, Any], app_id: str) -> bool:
    app = run.get("app") or {}
    return app_id in {str(app.get("id")), str(app.get("client_id"))} or not app


def _repository(access: Access) -> str:
    return f"/repos/{access.repository.full_name}"


async def _default_branch_file(client: Client, full_name: str, path: str) -> str | None:
    """A text file on the default branch, or None. Undecodable bytes become U+FFFD, which the policy then reports."""
    try:
        answer = await client.get(f"/repos/{full_name}/contents/{quote(path)}")
    except NotFound:
        return None
    if not isinstance(answer, dict) or answer.get("type") != "file":
        return None
    return base64.b64decode(answer.get("content") or "").decode(errors="replace")


async def _files(access: Access, number: int) -> list[Mapping[str, Any]]:
    return [file async for file in access.client.pages(f"{_repository(access)}/pulls/{number}/files?per_page=100")]


async def _commits(access: Access, pull: Pull) -> tuple[Commit, ...]:
    url, key = f"{_repository(access)}/pulls/{pull.number}/commits?per_page=100", "items"
    if pull.commits > _MOST_COMMITS:
        url, key = f"{_comparison(access, pull)}?per_page=100", "commits"
    return tuple([_commit(item) async for item in access.client.pages(url, key=key)])


def _comparison(access: Access, pull: Pull) -> str:
    return f"{_repository(access)}/compare/{pull.base_sha}...{pull.head_sha}"


def _commit(item: Mapping[str, Any]) -> Commit:
    written = item["commit"].get("author") or {}
    return Commit(
        sha=item["sha"],
        account=_account(item.get("author")),
        name=written.get("name") or "",
        email=written.get("email") or "",
        message=item["commit"].get("message") or "",
    )


async def _reviews(access: Access, number: int) -> tuple[Review, ...]:
    reviews = access.client.pages(f"{_repository(access)}/pulls/{number}/reviews?per_page=100")
    return tuple(
        [
            Review(account, ReviewState(item["state"]))
            async for item in reviews
            if (account := _account(item.get("user"))) and item["state"] in ReviewState.__members__
        ]
    )


def _account(item: Mapping[str, Any] | None) -> Account | None:
    if not item or not item.get("login"):
        return None
    return Account(item["login"], bot=item.get("type") == "Bot")


async def _proposed_policy(access: Access, files: Iterable[Mapping[str, Any]]) -> PolicyFile | None:
    """What the pull request makes of the repository's own policy file; without the file the defaults would hold."""
    for file in files:
        if file["filename"] == POLICY_PATH and file["status"] != "removed":
            content = await _blob(access, file["sha"])
            return PolicyFile(parse_policy(content.decode(errors="replace")), POLICY_PATH)
        if POLICY_PATH in {file["filename"], file.get("previous_filename")}:
            return PolicyFile(Policy(), POLICY_PATH)
    return None


def _usable(policy_file: PolicyFile, proposed: PolicyFile | None) -> Policy:
    """The policy that says which files are documents; the defaults while there is none that can be used."""
    candidates = [policy_file, *([proposed] if proposed else [])]
    return next((each.policy for each in candidates if not isinstance(each.policy, PolicyError)), Policy())


def _may_be_postmortem(file: Mapping[str, Any], policy: Policy) -> bool:
    if file["status"] == "removed":
        return False
    chosen = matches_document(policy, file["filename"])
    return file["filename"].lower().endswith(_MARKDOWN) if chosen is None else chosen


async def _documents(access: Access, pull: Pull, files: list[Mapping[str, Any]]) -> tuple[ChangedDocument, ...]:
    if not files:
        return ()
    fork_point = await _fork_point(access, pull) if any(map(_previous_path, files)) else ""
    turns = asyncio.Semaphore(_AT_ONCE)

    async def read(file: Mapping[str, Any]) -> ChangedDocument:
        async with turns:
            return await _document(access, file, fork_point)

    return tuple(sorted(await asyncio.gather(*map(read, files)), key=lambda each: each.path))


async def _fork_point(access: Access, pull: Pull) -> str:
    """The commit where the branch left the base branch; the base itself where they have no history in common."""
    try:
        comparison = await access.client.get(f"{_comparison(access, pull)}?per_page=1")
    except NotFound:
        return pull.base_sha
    return str(comparison["merge_base_commit"]["sha"])


async def _document(access: Access, file: Mapping[str, Any], fork_point: str) -> ChangedDocument:
    path, previous = file["filename"], _previous_path(file)
    try:
        data = await _blob(access, file["sha"])
        base = await _file_at(access, previous, fork_point) if previous else None
    except Refused as error:
        return ChangedDocument(path, None, unreadable=f"Its contents could not be read: {error}.")
    return ChangedDocument(path, data, base, previous)


def _previous_path(file: Mapping[str, Any]) -> str | None:
    """Where the file was on the base branch, or None if it is new."""
    if file["status"] in {"added", "copied"}:
        return None
    return str(file.get("previous_filename") or file["filename"])


async def _blob(access: Access, sha: str) -> bytes:
    """A blob's bytes; what a SHA names never changes, so it is read once."""
    key = (access.repository.id, sha)
    if key in access.files:
        return access.files[key]
    answer = await access.client.get(f"{_repository(access)}/git/blobs/{sha}")
    return _keep(access, key, base64.b64decode(answer["content"]))


async def _file_at(access: Access, path: str, commit: str) -> bytes | None:
    """A file's bytes at a commit, or None if it is not there."""
    key = (access.repository.id, f"{commit}:{path}")
    if key in access.files:
        return access.files[key]
    try:
        answer = await access.client.get(f"{_repository(access)}/contents/{quote(path)}?ref={commit}")
    except NotFound:
        return None
    if answer.get("encoding") != "base64":  # over 1 MB the contents come only as a blob
        return await _blob(access, answer["sha"])
    return _keep(access, key, base64.b64decode(answer["content"]))


def _keep(access: Access, key: tuple[int, str], content: bytes) -> bytes:
    if len(content) <= _LARGEST_KEPT:
        access.files[key] = content
    return content


def _gaps(pull: Pull, files: list[Any], chosen: list[Any]) -> Iterable[str]:
    if pull.changed_files > len(files):
        yield f"GitHub lists only {len(files):,} of the {pull.changed_files:,} changed files; split the pull request."
    if len(chosen) > _MOST_DOCUMENTS:
        yield f"It changes {len(chosen):,} documents, and {_MOST_DOCUMENTS} are read; split the pull request."
