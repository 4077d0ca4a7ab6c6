"""Action items are told by what they look like and how they are marked, where no heading says what they are."""

from __future__ import annotations

import pytest

from rules.reading import read


def titles(text: str) -> list[str]:
    return [item.title for item in read(text).actions]


def under(heading: str, body: str) -> list[str]:
    return titles(f"# Postmortem: x\n\n## Root cause\n\nA limit.\n\n## {heading}\n\n{body}\n")


TWO = ["Add an alert", "Rotate the keys"]


@pytest.mark.parametrize(
    "heading",
    ["Follow-through", "Recommendation", "Looking forward", "Future prevention", "Permanent fix", "Hardening", "Plan",
     "What we're promising", "Agreed", "stuff we're gonna do", "Where we go from here", "Homework", "Backlog",
     "Things to build", "What must change", "Long-term (Recommended)"],
)  # fmt: skip
def test_a_heading_that_speaks_of_what_will_be_heads_items_that_begin_as_instructions(heading: str) -> None:
    assert under(heading, "- Add an alert\n- Rotate the keys") == TWO


def test_an_unknown_heading_heads_items_that_have_fields() -> None:
    assert under("Potatoes", "- Add an alert (Ana Ruiz, 2026-06-01)\n- Rotate the keys (@ben, 2026-06-08)") == TWO
    assert under("Potatoes", "- Add salt\n- Peel them") == []
    table = "| What | DRI | By |\n|--|--|--|\n| Add an alert | Ana | 2 May |\n| Rotate the keys | Ben | 9 May |"
    assert under("Potatoes", table) == TWO


@pytest.mark.parametrize(
    ("heading", "body"),
    [
        ("Plan", "- 10:32 Deploy begins\n- 10:40 Alert fires"),
        ("Mitigation", "- We restarted the pods\n- The limit was raised"),
        ("Measures taken", "- Raised the limit\n- Restarted the pods"),
        ("Changes to discuss", "- Do we need PDFs?\n- Who reads the mail?"),
        ("Design principles", "- Prefer filters that fail closed\n- Make the dangerous thing slow"),
        ("Steps to reproduce", "- Open the page\n- Add an item"),
        ("Lessons", "- Add tests early\n- Keep calm"),
        ("Action items\n\n### Review checklist", "- [ ] Is there a test?\n- [ ] Is there an alert?"),
        ("Action items\n\n### Design principles reaffirmed", "1. Use discovery\n2. Never hardcode names"),
        ("Actions already taken", "We have added better error handling."),
        ("Action items", "- Do we still need the nightly run?\n- Who reads the mailbox?"),
    ],
)
def test_what_tells_asks_or_believes_is_no_item(heading: str, body: str) -> None:
    assert under(heading, body) == []


def test_a_section_for_items_keeps_others_from_being_taken_for_one() -> None:
    assert under("Action items", "- Add an alert\n\n## Plan\n\n- Use the new cluster\n- Move the data") == [
        "Add an alert"
    ]


@pytest.mark.parametrize(
    "heading", ["Corrective actions applied", "Preventive measures implemented", "Fixes: deployed"]
)
def test_measures_already_applied_are_no_items_beside_those_to_come(heading: str) -> None:
    applied = "1. Cache tuned:\n   - larger heap,\n   - shorter lifetime\n2. Heap settings aligned"
    assert under(heading, f"{applied}\n\n## Next steps\n\n- Add an alert\n- Rotate the keys") == TWO


def test_measures_applied_are_all_that_there_is_where_nothing_is_promised() -> None:
    assert under("Corrective measures implemented", "- Two power feeds\n- A second probe") == [
        "Two power feeds",
        "A second probe",
    ]


def test_measures_to_be_applied_are_items() -> None:
    body = "- A second probe\n- Two power feeds\n\n## Next steps\n\n- Add an alert\n- Rotate the keys"
    assert under("Corrective actions to be applied", body) == ["A second probe", "Two power feeds", *TWO]


@pytest.mark.parametrize(
    "body",
    [
        "→ Add an alert\n→ Rotate the keys",
        "• Add an alert\n• Rotate the keys",
        " o Add an alert\n o Rotate the keys",
        "– Add an alert\n\n– Rotate the keys",
        "(1) Add an alert\n(2) Rotate the keys",
        "a) Add an alert\nb) Rotate the keys",
        "A. Add an alert\nB. Rotate the keys",
        "i. Add an alert\nii. Rotate the keys",
        "§ 1 Add an alert\n\n§ 2 Rotate the keys",
        "TODO(ana): Add an alert\nTODO: Rotate the keys",
        "[ ] Add an alert\n[ ] Rotate the keys",
        "AI-3 — Add an alert\n\nSR-23-044-02: Rotate the keys",
        "PTASK0012 – Add an alert\n  Assigned to: Ana\n  Due: 2026-06-01\nPTASK0013 – Rotate the keys\n  State: Open",
        "Alert\n:   Add an alert\n\nKeys\n:   Rotate the keys",
        "Add an alert\nRotate the keys",
        "Add an alert\tAna Ruiz\t2026-06-01\nRotate the keys\tBen Lang\t2026-06-08",
        "<ul>\n<li>Add an alert (Owner: Ana)</li>\n<li>Rotate the keys</li>\n</ul>",
        "<ol><li>Add an alert</li><li>Rotate the keys</li></ol>",
        "<table><tr><th>Action</th></tr>\n<tr><td>Add an alert</td></tr><tr><td>Rotate the keys</td></tr></table>",
    ],
)
def test_items_in_marks_that_markdown_does_not_know(body: str) -> None:
    assert under("Action items", body) == TWO


def test_marks_of_no_list_stay_as_they_are() -> None:
    text = "# Postmortem: x\n\n## Summary\n\n→ one arrow.\n\nA. Ruiz wrote it.\n\n## Action items\n\n- Add an alert\n"
    assert [passage.text for passage in read(text).passages][2:4] == ["→ one arrow.", "A. Ruiz wrote it."]


def test_a_call_to_act_names_the_owner() -> None:
    (item,) = read("# x\n\n## Action items\n\nTODO(dex): write one row per match — in patch 4.11\n").actions
    assert [owner.name for owner in item.owners] == ["dex"]


def test_paragraphs_that_begin_in_bold_are_items() -> None:
    body = "**Fail loudly.** The builder will exit 1. [#3](https://example.org/3)\n\n**More hands.** We ask for help."
    found = read(f"# x\n\n## What's next\n\n{body}\n\nWe also want to write.\n").actions
    assert [item.title.split(".")[0] for item in found] == ["Fail loudly", "More hands"]
    assert [item.span.line for item in found] == [5, 7]


def test_items_labelled_one_by_one_need_no_section() -> None:
    text = (
        "# x\n\n## Factors\n\n**1. Reads come from a replica**\n\nIt was fast once.\n\n"
        "→ *Change:* Read the primary (@ana)\n\n**2. Lag has no owner**\n\n→ *Change:* Page on lag\n"
    )
    assert [item.title for item in read(text).actions] == ["Read the primary", "Page on lag"]


def test_a_heading_without_any_mark_ends_the_section_before_it() -> None:
    text = (
        "# x\n\n## Preventative measures\n\nLessons Learned\n\n* Alerts came fast\n\nAction Items\n\n* Add an alert\n"
    )
    assert titles(text) == ["Add an alert"]
    plain = "Incident: Portal\n\nTimeline\n7:40 AM portal down\n2:05 PM up\n\nWhat We Are Going To Do\n- Add an alert\n"
    assert titles(plain) == ["Add an alert"]
    assert len(read(plain).timeline) == 2


def test_a_timeline_in_an_html_table() -> None:
    text = (
        "<h1>Review: x</h1>\n<h2>Timeline</h2>\n<table>\n<tr><th>Time (UTC)</th><th>Event</th></tr>\n"
        "<tr><td>10:32</td><td>Deploy</td></tr>\n<tr><td>10:40</td><td>Alert | page</td></tr>\n</table>\n"
    )
    found = read(text)
    assert [(entry.text, entry.span.line) for entry in found.timeline] == [("Deploy", 5), ("Alert page", 6)]
    assert found.headline is not None
    assert found.headline.value == "Review: x"


@pytest.mark.parametrize(
    "text",
    ["<table>", "<tr><td>x</td>", "<table><tr><td>a<td>b<td>c<tr><td>d</table>", "<li>", "<h2>", "</ul></ul><li>x",
     "<h1>a</h1><h4>b</h4>", "<ul>\n<li>a\n<ul><li>b</ul></ul>", "(a) x\n(b)", "→\n→ x\n→ y"],
)  # fmt: skip
def test_marks_and_tags_that_do_not_close_are_read_somehow(text: str) -> None:
    found = read(f"# x\n\n{text}\n\n## Action items\n\n- Add an alert\n")
    assert found.actions[-1].title == "Add an alert"
