"""`/recurrence none #N`: a word that it happened again was a slip, and is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.core.calendar.revisit import Question
from app.core.calendar.revisits import returns
from app.core.calendar.working_time import working_time
from app.core.commands import Recurrence
from app.core.followed import Followed
from app.core.ledger import Ledger, Recurred
from app.core.orders import Order, Place, Refusal, Why
from app.core.recurrence import LABELLED
from app.core.repository_facts import INSUFFICIENT_LABEL, Issue


def without_recurrence(followed: Followed, number: int | None, tracking: Issue) -> Followed:
    """The postmortem without what people have said of a recurrence in that issue or pull request.

    Where it has not happened again, then, the label goes, too; a person who took it off before keeps it off.
    """
    ledger = followed.ledger
    kept = tuple(each for each in ledger.recurrences if not _names(each, number))
    if kept == ledger.recurrences:
        return followed
    ledger = replace(ledger, recurrences=kept)
    if ledger.owes_postmortem or LABELLED not in ledger.told or INSUFFICIENT_LABEL not in tracking.labels:
        return replace(followed, ledger=ledger)
    ledger = replace(ledger, told=tuple(each for each in ledger.told if each != LABELLED))
    return replace(followed, ledger=ledger, labels=tracking.labels - {INSUFFICIENT_LABEL})


def word_on(place: Place, followed: Followed, order: Order) -> Refusal | None:
    """What is to be answered to a `/recurrence none` of a day though it is noted; the postmortem is as it was before.

    A plain one says that nothing happened since. Whoever said yes just before may mean something else; whoever says it
    long before it is asked is asked all the same.
    """
    command, ledger = order.command, followed.ledger
    if not isinstance(command, Recurrence) or command.happened:
        return None
    happened = [each for each in ledger.recurrences if each.happened]
    if command.number is None:
        fresh = next((each for each in happened if _is_fresh(each, ledger, order.comment.author.login)), None)
        if fresh is not None:
            return Refusal(Why.STANDS, number=fresh.issue)
        asked = None if happened else _asked_later(place, followed, place.day_of(order))
        return Refusal(Why.ASKED_LATER, detail=asked.isoformat()) if asked else None
    if any(_names(each, command.number) for each in happened):
        return Refusal(Why.TAKEN_BACK, number=command.number)
    declared = any(each.issue == command.number for each in happened)
    return Refusal(Why.DECLARED if declared else Why.NOT_NOTED, number=command.number)


def _asked_later(place: Place, followed: Followed, said: date) -> date | None:
    """The day to come on which it is asked all the same whether it happened again; None if what was said answers that.

    A postmortem that is closed, or whose document is gone, does not come back, and what an outage delayed comes now.
    """
    policy = place.facts.policy
    asked = [each for each in returns(followed.ledger.merged, policy.revisits) if Question.RECURRED in each.questions]
    if not (asked and followed.open) or followed.lost or said >= asked[0].since:
        return None
    day = working_time(policy).working_day(asked[0].day)
    return day if day and day > place.today else None


def _names(said: Recurred, number: int | None) -> bool:
    """Whether a person has said that it happened again there."""
    return said.happened and bool(said.comment) and number is not None and number in {said.issue, said.successor}


def _is_fresh(said: Recurred, ledger: Ledger, login: str) -> bool:
    """Whether they said it themselves, and nobody was asked anything since."""
    is_theirs = bool(said.comment) and said.by.casefold() == login.casefold()
    return is_theirs and not any(each.on > said.on for each in ledger.noticed)
