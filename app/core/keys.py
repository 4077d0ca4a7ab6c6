"""What can be dirty: the keys of the loop.

A key names a thing on GitHub by numeric ids, which survive renames and transfers. As text it is a path, which is
what the queue stores and what logs show:

    installations                       every installation of the App: the safety sweep
    installation/7                      the repositories of one installation
    repository/7/1296269                the merged postmortems of one repository, and their issues
    pulls/7/1296269                     the open pull requests of one repository
    pull/7/1296269/12                   one pull request
    commit/7/1296269/SHA                the open pull requests whose head is that commit
    merge-group/7/1296269/SHA/12        one merge group: its head commit, and the pull request its branch is named for
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class InstallationsKey:
    """Every installation of the App."""

    kind: ClassVar[str] = "installations"


@dataclass(frozen=True, slots=True)
class InstallationKey:
    """The repositories of one installation."""

    kind: ClassVar[str] = "installation"
    installation: int


@dataclass(frozen=True, slots=True)
class PullsKey:
    """The open pull requests of one repository."""

    kind: ClassVar[str] = "pulls"
    installation: int
    repository: int


@dataclass(frozen=True, slots=True)
class RepositoryKey:
    """The merged postmortems of one repository, and their issues."""

    kind: ClassVar[str] = "repository"
    installation: int
    repository: int


@dataclass(frozen=True, slots=True)
class PullKey:
    """One pull request."""

    kind: ClassVar[str] = "pull"
    installation: int
    repository: int
    number: int


@dataclass(frozen=True, slots=True)
class CommitKey:
    """The open pull requests whose head is the commit `sha`."""

    kind: ClassVar[str] = "commit"
    installation: int
    repository: int
    sha: str


@dataclass(frozen=True, slots=True)
class MergeGroupKey:
    """One merge group: its head commit, and the pull request that its branch is named for (or UNKNOWN_PULL)."""

    kind: ClassVar[str] = "merge-group"
    installation: int
    repository: int
    sha: str
    number: int


Key = InstallationsKey | InstallationKey | PullsKey | RepositoryKey | PullKey | CommitKey | MergeGroupKey

_PARSERS: dict[str, Callable[..., Key]] = {
    InstallationsKey.kind: InstallationsKey,
    InstallationKey.kind: lambda installation: InstallationKey(int(installation)),
    PullsKey.kind: lambda installation, repository: PullsKey(int(installation), int(repository)),
    RepositoryKey.kind: lambda installation, repository: RepositoryKey(int(installation), int(repository)),
    PullKey.kind: lambda installation, repository, number: PullKey(int(installation), int(repository), int(number)),
    CommitKey.kind: lambda installation, repository, sha: CommitKey(int(installation), int(repository), sha),
    MergeGroupKey.kind: lambda installation, repository, sha, number: MergeGroupKey(
        int(installation), int(repository), sha, int(number)
    ),
}


def format_key(key: Key) -> str:
    """The key as a path."""
    return "/".join([key.kind, *map(str, astuple(key))])


def parse_key(text: str) -> Key:
    """The key of a path. Raises ValueError if it is not one."""
    kind, *parts = text.split("/")
    if kind not in _PARSERS:
        raise ValueError(f"{text!r} is not a key: its first part must be one of {', '.join(_PARSERS)}")
    try:
        return _PARSERS[kind](*parts)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{text!r} is not a key of the kind {kind!r}") from error
