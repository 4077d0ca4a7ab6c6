"""Which documents a PATH means, and reading them. A file that cannot be read is reported and stops nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.cli.policies import Ground
from app.cli.progress import with_progress
from app.cli.report import STANDARD_INPUT
from app.cli.terminal import complain

_NEVER_ENTERED = frozenset({".git", ".hg", ".svn", ".venv", "venv", ".tox", ".nox", "node_modules", "__pycache__"})
_MARKDOWN = (".md", ".markdown")
_READ_AT_MOST = 1024 * 1024 + 1  # one byte more than a document may have, so that its reader can say it is too long


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A file that may be a document.

    Attributes:
        path: as it will be shown: as named, or below the folder that was named, with `/`; `-` is standard input.
        named: whether it was named itself, instead of found below a folder.
    """

    path: str
    named: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A document's bytes.

    Attributes:
        path: as shown, see `DocumentReport`.
        repository_path: from the root of its repository where it is in one, else as `path`; with `/`.
        data: its bytes, at most one more than a document may have.
    """

    path: str
    repository_path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A path that gave nothing to read, and why."""

    path: str
    reason: str


def gather(paths: Sequence[str], ground: Ground, documents_only: bool = False) -> Iterator[Document | Unreadable]:
    """The documents that the paths mean, each once, in the paths' order, folders in alphabetical order.

    A file that was named is taken for a document whatever the policy's globs say, unless `documents_only`.
    """
    for found in with_progress(tuple(_each_once(paths, ground))):
        read = found if isinstance(found, Unreadable) else _read_document(found, ground, documents_only)
        if read is not None:
            yield read


def complain_about(unreadable: Sequence[Unreadable]) -> None:
    """Say on standard error what could not be read, and why."""
    for each in unreadable:
        complain(f"{each.path}: {each.reason}")


def without_documents(paths: Sequence[str]) -> str:
    """What to say when the paths hold no document at all."""
    return f"no postmortems found in {', '.join(paths)} (name a file to have it read whatever it looks like)"


def _each_once(paths: Iterable[str], ground: Ground) -> Iterator[_Candidate | Unreadable]:
    seen: set[str] = set()
    for path in paths:
        for found in _candidates(path, ground):
            identity = os.path.realpath(found.path) if found.path != STANDARD_INPUT else STANDARD_INPUT
            if identity not in seen:
                seen.add(identity)
                yield found


def _read_document(candidate: _Candidate, ground: Ground, documents_only: bool) -> Document | Unreadable | None:
    path = candidate.path
    try:
        document = Document(path, _repository_path(path, ground.root), _read(path))
    except OSError as problem:
        return Unreadable(path, problem.strerror or str(problem))
    trusted = path == STANDARD_INPUT or (candidate.named and not documents_only)
    return document if trusted or _is_document(document, ground) else None


def _candidates(path: str, ground: Ground) -> Iterator[_Candidate | Unreadable]:
    if path == STANDARD_INPUT:
        yield _Candidate(path, named=True)
        return
    file = Path(path)
    if not file.is_dir():
        yield _Candidate(file.as_posix(), named=True)  # one that does not exist is found out when it is read
        return
    yield from _below(file, ground)


def _below(folder: Path, ground: Ground) -> Iterator[_Candidate | Unreadable]:
    failures: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=failures.append):
        folders[:] = sorted(name for name in folders if name not in _NEVER_ENTERED)
        for name in sorted(names):
            file = Path(parent, name)
            if _may_be_document(file, ground) and not file.is_symlink():
                yield _Candidate(file.as_posix(), named=False)
    for failure in failures:
        yield Unreadable(Path(failure.filename or folder).as_posix(), failure.strerror or str(failure))


def _may_be_document(file: Path, ground: Ground) -> bool:
    if not ground.policy.documents:
        return file.suffix.lower() in _MARKDOWN
    return _matches(_repository_path(file.as_posix(), ground.root), ground)


def _is_document(document: Document, ground: Ground) -> bool:
    if ground.policy.documents:
        return _matches(document.repository_path, ground)
    from rules.reading import is_postmortem

    return is_postmortem(document.data.decode("utf-8", "replace"), document.repository_path)


def _matches(repository_path: str, ground: Ground) -> bool:
    from rules.policy_file import matches_document  # not at the top: pydantic, which only a policy with globs needs

    return bool(matches_document(ground.policy, repository_path))


def _read(path: str) -> bytes:
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read(_READ_AT_MOST)
    with Path(path).open("rb") as file:
        return file.read(_READ_AT_MOST)


def _repository_path(path: str, root: Path) -> str:
    if path == STANDARD_INPUT:
        return path
    file = Path(path)
    absolute = file.parent.resolve() / file.name  # a document that is a link itself keeps its own name
    return absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else path
