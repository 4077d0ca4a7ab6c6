"""The 30/60/90 ritual: a postmortem comes back, and asks whether its promises held.

The first return asks whether the P0s are done, the second whether the verification ran and passed, the third and each
one after it whether it happened again; fewer share the questions. What an earlier return asked, and nobody answered,
the next one asks again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.calendar.manager_words import is_word
from app.core.calendar.notice import VERIFY
from app.core.calendar.notices import days_late, holder_of, managers_for, reopened_by
from app.core.calendar.revisit import MANAGER, Question, Revisit, Urgent
from app.core.calendar.tenure import present_on_tracking, unheard
from app.core.calendar.working_time import WorkingTime
from app.core.followed import Followed, FollowedItem
from app.core.ledger import Ledger, VerificationState
from app.core.people_in_charge import managing, mentioned_of
from app.core.promise import VERIFY_AGAIN, Noticed
from app.core.recurrence import later_naming
from app.core.repository_facts import RepositoryFacts
from app.core.verification import ask_again
from rules.policy import Priority, Revisits

PATIENCE = 5
"""Working days after which a question that nobody has answered goes to the manager."""

DAY, AGAIN = "day", "again"
"""What the key of a return begins with; and how that ends where it comes once more, since it asks for more now."""

_RECENT = 7  # days before a return, from which on an answer counts for it


@dataclass(frozen=True, slots=True)
class Return:
    """One return of the policy's: after how many days, on which day, what it asks, and from when on that is answered.

    What is said between two returns that lie close together answers the nearer one.
    """

    after: int
    day: date
    questions: tuple[Question, ...]
    since: date

    @property
    def key(self) -> str:
        """What is remembered of it."""
        return f"{DAY} {self.after}"


def returns(merged: date, revisits: Revisits) -> tuple[Return, ...]:
    """The returns of a postmortem that was merged on a day, in their order."""
    days = sorted(revisits.days)
    earlier = [0, *days]
    return tuple(
        Return(
            after=after,
            day=merged + timedelta(days=after),
            questions=_asked(n, len(days)),
            since=merged + timedelta(days=after - min(_RECENT, (after - earlier[n]) // 2)),
        )
        for n, after in enumerate(days)
    )


def pending_revisit(followed: Followed, facts: RepositoryFacts, time: WorkingTime, day: date) -> Revisit | None:
    """The return that is to be posted on a day; None if there is none, or if it came back on that day already.

    After an outage, or where the days of the policy lie close together, only the newest.
    """
    if not _comes_back(followed) or _came_back(followed, day):
        return None
    return next(_due_on(day, followed, facts, time), None)


def next_day(followed: Followed, facts: RepositoryFacts, time: WorkingTime, day: date) -> date | None:
    """The day, after the one given, on which a postmortem may come back; None if it will not by itself."""
    if not _comes_back(followed):
        return None
    ledger = followed.ledger
    days = [each.day for each in returns(ledger.merged, facts.policy.revisits)]
    tomorrow = time.working_day_after(day, 1) if _came_back(followed, day) else None
    if tomorrow and any(_due_on(day, followed, facts, time)):
        days.append(tomorrow)
    days += [ledger.verify_again] if ledger.verify_again else []
    asked = [each.on for each in ledger.noticed if each.unanswered]
    days += [until for each in asked if (until := time.working_day_after(each, PATIENCE))]
    return min((each for each in days if each > day), default=None)


def _comes_back(followed: Followed) -> bool:
    """Whether it may come back at all: not before each of its items has its issue, to which the words belong first."""
    is_there = followed.tracking is not None and followed.open and not followed.lost
    return is_there and followed.ledger.complete


def _came_back(followed: Followed, day: date) -> bool:
    return any(each.on == day and not is_word(each) for each in followed.ledger.noticed)


def is_over(ledger: Ledger, revisits: Revisits) -> bool:
    """Whether the last return has been answered, or there are none."""
    last = next(reversed(returns(ledger.merged, revisits)), None)
    if last is None:
        return True
    days = [each.on for each in ledger.recurrences] + [each.on for each in ledger.noticed]
    has_come = any(day >= last.day for day in days)
    return has_come and all(_is_answered(each, ledger, (), last, runs_again=False) for each in last.questions)


def _asked(number: int, of: int) -> tuple[Question, ...]:
    """What the `number`-th of so many returns asks: together they ask everything."""
    if of == 1:
        return tuple(Question)
    if of == 2:
        return (Question.URGENT_DONE, Question.VERIFIED) if number == 0 else (Question.RECURRED,)
    return (list(Question)[min(number, len(Question) - 1)],)


def _due_on(day: date, followed: Followed, facts: RepositoryFacts, time: WorkingTime) -> Iterator[Revisit]:
    """What is to be posted on a day, the most pressing first."""
    ledger = followed.ledger
    noticed = {each.about: each for each in ledger.noticed}
    past = [each for each in returns(ledger.merged, facts.policy.revisits) if each.day <= day]
    if past:
        words = _words_since(past[-1], ledger, day)
        key = f"{past[-1].key} {AGAIN}" if past[-1].key in noticed else past[-1].key
        if not words or (_is_owed(past, words, ledger) and key not in noticed):
            yield _revisit(followed, facts, time, day, key, past)
        elif first := _asked_in_vain(words[-1].about, noticed, day, time):
            second = _revisit(followed, facts, time, day, f"{first.about} {MANAGER}", past, first=first)
            if second.unanswered and second.key not in noticed:
                yield second
    key = f"{VERIFY} {ledger.verify_again}"
    if ledger.verify_again and ledger.verify_again <= day and ledger.verification is VerificationState.FAILED:
        asked = [Return(0, ledger.verify_again, (Question.VERIFIED,), ledger.verify_again)]
        if _is_asked_since(ledger.verify_again, key, ledger):
            return
        if key not in noticed:
            yield _revisit(followed, facts, time, day, key, asked)
        elif told := _asked_in_vain(key, noticed, day, time):
            second = _revisit(followed, facts, time, day, f"{key} {MANAGER}", asked, first=told)
            if second.key not in noticed:
                yield second


def _words_since(newest: Return, ledger: Ledger, day: date) -> list[Noticed]:
    """The first words that count for the newest return, the latest last.

    Where the policy had other days before, that may be the word of another return, which came after its day.
    """
    words = [each for each in ledger.noticed if each.about.startswith(DAY) and MANAGER not in each.about]
    return [each for each in words if each.about == newest.key or newest.day <= each.on <= day]


def _is_owed(past: Sequence[Return], told: Sequence[Noticed], ledger: Ledger) -> bool:
    """Whether something is to be asked by now that none of these words has asked.

    The policy had more returns when they came, or what was an answer then was taken back.
    """
    asked = {question for each in told for question in each.unanswered}
    open_now = {
        Question.VERIFIED: ledger.verification is VerificationState.NOT_RUN,
        Question.RECURRED: not _is_answered(Question.RECURRED, ledger, (), past[-1], runs_again=False),
    }
    return any(open_now.get(each) and each not in asked for since in past for each in since.questions)


def _asked_in_vain(key: str, noticed: Mapping[str, Noticed], day: date, time: WorkingTime) -> Noticed | None:
    """The first word of a return, if it asked for something, and it is time to tell the manager; who has not been."""
    first = noticed[key]
    if f"{key} {MANAGER}" in noticed or not first.unanswered:
        return None
    until = time.working_day_after(first.on, PATIENCE)
    return first if until is not None and until <= day else None


def _is_asked_since(verify_again: date, key: str, ledger: Ledger) -> bool:
    """Whether a return has asked for the verification since that was due again: it has a second word of its own."""
    since = [each for each in ledger.noticed if each.on >= verify_again and not each.about.startswith(key)]
    return any(Question.VERIFIED in each.unanswered for each in since)


def _revisit(
    followed: Followed,
    facts: RepositoryFacts,
    time: WorkingTime,
    day: date,
    key: str,
    past: Sequence[Return],
    first: Noticed | None = None,
) -> Revisit:
    """A return as it is to be posted; with `first` its second word, which asks for nothing that the first did not."""
    if followed.tracking is None:
        raise ValueError("a postmortem without a tracking issue has nowhere to come back to")
    ledger, newest = followed.ledger, past[-1]
    urgent = tuple(_urgent(item, facts, time, day) for item in followed.items if _is_urgent(item))
    earlier = {each: since for since in past for each in since.questions}
    still = _unanswered(earlier, followed, urgent, day)
    answered = [each for each in earlier if each not in still]
    if first:
        urgent = tuple(each for each in urgent if _is_in_the_way(each, first))
        still = [each for each in still if each in first.unanswered and (urgent or each is not Question.URGENT_DONE)]
    having = tuple(each.login for each in present_on_tracking(followed, facts))
    assignees = mentioned_of(facts, having, ledger.about.logins) if still else ()
    escalated = _escalated(still, urgent, assignees, ledger.about.logins, again=first is not None)
    managers = tuple(dict.fromkeys((*managers_for(facts, escalated), *managing(facts.policy, assignees))))
    in_vain = bool(escalated) and not managers
    return Revisit(
        issue=followed.tracking.number,
        document=ledger.document,
        key=unheard(key) if in_vain and first else key,  # its second word is for the manager
        after=newest.after,
        passed=newest.after if _is_on_time(newest, day, time) else (day - ledger.merged).days,
        questions=tuple(each for each in earlier if each in still or (each in newest.questions and each in answered)),
        unanswered=tuple(still),
        urgent=urgent,
        assignees=assignees,
        managers=managers,
        again=first is not None,
        unreachable=in_vain,
        later=later_naming(followed.tracking.number, facts.trackings()) if Question.RECURRED in earlier else (),
        failed=0 if newest.after else (day - newest.day + VERIFY_AGAIN).days,
    )


def _unanswered(
    asked: Mapping[Question, Return], followed: Followed, urgent: tuple[Urgent, ...], day: date
) -> list[Question]:
    """Those of the questions that are open on a day, each with the return that asked it last."""
    runs_again = runs_again_on(followed, day) is not None
    return [
        each
        for each, since in asked.items()
        if not _is_answered(each, followed.ledger, urgent, since, runs_again=runs_again)
    ]


def _is_on_time(comes: Return, day: date, time: WorkingTime) -> bool:
    """Whether a return is posted on its day, or on the first working day after it."""
    first = time.working_day(comes.day)
    return first is not None and day <= first


def _is_in_the_way(item: Urgent, first: Noticed) -> bool:
    """Whether the second word asks for a P0: one that the first listed, and whose day has not still to come.

    One that was opened again since was done when it was asked for: its own notice speaks of it.
    """
    if item.reopened and item.reopened > first.on:
        return False
    return item.number in first.urgent and (item.days_late > 0 or item.deadline is None)


def _escalated(
    unanswered: Sequence[Question],
    urgent: Sequence[Urgent],
    assignees: tuple[str, ...],
    authors: Sequence[str],
    *,
    again: bool,
) -> list[tuple[str | None, tuple[str, ...]]]:
    """For whom a manager is mentioned, as `managers_for` takes it; nobody where nothing is left to answer."""
    if not unanswered:
        return []
    asked_for = urgent if Question.URGENT_DONE in unanswered else ()  # whatever its deadline is by now
    escalated = [(each.owner, each.holder.logins) for each in asked_for]
    if not assignees:  # nobody is asked
        return [*escalated, (next(iter(authors), None), ())]
    return [*escalated, (None, assignees[:1])] if again else escalated


def _is_urgent(item: FollowedItem) -> bool:
    """Whether an item is a P0, as the document says now, that still has to be done."""
    priority = item.said.priority if item.said else item.entry.priority
    return item.pending and not item.entry.gone and priority is Priority.P0


def _urgent(item: FollowedItem, facts: RepositoryFacts, time: WorkingTime, day: date) -> Urgent:
    promise = item.merged.promise if item.merged else None
    deadline = promise.deadline if promise else item.entry.due
    return Urgent(
        number=item.entry.number,
        title=item.issue.title if item.issue else item.entry.title,
        holder=holder_of(item, facts),
        owner=item.said.owner if item.said else None,
        deadline=deadline,
        days_late=days_late(promise, time, day) if promise else time.days_late(deadline, day) if deadline else 0,
        reopened=reopened_by(promise, day) if promise else None,
    )


def _is_answered(
    question: Question, ledger: Ledger, urgent: tuple[Urgent, ...], asked: Return, *, runs_again: bool
) -> bool:
    """Whether a question is answered. That a verification failed is an answer only until it is to be run again."""
    if question is Question.URGENT_DONE:
        return not urgent
    if question is Question.VERIFIED:
        failed = ledger.verification is VerificationState.FAILED
        return ledger.verification is VerificationState.PASSED or (failed and runs_again)
    said = (each for each in ledger.recurrences if not each.takes_back)
    return any(each.on >= asked.since for each in said)  # that it happened long before says nothing of since


def runs_again_on(followed: Followed, day: date) -> date | None:
    """The day, after the one given, on which a verification that failed is asked for again; None if none is left."""
    again = (ask_again(item, followed.ledger) for item in followed.items if not item.entry.gone)
    days = [followed.ledger.verify_again, *again]
    return min((each for each in days if each and each > day), default=None)
