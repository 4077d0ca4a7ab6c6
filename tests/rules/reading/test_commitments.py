"""Promises in prose, below headings that announce some, and lists that a promise leads to elsewhere."""

from __future__ import annotations

import pytest

from rules.reading import read

HEAD = "# Outage of the till\n\n## What happened\n\nThe till was down.\n\n## Root cause\n\nA full disk.\n\n"


def titles(heading: str, body: str) -> list[str]:
    return [item.title for item in read(f"{HEAD}## {heading}\n\n{body}\n").actions]


PROMISES = [
    "Going forward, we will alert on disk usage above 80%.",
    "We are also adding a second till server in June.",
    "Log rotation will be turned on in all stores.",
]


@pytest.mark.parametrize(
    "heading",
    ["Prevention", "Preventative measures", "Going forward", "What we are doing", "Moving forward", "Looking ahead",
     "How we will improve", "Next steps", "Corrective and preventative measures", "Our commitment", "Path forward",
     "Steps we are taking", "What are we doing to prevent this?", "Preventing future incidents"],
)  # fmt: skip
def test_each_sentence_of_such_a_section_that_promises_is_an_item(heading: str) -> None:
    assert titles(heading, "This must never happen again. " + " ".join(PROMISES)) == PROMISES
    assert titles(heading, "\n".join(f"- {each}" for each in PROMISES)) == PROMISES


@pytest.mark.parametrize(
    "promise",
    [
        "Moving forward, this team will hold two spare pumps on site.",
        "We have decided to move the kiosks to wired power.",
        "A second pump has to be installed on each site.",
        "The certificates have to be renewed by a job.",
        "We're rewriting the seat allocator so that it cannot sell one seat twice.",
        "From now on all price changes must be approved by a second buyer.",
        "We plan to retire the old scanner gateway soon.",
        "The last measure will be limiting uploads to 20 MB.",
        "Our lab technicians will label both freezers.",
        "Additionally, all forklift batteries will be replaced.",
    ],
)
def test_what_the_authors_will_do_is_a_promise(promise: str) -> None:
    assert titles("Corrective measures", promise) == [promise]


def test_what_a_team_will_do_is_a_promise_of_that_team() -> None:
    promise = "The harbour team will test the siren every Monday."
    assert titles("Corrective measures", promise) == ["test the siren every Monday."]


@pytest.mark.parametrize(
    "text",
    [
        "We are sorry for the trouble and will be more transparent.",
        "We thank our users for their patience.",
        "The old gateway was down and needs to be restarted.",
        "If the queue grows, the worker will be restarted.",
        "We restarted the till and cleaned its disk.",
        "The disk is monitored by the vendor.",
        "46 minutes is unacceptable and will be fixed.",
    ],
)
def test_what_was_done_is_felt_or_may_come_is_none(text: str) -> None:
    assert titles("Corrective measures", text) == []


def test_prose_beside_a_list_of_items_only_tells_about_them() -> None:
    assert titles("Action items", "We will do all of this in June.\n\n- Alert on lag\n- Rotate the keys") == [
        "Alert on lag", "Rotate the keys",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lead",
    ["Going forward, we will do the following:", "To prevent this from happening again, we are taking these steps:",
     "It was over at noon. We have decided to change how we work:", "In the future we're going to:"],
)  # fmt: skip
@pytest.mark.parametrize("heading", ["Recovery and lessons learned", "Conclusion", "What we learned", "Resolution"])
def test_a_list_that_such_a_sentence_leads_to_holds_items_under_any_heading(heading: str, lead: str) -> None:
    assert titles(heading, f"{lead}\n\n- Ship a spare reader to each store\n- Cap the queue at 500") == [
        "Ship a spare reader to each store", "Cap the queue at 500",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        "We did the following:\n\n- Ship a spare reader\n- Cap the queue",
        "What made it worse in the future tense:\n\n- The queue was not capped\n- No spare reader",
        "These are the symptoms:\n\n- Tills freeze\n- Readers beep",
        "To reproduce it:\n\n- Open the till\n- Pull the plug",
    ],
)
def test_other_lists_there_hold_none(body: str) -> None:
    assert titles("Conclusion", body) == []


def test_bullets_that_all_say_what_the_authors_will_do_are_items_where_no_section_is_for_them() -> None:
    body = "- We will cap the queue at 500.\n- Though it was not the cause, we will replace the reader.\n"
    assert len(titles("Lessons learned", body)) == 2
    assert titles("Lessons learned", body + "\n## Action items\n\n- Rotate the keys") == ["Rotate the keys"]
    assert titles("Lessons learned", body + "- The queue was long.\n") == []


def test_lines_below_each_other_that_say_what_must_be_are_items() -> None:
    body = (
        "All recipes must be tasted by two cooks before they go on the menu\n"
        "Every delivery must be weighed at the door\nTired cooks must go home\n"
    )
    assert len(titles("Corrective and preventative measures", body)) == 3
