"""Which pairs of new items and known ones are the best as a whole, and which of them are about as good as others."""

from __future__ import annotations

from collections.abc import Mapping

_CLOSE = 0.1  # answers that differ by no more are about as good


def best_assignment(scores: Mapping[tuple[int, int], float], *, as_many_as_possible: bool = False) -> dict[int, int]:
    """The pairs whose scores add up to the most."""
    if not scores:
        return {}
    import networkx as nx  # only an edited document needs it, and it takes long to import

    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    for (row, column), score in sorted(scores.items()):
        graph.add_edge(("item", row), ("known", column), weight=score)
    pairs: dict[int, int] = {}
    for one, other in nx.max_weight_matching(graph, maxcardinality=as_many_as_possible):
        row, column = (one, other) if one[0] == "item" else (other, one)
        pairs[row[1]] = column[1]
    return pairs


def rivals_of(
    row: int, column: int, scores: Mapping[tuple[int, int], float], pairs: Mapping[int, int]
) -> tuple[int, ...]:
    """The places that would do about as well for a new item, everything else taken into account."""
    holders = {place: holder for holder, place in pairs.items()}
    rivals = []
    for (other_row, place), score in sorted(scores.items()):
        if other_row != row or place == column:
            continue
        loss = scores[row, column] - score
        holder = holders.get(place)
        if holder is not None:  # they would swap
            loss += scores[holder, place] - scores.get((holder, column), 0)
        if loss <= _CLOSE:
            rivals.append(place)
    return tuple(rivals)


def with_contested(
    doubtful: Mapping[int, tuple[int, ...]], scores: Mapping[tuple[int, int], float], pairs: Mapping[int, int]
) -> dict[int, tuple[int, ...]]:
    """Also in doubt: a new item that went empty though it is about as like a known one as the item that got it."""
    holders = {place: holder for holder, place in pairs.items()}
    contested = dict(doubtful)
    for (row, place), score in sorted(scores.items()):
        holder = holders.get(place)
        if row in pairs or holder is None or scores[holder, place] - score > _CLOSE:
            continue
        for each in (row, holder):
            contested[each] = tuple(dict.fromkeys((*contested.get(each, ()), place)))
    return contested
