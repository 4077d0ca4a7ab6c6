"""The three-way merge of an action issue: what the document said, what GitHub showed, and what both say now.

People win. What only the document changed is applied; what only a person changed is kept; where both did, the person
keeps assignee, state and date, and the document its title. Nothing is ever taken back because it is not as Closeout
would have written it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.core.ledger import About
from app.core.promise import LONGEST_TITLE, Extension, Promise, Said, Shown, shortened
from app.core.repository_facts import Issue, Milestone, User
from rules.policy import Priority

_BY_HAND = ""
_BY_DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Now:
    """How an action issue stands at the moment.

    Attributes:
        title: as it is.
        assignees: in order.
        milestone: the day of the milestone of ours that it is on; None without one.
        elsewhere: whether it is on a milestone that is none of ours.
        open: whether it is.
        labels: their names.
    """

    title: str
    assignees: tuple[User, ...]
    milestone: date | None
    elsewhere: bool
    open: bool
    labels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Merged:
    """What an action issue is to be.

    Attributes:
        title: of the issue.
        assignees: in order.
        milestone: the day of its milestone; None for none of ours: then its milestone is left as it is. A closed issue
            stays on the one that it is on: nobody makes one for what is done.
        open: whether it is to be open.
        state_reason: why it is closed; None while it is open, or where a person closed it.
        promise: what is to be remembered.
        labels: all of them; None leaves them as they are.
        closes_again: whether it is closed, and is to be closed once more, for the reason that somebody has given since.
    """

    title: str
    assignees: tuple[User, ...]
    milestone: date | None
    open: bool
    state_reason: str | None
    promise: Promise
    labels: frozenset[str] | None = None
    closes_again: bool = False


def standing(issue: Issue, milestones: Mapping[int, Milestone]) -> Now:
    """How an issue stands."""
    milestone = milestones.get(issue.milestone or 0)
    ours = milestone is not None and milestone.ours
    return Now(
        title=issue.title,
        assignees=issue.assignees,
        milestone=milestone.due if ours and milestone else None,
        elsewhere=issue.milestone is not None and not ours,
        open=issue.open,
        labels=issue.labels,
    )


def merge(
    promise: Promise,
    said: Said,
    now: Now,
    responsible: tuple[User, ...] | None,
    today: date,
    *,
    left: frozenset[int] = frozenset(),
    edited: date | None = None,
    default: date | None = None,
    vacated: bool = False,
) -> Merged:
    """What the issue is to be, from what is remembered, what the document says now and how the issue stands.

    `responsible` are the accounts that the document now wants to have it, where it changed that: nobody, if whom it
    names cannot be assigned; None if it changed nothing. What is remembered as shown is only what Closeout has set
    itself, so that a person's change stays a person's. `left` are ids of accounts that cannot be assigned any more:
    GitHub itself takes them off. `edited` is the day of the version that is read now, `today` if None.
    `default` is the policy's day for what the document gives a priority, and no day.
    `vacated` says that nobody has it by nobody's choice any more: it was asked who takes it, and the document answers.
    """
    extended = _moved_by_hand(promise, now, today) or _edited(promise, said, edited or today, default)
    is_open, reason = _state(promise, said, now)
    title = action_title(said.title) if said.title != promise.said.title else now.title
    chosen = None if _is_theirs(promise, now, left) and not (vacated and responsible) else responsible
    assignees = now.assignees if chosen is None else chosen
    is_off = _is_off(promise, now)
    milestone = _milestone(promise, extended, now) if is_open else now.milestone
    shown = Shown(
        title=promise.shown.title if title == now.title else title,
        assignees=promise.shown.assignees if assignees == now.assignees else tuple(each.id for each in assignees),
        milestone=milestone or (None if is_off else promise.shown.milestone),
        open=is_open if is_open != now.open else promise.shown.open or is_open,  # opened by hand, it may be closed so
        off=is_off,
        vacant=not assignees and (chosen is not None or promise.shown.vacant),
    )
    remembered = replace(extended, said=said, shown=shown)
    return Merged(title, assignees, milestone, is_open, reason, remembered, _labels(promise, said, now))


def action_title(title: str) -> str:
    """What the issue of an action is called: a sentence's full stop would stand in the middle of others."""
    line = issue_title(title)
    return line if line.endswith("..") else line.removesuffix(".") or line


def issue_title(title: str) -> str:
    """A text as the title of an issue: one line, no longer than GitHub takes."""
    return shortened(" ".join(title.split()), LONGEST_TITLE)


def tracking_title(about: About) -> str:
    """What the tracking issue of a postmortem is called."""
    return issue_title(f"{about.headline} ({about.severity})" if about.severity else about.headline)


def _is_theirs(promise: Promise, now: Now, left: frozenset[int]) -> bool:
    """Whether a person chose who has it. Where all whom they chose have left, it is nobody's choice any more."""
    if not now.assignees and promise.tenure and left.issuperset(promise.tenure.ids):
        return False
    return {each.id for each in now.assignees} - left != set(promise.shown.assignees) - left


def _labels(promise: Promise, said: Said, now: Now) -> frozenset[str] | None:
    """The labels, where the document changed the priority: its old one goes if it is still there."""
    if said.priority == promise.said.priority:
        return None
    old = {promise.said.priority.value} if promise.said.priority else set()
    return with_priority(now.labels - old, said.priority)


def with_priority(labels: frozenset[str], priority: Priority | None) -> frozenset[str]:
    """Labels with that of a priority; one that a person has put there stays, and is the only one."""
    if priority is None or not labels.isdisjoint(each.value for each in Priority):
        return labels
    return labels | {priority.value}


def _moved_by_hand(promise: Promise, now: Now, today: date) -> Promise | None:
    """The promise with a person's move of the date; None if there is none. It counts, whatever the document says."""
    if now.milestone is None or now.milestone == promise.shown.milestone:
        return None
    return _moved(promise, now.milestone, today, _BY_HAND)


def _edited(promise: Promise, said: Said, on: date, default: date | None) -> Promise:
    """The promise with a move of the date that an edit of the document made, on that day, if one did."""
    if said.due is not None and said.due != _last_said(promise):
        return _moved(promise, said.due, on, _BY_DOCUMENT)
    if promise.deadline is None and default is not None:  # it had neither: this is the promise
        return replace(promise, due=default, since=on, priority=promise.priority or said.priority)
    return promise


def _last_said(promise: Promise) -> date | None:
    """The day that the document gave last, whether it still does or not: who brings it back has changed nothing."""
    if promise.said.due is not None:
        return promise.said.due
    days = [each.to for each in promise.extensions if each.by == _BY_DOCUMENT]
    return days[-1] if days else promise.due


def _moved(promise: Promise, to: date, on: date, by: str) -> Promise:
    if to == promise.deadline:
        return promise
    if promise.due is None:  # it had no date at all: this is the promise
        return replace(promise, due=to, since=on)
    return promise.extended(Extension(to=to, on=on, by=by))


def _milestone(promise: Promise, extended: Promise, now: Now) -> date | None:
    """The day of the milestone that it belongs on; a milestone taken away or exchanged by hand stays so."""
    return None if now.elsewhere or _is_off(promise, now) else extended.deadline


def _is_off(promise: Promise, now: Now) -> bool:
    """Whether a person took it off its milestone, and has put it on none since."""
    if now.milestone is not None or now.elsewhere:
        return False
    return promise.shown.off or promise.shown.milestone is not None


def _state(promise: Promise, said: Said, now: Now) -> tuple[bool, str | None]:
    """Whether it is to be open. What a person closed or opened stays so; else the document's marks are followed."""
    settled_before = promise.said.done or promise.said.declined
    settled = said.done or said.declined
    if now.open != promise.shown.open or settled == settled_before:
        return now.open, None
    if settled:
        return False, "not_planned" if said.declined else "completed"
    return True, None
