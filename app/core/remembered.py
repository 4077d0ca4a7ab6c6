"""What the issues of a repository remember, put in order once a pass, and repaired where a marker is damaged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from app.core.ledger import About, Entry, Ledger
from app.core.markers import Unreadable
from app.core.merge import tracking_title
from app.core.merged_document import Contents
from app.core.own_issues import recognised
from app.core.promise import Promise, Shown
from app.core.records import Adoption, AgendaMark, FiguresMark, Notice
from app.core.repository_facts import POSTMORTEM_LABEL, Issue, MergedDocument, RepositoryFacts
from app.core.terms import terms_of

_UNKNOWN_DAY = date(1970, 1, 1)
"""Of the first merge, until the document has been read again."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """The records of a repository.

    Attributes:
        ledgers: by the number of the tracking issue: those that can be read, and those that were put together again
            from what the action issues promise. The issue of the latter may be gone: a person removed it.
        promises: by the number of the action issue.
        by_item: numbers of the action issues, lowest first, by document and uid.
        adoptions, notices, agendas, figures: by number; the first three also where the marker is lost.
        lost_lists: numbers of the adoptions of which nobody knows any more what they ask about.
        orphans: issues of ours that remember nothing that can be read, and of which no ledger speaks.
        damaged: numbers of the issues that are, or may be, tracking issues without a ledger that can be read.
    """

    ledgers: Mapping[int, Ledger]
    promises: Mapping[int, Promise]
    by_item: Mapping[tuple[str, str], tuple[int, ...]]
    adoptions: Mapping[int, Adoption]
    notices: Mapping[int, Notice]
    agendas: Mapping[int, AgendaMark]
    figures: Mapping[int, FiguresMark]
    lost_lists: frozenset[int]
    orphans: Mapping[int, Issue]
    damaged: frozenset[int]


def remember(facts: RepositoryFacts) -> Remembered:
    """Read all records."""
    ledgers = dict(facts.trackings())
    promises = _in_their_place(facts.promises(), ledgers)
    rebuilt = _rebuilt(ledgers, promises, facts)
    ledgers |= rebuilt
    named = {entry.number for ledger in ledgers.values() for entry in ledger.entries} | ledgers.keys()
    by_item: dict[tuple[str, str], tuple[int, ...]] = {}
    for number, promise in sorted(promises.items()):
        key = promise.document, promise.uid
        by_item[key] = (*by_item.get(key, ()), number)
    ours = {number: issue.record for number, issue in facts.issues.items() if issue.ours}
    orphans = {
        number: facts.issues[number]
        for number, record in ours.items()
        if number not in named and (record is None or isinstance(record, Unreadable))
    }
    lost = recognised(orphans)
    orphans = {number: each for number, each in orphans.items() if not lost.has(number)}
    maybe = {number for number, issue in orphans.items() if not _is_action(issue)}
    return Remembered(
        ledgers=ledgers,
        promises=promises,
        by_item=by_item,
        adoptions={number: each for number, each in ours.items() if isinstance(each, Adoption)} | lost.adoptions,
        notices={number: each for number, each in ours.items() if isinstance(each, Notice)} | lost.notices,
        agendas={number: each for number, each in ours.items() if isinstance(each, AgendaMark)} | lost.agendas,
        figures={number: record for number, record in ours.items() if isinstance(record, FiguresMark)},
        lost_lists=frozenset(lost.adoptions),
        orphans=orphans,
        damaged=frozenset(maybe | (rebuilt.keys() & facts.issues.keys())),
    )


def _in_their_place(promises: Mapping[int, Promise], ledgers: Mapping[int, Ledger]) -> Mapping[int, Promise]:
    """The promises without those that people have copied to the issue of another item."""
    uids: dict[int, set[tuple[str, str]]] = {}
    for ledger in ledgers.values():
        for entry in ledger.entries:
            if entry.number is not None:
                uids.setdefault(entry.number, set()).add((ledger.document, entry.uid))
    return {
        number: promise
        for number, promise in promises.items()
        if number != promise.tracking and (number not in uids or (promise.document, promise.uid) in uids[number])
    }


def _rebuilt(
    ledgers: Mapping[int, Ledger], promises: Mapping[int, Promise], facts: RepositoryFacts
) -> Mapping[int, Ledger]:
    """Ledgers that cannot be read, or whose issue is gone, from the promises that name them."""
    known = {ledger.document for ledger in ledgers.values()}
    parts: dict[int, list[tuple[int, Promise]]] = {}
    for number, promise in sorted(promises.items()):
        if promise.tracking not in ledgers and promise.document not in known:
            parts.setdefault(promise.tracking, []).append((number, promise))
    return {tracking: _from_promises(tracking, kept, facts) for tracking, kept in parts.items()}


def _from_promises(tracking: int, promises: Sequence[tuple[int, Promise]], facts: RepositoryFacts) -> Ledger:
    entries: dict[str, Entry] = {}
    for number, promise in promises:
        issue = facts.issues[number]
        entry = Entry(
            uid=promise.uid,
            number=number,
            title=promise.said.title,
            id=promise.said.id,
            terms=terms_of(promise.said),
            linked=not issue.ours,
            closed=not issue.open,
        )
        entries.setdefault(promise.uid, with_promise(entry, promise, taken_over=not issue.ours))
    return empty_ledger(promises[0][1].document, facts.issues.get(tracking), tuple(entries.values()))


def with_promise(entry: Entry, promise: Promise, *, taken_over: bool) -> Entry:
    """The entry, with what its issue remembers and must not be forgotten when that is damaged."""
    return replace(
        entry,
        due=promise.due,
        priority=promise.priority,
        extensions=tuple(replace(each, reason="") for each in promise.extensions),
        moves_before=promise.moves_before,
        postponements_before=promise.postponements_before,
        since=promise.since,
        heard=max((promise.heard, *promise.commands)),
        taken_over=taken_over,
    )


def empty_ledger(document: str, tracking: Issue | None, entries: tuple[Entry, ...] = ()) -> Ledger:
    """A ledger that has read no version of its document yet: the next pass does."""
    title = tracking.title if tracking else document
    shown = Shown(title=title, open=True)
    return Ledger(
        document=document,
        path=document,
        blob="",
        commit="",
        merged=_UNKNOWN_DAY,
        about=About(headline=title),
        shown=shown,
        entries=entries,
    )


def orphan_of(document: MergedDocument, contents: Contents, remembered: Remembered) -> Issue | None:
    """The tracking issue of a document that has none by the records: its marker is gone, its title or links are not."""
    title, place = tracking_title(contents.about), f"/{quote(document.path)}?plain=1#"
    matches = [each for each in remembered.orphans.values() if each.title == title and not _is_action(each)]
    matches = matches or [
        each
        for each in remembered.orphans.values()
        if place in each.body and POSTMORTEM_LABEL in each.labels and not _is_action(each)
    ]
    return min(matches, key=lambda each: each.number, default=None)


def orphaned_action(title: str, remembered: Remembered) -> int | None:
    """The action issue that lost its marker before any ledger named it, by its title; None unless it is just one."""
    titles = Counter(each.title for each in remembered.orphans.values())
    if titles[title] != 1:
        return None
    return next(number for number, each in remembered.orphans.items() if each.title == title)


def unclear_trackings(remembered: Remembered, known: Collection[int | None]) -> tuple[Issue, ...]:
    """Tracking issues, open ones and not among the `known`, of which it cannot be told whose they are."""
    return tuple(
        issue
        for _, issue in sorted(remembered.orphans.items())
        if issue.open and issue.number not in known and POSTMORTEM_LABEL in issue.labels and not _is_action(issue)
    )


def _is_action(issue: Issue) -> bool:
    record = issue.record
    return isinstance(record, Unreadable) and '"kind":"action"' in record.line


def is_unread(ledger: Ledger) -> bool:
    """Whether a ledger was put together again, and has not read its document since."""
    return not ledger.commit
