"""`/recurrence none #N`: a word that it happened again was a slip, and is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.core.calendar.revisit import Question
from app.core.calendar.revisits import returns
from app.core.commands import Command, Malformed, Recurrence
from app.core.followed import Followed
from app.core.ledger import Ledger, Recurred
from app.core.orders import Refusal, Why
from app.core.recurrence import LABELLED
from app.core.repository_facts import INSUFFICIENT_LABEL, Issue
from rules.policy import Revisits


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


def word_on(ledger: Ledger, command: Command | Malformed, login: str, day: date, revisits: Revisits) -> Refusal | None:
    """What is to be answered to a `/recurrence none` of a day though it is noted; `ledger` is that of before.

    A plain one says that nothing happened since. Whoever said yes just before may mean something else; whoever says it
    long before it is asked is asked all the same.
    """
    if not isinstance(command, Recurrence) or command.happened:
        return None
    happened = [each for each in ledger.recurrences if each.happened]
    if command.number is None:
        fresh = next((each for each in happened if _is_fresh(each, ledger, login)), None)
        if fresh is not None:
            return Refusal(Why.STANDS, number=fresh.issue)
        asked = [each for each in returns(ledger.merged, revisits) if Question.RECURRED in each.questions]
        too_early = asked and day < asked[0].since and not happened
        return Refusal(Why.ASKED_LATER, detail=asked[0].day.isoformat()) if too_early else None
    if any(_names(each, command.number) for each in happened):
        return Refusal(Why.TAKEN_BACK, number=command.number)
    declared = any(each.issue == command.number for each in happened)
    return Refusal(Why.DECLARED if declared else Why.NOT_NOTED, number=command.number)


def _names(said: Recurred, number: int | None) -> bool:
    """Whether a person has said that it happened again there."""
    return said.happened and bool(said.comment) and number is not None and number in {said.issue, said.successor}


def _is_fresh(said: Recurred, ledger: Ledger, login: str) -> bool:
    """Whether they said it themselves, and nobody was asked anything since."""
    is_theirs = bool(said.comment) and said.by.casefold() == login.casefold()
    return is_theirs and not any(each.on > said.on for each in ledger.noticed)
