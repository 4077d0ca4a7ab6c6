"""Since when an issue is open again, or was before it was closed once more: from its history, however late it is read.

Where GitHub keeps no history, or this does not tell, it is the day on which it was seen.
"""

from __future__ import annotations

from datetime import date

from app.core.closing import NOT_DONE, REOPENED, closed_on, counted_day
from app.core.followed import FollowedItem
from app.core.item_orders import remembering, was_opened_by_verdict
from app.core.merge import Merged
from app.core.orders import Place
from app.core.promise import Promise


def with_openings(place: Place, item: FollowedItem, merged: Merged, merged_on: date) -> Merged:
    """The item, with the day on which somebody opened it again last, if that is a later one than it was closed on.

    `merged_on` is the day on which its postmortem was merged: what was before that is no matter of it.
    """
    replayed, is_told = _replayed(place, item, merged, merged_on)
    if (is_told and place.issue.open) or not _is_seen_open(place, item, merged):
        return replayed
    return remembering(replayed, reopened=place.today, closed=item.entry.closed_on, dropped=item.entry.dropped)


def needs_history(place: Place, item: FollowedItem, merged: Merged, *, is_lost: bool) -> bool:
    """Whether an issue's history has to be read: it was closed, and is open, or people have closed it unseen.

    Before that, they may have closed and opened it. Where the ledger `is_lost`, nothing of it was seen.
    """
    issue, entry, promise = place.issue, item.entry, merged.promise
    if issue.number in place.facts.turns:
        return False
    if not issue.open and entry.closed_on is None:
        return promise.shown.open
    if not issue.open:
        return closed_on(issue, promise, place.zone) != entry.closed_on
    if is_lost and issue.state_reason == REOPENED:
        return True
    is_known = (promise.reopened, promise.closed, promise.dropped) == (place.today, entry.closed_on, entry.dropped)
    return _is_seen_open(place, item, merged) and not is_known


def _is_seen_open(place: Place, item: FollowedItem, merged: Merged) -> bool:
    """Whether it was closed, and somebody has opened it on a later day; a command knows its own day."""
    closed, promise = item.entry.closed_on, merged.promise
    if not (item.was_closed and merged.open) or closed == place.today:
        return False
    verdict = promise.verdict
    if verdict and not verdict.passed and verdict.on == closed and verdict.comment > item.entry.heard:
        return False  # that opened it, on the day on which it was closed, however late it was read
    return promise.closed != closed or not was_opened_by_verdict(promise)


def _replayed(place: Place, item: FollowedItem, merged: Merged, merged_on: date) -> tuple[Merged, bool]:
    """The item after whatever its history has since it was seen last, and whether that tells since when it is open.

    It may have been closed once more since its issue was read: then the next pass sees that. It may lag behind, too.
    What Closeout itself opened is remembered already, by the day of the word that it was told by.
    """
    closed, dropped, before = item.entry.closed_on, item.entry.dropped, merged
    is_open = closed is None
    since = _seen_last(merged.promise, closed, merged_on)
    for turn in place.facts.turns.get(place.issue.number, ()):
        day = place.day_of_instant(turn.at)
        if day < since or turn.open is is_open:
            continue
        is_open = turn.open
        if not turn.open:
            dropped = turn.reason in NOT_DONE
            closed = counted_day(merged.promise, day, dropped=dropped)
        elif not turn.ours and closed != day and day >= (merged.promise.reopened or date.min):
            merged = remembering(merged, reopened=day, closed=closed, dropped=dropped)
    return merged, is_open or merged is not before


def _seen_last(promise: Promise, closed: date | None, merged_on: date) -> date:
    """The day from which on there may be something in its history that is not remembered."""
    return closed or max(promise.reopened or date.min, merged_on)
