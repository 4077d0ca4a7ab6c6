"""Whose an item is, where a name stands before it, above it, or among fields that slashes set apart."""

from __future__ import annotations

from datetime import date

import pytest

from rules.reading import read

HEAD = "# Till outage\n\n## Root cause\n\nA full disk.\n\n## Actions\n\n"


def owned(body: str) -> list[tuple[str, list[str]]]:
    return [(item.title, [owner.name for owner in item.owners]) for item in read(HEAD + body).actions]


def test_a_paragraph_behind_initials_in_bold_is_an_item_with_its_list_as_details() -> None:
    assert owned(
        "**JP** Show badges in the build tool for:\n- the main build\n- integration tests\n\n"
        "**AC**: Reduce the alerts so that they come:\n\n- At the start of every day\n- When the state changes\n\n"
        "**Mara & Jo** Move the alert into the channel of the team\n"
    ) == [
        ("Show badges in the build tool for", ["JP"]),
        ("Reduce the alerts so that they come", ["AC"]),
        ("Move the alert into the channel of the team", ["Mara", "Jo"]),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "**JP** thought that the disk was new, and so:\n\n- the alert was off\n- nobody looked\n",
        "**Note** The list is not complete.\n",
    ],
)
def test_a_paragraph_that_tells_something_behind_a_name_is_none(body: str) -> None:
    assert not any(title.startswith(("thought", "The list")) for title, _ in owned(body))


def test_bullets_with_a_box_or_date_below_such_a_paragraph_are_items_themselves() -> None:
    found = owned("**JP** Replace these:\n\n- [ ] the disk of till 4\n- [ ] the disk of till 5\n")
    assert [title for title, _ in found][-2:] == ["the disk of till 4", "the disk of till 5"]


@pytest.mark.parametrize(
    ("head", "owners"),
    [
        ("DMc", ["DMc"]),
        ("GE", ["GE"]),
        ("Alex & Raphaëlle", ["Alex", "Raphaëlle"]),
        ("Ana Ruiz and Bo Lindqvist", ["Ana Ruiz", "Bo Lindqvist"]),
        ("AC / JP", ["AC", "JP"]),
        ("QA", []),
        ("API", []),
        ("DNS", []),
        ("Search & Replace", []),
        ("Later and Other", []),
    ],
)
@pytest.mark.parametrize("mark", ["**{}**", "### {}", "**{}:**"])
def test_names_and_initials_above_a_list_own_its_items(mark: str, head: str, owners: list[str]) -> None:
    text = f"{mark.format(head)}\n\n- Alert on a full disk\n- Move the logs to disk 2\n"
    assert owned(text) == [("Alert on a full disk", owners), ("Move the logs to disk 2", owners)]


def test_slashes_set_the_fields_apart_from_the_action() -> None:
    boxed = "- [ ] Owner: poster ingest / no due date / make `phash` mandatory; include the older rows\n"
    assert owned(boxed) == [("make phash mandatory; include the older rows", ["poster ingest"])]
    text = (
        "- Owner: Ana Ruiz / Due: 2026-06-01 / cap the connection pool at 40\n"
        "- Owner: @ana / P1 / 2026-06-02 / Alert on a full disk\n"
        "- Owner: Ana Ruiz / no deadline yet / ask a judge whether the row belongs\n"
    )
    assert [title for title, _ in owned(text)] == [
        "cap the connection pool at 40",
        "Alert on a full disk",
        "ask a judge whether the row belongs",
    ]
    first, second, third = read(HEAD + text).actions
    assert (str(first.due), str(second.due), third.due) == ("2026-06-01", "2026-06-02", None)
    assert second.priority == "P1"


@pytest.mark.parametrize("owner", ["Ana Ruiz / Ben Okafor", "Ana Ruiz / Ben Okafor, due: 2026-06-01"])
def test_slashes_stand_between_owners_too(owner: str) -> None:
    assert owned(f"- Move the logs (owner: {owner})\n- Cap the pool\n  - Owner: {owner}\n") == [
        ("Move the logs", ["Ana Ruiz", "Ben Okafor"]),
        ("Cap the pool", ["Ana Ruiz", "Ben Okafor"]),
    ]


@pytest.mark.parametrize(
    ("line", "owners"),
    [
        ("Nóva to send the list of domains", ["Nóva"]),
        ("Łukasz will send the list of domains", ["Łukasz"]),
        ("Script to send the list of domains", []),
        ("Café to be reopened on Monday", []),
    ],
)
def test_a_name_that_is_no_english_word_before_a_verb_owns_the_item(line: str, owners: list[str]) -> None:
    assert [names for _, names in owned(f"- {line}\n- Cap the pool\n")] == [owners, []]


@pytest.mark.parametrize(
    "end",
    [
        "@ben 2026-05-18",
        "@ben: 2026-05-18",
        "@ben, 2026-05-18",
        "@ben by 2026-05-18",
        "@ben May 18, 2026",
        "**@ben** 2026-05-18",
        "@ben P1 2026-05-18",
        "@ben P1, 2026-05-18",
        "P1 @ben 2026-05-18",
        "2026-05-18 @ben",
        "P1 2026-05-18 @ben",
    ],
)
def test_an_owner_s_terms_stand_beside_them_without_any_sign(end: str) -> None:
    (item,) = read(f"{HEAD}- [ ] Write the runbook {end}\n").actions
    assert (item.title, [owner.login for owner in item.owners]) == ("Write the runbook", ["ben"])
    assert item.due == date(2026, 5, 18)
    assert item.priority == ("P1" if "P1" in end else None)


@pytest.mark.parametrize("title", ["Upgrade the base image to 2026-05-18", "Ask @vendor about the fix of 2026-05-18"])
def test_a_day_that_the_action_is_about_stays_in_its_title(title: str) -> None:
    assert [item.title for item in read(f"{HEAD}- [ ] {title} @ben\n").actions] == [title]


def test_an_owner_stands_on_the_next_line_where_the_line_is_wrapped_behind_the_label() -> None:
    text = "- Weigh each crate apart, on both scales. Owner:\n  Ana. Due 2026-06-01.\n"
    (item,) = read(f"# P\n\n## Action items\n\n{text}").actions
    assert ([owner.name for owner in item.owners], str(item.due)) == (["Ana"], "2026-06-01")


def test_a_label_without_a_value_takes_none_of_the_next_line() -> None:
    (item,) = read("# P\n\n## Action items\n\n- Weigh each crate apart\n  Owner:\n  Due: 2026-06-01\n").actions
    assert (item.owners, str(item.due)) == ((), "2026-06-01")


def test_a_status_in_the_column_of_owners_is_nobody() -> None:
    table = "| Item | Owner | Due |\n|---|---|---|\n| Weigh the crates | Done | 2026-06-01 |\n"
    assert read(f"# P\n\n## Action items\n\n{table}").actions[0].owners == ()


def test_a_name_in_brackets_at_the_end_is_the_owner() -> None:
    (item,) = read("# P\n\n## Action items\n\n- Both clerks to sign before the lorry leaves [Jerry]\n").actions
    assert ([owner.name for owner in item.owners], item.title) == (
        ["Jerry"], "Both clerks to sign before the lorry leaves",
    )  # fmt: skip
