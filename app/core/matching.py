"""Which action item of a new version of a document is which of the old one.

An identifier that the author gave decides, unless the items were numbered anew; else an equal title does, and among
equal ones the owner, the deadline, the priority and the criterion; the rest is one assignment over the whole document,
never item by item, so that two items that were both reworded do not swap their issues. A link to an item's issue is
evidence there, and no more: people also mention what another item waits for. Where two answers are about as good,
nothing is assumed: the caller asks. What is in doubt and has an identifier that nobody has seen before is new: that is
one of the two answers that people can give.
"""

from __future__ import annotations

import enum
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import TypeVar

from app.core.assignment import best_assignment, rivals_in, with_contested
from app.core.promise import shortened
from app.core.terms import COMPLETE, UNSTATED, Terms, agreement, contradict
from rules.comparison import MOST_PAIRS, comparable, likeness, words_of

_SAME = 0.5  # of the words in common, from which on an item counts as reworded
_MAYBE = 0.3  # from which on it may be one, if nothing speaks for another answer
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
        closed: whether its issue is closed, or was deleted: what another promise becomes there, nobody follows up.
    """

    uid: str
    id: str | None
    title: str
    terms: Terms = UNSTATED
    standing: Standing = Standing.THERE
    closed: bool = False


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
    untold = _by_identifier(known, items, found)
    known = [replace(each, id=None) if each.id and each.id.casefold() in untold else each for each in known]
    items = [replace(each, id=None) if each.id and each.id.casefold() in untold else each for each in items]
    _by_title(known, items, found)
    places = {each.uid: place for place, each in enumerate(known)}
    links = frozenset((index, places[uid]) for index, uids in (linked or {}).items() for uid in uids)
    candidates = _by_likeness(known, items, found, _named_anew(known, items, found), links)
    uids = tuple(found.get(index) for index in range(len(items)))
    in_doubt = {uid for each in candidates.values() for uid in each}
    gone = tuple(each.uid for each in known if each.uid not in set(found.values()) | in_doubt)
    return Matching(uids, tuple(sorted(candidates)), candidates, gone)


def _by_identifier(known: Sequence[Known], items: Sequence[Stated], found: dict[int, str]) -> AbstractSet[str]:
    """Equal identifiers, where each stands once on either side; returns those that tell nothing of who is left.

    Where the items were numbered anew, none tells anything of an item whose title differs. That of an item that is over
    may have been given to another one.
    """
    pairs = _of_one_identifier(known, items)
    lengths = _lengths(known)
    equal = {
        key for key, (place, index) in pairs.items() if _folded(known[place].title) in _titles_of(items[index], lengths)
    }
    is_numbered_anew = _is_numbered_anew(known, items, pairs, equal)
    for key in equal if is_numbered_anew else pairs:
        place, index = pairs[key]
        if not _is_over(known[place], items[index]) and not _is_replaced(known[place], items[index]):
            found[index] = known[place].uid
    there = [each.id for each in known if each.standing is Standing.THERE]
    sides = [[key.casefold() for key in side if key] for side in (there, [item.id for item in items])]
    if is_numbered_anew:
        return frozenset(each.id.casefold() for each in known if each.id).union(*sides)
    return frozenset(key for side in sides for key, count in Counter(side).items() if count > 1)


def _of_one_identifier(known: Sequence[Known], items: Sequence[Stated]) -> Mapping[str, tuple[int, int]]:
    """Places of known items and indexes of new ones by the identifier that both have; whoever was removed yields it."""
    there = {each.id.casefold() for each in known if each.id and each.standing is Standing.THERE}
    theirs = _once(
        (each.id, place)
        for place, each in enumerate(known)
        if each.id and (each.standing is Standing.THERE or each.id.casefold() not in there)
    )
    ours = _once((item.id, index) for index, item in enumerate(items) if item.id)
    return {key: (theirs[key], ours[key]) for key in sorted(ours.keys() & theirs.keys())}


def _is_numbered_anew(
    known: Sequence[Known],
    items: Sequence[Stated],
    pairs: Mapping[str, tuple[int, int]],
    equal: AbstractSet[str],
) -> bool:
    """Whether an identifier has come from an item that goes on under another one, or has gone to such an item.

    `equal` are those that have kept their title.
    """
    places, indexes = {pairs[key][0] for key in equal}, {pairs[key][1] for key in equal}
    lengths = _lengths(known)
    before = {_folded(each.title) for place, each in enumerate(known) if place not in places}
    after = {title for index, each in enumerate(items) if index not in indexes for title in _titles_of(each, lengths)}
    return any(
        _folded(known[place].title) in after or not before.isdisjoint(_titles_of(items[index], lengths))
        for key, (place, index) in pairs.items()
        if key not in equal
    )


def _once(pairs: Iterable[tuple[str | None, _T]]) -> dict[str, _T]:
    listed = [(key.casefold(), value) for key, value in pairs if key]
    counts = Counter(key for key, _ in listed)
    return {key: value for key, value in listed if counts[key] == 1}


def _by_title(known: Sequence[Known], items: Sequence[Stated], found: dict[int, str]) -> None:
    """Equal titles; among several that are equal, whoever agrees best in the rest, then the order.

    Whoever has another identifier now is somebody else, unless that was only put in place of the one before.
    """
    before, after = ({each.id.casefold() for each in side if each.id} for side in (known, items))
    for length in (None, *_lengths(known)):
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
            pairs = _among_equals(known, items, rows[title], columns[title], before ^ after)
            found.update({row: known[column].uid for row, column in pairs.items()})


def _lengths(known: Sequence[Known]) -> Sequence[int]:
    """Those of the titles that were cut short, the longest first."""
    return sorted({len(each.title) for each in known if each.title.endswith("…")}, reverse=True)


def _titles_of(item: Stated, lengths: Iterable[int]) -> frozenset[str]:
    """An item's title as it is, and as it would be remembered where titles are cut short."""
    return frozenset((_folded(item.title), *(_folded(shortened(item.title, length)) for length in lengths)))


def _among_equals(
    known: Sequence[Known],
    items: Sequence[Stated],
    rows: Sequence[int],
    columns: Sequence[int],
    changed: AbstractSet[str],
) -> dict[int, int]:
    """Which is which among items of one title; `changed` are the identifiers that only one side has."""
    pairs = _unchanged(known, items, rows, columns)
    rows = [row for row in rows if row not in pairs]
    columns = [column for column in columns if column not in pairs.values()]
    scores = {
        (row, column): _among_equals_score(known[column], items[row]) - abs(one - other) / (len(rows) + len(columns))
        for one, row in enumerate(rows)
        for other, column in enumerate(columns)
        if (_may_be(known[column].id, items[row].id) or _is_relabelled(known[column], items[row], changed))
        and not _is_over(known[column], items[row])
    }
    return pairs | best_assignment(scores, as_many_as_possible=True)


def _unchanged(
    known: Sequence[Known], items: Sequence[Stated], rows: Sequence[int], columns: Sequence[int]
) -> dict[int, int]:
    """Those of one title that say the same of everything, in order; what was removed comes later, what is over last."""
    waiting: defaultdict[tuple[str, Terms], deque[int]] = defaultdict(deque)
    for column in sorted(columns, key=lambda each: (known[each].standing.value, each)):
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


def _is_replaced(known: Known, item: Stated) -> bool:
    """Whether another promise has what one that was kept, or removed, had: nothing in it is like that."""
    is_past = known.closed or known.standing is Standing.REMOVED
    return is_past and not _is_alike(known, item) and contradict(known.terms, item.terms)


def _is_alike(known: Known, item: Stated) -> bool:
    return likeness(words_of(known.title), words_of(item.title)) >= _MAYBE


def _is_relabelled(known: Known, item: Stated, changed: AbstractSet[str]) -> bool:
    """Whether an item of the same title has a new identifier instead of one that nobody has any more."""
    if known.standing is Standing.OVER or known.id is None or item.id is None:
        return False
    return {known.id.casefold(), item.id.casefold()} <= changed and agreement(known.terms, item.terms) >= 0


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
    links: AbstractSet[tuple[int, int]],
    left_out: frozenset[int] = frozenset(),
) -> dict[int, tuple[str, ...]]:
    """Assign what is left, as a whole; returns those in doubt, with what they may be.

    `links` are indexes of new items with the places of the known ones whose issues they link.
    """
    rows = [index for index in range(len(items)) if index not in found and index not in left_out]
    taken = set(found.values())
    columns = [
        place for place, each in enumerate(known) if each.uid not in taken and each.standing is not Standing.OVER
    ]
    scores = _scores(known, items, rows, columns, links)
    pairs = best_assignment(scores)
    doubtful: dict[int, tuple[int, ...]] = {}
    rivals_of = rivals_in(scores, pairs)
    for row, column in pairs.items():
        rivals = rivals_of.get(row, ())
        is_unlikely = (row, column) not in links and _is_unlikely(known[column], items[row])
        if rivals or scores[row, column] < _SAME or is_unlikely:
            doubtful[row] = (column, *rivals)
    contested = with_contested(doubtful, scores, pairs)
    if new := named_anew & contested.keys():
        return _by_likeness(known, items, found, named_anew, links, left_out | new)
    found.update({row: known[column].uid for row, column in pairs.items() if row not in contested})
    return {row: tuple(known[place].uid for place in places) for row, places in contested.items()}


def _scores(
    known: Sequence[Known],
    items: Sequence[Stated],
    rows: Sequence[int],
    columns: Sequence[int],
    links: AbstractSet[tuple[int, int]],
) -> dict[tuple[int, int], float]:
    """How alike the pairs are that are alike at all, by index of the new item and place of the known one.

    Terms count where no other item has them: then they tell it apart. A link counts as much as half of the words.
    """
    ours = [words_of(items[row].title) for row in rows]
    theirs = [words_of(known[column].title) for column in columns]
    raised = _raised_by_terms(known, items, rows, columns)
    shared = {
        (rows[one], columns[other]): likeness(ours[one], theirs[other]) for one, other in comparable(ours, theirs)
    }
    scores: dict[tuple[int, int], float] = {}
    left = set(rows), set(columns)
    linked = {(row, column) for row, column in links if row in left[0] and column in left[1]}
    for row, column in shared.keys() | raised.keys() | linked:
        score = shared.get((row, column), 0) + raised.get((row, column), 0)
        if (row, column) in linked and not (score < _MAYBE and _is_unlikely(known[column], items[row])):
            score += _SAME
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


def _is_unlikely(known: Known, item: Stated) -> bool:
    """Whether what was removed or closed, and is like a new item, may yet be another promise.

    That is so if it had other terms; of what is closed, also if its terms are all that speaks for it.
    """
    if agreement(known.terms, item.terms) < 0:
        return known.closed or known.standing is Standing.REMOVED
    return known.closed and not _is_alike(known, item)


def _folded(title: str) -> str:
    return " ".join(title.casefold().split()).strip(" .")
