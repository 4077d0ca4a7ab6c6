"""A document in each house style, as it is written there: recognised by its headings, and read to the last field."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rules.headings import announces_prevention
from rules.layouts import LAYOUTS, layout_from
from rules.reading import read

DOCUMENTS = {path.stem: path.read_text("utf-8") for path in (Path(__file__).parent / "house_styles").glob("*.md")}
FIRST_ENTRY = datetime(2026, 5, 4, 10, 32, tzinfo=UTC)


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_a_document_in_a_house_style_is_recognised_and_read(name: str) -> None:
    postmortem = read(DOCUMENTS[name], path="postmortems/2026-05-04-checkout.md")
    assert postmortem.layout == LAYOUTS[name].name
    assert postmortem.headline is not None
    assert "Checkout" in postmortem.headline.value
    assert {section.kind for section in postmortem.sections} >= set(LAYOUTS[name].required)
    assert postmortem.timeline[0].at == FIRST_ENTRY
    assert len(postmortem.timeline) == 3
    first, second = postmortem.actions
    assert first.title.rstrip(".") == "Alert on checkout latency"
    assert first.owners[0].name in ("Ana Ruiz", "ana")
    assert first.due == (None if name in ("google-sre", "jupyterhub") else date(2026, 6, 1))
    assert second.title.rstrip(".") == "Cap the connection pool"
    assert second.owners[0].name in ("Ben Okafor", "ben")


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_its_style_may_be_told_as_well(name: str) -> None:
    told, recognised = read(DOCUMENTS[name], layout_from(name)), read(DOCUMENTS[name])
    assert told.actions == recognised.actions
    assert [section.kind for section in told.sections] == [section.kind for section in recognised.sections]


def test_headings_of_a_policy_come_on_top_of_the_common_ones() -> None:
    own = layout_from({"timeline": ("Chronik",), "actions": "Was jetzt", "tldr": "Kurz"})
    text = "# x\n\n## Kurz\n\nEs stand.\n\n## Chronik\n\n- 10:32 a\n\n## Was jetzt\n\n- b\n\n## Impact\n\nc\n"
    postmortem = read(text, own)
    assert postmortem.layout == "custom"
    assert [section.kind for section in postmortem.sections] == ["tldr", "timeline", "actions", "impact"]
    assert (len(postmortem.timeline), len(postmortem.actions)) == (1, 1)
    assert read(text).actions == ()


@pytest.mark.parametrize(
    "title",
    [
        "Mitigation and future prevention",
        "How to prevent future floods",
        "What steps would you take to prevent this from happening again?",
        "Steps to avoid recurrence",
        "Preventing similar spills",
        "Avoiding a repeat",
        "How we stop it happening again",
        "Measures to prevent re-occurrence",
        "How can we avoid this?",
    ],
)
def test_a_heading_that_says_it_is_not_to_happen_again_announces_actions(title: str) -> None:
    assert LAYOUTS["generic"].kind_of(title) == "actions"


@pytest.mark.parametrize(
    "title",
    [
        "How we mitigated it",
        "Mitigation",
        "Mitigation steps taken",
        "What prevented a repeat",
        "Why did it happen again?",
        "Could this have been prevented?",
        "How could the flood have been avoided?",
        "What stopped us from seeing it",
        "Why it was not prevented",
        "Lessons learned and how to prevent a recurrence",
        "Root cause and future prevention",
        "Similar incidents",
        "Stop the bleeding",
    ],
)
def test_a_heading_that_looks_back_does_not(title: str) -> None:
    assert LAYOUTS["generic"].kind_of(title) != "actions"
    assert not announces_prevention(title)
