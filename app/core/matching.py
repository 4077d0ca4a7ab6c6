"""Which action item of a new version of a document is which of the old one.

An identifier that the author gave decides; else an equal title does, and among equal ones the owner, the deadline, the
priority and the criterion; else a link to the issue of a known item; the
rest is one assignment over the whole document, never item by item, so that two items that were both reworded do not
swap their issues. Where two answers are about as good, nothing is assumed: the caller asks. What is in doubt and has an
identifier that nobody has seen before is new: that is one of the two answers that people can give.
"""

from __future__ import annotations

import enum
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.core.promise import shortened
from app.core.terms import COMPLETE, UNSTATED, Terms, agreement, contradict
from rules.comparison import MOST_PAIRS, comparable, likeness, words_of

_SAME = 0.5  # of the words in common, from which on an item counts as reworded
_MAYBE = 0.3  # from which on it may be one, if nothing speaks for another answer
_CLOSE = 0.1  # answers that differ by no more are about as good
_PLACE = 0.05  # for standing between the same neighbours: it decides between equals, and no more
_TERM = _SAME / COMPLETE  # for each term that agrees: all of them together are as good as the words
_OVER = 100  # against what is over: it comes after everything else, however well that agrees

_T = TypeVar("_T")


class Standing(enum.Enum):
    """Where an item stood when its document was last read."""

    THERE = enum.auto()
    REMOVED = enum.auto()
    OVER = enum.auto()
    """Removed, and its issue is closed: it comes back only as what it was, not in other words."""


@dataclass(frozen=True, slots=True)
class Known:
    """An item that has been seen before.

    Attributes:
        uid: of the item.
        id: the author's identifier, if any.
        title, terms: as they were then.
        standing: whether the document still had it then.
    """

    uid: str
    id: str | None
    title: str
    terms: Terms = UNSTATED
    standing: Standing = Standing.THERE


@dataclass(frozen=True, slots=True)
class Stated:
    """An item of a new version: the author's identifier, if any, its title and its terms."""

    id: str | None
    title: str
    terms: Terms = UNSTATED


@dataclass(frozen=True, slots=True)
class Matching:
    """Which items are which.

    Attributes:
        uids: for each new item, in order, the uid of the known item that it is; None if it is new or in doubt.
        doubtful: indexes of the new items that may or may not be known ones.
        candidates: for each doubtful index the uids that it may be.
        gone: uids of the known items that are no longer there, in their order; those in doubt are not among them.
    """

    uids: tuple[str | None, ...]
    doubtful: tuple[int, ...]
    candidates: Mapping[int, tuple[str, ...]]
    gone: tuple[str, ...]


def match_items(
    known: Sequence[Known],
    items: Sequence[Stated],
    linked: Mapping[int, Sequence[str]] | None = None,
) -> Matching:
    """Match the items of a new version, in the document's order.

    `linked` has, by the index of an item, the uids of the known items whose issues it links.
    """
    found: dict[int, str] = {}
    _by_identifier(known, items, found)
    _by_title(known, items, found)
    _by_link(known, items, linked or {}, found)
    candidates = _by_likeness(known, items, found, _named_anew(known, items, found))
    uids = tuple(found.get(index) for index in range(len(items)))
    in_doubt = {uid for each in candidates.values() for uid in each}
    gone = tuple(each.uid for each in known if each.uid not in set(found.values()) | in_doubt)
    return Matching(uids, tuple(sorted(candidates)), candidates, gone)


def _by_identifier(known: Sequence[Known], items: Sequence[Stated], found: dict[int, str]) -> None:
    """Equal identifiers, where each stands once on either side."""
    theirs = _once((each.id, each.uid) for each in known if each.id)
    ours = _once((item.id, index) for index, item in enumerate(items) if item.id)
    found.update({ours[key]: theirs[key] for key in ours.keys() & theirs.keys()})


def _once(pairs: Iterable[tuple[str | None, _T]]) -> dict[str, _T]:
    listed = [(key.casefold(), value) for key, value in pairs if key]
    counts = Counter(key for key, _ in listed)
    return {key: value for key, value in listed if counts[key] == 1}


def _by_title(known: Sequence[Known], items: Sequence[Stated], found: dict[int, str]) -> None:
    """Equal titles; among several that are equal, whoever agrees best in the rest, then the order.

    Whoever has another identifier now is somebody else.
    """
    lengths = sorted({len(each.title) for each in known if each.title.endswith("…")}, reverse=True)
    for length in (None, *lengths):
        taken = set(found.values())
        columns: defaultdict[str, list[int]] = defaultdict(list)
        for place, each in enumerate(known):
            if each.uid not in taken:
                columns[_folded(each.title)].append(place)
        rows: defaultdict[str, list[int]] = defaultdict(list)
        for index, item in enumerate(items):
            if index not in found:
                rows[_folded(item.title if length is None else shortened(item.title, length))].append(index)
        for title in rows.keys() & columns.keys():
            pairs = _among_equals(known, items, rows[title], columns[title])
            found.update({row: known[column].uid for row, column in pairs.items()})


def _among_equals(
    known: Sequence[Known], items: Sequence[Stated], rows: Sequence[int], columns: Sequence[int]
) -> dict[int, int]:
    """Which is which among items of one title."""
    pairs = _unchanged(known, items, rows, columns)
    rows = [row for row in rows if row not in pairs]
    columns = [column for column in columns if column not in pairs.values()]
    scores = {
        (row, column): _among_equals_score(known[column], items[row]) - abs(one - other) / (len(rows) + len(columns))
        for one, row in enumerate(rows)
        for other, column in enumerate(columns)
        if _may_be(known[column].id, items[row].id) and not _is_over(known[column], items[row])
    }
    return pairs | _best_assignment(scores, as_many_as_possible=True)


def _unchanged(
    known: Sequence[Known], items: Sequence[Stated], rows: Sequence[int], columns: Sequence[int]
) -> dict[int, int]:
    """Those of one title that say the same of everything, in order; what is over comes last."""
    waiting: defaultdict[tuple[str, Terms], deque[int]] = defaultdict(deque)
    for column in sorted(columns, key=lambda each: (known[each].standing is Standing.OVER, each)):
        waiting[(known[column].id or "").casefold(), known[column].terms].append(column)
    pairs = {}
    for row in rows:
        if queue := waiting.get(((items[row].id or "").casefold(), items[row].terms)):
            pairs[row] = queue.popleft()
    return pairs


def _among_equals_score(known: Known, item: Stated) -> float:
    return agreement(known.terms, item.terms) - (_OVER if known.standing is Standing.OVER else 0)


def _is_over(known: Known, item: Stated) -> bool:
    """Whether an item that is over is not what this one restores."""
    return known.standing is Standing.OVER and contradict(known.terms, item.terms)


def _by_link(
    known: Sequence[Known],
    items: Sequence[Stated],
    linked: Mapping[int, Sequence[str]],
    found: dict[int, str],
) -> None:
    """A link to the issue of exactly one item that nobody else is, and that nobody else links."""
    identifiers = {each.uid: each.id for each in known}
    open_links = {
        index: [uid for uid in uids if uid not in found.values() and _may_be(identifiers.get(uid), items[index].id)]
        for index, uids in linked.items()
        if index not in found
    }
    wanted = Counter(uid for uids in open_links.values() for uid in uids)
    found.update({index: uids[0] for index, uids in open_links.items() if len(uids) == 1 and wanted[uids[0]] == 1})


def _named_anew(known: Sequence[Known], items: Sequence[Stated], found: Mapping[int, str]) -> frozenset[int]:
    """The items that are not found and have an identifier that no known one has."""
    seen = {each.id.casefold() for each in known if each.id}
    return frozenset(
        index for index, item in enumerate(items) if index not in found and item.id and item.id.casefold() not in seen
    )


def _may_be(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one.casefold() == other.casefold()


def _by_likeness(
    known: Sequence[Known],
    items: Sequence[Stated],
    found: dict[int, str],
    named_anew: frozenset[int],
    left_out: frozenset[int] = frozenset(),
) -> dict[int, tuple[str, ...]]:
    """Assign what is left, as a whole; returns those in doubt, with what they may be."""
    rows = [index for index in range(len(items)) if index not in found and index not in left_out]
    taken = set(found.values())
    columns = [
        place for place, each in enumerate(known) if each.uid not in taken and each.standing is not Standing.OVER
    ]
    scores = _scores(known, items, rows, columns)
    pairs = _best_assignment(scores)
    doubtful: dict[int, tuple[int, ...]] = {}
    for row, column in pairs.items():
        rivals = _rivals(row, column, scores, pairs)
        if rivals or scores[row, column] < _SAME or _is_unlikely_to_return(known[column], items[row]):
            doubtful[row] = (column, *rivals)
    contested = _with_contested(doubtful, scores, pairs)
    if new := named_anew & contested.keys():
        return _by_likeness(known, items, found, named_anew, left_out | new)
    found.update({row: known[column].uid for row, column in pairs.items() if row not in contested})
    return {row: tuple(known[place].uid for place in places) for row, places in contested.items()}


def _scores(
    known: Sequence[Known], items: Sequence[Stated], rows: Sequence[int], columns: Sequence[int]
) -> dict[tuple[int, int], float]:
    """How alike the pairs are that are alike at all, by index of the new item and place of the known one.

    Terms count where no other item has them: then they tell it apart.
    """
    ours = [words_of(items[row].title) for row in rows]
    theirs = [words_of(known[column].title) for column in columns]
    raised = _raised_by_terms(known, items, rows, columns)
    shared = {
        (rows[one], columns[other]): likeness(ours[one], theirs[other]) for one, other in comparable(ours, theirs)
    }
    scores: dict[tuple[int, int], float] = {}
    for row, column in shared.keys() | raised.keys():
        score = shared.get((row, column), 0) + raised.get((row, column), 0)
        if score >= _MAYBE and _may_be(known[column].id, items[row].id):
            scores[row, column] = score + (_PLACE if row == column else 0)
    return scores


def _raised_by_terms(
    known: Sequence[Known], items: Sequence[Stated], rows: Sequence[int], columns: Sequence[int]
) -> dict[tuple[int, int], float]:
    """What the terms speak for, by pair: each agrees with the other as with nobody else that is left."""
    if len(rows) * len(columns) > MOST_PAIRS:
        return {}
    agreed = {
        (row, column): agreement(known[column].terms, items[row].terms)
        for row in rows
        for column in columns
        if _may_be(known[column].id, items[row].id)
    }
    of_row, of_column = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
    for (row, column), value in agreed.items():
        of_row[row].append(value)
        of_column[column].append(value)
    return {
        (row, column): _TERM * value
        for (row, column), value in agreed.items()
        if value > 0 and _stands_out(value, of_row[row]) and _stands_out(value, of_column[column])
    }


def _stands_out(value: int, among: Sequence[int]) -> bool:
    return value == max(among) and among.count(value) == 1


def _is_unlikely_to_return(known: Known, item: Stated) -> bool:
    """Whether an item that was removed, and is like a new one, had other terms: that may be another promise."""
    return known.standing is Standing.REMOVED and agreement(known.terms, item.terms) < 0


def _best_assignment(scores: Mapping[tuple[int, int], float], *, as_many_as_possible: bool = False) -> dict[int, int]:
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


def _rivals(
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


def _with_contested(
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


def _folded(title: str) -> str:
    return " ".join(title.casefold().split()).strip(" .")
