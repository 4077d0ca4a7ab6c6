from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli.commands import app

BAD = """# Postmortem: Checkout returned 502s

- Severity: SEV-1
- Authors: Ana Ruiz

## TL;DR

Checkout was down. We rolled back.

## Timeline

- 2026-05-04 10:32 UTC Deploy of release 41 🎉
- 2026-05-04 10:40 UTC Rolled back

## Action items

- [ ] Better monitoring, owner: the team
"""


@pytest.fixture(autouse=True)
def cache_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the runs of a test keep their cache."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a bad postmortem, a page that is none, and the current folder in it."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "postmortems").mkdir()
    (tmp_path / "postmortems" / "bad.md").write_text(BAD, "utf-8")
    (tmp_path / "README.md").write_text("# A shop\n\nIt sells things.\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


Closeout = Callable[..., Result]


@pytest.fixture
def closeout() -> Closeout:
    """Runs the command line in this process: `closeout("lint", "a.md", input="…")`."""

    def run(*arguments: str, input: str | bytes | None = None) -> Result:  # noqa: A002 — as CliRunner calls it
        return CliRunner().invoke(app, list(arguments), input=input, prog_name="closeout")

    return run
