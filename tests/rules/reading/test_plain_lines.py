"""Action items without any mark, a line or a paragraph each, as in a list that was pasted without its bullets."""

from __future__ import annotations

import pytest

from rules.reading import read


def titles(body: str, *, heading: str = "# Corrective and preventative measures") -> list[str]:
    text = f"# Postmortem: x\n\n# Summary\n\nThe till was down.\n\n{heading}\n\n{body}\n\n# Thanks\n\nTo everybody.\n"
    return [item.title for item in read(text).actions]


@pytest.mark.parametrize(
    "lines",
    [
        ["Regularly review and rotate the door codes", "Install a second lock on the pharmacy"],
        ["Periodically drain the boiler and log its pressure", "Replace the valve of the boiler"],
        ["Calibration: Calibrate both scales every Monday.", "Spare parts: Order two load cells for the store."],
        ["Make sure to test the generator under load", "Buy a second fuel pump", "Train the night porter on it"],
        ["Stock control: Add a reorder level to each shelf.", "Update the order form with the new suppliers."],
        ["-Include a second reader in each dosage check", "-Restrict the cabinet key to the shift lead"],
        ["•Label both feeds in the rack", "•Test the transfer switch each quarter"],
        ["Implement a queue for label printing.", "Proactively renew the certificates of the scanners."],
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_lines_that_each_say_what_to_do_are_items(lines: list[str], between: str) -> None:
    assert titles(between.join(lines)) == [line.lstrip("-•") for line in lines]


@pytest.mark.parametrize(
    "closing",
    [
        "By taking these measures, we aim to keep the freezers cold and the customers happy.",
        "Now, with all of that said, the kitchen is back to normal!",
        "Even the best cooks burn a sauce, so it is good to have somebody taste it before it is served.",
        "These steps will keep the freezers cold.",
    ],
)
def test_a_sentence_that_closes_the_section_is_no_item(closing: str) -> None:
    lines = "Regularly defrost the freezers.\nAdd a thermometer to each of them."
    expected = ["Regularly defrost the freezers.", "Add a thermometer to each of them."]
    assert titles(f"{lines}\n{closing}") == expected
    assert titles(f"{lines}\n\n{closing}") == expected


@pytest.mark.parametrize("label", ["Improvements:", "Tasks ahead:", "Specific tasks to address the issue include:"])
def test_a_label_that_sorts_such_lines_is_none_either(label: str) -> None:
    body = f"{label}\n\nRegularly check the seals.\nOrder spare gaskets.\nStill to do:\n\nRewrite the cleaning plan."
    assert titles(body) == ["Regularly check the seals.", "Order spare gaskets.", "Rewrite the cleaning plan."]


@pytest.mark.parametrize(
    "lead",
    [
        "Corrective and preventative measures: To keep the lifts running, the crew will take the following steps:",
        "Action items: After the meeting, the owners agreed to do the following:",
        "Preventive measures: We will do this:",
    ],
)
def test_a_label_before_the_sentence_that_announces_them_begins_the_section(lead: str) -> None:
    text = (
        "Timeline:\n\n10:00 The lift stopped.\n10:20 The fitter arrived.\n\nRoot cause:\n\nA worn relay.\n\n"
        f"{lead}\n\nReplace the relays of all lifts\nRegularly measure their resistance\n"
    )
    assert [item.title for item in read(text).actions] == [
        "Replace the relays of all lifts",
        "Regularly measure their resistance",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "The pump was replaced.\nIt runs again.",
        "Review showed that the pump was too small.\nThe second one was too small as well.",
        "We replaced the pump, and looked at the others.\n\nNobody was hurt, which we are glad about.",
        "10:05 Replace the pump\n10:20 Test the pump",
        "Restarted the pump.\n\nCleaned the filter.",
    ],
)
@pytest.mark.parametrize("heading", ["# Corrective and preventative measures", "# Lessons learned", "# Resolution"])
def test_prose_is_none(body: str, heading: str) -> None:
    assert titles(body, heading=heading) == []


def test_such_lines_stand_beside_a_list() -> None:
    body = (
        "- Add a probe to the pool\n\nTasks ahead:\n\nRegularly clean the filters.\nOrder a second pump.\n"
        "Now, with that said, the pool is open again!"
    )
    assert titles(body) == ["Add a probe to the pool", "Regularly clean the filters.", "Order a second pump."]


def test_instructions_outside_the_section_are_none() -> None:
    body = "Regularly defrost the freezers.\nAdd a thermometer to each of them."
    assert titles(body, heading="# Background") == []
    assert titles(body, heading="# Detection") == []


def test_prose_among_such_lines_shows_that_they_are_no_list() -> None:
    body = "Review of the tills took a day.\nThe tills are old.\nNew ones cost much.\nUpdate them we cannot."
    assert titles(body) == []


def test_the_task_list_counts_where_another_section_leads_up_to_it() -> None:
    text = (
        "# Outage\n\n# Improvements\n\nRegularly look after the tills.\nHave more spares in the store.\n\n"
        "# Task list\n\nOrder four spare tills.\nRegularly test the spare tills.\n"
    )
    assert [item.title for item in read(text).actions] == [
        "Order four spare tills.",
        "Regularly test the spare tills.",
    ]


@pytest.mark.parametrize(
    "heading", ["## Prevention measures", "## Preventive actions taken", "## Prevention strategies"]
)
def test_what_has_been_done_to_prevent_it_is_an_item_that_is_done(heading: str) -> None:
    text = (
        f"# Postmortem: x\n\n## Summary\n\nThe ovens were cold.\n\n{heading}\n\n1. Added a gas sensor to each oven\n"
        "2. Created a checklist for the first shift\n3. Replaced both valves\n"
    )
    assert [(item.title, item.done) for item in read(text).actions] == [
        ("Added a gas sensor to each oven", True),
        ("Created a checklist for the first shift", True),
        ("Replaced both valves", True),
    ]


@pytest.mark.parametrize(
    "heading", ["## Mitigation", "## Mitigations", "## Actions taken", "## Immediate actions taken"]
)
def test_what_was_done_in_the_incident_is_none(heading: str) -> None:
    text = (
        f"# Postmortem: x\n\n## Summary\n\nThe ovens were cold.\n\n{heading}\n\n1. Closed the gas tap\n"
        "2. Called the fitter\n3. Replaced both valves\n"
    )
    assert read(text).actions == ()


def test_a_section_that_may_tell_of_the_incident_has_none_beside_another() -> None:
    text = (
        "# Outage\n\n## Preventing recurrence\n\nThe fuses took long because nobody had any.\n\n"
        "## Mitigation\n\nRestart the pump\nOpen the valve\n"
    )
    assert read(text).actions == ()


@pytest.mark.parametrize(
    "lead",
    [
        "To prevent this from happening again, we will take the following steps:",
        "Going forward, the crew will do this:",
        "To make sure this does not recur we will:",
    ],
)
def test_lines_behind_a_sentence_that_promises_them_are_items_in_a_document_without_a_section(lead: str) -> None:
    text = (
        "# Outage\n\n## Summary\n\nThe pump stood.\n\n## Root cause\n\nThe filter was full.\n\n"
        f"{lead}\n\nAdd a probe to the pump\nRegularly replace the filter\n\nThanks for reading.\n"
    )
    assert [item.title for item in read(text).actions] == ["Add a probe to the pump", "Regularly replace the filter"]


@pytest.mark.parametrize(
    "lead", ["These steps led to it:", "The operator did the following:", "We took the following steps:", "Run this:"]
)
def test_lines_behind_any_other_sentence_are_none(lead: str) -> None:
    text = (
        "# Outage\n\n## Summary\n\nThe pump stood.\n\n## Root cause\n\nThe filter was full.\n\n"
        f"{lead}\n\nOpen the valve\nStart the pump\n"
    )
    assert read(text).actions == ()


@pytest.mark.parametrize(
    "closing",
    [
        "By following these measures, we aim to find such leaks before anybody gets wet.",
        "With these steps, we will keep the cellar dry.",
        "Through these corrective actions we intend to serve our guests better.",
    ],
)
def test_what_sums_up_the_measures_promises_nothing_of_its_own(closing: str) -> None:
    assert titles(f"We will replace the pipes in the cellar.\n\n{closing}") == [
        "We will replace the pipes in the cellar."
    ]
