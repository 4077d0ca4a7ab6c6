"""What became of a postmortem's promises, once all of it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.core.calendar.working_time import WorkingTime
from app.core.closing import closed_on
from app.core.followed import Followed, FollowedItem
from app.core.outcomes import Outcome, outcome_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Epitaph:
    """The figures of a postmortem that is closed.

    Attributes:
        promised: how many action items there were.
        late: of those that were done after the day of the first merge's promise, how many days each, by the calendar;
            where it was opened again after that day, since then.
        done, declined, removed: how many were; together they are all.
        verified: the day on which the verification passed, or None.
        recurrences: issues of the incidents in which it happened again.
        recurred: whether it did.
        quiet_for: days from the merge to the last word that it has not; None where nobody was asked.
    """

    promised: int
    late: tuple[int, ...]
    done: int
    declined: int
    removed: int
    verified: date | None
    recurrences: tuple[int, ...]
    recurred: bool
    quiet_for: int | None


def epitaph_of(followed: Followed, time: WorkingTime) -> Epitaph:
    """The figures, from what is remembered and shown: they stay the same as long as that does."""
    ledger = followed.ledger
    outcomes = [outcome_of(item) for item in followed.items]
    late = [_days_late(item, time) for item in followed.items if outcome_of(item) is Outcome.DONE]
    happened = [each for each in ledger.recurrences if each.happened]
    none = [(each.on - ledger.merged).days for each in ledger.recurrences if not (each.happened or each.takes_back)]
    return Epitaph(
        promised=len(outcomes),
        late=tuple(sorted(each for each in late if each)),
        done=outcomes.count(Outcome.DONE),
        declined=outcomes.count(Outcome.DECLINED),
        removed=outcomes.count(Outcome.REMOVED),
        verified=ledger.verdict.on if ledger.verdict and ledger.verdict.passed else None,
        recurrences=tuple(dict.fromkeys(each.successor or each.issue for each in happened if each.issue)),
        recurred=bool(happened),
        quiet_for=max(none, default=None),
    )


def _days_late(item: FollowedItem, time: WorkingTime) -> int:
    """Days after the day that was promised first: moving it does not make it another promise.

    Where it was opened again after that day, days after that: while it was done, it was not late.
    """
    due, promise = item.entry.due, item.merged.promise if item.merged else None
    closed = closed_on(item.issue, promise, time.zone) if item.issue and item.issue.closed_at else None
    if due is None or closed is None:
        return 0
    reopened = promise.reopened if promise else None
    since = max(due, reopened) if reopened and reopened <= closed else due
    return max(0, (closed - since).days)
