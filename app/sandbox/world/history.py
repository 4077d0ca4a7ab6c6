"""Questions about git history: what came before, what two commits share, what differs between two trees."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.sandbox.world.objects import Commit, ObjectStore

# Git's own default: a removed and an added file that are half alike are one renamed file.
RENAME_LIKENESS = 0.5


@dataclass(frozen=True, slots=True)
class Change:
    """One file that differs. `sha` is the blob after the change (before it, for a removed file)."""

    path: str
    status: Literal["added", "removed", "modified", "renamed"]
    sha: str
    additions: int
    deletions: int
    patch: str | None
    previous_path: str | None = None


def ancestors(store: ObjectStore, sha: str) -> list[Commit]:
    """The commit and all before it, newest first; a parent never precedes its child."""
    found: dict[str, Commit] = {}
    waiting = [sha]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found[current] = store.commits[current]
            waiting += store.commits[current].parents
    return _newest_first(found)


def _newest_first(commits: Mapping[str, Commit]) -> list[Commit]:
    children = dict.fromkeys(commits, 0)
    for commit in commits.values():
        for parent in commit.parents:
            if parent in children:
                children[parent] += 1
    ready = [sha for sha, count in children.items() if count == 0]
    ordered = []
    while ready:
        ready.sort(key=lambda sha: (commits[sha].committer.when, sha))
        commit = commits[ready.pop()]
        ordered.append(commit)
        for parent in commit.parents:
            if parent in children:
                children[parent] -= 1
                if children[parent] == 0:
                    ready.append(parent)
    return ordered


def merge_base(store: ObjectStore, one: str, other: str) -> str | None:
    """The best common ancestor, or None for unrelated histories."""
    behind = {commit.sha for commit in ancestors(store, one)}
    return next((commit.sha for commit in ancestors(store, other) if commit.sha in behind), None)


def commits_between(store: ObjectStore, base: str, head: str) -> list[Commit]:
    """What `head` has and `base` has not, oldest first."""
    behind = {commit.sha for commit in ancestors(store, base)}
    return [commit for commit in reversed(ancestors(store, head)) if commit.sha not in behind]


def changes(store: ObjectStore, before: str | None, after: str) -> list[Change]:
    """The files that differ between two trees (None: the empty tree), by path."""
    old = store.files(before) if before else {}
    new = store.files(after)
    removed = {path: sha for path, sha in old.items() if path not in new}
    added = {path: sha for path, sha in new.items() if path not in old}
    renames = _renames(store, removed, added)
    found = [
        _change(store, path, "modified", old[path], new[path]) for path in new if path in old and old[path] != new[path]
    ]
    found += [_change(store, to, "renamed", old[source], new[to], source) for source, to in renames.items()]
    renamed_to = set(renames.values())
    found += [_change(store, path, "added", None, sha) for path, sha in added.items() if path not in renamed_to]
    found += [_change(store, path, "removed", sha, None) for path, sha in removed.items() if path not in renames]
    return sorted(found, key=lambda change: change.path)


def _renames(store: ObjectStore, removed: Mapping[str, str], added: Mapping[str, str]) -> dict[str, str]:
    """Old path -> new path, the most alike first."""
    pairs = sorted(
        ((_likeness(store, gone, come), source, to) for source, gone in removed.items() for to, come in added.items()),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    renames: dict[str, str] = {}
    for likeness, source, to in pairs:
        if likeness >= RENAME_LIKENESS and source not in renames and to not in renames.values():
            renames[source] = to
    return renames


def _likeness(store: ObjectStore, one: str, other: str) -> float:
    if one == other:
        return 1.0
    lines = _lines(store.blobs[one]), _lines(store.blobs[other])
    if None in lines:
        return 0.0
    return difflib.SequenceMatcher(None, lines[0] or [], lines[1] or [], autojunk=False).ratio()


def _lines(data: bytes) -> list[str] | None:
    """The lines with their ends, or None for what is not text."""
    if b"\0" in data:
        return None
    return data.decode(errors="replace").splitlines(keepends=True)


def _change(
    store: ObjectStore,
    path: str,
    status: Literal["added", "removed", "modified", "renamed"],
    before: str | None,
    after: str | None,
    previous_path: str | None = None,
) -> Change:
    old = _lines(store.blobs[before]) if before else []
    new = _lines(store.blobs[after]) if after else []
    sha = after or before or ""
    if old is None or new is None:
        return Change(path, status, sha, 0, 0, None, previous_path)
    patch = _patch(old, new)
    marks = [line[0] for line in patch.split("\n") if line]
    return Change(path, status, sha, marks.count("+"), marks.count("-"), patch or None, previous_path)


def _patch(old: list[str], new: list[str]) -> str:
    """The hunks of a unified diff, without file headers, as GitHub shows them."""
    lines = list(difflib.unified_diff(old, new, n=3))[2:]
    return "\n".join(_patch_line(line) for line in lines)


def _patch_line(line: str) -> str:
    if line.startswith("@@"):
        return line.rstrip("\n")
    return line.removesuffix("\n") if line.endswith("\n") else f"{line}\n\\ No newline at end of file"


def merged_files(store: ObjectStore, base: str | None, ours: str, theirs: str) -> dict[str, str] | None:
    """The three-way merge of trees as path -> blob, or None on a conflict. Files are merged whole, never by line."""
    origin = store.files(base) if base else {}
    left, right = store.files(ours), store.files(theirs)
    merged = {}
    for path in {*origin, *left, *right}:
        was, mine, yours = origin.get(path), left.get(path), right.get(path)
        if mine != was and yours not in (was, mine):
            return None
        result = yours if mine == was else mine
        if result is not None:
            merged[path] = result
    return merged
