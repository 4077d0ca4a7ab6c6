from __future__ import annotations

import re

import pytest

from tests.cli.conftest import Closeout


def test_the_version_is_printed(closeout: Closeout) -> None:
    result = closeout("--version")
    assert result.exit_code == 0
    assert re.fullmatch(r"closeout \d+\.\d+\.\d+( \(commit [0-9a-f]+\))?\n", result.stdout)


def test_help_lists_every_command_with_a_line(closeout: Closeout) -> None:
    result = closeout("--help")
    assert result.exit_code == 0
    for command in ("lint", "fix", "inspect", "new", "rules", "rule", "policy", "serve", "demo"):
        assert re.search(rf"^  {command} +[A-Z]", result.stdout, re.MULTILINE)


def test_no_line_of_the_help_is_cut_off_in_a_terminal_of_the_usual_width(closeout: Closeout) -> None:
    for arguments in (["--help"], ["policy", "--help"]):
        listed = closeout(*arguments).stdout.partition("Commands:")[2].splitlines()
        assert listed
        assert not [line for line in listed if line.endswith("...") or len(line) > 80]


@pytest.mark.parametrize("command", ["lint PATH...", "fix PATH...", "inspect PATH...", "new HEADLINE", "rule CODE"])
def test_a_usage_line_names_what_a_command_takes(closeout: Closeout, command: str) -> None:
    name, _, takes = command.partition(" ")
    assert closeout(name, "--help").stdout.startswith(f"Usage: closeout {name} [OPTIONS] {takes}\n")


def test_the_policy_commands_are_listed_with_a_line_each(closeout: Closeout) -> None:
    listed = closeout("policy", "--help").stdout
    for command in ("check", "init", "schema"):
        assert re.search(rf"^  {command} +[A-Z].*\.$", listed, re.MULTILINE)


def test_a_mistyped_command_gets_a_suggestion(closeout: Closeout) -> None:
    result = closeout("lnit", "a.md")
    assert result.exit_code == 2
    assert "Did you mean 'lint'" in result.stderr


@pytest.mark.parametrize("word", ["explain", "describe", "why"])
def test_a_rule_is_explained_by_whatever_word(closeout: Closeout, word: str) -> None:
    assert closeout(word, "CO402").stdout == closeout("rule", "CO402").stdout
    assert f"\n  {word} " not in closeout("--help").stdout
