"""What should be true of the issues of a repository: facts, policy and the time in, the followed postmortems out.

The result is data; `app.render.follow_up` puts it into words, `app.core.plan_issues` finds what is still to be written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from app.core.adoption import adopt
from app.core.answers import obey
from app.core.calendar.due import with_notices
from app.core.calendar.working_time import working_time
from app.core.document_ids import with_free_ids
from app.core.elsewhere import with_elsewhere
from app.core.follow_through import with_figures
from app.core.followed import Followed, FollowUp, Rivalry
from app.core.followed_document import begin, follow_known, follow_lost, read_again
from app.core.followed_item import Circumstances
from app.core.known_versions import known_versions
from app.core.ledger import Ledger
from app.core.left_alone import with_left_alone
from app.core.merged_document import Contents, read_contents
from app.core.own_issues import RIVALS
from app.core.recurrence import with_recurrences
from app.core.remembered import Remembered, empty_ledger, orphan_of, remember, unclear_trackings
from app.core.repository_facts import Issue, RepositoryFacts
from app.core.tracking import with_tracking
from app.core.uids import document_uid, vanished_about
from app.core.whereabouts import Found, Whereabouts, locate

MOST_VANISHED = 5
"""How many items may be gone at once and be believed: more is a document that is read differently now."""


def follow_up(facts: RepositoryFacts, now: datetime) -> FollowUp:
    """What should be true of a repository's issues at the instant `now`."""
    remembered = remember(facts)
    rivalry = _rivalry(facts, remembered)
    if facts.rivals:
        return FollowUp(rivalry=rivalry, duplicates={})
    today = now.astimezone(ZoneInfo(facts.policy.timezone)).date()
    contents = _contents(facts)
    places = _with_orphans(
        _with_ids(locate(remembered.ledgers, facts.documents, contents), remembered, facts), remembered
    )
    unclear = unclear_trackings(remembered, {each.tracking for each in places.found})
    new = {
        each.document.path: each.contents.document
        for each in places.found
        if each.tracking is None and each.contents and _is_due(each, facts) and not _may_be_unclear(each, unclear)
    }
    new = {path: document for path, document in new.items() if not _may_be_begun(contents[path], document, facts)}
    chosen, adopting = adopt(new, remembered, facts)
    here = Circumstances(facts=facts, remembered=remembered, today=today, taken=_taken(remembered))
    followed = [
        each
        for found in places.found
        if (found.tracking is not None or found.document.path in chosen) and (each := _follow(here, found)) is not None
    ]
    lost = [follow_lost(here, number) for number in places.lost if number in facts.issues]
    decided = FollowUp(
        postmortems=tuple(with_tracking(each, facts) for each in (*_believed(here, followed), *lost)),
        adopting=adopting,
        rivalry=rivalry,
        unclear=unclear,
        duplicates={**places.duplicates, **_duplicate_actions(remembered, places)},
        unread_below=remembered.damaged - facts.below.keys(),
    )
    decided = with_left_alone(obey(decided, facts, today), remembered, facts)
    decided = with_recurrences(with_elsewhere(decided), facts, today)
    decided = with_figures(decided, remembered, facts, working_time(facts.policy), now)
    return with_notices(decided, remembered, facts, now)


def _rivalry(facts: RepositoryFacts, remembered: Remembered) -> Rivalry | None:
    """What is to be said of another App: once, and taken back when the policy trusts it."""
    said = min((number for number, each in remembered.notices.items() if each.about == RIVALS), default=None)
    if facts.rivals:
        return Rivalry(number=said, logins=facts.rivals, open=facts.issues[said].open if said else True)
    return Rivalry(number=said, logins=(), open=False) if said and facts.issues[said].open else None


def _contents(facts: RepositoryFacts) -> Mapping[str, Contents]:
    known = known_versions(facts, {document.path for document in facts.documents})
    read = {
        document.path: read_contents(document, facts.policy)
        for document in facts.documents
        if document.data is not None and not known.has(document.path, document.blob)
    }
    return {path: contents for path, contents in read.items() if contents is not None}


def _with_ids(places: Whereabouts, remembered: Remembered, facts: RepositoryFacts) -> Whereabouts:
    """The places, where each document that has no ledger has an id of its own: those that are to be followed first."""
    new = [each for each in places.found if each.tracking is None]
    new.sort(key=lambda each: (not _is_due(each, facts), each.document.path))
    read = [(each.document.path, each.contents) for each in new if each.contents]
    contents = with_free_ids(read, {each.document for each in remembered.ledgers.values()})
    return replace(
        places,
        found=tuple(replace(each, contents=contents.get(each.document.path, each.contents)) for each in places.found),
    )


def _with_orphans(places: Whereabouts, remembered: Remembered) -> Whereabouts:
    """The places, with the tracking issues that remember nothing, and still show which document they belong to."""
    taken: set[int] = set()

    def with_orphan(found: Found) -> Found:
        if found.tracking is not None or found.contents is None:
            return found
        orphan = orphan_of(found.document, found.contents, remembered)
        if orphan is None or orphan.number in taken:
            return found
        taken.add(orphan.number)
        return replace(found, tracking=orphan.number)

    return replace(places, found=tuple(with_orphan(each) for each in places.found))


def _is_due(found: Found, facts: RepositoryFacts) -> bool:
    """Whether a postmortem that nobody follows up is to be: it came after the adoption, and so did its incident."""
    contents, adopted = found.contents, facts.policy.adopted
    if contents is None or found.document.since is None or found.document.path in facts.old:
        return False
    return adopted is None or contents.day is None or contents.day >= adopted


def _may_be_unclear(found: Found, unclear: tuple[Issue, ...]) -> bool:
    """Whether a tracking issue that remembers nothing may be this document's: not if that came later."""
    since = found.document.since
    return any(since is not None and since.at <= issue.updated_at for issue in unclear)


def _may_be_begun(contents: Contents, document: str, facts: RepositoryFacts) -> bool:
    """Whether a document that yields its id may be the one that got it just now, which no list shows yet."""
    said = contents.document
    is_shown = any(ledger.document == said for ledger in facts.trackings().values())
    return document != said and document_uid(said) in facts.awaited and not is_shown


def _taken(remembered: Remembered) -> set[int]:
    return {
        entry.number
        for ledger in remembered.ledgers.values()
        for entry in ledger.entries
        if entry.linked and entry.number is not None
    }


def _follow(here: Circumstances, found: Found) -> Followed | None:
    """A document that is followed up; None where its tracking issue was removed by a person: then it stays alone."""
    contents, since = found.contents, found.document.since
    if found.tracking is None:
        return begin(here, found, contents, since) if contents and since else None
    tracking = here.facts.issues.get(found.tracking)
    if tracking is None:
        return None
    ledger = here.remembered.ledgers.get(found.tracking) or _of_orphan(found, tracking)
    ledger = _moved(ledger, found)
    if contents is not None:
        return read_again(here, found, contents, ledger, tracking)
    return follow_known(here, ledger, tracking)


def _moved(ledger: Ledger, found: Found) -> Ledger:
    """The ledger at the document's path, with a commit that has it there: both together make a link."""
    path, since = found.document.path, found.document.since
    is_known = path != ledger.path and ledger.commit and since
    return replace(ledger, path=path, commit=since.sha if is_known and since else ledger.commit)


def _of_orphan(found: Found, tracking: Issue) -> Ledger:
    return empty_ledger(found.contents.document if found.contents else found.document.path, tracking)


def _believed(here: Circumstances, followed: list[Followed]) -> list[Followed]:
    """The postmortems; those whose items vanished, many at once, as they were before, with what they lost."""
    are_many = sum(len(each.vanished) for each in followed) > MOST_VANISHED
    return [_as_before(here, each) if _is_to_wait(each, are_many) else replace(each, vanished=()) for each in followed]


def _is_to_wait(followed: Followed, are_many: bool) -> bool:
    """Whether a version is not believed before somebody says so; one of which that was asked waits by itself."""
    ledger = followed.ledger
    is_asked = vanished_about(ledger.blob) in ledger.told
    return bool(followed.vanished) and ledger.adopted != ledger.blob and (are_many or is_asked)


def _as_before(here: Circumstances, followed: Followed) -> Followed:
    tracking = followed.tracking
    if tracking is None:
        return followed
    ledger = replace(here.remembered.ledgers[tracking.number], path=followed.ledger.path)
    before = follow_known(here, ledger, tracking)
    return replace(before, vanished=followed.vanished, awaits=followed.ledger.blob)


def _duplicate_actions(remembered: Remembered, places: Whereabouts) -> Mapping[int, int]:
    """Action issues of the same item, with the number of the one that stays: the ledger's, else the lowest."""
    named = {
        entry.number
        for number, ledger in remembered.ledgers.items()
        if number not in places.duplicates
        for entry in ledger.entries
    }
    duplicates: dict[int, int] = {}
    for numbers in remembered.by_item.values():
        stays = next((each for each in numbers if each in named), numbers[0])
        duplicates |= {each: stays for each in numbers if each != stays}
    return duplicates
