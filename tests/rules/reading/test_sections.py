"""Sections, however they are marked, and the kinds their headings announce."""

from __future__ import annotations

import pytest

from rules.layouts import LAYOUTS, layout_from, recognise
from rules.reading import read

CLOSEOUT = [
    "TL;DR", "Timeline", "What was actually happening", "What we believed was happening (during)",
    "What helped, what hurt", "Action items", "Verification", "Open questions",
]  # fmt: skip


def kinds(text: str) -> list[tuple[str | None, str]]:
    return [(section.kind, section.title) for section in read(text).sections]


def test_the_articles_template_has_its_eight_sections() -> None:
    postmortem = read("# Postmortem: x\n\n" + "".join(f"## {title}\nText.\n\n" for title in CLOSEOUT))
    assert postmortem.layout == "closeout"
    assert [section.kind for section in postmortem.sections] == list(LAYOUTS["closeout"].required)
    assert [section.text for section in postmortem.sections] == ["Text."] * 8
    assert [LAYOUTS["closeout"].heading_for(kind) for kind in LAYOUTS["closeout"].required] == CLOSEOUT


@pytest.mark.parametrize(
    "marked",
    ["## Root cause\n\nText.",  "Root cause\n---\n\nText.", "**Root cause**\n\nText.", "**Root causes**:\n\nText.",
     "**Root cause:** Text.", "__Root cause__: Text.", "## 3. Root Cause:\n\nText.",
     "#### **Root cause** 🔥\n\nText.", "Root cause:\n\nText."],
)  # fmt: skip
def test_a_section_may_be_marked_in_many_ways(marked: str) -> None:
    (section,) = [
        each for each in read(f"# Postmortem: x\n\n{marked}\n\n## Impact\n\nMuch.\n").sections if each.kind == "actual"
    ]
    assert section.text == "Text."


def test_a_list_with_bold_keys_is_an_outline() -> None:
    text = "# x\n\n- **Impact**: Much.\n- **Root cause**:\n  - A limit.\n- **Review actions**:\n  - Raise it\n"
    assert kinds(text) == [("impact", "Impact"), ("actual", "Root cause"), ("actions", "Review actions")]
    assert [item.title for item in read(text).actions] == ["Raise it"]


def test_bold_words_inside_a_section_are_no_sections() -> None:
    text = "# x\n\n## Action items\n\n- **Detection**: alert on lag\n- **Timeline**: keep one\n"
    assert kinds(text) == [("actions", "Action items")]
    assert [item.title for item in read(text).actions] == ["Detection: alert on lag", "Timeline: keep one"]


def test_a_section_holds_its_subsections() -> None:
    text = "# x\n\n## Lessons learned\n\n### What went well\n\nA.\n\n### What went poorly\n\nB.\n\n## Impact\n"
    whole = read(text).section("helped_hurt")
    assert whole is not None
    assert whole.text == "A.\nB."
    assert (whole.span.line, whole.span.end_line) == (3, 11)
    impact = read(text).section("impact")
    assert impact is not None
    assert impact.text == ""


def test_comments_are_nothing_to_read() -> None:
    section = read("# x\n\n## Verification\n\n<!-- how do you know? -->\n").section("verification")
    assert section is not None
    assert section.text == ""


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Timeline (all times UTC)", "timeline"), ("Timeline - December 3, 2018", "timeline"), ("Key events",
        "timeline"),
        ("Issue Summary", "tldr"), ("Executive summary", "tldr"), ("What caused the incident?", "actual"),
        ("5 Whys", "actual"),
        ("What didn’t go so well?", "helped_hurt"), ("Lessons learnt", "helped_hurt"), ("Corrective actions",
        "actions"),
        ("Long-term Improvements (Target: Q4)", "actions"), ("Follow-ups", "actions"), ("Next steps", "actions"),
        ("Verification plan", "verification"), ("Unanswered questions", "questions"), ("Customer impact", "impact"),
        ("Weather", None), ("", None), ("Actions speak louder than words, and so on " * 4, None),
    ],
)  # fmt: skip
def test_common_headings_are_known_in_any_layout(title: str, kind: str | None) -> None:
    assert LAYOUTS["generic"].kind_of(title) == kind


@pytest.mark.parametrize("name", sorted(set(LAYOUTS) - {"generic", "google-sre"}))
def test_a_document_in_a_house_style_is_recognised(name: str) -> None:
    layout = LAYOUTS[name]
    assert recognise(heading for titles in layout.headings.values() for heading in titles) is layout
    assert set(layout.required) <= set(layout.headings)


def test_a_document_in_no_style_is_generic() -> None:
    assert recognise(["Summary", "Timeline", "Root cause", "Action items"]).name == "generic"
    assert recognise([]).name == "generic"


def test_a_policy_names_a_layout_or_makes_its_own() -> None:
    assert layout_from("auto") is None
    assert layout_from("google-sre") is layout_from("google")
    with pytest.raises(ValueError, match="there is no layout 'gogle'"):
        layout_from("gogle")
    own = layout_from({"timeline": "Chronik", "actions": ("Maßnahmen", "Aufgaben")})
    assert own is not None
    assert own.required == ("timeline", "actions")
    assert own.heading_for("actions") == "Maßnahmen"
    postmortem = read("# x\n\n## Chronik\n\n- 10:32 a\n\n## Aufgaben\n\n- b\n", own)
    assert (len(postmortem.timeline), len(postmortem.actions)) == (1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "# x\n\n**Summary** It lagged.\n**Impact** Much.\n**Root cause** A limit.\n",
        "# x\n\n**Summary:** It lagged.  \n**Impact:** Much.  \n**Root cause:** A limit.\n",
        "# x\n\n**Summary**\nIt lagged.\n**Impact**\nMuch.\n**Root cause** (so far)\n\nA limit.\n",
        "My postmortem\nSummary\nIt lagged.\nImpact:\nMuch.\n\nRoot cause\nA limit.\n",
        "My postmortem\n\n* Summary\n\n  It lagged.\n\n* Impact\n\n  Much.\n\n* Root cause\n\n  A limit.\n",
        (
            "# x\n\n<details>\n<summary>Summary</summary>\nIt lagged.\n</details>\n\n"
            "<details><summary><b>Impact</b></summary>\n\nMuch.\n\n</details>\n\n## Root cause\n\nA limit.\n"
        ),
        "text before\n\n# Summary\n\nIt lagged.\n\n## Impact\n\nMuch.\n\n## Root cause\n\nA limit.\n",
        "---\ntitle: Lag\n---\n\n# Summary\n\nIt lagged.\n\n## Impact\n\nMuch.\n\n## Root cause\n\nA limit.\n",
    ],
)
def test_sections_are_found_in_what_is_hardly_marked(text: str) -> None:
    found = {each.kind: each.text.split("\n")[0] for each in read(text).sections if each.kind}
    assert found == {"tldr": "It lagged.", "impact": "Much.", "actual": "A limit."}


def test_plain_lines_are_no_headings_where_others_are() -> None:
    text = "# x\n\n## Summary\n\nImpact\nMuch.\n\n## Timeline\n\n- 10:32 a\n"
    assert kinds(text) == [("tldr", "Summary"), ("timeline", "Timeline")]


def test_a_heading_that_may_mean_actions_does_so_where_no_other_does() -> None:
    alone = "# x\n\n## Mitigations\n\n- Cap it\n"
    assert [item.title for item in read(alone).actions] == ["Cap it"]
    assert [item.title for item in read(alone + "\n## Actions\n\n- Alert\n").actions] == ["Alert"]


def test_checkboxes_under_an_unknown_heading_are_actions_but_for_checklists() -> None:
    text = "# x\n\n## Recovery\n\nDone.\n\n## {}\n\n- [ ] Deploy it\n- [x] Check it\n"
    assert [item.done for item in read(text.format("Weather")).actions] == [False, True]
    assert read(text.format("Review checklist")).actions == ()


def test_what_was_done_is_no_action_item() -> None:
    text = "# x\n\n## Mitigation\n\n### Immediate actions\n\n1. Restart it\n\n## Action items\n\n- Cap it\n"
    assert [item.title for item in read(text).actions] == ["Cap it"]


def test_a_fact_in_bold_below_a_section_in_bold_is_a_section_too() -> None:
    text = (
        "# Search was down\n\n**Date:** 2026-05-04\n\n**Impact level:** high\n\n**Summary:** Search was down.\n\n"
        "**Impact:** 1,200 queries lost.\n\n**Root Causes:** The pool ran dry.\n\n**Resolution:** It was enlarged.\n\n"
        "**Detection:** The alert paged.\n\n## Action Items\n\n- Alert on the pool\n"
    )
    found = [(section.kind, section.text) for section in read(text).sections]
    assert found == [
        ("tldr", "Search was down."),
        ("impact", "1,200 queries lost."),
        ("actual", "The pool ran dry."),
        ("resolution", "It was enlarged."),
        ("detection", "The alert paged."),
        ("actions", "Alert on the pool"),
    ]


NUMBERED = (
    "# Till outage\n\n1. Incident date\n   - May 4, 2026\n2. Authors\n   - Ana Ruiz\n3. Timeline\n"
    "   - 10:32 Receipts fail.\n   - 11:14 Receipts are printed.\n"
    "4. Root cause\n   - A full disk.\n5. Action items\n   - Alert on a full disk\n"
)


def test_sections_that_are_a_numbered_list_end_where_one_of_any_title_begins() -> None:
    text = NUMBERED + "6. Other trouble found\n   - The clock of the till is late.\n     - By an hour.\n"
    postmortem = read(text)
    assert [item.title for item in postmortem.actions] == ["Alert on a full disk"]
    assert [author.name for author in postmortem.authors] == ["Ana Ruiz"]


def test_a_step_in_such_a_list_that_is_a_sentence_begins_no_section() -> None:
    text = NUMBERED + "6. The till was given a second disk, too.\n   - It has 2 TB.\n"
    assert [section.title for section in read(text).sections if section.title][-1] == "Action items"


def test_a_numbered_list_of_items_with_details_has_no_sections() -> None:
    text = "# x\n\n## Action items\n\n1. Alert on a full disk\n   - at 80 %\n2. Other disks\n   - Move the logs there\n"
    assert len(read(text).actions) == 2
