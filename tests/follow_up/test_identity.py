"""An item and a document stay what they are through edits, moves and new promises; in doubt somebody is asked."""

from __future__ import annotations

import pytest

from app.core.effects import CreateComment, CreateIssue
from app.core.ledger import Ledger
from app.core.promise import Promise
from tests.follow_up.checkout import PATH
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

MOVED = "postmortems/2026/checkout.md"
POOL = "Alert when the pool of checkout is above 80 %"
RUNBOOK = "Write the runbook"


def _item(title: str, owner: str = "@ana", due: str = "2026-05-18", priority: str = "P0", criterion: str = "") -> str:
    return (
        f"- [ ] {title}\n  - Owner: {owner}\n  - Deadline: {due}\n  - Priority: {priority}\n"
        f"  - Success criterion: {criterion or 'the alert fires in staging'}"
    )


OTHER = _item("Write the runbook for an exhausted pool", "@ben", "2026-07-01", "P2", "somebody followed it")


def _text(*items: str, incident: str | None = "INC-2041") -> str:
    return good_postmortem(actions="\n".join(items), metadata={"Incident": incident})


def _merged(*items: str, incident: str | None = "INC-2041") -> Model:
    model = Model()
    model.push(PATH, _text(*items, incident=incident))
    model.settle()
    return model


def _promises(model: Model, *, is_open: bool = True) -> dict[int, Promise]:
    return {
        number: each.record
        for number, each in sorted(model.facts.issues.items())
        if isinstance(each.record, Promise) and each.open is is_open
    }


def _owners(model: Model) -> dict[int, str]:
    return {number: each.said.owner or "" for number, each in _promises(model).items()}


ANAS = _item(RUNBOOK, criterion="somebody followed that of checkout")
BENS = _item(RUNBOOK, "@ben", "2026-06-18", "P1", "somebody followed that of payments")


def test_two_items_of_one_title_that_change_places_keep_their_issues() -> None:
    model = _merged(ANAS, BENS)
    before = _owners(model)
    model.push(PATH, _text(BENS, ANAS))
    model.settle()
    assert _owners(model) == before
    assert model.plan() == ()


def test_of_two_items_of_one_title_the_one_that_was_removed_is_gone() -> None:
    model = _merged(ANAS, BENS)
    (anas,) = [number for number, owner in _owners(model).items() if owner == "ana"]
    model.push(PATH, _text(BENS))
    (said,) = [each for each in model.settle() if isinstance(each, CreateComment)]
    assert said.issue == anas
    assert _owners(model)[anas] == "ana"


DONE = _item(RUNBOOK, criterion="somebody followed that of payments").replace("[ ]", "[x]")


def test_one_that_was_done_before_it_had_an_issue_is_told_from_an_open_one_of_its_title() -> None:
    model = _merged(ANAS, DONE)
    model.push(PATH, _text(ANAS.replace(RUNBOOK, "Write down what to do when the pool is full"), DONE))
    assert not [each for each in model.settle() if isinstance(each, CreateIssue | CreateComment)]
    assert list(_owners(model).values()) == ["ana"]


def test_one_whose_issue_somebody_deleted_is_told_from_others_of_its_title() -> None:
    model = _merged(ANAS, DONE)
    (number,) = _promises(model)
    model.remove(number)
    model.settle()
    model.push(PATH, _text(DONE, ANAS))
    assert not [each for each in model.settle() if isinstance(each, CreateIssue)]


@pytest.mark.parametrize("title", ["Alert on connection exhaustion", "Page on-call before connections run out"])
def test_an_item_in_other_words_keeps_its_issue_where_all_else_is_the_same(title: str) -> None:
    model = _merged(_item(POOL))
    (number,) = _promises(model)
    model.push(PATH, _text(_item(title)))
    assert not [each for each in model.settle() if isinstance(each, CreateIssue | CreateComment)]
    assert model.facts.issues[number].title == title


@pytest.mark.parametrize("reason", ["not_planned", "completed"])
def test_a_promise_like_one_that_was_removed_and_closed_gets_its_own_issue(reason: str) -> None:
    model = _merged(_item(POOL), OTHER)
    (number,) = [number for number, each in _promises(model).items() if each.said.title == POOL]
    model.push(PATH, _text(OTHER))
    model.settle()
    model.edit(number, open=False, state_reason=reason)
    model.push(PATH, _text(OTHER, _item(POOL.replace("checkout", "payments"), "@gita", "2026-07-01")))
    model.settle()
    assert model.facts.issues[number].title == POOL
    assert sorted(_owners(model).values()) == ["ben", "gita"]
    assert model.plan() == ()


def test_a_promise_like_one_that_was_removed_and_whose_issue_was_deleted_gets_its_own() -> None:
    model = _merged(_item(POOL), OTHER)
    (number,) = [number for number, each in _promises(model).items() if each.said.title == POOL]
    model.push(PATH, _text(OTHER))
    model.settle()
    model.remove(number)
    model.settle()
    model.push(PATH, _text(OTHER, _item(POOL.replace("checkout", "payments"), "@gita", "2026-07-01")))
    model.settle()
    assert sorted(_owners(model).values()) == ["ben", "gita"]


def test_what_was_removed_and_closed_and_is_restored_as_it_was_gets_no_second_issue() -> None:
    model = _merged(_item(POOL), OTHER)
    (number,) = [number for number, each in _promises(model).items() if each.said.title == POOL]
    model.push(PATH, _text(OTHER))
    model.settle()
    model.edit(number, open=False, state_reason="not_planned")
    model.settle()
    model.push(PATH, _text(_item(POOL), OTHER))
    assert not [each for each in model.settle() if isinstance(each, CreateIssue)]


def test_a_promise_like_one_that_was_removed_and_is_open_is_asked_about() -> None:
    model = _merged(_item(POOL), OTHER)
    model.push(PATH, _text(OTHER))
    model.settle()
    model.push(PATH, _text(OTHER, _item(POOL.replace("checkout", "payments"), "@gita", "2026-07-01")))
    written = model.settle()
    assert "or a new one?" in next(each.body for each in written if isinstance(each, CreateComment))
    assert not [each for each in written if isinstance(each, CreateIssue)]


def _number(model: Model, title: str) -> int:
    (number,) = [number for number, each in _promises(model).items() if each.said.title == title]
    return number


def _close(model: Model, number: int) -> None:
    model.proven.add(number)
    model.edit(number, open=False, state_reason="completed")
    model.settle()


def test_an_item_that_mentions_the_issue_of_another_one_leaves_it_there() -> None:
    model = _merged(_item(POOL), BENS)
    before, number = _owners(model), _number(model, POOL)
    model.push(
        PATH, _text(_item(POOL.replace("80", "90")), BENS.replace(RUNBOOK, f"{RUNBOOK}, once #{number} is done"))
    )
    assert not [each for each in model.settle() if isinstance(each, CreateIssue | CreateComment)]
    assert _owners(model) == before


def test_an_item_that_follows_from_one_that_is_over_gets_its_own_issue() -> None:
    model = _merged(_item(POOL), OTHER)
    number = _number(model, POOL)
    model.push(PATH, _text(OTHER))
    model.settle()
    _close(model, number)
    model.push(PATH, _text(OTHER, _item(f"Raise the limit, as follow-up of #{number}", "@gita", "2026-07-10", "P1")))
    model.settle()
    assert model.facts.issues[number].title == POOL
    assert sorted(_owners(model).values()) == ["ben", "gita"]


def test_another_promise_in_place_of_one_that_was_kept_is_asked_about() -> None:
    model = _merged(_item(POOL), OTHER)
    number = _number(model, POOL)
    _close(model, number)
    model.push(PATH, _text(_item("Rotate the leaked deploy key"), OTHER))
    (said,) = [each for each in model.settle() if isinstance(each, CreateComment)]
    assert f"Is it #{number} in other words, or a new one?" in said.body
    model.push(PATH, _text(_item("AI-7: Rotate the leaked deploy key"), OTHER))
    model.settle()
    assert sorted(_owners(model).values()) == ["ana", "ben"]
    assert model.facts.issues[number].title == POOL


# Documents.


def _paths(model: Model) -> list[str]:
    return [each.record.path for each in model.facts.issues.values() if isinstance(each.record, Ledger)]


def _is_one_document(model: Model, path: str) -> bool:
    return _paths(model) == [path]


FOUR = ("Alert when the pool is full", "Cap retries at three", "Write a runbook for the pool", "Add an index on orders")
REWORDED = (*FOUR[:2], "Write the pool runbook, with commands", "Add an index on the orders table")


def _dated(titles: tuple[str, ...]) -> list[str]:
    return [_item(title, due=f"2026-06-0{day}") for day, title in enumerate(titles, start=1)]


@pytest.mark.parametrize(
    ("old", "new"),
    [(_dated(FOUR), _dated(REWORDED)), ([_item(POOL)], [_item(POOL.replace("80", "90"))])],
    ids=["two of four", "the only one"],
)
def test_a_document_without_an_incident_that_is_moved_and_reworded_keeps_its_issues(
    old: list[str], new: list[str]
) -> None:
    model = _merged(*old, incident=None)
    before = list(_promises(model))
    model.push(PATH, None)
    model.push(MOVED, _text(*new, incident=None))
    assert not [each for each in model.settle() if isinstance(each, CreateIssue | CreateComment)]
    assert _is_one_document(model, MOVED)
    assert list(_promises(model)) == before


def test_of_two_new_documents_of_the_same_bytes_one_is_followed() -> None:
    model = Model()
    model.open_by_hand("Watch the pool", 9001)
    items = [_item(f"{POOL} (#9001)"), _item("Cap retries at three"), _item("Add an index on orders")]
    model.push(PATH, _text(*items))
    model.push(MOVED, _text(*items))
    model.settle()
    said = {number: each.said for number, each in _promises(model).items()}
    assert len(said) == 3
    assert said[9001].owner == "ana"


def test_a_document_that_is_moved_dated_and_numbered_at_once_keeps_its_issues() -> None:
    model = _merged(_item(POOL), OTHER, incident=None)
    before = list(_promises(model))
    model.move(PATH, MOVED)
    model.push(MOVED, _text(_item(POOL), OTHER).replace("2026-05-04", "2026-05-03"))
    assert not [each for each in model.settle() if isinstance(each, CreateIssue | CreateComment)]
    assert _is_one_document(model, MOVED)
    assert list(_promises(model)) == before


def test_a_document_that_is_only_moved_is_linked_where_it_is_now() -> None:
    model = _merged(_item(POOL))
    model.move(PATH, MOVED)
    model.push(MOVED, _text(_item(POOL)))
    model.settle()
    (tracking,) = [each for each in model.facts.issues.values() if isinstance(each.record, Ledger)]
    assert isinstance(tracking.record, Ledger)
    (commit,) = {each.since.sha for each in model.observed().documents if each.since}
    assert (tracking.record.commit, tracking.record.path) == (commit, MOVED)
    assert f"/{commit}/{MOVED}" in tracking.body


def test_an_incident_whose_name_is_corrected_in_place_stays_the_same_document() -> None:
    model = _merged(_item(POOL))
    model.push(PATH, _text(_item("Alert when checkout's pool goes over 80 %"), incident="INC-2042"))
    assert not [each for each in model.settle() if isinstance(each, CreateIssue | CreateComment)]
    assert _is_one_document(model, PATH)


def test_a_document_that_github_calls_renamed_is_the_same_though_all_of_it_was_reworded() -> None:
    model = _merged(_item(POOL), incident=None)
    before = list(_promises(model))
    model.move(PATH, MOVED)
    text = _text(_item("Page on-call before connections run out"), incident=None)
    model.push(MOVED, text.replace("Checkout returned errors for 42 minutes", "Customers could not pay"))
    assert not [each for each in model.settle() if isinstance(each, CreateIssue | CreateComment)]
    assert list(_promises(model)) == before


def test_the_next_incident_at_the_same_path_is_another_document() -> None:
    model = _merged(_item(POOL))
    text = _text(_item("Rotate the leaked deploy key", "@gita"), incident="INC-3000")
    text = text.replace("Checkout returned errors for 42 minutes", "A key leaked").replace("2026-05-04", "2026-05-05")
    model.push(PATH, text)
    model.settle()
    assert len([each for each in model.facts.issues.values() if isinstance(each.record, Ledger)]) == 2


LATEST, ARCHIVE = "postmortems/latest.md", "postmortems/2026-05-04.md"
NEXT_DAY = {"Date": "2026-05-05"}


@pytest.mark.parametrize("edit", [("", ""), ("Deadline: 2026-07-01", "Deadline: 2026-07-08")], ids=["as is", "edited"])
@pytest.mark.parametrize("incident", ["INC-2041", None])
@pytest.mark.parametrize("next_incident", ["INC-3000", None])
@pytest.mark.parametrize(
    "shared", [(), (_item(RUNBOOK, "@finn", "2026-07-01", "P2", "it is there"),)], ids=["", "shared"]
)
def test_what_is_archived_keeps_its_issues_and_the_next_incident_at_its_path_gets_its_own(
    edit: tuple[str, str], incident: str | None, next_incident: str | None, shared: tuple[str, ...]
) -> None:
    model, first = Model(), _text(_item(POOL), OTHER, BENS, incident=incident)
    model.push(LATEST, first)
    model.settle()
    before = _owners(model)
    model.push(ARCHIVE, first.replace(*edit))
    items = "\n".join([_item("Rotate the leaked deploy key", "@gita"), *shared])
    metadata = {"Incident": next_incident, **NEXT_DAY}
    model.push(LATEST, good_postmortem(headline="A deploy key leaked", metadata=metadata, actions=items))
    assert not [each for each in model.settle() if isinstance(each, CreateComment)]
    assert _owners(model).items() > before.items()
    assert len(_owners(model)) == len(before) + 1 + len(shared)
    assert sorted(_paths(model)) == [ARCHIVE, LATEST]


@pytest.mark.parametrize("incident", ["INC-2041", None])
def test_a_document_whose_day_is_corrected_stays_the_same(incident: str | None) -> None:
    model = _merged(_item(POOL), OTHER, incident=incident)
    items = "\n".join([_item(POOL), OTHER])
    model.push(PATH, good_postmortem(metadata={"Incident": incident, **NEXT_DAY}, actions=items))
    assert not [each for each in model.settle() if isinstance(each, CreateIssue | CreateComment)]
    assert _is_one_document(model, PATH)


def test_two_documents_that_change_places_keep_their_issues() -> None:
    model = Model()
    one, other = _text(_item(POOL), incident="INC-1"), _text(BENS, incident="INC-2")
    model.push(LATEST, one)
    model.push(ARCHIVE, other)
    model.settle()
    before = _owners(model)
    model.push(LATEST, other)
    model.push(ARCHIVE, one)
    assert not [each for each in model.settle() if isinstance(each, CreateIssue | CreateComment)]
    assert _owners(model) == before


@pytest.mark.parametrize(
    ("incident", "items", "next_incident"),
    [(None, REWORDED, None), (None, FOUR, None), ("INC-2041", FOUR, "INC-3000"), (None, FOUR, "INC-3000")],
)
def test_a_recurrence_that_promises_the_same_does_not_take_over_what_was_deleted(
    incident: str | None, items: tuple[str, ...], next_incident: str | None
) -> None:
    model = _merged(*_dated(FOUR), incident=incident)
    model.push(PATH, None)
    model.settle()
    model.push(MOVED, _text(*_dated(items), incident=next_incident).replace("2026-05-04", "2026-05-05"))
    model.settle()
    assert len([each for each in model.facts.issues.values() if isinstance(each.record, Ledger)]) == 2
