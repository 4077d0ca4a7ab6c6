"""Sections that sound like action items by one word, and tell of the incident, of deeds, or of how a thing works."""

from __future__ import annotations

import pytest

from rules.reading import read

HEAD = "# Till outage\n\n## Root cause\n\nA full disk.\n\n"
ITEMS = "- Alert on a disk that is 80 % full\n- Move the logs to the second disk\n"
TITLES = ["Alert on a disk that is 80 % full", "Move the logs to the second disk"]
SEEN = "- receipts were printed\n- the queue was empty\n- card payments went through\n"


def titles(text: str) -> list[str]:
    return [item.title for item in read(HEAD + text).actions]


@pytest.mark.parametrize(
    "lead",
    [
        "After remediation, these things were seen:",
        "Following the corrective action, the tills reported:",
        "Before the follow-up, the auditors wrote down:",
        "Once remediation had ended, the probes answered:",
    ],
)
@pytest.mark.parametrize("heading", ["Verification", "Impact", "Recovery"])
def test_a_sentence_that_names_a_section_to_say_when_heads_none(heading: str, lead: str) -> None:
    document = read(f"{HEAD}## {heading}\n\n{lead}\n\n{SEEN}")
    assert document.actions == ()
    assert [section.title for section in document.sections][-1] == heading


@pytest.mark.parametrize(
    "lead",
    [
        "Action items:",
        "After the meeting, we agreed on these action items:",
        "After the outage, our follow-up actions:",
        "Remediation, in this order:",
    ],
)
def test_a_sentence_that_announces_items_still_does(lead: str) -> None:
    assert titles(f"## Conclusion\n\n{lead}\n\n{ITEMS}") == TITLES


@pytest.mark.parametrize("heading", ["Long-term fix", "Permanent fixes applied to the tills", "Prevention measures ✅"])
def test_deeds_with_their_purpose_below_the_resolution_are_no_items(heading: str) -> None:
    deeds = "- Updated the till image to exclude the log folder\n- Changed the script to stop at 90 %\n"
    text = f"## Resolution\n\n### Immediate actions\n\n1. Removed the logs\n\n### {heading}\n\n{deeds}\n"
    assert titles(f"{text}## Prevention\n\n{ITEMS}") == TITLES


def test_measures_that_tell_how_things_are_below_the_resolution_are_no_items() -> None:
    steps = "### 1. New disk ✅\n\n- Bought a disk\n\n### 2. Prevention measures ✅\n\n- All tills have two disks\n"
    assert titles(f"## Resolution steps taken\n\n{steps}\n## Action items\n\n{ITEMS}") == TITLES
    assert titles(f"## Resolution steps taken\n\n{steps}") == []


def test_measures_that_are_asked_for_below_the_resolution_are_items() -> None:
    assert titles(f"## Resolution\n\nThe till was restarted.\n\n### Prevention measures\n\n{ITEMS}") == TITLES


STEPS = "1. Wait.\n2. Restart the printer.\n3. Reboot, as a last resort.\n"


@pytest.mark.parametrize(
    "lead",
    [
        "We shipped a watchdog. After three failures it runs these steps:",
        "We shipped a watchdog, which checks the printer each minute. On a failure, the watchdog tries in this order:",
        "A new script watches the tills. Each time, the script performs the following:",
    ],
)
def test_steps_that_a_thing_takes_by_itself_are_no_items(lead: str) -> None:
    assert titles(f"## Remediation\n\n{lead}\n\n{STEPS}") == []


@pytest.mark.parametrize(
    "lead",
    [
        "We agreed on these steps:",
        "We are taking the following steps to keep the tills alive:",
        "These are the nightly checks:",
        "The review asks for the following:",
        "A watchdog is needed. It will run on each till:",
        "The team runs through these steps before Easter:",
        "A watchdog runs now. It is not enough, so we do the following:",
    ],
)
def test_steps_that_people_take_are_items(lead: str) -> None:
    assert len(titles(f"## Remediation\n\n{lead}\n\n{STEPS.replace('Wait.', 'Add a delay of 5 s.')}")) == 3


def test_steps_of_a_thing_with_an_owner_are_items() -> None:
    steps = "1. Restart the printer (owner: Ana Ruiz)\n2. Add a log line (owner: Ben Okafor)\n"
    assert len(titles(f"## Remediation\n\nOn a failure it runs these steps:\n\n{steps}")) == 2


@pytest.mark.parametrize(
    "heading", ["What we are still not doing", "What we're still not fixing", "Work that still won't be planned"]
)
def test_what_is_not_meant_to_be_done_is_no_item(heading: str) -> None:
    text = "- We will have one cable; the tills must cope.\n- We have not yet replaced the router; it should hold.\n"
    assert titles(f"## Action items\n\n{ITEMS}\n## {heading}\n\n{text}") == TITLES


def test_what_is_not_done_yet_is_an_item() -> None:
    assert titles(f"## Action items\n\n- Buy a disk\n\n## Fixes still outstanding\n\n{ITEMS}") == [
        "Buy a disk",
        *TITLES,
    ]


LOG = (
    "May 28, 2026\n\n* The tills went dark after a reboot.\n  * Symptom: no receipts\n  * Status: resolved @ 15:22\n\n"
    "Early May, 2026\n\n* Printers lost the network.\n  * Status: the vendor denies it. Recommend leaving it.\n"
)


@pytest.mark.parametrize("heading", ["May 2026", "2026", "2026-05", "Q2 2026", "Early May, 2026"])
def test_a_heading_that_only_tells_when_holds_no_items(heading: str) -> None:
    assert [item.title for item in read(f"# Incident log\n\n## {heading}\n\n{LOG}").actions] == []


def test_boxes_below_a_heading_that_tells_when_are_items() -> None:
    text = f"## June 2026\n\n{ITEMS.replace('- ', '- [ ] ')}"
    assert titles(text) == TITLES


RULE = "```sh\nrm -rf logs  # wrong\n```\n"


@pytest.mark.parametrize("rule", ["1. NEVER delete logs by hand", "2. Always rotate first", "3. Don't guess"])
def test_a_rule_with_an_example_below_it_is_no_item(rule: str) -> None:
    assert titles(f"## Prevention measures\n\n### {rule}\n\n{RULE}\n### Storage\n\n{ITEMS}") == TITLES


def test_a_numbered_heading_that_asks_for_something_is_an_item_with_its_example() -> None:
    assert titles(f"## Prevention measures\n\n### 1. Add a job that rotates\n\n{RULE}") == ["Add a job that rotates"]


@pytest.mark.parametrize("heading", ["Things we learned", "Things I learned", "Things we learned (the hard way)"])
def test_what_was_learned_is_no_promise_though_it_stands_below_the_measures(heading: str) -> None:
    document = f"## Corrective measures\n\n### {heading}\n\n{SEEN}\n### Action items\n\n{ITEMS}"
    assert titles(document) == TITLES


@pytest.mark.parametrize("title", ["Destructive action", "Triggering Action", "Operator actions", "The user's actions"])
@pytest.mark.parametrize("head", ["**{}:** the hook wiped the disk of the node.", "### {}\n\nThe hook wiped the disk."])
def test_an_action_that_had_a_part_in_the_root_cause_is_no_section_of_items(title: str, head: str) -> None:
    text = f"# x\n\n## Root cause\n\nThe label was new.\n\n{head.format(title)}\n\n**Reach:** all nodes.\n"
    postmortem = read(text)
    assert postmortem.actions == ()
    assert postmortem.section("actions") is None


@pytest.mark.parametrize("title", ["Corrective action", "Next action", "Planned action", "Required actions"])
def test_an_action_that_is_asked_for_within_the_root_cause_is_an_item(title: str) -> None:
    text = f"# x\n\n## Root cause\n\nThe label was new.\n\n**{title}:** Cap the hook at one node.\n"
    assert [item.title for item in read(text).actions] == ["Cap the hook at one node."]
