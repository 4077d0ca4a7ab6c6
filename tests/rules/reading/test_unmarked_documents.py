"""Documents whose Markdown does not say what a reader sees: in a fence, set in, with signs of other markup."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rules.parse.foreign_headings import with_known_headings
from rules.parse.set_in import with_listed_steps
from rules.parse.wrapped import unwrapped
from rules.postmortem import Postmortem
from rules.reading import LIMIT, read
from rules.recognition import is_postmortem
from tests.cpu_time import assert_takes_less
from tests.rules.linting import found

REPORT = """# Postmortem: Exports were empty

## Root cause

The job had no rows.

## Action items

- Fail the export when it has no rows
- Alert on exports under 1 KiB
"""
COMMAND = "## Fix\n\n```bash\nmake export\n```\n\n"


def titles(text: str) -> list[str]:
    return [item.title for item in read(text).actions]


def kinds(postmortem: Postmortem) -> list[str]:
    return [section.kind for section in postmortem.sections if section.kind]


@pytest.mark.parametrize(
    ("opening", "closing"), [("```md", "```"), ("```md", "````"), ("~~~ markdown", "~~~"), ("\n```markdown", "```\n\n")]
)
def test_a_document_that_stands_whole_in_a_markdown_fence_is_read(opening: str, closing: str) -> None:
    text = f"{opening}\n{REPORT}{closing}\n"
    assert titles(text) == titles(REPORT)
    assert read(text).headline is not None
    assert is_postmortem(text, "docs/export.md")


def test_code_in_a_document_that_stands_in_a_fence_stays_code() -> None:
    text = f"```md\n{REPORT.replace('## Action items', COMMAND + '## Action items')}```\n"
    assert titles(text) == titles(REPORT)
    assert "make export" not in " ".join(passage.text for passage in read(text).passages)


@pytest.mark.parametrize(
    "text",
    [
        f"# How to write a postmortem\n\nUse this:\n\n```md\n{REPORT}```\n",
        f"```text\n{REPORT}```\n",
        "```md\n- Add an alert\n```\n",
    ],
)
def test_a_fence_with_something_before_it_or_of_something_else_is_code(text: str) -> None:
    assert titles(text) == []


def test_steps_that_are_set_in_below_a_sentence_that_announces_them_are_items() -> None:
    body = "We will take the following steps:\n\n    Replacing the disk\n    Reviewing the alerts of the pool\n"
    assert titles(f"## Action items\n\n{body}\nThank you.\n") == [
        "Replacing the disk",
        "Reviewing the alerts of the pool",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "We ran the following steps:\n\n    kubectl get pods\n    kubectl delete pod web\n",
        "The following changes:\n\n    Add = 1;\n    Remove = 2;\n",
        "The following actions failed:\n\n    Checking disk one\n    Checking disk two\n",
        "The log said:\n\n    Adding node one now\n    Removing node two now\n",
    ],
)
def test_code_that_is_set_in_stays_code(body: str) -> None:
    assert titles(f"## Action items\n\n{body}") == []


def test_headings_without_a_blank_behind_their_signs_are_headings() -> None:
    text = "#Postmortem: Shop down\n\n#Summary:\nIt was down.\n\n#Corrective measures:\n- Add a probe\n"
    postmortem = read(text)
    assert postmortem.headline is not None
    assert postmortem.headline.value == "Shop down"
    assert kinds(postmortem) == ["tldr", "actions"]
    assert titles(text) == ["Add a probe"]
    assert is_postmortem(text, "report.md")


def test_among_such_headings_a_line_that_names_a_section_begins_one() -> None:
    text = "#Summary:\nIt was down.\n\n#Timeline:\n10:00 down\n11:00 up\nRoot cause:\nThe disk was full.\n"
    assert kinds(read(text)) == ["tldr", "timeline", "actual"]


def test_a_lone_tag_is_no_heading() -> None:
    assert kinds(read("# Postmortem: x\n\n#Timeline\n\nText.\n")) == []


@pytest.mark.parametrize(
    "text",
    [
        "= Postmortem: Shop down\n\n== Summary\nDown.\n\n== Action items\n* Add a probe\n",
        "= Postmortem: Shop down =\n\n== Summary ==\nDown.\n\n== Action items ==\n* Add a probe\n",
        "h1. Postmortem: Shop down\n\nh2. Summary\n\nDown.\n\nh2. Action items\n\n* Add a probe\n",
    ],
)
def test_headings_of_other_markup_are_headings(text: str) -> None:
    postmortem = read(f"\n{text}")
    assert postmortem.headline is not None
    assert postmortem.headline.value == "Shop down"
    assert kinds(postmortem) == ["tldr", "actions"]
    assert [item.title for item in postmortem.actions] == ["Add a probe"]


def test_a_numbered_outline_is_read_number_by_number() -> None:
    text = (
        "# Postmortem: Billed twice\n\n1. Summary\n   1.1. Customers were billed twice.\n2. Timeline\n"
        "   2.1. 02:00 UTC job starts\n   2.2. 02:40 UTC job starts again\n3. Corrective actions\n"
        "   3.1. Renew the lock while the job runs (Ana, 2026-05-20)\n   3.2. Reject a second charge\n"
    )
    assert titles(text) == ["Renew the lock while the job runs", "Reject a second charge"]
    assert len(read(text).timeline) == 2


def test_figures_at_the_beginning_of_lines_are_no_numbers_of_an_outline() -> None:
    text = "# Postmortem: x\n\n## Impact\n\n- The queue held\n  2.5 GB of mail, later\n  3.5 GB of mail\n"
    assert "2.5 GB of mail" in " ".join(section.text for section in read(text).sections)


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("## Incident report for failed rewards\n\n## Details\n\nx\n", "failed rewards"),
        ("Postmortem: Database outage on 2026-05-04\n\nSummary\n\nx\n", "Database outage on 2026-05-04"),
        ("Pool recovery – after action report\n\nSummary::\n\nx\n", "Pool recovery – after action report"),
        ("**Postmortem: Feed stalled**\n\n**Summary**\n\nx\n", "Feed stalled"),
        ("Subject: Postmortem: Mail was late\nFrom: Ana\n\nHi all,\n\nx\n", "Postmortem: Mail was late"),
        ("# RCA Form for the printers\n\nx\n", "Form for the printers"),
    ],
)
def test_the_title_may_be_marked_in_many_ways(text: str, headline: str) -> None:
    found_headline = read(text).headline
    assert found_headline is not None
    assert found_headline.value == headline
    assert not found(text, "CO101")


@pytest.mark.parametrize(
    "text",
    [
        "## Summary\n\nAn outage.\n",
        "This report is about an outage.\n\n## Summary\n\nx\n",
        "Hi all, here is the incident report\n\n## Summary\n\nx\n",
        "## Environment\n\nx\n\n## Summary\n\nx\n",
        "Impact: an outage of an hour\n\n## Summary\n\nx\n",
    ],
)
def test_what_only_stands_first_is_no_title(text: str) -> None:
    assert read(text).headline is None


def missing(text: str) -> set[str]:
    return {each.subject for each in found(f"# Postmortem: x\n\n{text}", "CO201")}


REST = "\n## Impact\n\nx\n\n## Lessons learned\n\nx\n\n## Timeline\n\n- 10:00 UTC x\n"


def test_a_fact_at_the_head_answers_for_the_section() -> None:
    assert missing(f"- Date: 2026-05-04\n{REST}") >= {"tldr", "actual"}
    facts = "- Date: 2026-05-04\n- Summary: The pool was full.\n- Root Causes: A missing limit.\n"
    assert not missing(facts + REST) & {"tldr", "actual"}


@pytest.mark.parametrize(
    "title", ["Timeline & Root Cause Analysis", "Resolution and root cause", "Impact / Root cause"]
)
def test_a_joint_heading_answers_for_both_sections(title: str) -> None:
    assert "actual" not in missing(f"## Summary\n\nx\n\n## {title}\n\nThe pool was full.\n{REST}")


def test_a_table_without_times_is_no_timeline() -> None:
    table = "| Symptom | Root cause | Resolution |\n|---|---|---|\n| Errors | Corrupt index | Rebuilt |\n"
    assert read(f"# Postmortem: x\n\n## Timeline & root cause\n\n{table}").timeline == ()


def test_a_table_of_times_that_are_still_missing_is_one() -> None:
    table = "| Time | Event |\n|---|---|\n| ? | Errors |\n| ? | Fixed |\n"
    assert len(read(f"# Postmortem: x\n\n## Timeline\n\n{table}").timeline) == 2


OTHER_MARKUP = (
    "```md\n# A\n\n## B\n```\n",
    "The steps:\n\n    Add a probe now\n\tRaise the limit now\n",
    "= A =\n\n== B ==\nh2. C\nh6. D\n#. e\n#. f\n  1.1. g\n  1.2. h\n    10.11) i\n",
)


@pytest.mark.parametrize("text", OTHER_MARKUP)
@pytest.mark.parametrize("change", [unwrapped, with_listed_steps, with_known_headings])
def test_every_character_keeps_its_place(text: str, change: Callable[[str], str]) -> None:
    changed = change(text)
    assert [len(line) for line in changed.split("\n")] == [len(line) for line in text.split("\n")]


@pytest.mark.parametrize(
    "text",
    [
        "```md\n# a\n# b\n" + "```x\n" * 60_000,
        "Steps:\n\n" + "    Add a probe now\n" * 10_000,
        "Steps:\n\n" * 10_000,
        "Steps" + ":" * 300_000,
        "Steps: " * 60_000 + "\n    Add it now\n",
        "=" * 300_000 + "\n" + "= a " * 60_000,
        "  1.1 a\n  1.2 a\n" * 5_000,
        "#A\n" * 10_000,
        "## Action items\n\n" + "Action,Owner," * 60_000 + "\nx,y\n",
        "## Action items\n\nAction,Owner" + ',"' * 150 + "\n" + ",a" * 200_000,
        "## Action items\n\n" + "Add a probe\n\n" * 5_000,
        "## Action items\n\n" + "Ana:\n" * 10_000,
        "## Action items\n\n" + "Next steps:\n" * 10_000,
        "## Action items\n\n" + "**TODO** a\n\n" * 5_000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    assert_takes_less(2, lambda: read(text[:LIMIT]))
