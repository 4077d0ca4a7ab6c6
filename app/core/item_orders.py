"""What commands do to an action item. Each counts from the day on which it was said, however late it is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from app.core.calendar.tenure import tenure_of
from app.core.closing import NOT_DONE, NOT_PLANNED, REOPENED, closed_as, closed_on
from app.core.commands import Adopt, Extend, Reassign, Recurrence, Verified, WontDo
from app.core.merge import Merged
from app.core.orders import Order, Place, Refusal, Why
from app.core.promise import Extension, Promise, Verdict


def obey_on_item(place: Place, merged: Merged, order: Order) -> Merged | Refusal:
    """What an action issue is to be after a command, or why that is not carried out."""
    match order.command:
        case Extend():
            return _extended(place, merged, order, order.command)
        case WontDo(reason):
            return _declined(place, merged, order, reason)
        case Reassign(login):
            return _reassigned(place, merged, order, login)
        case Verified():
            return _verified(place, merged, verdict_of(place, order, order.command))
        case Recurrence() | Adopt():
            return Refusal(Why.ON_TRACKING, number=merged.promise.tracking)
        case _:
            return merged


def verdict_of(place: Place, order: Order, command: Verified) -> Verdict:
    """What a `/verified` says."""
    return Verdict(
        passed=command.passed,
        evidence=command.evidence,
        by=order.comment.author.login,
        on=place.day_of(order),
        comment=order.comment.id,
    )


def was_opened_by_verdict(promise: Promise) -> bool:
    """Whether it is open again since a verification failed."""
    verdict = promise.verdict
    return verdict is not None and not verdict.passed and verdict.on == promise.reopened


def may_be_overruled(place: Place, orders: Iterable[Order]) -> bool:
    """Whether the issue's history has to be read, since somebody may have opened it after it was declined."""
    issue = place.issue
    is_unread = issue.state_reason == REOPENED and issue.number not in place.facts.turns
    return issue.open and is_unread and any(isinstance(each.command, WontDo) for each in orders)


def remembering(merged: Merged, **changes: object) -> Merged:
    """What an issue is to be, with more to remember."""
    return replace(merged, promise=replace(merged.promise, **changes))  # type: ignore[arg-type]


def shown_as(merged: Merged, **changes: object) -> Merged:
    """What an issue is to be, where Closeout itself sets what differs from before."""
    shown = replace(merged.promise.shown, **changes)  # type: ignore[arg-type]
    return replace(merged, promise=replace(merged.promise, shown=shown))


def _reassigned(place: Place, merged: Merged, order: Order, login: str) -> Merged | Refusal:
    """The item with somebody else, from the day of the command on.

    What was shown stays as it was: to have it now is a person's choice, which the document does not undo.
    """
    account = (place.facts.assignable or {}).get(login.casefold())
    if account is None:
        return Refusal(Why.NOT_ASSIGNABLE, detail=login)
    tenure = tenure_of(merged.promise, (account,), place.facts, place.day_of(order))
    return shown_as(remembering(replace(merged, assignees=(account,)), tenure=tenure), vacant=False)


def _verified(place: Place, merged: Merged, verdict: Verdict) -> Merged:
    """The item with what came of its verification; it is open again if that failed."""
    said = remembering(merged, verdict=verdict)
    if verdict.passed or merged.open:
        return said
    promise = merged.promise
    closed = closed_on(place.issue, promise, place.zone)
    if merged.state_reason == NOT_PLANNED:  # by a command that was given before this one
        closed = promise.declined_on
    if closed is not None and closed != verdict.on:
        dropped = merged.state_reason in NOT_DONE or closed_as(place.issue, promise) in NOT_DONE
        said = remembering(said, reopened=verdict.on, closed=closed, dropped=dropped)
    return shown_as(replace(said, open=True, state_reason=None), open=True)


def _declined(place: Place, merged: Merged, order: Order, reason: str) -> Merged:
    """Closed as not planned; it stays on the milestone that it is on, since nobody opens one for what is closed.

    One that is closed already gets that reason instead of its own: who comments and closes with one button means both.
    """
    issue = place.issue
    if opened := _opened_after(place, order):
        return _declined_till(opened, place, merged, order, reason)
    is_closed = not issue.open
    milestone = place.facts.milestones.get(issue.milestone or 0)
    shown = milestone.due if milestone and milestone.ours else merged.promise.shown.milestone
    said = remembering(
        merged,
        declined=reason,
        declined_by=order.comment.author.login,
        declined_after=issue.closed_at if is_closed else None,
        declined_on=_declined_on(place, merged, order),
    )
    said = replace(said, closes_again=is_closed and issue.state_reason != NOT_PLANNED)
    return shown_as(replace(said, open=False, state_reason=NOT_PLANNED, milestone=None), open=False, milestone=shown)


def _opened_after(place: Place, order: Order) -> date | None:
    """The day on which somebody opened the issue again after that was said, if it is open since; None if nobody did."""
    turns = place.facts.turns.get(place.issue.number, ()) if place.issue.open else ()
    later = (each for each in turns if each.open and not each.ours and each.at > order.comment.said_at)
    return next((place.day_of_instant(each.at) for each in later), None)


def _declined_till(opened: date, place: Place, merged: Merged, order: Order, reason: str) -> Merged:
    """The item, which somebody has opened again since it was declined: that word is the later one."""
    said = remembering(merged, declined=reason, declined_by=order.comment.author.login)
    day = place.day_of(order)
    is_last = opened == (merged.promise.reopened or opened)
    return remembering(said, reopened=opened, closed=day, dropped=True) if day != opened and is_last else said


def _declined_on(place: Place, merged: Merged, order: Order) -> date | None:
    """The day on which it was declined, if its issue is, or will be, closed on another one; the first time counts."""
    if not merged.open and NOT_PLANNED in {merged.state_reason, closed_as(place.issue, merged.promise)}:
        return merged.promise.declined_on
    day = place.day_of(order)
    return day if day != (closed_on(place.issue, None, place.zone) or place.today) else None


def _extended(place: Place, merged: Merged, order: Order, command: Extend) -> Merged | Refusal:
    promise, day = merged.promise, place.day_of(order)
    if not merged.open:
        return Refusal(Why.CLOSED)
    if command.to < day:
        return Refusal(Why.PAST, detail=command.to.isoformat())
    if command.to == promise.deadline:
        return merged
    if promise.deadline is None:  # there was no date at all: this is the promise
        said = remembering(merged, due=command.to, since=day)
    else:
        by, comment = order.comment.author.login, order.comment.id
        moved = Extension(to=command.to, on=day, by=by, reason=command.reason, comment=comment)
        said = replace(merged, promise=promise.extended(moved))
    if _is_elsewhere(place, promise):
        return said
    return shown_as(replace(said, milestone=command.to), milestone=command.to, off=False)


def _is_elsewhere(place: Place, promise: Promise) -> bool:
    """Whether a person took the issue off its milestone, or put it on one of theirs: there it stays.

    Where there is none of its days any more, they have deleted that, which says nothing of the issue.
    """
    milestone = place.facts.milestones.get(place.issue.milestone or 0)
    if place.issue.milestone is None:
        days = {promise.due, promise.shown.milestone, *(each.to for each in promise.extensions)}
        is_there = any(each.ours and each.due in days for each in place.facts.milestones.values())
        return is_there and (promise.shown.off or promise.shown.milestone is not None)
    return milestone is None or not milestone.ours
