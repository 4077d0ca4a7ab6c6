"""What an action item has in common with those of other postmortems: it moved there, or links what is theirs.

Two issues of one promise are never left without a word that links them; whether they are one, people say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.core.followed import Elsewhere, Followed, FollowedItem, FollowUp
from app.core.uids import shared_about


def with_elsewhere(decided: FollowUp) -> FollowUp:
    """The decision, with what each open item has in common with those of other postmortems."""
    by_title, by_number = _by_title(decided.postmortems), _by_number(decided.postmortems)
    postmortems = tuple(
        replace(each, items=tuple(_item(each, item, by_title, by_number) for item in each.items))
        for each in decided.postmortems
    )
    return replace(decided, postmortems=postmortems)


_Places = Sequence[tuple[Followed, FollowedItem]]


def _item(
    followed: Followed, item: FollowedItem, by_title: Mapping[str, _Places], by_number: Mapping[int, _Places]
) -> FollowedItem:
    if item.issue is None or not item.open:
        return item
    moved = next(_newer(followed, item, by_title[_folded(item.entry.title)]), None)
    linked = () if item.entry.linked else item.links
    others = (each for number in linked for each in by_number.get(number, ()))
    shared = tuple(
        _place(other, one)
        for other, one in others
        if other.tracking and _is_another(followed, other) and one.open and not _is_gone(other, one)
    )
    return replace(item, moved_to=moved, shared=shared, unshared=tuple(_unshared(followed, item, by_number)))


def _unshared(followed: Followed, item: FollowedItem, by_number: Mapping[int, _Places]) -> Iterator[int]:
    """Numbers of the issues that it was said to have in common with another item, which is gone now."""
    prefix = shared_about(item.entry.uid, 0).removesuffix("0")
    for about in followed.ledger.told:
        number = int(about.removeprefix(prefix)) if about.startswith(prefix) else None
        if number is not None and not any(not _is_gone(*each) for each in by_number.get(number, ())):
            yield number


def _newer(followed: Followed, item: FollowedItem, places: _Places) -> Iterator[Elsewhere]:
    """Where else an item of that title stands, if its own document has lost it: what was opened later, or will be.

    One that came in the same push has no tracking issue yet: nothing is said until the item has its issue there.
    """
    if item.issue is None or not _is_gone(followed, item):
        return
    for other, one in places:
        number = _number(one)
        is_there = _is_another(followed, other) and not _is_gone(other, one) and one.pending
        if is_there and (number is None or number > item.issue.number):
            yield _place(other, one)


def _by_title(postmortems: Sequence[Followed]) -> Mapping[str, _Places]:
    found: defaultdict[str, list[tuple[Followed, FollowedItem]]] = defaultdict(list)
    for followed in postmortems:
        for item in followed.items:
            found[_folded(item.entry.title)].append((followed, item))
    return found


def _by_number(postmortems: Sequence[Followed]) -> Mapping[int, _Places]:
    found: defaultdict[int, list[tuple[Followed, FollowedItem]]] = defaultdict(list)
    for followed in postmortems:
        for item in followed.items:
            if number := _number(item):
                found[number].append((followed, item))
    return found


def _is_another(followed: Followed, other: Followed) -> bool:
    return followed.ledger.document != other.ledger.document


def _is_gone(followed: Followed, item: FollowedItem) -> bool:
    return followed.lost or item.entry.gone


def _number(item: FollowedItem) -> int | None:
    return item.issue.number if item.issue else item.entry.number


def _place(followed: Followed, item: FollowedItem) -> Elsewhere:
    tracking = followed.tracking.number if followed.tracking else 0
    return Elsewhere(number=_number(item), tracking=tracking, headline=followed.ledger.about.headline)


def _folded(title: str) -> str:
    return " ".join(title.casefold().split()).strip(" .")
