"""What commands do to the follow-up: to a promise, to a ledger, to what waits for a word.

Applied last, after the document and what people did by hand: a command is what somebody wants now. Nothing here is
written by itself. The record that names the comment is part of the same write as what the command changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar
from zoneinfo import ZoneInfo

from app.core.closing import NOT_DONE, NOT_PLANNED, closed_as, closed_on
from app.core.commands import (
    ON_ADOPTION,
    ON_ITEMS,
    ON_TRACKING,
    Adopt,
    Help,
    Malformed,
    Reassign,
    Recheck,
    Recurrence,
    Verified,
    Waive,
    dropped_command,
)
from app.core.followed import Adopting, Followed, FollowedItem, FollowUp
from app.core.item_orders import may_be_overruled, obey_on_item, remembering, shown_as, verdict_of
from app.core.ledger import Entry, Recurred, VerificationState, with_answer
from app.core.merge import Merged
from app.core.opened_again import needs_history, with_openings
from app.core.orders import (
    Answer,
    Order,
    Place,
    Refusal,
    Why,
    is_answered,
    is_owner,
    orders_on,
    was_refused_before,
    with_recorded,
)
from app.core.promise import Verdict
from app.core.remembered import with_promise
from app.core.repository_facts import Issue, RepositoryFacts
from app.core.taking_back import without_recurrence, word_on
from app.core.tracking import is_finished
from app.core.verification import with_items_verdicts

_T = TypeVar("_T")


def obey(decided: FollowUp, facts: RepositoryFacts, today: date) -> FollowUp:
    """The follow-up once the commands are carried out, with the answers that they get.

    `today` is in the policy's zone.
    """
    answers: list[Answer] = []
    return replace(
        decided,
        postmortems=tuple(_on_postmortem(each, facts, today, answers) for each in decided.postmortems),
        adopting=tuple(_on_adoption(each, facts, today, answers) for each in decided.adopting),
        answers=tuple(each for each in answers if each.why is not Why.TOLD_BEFORE),
        unheeded=frozenset(each.comment for each in answers if each.why is Why.TOLD_BEFORE),
    )


def _on_postmortem(followed: Followed, facts: RepositoryFacts, today: date, answers: list[Answer]) -> Followed:
    items = tuple(_on_item(followed, item, facts, today, answers) for item in followed.items)
    entries = tuple(item.entry for item in items) if items else followed.ledger.entries
    followed = replace(followed, items=items, ledger=replace(followed.ledger, entries=entries))
    issue = followed.tracking
    if issue is None:
        return followed
    if issue.number not in facts.trackings():
        return _recovered(followed, issue, facts)
    place = Place(facts, issue, followed.ledger.about.logins, ON_TRACKING, today)
    followed, ids = _carry_out(place, followed, _tracking, answers, orders_on(facts, issue.number))
    commands = with_recorded(followed.ledger.commands, ids)
    return with_items_verdicts(replace(followed, ledger=replace(followed.ledger, commands=commands)))


def _recovered(followed: Followed, issue: Issue, facts: RepositoryFacts) -> Followed:
    """The postmortem whose record was lost, with what was said of it, as far as it is still there to read.

    Nothing is done about that a second time: the tracking issue stays open, or closed, as it is.
    """
    zone, found = ZoneInfo(facts.policy.timezone), followed
    for order in orders_on(facts, issue.number):
        place = Place(facts, issue, followed.ledger.about.logins, ON_TRACKING, order.comment.at.astimezone(zone).date())
        result = _tracking(place, found, order) if _may_command(place, order) else found
        found = found if isinstance(result, Refusal) else result
    shown = replace(followed.ledger.shown, open=not (issue.open and is_finished(found, facts.policy)))
    ledger = replace(found.ledger, deaf_until=issue.updated_at, shown=shown)
    return replace(found, open=followed.open, ledger=ledger)


def _on_item(
    followed: Followed, item: FollowedItem, facts: RepositoryFacts, today: date, answers: list[Answer]
) -> FollowedItem:
    if item.issue is None or item.merged is None:
        return item
    issue: Issue = item.issue
    merged: Merged = item.merged
    if issue.number not in facts.promises():  # damaged, or begun with this write: whoever speaks is heard after it
        if item.fresh:  # what was said before was said to people
            said = (each.id for each in facts.comments if each.issue == issue.number)
            merged = remembering(merged, heard=max((merged.promise.heard, *said)))
        merged = _with_since(item.entry, merged)
        return replace(item, merged=merged, entry=_entry_after(item.entry, merged, item.entry.taken_over))
    place = Place(facts, issue, followed.ledger.about.logins, ON_ITEMS, today)
    orders = orders_on(facts, issue.number)
    since_closed = [each for each in orders if not place.is_closed_since(each)]
    merged, early = _before_closing(place, merged, orders[: len(orders) - len(since_closed)], answers)
    is_lost = followed.tracking is not None and followed.tracking.number not in facts.trackings()
    unread = needs_history(place, item, merged, is_lost=is_lost) or may_be_overruled(place, since_closed)
    merged = with_openings(place, item, merged, followed.ledger.merged)
    done, ids = _carry_out(place, merged, obey_on_item, answers, since_closed)
    done = remembering(done, commands=with_recorded(done.promise.commands, (*early, *ids)))
    if done.open and done.promise.declined_on:
        done = remembering(done, declined_on=None)
    day = done.promise.declined_on or today
    last = None if done.open else closed_on(issue, done.promise, place.zone) or day
    reasons = {done.state_reason, closed_as(issue, done.promise)}
    entry = replace(item.entry, closed_on=last, dropped=not done.open and not NOT_DONE.isdisjoint(reasons))
    done = _with_since(entry, done)
    item = replace(item, merged=done, entry=_entry_after(entry, done, item.entry.linked))
    if NOT_PLANNED in reasons:  # it is not done
        item = replace(item, asks_for_evidence=False, unread_history=False)
    return replace(item, unread_history=item.unread_history or unread)


def _before_closing(
    place: Place, merged: Merged, orders: Sequence[Order], answers: list[Answer]
) -> tuple[Merged, Sequence[int]]:
    """What an issue that people have closed is to be, after what was said before that, while it was open.

    Whatever was said, it is closed now; and stays on the milestone that it is on.
    """
    if merged.open or not orders:
        return _carry_out(place, merged, obey_on_item, answers, orders)
    done, ids = _carry_out(place, replace(merged, open=True), obey_on_item, answers, orders)
    if not done.open:
        return done, ids
    done = shown_as(done, milestone=merged.promise.shown.milestone, open=merged.promise.shown.open)
    return replace(done, open=False, state_reason=merged.state_reason, milestone=merged.milestone), ids


def _with_since(entry: Entry, merged: Merged) -> Merged:
    """The item, with the day on which it was first given a deadline: older records have it in the ledger alone."""
    return remembering(merged, since=merged.promise.since or entry.since)


def _entry_after(entry: Entry, merged: Merged, taken_over: bool) -> Entry:
    """The entry, once its issue is as it is to be."""
    return with_promise(replace(entry, closed=not merged.open), merged.promise, taken_over=taken_over)


def _on_adoption(adopting: Adopting, facts: RepositoryFacts, today: date, answers: list[Answer]) -> Adopting:
    issue = facts.issues.get(adopting.number or 0)
    if issue is None:
        return adopting
    place = Place(facts, issue, (), ON_ADOPTION, today)
    adopting, ids = _carry_out(place, adopting, _adoption, answers, orders_on(facts, issue.number))
    commands = with_recorded(adopting.record.commands, ids)
    return replace(adopting, record=replace(adopting.record, commands=commands))


def _carry_out(
    place: Place,
    subject: _T,
    apply: Callable[[Place, _T, Order], _T | Refusal],
    answers: list[Answer],
    orders: Sequence[Order],
) -> tuple[_T, Sequence[int]]:
    """The subject after the commands that wait on its issue, and their ids: those that were refused are among them.

    Whoever was given an item by one of them may command it from then on, and whoever had it may not.
    """
    strangers: set[int] = set()
    heard: list[int] = []
    for order in orders:
        result = _refused_at_once(place, order) or apply(place, subject, order)
        if not isinstance(result, Refusal):
            word = _word_besides(place, subject, order)
            subject = result
            heard.append(order.comment.id)
            if isinstance(subject, Merged) and isinstance(order.command, Reassign):
                place = replace(place, having=subject.assignees)
            if word:
                answers.append(_answer(place, order, word))
            continue
        if place.facts.is_muted(place.issue.number) and not is_answered(order, place.facts):
            continue  # the reply is refused for now: it is heard again
        heard.append(order.comment.id)
        author = order.comment.author.id
        if not _may_command(place, order):
            if author in strangers or was_refused_before(order, place.facts):
                result = Refusal(Why.TOLD_BEFORE)
            strangers.add(author)
        answers.append(_answer(place, order, result))
    return subject, heard


def _word_besides(place: Place, subject: object, order: Order) -> Refusal | None:
    """What is to be answered to a command that is carried out; `subject` is as it was before."""
    if isinstance(subject, Followed):
        word = word_on(place, subject, order)
        if word is not None:
            return word
    return Refusal(Why.ONLY_FIRST) if dropped_command(order.comment.body) else None


def _answer(place: Place, order: Order, refusal: Refusal) -> Answer:
    return Answer(
        issue=place.issue.number,
        comment=order.comment.id,
        login=order.comment.author.login,
        command=order.command,
        why=refusal.why,
        detail=refusal.detail,
        number=refusal.number,
        place=place.names,
        dropped="" if refusal.why is Why.NOT_ALLOWED else dropped_command(order.comment.body),
    )


def _may_command(place: Place, order: Order) -> bool:
    """Whether they may: everybody who may write, and on what is their own everybody who may read."""
    role = order.role
    return role.may_write or (role.may_read and is_owner(order, place.owners, place.authors))


def _refused_at_once(place: Place, order: Order) -> Refusal | None:
    if isinstance(order.command, Help):
        return Refusal(Why.HELP)
    if not _may_command(place, order):
        return Refusal(Why.NOT_ALLOWED)
    if isinstance(order.command, Malformed):
        return Refusal(Why.MALFORMED)
    if isinstance(order.command, Waive):
        return Refusal(Why.ON_PULL)
    if isinstance(order.command, Adopt) and not order.role.may_write:
        return Refusal(Why.ONLY_WRITERS)
    return None


# On a tracking issue.


def _tracking(place: Place, followed: Followed, order: Order) -> Followed | Refusal:
    match order.command:
        case Verified():
            verdict = verdict_of(place, order, order.command)
            return _verified(followed, verdict, opens=not (verdict.passed or place.is_closed_since(order)))
        case Recurrence():
            return _recurred(place, followed, order, order.command)
        case Adopt():
            if not followed.awaits:
                return Refusal(Why.NOTHING_WAITS)
            return replace(followed, ledger=replace(followed.ledger, adopted=followed.awaits))
        case Recheck():
            return followed
        case _:
            return Refusal(Why.ON_ITEM)


def _recurred(place: Place, followed: Followed, order: Order, command: Recurrence) -> Followed | Refusal:
    """The postmortem with an answer to whether it happened again; a number is looked up before it is believed."""
    number, facts = command.number, place.facts
    own_names = {"", facts.repository.url.casefold(), facts.repository.full_name.casefold()}
    if command.repository.casefold() not in own_names:
        return Refusal(Why.ELSEWHERE, detail=command.repository)
    if not command.happened:
        without = without_recurrence(followed, command.number, place.issue)
        return _with_recurred(
            place, without, order, command if without is not followed else replace(command, number=None)
        )
    own = {place.issue.number, *(each.number for each in followed.ledger.entries if not each.linked)}
    if number is not None and number in own:
        return Refusal(Why.ITSELF, number=number)
    if number in facts.looked_at and number not in facts.issues and number not in facts.pulls:
        return Refusal(Why.NO_SUCH_ISSUE, number=number)
    return _with_recurred(place, followed, order, command)


def _with_recurred(place: Place, followed: Followed, order: Order, command: Recurrence) -> Followed:
    said = Recurred(
        happened=command.happened,
        issue=command.number,
        by=order.comment.author.login,
        on=place.day_of(order),
        comment=order.comment.id,
    )
    ledger = replace(followed.ledger, recurrences=with_answer(followed.ledger.recurrences, said))
    return replace(followed, ledger=ledger)


def _verified(followed: Followed, verdict: Verdict, *, opens: bool) -> Followed:
    """The postmortem with a verification that was run; if it failed, it is open again until it passes.

    Whoever closed it knowing that it failed has it closed: then it does not open.
    """
    ledger = replace(
        followed.ledger,
        verification=VerificationState.PASSED if verdict.passed else VerificationState.FAILED,
        evidence=verdict.evidence,
        verdict=verdict,
        verify_again=verdict.ask_again,
    )
    if not opens:
        return replace(followed, ledger=ledger)
    return replace(followed, open=True, closes=False, ledger=replace(ledger, shown=replace(ledger.shown, open=True)))


# On the issue that asks about many new postmortems.


def _adoption(place: Place, adopting: Adopting, order: Order) -> Adopting | Refusal:
    match order.command:
        case Adopt():
            return replace(adopting, record=replace(adopting.record, adopted=True))
        case Recheck():
            return adopting
        case Recurrence() | Verified():
            return Refusal(Why.ON_TRACKING)
        case _:
            return Refusal(Why.ON_ITEM)
