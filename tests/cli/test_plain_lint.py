"""What `lint` reads by itself means the same as what typer reads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.linting import Format, Request
from app.cli.plain_lint import read_plain
from tests.cli.conftest import BAD, Closeout
from tests.cli.test_process import environment

PLAIN = (
    ("postmortems",),
    ("postmortems/bad.md", "README.md"),
    ("--no-cache", "postmortems"),
    ("README.md", "--documents-only"),
    ("--format", "json", "postmortems"),
    ("postmortems", "--format=github"),
    ("postmortems", "--format=short"),
    ("--format", "json", "--format", "text", "postmortems"),
    ("gone.md",),
    ("-",),
)

LEFT_TO_TYPER = (
    (),
    ("--help",),
    ("--no-cache",),
    ("postmortems", "--as-of", "2026-05-04"),
    ("postmortems", "--select", "CO4"),
    ("postmortems", "--format"),
    ("postmortems", "--format", "yaml"),
    ("postmortems", "--form", "json"),
    ("--", "--no-cache"),
    ("postmortems", "--no-such-option"),
)


@pytest.mark.parametrize("arguments", PLAIN)
def test_a_plain_command_line_is_answered_as_typer_would_have_it_answered(
    arguments: tuple[str, ...], repository: Path, closeout: Closeout
) -> None:
    assert read_plain(arguments) is not None
    plain = subprocess.run(
        [sys.executable, "-m", "app", "lint", *arguments],
        input=BAD.encode(),
        capture_output=True,
        env=environment(),
        check=False,
    )
    read = closeout("lint", *arguments, input=BAD)
    assert (plain.stdout.decode(), plain.stderr.decode(), plain.returncode) == (
        read.stdout,
        read.stderr,
        read.exit_code,
    )


@pytest.mark.parametrize("arguments", LEFT_TO_TYPER)
def test_whatever_may_be_wrong_is_left_to_typer(arguments: tuple[str, ...]) -> None:
    assert read_plain(arguments) is None


def test_every_plain_option_is_read() -> None:
    assert read_plain(("a.md", "--format", "sarif", "b.md", "--no-cache", "--documents-only")) == Request(
        ["a.md", "b.md"], output=Format.SARIF, documents_only=True
    )


def test_a_plain_command_line_loads_neither_typer_nor_what_remembers(repository: Path) -> None:
    program = (
        "import sys, app.__main__ as m; m.run(['lint', '--no-cache', 'postmortems']); "
        "print({'typer', 'sqlite3', 'pydantic', 'rich.console'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, env=environment(), check=False)
    assert done.stderr.decode() == "set()\n"
