"""Reading the facts of a repository whose postmortems are followed up.

What cannot be read completely is an error, never "nothing there".
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core.adoption import listed_names
from app.core.known_versions import known_versions
from app.core.merged_document import is_followed, may_be_postmortem
from app.core.policy_paths import POLICY_PATH
from app.core.remembered import is_unread
from app.core.repository_facts import MergedDocument, RepositoryFacts
from app.core.uids import document_digest
from app.github.accounts import knowing_assignees, read_assignable
from app.github.app import AT_ONCE, Access
from app.github.arrivals import read_arrival, read_landing, read_origins, read_tip
from app.github.errors import NotFound, TooLarge, Unavailable
from app.github.files import read_blob
from app.github.lists import forget_issues, is_gone, list_issues, list_milestones, with_adopted
from app.github.shapes import comment_of
from app.github.single_issues import find_rivals, list_trusted
from rules.policy import Policy

_OLD_FOR = timedelta(hours=1)  # a day of adoption that is still to come makes what is merged until then old, too


async def observe_repository(
    access: Access, policy: Policy, bot: str, awaited: frozenset[str], since: datetime | None = None
) -> RepositoryFacts:
    """The facts of a repository. `bot` is the login of Closeout's own account, `awaited` what was just created.

    `since` is when an organisation's policy began to speak for the repository. Raises GitHubError.
    """
    paths, listed, milestones, assignable, rivals, trusted = await asyncio.gather(
        _tree(access, "HEAD"),
        list_issues(access, bot),
        list_milestones(access),
        read_assignable(access),
        find_rivals(access, policy, bot),
        list_trusted(access, policy),
    )
    facts = RepositoryFacts(
        repository=access.repository,
        policy=policy,
        issues={**trusted, **listed.issues},
        children=listed.children,
        milestones=milestones,
        awaited=awaited,
        rivals=rivals,
    )
    facts = knowing_assignees(await with_adopted(access, facts, _linked(facts)), assignable)
    documents = {path: sha for path, sha in paths.items() if may_be_postmortem(path, policy)}
    known = {ledger.path for ledger in facts.trackings().values()}
    old, left = frozenset[str](), frozenset[str]()
    if documents.keys() - known:
        read = {ledger.blob for ledger in facts.trackings().values()}
        tree = await _old_tree(access, policy, since)
        old = _old_paths(documents, tree, read)
        left = frozenset(path for path in tree.keys() - documents.keys() - known if may_be_postmortem(path, policy))
    return replace(facts, old=old, documents=await _documents(access, facts, documents, old - known, left))


async def with_comments(access: Access, facts: RepositoryFacts, numbers: frozenset[int], bot: str) -> RepositoryFacts:
    """The facts, with the comments of those issues read as well, and without those issues that are gone.

    Raises GitHubError.
    """
    for number in sorted(numbers):
        listed = access.client.pages(f"{access.path}/issues/{number}/comments?per_page=100")
        try:
            comments = tuple([comment_of(item, number, bot) async for item in listed])
        except NotFound:  # deleted, or moved away, since the issues were listed
            if not await is_gone(access, number):
                raise
            forget_issues(access)
            facts = facts.without_issue(number)
        else:
            facts = facts.with_conversation(number, comments)
    return facts


async def _tree(access: Access, commit: str) -> Mapping[str, str]:
    """Paths of files to the SHAs of their contents, at a commit; none in an empty repository."""
    try:
        tree = await access.client.get(f"{access.path}/git/trees/{commit}?recursive=1")
    except NotFound:
        return {}
    if tree.get("truncated"):
        raise Unavailable("The repository has more files than GitHub lists at once, so its postmortems cannot be found")
    return {entry["path"]: entry["sha"] for entry in tree["tree"] if entry["type"] == "blob"}


def _linked(facts: RepositoryFacts) -> frozenset[int]:
    """Numbers of the issues that people opened, and that action items were given."""
    entries = (entry for ledger in facts.trackings().values() for entry in ledger.entries)
    return frozenset(entry.number for entry in entries if entry.linked and entry.number is not None)


def _old_paths(documents: Mapping[str, str], tree: Mapping[str, str], read: AbstractSet[str]) -> frozenset[str]:
    """Paths of what was in the tree at the adoption: what stands there still, and what was only moved since.

    `read` are the versions of documents that are followed up: those are, wherever they go.
    """
    versions = set(tree.values())
    unread = {path: sha for path, sha in documents.items() if sha not in read}
    return frozenset(path for path, sha in unread.items() if path in tree or sha in versions)


async def _old_tree(access: Access, policy: Policy, since: datetime | None) -> Mapping[str, str]:
    """What was in the tree at the adoption: on the policy's day, else when its file was first merged.

    Where an organisation's policy names no day, it is the moment from which on it has spoken for the repository.
    """
    wanted = policy.adopted.isoformat() if policy.adopted else ""
    kept: Mapping[str, str] | None = access.remembered.recall(f"old {wanted}", _OLD_FOR)
    if kept is None:
        commit = await _adoption(access, policy, since)
        kept = await _kept_tree(access, commit) if commit else {}
        access.remembered.keep(f"old {wanted}", kept)
    return kept


async def _kept_tree(access: Access, commit: str) -> Mapping[str, str]:
    """The files at a commit, which never change."""
    kept: Mapping[str, str] | None = access.remembered.recall(f"tree {commit}")
    if kept is None:
        kept = await _tree(access, commit)
        access.remembered.keep(f"tree {commit}", kept, sum(200 + len(path) for path in kept))
    return kept


async def _adoption(access: Access, policy: Policy, since: datetime | None) -> str | None:
    """The last commit before the adoption, else the one with which the policy file came to the default branch."""
    if policy.adopted is None:
        return await read_landing(access, POLICY_PATH)
    return await read_tip(access, since or datetime.combine(policy.adopted, time(), ZoneInfo(policy.timezone)))


async def _documents(
    access: Access, facts: RepositoryFacts, paths: Mapping[str, str], old: frozenset[str], left: frozenset[str]
) -> tuple[MergedDocument, ...]:
    """The documents, with their contents where those have to be read.

    `left` are the places that old documents have left: what came from there is as old, however it was edited.
    """
    known = known_versions(facts, paths)
    followed = {ledger.path for ledger in facts.trackings().values() if not is_unread(ledger)}
    has_lost = not followed <= paths.keys()  # one of which nobody knows whether it was only moved
    left_behind = {each.blob for each in facts.trackings().values() if each.path not in paths}
    listed = listed_names(facts)  # of what is not, it has to be known whether it was there at another path
    turns = asyncio.Semaphore(AT_ONCE)

    async def document(path: str, sha: str) -> MergedDocument | None:
        if path in old:
            return None
        if known.has(path, sha):
            is_moved = path not in followed and sha in left_behind
            since = await read_arrival(access, path, sha, followed=True) if is_moved else None
            return MergedDocument(path, sha, None, since)
        async with turns:
            data = await _read(access, sha)
            if data is None or not is_followed(path, data, facts.policy):
                return None
            is_new = listed and document_digest(path) not in listed
            is_asked = path not in followed and (left or has_lost or is_new)
            origins = await read_origins(access, path) if is_asked else ()
            if not left.isdisjoint(origins):
                return None
            since = await read_arrival(access, path, sha, followed=path in followed)
            return MergedDocument(path, sha, data, since, origins)

    found = await asyncio.gather(*(document(path, sha) for path, sha in sorted(paths.items())))
    return tuple(each for each in found if each is not None)


async def _read(access: Access, sha: str) -> bytes | None:
    """A file's contents; None if it is larger than a document may be, which is asked only once."""
    if access.remembered.recall(f"too large {sha}"):
        return None
    try:
        return await read_blob(access, sha)
    except TooLarge:
        access.remembered.keep(f"too large {sha}", value=True)
        return None
