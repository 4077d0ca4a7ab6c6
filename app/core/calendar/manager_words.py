"""What a manager is told of besides lateness: a deadline that moves again and again, a verification that failed."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.calendar.notice import ManagerWord
from app.core.calendar.notices import managers_for
from app.core.closing import NOT_DONE
from app.core.followed import Followed, FollowedItem
from app.core.ledger import Ledger
from app.core.people_in_charge import may_mention_managers
from app.core.promise import Noticed, Promise, Verdict
from app.core.repository_facts import RepositoryFacts
from app.core.verification import ask_again
from rules.managers import manager_of

MOST_POSTPONEMENTS = 3
"""After so many moves of a deadline to a later day the manager is told, once."""


_EXTENDED, _FAILED = "extended:", "failed:"


def pending_words(followed: Followed, facts: RepositoryFacts) -> tuple[ManagerWord, ...]:
    """The words that were not said yet; none where managers are not to be mentioned."""
    if followed.tracking is None or not may_mention_managers(facts.repository, facts.policy):
        return ()
    told = followed.ledger.told
    return tuple(each for each in _words(followed, followed.tracking.number, facts) if each.about not in told)


def is_word(noticed: Noticed) -> bool:
    """Whether what is remembered on a tracking issue is such a word."""
    return noticed.about.startswith((_EXTENDED, _FAILED))


def _words(followed: Followed, tracking: int, facts: RepositoryFacts) -> Iterator[ManagerWord]:
    for item in followed.items:
        yield from _about_item(followed, item, tracking, facts)
    verdict, authors = followed.ledger.verdict, followed.ledger.about.logins
    manager = manager_of(facts.policy, authors[0] if authors else "")
    if verdict and not verdict.passed and manager and not _is(manager, verdict.by):
        yield _failed(tracking, tracking, verdict, manager, is_open=followed.open)


def _about_item(followed: Followed, item: FollowedItem, tracking: int, facts: RepositoryFacts) -> Iterator[ManagerWord]:
    """What is to be said of an item; nothing of one that its document no longer has: nobody is reminded of it."""
    if item.issue is None or item.merged is None or item.entry.gone or followed.lost:
        return
    promise, number = item.merged.promise, item.issue.number
    having = tuple(each.login for each in item.merged.assignees)
    failed = _open_failure(item, followed.ledger)
    for manager in managers_for(facts, [(promise.said.owner, having)]):
        moved_by = promise.extensions[-1].by if promise.extensions else ""
        if item.merged.open and _is_put_off(promise) and not _is(manager, moved_by):
            about = f"{_EXTENDED}{promise.uid}"
            yield ManagerWord(issue=number, tracking=tracking, about=about, manager=manager, promise=promise)
        if failed and not _is(manager, failed.by):
            yield _failed(number, tracking, failed, manager, is_open=item.merged.open)


def _is_put_off(promise: Promise) -> bool:
    """Whether a deadline has been extended again and again, and stands later than was promised."""
    if promise.postponements < MOST_POSTPONEMENTS:
        return False
    return promise.due is None or promise.deadline is None or promise.deadline > promise.due


def _open_failure(item: FollowedItem, ledger: Ledger) -> Verdict | None:
    """That its verification failed, where it is still to pass: it was not declined, and all has not passed since."""
    if item.merged is None or item.closed_as in NOT_DONE or ask_again(item, ledger) is None:
        return None
    return item.merged.promise.verdict


def _is(manager: str, login: str) -> bool:
    """Whether the manager did it, who need not be told."""
    return manager.casefold() == login.casefold()


def _failed(issue: int, tracking: int, verdict: Verdict, manager: str, *, is_open: bool) -> ManagerWord:
    about = f"{_FAILED}{verdict.comment}"
    return ManagerWord(
        issue=issue, tracking=tracking, about=about, manager=manager, verdict=verdict, closed_since=not is_open
    )
