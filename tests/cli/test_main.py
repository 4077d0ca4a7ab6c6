from __future__ import annotations

import re

from tests.cli.conftest import Closeout


def test_the_version_is_printed(closeout: Closeout) -> None:
    result = closeout("--version")
    assert result.exit_code == 0
    assert re.fullmatch(r"closeout \d+\.\d+\.\d+\n", result.stdout)


def test_help_lists_every_command_with_a_line(closeout: Closeout) -> None:
    result = closeout("--help")
    assert result.exit_code == 0
    for command in ("lint", "inspect", "new", "rules", "rule"):
        assert re.search(rf"^  {command} +[A-Z]", result.stdout, re.MULTILINE)


def test_a_mistyped_command_gets_a_suggestion(closeout: Closeout) -> None:
    result = closeout("lnit", "a.md")
    assert result.exit_code == 2
    assert "Did you mean 'lint'" in result.stderr
