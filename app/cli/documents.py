"""Which documents a PATH means, and reading them. A file that cannot be read is reported and stops nothing.

Paths are text with `/` here, not `pathlib`'s: for a thousand documents that makes the difference between 20 ms and 100.
"""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.cli.folders import Folder, list_folder
from app.cli.policies import Ground
from app.cli.progress import with_progress
from app.cli.report import STANDARD_INPUT
from app.cli.terminal import complain

if TYPE_CHECKING:
    from app.cli.cache.observations import Observations

_NEVER_ENTERED = frozenset({".git", ".hg", ".svn", ".venv", "venv", ".tox", ".nox", "node_modules", "__pycache__"})
MARKDOWN = (".md", ".markdown")
"""As in `rules.recognition`, which a run that is answered from memory does without."""
_OF_A_SHELL = ("/dev/", "/proc/")
_READ_AT_MOST = 1024 * 1024 + 1  # one byte more than a document may have, so that its reader can say it is too long


class _Candidate(NamedTuple):
    """A file that may be a document.

    Attributes:
        path: as it will be shown: as named, or below the folder that was named, with `/`; `-` is standard input.
        named: whether it was named itself, instead of found below a folder.
    """

    path: str
    named: bool


class Document(NamedTuple):
    """A document's bytes.

    Attributes:
        path: as shown, see `DocumentReport`.
        repository_path: from the root of its repository where it is in one, else as `path`; with `/`.
        data: its bytes, at most one more than a document may have.
        certain: whether it is one whatever it looks like; else it must read as a postmortem, see `is_document`.
        digest: of its bytes; None where nothing will be remembered of it, as of standard input.
    """

    path: str
    repository_path: str
    data: bytes
    certain: bool = True
    digest: bytes | None = None


class Unreadable(NamedTuple):
    """A path that gave nothing to read, and why."""

    path: str
    reason: str


def gather(paths: Sequence[str], ground: Ground, documents_only: bool = False) -> Iterator[Document | Unreadable]:
    """The documents that the paths mean, each once, in the paths' order, folders in alphabetical order.

    A file that was named is taken for a document whatever the policy's globs say, unless `documents_only`.
    """
    search = _Search(ground, None, documents_only)
    found = tuple(search.each_once(paths))
    for each in with_progress(map(search.read, found), len(found)):
        if isinstance(each, Unreadable) or (each is not None and is_document(each)):
            yield each


def read_candidates(
    paths: Sequence[str], ground: Ground, seen: Observations | None, documents_only: bool = False
) -> list[Document | Unreadable]:
    """As `gather`, with files that may turn out to be no documents; tells `seen`, if anybody, what was looked at."""
    search = _Search(ground, seen, documents_only)
    return [each for each in map(search.read, search.each_once(paths)) if each is not None]


def is_document(document: Document) -> bool:
    """Whether it is certain to be one, or reads as one."""
    if document.certain:
        return True
    from rules.recognition import is_postmortem

    return is_postmortem(document.data.decode("utf-8", "replace"), document.repository_path)


def complain_about(unreadable: Sequence[Unreadable]) -> None:
    """Say on standard error what could not be read, and why."""
    for each in unreadable:
        complain(f"{each.path}: {each.reason}")


def without_documents(paths: Sequence[str], ground: Ground, documents_only: bool = False) -> str:
    """What to say when the paths hold no document at all; with the policy's globs, if it has any."""
    otherwise = (
        "without --documents-only, a file that is named is read" if documents_only else "name a file to have it read"
    )
    globs = _globs_without_documents(paths, ground) if ground.policy.documents else ""
    return f"no postmortems found in {', '.join(paths)}{globs} ({otherwise} whatever it looks like)"


def _globs_without_documents(paths: Sequence[str], ground: Ground) -> str:
    """That the policy's globs choose nothing, and among how many Markdown files."""
    from app.cli.counts import counted  # not at the top: only who finds nothing needs it

    anything = _Search(ground._replace(policy=replace(ground.policy, documents=())), None, documents_only=False)
    markdown = sum(os.path.splitext(each.path)[1].lower() in MARKDOWN for each in anything.each_once(paths))
    among = counted(markdown, "Markdown file") if markdown else "no Markdown files"
    return f": the policy's `documents` are {', '.join(ground.policy.documents)}; looked at {among}"


class _Search:
    """One run's way through the file system; it resolves each folder once."""

    def __init__(self, ground: Ground, seen: Observations | None, documents_only: bool) -> None:
        self._ground = ground
        self._seen = seen
        self._documents_only = documents_only
        self._real_folders: dict[str, str] = {}

    def each_once(self, paths: Iterable[str]) -> Iterator[_Candidate | Unreadable]:
        """What may be read, in order."""
        known: set[str] = set()
        for path in paths:
            for found in self._candidates(path):
                identity = self._identity(found)
                if identity not in known:
                    known.add(identity)
                    yield found

    def read(self, found: _Candidate | Unreadable) -> Document | Unreadable | None:
        """The document; None for a file that is none by the policy's globs."""
        if isinstance(found, Unreadable):
            return found
        path = found.path
        if path == STANDARD_INPUT:
            return Document(path, path, sys.stdin.buffer.read(_READ_AT_MOST))
        try:
            if found.named and (reason := _no_file(path)):
                return Unreadable(path, reason)
            data, digest = self._read(path)
        except OSError as problem:
            return Unreadable(path, problem.strerror or str(problem))
        repository_path = self._repository_path(path)
        trusted = found.named and not self._documents_only
        if self._ground.policy.documents and not trusted:
            return Document(path, repository_path, data, True, digest) if self._matches(repository_path) else None
        return Document(path, repository_path, data, trusted, digest)

    def _identity(self, found: _Candidate | Unreadable) -> str:
        if found.path == STANDARD_INPUT:
            return STANDARD_INPUT
        if isinstance(found, Unreadable) or found.named:
            return os.path.realpath(found.path)
        folder, name = os.path.split(found.path)  # what is found below a folder is no link itself
        return os.path.join(self._real(folder), name)

    def _candidates(self, path: str) -> Iterator[_Candidate | Unreadable]:
        if path == STANDARD_INPUT:
            yield _Candidate(path, named=True)
            return
        path = Path(path).as_posix()
        if os.path.isdir(path):
            yield from self._below(path)
        else:
            yield _Candidate(path, named=True)  # one that does not exist is found out when it is read

    def _below(self, folder: str) -> Iterator[_Candidate | Unreadable]:
        listed = self._list(folder)
        if isinstance(listed, Unreadable):
            yield listed
            return
        before = "" if folder == "." else folder.rstrip("/") + "/"
        for name in listed.files:
            if self._may_be_document(before + name):
                yield _Candidate(before + name, named=False)
        for name in listed.folders:
            if name not in _NEVER_ENTERED:
                yield from self._below(before + name)

    def _list(self, folder: str) -> Folder | Unreadable:
        try:
            state = os.stat(folder)
            listed = list_folder(folder)
        except OSError as problem:
            return Unreadable(folder, problem.strerror or str(problem))
        if self._seen is not None:
            self._seen.saw_folder(folder, state, listed)
        return listed

    def _read(self, path: str) -> tuple[bytes, bytes | None]:
        """What is in a file, and the digest of it, where somebody wants to know."""
        with open(path, "rb", buffering=0) as file:
            state = os.fstat(file.fileno())
            data = _all_of(file)
        return data, self._seen.saw_file(path, state, data) if self._seen is not None else None

    def _may_be_document(self, path: str) -> bool:
        if not self._ground.policy.documents:
            return os.path.splitext(path)[1].lower() in MARKDOWN
        return self._matches(self._repository_path(path))

    def _matches(self, repository_path: str) -> bool:
        from rules.policy_file import matches_document  # not at the top: pydantic, which only globs need

        return bool(matches_document(self._ground.policy, repository_path))

    def _repository_path(self, path: str) -> str:
        """A document that is a link itself keeps its own name."""
        folder, name = os.path.split(path)
        real = self._real(folder)
        root = os.path.join(self._ground.root, "")
        if os.path.join(real, "").startswith(root):
            return Path(real[len(root) :], name).as_posix()
        return path

    def _real(self, folder: str) -> str:
        real = self._real_folders.get(folder)
        if real is None:
            real = self._real_folders[folder] = os.path.realpath(folder)
        return real


def _no_file(path: str) -> str:
    """Why a path has nothing to read, though it is there; reading from it might never end. Else, nothing.

    What a shell puts in the place of `<(command)` is a pipe, too, but one that somebody writes to.
    """
    mode = os.stat(path).st_mode
    if stat.S_ISFIFO(mode) and not path.startswith(_OF_A_SHELL):
        return "it is a named pipe, not a file; for what a command writes, name -"
    if stat.S_ISSOCK(mode) or stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        return "it is a device or a socket, not a file; for standard input, name -"
    return ""


def _all_of(file: io.FileIO) -> bytes:
    data = file.read(_READ_AT_MOST)
    while data and len(data) < _READ_AT_MOST and (more := file.read(_READ_AT_MOST - len(data))):
        data += more  # a pipe gives what it has
    return data
