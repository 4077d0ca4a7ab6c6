from __future__ import annotations

from app.cli.format_github import format_github
from tests.cli.builders import NAMED_FAULT, TIMELINE_ORDER, a_finding, a_report


def test_a_finding_becomes_a_workflow_command() -> None:
    assert format_github([a_report("# Bad", a_finding(4, 3, 4, 9))]) == (
        "::error file=postmortems/checkout.md,line=4,endLine=4,col=3,endColumn=8,title=CO402 action-owner-missing"
        "::Nobody owns this. Name a person.\n"
    )


def test_the_level_is_the_severity() -> None:
    written = format_github(
        [a_report("", a_finding(1, 1, 1, 2, rule=TIMELINE_ORDER), a_finding(1, 1, 1, 2, rule=NAMED_FAULT))]
    )
    assert [line.split(" ")[0] for line in written.splitlines()] == ["::warning", "::notice"]


def test_columns_are_left_out_of_a_stretch_that_spans_lines() -> None:
    written = format_github([a_report("", a_finding(4, 3, 7, 1))])
    assert "line=4,endLine=6,title=" in written


def test_what_ends_a_command_or_a_property_is_escaped() -> None:
    written = format_github([a_report("", a_finding(1, 1, 1, 2, message="100%\n::error::x"), path="a,b:c%.md")])
    assert written.startswith("::error file=a%2Cb%3Ac%25.md,")
    assert written.endswith("::100%25%0A::error::x\n")


def test_a_message_is_plain_text_since_github_shows_it_as_it_is() -> None:
    written = format_github([a_report("", a_finding(1, 1, 1, 2, message="Add `Owner: Ana Ruiz (@ana)`."))])
    assert written.endswith('::Add "Owner: Ana Ruiz (@ana)".\n')


def test_a_mark_without_width_keeps_its_column() -> None:
    assert "col=3,endColumn=3," in format_github([a_report("", a_finding(4, 3, 4, 3))])


def test_standard_input_is_no_file_to_annotate() -> None:
    written = format_github([a_report("", a_finding(4, 3, 4, 9), path="-")])
    assert written == "::error title=CO402 action-owner-missing::Nobody owns this. Name a person.\n"


def test_a_path_counts_from_the_repositorys_root_wherever_the_run_began() -> None:
    report = a_report("", a_finding(1, 1, 1, 2), path="../a.md")._replace(repository_path="postmortems/a.md")
    assert format_github([report]).startswith("::error file=postmortems/a.md,")


def test_what_github_will_not_show_is_said_first() -> None:
    many = [a_finding(1, 1, 1, 2) for _ in range(11)]
    written = format_github([a_report("", *many, a_finding(1, 1, 1, 2, rule=NAMED_FAULT))]).splitlines()
    assert written[0].startswith("::notice title=Closeout::GitHub shows the first 10 annotations of each level.")
    assert written[0].endswith('"closeout lint" shows all: 11 errors, 1 notice.')
    assert len(written) == 13
    assert len(format_github([a_report("", *many[:10])]).splitlines()) == 10


def test_clean_documents_write_nothing() -> None:
    assert format_github([a_report("# Fine")]) == ""
