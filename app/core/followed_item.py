"""One action item: what its issue is to be, from what is remembered, said and shown."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

from app.core.calendar.tenure import question_who, unheard
from app.core.closing import NOT_DONE, closed_as, closed_on
from app.core.followed import FollowedItem
from app.core.ledger import Entry, Ledger
from app.core.linked_issues import numbers_linked
from app.core.merge import Merged, Now, action_title, merge, standing, with_priority
from app.core.merged_document import Item
from app.core.people_in_charge import account, in_charge, left_of, missing, with_owner
from app.core.promise import Place, Promise, Said, Shown
from app.core.remembered import Remembered, orphaned_action
from app.core.repository_facts import ACTION_LABEL, Issue, RepositoryFacts, User
from app.core.sponsors import with_replaced, with_sponsor
from app.core.uids import evidence_about
from rules.actions.default_deadline import default_deadline
from rules.policy import Policy, Priority

_PROVEN = (Priority.P0, Priority.P1)
"""Priorities of what is not simply taken for done: how it was done has to be seen somewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What every item of a pass is decided by.

    Attributes:
        facts: as observed.
        remembered: their records.
        today: in the policy's zone.
        edited: the day on which the document came to say what is read of it now; None where it is not, or nobody knows.
        taken: numbers of the issues of people that an item has been given, in this pass or before.
    """

    facts: RepositoryFacts
    remembered: Remembered
    today: date
    edited: date | None = None
    taken: set[int] = field(default_factory=set)


def decide_item(
    here: Circumstances, ledger: Ledger, entry: Entry, item: Item | None, tracking: int, authors: tuple[User, ...]
) -> FollowedItem:
    """What an item's issue is to be. `item` is None where the document was not read, or no longer has it."""
    issue = _issue_of(here, ledger, entry, item)
    if issue is None:
        return _without_issue(here, ledger, entry, item, tracking, authors)
    is_new = entry.linked and not entry.taken_over and issue.number not in here.remembered.promises
    if is_new and item is not None:
        return _linked_item(here, ledger, entry, item, issue, tracking, authors)
    facts, fresh = here.facts, entry.number is None
    was_closed = entry.closed
    promise = here.remembered.promises.get(issue.number) or _repaired(ledger, entry, item, issue, facts, tracking)
    promise = replace(promise, tracking=tracking)
    said = item.said if item else with_owner(promise.said, facts.policy)
    default = _default_day(promise, said, facts.policy, here.edited or here.today)
    before = in_charge(facts, promise.said, promise.deadline, authors)
    deadline = said.due or default or promise.deadline
    after = in_charge(facts, said, deadline, authors)
    if item is None and missing(said, deadline):  # an author who has it for that reason is not known here
        after = tuple(dict.fromkeys((*after, *issue.assignees)))
    responsible = after if after != before or _is_to_be_filled(promise, issue, after) else None
    merged = merge(
        promise,
        said,
        standing(issue, facts.milestones),
        with_replaced(facts, promise, said, issue, responsible),
        here.today,
        edited=here.edited,
        left=left_of(facts, (*promise.shown.assignees, *(promise.tenure.able if promise.tenure else ()))),
        default=default,
        vacated=_is_answered(promise, said, issue),
    )
    if item and said != promise.said:
        merged = replace(merged, promise=replace(merged.promise, place=_place(ledger)))
    merged = replace(merged, promise=with_sponsor(facts, merged.promise, promise, is_open=merged.open))
    if entry.linked:  # people gave it its title
        merged = replace(merged, title=issue.title)
    return _with_evidence(
        FollowedItem(
            entry=replace(entry, number=issue.number, closed=not merged.open),
            said=said,
            issue=issue,
            merged=merged,
            fresh=fresh,
            by_default=_is_by_default(said, merged.promise),
            unassigned=_unassigned(facts, said, merged.assignees, authors),
            missing=missing(said, merged.promise.deadline),
            was_closed=was_closed,
        ),
        facts,
        ledger,
    )


def _without_issue(
    here: Circumstances, ledger: Ledger, entry: Entry, item: Item | None, tracking: int, authors: tuple[User, ...]
) -> FollowedItem:
    """An item without an issue: it gets one unless it is settled, gone, or its issue was removed by a person."""
    if item is None or entry.settled or entry.gone or entry.number is not None:
        return FollowedItem(entry=entry, said=item.said if item else None, issue=None, merged=None)
    # What was just created for it, perhaps, is not in the lists yet: with a linked issue it would have two.
    links = () if entry.uid in here.facts.awaited else numbers_linked(item.links, here.facts.repository)
    for number in links:
        linked = here.facts.issues.get(number)
        if linked is None and number not in here.facts.looked_at:
            return FollowedItem(entry=entry, said=item.said, issue=None, merged=None, unread_link=number)
        if linked is None or linked.ours or number in here.taken:
            continue
        is_this = _is_this(linked.record, ledger, entry)  # a ledger that was lost had named it: now this one does
        if not (linked.open or is_this or _has_kept(here, ledger, item, linked)):
            continue
        here.taken.add(number)
        if is_this:
            named = replace(entry, number=number, linked=True)
            return FollowedItem(entry=named, said=item.said, issue=linked, merged=None, fresh=True)
        return _linked_item(here, ledger, entry, item, linked, tracking, authors)
    return _new_item(here, ledger, entry, item, tracking, authors)


def _has_kept(here: Circumstances, ledger: Ledger, item: Item, issue: Issue) -> bool:
    """Whether a closed issue is the item's, and has done what it asks for.

    What was over before is else where it comes from, and not what is promised: unless the item says that it is tracked
    there, if nobody did that, or if it was closed before the incident.
    """
    if issue.number not in numbers_linked(item.tracked, here.facts.repository) or closed_as(issue, None) in NOT_DONE:
        return False
    closed, incident = closed_on(issue, None, ZoneInfo(here.facts.policy.timezone)), ledger.about.day
    return closed is not None and (incident is None or closed >= incident)


def _is_this(record: object, ledger: Ledger, entry: Entry) -> bool:
    return isinstance(record, Promise) and (record.document, record.uid) == (ledger.document, entry.uid)


def _new_item(
    here: Circumstances, ledger: Ledger, entry: Entry, item: Item, tracking: int, authors: tuple[User, ...]
) -> FollowedItem:
    said, title = item.said, action_title(item.said.title)
    people = in_charge(here.facts, said, entry.due, authors)
    ids = tuple(each.id for each in people)
    shown = Shown(title=title, assignees=ids, milestone=entry.due, open=True, vacant=not people)
    promise = _promise(ledger, entry, said, shown, tracking)
    promise = with_sponsor(here.facts, promise, promise, is_open=True)
    return FollowedItem(
        entry=entry,
        said=said,
        issue=None,
        merged=Merged(title, people, entry.due, True, None, promise),
        by_default=_is_by_default(said, promise),
        unassigned=_unassigned(here.facts, said, people, authors),
        missing=missing(said, entry.due),
    )


def _linked_item(
    here: Circumstances,
    ledger: Ledger,
    entry: Entry,
    item: Item,
    issue: Issue,
    tracking: int,
    authors: tuple[User, ...],
) -> FollowedItem:
    """An item whose issue people have opened already: it stays theirs, and gets what it lacks.

    The ledger names it first: were it the other way round, a crash in between, and a link taken out of the document
    before the next pass, would leave an issue that has our marker and belongs to nobody.
    """
    said, now = item.said, standing(issue, here.facts.milestones)
    ours = () if now.assignees else in_charge(here.facts, said, entry.due, authors)
    people = now.assignees or ours
    is_off = bool(entry.deadline) and not (now.open or now.milestone or now.elsewhere)
    shown = Shown(
        title=now.title,
        assignees=tuple(each.id for each in ours),
        milestone=None if is_off else entry.deadline,
        open=now.open,
        off=is_off,
        vacant=not people,
    )
    promise = _promise(ledger, entry, said, shown, tracking)
    labels = with_priority(issue.labels | {ACTION_LABEL}, said.priority)
    return FollowedItem(
        entry=replace(entry, number=issue.number, linked=True, closed=not now.open),
        said=said,
        issue=issue,
        merged=Merged(
            title=now.title,
            assignees=people,
            milestone=_free_day(entry, now),
            open=now.open,
            state_reason=None,
            promise=promise,
            labels=labels,
        ),
        fresh=True,
        by_default=_is_by_default(said, promise),
        unassigned=_unassigned(here.facts, said, people, authors),
        missing=missing(said, entry.due),
    )


def _free_day(entry: Entry, now: Now) -> date | None:
    """The day of the milestone for an issue of people: none where they have put it on one, or have closed it."""
    return entry.deadline if now.open and now.milestone is None and not now.elsewhere else None


def _promise(ledger: Ledger, entry: Entry, said: Said, shown: Shown, tracking: int) -> Promise:
    return Promise(
        document=ledger.document,
        uid=entry.uid,
        tracking=tracking,
        said=said,
        shown=shown,
        due=entry.due,
        priority=entry.priority,
        extensions=entry.extensions,
        moves_before=entry.moves_before,
        postponements_before=entry.postponements_before,
        since=entry.since,
        heard=entry.heard,
        place=_place(ledger),
    )


def _place(ledger: Ledger) -> Place | None:
    return Place(commit=ledger.commit, path=ledger.path) if ledger.commit else None


def _issue_of(here: Circumstances, ledger: Ledger, entry: Entry, item: Item | None) -> Issue | None:
    """An entry's issue: the one the ledger names, else one whose own marker says so (the answer to it was lost).

    Else one that has the item's title, and lost its marker before the ledger could name it.
    """
    issues = here.facts.issues
    if entry.number is not None:
        return issues.get(entry.number)
    own = here.remembered.by_item.get((ledger.document, entry.uid))
    if own:
        return issues[own[0]]
    number = orphaned_action(action_title(entry.title), here.remembered) if item and not entry.settled else None
    return issues[number] if number is not None else None


def _repaired(
    ledger: Ledger, entry: Entry, item: Item | None, issue: Issue, facts: RepositoryFacts, tracking: int
) -> Promise:
    """The promise of an issue whose marker is damaged or gone: what the ledger has of it, and how the issue stands.

    Who chose the assignees is forgotten with it, so they are taken for a person's choice. Where the milestone is not
    that of the ledger's deadline, a person has moved it since; that of a closed one may be older than the deadline.
    """
    now = standing(issue, facts.milestones)
    day = entry.deadline if now.open else now.milestone or entry.deadline
    shown = Shown(title=now.title, assignees=(), milestone=day, open=True)
    said = item.said if item else Said(title=entry.title, due=entry.due, priority=entry.priority, id=entry.id)
    return _promise(ledger, entry, said, shown, tracking)


def _with_evidence(item: FollowedItem, facts: RepositoryFacts, ledger: Ledger) -> FollowedItem:
    """The item, once it was looked, and asked, for what shows that it was done: only what matters most, and once."""
    merged, issue, said = item.merged, item.issue, item.said
    if merged is None or issue is None or said is None or issue.open or merged.open or said.done or item.entry.gone:
        return item
    as_done = closed_as(issue, merged.promise) in {"completed", None} and merged.promise.shown.open
    if not as_done or said.priority not in _PROVEN or evidence_about(item.entry.uid) in ledger.told:
        return item
    shown = facts.evidence.get(issue.number)
    if shown is None:
        return replace(item, unread_history=True)
    return replace(item, is_proven=shown, asks_for_evidence=not shown)


def _is_to_be_filled(promise: Promise, issue: Issue, people: tuple[User, ...]) -> bool:
    """Whether an issue that nobody could be given has somebody now who can be; a person's choice stays."""
    return promise.shown.vacant and issue.open and not issue.assignees and bool(people)


def _is_answered(promise: Promise, said: Said, issue: Issue) -> bool:
    """Whether the document names a new owner for what nobody has, after it was asked who takes it."""
    if issue.assignees or said.owner is None or said.owner == promise.said.owner:
        return False
    question = question_who(promise)
    return not {question, unheard(question)}.isdisjoint(each.about for each in promise.noticed)


def _default_day(promise: Promise, said: Said, policy: Policy, from_day: date) -> date | None:
    """The policy's day for an item that has none, and is given a priority now."""
    if promise.deadline or said.due or said.priority is None or said.priority == promise.said.priority:
        return None
    return default_deadline(policy, said.priority, from_day)


def _is_by_default(said: Said, promise: Promise) -> bool:
    return said.due is None and promise.due is not None and promise.priority is not None


def _unassigned(facts: RepositoryFacts, said: Said, assignees: tuple[User, ...], authors: tuple[User, ...]) -> str:
    """The owner as written, where that is a person, whom nobody can stand in for, and nobody else has it either."""
    if said.collective or account(facts, said.owner) or set(assignees) - set(authors[:1]):
        return ""
    return said.owner_text
