"""What the README says to type works, in its order, in a fresh clone."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from app.links import project_url
from tests.cli.conftest import Closeout

README = Path(__file__).parents[2] / "README.md"
COMMAND = "    .venv/bin/closeout "


def _commands(title: str) -> Iterator[list[str]]:
    """What stands indented in a section of the README, as the shell reads it."""
    section = README.read_text("utf-8").partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    return (shlex.split(line)[1:] for line in section.splitlines() if line.startswith(COMMAND))


def test_the_commands_for_a_laptop_find_what_they_name(repository: Path, closeout: Closeout) -> None:
    commands = list(_commands("Use it on your laptop"))
    assert [command[0] for command in commands] == ["new", "lint", "fix", "inspect", "rule"]
    for command in commands:
        result = closeout(*command)
        assert (result.exit_code in (0, 1), result.stderr) == (True, "")


def test_nothing_that_is_to_be_typed_has_a_comment_behind_it() -> None:
    blocks = [line for line in README.read_text("utf-8").splitlines() if line.startswith(("    make ", COMMAND))]
    assert len(blocks) > 5
    assert not [line for line in blocks if "#" in line]  # zsh takes it for an argument


def test_it_is_installed_from_where_the_project_is() -> None:
    for page in (README, README.parent / "docs" / "operating.md"):
        lines = page.read_text("utf-8").splitlines()
        assert any("/bin/pip install" in line and f"git+{project_url({})}" in line for line in lines)
