"""What stands among action items and is none: what explains them, what tells that there are none, what is quoted."""

from __future__ import annotations

import pytest

from rules.reading import read

HEAD = "# Till outage\n\n## Root cause\n\nA full disk.\n\n## Action items\n\n"
ITEMS = "- Alert on a disk that is 80 % full\n- Move the logs to the second disk\n"
TITLES = ["Alert on a disk that is 80 % full", "Move the logs to the second disk"]
NUMBERED = f"1. {TITLES[0]}\n2. {TITLES[1]}\n"
TABLE = f"| Action item | Owner |\n|---|---|\n| {TITLES[0]} | Ana |\n| {TITLES[1]} | Bo |\n"
TYPES = "- Prevent - Keep such outages from occurring.\n- Detect - Notice them earlier.\n- Mitigate - Recover faster."
LEVELS = (
    "- P0 - Critical for the release.\n- P1 - Important for the year.\n- P2 - Stretch goals that would be nice to have."
)


def titles(body: str) -> list[str]:
    return [item.title for item in read(HEAD + body).actions]


@pytest.mark.parametrize(
    "explanation",
    [
        "Action items should address what the lessons say.\nWe should double down on what went well.",
        "All action items must have an owner.\nThey should have a date.",
        "This table should be kept up to date.\nEach row must have an owner.",
        f"Action items fall under three types:\n\n{TYPES}",
        f"Actions should not only fix what broke.\nThere should be one of each type. Types:\n\n{TYPES}",
        f"The items have a priority:\n\n{LEVELS}",
        "Legend:\n\n- ✅ = done\n- 🚧 = in progress",
        "Priority levels:\n\n- **High**: within two weeks\n- **Low**: within a quarter",
    ],
)
@pytest.mark.parametrize("items", [NUMBERED, TABLE])
def test_what_explains_the_items_is_none(explanation: str, items: str) -> None:
    assert titles(f"{explanation}\n\n{items}") == TITLES


@pytest.mark.parametrize(
    "body",
    [
        f"Action items by priority:\n\n- P0 - {TITLES[0]}\n- P1 - {TITLES[1]}\n",
        f"Types:\n\n- Prevent: {TITLES[0]}\n- Detect: {TITLES[1]}\n",
        f"Status:\n\n- {TITLES[0]}\n- {TITLES[1]}\n\n- Other: see above\n",
    ],
)
def test_items_that_are_sorted_by_such_marks_are_items(body: str) -> None:
    assert [title.rpartition(": ")[2] for title in titles(body)][:2] == TITLES


PROMISES = (
    "- P0: Alert on a disk that is 80 % full. Owner: @ana. Due: 2026-06-01\n"
    "- P1: Move the logs to the second disk. Owner: @bo. Due: 2026-07-01\n"
)


@pytest.mark.parametrize(
    "lead",
    ["Key actions:", "**Key follow-ups:**", "Where we start:", "By priority:", "The priority levels were agreed on:"],
)
@pytest.mark.parametrize("promises", [PROMISES, f"- P0: {TITLES[0]}\n- P1: {TITLES[1]}\n"])
def test_whatever_leads_up_to_promises_they_are_items(lead: str, promises: str) -> None:
    later = "Later:\n\n- [ ] Train whoever is on call\n"
    found = [title.rstrip(".") for title in titles(f"{lead}\n\n{promises}\n{later}")]
    assert found == [*TITLES, "Train whoever is on call"]


def test_promises_that_are_sorted_by_purpose_are_items() -> None:
    body = "Of all types:\n\n- Prevent: Move the logs. Owner: @ana\n- Detect: Alert on a disk. Owner: @bo\n\n"
    assert len(titles(body + "Later:\n\n- [ ] Train whoever is on call\n")) == 3


def test_duties_of_the_system_are_items_still() -> None:
    body = "Disks must be watched from 80 % on.\nLogs should be moved to the second disk.\n"
    assert titles(body) == body.splitlines()


@pytest.mark.parametrize(
    "note",
    [
        "- None landed yet. See the follow-up section for the plan.",
        "- None so far.",
        "- No further actions needed at this time.",
        "- This incident record sits in the index as the contract for such posters.",
        "- This document describes the first of two outages.",
        "- ... another item",
        "- another action item here",
    ],
)
def test_a_placeholder_or_a_note_is_no_item(note: str) -> None:
    assert titles(note) == []
    assert titles(ITEMS + note) == TITLES


@pytest.mark.parametrize("item", ["Nothing but signed images may be deployed", "This incident needs a page of its own"])
def test_an_item_that_begins_like_one_is_an_item(item: str) -> None:
    assert titles(f"{ITEMS}- {item}\n") == [*TITLES, item]


def test_a_placeholder_in_a_table_is_no_item() -> None:
    assert titles(f"{TABLE}| ... another item | ?? |\n") == TITLES


@pytest.mark.parametrize(
    "below",
    [
        "taken from the chat:\n\n```\nana: there is no request\nana: I rebuilt the old one\n```\n",
        "```\nPhase 4: write it\nPhase 5: test it\n```\n",
        "> I rebuilt the old one\n",
    ],
)
def test_a_heading_with_only_a_quote_below_it_is_no_item(below: str) -> None:
    assert titles(f"{ITEMS}\n### Ana building the old release\n\n{below}") == TITLES
    assert titles(f"### Build the old release again\n\n{below}### Alert on a full disk\n\n```\ndf -h\n```\n") == [
        "Build the old release again",
        "Alert on a full disk",
    ]


def test_a_heading_with_the_fields_of_an_item_quoted_below_it_is_one() -> None:
    fields = "> Owner: @ana. Due: 2026-06-01\n"
    assert titles(f"### Better alerting of disks\n\n{fields}\n### Runbook for the disks\n\n{fields}") == [
        "Better alerting of disks",
        "Runbook for the disks",
    ]


def test_news_are_no_work() -> None:
    head = "# Outage\n\n## Next steps\n\n"
    text = "We will share more information about this next month. We will move the logs to the second disk.\n"
    assert [item.title for item in read(head + text).actions] == ["We will move the logs to the second disk."]
