"""A later document that corrects what it is a recurrence of: labels, links and what is owed follow it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.repository_facts import INSUFFICIENT_LABEL, LookedUpPull
from tests.follow_up.ended import SECOND, at, comments_on, ledger, merge_second, merged, said_on, say, tracking
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

DAY, NEXT = "2026-05-11", "2026-05-12"
THIRD = "postmortems/2026-05-05-search.md"


def _is_labelled(model: Model, path: str = "postmortems/2026-05-04-checkout.md") -> bool:
    return INSUFFICIENT_LABEL in tracking(model, path).labels


def _bodies(model: Model, number: int) -> list[str]:
    return [each.body.split("\n\n<!--")[0] for each in model.facts.comments if each.issue == number and each.ours]


def _declared() -> Model:
    model = merged()
    merge_second(model, now=at(DAY), recurrence_of="INC-2041")
    assert _is_labelled(model)
    return model


def test_a_declaration_that_is_taken_back_takes_the_label_and_the_link_with_it() -> None:
    model = _declared()
    second = merge_second(model, now=at(NEXT))
    assert not _is_labelled(model)
    assert _bodies(model, second.number) == ["This was taken for a recurrence of #1; that was taken back."]
    assert "Say why" not in second.body
    assert model.plan(at(NEXT)) == ()


def test_what_is_declared_again_is_labelled_and_linked_again() -> None:
    model = _declared()
    merge_second(model, now=at(NEXT))
    second = merge_second(model, now=at("2026-05-13"), recurrence_of="INC-2041")
    assert _is_labelled(model)
    assert len(_bodies(model, second.number)) == 2
    assert _bodies(model, second.number)[-1].startswith("This happened before. #1 tells")


@pytest.mark.parametrize("writes", [0, 1, 2])
def test_a_crash_in_between_takes_everything_back_all_the_same(writes: int) -> None:
    model = _declared()
    model.push(SECOND, good_postmortem(headline="Checkout failed again", metadata={"Incident": "INC-2077"}))
    model.settle(now=at(NEXT), stop_after=writes)
    model.lose_disk()
    model.settle(now=at(NEXT, 10))
    assert not _is_labelled(model)
    assert "that was taken back" in _bodies(model, tracking(model, SECOND).number)[0]


def test_a_declaration_that_is_corrected_moves_label_link_and_task_to_the_other_one() -> None:
    model = merged()
    model.push(THIRD, good_postmortem(headline="Search was slow", metadata={"Incident": "INC-2050"}))
    model.settle(now=at(DAY, 8))
    merge_second(model, now=at(DAY), recurrence_of="INC-2041")
    second = merge_second(model, now=at(NEXT), recurrence_of="INC-2050")
    assert (_is_labelled(model), _is_labelled(model, THIRD)) == (False, True)
    assert "Say why the postmortem of “Search was slow”" in second.body
    assert "Checkout returned errors" not in second.body
    other = tracking(model, THIRD).number
    assert f"recurs:{other}:{second.number}" in comments_on(model, second.number)


def test_a_person_who_took_the_label_off_or_put_it_on_wins() -> None:
    model = _declared()
    model.edit(1, labels=tracking(model).labels - {INSUFFICIENT_LABEL})
    merge_second(model, now=at(NEXT))
    model.edit(1, labels=tracking(model).labels | {INSUFFICIENT_LABEL})
    said_on(model, "2026-05-13")
    assert _is_labelled(model)
    model = _declared()
    merge_second(model, now=at(NEXT))
    model.edit(1, labels=tracking(model).labels | {INSUFFICIENT_LABEL})
    said_on(model, "2026-05-13")
    assert _is_labelled(model)


def test_a_successor_that_was_found_by_its_declaration_is_none_without_it() -> None:
    model = merged()
    say(model, 1, f"/recurrence yes #{model.open_by_hand('Checkout is down', 700)}", DAY)
    named = {"Background": "The incident is #700."}
    second = merge_second(model, now=at(NEXT), recurrence_of="INC-2041", sections=named)
    assert ledger(model).recurrences[0].successor == second.number
    second = merge_second(model, now=at("2026-05-13"), sections=named)
    assert [(each.issue, each.successor) for each in ledger(model).recurrences] == [(700, 0)]
    assert _is_labelled(model)  # a person has said that it happened again
    assert "a new postmortem is owed" in tracking(model).body
    assert "Say why" not in second.body
    assert "that was taken back" in _bodies(model, second.number)[0]
    assert _bodies(model, 700)[0].startswith("This happened before.")
    assert model.plan(at("2026-05-13")) == ()


def test_of_two_postmortems_of_a_pull_request_the_task_follows_the_one_that_declares() -> None:
    model = merged()
    pulls = {800: LookedUpPull(open=False, merged=frozenset({SECOND, THIRD}))}
    model.facts = replace(model.facts, pulls=pulls)
    other = {"headline": "Search was slow", "metadata": {"Incident": "INC-2050"}}
    model.push(THIRD, good_postmortem(**other))  # type: ignore[arg-type]
    second = merge_second(model, now=at(DAY, 8), recurrence_of="INC-2041")
    say(model, 1, "/recurrence yes #800", DAY)
    assert ledger(model).recurrences[0].successor == second.number
    model.push(THIRD, good_postmortem(**other, recurrence_of="INC-2041"))  # type: ignore[arg-type]
    second = merge_second(model, now=at(NEXT))
    third = tracking(model, THIRD)
    assert [each.successor for each in ledger(model).recurrences] == [third.number]
    assert "Say why" in third.body
    assert "Say why" not in second.body


def test_who_is_named_by_a_person_stays_the_successor_whatever_its_document_says() -> None:
    model = merged()
    second = merge_second(model, now=at(DAY, 8), recurrence_of="INC-2041")
    say(model, 1, f"/recurrence yes #{second.number}", DAY)
    second = merge_second(model, now=at(NEXT))
    assert _is_labelled(model)
    assert "Say why" in second.body


def test_a_slip_of_a_person_that_is_taken_back_says_so_on_both_issues() -> None:
    model = merged()
    model.open_by_hand("Unrelated: the login page", 70)
    say(model, 1, "/recurrence yes #70", DAY)
    say(model, 1, "/recurrence none #70", NEXT)
    assert _bodies(model, 70) == ["This was taken for a recurrence of #1; that was taken back."]
    assert min(_bodies(model, 1)) == "It was said that this happened again, in #70; that was taken back."


def test_an_incident_that_was_deleted_needs_no_word() -> None:
    model = merged()
    model.open_by_hand("Unrelated: the login page", 70)
    say(model, 1, "/recurrence yes #70", DAY)
    model.remove(70)
    say(model, 1, "/recurrence none #70", NEXT)
    assert not [each for each in ledger(model).told if each.startswith("recur")]
    assert model.plan(at(NEXT)) == ()
