from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from app.cli.excerpt import cells
from app.cli.format_text import format_text
from rules.postmortem import Span
from rules.rule import Edit
from tests.cli.builders import NAMED_FAULT, TIMELINE_ORDER, a_finding, a_report

_TEXT = """# Postmortem: Checkout returned 502s

## Timeline

- 10:40 修复\trolled back
- 10:32 deployed

## Action items

- Better monitoring of the checkout service, which ought to have told us long before our customers did, and loudly
"""
_REPORTS = (
    a_report(
        _TEXT,
        a_finding(
            1, 1, 1, 1, message="There is no section “Verification”. Say how you will know that it cannot recur."
        ),
        a_finding(5, 9, 5, 11, rule=NAMED_FAULT, message="Say what the system allowed."),
        a_finding(5, 1, 7, 1, rule=TIMELINE_ORDER, message="This is later than the next entry."),
        a_finding(10, 3, 10, 113),
    ),
    a_report("# Fine\n", path="postmortems/fine.md"),
    a_report("# Bad", a_finding(1, 3, 1, 6), path="-"),
)


def test_findings_are_grouped_by_document_with_a_mark_under_each_place(snapshot: SnapshotAssertion) -> None:
    assert format_text(_REPORTS) == snapshot


def test_messages_are_wrapped_to_a_terminal(snapshot: SnapshotAssertion) -> None:
    assert format_text(_REPORTS, width=80) == snapshot


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(cells(line) for line in format_text(_REPORTS, width=width).splitlines()) <= width


def test_prose_stays_readable_on_a_wide_terminal() -> None:
    report = a_report("# Bad", a_finding(1, 1, 1, 2, message="Write what will be different. " * 20))
    written = format_text([report], width=200)
    assert max(len(line) for line in written.splitlines()) <= 100


def test_problems_at_one_place_share_its_excerpt() -> None:
    report = a_report("# Bad", a_finding(1, 3, 1, 6), a_finding(1, 3, 1, 6, rule=TIMELINE_ORDER))
    written = format_text([report])
    assert written.count("| # Bad") == 1
    assert written.index("CO402") < written.index("CO304") < written.index("| # Bad")


def test_a_mark_stands_under_wide_characters() -> None:
    lines = format_text([a_report("- 修复 🎉 done", a_finding(1, 3, 1, 5), path="a.md")]).splitlines()
    source, mark = lines[3], lines[4]
    assert source == "      1 | - 修复 🎉 done"
    assert mark == "        |   ^^^^"


def test_what_was_not_checked_of_a_foreign_document_is_said() -> None:
    written = format_text([a_report("# Ausfall", language="de")])
    assert written == (
        "All clear: the postmortem is ready for its readers.\n"
        "This postmortem is in German. The rules about blaming language and vague wording know English only, "
        "so they were left out.\n"
    )
    both = format_text(
        [a_report("# A", a_finding(1, 1, 1, 2)), a_report("# 障害", language="ja", path="b.md")], width=60
    )
    assert "1 of 2 postmortems is not in English (Japanese)." in " ".join(both.split())
    assert format_text([a_report("# ?", language=None)]).count("\n") == 1


def test_colours_are_written_when_asked_for(snapshot: SnapshotAssertion) -> None:
    assert format_text(_REPORTS[:1], width=100, colour=True) == snapshot


def test_a_clean_document_gets_a_kind_word() -> None:
    assert format_text([a_report("# Fine\n")]) == "All clear: the postmortem is ready for its readers.\n"
    assert format_text([a_report("# Fine\n")] * 3) == "All clear: 3 postmortems, each ready for its readers.\n"


def test_the_summary_counts_in_the_singular_too() -> None:
    assert "\n1 error in 1 postmortem\n" in format_text([a_report("# Bad", a_finding(1, 1, 1, 2))])


def test_what_can_be_fixed_by_itself_is_told() -> None:
    edit = Edit(Span(1, 1, 1, 1), "- Deadline: 2026-05-18")
    report = a_report("# Bad", a_finding(1, 1, 1, 2, edit=edit), a_finding(1, 1, 1, 3))
    assert "\n`closeout fix` can begin or mend up to 1 of them.\n" in format_text([report])
    assert "\n`closeout fix` can begin or mend 1 of them.\n" in format_text([report], fixes=1)
    assert "closeout fix" not in format_text([report], fixes=0)
    assert "closeout fix" not in format_text([a_report("# Bad", a_finding(1, 1, 1, 2))])


def test_nothing_to_check_is_said() -> None:
    assert format_text([]) == "There was no postmortem to check.\n"


def test_a_message_from_a_document_cannot_steer_the_terminal() -> None:
    written = format_text(
        [a_report("# \x1b[2J", a_finding(1, 1, 1, 2, message="“\x1b]0;x\x07” is vague"), path="\x1b.md")]
    )
    assert "\x1b" not in written
    assert "\x07" not in written
