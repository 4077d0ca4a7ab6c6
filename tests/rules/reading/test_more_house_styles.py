"""What other house styles add: lettered items, one author, two languages, questions in bold, no section for items."""

from __future__ import annotations

import pytest

from rules.parse.zones import zone_from
from rules.reading import read


def titles(text: str) -> list[str]:
    return [item.title for item in read(text).actions]


@pytest.mark.parametrize(
    "body",
    [
        "a) Widen the recovery window (done)\nb) Test the failover each quarter\nc) Ask the vendor for a patch",
        "(a) Widen the recovery window (done)\n(b) Test the failover each quarter\n(c) Ask the vendor for a patch",
        "(1) Widen the recovery window (done)\n(2) Test the failover each quarter\n(3) Ask the vendor for a patch",
        "i) Widen the recovery window (done)\nii) Test the failover each quarter\niii) Ask the vendor for a patch",
    ],
)
def test_lines_that_letters_or_numbers_in_brackets_count_are_items(body: str) -> None:
    found = read(f"# P\n\n## What we'll do\n\n{body}\n").actions
    assert [(item.title, item.done) for item in found] == [
        ("Widen the recovery window", True),
        ("Test the failover each quarter", False),
        ("Ask the vendor for a patch", False),
    ]


@pytest.mark.parametrize("heading", ["What I'm changing", "What I will do", "What I'll change", "What we'll do"])
def test_a_heading_may_speak_for_one_author_or_be_contracted(heading: str) -> None:
    text = f"# How I lost my photos\n\n## {heading}\n\n- Weekly long tests of all disks\n- No more shingled disks\n"
    assert len(titles(text)) == 2


def test_headings_and_labels_may_stand_in_two_languages() -> None:
    found = read(
        "# Caída del checkout / Checkout outage\n\n**Fecha / Date:** 2026-05-12\n**Severidad / Severity:** SEV-1\n\n"
        "## Línea de tiempo / Timeline (UTC)\n\n- 09:02 Deploy\n\n## Causa raíz / Root cause\n\nA header.\n\n"
        "## Acciones / Action items\n\n- Pin the version\n"
    )
    assert found.fields["severity"].value.value == "SEV-1"
    assert found.timeline[0].at is not None
    assert [section.kind for section in found.sections] == ["timeline", "actual", "actions"]


def test_a_label_of_two_facts_is_neither() -> None:
    assert "start" not in read("# P\n\n- Start / End: 10:00 to 11:00\n").fields


def test_a_question_in_bold_is_a_label_where_its_answer_follows() -> None:
    found = read(
        "# Devlog 41\n\n**What happened?** Items were sold twice.\n\n"
        "**When?** The patch went live at 10:00 CET. First copies at 10:20. We closed the market at 12:45.\n\n"
        "**What are we doing about it?**\n\n- Snapshot the market every 15 minutes\n"
    )
    assert [section.kind for section in found.sections] == ["tldr", "timeline", "actions"]
    assert len(found.timeline) == 3


@pytest.mark.parametrize(
    "sentence",
    [
        "We are working to shorten the search and we are adding limits per pod to prevent issues like this one.",
        "To prevent a recurrence, we will add a size check to the rollout.",
        "Going forward, our operators will rehearse the switch each spring.",
        "From now on we'll keep two spare scanners in each hall.",
    ],
)
def test_a_promise_that_says_what_for_is_an_item_where_no_section_is_for_them(sentence: str) -> None:
    text = f"# Availability report\n\n**May 6 (1 hour)**\n\nOn May 6 logs were missing. {sentence}\n"
    assert titles(text) == [sentence]
    assert titles(f"{text}\n## Action items\n\n- Rotate the keys\n") == ["Rotate the keys"]


@pytest.mark.parametrize(
    "sentence",
    [
        "We will share more when we know it.",
        "We prevented the same issue in another hall.",
        "Users will be able to log in again.",
        "The limit prevents this from happening again.",
    ],
)
def test_what_else_is_told_there_is_none(sentence: str) -> None:
    assert titles(f"# Availability report\n\n**May 6**\n\nOn May 6 logs were missing. {sentence}\n") == []


def test_promises_below_going_forward_stand_beside_those_of_the_section_for_items() -> None:
    text = (
        "# P\n\n## Remediation\n\n- Pin the version\n\n## Going forward\n\n"
        "We will simulate each claim. The council is going to review all keys. Roots will be sent in two steps.\n"
    )
    assert len(titles(text)) == 4


@pytest.mark.parametrize(("zone", "hours"), [("EAT", 3), ("WAT", 1), ("CAT", 2), ("SAST", 2), ("WIB", 7), ("BRT", -3)])
def test_zones_of_one_offset_in_africa_asia_and_brazil_are_known(zone: str, hours: int) -> None:
    found = zone_from(zone)
    assert found is not None
    offset = found.utcoffset(None)
    assert offset is not None
    assert offset.total_seconds() == hours * 3600
