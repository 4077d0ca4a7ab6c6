"""A missing section is begun in its place, in the document's own style, and nothing else changes."""

from __future__ import annotations

import pytest

from rules.placeholders import is_template
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.reading import read
from rules.sections.skeleton import skeleton_edit
from tests.postmortems import SECTIONS, good_postmortem
from tests.rules.linting import codes, lint

KINDS = ("tldr", "timeline", "actual", "believed", "helped_hurt", "actions", "verification", "questions")


def _with(text: str, kind: str) -> str:
    postmortem = read(text)
    edit = skeleton_edit(postmortem, Policy(), kind)
    assert edit is not None
    source = postmortem.source
    start, end = source.offset(*edit.span[:2]), source.offset(*edit.span[2:])
    return source.text[:start] + edit.replacement + source.text[end:]


def _kinds(postmortem: Postmortem) -> list[str | None]:
    return [section.kind for section in postmortem.sections]


@pytest.mark.parametrize(("kind", "title"), list(zip(KINDS, SECTIONS, strict=True)))
def test_each_section_is_put_where_the_layout_has_it(kind: str, title: str) -> None:
    text = _with(good_postmortem(sections={title: None}), kind)
    assert _kinds(read(text)) == list(KINDS)
    assert codes(lint(text)) == ["CO203"]


def test_sections_that_are_missing_together_come_in_order() -> None:
    text = good_postmortem(sections=dict.fromkeys(list(SECTIONS)[3:6]))
    for kind in KINDS[3:6]:
        text = _with(text, kind)
    assert _kinds(read(text)) == list(KINDS)


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ("# Outage\n\n### Summary\n\nx\n\n### Action items\n\n- x\n", "timeline", "### Timeline"),
        ("# Summary\n\nx\n\n# Action items\n\n- x\n", "timeline", "# Timeline"),
        ("**Summary**\n\nx\n\n**Action items**\n\n- x\n", "timeline", "**Timeline**"),
        ("**Summary:**\n\nx\n\n**Action items:**\n\n- x\n", "timeline", "**Timeline:**"),
        ("**Summary**:\n\nx\n\n**Action items**:\n\n- x\n", "timeline", "**Timeline**:"),
        ("Summary\n-------\n\nx\n", "timeline", "Timeline\n--------"),
        ("# Outage\n\n## Summary:\n\nx\n", "timeline", "## Timeline:"),
        ("# Outage\n\n## SUMMARY\n\nx\n\n## ACTION ITEMS\n\n- x\n", "actual", "## ROOT CAUSE"),
        ("# Outage\n\n## Executive Summary\n\nx\n\n## Action Items\n\n- x\n", "actual", "## Root Cause"),
        ("# Outage\n\n## Executive summary\n\nx\n\n## Action Items\n\n- x\n", "actual", "## Root cause"),
        ("# Outage\n\n## Summary\n\nx\n\n## Next Steps\n\n- x\n", "actual", "## Root cause"),
        ("# Outage\n\nIt broke.\n", "timeline", "## Timeline"),
        ("It broke.\n", "timeline", "## Timeline"),
    ],
)
def test_the_heading_is_written_as_its_neighbours_are(text: str, kind: str, line: str) -> None:
    fixed = _with(text, kind)
    assert f"\n{line}\n" in f"\n{fixed}"
    section = read(fixed).section(kind)
    assert section is not None
    assert is_template(section.text)


def test_a_heading_that_would_make_it_another_style_is_avoided() -> None:
    text = "# Outage\n\n## TL;DR\n\nx\n\n## Timeline\n\n- 10:32 x\n\n## Action items\n\n- y\n"
    fixed = _with(text, "verification")
    assert "## Verification plan" in fixed
    assert read(fixed).layout == read(text).layout


@pytest.mark.parametrize(
    "text",
    [
        "# Outage\n\n## Summary\n\n```\nnever closed\n",
        "# Outage\n\n## Summary\n\n<!-- never closed\n",
        "# Outage\n\n## Summary\n\nx\n\n<!-- closeout: ignore CO501 because the vendor wrote so -->\n## Cause\n\ny\n",
        "**Summary**\n\nx\n\n### Detail\n\ny\n",
    ],
)
def test_nothing_is_put_where_it_would_not_be_read_or_would_part_what_belongs_together(text: str) -> None:
    assert skeleton_edit(read(text), Policy(), "timeline") is None


def test_a_section_that_is_there_is_not_begun_again() -> None:
    assert skeleton_edit(read(good_postmortem()), Policy(), "timeline") is None


@pytest.mark.parametrize("blanks", [" ", "  ", "\t", "\u00a0"])
def test_blanks_behind_the_last_words_stay_where_they_are(blanks: str) -> None:
    text = f"# Outage\n\n## Summary\n\nIt broke.{blanks}\n\n## Action items\n\n- Cap retries.{blanks}\n"
    for kind in ("timeline", "verification"):
        fixed = _with(text, kind)
        assert [line for line in fixed.split("\n") if line.endswith(blanks)] == [
            f"It broke.{blanks}",
            f"- Cap retries.{blanks}",
        ]
