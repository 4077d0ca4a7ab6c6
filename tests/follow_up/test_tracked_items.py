"""Items that say where they are tracked already: whether that is their issue, or they get one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.effects import CreateIssue
from app.core.metrics import Tally
from app.core.promise import Promise
from tests.follow_up.figures import PATH, QUIET, at, item, measured
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

TITLE = "Alert on the pool of checkout"
FIELD = "\n  - Issue: #700"
KEPT = Tally(kept=1)
MISSED = Tally(missed=1)
OURS, THEIRS, NONE = "an issue of ours", "the one that it names", "none"

OPEN = {"open": True}
DONE = {"open": False, "state_reason": "completed", "closed_at": at("2026-05-05")}
UNEXPLAINED = {**DONE, "state_reason": None}
DECLINED = {**DONE, "state_reason": "not_planned"}
DUPLICATE = {**DONE, "state_reason": "duplicate"}
BEFORE = {**DONE, "closed_at": at("2026-04-15")}
MISSING = None
"""There is no such issue: it was deleted, or the number is that of a pull request."""


def _merged(actions: str, named: dict[str, object] | None) -> Model:
    model = Model(QUIET)
    if named is not None:
        model.open_by_hand("Pool ran dry", 700)
        model.edit(700, **named)
    model.push(PATH, good_postmortem(actions=actions))
    model.settle()
    return model


def _issue_of_item(model: Model) -> str:
    numbers = [each.number for each in model.facts.issues.values() if isinstance(each.record, Promise)]
    return NONE if not numbers else THEIRS if numbers == [700] else OURS


@pytest.mark.parametrize(
    ("named", "mark", "expected", "share"),
    [
        pytest.param(OPEN, "[ ]", THEIRS, MISSED, id="open"),
        pytest.param(OPEN, "", THEIRS, MISSED, id="open, and the item has no box"),
        pytest.param(OPEN, "[x]", NONE, Tally(), id="open, though the item is ticked"),
        pytest.param(DONE, "[ ]", THEIRS, KEPT, id="done"),
        pytest.param(DONE, "", THEIRS, KEPT, id="done, and the item has no box"),
        pytest.param(DONE, "[x]", NONE, Tally(), id="done, as the item is"),
        pytest.param(DONE, "~~", NONE, Tally(), id="done, and the item is declined"),
        pytest.param(UNEXPLAINED, "", THEIRS, KEPT, id="closed, and nobody says why"),
        pytest.param(DECLINED, "", OURS, MISSED, id="not planned"),
        pytest.param(DECLINED, "[x]", NONE, Tally(), id="not planned, though the item is ticked"),
        pytest.param(DUPLICATE, "", OURS, MISSED, id="a duplicate"),
        pytest.param(BEFORE, "", OURS, MISSED, id="over before the incident"),
        pytest.param(MISSING, "", OURS, MISSED, id="no issue"),
        pytest.param(MISSING, "[x]", NONE, Tally(), id="no issue, and the item is ticked"),
    ],
)
def test_an_item_whose_field_names_an_issue(
    named: dict[str, object] | None, mark: str, expected: str, share: Tally
) -> None:
    written = item(TITLE, mark=mark.replace("~~", "")).replace("-  ", "- ") + FIELD
    written += "\n  - Status: won't do, the pool is gone" if mark == "~~" else ""
    model = _merged(written, named)
    assert _issue_of_item(model) == expected
    assert measured(model, "2026-06-01").shares.promised == share
    assert model.plan() == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("\n  - Issue: #700", THEIRS, id="issue"),
        pytest.param(
            "\n  - **Ticket:** [#700](https://github.example/acme/postmortems/issues/700)", THEIRS, id="ticket"
        ),
        pytest.param("\n  - Tracked in: acme/postmortems#700", THEIRS, id="tracked in"),
        pytest.param("\n  - Tracking issue: #700", THEIRS, id="tracking issue"),
        pytest.param("\n  - Issues: #699, #700", THEIRS, id="several"),
        pytest.param(", tracked in #700", THEIRS, id="tracked in, in a remark"),
        pytest.param(" (tracked by #700)", THEIRS, id="tracked by, in brackets"),
        pytest.param(". This is tracked in #700.", THEIRS, id="tracked in, in a sentence"),
        pytest.param("\n  - Issue: acme/shop#700", OURS, id="of another repository"),
        pytest.param("\n  - Issue: https://github.example/acme/shop/issues/700", OURS, id="at an address elsewhere"),
        pytest.param("\n  - Bug: #700", OURS, id="the bug"),
        pytest.param("\n  - Reference: #700", OURS, id="a reference"),
        pytest.param("\n  - Related issue: #700", OURS, id="a related one"),
        pytest.param(" (#700)", OURS, id="in brackets"),
        pytest.param(" (issue #700)", OURS, id="as an issue"),
        pytest.param(" for the bug tracked in #700", OURS, id="what it is about"),
        pytest.param(", the outage was tracked in #700", OURS, id="another thing was tracked"),
        pytest.param(", not tracked in #700", OURS, id="not tracked"),
    ],
)
def test_an_issue_that_is_over_is_the_item_s_where_that_says_so(words: str, expected: str) -> None:
    first, *fields = item(TITLE, mark="[ ]").split("\n")
    written = "\n".join((first, *fields)) + words if words.startswith("\n") else "\n".join((first + words, *fields))
    assert _issue_of_item(_merged(written, DONE)) == expected


@pytest.mark.parametrize(
    ("column", "expected"),
    [("Issue", THEIRS), ("Ticket", THEIRS), ("Tracked in", THEIRS), ("Bug", OURS), ("PR", OURS), ("Notes", OURS)],
)
def test_an_issue_that_is_over_is_that_of_a_row_where_the_column_says_so(column: str, expected: str) -> None:
    table = (
        f"| Action item | Owner | Deadline | Priority | {column} |\n|---|---|---|---|---|\n"
        f"| {TITLE} | @ben | 2026-05-18 | P0 | #700 |"
    )
    assert _issue_of_item(_merged(table, DONE)) == expected


def test_one_that_is_named_later_is_taken_over_by_the_item_that_has_no_issue_yet() -> None:
    model = _merged(item("Cap the retries", due="2026-07-30"), DONE)
    more = item(TITLE, mark="[ ]") + FIELD
    model.push(PATH, good_postmortem(actions=item("Cap the retries", due="2026-07-30") + "\n" + more))
    written = model.settle()
    assert not [each for each in written if isinstance(each, CreateIssue)]
    assert isinstance(model.facts.issues[700].record, Promise)


def test_what_was_closed_stays_closed_and_nobody_is_asked_how_it_was_done() -> None:
    model = _merged(item(TITLE) + FIELD, DONE)
    assert not model.facts.issues[700].open
    assert not [each for each in model.facts.comments if each.issue == 700]
    model.settle(now=at("2026-06-01"))
    assert not [each for each in model.facts.comments if each.issue == 700]


def test_one_that_a_person_opens_again_is_promised_again() -> None:
    model = _merged(item(TITLE) + FIELD, DONE)
    model.facts = model.facts.with_issue(
        replace(model.facts.issues[700], open=True, state_reason="reopened", closed_at=None)
    )
    model.settle(now=at("2026-05-08"))
    assert model.facts.issues[700].open
    assert model.plan(at("2026-05-08")) == ()
