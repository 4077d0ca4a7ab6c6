"""What became of a postmortem's promises, once all of it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.core.calendar.working_time import WorkingTime
from app.core.closing import closed_on
from app.core.followed import Followed, FollowedItem
from app.core.ledger import Entry, Ledger
from app.core.outcomes import Outcome, outcome_of
from app.core.repository_facts import RepositoryFacts
from app.core.tracking import is_finished

EPITAPH = "epitaph:"
"""What the last word is known by begins with that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Epitaph:
    """The figures of a postmortem that is closed.

    Attributes:
        promised: how many action items there were.
        late: of those that were done after the day of the first merge's promise, how many days each, by the calendar:
            to the last closing, by which they are late in the figures, too.
        again: how many of these were opened again after that day.
        done, declined, removed: how many were; together they are all.
        declined_late: of those that were declined, how many after that day: the figures count them as missed.
        verified: the day on which the verification passed, or None.
        recurrences: issues of the incidents in which it happened again.
        recurred: whether it did.
        quiet_for: days from the merge to the last word that it has not; None where nobody was asked.
    """

    promised: int
    late: tuple[int, ...]
    again: int
    done: int
    declined: int
    declined_late: int
    removed: int
    verified: date | None
    recurrences: tuple[int, ...]
    recurred: bool
    quiet_for: int | None


def epitaph_of(followed: Followed, time: WorkingTime) -> Epitaph:
    """The figures, from what is remembered and shown: they stay the same as long as that does."""
    ledger = followed.ledger
    outcomes = [outcome_of(item) for item in followed.items]
    done = [item for item in followed.items if outcome_of(item) is Outcome.DONE]
    declined = [item for item in followed.items if outcome_of(item) is Outcome.DECLINED]
    late = [(days, item) for item in done if (days := _days_late(item, time))]
    happened = [each for each in ledger.recurrences if each.happened]
    none = [(each.on - ledger.merged).days for each in ledger.recurrences if not (each.happened or each.takes_back)]
    return Epitaph(
        promised=len(outcomes),
        late=tuple(sorted(days for days, _ in late)),
        again=sum(1 for _, item in late if _was_opened_again(item, time)),
        done=len(done),
        declined=len(declined),
        declined_late=sum(1 for item in declined if _days_late(item, time)),
        removed=outcomes.count(Outcome.REMOVED),
        verified=ledger.verdict.on if ledger.verdict and ledger.verdict.passed else None,
        recurrences=tuple(dict.fromkeys(each.successor or each.issue for each in happened if each.issue)),
        recurred=bool(happened),
        quiet_for=max(none, default=None),
    )


def is_told_anew(followed: Followed, facts: RepositoryFacts) -> bool:
    """Whether the last word was said, and is not true any more: of whether it happened again, or of how an item ended.

    Where that leaves something to do or to ask, the tracking issue is opened again, and there will be a last word.
    """
    issue, told = followed.tracking, followed.ledger.told
    if issue is None or issue.open or followed.open or not any(each.startswith(EPITAPH) for each in told):
        return False
    before = issue.record
    if not isinstance(before, Ledger):
        return False
    if _happened(before) == _happened(followed.ledger) and not _ends_otherwise(before, followed.ledger, facts):
        return False
    return is_finished(followed, facts.policy)


def _ends_otherwise(before: Ledger, after: Ledger, facts: RepositoryFacts) -> bool:
    """Whether an item that was over has another end, or came to it on another day, without having been seen open."""
    ended = {each.uid: each for each in before.entries if each.closed and each.closed_on}
    pairs = ((ended[each.uid], each) for each in after.entries if each.closed and each.uid in ended)
    return any(_end(old) != _end(new) and not _is_same_closing(old, new, facts) for old, new in pairs)


def _is_same_closing(old: Entry, new: Entry, facts: RepositoryFacts) -> bool:
    """Whether a closing is only of the next day, or the one before, since the policy has another zone now.

    Its history tells: nobody has opened it since. Closings of other days are so in any zone.
    """
    turns = facts.turns.get(new.number or 0)
    if turns is None or old.dropped is not new.dropped or not (old.closed_on and new.closed_on):
        return False
    since = min(old.closed_on, new.closed_on) - timedelta(days=1)
    opened = any(each.open and each.at.date() >= since for each in turns)
    return abs(old.closed_on - new.closed_on) <= timedelta(days=1) and not opened


def _end(entry: Entry) -> tuple[bool, date | None]:
    return entry.dropped, entry.closed_on


def _happened(ledger: Ledger) -> frozenset[int | None]:
    """Where it happened again, as it was named."""
    return frozenset(each.issue for each in ledger.recurrences if each.happened)


def _days_late(item: FollowedItem, time: WorkingTime) -> int:
    """Days after the day that was promised first, to the last closing.

    Moving that day does not make it another promise, and what was opened again was not done before.
    """
    due, closed = item.entry.due, _closed_on(item, time)
    return max(0, (closed - due).days) if due and closed else 0


def _was_opened_again(item: FollowedItem, time: WorkingTime) -> bool:
    """Whether it was opened again after its day, and closed after that."""
    due, closed = item.entry.due, _closed_on(item, time)
    reopened = item.merged.promise.reopened if item.merged else None
    return due is not None and closed is not None and reopened is not None and due < reopened <= closed


def _closed_on(item: FollowedItem, time: WorkingTime) -> date | None:
    """The day on which it was closed, or is being closed."""
    if item.issue is None:
        return None
    return closed_on(item.issue, item.merged.promise if item.merged else None, time.zone) or item.entry.closed_on
