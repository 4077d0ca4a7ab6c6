"""What `closeout fix` writes for deadlines: where, and which."""

from __future__ import annotations

from datetime import date

import pytest

from rules.actions.default_deadline import default_deadline, next_working_day
from rules.fixing import fix
from rules.policy import Calendar, Policy, Priority
from rules.rule import Context

TODAY = date(2026, 5, 6)
HEAD = "# Postmortem: Checkout was down\n\n- Date: 2026-05-04\n\n## Action items\n\n"


def fixed(actions: str, code: str = "CO405") -> str:
    data = fix((HEAD + actions).encode(), None, Policy(), Context("x.md", TODAY), {code}).data
    return data.decode().removeprefix(HEAD)


def test_a_p0_has_two_weeks_a_p1_four_and_a_p2_eight() -> None:
    days = [default_deadline(Policy(), priority, TODAY) for priority in ("P0", "P1", "P2", "P3", "")]
    assert days == [date(2026, 5, 20), date(2026, 6, 3), date(2026, 7, 1), None, None]


def test_a_weekend_moves_forward_and_so_does_a_holiday_behind_it() -> None:
    policy = Policy(deadlines={Priority.P0: 3}, calendar=Calendar(holidays=(date(2026, 5, 11),)))
    assert default_deadline(policy, "P0", TODAY) == date(2026, 5, 12)


def test_a_calendar_without_working_days_moves_nothing() -> None:
    assert next_working_day(Calendar(working_days=()), TODAY) == TODAY


def test_there_is_no_day_behind_the_last_one() -> None:
    assert default_deadline(Policy(), "P0", date.max) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "- Cap it\n  - Owner: @ben\n  - Priority: P0\n",
            "- Cap it\n  - Owner: @ben\n  - Deadline: 2026-05-20\n  - Priority: P0\n",
        ),
        ("- Cap it\n    * **Priority**: P1\n", "- Cap it\n    * **Deadline**: 2026-06-03\n    * **Priority**: P1\n"),
        ("- Cap it. Owner: @ben. Priority: P0.\n", "- Cap it. Owner: @ben. Deadline: 2026-05-20. Priority: P0.\n"),
        ("- Cap it (owner: @ben, priority: P0)\n", "- Cap it (owner: @ben, deadline: 2026-05-20, priority: P0)\n"),
        ("- Cap it | Owner: @ben | Priority: P0\n", "- Cap it | Owner: @ben | Deadline: 2026-05-20 | Priority: P0\n"),
        ("- Cap it\n  - Deadline: TBD\n  - Priority: P0\n", "- Cap it\n  - Deadline: 2026-05-20\n  - Priority: P0\n"),
        (
            "| Action | Due | Priority |\n|---|---|---|\n| Cap it |  | P0 |\n| Drop it | TBD | P1 |\n",
            "| Action | Due | Priority |\n|---|---|---|\n| Cap it | 2026-05-20 | P0 |\n| Drop it | 2026-06-03 | P1 |\n",
        ),
    ],
    ids=["nested", "bold", "sentences", "brackets", "bars", "blank", "table"],
)  # fmt: skip
def test_a_missing_deadline_is_written_the_way_the_item_writes_its_other_fields(written: str, expected: str) -> None:
    assert fixed(written) == expected
    assert fixed(expected) == expected


@pytest.mark.parametrize(
    "actions",
    [
        "- Cap it\n  - Owner: @ben\n",
        "- [P0] Cap it (@ben)\n",
        "| Action | Priority |\n|---|---|\n| Cap it | P0 |\n",
        "- Cap it\n  - Owner: @ben\n  - Priority: P0 | P1 | P2\n",
    ],
    ids=["no priority", "no place", "no column", "no choice"],
)
def test_nothing_is_written_where_it_is_not_certain(actions: str) -> None:
    assert fixed(actions) == actions


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("28 Jul 2026", "2026-07-28"),
        ("**Jul 28, 2026** (Tuesday)", "**2026-07-28** (Tuesday)"),
        ("2026/07/28", "2026-07-28"),
        ("in 2 weeks", "2026-05-18"),
        ("01/08/2026", "01/08/2026"),
        ("next sprint", "next sprint"),
    ],
)
def test_a_clear_deadline_becomes_an_iso_date_and_another_stays(due: str, expected: str) -> None:
    assert fixed(f"- Cap it\n  - Owner: @ben\n  - Due: {due}\n", "CO407") == (
        f"- Cap it\n  - Owner: @ben\n  - Due: {expected}\n"
    )


@pytest.mark.parametrize(
    "written",
    [
        "- Cap it\n  - Owner: @ben\n  - Dedline: 2026-05-12\n  - Priority: P0\n",
        "- Cap it. Owner: @ben. Dealine: 2026-05-12. Priority: P0.\n",
        "- Cap it (owner: @ben, Deadine: 12 May, priority: P0)\n",
    ],
)
def test_no_date_is_written_beside_one_whose_label_is_misspelled(written: str) -> None:
    assert fixed(written) == written
