"""The tracking issue of a postmortem: what it is called, and whether it is open. People win here, too."""

from __future__ import annotations

from dataclasses import replace

from app.core.calendar.revisits import is_over
from app.core.followed import Followed
from app.core.ledger import VerificationState
from app.core.merge import tracking_title
from app.core.promise import Shown
from app.core.recurrence import owed_by
from app.core.repository_facts import RepositoryFacts
from rules.policy import Policy


def with_tracking(followed: Followed, facts: RepositoryFacts) -> Followed:
    """The postmortem, with what its tracking issue is to be, and what the ledger is to remember of that."""
    policy, issue = facts.policy, followed.tracking
    if issue is not None:
        ledgers = facts.trackings()
        earlier = tuple((number, ledgers[number].about.headline) for number in owed_by(issue.number, ledgers))
        followed = replace(followed, recurrence_of=earlier)
    ledger = followed.ledger
    title = wanted = tracking_title(ledger.about)
    assignee = followed.assignee
    if issue is None:
        shown = replace(ledger.shown, title=wanted, assignees=(assignee.id,) if assignee else ())
        return _with(followed, title, True, shown)
    if wanted == ledger.shown.title or issue.title != ledger.shown.title:
        title = issue.title
    is_open = issue.open if issue.open != ledger.shown.open else not is_finished(followed, policy)
    shown = replace(ledger.shown, title=wanted, open=ledger.shown.open if is_open == issue.open else is_open)
    closes = issue.open and not is_open
    return replace(_with(followed, title, is_open, shown), closes=closes)


def is_finished(followed: Followed, policy: Policy) -> bool:
    """Whether nothing is left to do or to ask.

    Every item of a document that is still there is known to be new or not, every action issue is closed, the
    verification passed, the last return is answered, and a recurrence says why the first postmortem did not prevent it.
    """
    waits = (
        (followed.ledger.questions and not followed.lost)
        or followed.owes_explanation
        or followed.vanished
        or any(item.pending for item in followed.items)
    )
    verified = followed.ledger.verification is VerificationState.PASSED
    return not waits and verified and is_over(followed.ledger, policy.revisits)


def _with(followed: Followed, title: str, is_open: bool, shown: Shown) -> Followed:
    entries = tuple(item.entry for item in followed.items)
    return replace(followed, title=title, open=is_open, ledger=replace(followed.ledger, shown=shown, entries=entries))
