"""A postmortem on the default branch and its ledger: begun, read again, or as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from app.core.adoption import is_asked_for
from app.core.followed import Followed, FollowedItem
from app.core.followed_item import Circumstances, decide_item
from app.core.kept_issues import kept_issues
from app.core.known_versions import with_version
from app.core.ledger import MOST_ENTRIES, Doubt, Entry, Ledger
from app.core.linked_issues import numbers_linked
from app.core.matching import Known, Matching, Standing, Stated, match_items
from app.core.merge import tracking_title
from app.core.merged_document import Contents, Item
from app.core.people_in_charge import author_accounts, tracking_assignee
from app.core.promise import Said, Shown
from app.core.remembered import is_unread
from app.core.repository_facts import Commit, Issue, RepositoryFacts, User
from app.core.terms import terms_of
from app.core.uids import item_uid
from app.core.whereabouts import Found
from rules.actions.default_deadline import default_deadline
from rules.policy import Policy


def begin(here: Circumstances, found: Found, contents: Contents, since: Commit) -> Followed:
    """A postmortem that has no tracking issue yet. Its action issues come once that has a number.

    Where another one stood at its path before, what that path's first commit tells is the day of that one. With items
    that have an issue already, it is read again once the ledger that names those is there.
    """
    facts = here.facts
    if since.changed is not None:
        since = replace(since, at=since.changed)
    merged = _day(since, facts)
    first = contents.items[:MOST_ENTRIES]
    kept = kept_issues(here, contents.document, first)
    entries = _entries(kept.uids, first, contents.document, facts.policy, merged)
    ledger = Ledger(
        document=contents.document,
        path=found.document.path,
        blob="" if kept.issues else found.document.blob,
        commit=since.sha,
        merged=merged,
        merged_at=since.at,
        about=replace(contents.about, more=len(contents.items) - len(first)),
        shown=Shown(title=""),
        asked_for=here.today if is_asked_for(contents.document, here.remembered) else None,
        entries=tuple(kept.named(index, entry) for index, entry in enumerate(entries)),
    )
    items = tuple(
        FollowedItem(
            entry=entry,
            said=item.said,
            issue=facts.issues.get(entry.number or 0),
            merged=None,
            unread_link=kept.unread.get(index),
        )
        for index, (entry, item) in enumerate(zip(ledger.entries, first, strict=True))
    )
    return Followed(ledger=ledger, tracking=None, assignee=tracking_assignee(facts, contents), items=items)


def read_again(here: Circumstances, found: Found, contents: Contents, ledger: Ledger, tracking: Issue) -> Followed:
    """A followed postmortem whose document has changed: its items are matched, once.

    `vanished` are the items that it had when it was last read, and no longer has.
    """
    facts, since = here.facts, found.document.since
    if is_unread(ledger) and since is not None:
        shown = replace(ledger.shown, title=tracking_title(contents.about))
        ledger = replace(ledger, merged=_day(since, facts), merged_at=since.at, shown=shown)
        later = bool(ledger.entries) and not here.remembered.orphans
        first_day = here.today if later else ledger.merged
    else:
        here = replace(here, edited=_edited_on(here, ledger, found))
        first_day, later = here.edited or here.today, True
    matching = _matching(here, ledger, contents)
    by_uid = {uid: item for uid, item in zip(matching.uids, contents.items, strict=True) if uid}
    kept = tuple(_entry_now(entry, by_uid.get(entry.uid), entry.uid in matching.gone) for entry in ledger.entries)
    unknown = [
        item
        for index, item in enumerate(contents.items)
        if matching.uids[index] is None and index not in matching.doubtful
    ]
    fresh = unknown[: max(0, MOST_ENTRIES - len(kept))]
    elsewhere = {each.blob for each in facts.documents if each.path != found.document.path}
    taken = {entry.uid for entry in kept}
    updated = replace(
        with_version(ledger, found.document.blob, elsewhere, found.copies),
        commit=since.sha if since else ledger.commit,
        about=replace(contents.about, more=len(unknown) - len(fresh)),
        entries=(*kept, *_entries(taken, fresh, ledger.document, facts.policy, first_day, later=later)),
    )
    by_uid |= dict(zip((each.uid for each in updated.entries[len(kept) :]), fresh, strict=True))
    authors = author_accounts(facts, contents)
    doubts = _doubts(ledger, contents, matching)
    was_gone = {entry.uid for entry in ledger.entries if entry.gone}
    return Followed(
        ledger=updated.with_questions(doubts),
        tracking=tracking,
        authors=authors,
        items=tuple(
            _decided(here, updated, entry, by_uid.get(entry.uid), tracking.number, authors) for entry in updated.entries
        ),
        doubts=doubts,
        vanished=tuple(entry.title for entry in kept if entry.gone and entry.uid not in was_gone),
    )


def _decided(
    here: Circumstances, ledger: Ledger, entry: Entry, item: Item | None, tracking: int, authors: tuple[User, ...]
) -> FollowedItem:
    decided = decide_item(here, ledger, entry, item, tracking, authors)
    return replace(decided, links=numbers_linked(item.links, here.facts.repository)) if item else decided


def follow_known(here: Circumstances, ledger: Ledger, tracking: Issue) -> Followed:
    """A followed postmortem whose document was read before, or is not believed."""
    items = tuple(decide_item(here, ledger, entry, None, tracking.number, ()) for entry in ledger.entries)
    return Followed(ledger=ledger, tracking=tracking, items=items)


def follow_lost(here: Circumstances, tracking: int) -> Followed:
    """A followed postmortem that is no longer there: its issues stay what they are."""
    ledger = here.remembered.ledgers[tracking]
    return replace(follow_known(here, ledger, here.facts.issues[tracking]), lost=True)


def _day(since: Commit, facts: RepositoryFacts) -> date:
    return since.at.astimezone(ZoneInfo(facts.policy.timezone)).date()


def _edited_on(here: Circumstances, ledger: Ledger, found: Found) -> date | None:
    """The day on which a version came, however late it is read; None if nobody knows, or it waited for a word."""
    since = found.document.since
    if since is None or since.changed is None or ledger.adopted == found.document.blob:
        return None
    return max(ledger.merged, min(_day(replace(since, at=since.changed), here.facts), here.today))


def _matching(here: Circumstances, ledger: Ledger, contents: Contents) -> Matching:
    """Which items are which; a link to the issue of an item says so, too."""
    known = [_known(here, ledger, entry) for entry in ledger.entries]
    by_number = {entry.number: entry.uid for entry in ledger.entries if entry.number is not None}
    linked: Mapping[int, Sequence[str]] = {
        index: [by_number[each] for each in numbers_linked(item.links, here.facts.repository) if each in by_number]
        for index, item in enumerate(contents.items)
    }
    stated = [Stated(each.said.id, each.said.title, terms_of(each.said)) for each in contents.items]
    return match_items(known, stated, linked)


def _known(here: Circumstances, ledger: Ledger, entry: Entry) -> Known:
    numbers = here.remembered.by_item.get((ledger.document, entry.uid), ())
    number = entry.number if entry.number is not None else next(iter(numbers), None)
    issue = here.facts.issues.get(number) if number is not None else None
    return Known(
        uid=entry.uid,
        id=entry.id,
        title=entry.title,
        terms=entry.terms,
        standing=_standing(here, entry, number),
        closed=number is not None and not (issue and issue.open),
    )


def _standing(here: Circumstances, entry: Entry, number: int | None) -> Standing:
    if not entry.gone:
        return Standing.THERE
    if number is None:
        return Standing.REMOVED
    issue = here.facts.issues.get(number)  # none where somebody deleted it: then it is not opened again
    return Standing.REMOVED if issue and issue.open else Standing.OVER


def _doubts(ledger: Ledger, contents: Contents, matching: Matching) -> tuple[Doubt, ...]:
    numbers = {entry.uid: entry.number for entry in ledger.entries}
    return tuple(
        Doubt(
            title=contents.items[index].said.title,
            numbers=tuple(number for uid in matching.candidates[index] if (number := numbers[uid])),
        )
        for index in matching.doubtful
    )


def _entry_now(entry: Entry, item: Item | None, gone: bool) -> Entry:
    if item is None:
        return replace(entry, gone=gone or entry.gone)
    said = item.said
    settled = entry.number is None and (said.done or said.declined)
    known = replace(entry, title=said.title, id=said.id, terms=terms_of(said), gone=False)
    return replace(known, settled=settled, declined=settled and said.declined)


def _entries(
    taken: Iterable[str], items: Sequence[Item], document: str, policy: Policy, from_day: date, *, later: bool = False
) -> tuple[Entry, ...]:
    """Ledger entries for items that were never seen before; what they promise is what they say now.

    `taken` are the uids of others. `later` says whether they came into the document after it was first merged, on
    `from_day`.
    """
    uids = set(taken)
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
                id=item.said.id,
                terms=terms_of(item.said),
                due=_promised_day(item.said, policy, from_day),
                priority=item.said.priority,
                settled=item.said.done or item.said.declined,
                declined=item.said.declined,
                since=from_day if later else None,
            )
        )
    return tuple(entries)


def _promised_day(said: Said, policy: Policy, from_day: date) -> date | None:
    if said.due is not None:
        return said.due
    return default_deadline(policy, said.priority, from_day) if said.priority else None
