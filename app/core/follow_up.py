"""What should be true of the issues of a repository: facts, policy and the time in, the followed postmortems out.

The result is data; `app.render.follow_up` puts it into words, `app.core.plan` finds what is still to be written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.core.ledger import Entry, Ledger, Promise, Said, Shown, item_uid
from app.core.matching import Known, match_items
from app.core.merge import Merged, issue_title, merge, standing
from app.core.merged_document import Contents, Item, read_contents
from app.core.repository_facts import Commit, Issue, RepositoryFacts, User
from app.core.whereabouts import Found, Whereabouts, locate
from rules.actions.default_deadline import default_deadline
from rules.policy import Policy

MOST_AT_ONCE = 5
"""How many new postmortems one pass follows up without being told to: more is an import, not an incident."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedItem:
    """An action item of a followed postmortem.

    Attributes:
        entry: as the ledger is to remember it.
        said: what the document says; None where the document no longer has it and its issue cannot be read.
        issue: its action issue as it is; None if it has none yet.
        merged: what that issue is to be; None if it needs none, or must be left alone.
        fresh: whether the ledger does not name its issue yet.
        by_default: whether the deadline is the policy's, since the document gave none.
        unassigned: the owner whom the document names, where nobody known can be assigned; empty otherwise.
    """

    entry: Entry
    said: Said | None
    issue: Issue | None
    merged: Merged | None
    fresh: bool = False
    by_default: bool = False
    unassigned: str = ""

    @property
    def open(self) -> bool:
        """Whether it still has to be done."""
        return self.merged.open if self.merged else not self.entry.settled and bool(self.issue and self.issue.open)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """An item of which it cannot be told whether it is new: its title, and the numbers of the issues it may be."""

    title: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A postmortem that is followed up.

    Attributes:
        ledger: as it is to be remembered.
        tracking: its tracking issue as it is; None if it has none yet.
        assignee: who is to be assigned to a new tracking issue; None if nobody can be.
        items: its action items, in the ledger's order.
        doubts: what has to be asked before anything is created.
        removed: the items that the document no longer has, and that it had when it was last read.
        lost: whether the document is no longer there.
    """

    ledger: Ledger
    tracking: Issue | None
    assignee: User | None
    items: tuple[FollowedItem, ...]
    doubts: tuple[Doubt, ...] = ()
    removed: tuple[FollowedItem, ...] = ()
    lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What should be true of a repository's issues.

    Attributes:
        postmortems: those that are followed up, in the order of their paths, then those that were lost.
        waiting: paths of new postmortems that are too many to be followed up without being told to.
        duplicates: issues that say the same as another one, with the number of that one, which stays.
    """

    postmortems: tuple[Followed, ...]
    waiting: tuple[str, ...]
    duplicates: Mapping[int, int]


def follow_up(facts: RepositoryFacts, now: datetime) -> FollowUp:
    """What should be true of a repository's issues at the instant `now`."""
    policy = facts.policy
    today = now.astimezone(ZoneInfo(policy.timezone)).date()
    ledgers = facts.trackings()
    places = locate(ledgers, facts.documents, _contents(facts))
    new = [each for each in places.found if each.tracking is None and _is_due(each, facts)]
    waiting = tuple(each.document.path for each in new) if len(new) > MOST_AT_ONCE else ()
    chosen = [each for each in places.found if each.tracking is not None or (each in new and not waiting)]
    followed = [each for found in chosen if (each := _follow(facts, found, today)) is not None]
    lost = [_follow_lost(facts, number, today) for number in places.lost]
    return FollowUp(
        postmortems=(*followed, *lost),
        waiting=waiting,
        duplicates={**places.duplicates, **_duplicate_actions(facts, places)},
    )


def _contents(facts: RepositoryFacts) -> Mapping[str, Contents]:
    known = facts.read_versions()
    read = {
        document.path: read_contents(document, facts.policy)
        for document in facts.documents
        if document.data is not None and document.blob not in known
    }
    return {path: contents for path, contents in read.items() if contents is not None}


def _is_due(found: Found, facts: RepositoryFacts) -> bool:
    """Whether a postmortem that nobody follows up is to be: it came after the adoption, and so did its incident."""
    contents, adopted = found.contents, facts.policy.adopted
    if contents is None or found.document.since is None or found.document.path in facts.old:
        return False
    return adopted is None or contents.day is None or contents.day >= adopted


def _follow(facts: RepositoryFacts, found: Found, today: date) -> Followed | None:
    contents, since = found.contents, found.document.since
    if found.tracking is None:
        return _begin(facts, found, contents, since) if contents and since else None
    tracking = facts.issues[found.tracking]
    ledger = replace(facts.trackings()[found.tracking], path=found.document.path)
    if contents is not None:
        return _read_again(facts, found, contents, ledger, tracking, today)
    items = tuple(_item(facts, ledger, entry, None, tracking.number, today) for entry in ledger.entries)
    return Followed(ledger=ledger, tracking=tracking, assignee=None, items=items)


def _begin(facts: RepositoryFacts, found: Found, contents: Contents, since: Commit) -> Followed:
    """A postmortem that has no tracking issue yet. Its action issues come once that has a number."""
    merged = since.at.astimezone(ZoneInfo(facts.policy.timezone)).date()
    ledger = Ledger(
        document=contents.document,
        path=found.document.path,
        blob=found.document.blob,
        commit=since.sha,
        merged=merged,
        about=contents.about,
        shown=Shown(title=""),
        entries=_entries((), contents.items, contents.document, facts.policy, merged),
    )
    items = tuple(
        FollowedItem(entry=entry, said=item.said, issue=None, merged=None)
        for entry, item in zip(ledger.entries, contents.items, strict=True)
    )
    return Followed(ledger=ledger, tracking=None, assignee=_responsible(facts, contents), items=items)


def _read_again(
    facts: RepositoryFacts, found: Found, contents: Contents, ledger: Ledger, tracking: Issue, today: date
) -> Followed:
    """A followed postmortem whose document has changed: its items are matched, once."""
    known = [Known(entry.uid, entry.id, entry.title) for entry in ledger.entries]
    matching = match_items(known, [(item.id, item.said.title) for item in contents.items])
    by_uid = {uid: item for uid, item in zip(matching.uids, contents.items, strict=True) if uid}
    numbers = {entry.uid: entry.number for entry in ledger.entries}
    doubts = tuple(
        Doubt(
            title=contents.items[index].said.title,
            numbers=tuple(number for uid in matching.candidates[index] if (number := numbers[uid])),
        )
        for index in matching.doubtful
    )
    kept = tuple(_entry_now(entry, by_uid.get(entry.uid), entry.uid in matching.gone) for entry in ledger.entries)
    fresh = [
        item
        for index, item in enumerate(contents.items)
        if matching.uids[index] is None and index not in matching.doubtful
    ]
    since = found.document.since
    updated = replace(
        ledger,
        blob=found.document.blob,
        commit=since.sha if since else ledger.commit,
        about=contents.about,
        entries=(*kept, *_entries(kept, fresh, ledger.document, facts.policy, today)),
    )
    said = {**by_uid, **dict(zip((each.uid for each in updated.entries[len(kept) :]), fresh, strict=True))}
    items = tuple(
        _item(facts, updated, entry, said.get(entry.uid), tracking.number, today) for entry in updated.entries
    )
    was_gone = {entry.uid for entry in ledger.entries if entry.gone}
    removed = tuple(each for each in items if each.entry.gone and each.entry.uid not in was_gone)
    return Followed(ledger=updated, tracking=tracking, assignee=None, items=items, doubts=doubts, removed=removed)


def _follow_lost(facts: RepositoryFacts, number: int, today: date) -> Followed:
    ledger = facts.trackings()[number]
    items = tuple(_item(facts, ledger, entry, None, number, today) for entry in ledger.entries)
    return Followed(ledger=ledger, tracking=facts.issues[number], assignee=None, items=items, lost=True)


def _entry_now(entry: Entry, item: Item | None, gone: bool) -> Entry:
    if item is None:
        return replace(entry, gone=gone or entry.gone)
    settled = entry.number is None and (item.said.done or item.said.declined)
    return replace(entry, title=item.said.title, id=item.id, gone=False, settled=settled)


def _entries(
    taken: Iterable[Entry], items: Sequence[Item], document: str, policy: Policy, from_day: date
) -> tuple[Entry, ...]:
    """Ledger entries for items that were never seen before; what they promise is what they say now."""
    uids = {entry.uid for entry in taken}
    seen: Counter[str] = Counter()
    entries = []
    for item in items:
        title = item.said.title
        uid = item_uid(document, title, seen[title])
        while uid in uids:  # an item of that title was there before, and is another one
            seen[title] += 1
            uid = item_uid(document, title, seen[title])
        seen[title] += 1
        uids.add(uid)
        entries.append(
            Entry(
                uid=uid,
                number=None,
                title=title,
                id=item.id,
                due=_promised_day(item.said, policy, from_day),
                priority=item.said.priority,
                settled=item.said.done or item.said.declined,
            )
        )
    return tuple(entries)


def _promised_day(said: Said, policy: Policy, from_day: date) -> date | None:
    if said.due is not None:
        return said.due
    return default_deadline(policy, said.priority, from_day) if said.priority else None


def _item(
    facts: RepositoryFacts, ledger: Ledger, entry: Entry, item: Item | None, tracking: int, today: date
) -> FollowedItem:
    """One action item: what its issue is to be, from what is remembered, said and shown."""
    issue = _issue_of(facts, ledger, entry)
    if issue is None:
        return _new_item(facts, ledger, entry, item, tracking)
    fresh, entry = entry.number is None, replace(entry, number=issue.number)
    promise = facts.promises().get(issue.number) or _repaired(ledger, entry, item, issue, facts, tracking)
    said = item.said if item else promise.said
    owner = _account(facts, said.owner)
    merged = merge(promise, said, standing(issue, facts.milestones), owner, today)
    return FollowedItem(
        entry=entry,
        said=said,
        issue=issue,
        merged=merged,
        fresh=fresh,
        by_default=said.due is None and promise.due is not None,
        unassigned=_unassigned(said, owner, merged.assignees),
    )


def _new_item(facts: RepositoryFacts, ledger: Ledger, entry: Entry, item: Item | None, tracking: int) -> FollowedItem:
    """An item without an issue: it gets one unless it is settled, gone, or its issue was removed by a person."""
    if item is None or entry.settled or entry.gone or entry.number is not None:
        return FollowedItem(entry=entry, said=item.said if item else None, issue=None, merged=None)
    said = item.said
    owner = _account(facts, said.owner)
    title = issue_title(said.title)
    shown = Shown(title=title, assignees=(owner.id,) if owner else (), milestone=entry.due, open=True)
    promise = Promise(
        document=ledger.document,
        uid=entry.uid,
        tracking=tracking,
        said=said,
        shown=shown,
        due=entry.due,
        priority=entry.priority,
    )
    merged = Merged(title, (owner,) if owner else (), entry.due, True, None, promise)
    return FollowedItem(
        entry=entry,
        said=said,
        issue=None,
        merged=merged,
        by_default=said.due is None and entry.due is not None,
        unassigned=_unassigned(said, owner, merged.assignees),
    )


def _issue_of(facts: RepositoryFacts, ledger: Ledger, entry: Entry) -> Issue | None:
    """An entry's issue: the one the ledger names, else one whose own marker says so (the answer to it was lost)."""
    if entry.number is not None:
        return facts.issues.get(entry.number)
    own = (
        number
        for number, promise in facts.promises().items()
        if promise.uid == entry.uid and promise.document == ledger.document
    )
    number = min(own, default=None)
    return facts.issues[number] if number is not None else None


def _repaired(
    ledger: Ledger, entry: Entry, item: Item | None, issue: Issue, facts: RepositoryFacts, tracking: int
) -> Promise:
    """The promise of an issue whose marker is damaged or gone: what the ledger has of it, and how the issue stands.

    Who chose the assignees is forgotten with it, so they are taken for a person's choice.
    """
    now = standing(issue, facts.milestones)
    shown = Shown(title=now.title, assignees=(), milestone=now.milestone or entry.due, open=True)
    said = item.said if item else Said(title=entry.title, due=entry.due, priority=entry.priority)
    return Promise(
        document=ledger.document,
        uid=entry.uid,
        tracking=tracking,
        said=said,
        shown=shown,
        due=entry.due,
        priority=entry.priority,
    )


def _account(facts: RepositoryFacts, login: str | None) -> User | None:
    """The account that an owner's issue is assigned to: the owner's, or their sponsor's; None if neither can be."""
    if login is None or facts.assignable is None:
        return None
    person = facts.policy.person(login)
    for each in (login, person.sponsor if person else None):
        if each and (account := facts.assignable.get(each.casefold())):
            return account
    return None


def _unassigned(said: Said, owner: User | None, assignees: Sequence[User]) -> str:
    return "" if owner or assignees else said.owner_text


def _responsible(facts: RepositoryFacts, contents: Contents) -> User | None:
    """Who looks after a tracking issue: the policy's revisit owner, else the first author's manager, else an author."""
    policy = facts.policy
    first = policy.person(contents.author_logins[0]) if contents.author_logins else None
    manager = (first.manager or policy.managers.get(first.team or "")) if first else None
    wanted = (policy.revisits.owner, manager or policy.managers.get("default"), *contents.author_logins)
    return next((account for login in wanted if (account := _account(facts, login))), None)


def _duplicate_actions(facts: RepositoryFacts, places: Whereabouts) -> Mapping[int, int]:
    """Action issues of the same item, with the number of the one that stays: the ledger's, else the lowest."""
    named = {entry.number for ledger in facts.trackings().values() for entry in ledger.entries}
    by_item: dict[tuple[str, str], list[int]] = {}
    for number, promise in sorted(facts.promises().items()):
        by_item.setdefault((promise.document, promise.uid), []).append(number)
    duplicates: dict[int, int] = {}
    for numbers in by_item.values():
        stays = next((each for each in numbers if each in named), numbers[0])
        duplicates |= {each: stays for each in numbers if each != stays}
    return duplicates
