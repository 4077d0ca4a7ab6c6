"""An item keeps its issue through every edit that leaves it the same promise; in doubt nothing is assumed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.matching import Known, Standing, Stated, match_items
from app.core.terms import Terms

ALERT = "Alert when the connection pool of checkout is above 80 % for 5 minutes"
RETRIES = "Cap retries in the payment client at three, with exponential backoff"
RUNBOOK = "Write the on-call runbook for an exhausted connection pool"
INDEX = "Add an index on orders.created_at"
TITLES = [ALERT, RETRIES, RUNBOOK, INDEX]
KNOWN = tuple(Known(f"u{number}", None, title) for number, title in enumerate(TITLES))


def _uids(*titles: str) -> tuple[str | None, ...]:
    return match_items(KNOWN, [Stated(None, title) for title in titles]).uids


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
    matching = match_items(KNOWN, [Stated(None, ALERT), Stated(None, "Rotate the leaked deploy key")])
    assert matching.uids == ("u0", None)
    assert matching.doubtful == ()
    assert matching.gone == ("u1", "u2", "u3")


def test_an_identifier_decides_though_every_word_changed() -> None:
    known = [Known("a", "AI-1", ALERT), Known("b", "AI-2", RETRIES)]
    matching = match_items(known, [Stated("AI-2", "Something else entirely"), Stated("ai-1", "Another thing")])
    assert matching.uids == ("b", "a")


@pytest.mark.parametrize(
    ("items", "uids"),
    [
        ([("AI-1", RETRIES), ("AI-2", RUNBOOK)], ("b", "c")),
        ([("AI-1", "Rotate the leaked key"), ("AI-2", ALERT), ("AI-3", RETRIES), ("AI-4", RUNBOOK)], (None, *"abc")),
        ([("AI-1", RETRIES), ("AI-2", ALERT), ("AI-3", RUNBOOK)], ("b", "a", "c")),
        ([("AI-1", "Cap the payment client's retries at three"), ("AI-2", RUNBOOK)], ("b", "c")),
        ([("OPS-12", ALERT), ("OPS-13", RETRIES), ("OPS-14", RUNBOOK)], ("a", "b", "c")),
    ],
    ids=["one removed", "one put in front", "exchanged", "removed and reworded", "those of a tracker"],
)
def test_items_that_are_numbered_anew_keep_their_issues(
    items: list[tuple[str, str]], uids: tuple[str | None, ...]
) -> None:
    known = [Known("a", "AI-1", ALERT, ANAS), Known("b", "AI-2", RETRIES, BENS), Known("c", "AI-3", RUNBOOK)]
    terms = {ALERT: ANAS, RETRIES: BENS}
    assert match_items(known, [Stated(*each, terms.get(each[1], Terms())) for each in items]).uids == uids


def test_a_new_identifier_for_the_same_title_and_a_later_day_is_the_same_item() -> None:
    known = [Known("a", "AI-1", ALERT, ANAS)]
    later = Terms("ana", "2026-07-01", "P0", "the alert fires in staging")
    assert match_items(known, [Stated("OPS-12", ALERT, later)]).uids == ("a",)


def test_an_item_with_another_identifier_and_other_terms_is_another_item() -> None:
    matching = match_items([Known("a", "AI-1", ALERT, ANAS)], [Stated("AI-7", ALERT, BENS)])
    assert matching.uids == (None,)
    assert matching.gone == ("a",)


def test_an_identifier_that_two_items_have_tells_nothing() -> None:
    known = [Known("a", "AI-2", ALERT), Known("b", "AI-2", RETRIES)]
    assert match_items(known, [Stated("AI-2", ALERT), Stated("AI-4", RETRIES)]).uids == ("a", "b")


def test_an_item_that_is_numbered_anew_is_not_one_of_its_title_that_was_removed() -> None:
    known = [
        Known("a", "AI-1", ALERT),
        Known("b", "AI-2", RETRIES),
        Known("c", "AI-1", INDEX, standing=Standing.REMOVED),
        Known("d", "AI-3", INDEX),
    ]
    assert match_items(known, [Stated("AI-1", RETRIES), Stated("AI-2", INDEX)]).uids == ("b", "d")


def test_an_identifier_that_another_item_has_kept_is_nobody_elses() -> None:
    known = [Known("a", "AI-1", ALERT, standing=Standing.REMOVED), Known("b", "AI-1", RETRIES)]
    assert match_items(known, [Stated("AI-1", "Something else entirely")]).uids == ("b",)


def test_equal_titles_are_matched_in_order() -> None:
    known = [Known("a", None, INDEX), Known("b", None, INDEX)]
    assert match_items(known, [Stated(None, INDEX), Stated(None, INDEX)]).uids == ("a", "b")
    assert match_items(known, [Stated(None, INDEX)]).gone == ("b",)


ANAS = Terms("ana", "2026-05-18", "P0", "the alert fires in staging")
BENS = Terms("ben", "2026-06-18", "P1", "somebody followed it")


def test_among_equal_titles_the_terms_decide_and_not_the_order() -> None:
    known = [Known("a", None, INDEX, ANAS), Known("b", None, INDEX, BENS)]
    assert match_items(known, [Stated(None, INDEX, BENS), Stated(None, INDEX, ANAS)]).uids == ("b", "a")
    removed = match_items(known, [Stated(None, INDEX, BENS)])
    assert removed.uids == ("b",)
    assert removed.gone == ("a",)


def test_among_equal_titles_whoever_agrees_best_is_the_same_though_a_date_has_moved() -> None:
    known = [Known("a", None, INDEX, ANAS), Known("b", None, INDEX, BENS)]
    later = Terms("ben", "2026-07-01", "P1", "somebody followed it")
    assert match_items(known, [Stated(None, INDEX, later), Stated(None, INDEX, ANAS)]).uids == ("b", "a")


@pytest.mark.parametrize("title", ["Alert on connection exhaustion", "Page somebody before it happens"])
def test_an_item_reworded_beyond_recognition_is_known_by_its_terms(title: str) -> None:
    known = [Known("a", None, "Tell us when the pool is above 80 %", ANAS), Known("b", None, INDEX, BENS)]
    assert match_items(known, [Stated(None, title, ANAS), Stated(None, INDEX, BENS)]).uids == ("a", "b")


def test_terms_that_two_items_share_tell_neither_apart() -> None:
    known = [Known("a", None, ALERT, ANAS), Known("b", None, RETRIES, ANAS)]
    matching = match_items(known, [Stated(None, "Rotate the leaked deploy key", ANAS)])
    assert matching.uids == (None,)
    assert matching.gone == ("a", "b")


def test_an_item_of_other_words_and_nearly_the_same_terms_is_asked_about() -> None:
    known = [Known("a", None, ALERT, Terms("ana", "2026-05-18", "P0"))]
    matching = match_items(known, [Stated(None, "Page somebody sooner", Terms("ana", "2026-05-18", "P0"))])
    assert matching.uids == (None,)
    assert matching.candidates == {0: ("a",)}


def test_an_item_of_other_words_and_other_terms_is_new() -> None:
    matching = match_items([Known("a", None, ALERT, ANAS)], [Stated(None, "Rotate the leaked deploy key", BENS)])
    assert matching.uids == (None,)
    assert matching.doubtful == ()


OVER = Known("a", "AI-1", ALERT, ANAS, Standing.OVER)


@pytest.mark.parametrize(
    ("stated", "uid"),
    [
        (Stated(None, ALERT, ANAS), "a"),
        (Stated("AI-1", RETRIES, ANAS), "a"),
        (Stated("AI-1", RETRIES, BENS), None),
        (Stated(None, f"{ALERT} and more", ANAS), None),
        (Stated(None, ALERT, BENS), None),
    ],
    ids=["restored", "named", "named like it", "reworded", "promised anew"],
)
def test_what_was_removed_and_is_closed_comes_back_only_as_what_it_was(stated: Stated, uid: str | None) -> None:
    matching = match_items([OVER], [stated])
    assert matching.uids == (uid,)
    assert matching.doubtful == ()


def test_what_was_removed_and_is_closed_gives_way_to_an_equal_one_that_is_there() -> None:
    known = [Known("a", None, ALERT, ANAS, Standing.OVER), Known("b", None, ALERT, ANAS)]
    assert match_items(known, [Stated(None, ALERT, ANAS)]).uids == ("b",)
    assert match_items(known, [Stated(None, ALERT, Terms("ana"))]).uids == ("b",)


def test_what_was_removed_and_is_open_is_asked_about_where_its_terms_are_others() -> None:
    known = [Known("a", None, ALERT, ANAS, Standing.REMOVED)]
    assert match_items(known, [Stated(None, f"{ALERT} and more", ANAS)]).uids == ("a",)
    assert match_items(known, [Stated(None, f"{ALERT} and more", BENS)]).candidates == {0: ("a",)}


CLOSED = Known("a", None, ALERT, ANAS, closed=True)


def test_another_promise_with_the_terms_of_one_that_was_kept_is_asked_about() -> None:
    assert match_items([CLOSED], [Stated(None, "Rotate the leaked deploy key", ANAS)]).candidates == {0: ("a",)}
    assert match_items([CLOSED], [Stated(None, ALERT.replace("80", "70"), ANAS)]).uids == ("a",)


def test_a_promise_like_one_that_was_kept_and_of_other_terms_is_asked_about() -> None:
    assert match_items([CLOSED], [Stated(None, f"{ALERT} and more", BENS)]).candidates == {0: ("a",)}


def test_an_identifier_that_passes_from_a_kept_promise_to_another_one_does_not_close_that() -> None:
    known = [replace(CLOSED, id="AI-1")]
    assert match_items(known, [Stated("AI-1", "Rotate the leaked deploy key", BENS)]).uids == (None,)
    assert match_items(known, [Stated("AI-1", "Rotate the leaked deploy key", ANAS)]).uids == ("a",)


def _linked(known: list[Known], items: list[Stated], linked: dict[int, list[str]]) -> tuple[str | None, ...]:
    return match_items(known, items, linked).uids


def test_an_item_that_mentions_the_issue_of_another_one_stays_what_it_is() -> None:
    known = [Known("a", None, ALERT, ANAS), Known("b", None, RETRIES, BENS)]
    mention = Stated(None, f"{RETRIES}, once #4 is done", BENS)
    assert _linked(known, [Stated(None, ALERT.replace("80", "90"), ANAS), mention], {1: ["a"]}) == ("a", "b")
    assert _linked(known, [mention], {0: ["a"]}) == ("b",)


@pytest.mark.parametrize("known", [OVER, CLOSED, replace(CLOSED, closed=False, standing=Standing.REMOVED)])
def test_a_new_item_that_mentions_the_issue_of_a_former_one_is_new(known: Known) -> None:
    matching = match_items([known], [Stated(None, "Rotate the deploy key, as #4 showed", BENS)], {0: ["a"]})
    assert matching.uids == (None,)
    assert matching.doubtful == ()


def test_an_item_that_was_asked_about_is_the_one_whose_issue_it_then_links() -> None:
    removed = replace(CLOSED, closed=False, standing=Standing.REMOVED)
    asked = [
        ([removed], Stated(None, f"{ALERT} and more", BENS)),
        ([CLOSED], Stated(None, "Rotate the leaked deploy key", ANAS)),
        ([Known("a", None, "Alert on replica lag"), Known("b", None, "Alert on disk space")], Stated(None, "Alert on")),
    ]
    for known, item in asked:
        assert match_items(known, [item]).doubtful == (0,)
        assert _linked(known, [item], {0: ["a"]}) == ("a",)


def test_an_item_split_in_two_like_halves_is_asked_about() -> None:
    known = [Known("a", None, "Alert on replica lag and alert on disk space")]
    matching = match_items(
        known, [Stated(None, "Alert on replica lag early"), Stated(None, "Alert on disk space early")]
    )
    assert matching.uids == (None, None)
    assert matching.doubtful == (0, 1)
    assert matching.candidates == {0: ("a",), 1: ("a",)}
    assert matching.gone == ()


def test_an_item_half_alike_is_asked_about() -> None:
    matching = match_items(
        [Known("a", None, "Add an alert on replica lag")], [Stated(None, "Dashboard for replica lag times")]
    )
    assert matching.uids == (None,)
    assert matching.doubtful == (0,)


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_comes_of_nothing(count: int) -> None:
    matching = match_items(KNOWN[:count], [])
    assert matching.uids == ()
    assert matching.gone == tuple(each.uid for each in KNOWN[:count])


WORDS = st.sampled_from(["alert", "pool", "lag", "retry", "cap", "index", "runbook", "key", "on", "the", "a"])
TERMS = st.builds(Terms, owner=st.none() | st.sampled_from(["ana", "ben"]), priority=st.sampled_from(["P0", "P1"]))
ITEMS = st.lists(
    st.tuples(
        st.none() | st.sampled_from(["AI-1", "AI-2"]),
        st.lists(WORDS, min_size=1, max_size=6).map(" ".join),
        TERMS,
    ),
    max_size=7,
)


@given(ITEMS, ITEMS)
def test_no_known_item_becomes_two_and_each_is_matched_gone_or_in_doubt(
    old: list[tuple[str | None, str, Terms]], new: list[tuple[str | None, str, Terms]]
) -> None:
    known = [Known(f"u{number}", *each) for number, each in enumerate(old)]
    matching = match_items(known, [Stated(*each) for each in new])
    matched = [uid for uid in matching.uids if uid]
    in_doubt = {uid for each in matching.candidates.values() for uid in each}
    assert len(matching.uids) == len(new)
    assert len(matched) == len(set(matched))
    assert not set(matched) & set(matching.gone)
    assert not in_doubt & set(matching.gone)
    assert {each.uid for each in known} == {*matched, *matching.gone, *in_doubt}
    assert all(matching.uids[index] is None for index in matching.doubtful)


@given(ITEMS)
def test_an_unchanged_document_matches_itself(items: list[tuple[str | None, str, Terms]]) -> None:
    known = [Known(f"u{number}", *each) for number, each in enumerate(items)]
    matching = match_items(known, [Stated(*each) for each in items])
    assert matching.gone == ()
    assert matching.doubtful == ()
    assert None not in matching.uids
