from __future__ import annotations

from app.cli.format_short import format_short
from tests.cli.builders import TIMELINE_ORDER, a_finding, a_report
from tests.cli.conftest import Closeout


def test_a_finding_is_one_line() -> None:
    report = a_report("# Bad", a_finding(4, 3, 4, 9), a_finding(7, 1, 9, 1, rule=TIMELINE_ORDER, message="Add `a`.\nB"))
    assert format_short([report]) == (
        "postmortems/checkout.md:4:3: error CO402 Nobody owns this. Name a person.\n"
        "postmortems/checkout.md:7:1: warning CO304 Add `a`. B\n"
    )


def test_what_could_steer_a_terminal_is_made_visible() -> None:
    report = a_report("", a_finding(1, 1, 1, 2, message="\x1b[31m"), path="a\x1b\n.md")
    assert format_short([report]) == "a␛ .md:1:1: error CO402 ␛[31m\n"


def test_a_clean_document_writes_nothing() -> None:
    assert format_short([a_report("# Good")]) == ""


def test_an_editor_pipes_its_text_in_and_finds_each_place(closeout: Closeout) -> None:
    result = closeout("lint", "--format", "short", "-", input="# Postmortem: x\n\n## Timeline\n")
    assert result.exit_code == 1
    assert result.stdout.startswith("-:")
    assert all(line.count(":") >= 3 for line in result.stdout.splitlines())
