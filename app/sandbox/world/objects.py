"""A small content-addressed git: blobs, trees and commits under the SHA-1s that git itself would give them."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

ZERO_SHA = "0" * 40
FILE_MODE = "100644"
FOLDER_MODE = "040000"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who did something in git, and when (aware)."""

    name: str
    email: str
    when: datetime

    def encoded(self) -> bytes:
        """Git's one-line form, with the instant in UTC."""
        return f"{self.name} <{self.email}> {int(self.when.timestamp())} +0000".encode()


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit."""

    sha: str
    tree: str
    parents: tuple[str, ...]
    author: Signature
    committer: Signature
    message: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One name inside a tree."""

    name: str
    mode: str
    sha: str

    @property
    def is_folder(self) -> bool:
        """Whether the entry is itself a tree."""
        return self.mode == FOLDER_MODE


def object_sha(kind: str, body: bytes) -> str:
    """Git's id of an object of that kind."""
    return hashlib.sha1(b"%s %d\0%s" % (kind.encode(), len(body), body), usedforsecurity=False).hexdigest()


@dataclass(slots=True)
class ObjectStore:
    """All objects of all repositories; which repository may show which is kept elsewhere."""

    blobs: dict[str, bytes] = field(default_factory=dict)
    trees: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    commits: dict[str, Commit] = field(default_factory=dict)

    def add_blob(self, data: bytes) -> str:
        """Keep the bytes; their id."""
        sha = object_sha("blob", data)
        self.blobs[sha] = data
        return sha

    def add_tree(self, files: Mapping[str, str]) -> str:
        """Keep the tree, with its sub-trees, of files given as path -> blob SHA; its id."""
        folders: dict[str, dict[str, str]] = {}
        entries = []
        for path, blob in files.items():
            head, slash, rest = path.partition("/")
            if slash:
                folders.setdefault(head, {})[rest] = blob
            else:
                entries.append(Entry(head, FILE_MODE, blob))
        entries += [Entry(name, FOLDER_MODE, self.add_tree(inside)) for name, inside in folders.items()]
        # Git sorts a folder as if its name ended in a slash.
        entries.sort(key=lambda entry: (entry.name + "/" if entry.is_folder else entry.name).encode())
        body = b"".join(
            b"%s %s\0%s" % (entry.mode.lstrip("0").encode(), entry.name.encode(), bytes.fromhex(entry.sha))
            for entry in entries
        )
        sha = object_sha("tree", body)
        self.trees[sha] = tuple(entries)
        return sha

    def add_commit(
        self, tree: str, parents: tuple[str, ...], author: Signature, committer: Signature, message: str
    ) -> Commit:
        """Keep the commit, and return it."""
        lines = [b"tree " + tree.encode(), *(b"parent " + parent.encode() for parent in parents)]
        lines += [b"author " + author.encoded(), b"committer " + committer.encoded()]
        sha = object_sha("commit", b"\n".join(lines) + b"\n\n" + message.encode())
        whole = [
            Signature(who.name, who.email, who.when.astimezone(UTC).replace(microsecond=0))
            for who in (author, committer)
        ]
        commit = Commit(sha, tree, parents, whole[0], whole[1], message)
        self.commits[sha] = commit
        return commit

    def walk(self, tree: str, prefix: str = "") -> Iterator[tuple[str, Entry]]:
        """Every (path, entry) under a tree, folders before what they hold, in git's order."""
        for entry in self.trees[tree]:
            path = f"{prefix}{entry.name}"
            yield path, entry
            if entry.is_folder:
                yield from self.walk(entry.sha, f"{path}/")

    def files(self, tree: str) -> dict[str, str]:
        """Path -> blob SHA of every file under a tree."""
        return {path: entry.sha for path, entry in self.walk(tree) if not entry.is_folder}

    def entry_at(self, tree: str, path: str) -> Entry | None:
        """What stands at a path (`""` is the tree itself), or None."""
        entry = Entry("", FOLDER_MODE, tree)
        for name in filter(None, path.split("/")):
            if not entry.is_folder:
                return None
            found = next((inside for inside in self.trees[entry.sha] if inside.name == name), None)
            if found is None:
                return None
            entry = found
        return entry
