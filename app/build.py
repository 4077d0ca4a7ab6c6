"""Which build runs: what `closeout --version`, the log and the metrics say of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution


@dataclass(frozen=True, slots=True)
class Build:
    """A build of Closeout: its version, and the commit it was installed from, or "" where none was recorded."""

    version: str
    commit: str

    def __str__(self) -> str:
        """As people read it: `0.1.0 (commit 26618cc…)`."""
        return f"{self.version} (commit {self.commit})" if self.commit else self.version


def installed_build() -> Build:
    """The build that is installed here; its version is `unknown` where it runs without being installed."""
    try:
        return build_of(distribution("closeout"))
    except PackageNotFoundError:
        return Build("unknown", "")


def build_of(installed: Distribution) -> Build:
    """The build that a distribution is.

    An installer records where it took it from in `direct_url.json`, and there the commit, if that was a repository
    (https://packaging.python.org/specifications/direct-url). A file that is not so records none.
    """
    try:
        commit = json.loads(installed.read_text("direct_url.json") or "{}")["vcs_info"]["commit_id"]
    except (ValueError, KeyError, TypeError):
        commit = ""
    return Build(installed.version, str(commit))
