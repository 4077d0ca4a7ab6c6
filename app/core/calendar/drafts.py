"""A postmortem that was merged as a draft: it is to be finished within five working days, and asked for once after."""

from __future__ import annotations

from datetime import date

from app.core.calendar.notice import DraftReminder
from app.core.calendar.working_time import WorkingTime
from app.core.followed import Followed
from app.core.people_in_charge import managing, mentioned_of
from app.core.repository_facts import RepositoryFacts

FINISHED_WITHIN = 5
"""Working days."""


def pending_draft(followed: Followed, facts: RepositoryFacts, time: WorkingTime, day: date) -> DraftReminder | None:
    """The reminder that is to be posted on a day; None if the document is finished, or was asked for before."""
    due = _asked_on(followed, time)
    if due is None or day < due or followed.tracking is None:
        return None
    ledger = followed.ledger
    having = tuple(each.login for each in followed.tracking.assignees)
    assignees = mentioned_of(facts, having, ledger.about.logins)
    return DraftReminder(
        issue=followed.tracking.number,
        document=ledger.document,
        merged=ledger.merged,
        assignees=assignees,
        managers=managing(facts.policy, assignees),
    )


def next_day(followed: Followed, time: WorkingTime, day: date) -> date | None:
    """The day, after the one given, on which it may be asked for; None if it will not be."""
    due = _asked_on(followed, time)
    return due if due and due > day else None


def _asked_on(followed: Followed, time: WorkingTime) -> date | None:
    ledger = followed.ledger
    if followed.tracking is None or not followed.open or followed.lost or not ledger.about.draft:
        return None
    if not ledger.complete:  # its items come first: what is said of them may be worse
        return None
    if any(each.about == DraftReminder.KEY for each in ledger.noticed):
        return None
    return time.working_day_after(ledger.merged, FINISHED_WITHIN + 1)
