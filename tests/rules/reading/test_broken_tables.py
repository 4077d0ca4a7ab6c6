"""Tables of action items that are no tables in Markdown, or whose rows have a cell too few or too many."""

from __future__ import annotations

from datetime import date

import pytest

from rules.postmortem import ActionItem
from rules.reading import read

ROWS = "| Cap the pool | Ana Ruiz | 2026-06-01 |\n| Alert on lag | @ben | 2026-06-02 |"


def told(table: str) -> list[tuple[str, list[str], date | None]]:
    found: tuple[ActionItem, ...] = read(f"# Postmortem: x\n\n## Action items\n\n{table}\n").actions
    return [(item.title, [person.name for person in item.owners], item.due) for item in found]


WHOLE = [("Cap the pool", ["Ana Ruiz"], date(2026, 6, 1)), ("Alert on lag", ["ben"], date(2026, 6, 2))]


@pytest.mark.parametrize("delimiter", ["", "|---|\n", "|---|---|\n", "| :-- | :-: |\n", "|---|---|---|---|\n"])
def test_the_line_below_the_head_may_be_missing_or_too_short(delimiter: str) -> None:
    assert told(f"| Action | Owner | Due |\n{delimiter}{ROWS}") == WHOLE


def test_the_columns_are_told_by_their_names_in_any_order() -> None:
    table = "| Due | Who | Action |\n| 2026-06-01 | Ana Ruiz | Cap the pool |\n| 2026-06-02 | @ben | Alert on lag |"
    assert told(table) == WHOLE


@pytest.mark.parametrize("delimiter", ["", "|---|---|---|\n"])
def test_a_row_may_lack_its_last_cell_or_have_one_more(delimiter: str) -> None:
    table = (
        f"| Action | Owner | Due |\n{delimiter}| Cap the pool | Ana Ruiz |\n| Alert on lag | @ben | 2026-06-02 | ? |"
    )
    assert told(table) == [("Cap the pool", ["Ana Ruiz"], None), WHOLE[1]]


def test_a_day_in_the_owners_place_of_a_row_that_is_too_short_is_the_deadline() -> None:
    assert told("| Action | Owner | Due |\n|---|---|---|\n| Cap the pool | 2026-06-01 |") == [
        ("Cap the pool", [], date(2026, 6, 1))
    ]


def test_a_row_without_its_number_is_moved_on() -> None:
    table = "| # | Action | Owner | Due |\n|---|---|---|---|\n| 1 | Cap the pool | Ana Ruiz | 2026-06-01 |"
    assert told(f"{table}\n| Alert on lag | @ben | 2026-06-02 |") == WHOLE


def test_a_row_whose_last_cell_is_empty_keeps_its_columns() -> None:
    table = "| Area | Action | Owner | Status |\n|---|---|---|---|\n| Checkout | Cap the pool | Ana Ruiz | |"
    assert told(table) == [("Cap the pool", ["Ana Ruiz"], None)]


def test_lines_with_bars_below_no_names_of_fields_are_no_broken_table() -> None:
    assert told("We ran | a | b |\n| c |") == []
