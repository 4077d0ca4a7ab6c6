"""Which pairs of new items and known ones are the best as a whole, and which of them are about as good as others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

_CLOSE = 0.1  # answers that differ by no more are about as good
_ROUNDING = 1e-9  # scores that differ by no more are equal


def best_assignment(scores: Mapping[tuple[int, int], float], *, as_many_as_possible: bool = False) -> dict[int, int]:
    """The pairs whose scores add up to the most; with `as_many_as_possible`, of all that leave the fewest out."""
    if as_many_as_possible:
        return _best_pairs(scores, as_many_as_possible)
    for side in (0, 1):
        scores = _without_hopeless(scores, side)
    return _best_pairs(scores, as_many_as_possible)


def _without_hopeless(scores: Mapping[tuple[int, int], float], side: int) -> Mapping[tuple[int, int], float]:
    """The pairs that may belong to the best assignment, by the best score of each row, or column.

    No assignment is worth more than all of these together, and none with a pair in it more than that, less what the
    pair is worth less than the best one there. If a simple one is worth more still, the pair is out. Of hundreds of
    items that were all reworded, one pair each is left.
    """
    best: dict[int, float] = {}
    for pair, score in scores.items():
        best[pair[side]] = max(score, best.get(pair[side], 0.0))
    room = sum(best.values()) - _worth_of_simple(scores) + _ROUNDING
    return {pair: score for pair, score in scores.items() if best[pair[side]] - score <= room}


def _worth_of_simple(scores: Mapping[tuple[int, int], float]) -> float:
    """What it is worth to take the best pair, then the best of what is left, and so on."""
    rows, columns, worth = set[int](), set[int](), 0.0
    for score, (row, column) in sorted(((score, pair) for pair, score in scores.items()), reverse=True):
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            worth += score
    return worth


def _best_pairs(scores: Mapping[tuple[int, int], float], as_many_as_possible: bool) -> dict[int, int]:
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


def rivals_in(scores: Mapping[tuple[int, int], float], pairs: Mapping[int, int]) -> Mapping[int, tuple[int, ...]]:
    """The places that would do about as well for a new item, everything else taken into account, by item."""
    holders = {place: holder for holder, place in pairs.items()}
    rivals: defaultdict[int, list[int]] = defaultdict(list)
    for (row, place), score in sorted(scores.items()):
        column = pairs.get(row)
        if column is None or place == column:
            continue
        loss = scores[row, column] - score
        holder = holders.get(place)
        if holder is not None:  # they would swap
            loss += scores[holder, place] - scores.get((holder, column), 0)
        if loss <= _CLOSE:
            rivals[row].append(place)
    return {row: tuple(places) for row, places in rivals.items()}


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
