"""Which action item of a new version of a document is which of the old one.

An identifier that the author gave decides; else an equal title does; else a link to the issue of a known item; the
rest is one assignment over the whole document, never item by item, so that two items that were both reworded do not
swap their issues. Where two answers are about as good, nothing is assumed: the caller asks. What is in doubt and has an
identifier that nobody has seen before is new: that is one of the two answers that people can give.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.core.promise import shortened
from rules.comparison import comparable, likeness, words_of

_SAME = 0.5  # of the words in common, from which on an item counts as reworded
_MAYBE = 0.3  # from which on it may be one, if nothing speaks for another answer
_CLOSE = 0.1  # answers that differ by no more are about as good
_PLACE = 0.05  # for standing between the same neighbours: it decides between equals, and no more

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Known:
    """An item that has been seen before: its uid, the author's identifier if any, and its title then."""

    uid: str
    id: str | None
    title: str


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
    items: Sequence[tuple[str | None, str]],
    linked: Mapping[int, Sequence[str]] | None = None,
) -> Matching:
    """Match the items of a new version, each an identifier (or None) and a title, in the document's order.

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


def _by_identifier(known: Sequence[Known], items: Sequence[tuple[str | None, str]], found: dict[int, str]) -> None:
    """Equal identifiers, where each stands once on either side."""
    theirs = _once((each.id, each.uid) for each in known if each.id)
    ours = _once((identifier, index) for index, (identifier, _) in enumerate(items) if identifier)
    found.update({ours[key]: theirs[key] for key in ours.keys() & theirs.keys()})


def _once(pairs: Iterable[tuple[str | None, _T]]) -> dict[str, _T]:
    listed = [(key.casefold(), value) for key, value in pairs if key]
    counts = Counter(key for key, _ in listed)
    return {key: value for key, value in listed if counts[key] == 1}


def _by_title(known: Sequence[Known], items: Sequence[tuple[str | None, str]], found: dict[int, str]) -> None:
    """Equal titles, in order where several are equal; whoever has another identifier now is somebody else."""
    taken = set(found.values())
    waiting: defaultdict[str, list[Known]] = defaultdict(list)
    for each in known:
        if each.uid not in taken:
            waiting[_folded(each.title)].append(each)
    lengths = sorted({len(each.title) for each in known if each.title.endswith("…")}, reverse=True)
    for index, (identifier, title) in enumerate(items):
        if index in found:
            continue
        for name in (title, *(shortened(title, length) for length in lengths)):
            queue = waiting[_folded(name)]
            match = next((each for each in queue if _may_be(each.id, identifier)), None)
            if match is not None:
                queue.remove(match)
                found[index] = match.uid
                break


def _by_link(
    known: Sequence[Known],
    items: Sequence[tuple[str | None, str]],
    linked: Mapping[int, Sequence[str]],
    found: dict[int, str],
) -> None:
    """A link to the issue of exactly one item that nobody else is, and that nobody else links."""
    identifiers = {each.uid: each.id for each in known}
    open_links = {
        index: [uid for uid in uids if uid not in found.values() and _may_be(identifiers.get(uid), items[index][0])]
        for index, uids in linked.items()
        if index not in found
    }
    wanted = Counter(uid for uids in open_links.values() for uid in uids)
    found.update({index: uids[0] for index, uids in open_links.items() if len(uids) == 1 and wanted[uids[0]] == 1})


def _named_anew(
    known: Sequence[Known], items: Sequence[tuple[str | None, str]], found: Mapping[int, str]
) -> frozenset[int]:
    """The items that are not found and have an identifier that no known one has."""
    seen = {each.id.casefold() for each in known if each.id}
    return frozenset(
        index
        for index, (identifier, _) in enumerate(items)
        if index not in found and identifier and identifier.casefold() not in seen
    )


def _may_be(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one.casefold() == other.casefold()


def _by_likeness(
    known: Sequence[Known],
    items: Sequence[tuple[str | None, str]],
    found: dict[int, str],
    named_anew: frozenset[int],
    left_out: frozenset[int] = frozenset(),
) -> dict[int, tuple[str, ...]]:
    """Assign what is left, as a whole; returns those in doubt, with what they may be."""
    rows = [index for index in range(len(items)) if index not in found and index not in left_out]
    taken = set(found.values())
    columns = [place for place, each in enumerate(known) if each.uid not in taken]
    scores = _scores(known, items, rows, columns)
    pairs = _best_assignment(scores)
    doubtful: dict[int, tuple[int, ...]] = {}
    for row, column in pairs.items():
        rivals = _rivals(row, column, scores, pairs)
        if rivals or scores[row, column] < _SAME:
            doubtful[row] = (column, *rivals)
    contested = _with_contested(doubtful, scores, pairs)
    if new := named_anew & contested.keys():
        return _by_likeness(known, items, found, named_anew, left_out | new)
    found.update({row: known[column].uid for row, column in pairs.items() if row not in contested})
    return {row: tuple(known[place].uid for place in places) for row, places in contested.items()}


def _scores(
    known: Sequence[Known], items: Sequence[tuple[str | None, str]], rows: Sequence[int], columns: Sequence[int]
) -> dict[tuple[int, int], float]:
    """How alike the pairs are that are alike at all, by index of the new item and place of the known one."""
    ours = [words_of(items[row][1]) for row in rows]
    theirs = [words_of(known[column].title) for column in columns]
    scores: dict[tuple[int, int], float] = {}
    for one, other in comparable(ours, theirs):
        row, column = rows[one], columns[other]
        score = likeness(ours[one], theirs[other])
        if score >= _MAYBE and _may_be(known[column].id, items[row][0]):
            scores[row, column] = score + (_PLACE if row == column else 0)
    return scores


def _best_assignment(scores: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """The pairs whose likeness adds up to the most."""
    if not scores:
        return {}
    import networkx as nx  # only an edited document needs it, and it takes long to import

    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    for (row, column), score in sorted(scores.items()):
        graph.add_edge(("item", row), ("known", column), weight=score)
    pairs: dict[int, int] = {}
    for one, other in nx.max_weight_matching(graph):
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
