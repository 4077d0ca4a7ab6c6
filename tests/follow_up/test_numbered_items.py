"""A number says where an item stands, and not which it is: whoever is numbered anew keeps their issue."""

from __future__ import annotations

import pytest

from app.core.effects import CreateComment, CreateIssue
from app.core.promise import Promise
from tests.follow_up.checkout import PATH, action
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

POOL = ("Alert when the pool of checkout is above 80 %", "@ana", "2026-05-18", "the alert fires in staging")
RUNBOOK = ("Write the runbook for an exhausted pool", "@ben", "2026-06-01", "somebody followed it")
KEY = ("Rotate the leaked deploy key", "@gita", "2026-06-08", "the old key is refused")

Row = tuple[str, str, str, str]
COLUMNS = pytest.mark.parametrize(
    ("column", "number"),
    [("#", "{}"), ("No.", "{}."), ("ID", "#{}"), ("ID", "AI-{}"), ("Key", "A{}")],
    ids=["#", "No.", "ID", "AI-1", "A1"],
)


def _table(column: str, number: str, *rows: Row) -> str:
    lines = [
        f"| {column} | Action | Owner | Due | Priority | Success criterion |",
        "|---|---|---|---|---|---|",
        *(
            f"| {number.format(place)} | {title} | {owner} | {due} | P0 | {criterion} |"
            for place, (title, owner, due, criterion) in enumerate(rows, start=1)
        ),
    ]
    return good_postmortem(actions="\n".join(lines))


def _merged(text: str) -> Model:
    model = Model()
    model.push(PATH, text)
    model.settle()
    return model


def _close(model: Model, number: int) -> None:
    model.proven.add(number)
    model.edit(number, open=False, state_reason="completed")
    model.settle()


def _held(model: Model) -> dict[int, tuple[str, str | None, bool]]:
    """Title, owner and state of each action issue, by number."""
    return {
        number: (each.record.said.title, each.record.said.owner, each.open)
        for number, each in model.facts.issues.items()
        if isinstance(each.record, Promise)
    }


@COLUMNS
def test_rows_that_change_places_keep_their_issues(column: str, number: str) -> None:
    model = _merged(_table(column, number, POOL, RUNBOOK))
    before = _held(model)
    model.push(PATH, _table(column, number, RUNBOOK, POOL))
    assert not [each for each in model.settle() if isinstance(each, CreateIssue | CreateComment)]
    assert _held(model) == before


@COLUMNS
def test_a_row_that_moves_up_does_not_move_onto_the_closed_issue_of_the_one_above(column: str, number: str) -> None:
    model = _merged(_table(column, number, POOL, RUNBOOK, KEY))
    _close(model, action(model, "Alert").number)
    before = _held(model)
    model.push(PATH, _table(column, number, RUNBOOK, KEY))
    assert not [each for each in model.settle() if isinstance(each, CreateIssue | CreateComment)]
    assert _held(model) == before


@COLUMNS
def test_a_new_row_on_top_gets_its_own_issue(column: str, number: str) -> None:
    model = _merged(_table(column, number, POOL, RUNBOOK))
    _close(model, action(model, "Alert").number)
    before = _held(model)
    model.push(PATH, _table(column, number, KEY, POOL, RUNBOOK))
    model.settle()
    assert action(model, "Rotate").open
    assert {each: held for each, held in _held(model).items() if each in before} == before


def test_items_that_get_the_numbers_of_a_tracker_keep_their_issues() -> None:
    model = _merged(_table("ID", "AI-{}", POOL, RUNBOOK))
    before = _held(model)
    model.push(PATH, _table("ID", "OPS-1{}", POOL, RUNBOOK))
    assert not [each for each in model.settle() if isinstance(each, CreateIssue | CreateComment)]
    assert _held(model) == before


def test_a_number_that_is_used_again_once_its_item_is_over_means_another_item() -> None:
    model = _merged(_table("ID", "AI-{}", POOL, RUNBOOK))
    pool = action(model, "Alert").number
    model.push(PATH, _table("ID", "AI-2", RUNBOOK))
    model.settle()
    _close(model, pool)
    model.push(PATH, _table("ID", "AI-{}", KEY, RUNBOOK))
    model.settle()
    assert _held(model)[pool] == (POOL[0], "ana", False)
    assert action(model, "Rotate").open


def test_a_number_that_is_used_again_though_the_issue_of_its_removed_item_is_open_means_another_item() -> None:
    model = _merged(_table("ID", "AI-{}", POOL, RUNBOOK))
    runbook = action(model, "Write").number
    model.push(PATH, _table("ID", "AI-{}", POOL))
    model.settle()
    model.push(PATH, _table("ID", "AI-{}", POOL, KEY))
    model.settle()
    assert _held(model)[runbook] == (RUNBOOK[0], "ben", True)
    assert action(model, "Rotate").number != runbook


def test_a_number_that_somebody_chose_decides_though_nothing_else_is_the_same() -> None:
    model = _merged(_table("ID", "OPS-4{}", POOL, RUNBOOK))
    number = action(model, "Alert").number
    model.push(PATH, _table("ID", "OPS-4{}", KEY, RUNBOOK))
    assert not [each for each in model.settle() if isinstance(each, CreateIssue | CreateComment)]
    assert _held(model)[number] == (KEY[0], "gita", True)
