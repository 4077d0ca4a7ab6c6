""".pre-commit-hooks.yaml: its hooks are whole, and what they call is there and does what a commit needs.

The file's form is that of https://pre-commit.com/#creating-new-hooks.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import Closeout

_ROOT = Path(__file__).parents[2]
_HOOKS: list[dict[str, Any]] = yaml.safe_load((_ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
_KEYS = {"id", "name", "description", "entry", "language", "types", "files", "pass_filenames"}


def arguments(hook_id: str) -> list[str]:
    """What the hook calls the command line with, without the files."""
    (hook,) = (each for each in _HOOKS if each["id"] == hook_id)
    program, *rest = shlex.split(hook["entry"])
    assert program == "closeout"
    return rest


@pytest.mark.parametrize("hook", _HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_has_all_that_pre_commit_asks_for(hook: dict[str, Any]) -> None:
    assert {"id", "name", "entry", "language"} <= set(hook) <= _KEYS
    assert hook["language"] == "python"  # which installs this project, and with it the command
    assert "types" in hook or re.compile(hook["files"])


def test_lint_looks_at_postmortems_among_the_changed_files_only(repository: Path, closeout: Closeout) -> None:
    command = arguments("closeout-lint")
    assert closeout(*command, "README.md").exit_code == 0
    result = closeout(*command, "README.md", "postmortems/bad.md")
    assert result.exit_code == 1
    assert "README.md" not in result.stdout


def test_fix_mends_postmortems_among_the_changed_files_only(repository: Path, closeout: Closeout) -> None:
    before = (repository / "README.md").read_text("utf-8")
    assert closeout(*arguments("closeout-fix"), "README.md", "postmortems/bad.md").exit_code == 1
    assert (repository / "README.md").read_text("utf-8") == before


def test_the_policy_is_checked_without_being_named(repository: Path, closeout: Closeout) -> None:
    (hook,) = (each for each in _HOOKS if each["id"] == "closeout-policy")
    assert hook["pass_filenames"] is False
    assert re.search(hook["files"], ".github/closeout.yml")
    (repository / ".github").mkdir()
    (repository / ".github" / "closeout.yml").write_text("enforc: true", "utf-8")
    assert closeout(*arguments("closeout-policy")).exit_code == 1
