"""Reading the facts of a pull request.

What cannot be read completely is an error or a stated gap, never "nothing there".
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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
from app.core.merge_queue import QUEUE_BRANCHES, UNKNOWN_PULL, queued_pull
from app.core.merged_document import may_be_postmortem
from app.core.repository_facts import User
from app.github.accounts import read_assignable
from app.github.app import AT_ONCE, Access
from app.github.errors import NotFound, Refused, TooLarge, Unavailable
from app.github.files import read_blob, read_file_at
from app.github.policies import observe_proposed_policy
from app.github.shapes import user_of
from rules.policy import Policy, PolicyError

_MOST_COMMITS = 250  # GitHub's limit for a pull request's commits; a comparison has all of them
_MOST_DOCUMENTS = 300
_MOST_COMPARED = 300  # files in a comparison; there may be more
_MOST_BYTES = 64 * 1024 * 1024  # of documents in one pull request, both versions together
_TOO_MUCH = "The pull request changes more than 64 MiB of documents; split it."


@dataclass(frozen=True, slots=True)
class ListedPull:
    """An open pull request, as a list shows it: perhaps a moment out of date."""

    number: int
    head_sha: str


@dataclass(frozen=True, slots=True)
class MergeGroup:
    """A merge group: its head, and the pull request that its branch is named for, or UNKNOWN_PULL."""

    sha: str
    pull: int


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request as it is now.

    Attributes:
        base_sha: the tip of the base branch as of the last push.
        commits, changed_files: how many there are; the lists end earlier in a large one.
        author: whoever opened it; None if their account is gone.
        changed_at: when anything last happened to it.
    """

    number: int
    open: bool
    draft: bool
    head_sha: str
    base_sha: str
    commits: int
    changed_files: int
    author: User | None
    changed_at: datetime


async def observe_open_pulls(access: Access) -> tuple[ListedPull, ...]:
    """The open pull requests, lowest number first. Raises GitHubError."""
    pulls = access.client.pages(f"{access.path}/pulls?state=open&per_page=100")
    return tuple(
        sorted([ListedPull(item["number"], item["head"]["sha"]) async for item in pulls], key=lambda each: each.number)
    )


async def read_pull(access: Access, number: int) -> Pull | None:
    """A pull request as it is now, or None if there is none. Raises GitHubError."""
    try:
        item = await access.client.get(f"{access.path}/pulls/{number}")
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
        author=user_of(item["user"]) if item.get("user") else None,
        changed_at=datetime.fromisoformat(item["updated_at"]),
    )


async def read_sharing_pulls(access: Access, pull: Pull) -> tuple[Pull, ...]:
    """The open pull requests whose head is this one's, itself included if it is open; lowest number first.

    Each is read anew, since a list may lag behind. Raises GitHubError.
    """
    listed = [each.number for each in await observe_open_pulls(access) if each.head_sha == pull.head_sha]
    others = [await read_pull(access, number) for number in listed if number != pull.number]
    sharing = [pull, *(each for each in others if each and each.head_sha == pull.head_sha)]
    return tuple(sorted((each for each in sharing if each.open), key=lambda each: each.number))


async def read_queued_pulls(access: Access, sha: str, number: int) -> tuple[Pull, ...]:
    """The pull requests of the merge group with head `sha`, open or not.

    `number` is what the name of its branch says, or UNKNOWN_PULL. Raises GitHubError.
    """
    numbers = [number]
    if number == UNKNOWN_PULL:
        numbers = [item["number"] async for item in access.client.pages(f"{access.path}/commits/{sha}/pulls")]
    pulls = [await read_pull(access, each) for each in numbers]
    return tuple(each for each in pulls if each)


async def observe_merge_groups(access: Access) -> tuple[MergeGroup, ...]:
    """The merge groups that wait in the queue. Raises GitHubError."""
    refs = access.client.pages(f"{access.path}/git/matching-refs/heads/{QUEUE_BRANCHES}")
    try:
        return tuple([MergeGroup(item["object"]["sha"], queued_pull(item["ref"])) async for item in refs])
    except NotFound:
        return ()


async def observe_pull(access: Access, pull: Pull, policy_file: PolicyFile) -> PullFacts:
    """The facts of a pull request. Raises GitHubError."""
    files, commits, reviews = await asyncio.gather(
        _files(access, pull), _commits(access, pull), _reviews(access, pull.number)
    )
    proposed = await observe_proposed_policy(access, files)
    chosen = [file for file in files if _may_be_postmortem(file, _usable(policy_file, proposed))]
    documents = await _documents(access, pull, chosen[:_MOST_DOCUMENTS])
    return PullFacts(
        repository=access.repository,
        number=pull.number,
        head_sha=pull.head_sha,
        draft=pull.draft,
        policy_file=policy_file,
        proposed_policy=proposed,
        documents=documents,
        commits=commits,
        reviews=reviews,
        gaps=tuple(_gaps(pull, files, chosen)),
        assignable=await _assignable(access) if documents else None,
    )


async def _assignable(access: Access) -> frozenset[str] | None:
    assignable = await read_assignable(access)
    return None if assignable is None else frozenset(assignable)


async def observe_checks(access: Access, sha: str, app_id: str) -> tuple[PublishedCheck, ...]:
    """The newest of our check runs of each name on a commit. Raises GitHubError."""
    of_app = f"&app_id={app_id}" if app_id.isdigit() else ""
    url = f"{access.path}/commits/{sha}/check-runs?filter=latest&per_page=100{of_app}"
    newest: dict[str, Mapping[str, Any]] = {}
    async for run in access.client.pages(url, key="check_runs"):
        if run["name"] in CHECK_NAMES and run["status"] == "completed" and _is_ours(run, app_id):
            newest[run["name"]] = max(newest.get(run["name"], run), run, key=lambda each: each["id"])
    return tuple(_published(run) for run in newest.values())


def _published(run: Mapping[str, Any]) -> PublishedCheck:
    output = run.get("output") or {}
    return PublishedCheck(run["name"], run.get("external_id") or "", output.get("summary") or "")


def _is_ours(run: Mapping[str, Any], app_id: str) -> bool:
    app = run.get("app") or {}
    return app_id in {str(app.get("id")), str(app.get("client_id"))} or not app


async def _files(access: Access, pull: Pull) -> list[Mapping[str, Any]]:
    """The changed files. A list without any may be one that GitHub has not made yet: then the commits tell."""
    url = f"{access.path}/pulls/{pull.number}/files?per_page=100"
    return [file async for file in access.client.pages(url)] or await _compared_files(access, pull)


async def _compared_files(access: Access, pull: Pull) -> list[Mapping[str, Any]]:
    try:
        comparison = await access.client.get(_comparison(access, pull))
    except NotFound:  # they have no history in common
        return []
    files = list(comparison.get("files") or ())
    if len(files) >= _MOST_COMPARED:
        raise Unavailable("GitHub does not list the files of the pull request yet")
    return files


async def _commits(access: Access, pull: Pull) -> tuple[Commit, ...]:
    url, key = f"{access.path}/pulls/{pull.number}/commits?per_page=100", "items"
    if pull.commits > _MOST_COMMITS:
        url, key = f"{_comparison(access, pull)}?per_page=100", "commits"
    return tuple([_commit(item) async for item in access.client.pages(url, key=key)])


def _comparison(access: Access, pull: Pull) -> str:
    return f"{access.path}/compare/{pull.base_sha}...{pull.head_sha}"


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
    reviews = access.client.pages(f"{access.path}/pulls/{number}/reviews?per_page=100")
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


def _usable(policy_file: PolicyFile, proposed: PolicyFile | None) -> Policy:
    """The policy that says which files are documents; the defaults while there is none that can be used."""
    candidates = [policy_file, *([proposed] if proposed else [])]
    return next((each.policy for each in candidates if not isinstance(each.policy, PolicyError)), Policy())


def _may_be_postmortem(file: Mapping[str, Any], policy: Policy) -> bool:
    return file["status"] != "removed" and may_be_postmortem(file["filename"], policy)


async def _documents(access: Access, pull: Pull, files: list[Mapping[str, Any]]) -> tuple[ChangedDocument, ...]:
    if not files:
        return ()
    fork_point = await _fork_point(access, pull) if any(map(_previous_path, files)) else ""
    turns = asyncio.Semaphore(AT_ONCE)
    room = _MOST_BYTES

    async def read(file: Mapping[str, Any]) -> ChangedDocument:
        nonlocal room
        async with turns:
            if room < 0:
                return ChangedDocument(file["filename"], None, unreadable=_TOO_MUCH)
            document = await _document(access, file, fork_point)
            room -= len(document.data or b"") + len(document.base or b"")
            return document

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
        data = await read_blob(access, file["sha"])
        base = await read_file_at(access, previous, fork_point) if previous else None
    except TooLarge:
        return ChangedDocument(path, None, unreadable="It is larger than 1 MiB; a postmortem is text for people.")
    except Refused as error:
        return ChangedDocument(path, None, unreadable=f"Its contents could not be read: {error}.")
    return ChangedDocument(path, data, base, previous)


def _previous_path(file: Mapping[str, Any]) -> str | None:
    """Where the file was on the base branch, or None if it is new."""
    if file["status"] in {"added", "copied"}:
        return None
    return str(file.get("previous_filename") or file["filename"])


def _gaps(pull: Pull, files: list[Any], chosen: list[Any]) -> Iterable[str]:
    if pull.changed_files > len(files):
        yield f"GitHub lists only {len(files):,} of the {pull.changed_files:,} changed files; split the pull request."
    if len(chosen) > _MOST_DOCUMENTS:
        yield f"It changes {len(chosen):,} documents, and {_MOST_DOCUMENTS} are read; split the pull request."
