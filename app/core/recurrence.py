"""It happened again: which later postmortem is one of an earlier one, what links the two, and what is owed.

Two things say so: a person on the tracking issue (`/recurrence yes #N`), and a later document that declares it. What a
document says is read anew in each pass, so that a declaration which is taken back owes nothing: then the label goes,
what links the two is shortened to a line that says so, and a successor that was found by it is looked for again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from app.core.calendar.revisit import Later
from app.core.followed import Followed, FollowUp
from app.core.ledger import DOCUMENT, Ledger, Recurred
from app.core.references import is_issue, names, references_in, speaks_of
from app.core.repository_facts import INSUFFICIENT_LABEL, Issue, RepositoryFacts

LABELLED = "insufficient"
"""What a ledger remembers once the label is on: it is put on once, and stays off where people take it off."""

_NONE = 0


def later_naming(number: int, ledgers: Mapping[int, Ledger]) -> tuple[Later, ...]:
    """The postmortems that came after the one whose tracking issue has that number, and name it; oldest first."""
    earlier = ledgers.get(number)
    if earlier is None:
        return ()
    found = [
        Later(other, ledger.about.headline, _declares(ledger, earlier, number))
        for other, ledger in sorted(ledgers.items())
        if _is_later(other, ledger, number, earlier)
    ]
    return tuple(each for each in found if each.declares or _names(ledgers[each.number], earlier, number))


def owed_by(number: int, ledgers: Mapping[int, Ledger]) -> tuple[int, ...]:
    """The tracking issues of the postmortems that the one with that tracking issue is a recurrence of."""
    return tuple(
        other
        for other, ledger in sorted(ledgers.items())
        if other != number
        and any(each.happened and number in {each.issue, each.successor} for each in ledger.recurrences)
    )


def link_about(tracking: int, number: int) -> str:
    """What the comment on a new incident is known by, which names the tracking issue of the first one."""
    return f"recurs:{tracking}:{number}"


def word_about(number: int) -> str:
    """What the comment on the first tracking issue is known by, which names the new incident."""
    return f"recurred:{number}"


def with_recurrences(decided: FollowUp, facts: RepositoryFacts, today: date) -> FollowUp:
    """The follow-up with what recurrences change: who declares one, the label, and the comments that link both.

    `unread_recurrences` are the numbers that have to be looked up first.
    """
    postmortems = tuple(_with_recurrences(each, decided.postmortems, facts, today) for each in decided.postmortems)
    said = [each for followed in postmortems for each in followed.ledger.recurrences if _is_unread(each, facts)]
    unread = {each.issue for each in said if each.issue is not None}
    unread |= {number for each in postmortems for number in each.unlinks if not _is_known(number, facts)}
    return replace(decided, postmortems=postmortems, unread_recurrences=frozenset(unread))


def new_on_pulls(before: RepositoryFacts, after: RepositoryFacts) -> tuple[int, ...]:
    """Numbers of the pull requests that have become recurrences in between: their checks ask for more now."""
    return tuple(sorted(number for number in _happened_at(after) - _happened_at(before) if number in after.pulls))


def _happened_at(facts: RepositoryFacts) -> frozenset[int]:
    said = [each for ledger in facts.trackings().values() for each in ledger.recurrences if each.happened]
    return frozenset(each.issue for each in said if each.issue is not None)


def _with_recurrences(
    followed: Followed, postmortems: Sequence[Followed], facts: RepositoryFacts, today: date
) -> Followed:
    tracking = followed.tracking
    if tracking is None:
        return followed
    about = partial(_about, followed, postmortems)
    brought = partial(_brought, followed, postmortems)
    declares = partial(_is_declared_by, followed, postmortems)
    people = (_revised(each, declares) for each in followed.ledger.recurrences if each.comment)
    said = [_revised(_resolved(each, about, brought, facts, today), declares) for each in people]
    named = {number for each in said if each.happened for number in (each.issue, each.successor)}
    declared = [
        each for each in _declared(followed.ledger, tracking.number, postmortems, today) if each.issue not in named
    ]
    ledger = replace(followed.ledger, recurrences=(*said, *declared))
    followed = _without_old_links(replace(followed, ledger=ledger), tracking.number, facts)
    ledger = followed.ledger
    if not ledger.owes_postmortem:
        return _without_label(followed, tracking)
    gone = [each for each in _links(ledger, tracking.number) if not _is_there(each[1], facts)]
    told = [about for about, _ in gone if about not in ledger.told]
    labels = None
    if LABELLED not in ledger.told:
        labels = tracking.labels | {INSUFFICIENT_LABEL}
        told.append(LABELLED)
    links = tuple(number for about, number in _links(ledger, tracking.number) if about not in {*ledger.told, *told})
    return replace(followed, ledger=replace(ledger, told=(*ledger.told, *told)), labels=labels, links=links)


def _without_old_links(followed: Followed, tracking: int, facts: RepositoryFacts) -> Followed:
    """The postmortem, where what was said of recurrences that are none any more may be said again, if they are."""
    ledger = followed.ledger
    happened = {each.issue for each in ledger.recurrences if each.happened}
    links = dict(_links(ledger, tracking))
    told = {about: number for about in ledger.told if about not in links and (number := _linked(about, tracking))}
    words = {about: number for about in ledger.told if (number := _worded(about)) and number not in happened}
    if not (told or words):
        return followed
    ledger = replace(ledger, told=tuple(each for each in ledger.told if each not in {*told, *words}))
    gone = {number for number in told.values() if not _is_there(number, facts)}
    unlinks = {*(set(told.values()) - gone), *words.values()}
    return replace(followed, ledger=ledger, unlinks=tuple(sorted(unlinks)))


def _linked(about: str, tracking: int) -> int | None:
    """The number of the issue on which a comment stands that names a first tracking issue; None for another comment."""
    first, _, number = about.removeprefix("recurs:").partition(":")
    return int(number) if about.startswith("recurs:") and first == f"{tracking}" and number.isdecimal() else None


def _worded(about: str) -> int | None:
    """The number of the new incident that a comment on the first tracking issue names; None for another comment."""
    number = about.removeprefix("recurred:")
    return int(number) if number != about and number.isdecimal() else None


def _without_label(followed: Followed, tracking: Issue) -> Followed:
    """The postmortem without the label, where it did happen again as far as was known before, and does not any more.

    Where people took it off before, it stays off, whatever comes; where they put it on since, it stays on.
    """
    before, ledger = tracking.record, followed.ledger
    was_owed = isinstance(before, Ledger) and before.owes_postmortem
    if not (was_owed or followed.unlinks) or LABELLED not in ledger.told or INSUFFICIENT_LABEL not in tracking.labels:
        return followed
    ledger = replace(ledger, told=tuple(each for each in ledger.told if each != LABELLED))
    return replace(followed, ledger=ledger, labels=tracking.labels - {INSUFFICIENT_LABEL})


def _links(ledger: Ledger, tracking: int) -> Iterator[tuple[str, int]]:
    """Where the first postmortem is to be named: what that comment is known by, and on which issue it stands."""
    numbers = (number for each in ledger.recurrences if each.happened for number in (each.issue, each.successor))
    for number in dict.fromkeys(numbers):
        if number:
            yield link_about(tracking, number), number


def _declared(earlier: Ledger, number: int, postmortems: Sequence[Followed], today: date) -> Iterator[Recurred]:
    """What later documents declare; the day is that on which it was first seen."""
    known = {each.issue: each for each in earlier.recurrences if not each.comment}
    for other in postmortems:
        later = other.tracking
        if later is None or not _is_later(later.number, other.ledger, number, earlier):
            continue
        if _declares(other.ledger, earlier, number):
            new = Recurred(happened=True, issue=later.number, by=DOCUMENT, on=today, comment=0, successor=_NONE)
            yield known.get(later.number, new)


def _revised(said: Recurred, declares: Callable[[int], bool | None]) -> Recurred:
    """What was said, without a successor that was one by its own word, and has taken that back."""
    if not said.happened or not said.successor:
        return said
    declared = declares(said.successor)
    if said.named and declared is False:
        return replace(said, successor=None, named=False)
    return replace(said, named=said.named or bool(declared))


def _is_declared_by(earlier: Followed, postmortems: Sequence[Followed], number: int) -> bool | None:
    """Whether a later postmortem declares the earlier one; None if it is not followed up any more."""
    later = next((each for each in postmortems if each.tracking and each.tracking.number == number), None)
    if later is None or later.lost or earlier.tracking is None:
        return None
    return _declares(later.ledger, earlier.ledger, earlier.tracking.number)


def _resolved(
    said: Recurred,
    about: Callable[[int], int | None],
    brought: Callable[[frozenset[str]], int | None],
    facts: RepositoryFacts,
    today: date,
) -> Recurred:
    """What was said, with the postmortem that a merged pull request brought, or that is about that issue.

    What was merged a moment ago may not have been there yet when the documents were read: that it brought none is
    believed on another day. The postmortem of an issue may come at any time.
    """
    if not said.happened or said.issue is None or said.successor:
        return said
    if said.successor is None and not _is_known(said.issue, facts):
        return said
    if number := about(said.issue):
        return replace(said, successor=number, sought=None)
    if said.successor == _NONE:
        return said
    pull = facts.pulls.get(said.issue)
    if pull is None or (pull.merged is None and not pull.open):
        return replace(said, successor=_NONE)
    if pull.merged is None:
        return said
    successor = brought(pull.merged)
    if successor == _NONE and said.sought is None:
        return replace(said, sought=today)
    if successor is None or (successor == _NONE and said.sought == today):
        return said
    return replace(said, successor=successor, sought=None)


def _about(earlier: Followed, postmortems: Sequence[Followed], incident: int) -> int | None:
    """The tracking issue of the later postmortem of the incident that an issue is about; None if there is none.

    Its incident is that issue, or it names the issue and declares itself a recurrence of the earlier one.
    """
    if earlier.tracking is None:
        return None
    number = earlier.tracking.number
    ledgers = {each.tracking.number: each.ledger for each in postmortems if each.tracking}
    if incident in ledgers:
        return None
    later = [each for each, ledger in ledgers.items() if _is_later(each, ledger, number, earlier.ledger)]
    own = [each for each in later if is_issue(ledgers[each].document, incident)]
    naming = [
        each
        for each in later
        if any(is_issue(name, incident) for name in ledgers[each].about.names)
        and _declares(ledgers[each], earlier.ledger, number)
    ]
    return min(own or naming, default=None)


def _brought(earlier: Followed, postmortems: Sequence[Followed], paths: frozenset[str]) -> int | None:
    """The tracking issue of the later postmortem among those at some paths, or `_NONE`; None while one is being opened.

    A pull request may change other postmortems as well, for instance to link the new one: what speaks of the earlier
    one comes first.
    """
    found = [each for each in postmortems if each.ledger.path in paths and each is not earlier]
    if earlier.tracking is None or any(each.tracking is None for each in found):
        return None
    number = earlier.tracking.number
    later = {each.tracking.number: each.ledger for each in found if each.tracking}
    later = {each: ledger for each, ledger in later.items() if _is_later(each, ledger, number, earlier.ledger)}
    return min(later, key=lambda each: (*_speaks_of(later[each], earlier.ledger, number), each), default=_NONE)


def _speaks_of(later: Ledger, earlier: Ledger, number: int) -> tuple[bool, bool]:
    """What sorts a postmortem that declares an earlier one first, then one that names it."""
    return not _declares(later, earlier, number), not _names(later, earlier, number)


def _is_unread(said: Recurred, facts: RepositoryFacts) -> bool:
    waits = said.happened and said.successor is None and said.issue is not None
    return waits and not _is_known(said.issue or 0, facts)


def _is_known(number: int, facts: RepositoryFacts) -> bool:
    return number in facts.issues or number in facts.looked_at or number in facts.pulls


def _is_there(number: int, facts: RepositoryFacts) -> bool:
    """Whether something can be said there, as far as is known."""
    return number in facts.issues or number in facts.pulls or number not in facts.looked_at


def _is_later(number: int, ledger: Ledger, than: int, earlier: Ledger) -> bool:
    return number != than and (ledger.merged, number) > (earlier.merged, than)


def _declares(later: Ledger, earlier: Ledger, number: int) -> bool:
    text = later.about.recurrence_of
    if not text:
        return False
    found = references_in(text)
    return speaks_of(text, earlier.document) or _are_names(found, later, earlier, number)


def _names(later: Ledger, earlier: Ledger, number: int) -> bool:
    return _are_names(later.about.names, later, earlier, number)


def _are_names(references: Sequence[str], later: Ledger, earlier: Ledger, number: int) -> bool:
    return names(references, later.path, path=earlier.path, document=earlier.document, tracking=number)
