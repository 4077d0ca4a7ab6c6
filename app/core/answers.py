"""What commands do to the follow-up: to a promise, to a ledger, to what waits for a word.

Applied last, after the document and what people did by hand: a command is what somebody wants now. Nothing here is
written by itself. The record that names the comment is part of the same write as what the command changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from zoneinfo import ZoneInfo

from app.core.closing import NOT_DONE, NOT_PLANNED, closed_as, closed_on
from app.core.commands import (
    ON_ADOPTION,
    ON_ITEMS,
    ON_TRACKING,
    Adopt,
    Extend,
    Help,
    Malformed,
    Reassign,
    Recheck,
    Recurrence,
    Verified,
    Waive,
    WontDo,
    dropped_command,
)
from app.core.followed import Adopting, Followed, FollowedItem, FollowUp
from app.core.ledger import Entry, Recurred, VerificationState, with_answer
from app.core.merge import Merged
from app.core.orders import (
    Answer,
    Order,
    Refusal,
    Why,
    is_answered,
    is_owner,
    orders_on,
    was_refused_before,
    with_recorded,
)
from app.core.promise import Extension, Promise, Verdict
from app.core.remembered import with_promise
from app.core.repository_facts import Issue, RepositoryFacts
from app.core.taking_back import without_recurrence, word_on
from app.core.tracking import is_finished
from app.core.verification import with_items_verdicts

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where commands are given: the issue, the logins of its document's authors, and what can be said there."""

    facts: RepositoryFacts
    issue: Issue
    authors: tuple[str, ...]
    names: tuple[str, ...]
    today: date


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
    place = _Place(facts, issue, followed.ledger.about.logins, ON_TRACKING, today)
    followed, ids = _carry_out(place, followed, _tracking, answers)
    commands = with_recorded(followed.ledger.commands, ids)
    return with_items_verdicts(replace(followed, ledger=replace(followed.ledger, commands=commands)))


def _recovered(followed: Followed, issue: Issue, facts: RepositoryFacts) -> Followed:
    """The postmortem whose record was lost, with what was said of it, as far as it is still there to read.

    Nothing is done about that a second time: the tracking issue stays open, or closed, as it is.
    """
    zone, found = ZoneInfo(facts.policy.timezone), followed
    for order in orders_on(facts, issue.number):
        day = order.comment.at.astimezone(zone).date()
        place = _Place(facts, issue, followed.ledger.about.logins, ON_TRACKING, day)
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
            merged = _remembering(merged, heard=max((merged.promise.heard, *said)))
        return replace(item, merged=merged, entry=_entry_after(item.entry, merged, item.entry.taken_over, today))
    place = _Place(facts, issue, followed.ledger.about.logins, ON_ITEMS, today)
    done, ids = _carry_out(place, merged, _item, answers)
    done = _remembering(done, commands=with_recorded(done.promise.commands, ids))
    if item.was_closed and done.open and item.entry.closed_on != today:
        done = _remembering(done, reopened=today, closed=item.entry.closed_on, dropped=item.entry.dropped)
    last = None if done.open else closed_on(issue, done.promise, ZoneInfo(facts.policy.timezone)) or today
    reasons = {done.state_reason, closed_as(issue, done.promise)}
    entry = replace(item.entry, closed_on=last, dropped=not done.open and not NOT_DONE.isdisjoint(reasons))
    item = replace(item, merged=done, entry=_entry_after(entry, done, item.entry.linked, today))
    is_declined = NOT_PLANNED in reasons
    return replace(item, asks_for_evidence=False, unread_history=False) if is_declined else item  # it is not done


def _entry_after(entry: Entry, merged: Merged, taken_over: bool, today: date) -> Entry:
    """The entry, once its issue is as it is to be."""
    since = today if entry.due is None and merged.promise.due is not None else entry.since
    return with_promise(replace(entry, closed=not merged.open, since=since), merged.promise, taken_over=taken_over)


def _on_adoption(adopting: Adopting, facts: RepositoryFacts, today: date, answers: list[Answer]) -> Adopting:
    issue = facts.issues.get(adopting.number or 0)
    if issue is None:
        return adopting
    place = _Place(facts, issue, (), ON_ADOPTION, today)
    adopting, ids = _carry_out(place, adopting, _adoption, answers)
    commands = with_recorded(adopting.record.commands, ids)
    return replace(adopting, record=replace(adopting.record, commands=commands))


def _carry_out(
    place: _Place, subject: _T, apply: Callable[[_Place, _T, Order], _T | Refusal], answers: list[Answer]
) -> tuple[_T, Sequence[int]]:
    """The subject after the commands that wait on its issue, and their ids: those that were refused are among them."""
    orders = orders_on(place.facts, place.issue.number)
    strangers: set[int] = set()
    heard: list[int] = []
    for order in orders:
        result = _refused_at_once(place, order) or apply(place, subject, order)
        if not isinstance(result, Refusal):
            word = _word_besides(subject, order)
            subject = result
            heard.append(order.comment.id)
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


def _word_besides(subject: object, order: Order) -> Refusal | None:
    """What is to be answered to a command that is carried out; `subject` is as it was before."""
    if isinstance(subject, Followed) and (word := word_on(subject.ledger, order.command, order.comment.author.login)):
        return word
    return Refusal(Why.ONLY_FIRST) if dropped_command(order.comment.body) else None


def _answer(place: _Place, order: Order, refusal: Refusal) -> Answer:
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


def _may_command(place: _Place, order: Order) -> bool:
    """Whether they may: everybody who may write, and on what is their own everybody who may read."""
    role = order.role
    return role.may_write or (role.may_read and is_owner(order, place.issue, place.authors))


def _refused_at_once(place: _Place, order: Order) -> Refusal | None:
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


# On an action issue.


def _item(place: _Place, merged: Merged, order: Order) -> Merged | Refusal:
    match order.command:
        case Extend():
            return _extended(place, merged, order, order.command)
        case WontDo(reason):
            return _declined(place, merged, reason, order.comment.author.login)
        case Reassign(login):
            account = (place.facts.assignable or {}).get(login.casefold())
            # What was shown stays as it was: to have it now is a person's choice, which the document does not undo.
            if account is None:
                return Refusal(Why.NOT_ASSIGNABLE, detail=login)
            return _shown(replace(merged, assignees=(account,)), vacant=False)
        case Verified():
            verdict = _verdict(place, order, order.command)
            said = _remembering(merged, verdict=verdict)
            return said if verdict.passed or merged.open else _shown(replace(said, open=True), open=True)
        case Recurrence() | Adopt():
            return Refusal(Why.ON_TRACKING, number=merged.promise.tracking)
        case _:
            return merged


def _declined(place: _Place, merged: Merged, reason: str, by: str) -> Merged:
    """Closed as not planned; it stays on the milestone that it is on, since nobody opens one for what is closed.

    One that is closed already gets that reason instead of its own: who comments and closes with one button means both.
    """
    is_closed = not (merged.open or place.issue.open)
    milestone = place.facts.milestones.get(place.issue.milestone or 0)
    day = milestone.due if milestone and milestone.ours else merged.promise.shown.milestone
    after = place.issue.closed_at if is_closed else None
    said = _remembering(merged, declined=reason, declined_by=by, declined_after=after)
    said = replace(said, closes_again=is_closed and place.issue.state_reason != NOT_PLANNED)
    return _shown(replace(said, open=False, state_reason=NOT_PLANNED, milestone=None), open=False, milestone=day)


def _extended(place: _Place, merged: Merged, order: Order, command: Extend) -> Merged | Refusal:
    promise = merged.promise
    if not merged.open:
        return Refusal(Why.CLOSED)
    if command.to < place.today:
        return Refusal(Why.PAST, detail=command.to.isoformat())
    if command.to == promise.deadline:
        return merged
    if promise.deadline is None:  # there was no date at all: this is the promise
        said = _remembering(merged, due=command.to)
    else:
        by, comment = order.comment.author.login, order.comment.id
        moved = Extension(to=command.to, on=place.today, by=by, reason=command.reason, comment=comment)
        said = replace(merged, promise=promise.extended(moved))
    if _is_elsewhere(place, promise):
        return said
    return _shown(replace(said, milestone=command.to), milestone=command.to)


def _is_elsewhere(place: _Place, promise: Promise) -> bool:
    """Whether a person took the issue off its milestone, or put it on one of theirs: there it stays."""
    milestone = place.facts.milestones.get(place.issue.milestone or 0)
    if place.issue.milestone is None:
        return promise.shown.off or promise.shown.milestone is not None
    return milestone is None or not milestone.ours


def _remembering(merged: Merged, **changes: object) -> Merged:
    """What an issue is to be, with more to remember."""
    return replace(merged, promise=replace(merged.promise, **changes))  # type: ignore[arg-type]


def _shown(merged: Merged, **changes: object) -> Merged:
    """What an issue is to be, where Closeout itself sets what differs from before."""
    shown = replace(merged.promise.shown, **changes)  # type: ignore[arg-type]
    return replace(merged, promise=replace(merged.promise, shown=shown))


# On a tracking issue.


def _tracking(place: _Place, followed: Followed, order: Order) -> Followed | Refusal:
    match order.command:
        case Verified():
            return _verified(followed, _verdict(place, order, order.command))
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


def _recurred(place: _Place, followed: Followed, order: Order, command: Recurrence) -> Followed | Refusal:
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


def _with_recurred(place: _Place, followed: Followed, order: Order, command: Recurrence) -> Followed:
    said = Recurred(
        happened=command.happened,
        issue=command.number,
        by=order.comment.author.login,
        on=place.today,
        comment=order.comment.id,
    )
    ledger = replace(followed.ledger, recurrences=with_answer(followed.ledger.recurrences, said))
    return replace(followed, ledger=ledger)


def _verdict(place: _Place, order: Order, command: Verified) -> Verdict:
    return Verdict(
        passed=command.passed,
        evidence=command.evidence,
        by=order.comment.author.login,
        on=place.today,
        comment=order.comment.id,
    )


def _verified(followed: Followed, verdict: Verdict) -> Followed:
    """The postmortem with a verification that was run; if it failed, it is open again until it passes."""
    ledger = replace(
        followed.ledger,
        verification=VerificationState.PASSED if verdict.passed else VerificationState.FAILED,
        evidence=verdict.evidence,
        verdict=verdict,
        verify_again=verdict.ask_again,
    )
    if verdict.passed:
        return replace(followed, ledger=ledger)
    return replace(followed, open=True, closes=False, ledger=replace(ledger, shown=replace(ledger.shown, open=True)))


# On the issue that asks about many new postmortems.


def _adoption(place: _Place, adopting: Adopting, order: Order) -> Adopting | Refusal:
    match order.command:
        case Adopt():
            return replace(adopting, record=replace(adopting.record, adopted=True))
        case Recheck():
            return adopting
        case Recurrence() | Verified():
            return Refusal(Why.ON_TRACKING)
        case _:
            return Refusal(Why.ON_ITEM)
