"""Items in prose that asks for something sentence by sentence, below headings for what is to be done."""

from __future__ import annotations

import pytest

from rules.reading import read


def titles(heading: str, body: str) -> list[str]:
    found = read(f"# Postmortem: x\n\n## Root cause\n\nA limit.\n\n## {heading}\n\n{body}\n").actions
    return [item.title.rstrip(".") for item in found]


def test_each_sentence_that_asks_for_something_is_an_item() -> None:
    body = "Never mount the config over the data. Use a volume only for state.\n\nDon't seed a live database."
    assert titles("Prevention", body) == [
        "Never mount the config over the data",
        "Use a volume only for state",
        "Don't seed a live database",
    ]


def test_what_stands_behind_as_a_reason_is_none() -> None:
    body = "Add a limit to the pool. The job took all connections.\n\nAlert on lag. It went unseen."
    assert titles("Prevention", body) == ["Add a limit to the pool", "Alert on lag"]


@pytest.mark.parametrize("heading", ["Proposed fix", "Possible fixes", "The proposed long-term solution"])
@pytest.mark.parametrize("mark", ["", "- "])
def test_a_proposal_may_be_a_single_sentence(heading: str, mark: str) -> None:
    assert titles(heading, f"{mark}Add a limit so that one job cannot take all connections.") == [
        "Add a limit so that one job cannot take all connections"
    ]


@pytest.mark.parametrize("heading", ["Fix", "Resolution", "Applied fix", "Timeline"])
def test_what_was_done_is_no_proposal(heading: str) -> None:
    assert titles(heading, "Add a limit to the pool. Restart the workers.") == []


@pytest.mark.parametrize(
    "body",
    ["The check in the script would have caught this. Never had it been run.", "Read the report for the details.",
     "Always the same job was to blame. Never before had it run so long.", "See the tracker. Nothing else is planned.",
     "Who runs the script? Add a note.", "Never the pool alone was full. It held."],
)  # fmt: skip
def test_prose_that_tells_or_advises_holds_no_items(body: str) -> None:
    assert titles("Prevention", body) == []


def test_prose_beside_a_list_only_leads_up_to_it() -> None:
    assert titles("Prevention", "Add limits. Watch them.\n\n- Cap the pool at 80") == ["Cap the pool at 80"]
