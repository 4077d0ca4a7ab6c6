"""What became of an action item: one answer for the tracking issue's table, the last word on it, and the number."""

from __future__ import annotations

import enum

from app.core.followed import FollowedItem
from app.core.promised_items import is_declined


class Outcome(enum.Enum):
    """What became of an action item that is over."""

    DONE = "done"
    DECLINED = "declined"
    REMOVED = "removed"


def outcome_of(item: FollowedItem) -> Outcome | None:
    """What became of an item; None while it still has to be done.

    Declined is what was closed without being done, as a duplicate, too; removed is what its document no longer has, or
    whose issue a person has deleted, so that nobody knows.
    """
    if item.pending:
        return None
    entry, issue, merged = item.entry, item.issue, item.merged
    if issue is None:
        if entry.number is not None or (entry.gone and not entry.settled):
            return Outcome.REMOVED
        return Outcome.DECLINED if entry.declined else Outcome.DONE
    said = item.said or (merged.promise.said if merged else None)
    return Outcome.DECLINED if is_declined(item.closed_as, said) else Outcome.DONE
