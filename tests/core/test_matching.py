"""An item keeps its issue through every edit that leaves it the same promise; in doubt nothing is assumed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.matching import Known, match_items

ALERT = "Alert when the connection pool of checkout is above 80 % for 5 minutes"
RETRIES = "Cap retries in the payment client at three, with exponential backoff"
RUNBOOK = "Write the on-call runbook for an exhausted connection pool"
INDEX = "Add an index on orders.created_at"
TITLES = [ALERT, RETRIES, RUNBOOK, INDEX]
KNOWN = tuple(Known(f"u{number}", None, title) for number, title in enumerate(TITLES))


def _uids(*titles: str) -> tuple[str | None, ...]:
    return match_items(KNOWN, [(None, title) for title in titles]).uids


@given(st.permutations(range(4)))
def test_reordered_items_keep_their_issues(order: list[int]) -> None:
    assert _uids(*(TITLES[each] for each in order)) == tuple(f"u{each}" for each in order)


def test_a_reworded_item_keeps_its_issue() -> None:
    reworded = "Alert if the connection pool of checkout stays above 70 % for ten minutes"
    assert _uids(reworded, RETRIES, RUNBOOK, INDEX) == ("u0", "u1", "u2", "u3")


def test_items_reworded_and_reordered_at_once_keep_their_issues() -> None:
    assert _uids("Add the missing index on orders.created_at", "Cap the payment client's retries at three") == (
        "u3",
        "u1",
    )


def test_a_new_item_is_new_and_a_removed_one_is_gone() -> None:
    matching = match_items(KNOWN, [(None, ALERT), (None, "Rotate the leaked deploy key")])
    assert matching.uids == ("u0", None)
    assert matching.doubtful == ()
    assert matching.gone == ("u1", "u2", "u3")


def test_an_identifier_decides_though_every_word_changed() -> None:
    known = [Known("a", "AI-1", ALERT), Known("b", "AI-2", RETRIES)]
    matching = match_items(known, [("AI-2", "Something else entirely"), ("ai-1", RETRIES)])
    assert matching.uids == ("b", "a")


def test_an_item_with_another_identifier_is_another_item() -> None:
    matching = match_items([Known("a", "AI-1", ALERT)], [("AI-7", ALERT)])
    assert matching.uids == (None,)
    assert matching.gone == ("a",)


def test_equal_titles_are_matched_in_order() -> None:
    known = [Known("a", None, INDEX), Known("b", None, INDEX)]
    assert match_items(known, [(None, INDEX), (None, INDEX)]).uids == ("a", "b")
    assert match_items(known, [(None, INDEX)]).gone == ("b",)


def test_an_item_split_in_two_like_halves_is_asked_about() -> None:
    known = [Known("a", None, "Alert on replica lag and alert on disk space")]
    matching = match_items(known, [(None, "Alert on replica lag early"), (None, "Alert on disk space early")])
    assert matching.uids == (None, None)
    assert matching.doubtful == (0, 1)
    assert matching.candidates == {0: ("a",), 1: ("a",)}
    assert matching.gone == ()


def test_an_item_half_alike_is_asked_about() -> None:
    matching = match_items(
        [Known("a", None, "Add an alert on replica lag")], [(None, "Dashboard for replica lag times")]
    )
    assert matching.uids == (None,)
    assert matching.doubtful == (0,)


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_comes_of_nothing(count: int) -> None:
    matching = match_items(KNOWN[:count], [])
    assert matching.uids == ()
    assert matching.gone == tuple(each.uid for each in KNOWN[:count])


WORDS = st.sampled_from(["alert", "pool", "lag", "retry", "cap", "index", "runbook", "key", "on", "the", "a"])
ITEMS = st.lists(
    st.tuples(st.none() | st.sampled_from(["AI-1", "AI-2"]), st.lists(WORDS, min_size=1, max_size=6).map(" ".join)),
    max_size=7,
)


@given(ITEMS, ITEMS)
def test_no_known_item_becomes_two_and_each_is_matched_gone_or_in_doubt(
    old: list[tuple[str | None, str]], new: list[tuple[str | None, str]]
) -> None:
    known = [Known(f"u{number}", *each) for number, each in enumerate(old)]
    matching = match_items(known, new)
    matched = [uid for uid in matching.uids if uid]
    in_doubt = {uid for each in matching.candidates.values() for uid in each}
    assert len(matching.uids) == len(new)
    assert len(matched) == len(set(matched))
    assert not set(matched) & set(matching.gone)
    assert not in_doubt & set(matching.gone)
    assert {each.uid for each in known} == {*matched, *matching.gone, *in_doubt}
    assert all(matching.uids[index] is None for index in matching.doubtful)


@given(ITEMS)
def test_an_unchanged_document_matches_itself(items: list[tuple[str | None, str]]) -> None:
    known = [Known(f"u{number}", *each) for number, each in enumerate(items)]
    matching = match_items(known, items)
    assert matching.gone == ()
    assert matching.doubtful == ()
    assert None not in matching.uids
