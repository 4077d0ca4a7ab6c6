"""Issues that go to another postmortem with their item: that links them, and the one that had them has it no more.

The ledger there names the issue first, then its record says so, then the ledger here lets go of it: so after a crash
the issue belongs to one of them, and what was promised in it is remembered wherever it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.core.followed import Followed, FollowedItem, HandedOn
from app.core.ledger import Entry
from app.core.remembered import Remembered

_Held = tuple[Followed, FollowedItem]


def left_behind(postmortems: Sequence[Followed]) -> Mapping[int, Entry]:
    """What the ledgers have of issues, by number, whose item is gone, and that one of another postmortem links."""
    held, wanted = _holders(postmortems), _wanted(postmortems)
    left = {}
    for number in wanted.keys() & held.keys():
        if all(_is_gone(*each) for each in held[number]):
            followed, item = held[number][0]
            if wanted[number] - {followed.ledger.document}:
                left[number] = item.entry
    return left


def with_handed_on(postmortems: Sequence[Followed], remembered: Remembered) -> tuple[Followed, ...]:
    """The postmortems, each issue with one of them: those that had it let go of it."""
    taken: dict[int, _Held] = {}
    for number, held in _holders(postmortems).items():
        if len(held) > 1:
            taken[number] = min(held, key=lambda each, number=number: _rank(each, number, remembered))  # type: ignore[misc]
    return tuple(_letting_go(each, taken) for each in postmortems) if taken else tuple(postmortems)


def _letting_go(followed: Followed, taken: Mapping[int, _Held]) -> Followed:
    kept, handed = [], []
    for item in followed.items:
        number = item.number
        other, theirs = taken.get(number or 0, (followed, item))
        if other.ledger.document == followed.ledger.document or number is None or other.tracking is None:
            kept.append(item)
        elif _is_gone(followed, item):
            handed.append(HandedOn(item.entry.uid, number, other.tracking.number, theirs.entry.uid))
        else:  # it was put back in the meantime: it needs one of its own
            entry = replace(item.entry, number=None, linked=False)
            kept.append(FollowedItem(entry=entry, said=item.said, issue=None, merged=None))
    entries = tuple(item.entry for item in kept)
    return replace(
        followed, items=tuple(kept), handed_on=tuple(handed), ledger=replace(followed.ledger, entries=entries)
    )


def _rank(held: _Held, number: int, remembered: Remembered) -> tuple[bool, bool, int]:
    """Whoever has the item has its issue; of several, whom its record names."""
    followed, item = held
    promise = remembered.promises.get(number)
    is_named = promise is not None and (promise.document, promise.uid) == (followed.ledger.document, item.entry.uid)
    return _is_gone(followed, item), not is_named, followed.tracking.number if followed.tracking else 0


def _holders(postmortems: Sequence[Followed]) -> Mapping[int, list[_Held]]:
    held: defaultdict[int, list[_Held]] = defaultdict(list)
    for followed in postmortems:
        for item in followed.items:
            if item.number is not None:
                held[item.number].append((followed, item))
    return held


def _wanted(postmortems: Sequence[Followed]) -> Mapping[int, set[str]]:
    """Numbers that items without an issue link, with the documents of those."""
    wanted: defaultdict[int, set[str]] = defaultdict(set)
    for followed in postmortems:
        for item in followed.items:
            if item.number is None and item.pending:
                for number in item.links:
                    wanted[number].add(followed.ledger.document)
    return wanted


def _is_gone(followed: Followed, item: FollowedItem) -> bool:
    return followed.lost or item.entry.gone
