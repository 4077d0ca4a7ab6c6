"""Bullets in bold or before a colon, with bullets below them: items with their details, and heads that only sort."""

from __future__ import annotations

import pytest

from rules.reading import read
from tests.postmortems import good_postmortem
from tests.rules.linting import found


def titles(body: str) -> list[str]:
    text = f"# Postmortem: x\n\n## Root cause\n\nA limit.\n\n## Action items\n\n{body}\n"
    return [item.title for item in read(text).actions]


@pytest.mark.parametrize(
    ("body", "items"),
    [
        ("1. **Inventory all signing keys at each site:**\n   - List the vaults\n   - Note who holds each key\n",
         ["Inventory all signing keys at each site"]),
        ("- **Automate the renewal of certificates:**\n  - Use the ACME client\n  - Alert three weeks ahead\n",
         ["Automate the renewal of certificates"]),
        ("1. Add a second feed to the cold store:\n   - from the north substation\n   - with its own meter\n",
         ["Add a second feed to the cold store"]),
        ("* **Rotate the radio keys of all trams** (in progress):\n  * depot by depot\n  * at night\n",
         ["Rotate the radio keys of all trams (in progress)"]),
        ("1. **Replace the label printer's driver**\n   - Test with both paper sizes\n",
         ["Replace the label printer's driver"]),
        (("1. Pin the base image.\n2. **Gradual reopening of the ward:**\n   - Admit one patient at a time\n"
         "   - Watch the monitors before the next\n3. Test the pager.\n"),
         ["Pin the base image.", "Gradual reopening of the ward", "Test the pager."]),
        (("- Pin the base image\n- Test the pager\n- **Automated failover of the relay** (in development):\n"
         "  - Trigger: three lost beats\n  - 30 seconds between polls\n"),
         ["Pin the base image", "Test the pager", "Automated failover of the relay (in development)"]),
    ],
)  # fmt: skip
def test_a_bullet_that_asks_for_something_is_one_item_with_the_details_below_it(body: str, items: list[str]) -> None:
    assert titles(body) == items


@pytest.mark.parametrize(
    "head",
    ["Short term:", "**Monitoring:**", "**Process improvements:**", "**Prevention**", "Next sprint:", "**P1**",
     "**Ana Ruiz:**", "**Technical changes:**", "**Database team:**", "**Improve alerting:**", "Quick wins:"],
)  # fmt: skip
def test_a_bullet_that_sorts_heads_the_items_below_it(head: str) -> None:
    assert titles(f"- {head}\n  - Add an alert on lag\n  - Rotate the keys\n") == [
        "Add an alert on lag",
        "Rotate the keys",
    ]


def test_numbered_heads_without_verbs_sort_where_all_of_the_list_are_heads() -> None:
    body = "1. **Load handling**\n   - Cap the queue at 500\n2. **Bug bounty**\n   - Publish the rules of a bounty\n"
    assert titles(body) == ["Cap the queue at 500", "Publish the rules of a bounty"]


@pytest.mark.parametrize(
    "below",
    ["- Alert on lag (@ana, 2026-06-01)\n  - Alert on errors (@ben, 2026-06-08)",
     "- [ ] Alert on lag\n  - [x] Alert on errors"],
)  # fmt: skip
def test_what_is_owned_dated_or_boxed_below_a_head_is_an_item(below: str) -> None:
    found = titles(f"- **Add alerts to the queue:**\n  {below}\n")
    assert found == ["Alert on lag", "Alert on errors"]


def test_fields_below_an_item_with_details_are_its_own() -> None:
    text = (
        "# P\n\n## Action items\n\n1. **Move the pumps to the new grid:**\n   - one pump a night\n"
        "   - Owner: Ana Ruiz\n   - Due: 2026-06-01\n"
    )
    (item,) = read(text).actions
    assert (item.title, item.owners[0].name, str(item.due)) == (
        "Move the pumps to the new grid", "Ana Ruiz", "2026-06-01",
    )  # fmt: skip


def test_a_heading_of_measures_heads_the_bold_lines_below_it_where_one_of_them_is_a_known_heading() -> None:
    text = (
        "# P\n\n## Root cause\n\nA limit.\n\n## Prevention measures\n\n"
        "**Immediate:**\n1. Seal the vent\n2. Tag the valve\n\n**Process improvements:**\n1. Add a second reader\n"
    )
    assert [item.title for item in read(text).actions] == [
        "Seal the vent", "Tag the valve", "Add a second reader",
    ]  # fmt: skip


def test_bullets_set_in_alike_stand_side_by_side_wherever_markdown_puts_them() -> None:
    body = "  - Cap the queue\n\n  - Alert on lag\n\n- Add a reader\n\n  - Rotate the keys\n  - Pin the image\n"
    assert titles(body) == ["Cap the queue", "Alert on lag", "Add a reader", "Rotate the keys", "Pin the image"]
    assert titles("- Add a reader\n  - Rotate the keys\n- Pin the image\n") == ["Add a reader", "Pin the image"]


@pytest.mark.parametrize(
    "fact",
    [
        "The internal routes already send a cache header, which is better here.",
        "Our pumps already run on the emergency circuit.",
        "Nobody was hurt.",
        "The whole team is aligned on a slower rollout",
        "Pump 4.2 ready for a second try with the new limits",
        "We have for many years kept two keys to each vault.",
        "There were no spare readers in the store.",
        "Fortunately the hall was empty.",
        "New forms were read twice after the ward had opened.",
        "The label was checked by hand while the printer was down.",
    ],
)
def test_a_bullet_that_tells_what_is_so_or_what_happened_meanwhile_is_no_item(fact: str) -> None:
    assert titles(f"- {fact}\n- Rotate the keys") == ["Rotate the keys"]


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("The old job has been disabled.", True),
        ("All keys were rotated on 3 May.", True),
        ("Limits are now enforced by the gateway.", True),
        ("Each till was given a second reader.", True),
        ("All keys must be rotated once the old ones have been revoked.", False),
        ("The reader will be replaced.", False),
        ("A second reader is needed.", False),
    ],
)
def test_a_bullet_that_tells_of_something_done_to_a_thing_is_an_item_that_is_done(text: str, done: bool) -> None:
    (item,) = read(f"# P\n\n## Action items\n\n- {text}\n").actions
    assert item.done is done


def test_a_numbered_heading_that_asks_for_an_outcome_is_an_item_with_the_bullets_below_it_as_details() -> None:
    body = (
        "### 1. Add a second trunk to the exchange\n\n- order it from the other carrier\n- own power supply\n\n"
        "### 2. Replace the batteries of rack 4\n\n- one string a night\n\n"
        "### 3. Improve monitoring\n\n- Alert on trunk errors\n- Alert on battery voltage\n"
    )
    assert titles(body) == [
        "Add a second trunk to the exchange", "Replace the batteries of rack 4", "Alert on trunk errors",
        "Alert on battery voltage",
    ]  # fmt: skip
    owned = "### 1. Add alerts to the trunk\n\n- On errors (@ana, 2026-06-01)\n- On voltage (@ben, 2026-06-08)\n"
    assert titles(owned) == ["On errors", "On voltage"]


@pytest.mark.parametrize(
    ("head", "item"),
    [
        ("Updated `pumps.toml`:", "Updated pumps.toml"),
        ("Enhanced `bin/check-seals`:", "Enhanced bin/check-seals"),
        ("Reduced the pressure of all pumps:", "Reduced the pressure of all pumps"),
    ],
)
def test_what_was_done_to_a_thing_is_one_item_with_what_stands_below_it_as_details(head: str, item: str) -> None:
    assert titles(f"- {head}\n  - Added two limits\n  - A better message\n- Rotate the keys\n") == [
        item,
        "Rotate the keys",
    ]


@pytest.mark.parametrize("head", ["Planned changes:", "Required follow-ups:", "Added the following:", "Completed:"])
def test_a_head_that_only_sounds_like_a_deed_sorts_what_stands_below_it(head: str) -> None:
    assert titles(f"- {head}\n  - Cap the queue at 500\n  - Rotate the keys\n")[-2:] == [
        "Cap the queue at 500", "Rotate the keys",
    ]  # fmt: skip


CONDITIONS = "- Every pump has a valve\n- Every valve is listed in `valves.toml`\n"


@pytest.mark.parametrize("end", ["to verify", "which makes sure that", "that checks whether", "to ensure"])
def test_a_paragraph_that_asks_for_a_check_is_an_item_with_its_conditions_below_it(end: str) -> None:
    assert titles(f"Create a nightly job {end}:\n{CONDITIONS}") == [f"Create a nightly job {end}"]
    (item,) = read(f"# P\n\n## Action items\n\nCreate a nightly job {end}:\n\n{CONDITIONS}").actions
    assert item.span.end_line == 8


@pytest.mark.parametrize("lead", ["Add these to the plan:", "Before the next start, verify:", "We promise to ensure:"])
def test_a_paragraph_that_asks_for_no_check_leads_on_to_items(lead: str) -> None:
    assert titles(f"{lead}\n\n- Cap the queue at 500\n- Rotate the keys\n") == [
        "Cap the queue at 500",
        "Rotate the keys",
    ]


def test_conditions_with_a_box_or_an_owner_are_items() -> None:
    assert titles("Create a nightly job to verify:\n\n- [ ] Every pump\n- [ ] Every valve\n") == [
        "Every pump", "Every valve",
    ]  # fmt: skip
    owned = "Create a nightly job to verify:\n\n- Pump 1 (owner: Ana Ruiz)\n- Pump 2 (owner: Ben Okafor)\n"
    assert len(titles(owned)) == 2


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("Updated `pumps.toml` with the new limits", True),
        ("Reduced the pressure of all pumps", True),
        ("Opened a ticket to replace the valve", False),
        ("Updated drawings", False),
        ("Updated the drawings. Due: 2026-06-01", False),
        ("Automated checks of each valve", False),
    ],
)
def test_a_deed_done_to_a_thing_is_done_where_it_cannot_be_what_is_asked_for(text: str, done: bool) -> None:
    (item,) = read(f"# P\n\n## Action items\n\n- {text}\n").actions
    assert item.done is done


@pytest.mark.parametrize(
    "text",
    [
        "Get the team aligned on a slower rollout",
        "Make pump 4 ready for winter",
        "Pump 4 should be ready for winter",
        "Pump 4 ready for winter (Ana Ruiz, due: 2026-11-01)",
        "We will have two keys to each vault for several years",
    ],
)
def test_a_state_that_is_asked_for_is_an_item(text: str) -> None:
    assert len(titles(f"- {text}\n- Rotate the keys")) == 2


@pytest.mark.parametrize(
    ("remark", "priority"), [("(Priority: HIGH)", "HIGH"), ("[P1]", "P1"), ("— Priority: P2", "P2")]
)
def test_a_head_with_only_a_priority_lends_it_to_what_is_asked_for_below_it(remark: str, priority: str) -> None:
    body = f"1. **Overload** {remark}\n   - Cap the queue at 500\n   - Alert on a queue over 400\n"
    items = read(f"# x\n\n## Action items\n\n{body}").actions
    assert [(item.title, item.priority_text.value if item.priority_text else None) for item in items] == [
        ("Cap the queue at 500", priority),
        ("Alert on a queue over 400", priority),
    ]


@pytest.mark.parametrize(
    ("head", "below"),
    [
        ("**Cap the queue** (Priority: HIGH)", ("Set it to 500", "Test it at 600")),
        ("**Overload** (Priority: HIGH)", ("the queue holds 500", "no more than that")),
        ("**Overload** (Priority: HIGH)", ("Cap the queue at 500", "Owner: Ana Ruiz")),
        ("**Overload** (Priority: HIGH, Due: 2026-06-01)", ("Cap the queue at 500", "Alert on a long one")),
        ("**Overload** (Priority: HIGH)", ("Cap the queue at 500",)),
    ],
)
def test_a_head_that_asks_or_has_more_than_a_priority_is_the_item(head: str, below: tuple[str, ...]) -> None:
    (title,) = titles(f"1. {head}\n" + "".join(f"   - {each}\n" for each in below))
    assert title == head.split("**")[1]


def test_a_priority_that_is_lent_and_unknown_is_told_once() -> None:
    body = "1. **Overload** (Priority: HIGH)\n   - Cap the queue at 500\n   - Alert on a queue over 400\n"
    assert len(found(good_postmortem(actions=body), "CO412")) == 1


def test_a_list_with_details_of_its_own_is_not_said_again() -> None:
    full = "1. **Overload** (Priority: HIGH)\n   - Cap the queue at 500\n   - Alert on a queue over 400\n"
    again = (
        "1. **Cap the queue at once**\n   - per site\n   - and tenant\n"
        "2. **Alert on a queue**\n   - by mail\n   - and pager\n"
    )
    assert len(titles(f"### Soon\n\n{full}\n## Recommendations\n\n{again}")) == 4
    bare = "1. Cap the queue\n2. Alert on a queue\n"
    assert len(titles(f"### Soon\n\n{full}\n## Recommendations\n\n{bare}")) == 2
