"""Items whose parts are a bullet or a sentence each, in whatever order, and promises that stand beside such parts."""

from __future__ import annotations

from datetime import date

import pytest

from rules.postmortem import ActionItem
from rules.reading import read

ROTATED = "Rotate the signing key"


def items(body: str) -> list[ActionItem]:
    return list(read(f"# Sign-ins failed\n\n## Action items\n\n{body}\n").actions)


def told(item: ActionItem) -> tuple[str, list[str], str | None]:
    return item.title.rstrip("."), [person.name for person in item.owners], item.priority


@pytest.mark.parametrize("first", ["Owner: Ana Ruiz", "Assignee: @ana", "Priority: P1", "ID: 7", "Due: 2026-03-01"])
def test_a_record_may_begin_with_any_field(first: str) -> None:
    name = first.partition(":")[0]
    body = f"- {first}\n- Action: {ROTATED}\n- Status: open\n\n- {name}: P2\n- Action: Page on failed sign-ins\n"
    assert [item.title for item in items(body)] == [ROTATED, "Page on failed sign-ins"]


def test_the_fields_of_a_record_are_those_from_its_first_one_on() -> None:
    body = "\n".join(
        f"- Priority: P{n}\n- Action: {title}\n- Owner: {who}"
        for n, title, who in (
            (0, ROTATED, "Ana"),
            (1, "Page on failed sign-ins", "Bo"),
        )
    )
    assert [told(item) for item in items(body)] == [
        (ROTATED, ["Ana"], "P0"),
        ("Page on failed sign-ins", ["Bo"], "P1"),
    ]


def test_fields_behind_each_action_belong_to_it() -> None:
    body = f"- Action: {ROTATED}\n- Owner: Ana\n- Action: Page on failed sign-ins\n- Owner: Bo"
    assert [told(item)[:2] for item in items(body)] == [(ROTATED, ["Ana"]), ("Page on failed sign-ins", ["Bo"])]


def test_a_promise_behind_its_owner_is_not_lost_in_the_item_above() -> None:
    found = items(f"- Page on failed sign-ins.\n- DRI: @ana. {ROTATED}. Due: 2026-03-01")
    assert [told(item)[:2] for item in found] == [("Page on failed sign-ins", []), (ROTATED, ["ana"])]
    assert found[1].due == date(2026, 3, 1)


@pytest.mark.parametrize(
    "line",
    [
        "Owner=Ana; Action=Smaller pool; Due=2026-03-01",
        "Owner = Ana; Due = 2026-03-01; Action = Smaller pool",
        "Due: 2026-03-01. Owner: Ana. Task: Smaller pool",
        "Owner: Ana | Action: Smaller pool | Due: 2026-03-01",
    ],
)
def test_a_line_of_fields_with_the_action_among_them_is_an_item_of_its_own(line: str) -> None:
    first, second = items(f"- {ROTATED}\n- {line}")
    assert told(first)[:2] == (ROTATED, [])
    assert told(second)[:2] == ("Smaller pool", ["Ana"])
    assert (first.due, second.due) == (None, date(2026, 3, 1))


@pytest.mark.parametrize(
    "line", ["Owner=Ana; Due=2026-03-01", "Owner: Ana. Due: 2026-03-01. Description: in the vault"]
)
def test_a_line_of_fields_without_an_action_belongs_to_the_item_above(line: str) -> None:
    (item,) = items(f"- {ROTATED}\n- {line}")
    assert (told(item)[:2], item.due) == ((ROTATED, ["Ana"]), date(2026, 3, 1))


def test_code_that_sets_something_labels_no_action() -> None:
    (item,) = items("- Set `action=drop` for the owner of the rule")
    assert item.title == "Set action=drop for the owner of the rule"


@pytest.mark.parametrize("mark", ["- ", "  - "])
@pytest.mark.parametrize("remark", ["She will need help.", "Moved from February.", "Agreed with Tom.", "On call then."])
def test_a_remark_behind_a_field_takes_no_title_away(mark: str, remark: str) -> None:
    (item,) = items(f"- {ROTATED}\n{mark}Owner: @ana. {remark}")
    assert told(item)[:2] == (ROTATED, ["ana"])


def test_what_stands_behind_a_field_is_the_title_of_a_bare_number() -> None:
    (item,) = items(f"- AI-12\n  - Owner: @ana. {ROTATED}.")
    assert told(item)[:2] == (ROTATED, ["ana"])


@pytest.mark.parametrize(
    "line",
    [
        f"Owner: @ana. Action: {ROTATED}. Due: 2026-03-01",
        f"Who: @ana. What: {ROTATED}. When: 2026-03-01.",
        f"Owner: @ana | Task: {ROTATED} | Due: 2026-03-01",
        f"Due: 2026-03-01; Owner: @ana; Action: {ROTATED}",
        f"2026-03-01 @ana P1: {ROTATED}",
        f"P1 @ana 2026-03-01: {ROTATED}",
        f"P1, @ana, 2026-03-01 - {ROTATED}",
        f"P1 | @ana | {ROTATED} | 2026-03-01",
        f"@ana | P1 | 2026-03-01 | {ROTATED}",
        f"@ana | {ROTATED} | 2026-03-01",
    ],
)
def test_the_fields_of_a_line_may_stand_before_its_action(line: str) -> None:
    (item,) = items(f"- {line}")
    assert (told(item)[:2], item.due) == ((ROTATED, ["ana"]), date(2026, 3, 1))


@pytest.mark.parametrize("team", ["The platform team will", "Platform team to", "The team should", "Storage team must"])
def test_a_team_that_is_to_do_it_is_its_owner(team: str) -> None:
    (item,) = items(f"- {team} rotate the signing key")
    assert item.title == "rotate the signing key"
    assert [person.login for person in item.owners] == [None]


@pytest.mark.parametrize(
    "line", ["The team to be paged is Storage", "Team will", "The sign-in team page to name its on-call engineer"]
)
def test_a_team_that_is_only_spoken_of_is_no_owner(line: str) -> None:
    assert not any(item.owners for item in items(f"- {line}"))


@pytest.mark.parametrize("owner", ["Sara", "Ana Ruiz"])
def test_a_known_name_behind_a_colon_is_the_owner(owner: str) -> None:
    (item,) = items(f"- Runbook for key rotation: {owner}")
    assert told(item)[:2] == ("Runbook for key rotation", [owner])


@pytest.mark.parametrize("line", ["Add a runbook: Kafka", "Runbook for storage: Part Two"])
def test_what_else_stands_behind_a_colon_is_none(line: str) -> None:
    (item,) = items(f"- {line}")
    assert told(item)[:2] == (line, [])
