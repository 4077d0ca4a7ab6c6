"""How many requests the follow-up takes: for a merge, when all is settled, and as a repository grows."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from app.core.repository_facts import ACTION_LABEL, POSTMORTEM_LABEL
from app.sandbox.api.exchange import Exchange
from app.sandbox.faults import Fault
from app.sandbox.world.issue_records import Issue
from bench.follow_up import (
    MOST_FOR_A_MERGE,
    MOST_WHEN_SETTLED,
    Scene,
    measure_merge,
    measure_settled,
    postmortem,
    scene,
)
from bench.follow_up import REPOSITORY as ACME


def _asked(played: Scene, before: int) -> list[Exchange]:
    return played.github.requests[before:]


async def test_a_merge_with_five_items_takes_at_most_25_requests() -> None:
    cost = await measure_merge(items=5)
    assert cost.requests <= MOST_FOR_A_MERGE
    assert cost.writes == 1 + 5 + 5 + 5 + 1  # tracking issue, milestones, action issues, relations, ledger


@pytest.mark.parametrize(("items", "adopted"), [(10, False), (150, False), (5, True), (50, True)])
async def test_a_settled_pass_takes_at_most_6_requests_however_many_items_are_open(
    items: int, *, adopted: bool
) -> None:
    costs = await measure_settled(items, adopted=adopted)
    assert costs["a day later"].requests <= 3 + MOST_WHEN_SETTLED
    assert costs["settled"].requests <= MOST_WHEN_SETTLED
    assert costs["settled"].unchanged == costs["settled"].requests


@pytest.mark.parametrize(("item", "requests", "writes"), [(2, 8, 2), (0, 9, 3)], ids=["a P2", "a P0"])
async def test_closing_an_item_by_hand_takes_few_requests(item: int, requests: int, writes: int) -> None:
    """Five to look, its history, the ledger and the empty milestone; of a P0 also the question how it was done."""
    async with scene() as played:
        played.merge(1)
        await played.passes()
        played.pause(minutes=10)
        await played.passes()
        await played.passes()
        played.github.close_issue(played.github.issue(ACME, 2 + item), "ana")
        cost = await played.passes()
        assert (cost.requests, cost.writes) == (requests, writes)
        played.pause(minutes=10)
        await played.passes()
        assert (await played.passes()).writes == 0


@pytest.mark.parametrize("closed", [False, True], ids=["it stays open", "it is closed again before anybody looks"])
async def test_an_item_that_is_opened_again_by_hand_has_its_history_read_once(*, closed: bool) -> None:
    async with scene() as played:
        played.merge(1)
        await played.passes()
        issue = played.github.issue(ACME, 4)
        played.github.close_issue(issue, "ana")
        played.pause(days=1)
        await played.passes()
        played.pause(days=1)
        await played.passes()
        before = len(played.github.requests)
        await played.passes()
        assert not _histories(played, before)
        played.github.reopen_issue(issue, "ana")
        if closed:
            played.pause(minutes=1)
            played.github.close_issue(issue, "ana")
        await played.passes()
        assert len(_histories(played, before)) == 1
        for _ in range(2):
            played.pause(days=1)
            await played.passes()
        assert len(_histories(played, before)) == 1


def _histories(played: Scene, before: int) -> list[str]:
    return [each.path for each in _asked(played, before) if each.path.endswith("/timeline")]


async def test_an_edit_of_other_lines_writes_to_the_tracking_issue_alone() -> None:
    async with scene() as played:
        played.merge(1)
        await played.passes()
        played.pause(minutes=10)
        await played.passes()
        await played.passes()
        played.github.edit_document(ACME, "postmortems/1.md", f"{postmortem(1, 5)}\nSee also the runbook.\n")
        assert (await played.passes()).writes == 1
        assert (await played.passes()).writes == 0


async def test_the_daily_pass_lists_all_issues() -> None:
    async with scene() as played:
        played.merge(1)
        await played.passes()
        played.pause(minutes=10)
        await played.passes()
        before = len(played.github.requests)
        await played.passes()
        assert all("since" in each.query for each in _asked(played, before) if each.path.endswith("/issues"))
        played.pause(days=1)
        before = len(played.github.requests)
        await played.passes()
        assert [each for each in _asked(played, before) if each.path.endswith("/issues") and "since" not in each.query]


async def test_a_list_that_lags_behind_takes_nothing_back() -> None:
    async with scene() as played:
        played.merge(1)
        await played.passes()
        played.pause(minutes=10)
        await played.passes()
        earlier = played.github.world.snapshot()
        played.github.close_issue(played.github.issue(ACME, 2), "ana")
        await played.passes()
        assert "1 of 5 done" in (played.github.issue(ACME, 1).body or "")
        played.pause(days=1)
        played.github.faults.add(Fault("GET", "*/issues", stale=earlier))
        before = len(played.github.requests)
        await played.passes()
        assert [each.path for each in _asked(played, before) if each.method in {"POST", "PATCH"}] == _tokens(
            played, before
        )
        assert "1 of 5 done" in (played.github.issue(ACME, 1).body or "")


def _tokens(played: Scene, before: int) -> list[str]:
    return [each.path for each in _asked(played, before) if each.path.endswith("/access_tokens")]


async def test_an_issue_that_a_list_skips_is_looked_up_before_it_counts_as_gone() -> None:
    async with scene() as played:
        earlier = played.github.world.snapshot()
        played.merge(1)
        await played.passes()
        played.pause(minutes=10)
        await played.passes()
        played.pause(days=1)
        played.github.faults.add(Fault("GET", "*/issues", stale=earlier))
        await played.passes()
        assert len(played.github.issues(ACME)) == 6


async def test_a_deleted_issue_is_noticed_by_the_daily_list_and_not_opened_again() -> None:
    async with scene() as played:
        played.merge(1)
        await played.passes()
        played.pause(minutes=10)
        await played.passes()
        played.github.delete_issue(played.github.issue(ACME, 3))
        played.pause(days=1)
        await played.passes()
        before = len(played.github.requests)
        await played.passes()
        assert not [each for each in _asked(played, before) if each.method != "GET"]
        assert len(played.github.issues(ACME)) == 5


async def test_a_write_to_a_deleted_issue_brings_a_whole_list() -> None:
    async with scene() as played:
        played.merge(1)
        await played.passes()
        played.pause(minutes=10)
        await played.passes()
        played.github.delete_issue(played.github.issue(ACME, 3))
        played.github.edit_document(ACME, "postmortems/1.md", _reworded(3))
        await played.passes()
        before = len(played.github.requests)
        await played.passes()
        assert not [each for each in _asked(played, before) if each.method != "GET"]
        assert len(played.github.issues(ACME)) == 5


def _reworded(items: int, tracked: Sequence[int] = ()) -> str:
    return postmortem(1, 5, tracked).replace(
        "fires in staging within 6 minutes", f"fires in staging within {items} minutes"
    )


async def test_a_closed_milestone_that_was_opened_by_hand_is_seen() -> None:
    async with scene() as played:
        played.merge(1)
        await played.passes()
        milestone = played.github.milestones(ACME)[0]
        for issue in played.github.issues(ACME):
            if played.github.milestone(issue) == milestone:
                played.github.close_issue(issue, "ana")
        await played.passes()
        assert played.github.milestones(ACME)[0].state == "closed"
        played.github.reopen_milestone(milestone)
        await played.passes()
        assert played.github.milestones(ACME)[0].state == "closed"


# Issues of people that action items were given: one list tells of all of them.


async def _with_adopted(played: Scene) -> list[Issue]:
    """The issues of people that the items of a settled postmortem were given."""
    played.merge(1, adopted=True)
    await played.passes()
    for _ in range(2):
        played.pause(minutes=10)
        await played.passes()
    return [each for each in played.github.issues(ACME) if played.github.author(each) == "ana"]


@pytest.mark.parametrize("labelled", [True, False], ids=["with its label", "after somebody took the label off"])
@pytest.mark.parametrize("pause", [0, 1], ids=["on the same day", "a day later"])
async def test_a_change_of_an_adopted_issue_is_seen(pause: int, *, labelled: bool) -> None:
    async with scene() as played:
        adopted = await _with_adopted(played)
        if not labelled:
            played.github.remove_label(adopted[0], ACTION_LABEL, by="ana")
            await played.passes()
        played.pause(days=pause, minutes=10)
        await played.passes()
        played.github.close_issue(adopted[0], "ana")
        await played.passes()
        assert "1 of 5 done" in _ledger_of(played)
        played.github.reopen_issue(adopted[0], "ana")
        played.pause(minutes=10)
        await played.passes()
        assert "1 of 5 done" not in _ledger_of(played)
        assert (await played.passes()).writes == 0


async def test_a_list_that_lags_behind_takes_nothing_back_of_an_adopted_issue() -> None:
    async with scene() as played:
        adopted = await _with_adopted(played)
        earlier = played.github.world.snapshot()
        played.github.edit_document(ACME, "postmortems/1.md", _reworded(3, [each.number for each in adopted]))
        assert (await played.passes()).writes > 1
        played.github.faults.add(Fault("GET", "*/issues", stale=earlier))
        assert (await played.passes()).writes == 0


async def test_an_adopted_issue_that_was_deleted_is_noticed_by_the_daily_list() -> None:
    async with scene() as played:
        adopted = await _with_adopted(played)
        played.github.delete_issue(adopted[0])
        played.pause(days=1)
        await played.passes()
        cost = await played.passes()
        assert (cost.requests, cost.writes) == (5, 0)
        assert f"#{adopted[0].number} " not in _ledger_of(played)
        assert len(played.github.issues(ACME)) == 5


async def test_what_others_change_in_the_repository_is_listed_once() -> None:
    async with scene() as played:
        await _with_adopted(played)
        for number in range(250):
            played.github.open_issue(ACME, f"Something else {number}", author="ben")
        played.pause(minutes=10)
        assert (await played.passes()).requests == 5 + 2
        played.github.open_issue(ACME, "One more", author="ben")
        played.pause(minutes=10)
        await played.passes()
        assert (await played.passes()).requests == 5


def _ledger_of(played: Scene) -> str:
    (tracking,) = (each for each in played.github.issues(ACME) if POSTMORTEM_LABEL in played.github.labels(each))
    return tracking.body or ""
