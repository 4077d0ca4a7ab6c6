"""Which pairs are the best as a whole, and that those without a chance are left out without harm."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.assignment import best_assignment, rivals_in

_PAIRS = st.tuples(st.integers(0, 7), st.integers(0, 7))
_SCORES = st.dictionaries(_PAIRS, st.floats(0.3, 2.0) | st.sampled_from([0.5, 0.75, 1.0]), max_size=40)


def _best_of_all(scores: dict[tuple[int, int], float]) -> float:
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    for (row, column), score in scores.items():
        graph.add_edge(("item", row), ("known", column), weight=score)
    return float(sum(graph.edges[pair]["weight"] for pair in nx.max_weight_matching(graph)))


@given(_SCORES)
def test_it_is_worth_as_much_as_the_best_of_all_pairs(scores: dict[tuple[int, int], float]) -> None:
    pairs = best_assignment(scores)
    assert len(set(pairs.values())) == len(pairs)
    assert sum(scores[pair] for pair in pairs.items()) == pytest.approx(_best_of_all(scores))


@given(_SCORES)
def test_each_rival_stands_among_the_scores_and_is_not_the_place_that_was_given(
    scores: dict[tuple[int, int], float],
) -> None:
    pairs = best_assignment(scores)
    for row, places in rivals_in(scores, pairs).items():
        assert row in pairs
        assert pairs[row] not in places
        assert {(row, place) for place in places} <= scores.keys()


def test_the_whole_counts_and_not_the_best_pair() -> None:
    scores = {(0, 0): 1.0, (0, 1): 0.9, (1, 0): 0.9}
    assert best_assignment(scores) == {0: 1, 1: 0}


def test_an_equal_place_that_nobody_has_is_a_rival() -> None:
    scores = {(0, 0): 0.8, (0, 1): 0.75, (1, 2): 0.9, (1, 1): 0.5}
    assert rivals_in(scores, best_assignment(scores)) == {0: (1,)}
