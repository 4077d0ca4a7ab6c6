"""Many new postmortems at once are an import, not incidents: they wait until somebody says `/adopt`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.core.followed import Adopting
from app.core.records import Adoption
from app.core.remembered import Remembered
from app.core.repository_facts import RepositoryFacts
from app.core.uids import document_digest

MOST_AT_ONCE = 5
"""How many new postmortems one pass follows up without being told to."""

MOST_NAMES = 4_000
"""How many names one issue remembers of those it asks about, two each; the others come to another one after it."""


@dataclass(frozen=True, slots=True)
class _New:
    """A new document, and the digests of what a list may know it by.

    Attributes:
        path: where it is.
        own: of its path and its id: one of them stays where it is moved, or is given another incident.
        known_by: these, and those of where it stood before.
    """

    path: str
    own: frozenset[str]
    known_by: frozenset[str]

    def is_in(self, names: Collection[str]) -> bool:
        """Whether it is on a list with those names."""
        return not self.known_by.isdisjoint(names)


def adopt(
    new: Mapping[str, str], remembered: Remembered, facts: RepositoryFacts
) -> tuple[frozenset[str], tuple[Adopting, ...]]:
    """Which of the new documents are followed up now, and what is to be said of the others.

    `new` has their paths and ids; the result has paths. A list that a person closed without a word stays closed, and
    what it names is left alone.
    """
    documents = _documents(new, facts)
    records = _restored(documents, remembered, facts)
    through = {each for record in records.values() if record.adopted for each in record.waiting}
    asked = {number: each for number, each in records.items() if not each.adopted and not each.closed}
    unknown = _unknown(documents, records)
    is_lost = any(facts.issues[number].open for number in remembered.lost_lists)
    is_full = any(not _room(each) and facts.issues[number].open for number, each in asked.items())
    too_many = unknown if len(unknown) > MOST_AT_ONCE or is_full or is_lost else []
    chosen = {each.path for each in documents if each.is_in(through)} | {each.path for each in unknown if not too_many}
    return frozenset(chosen), tuple(_wanted(documents, too_many, records, facts))


def _restored(documents: Sequence[_New], remembered: Remembered, facts: RepositoryFacts) -> Mapping[int, Adoption]:
    """The lists, where one that a person closed, and that is lost, holds what it may have held.

    That is whatever nobody has heard of, if it is more than would be followed up without a word. One that is open gets
    that anyway.
    """
    records = dict(remembered.adoptions)
    for number in sorted(each for each in remembered.lost_lists if not facts.issues[each].open):
        unknown = _unknown(documents, records)
        is_many = len(unknown) > MOST_AT_ONCE
        records[number] = Adoption(waiting=_names(unknown[: MOST_NAMES // 2])) if is_many else Adoption(closed=True)
    return records


def _unknown(documents: Sequence[_New], records: Mapping[int, Adoption]) -> Sequence[_New]:
    """The documents that are on no list that counts."""
    names = {name for each in records.values() if each.adopted or not each.closed for name in each.waiting}
    return [each for each in documents if not each.is_in(names)]


def _documents(new: Mapping[str, str], facts: RepositoryFacts) -> Sequence[_New]:
    origins = {each.path: each.origins for each in facts.documents}
    found = []
    for path, document in new.items():
        own = frozenset({document_digest(path), document_digest(document)})
        found.append(_New(path, own, own | {document_digest(each) for each in origins.get(path, ())}))
    return found


def _room(record: Adoption) -> int:
    """How many documents more an issue can remember."""
    return max(0, MOST_NAMES - len(record.waiting)) // 2


def is_asked_for(document: str, remembered: Remembered) -> bool:
    """Whether a document is followed up since somebody said so."""
    return document_digest(document) in _through(remembered)


def _through(remembered: Remembered) -> frozenset[str]:
    return frozenset(each for record in remembered.adoptions.values() if record.adopted for each in record.waiting)


def _wanted(
    documents: Sequence[_New], too_many: Sequence[_New], records: Mapping[int, Adoption], facts: RepositoryFacts
) -> Iterable[Adopting]:
    pending = [number for number in sorted(records) if facts.issues[number].open]
    for number, record in sorted(records.items()):
        is_lost = not isinstance(facts.issues[number].record, Adoption)
        if number not in pending and (is_lost or not (record.adopted or record.closed)):  # `/adopt` may come still
            yield Adopting(number=number, record=record, paths=(), open=False)
    asking = next((number for number in pending if not records[number].adopted), None)
    for number in pending:
        more = too_many if number == asking else ()
        yield _kept(number, records[number], documents, more)
    if too_many and asking is None:
        first = too_many[: MOST_NAMES // 2]
        record = Adoption(waiting=_names(first))
        yield Adopting(number=None, record=record, paths=tuple(each.path for each in first), open=True)


def _kept(number: int, record: Adoption, documents: Sequence[_New], more: Sequence[_New]) -> Adopting:
    """A list that is open: without what is followed up or gone by now, and closed by us once nothing is left."""
    added = {each.path for each in more[: _room(record)]}
    waiting = [each for each in documents if each.is_in(record.waiting) or each.path in added]
    finished = not waiting and not record.closed
    return Adopting(
        number=number,
        record=replace(
            record, waiting=_names(waiting) if waiting else record.waiting, closed=record.closed or finished
        ),
        paths=tuple(each.path for each in waiting),
        open=not finished,
    )


def _names(documents: Iterable[_New]) -> tuple[str, ...]:
    return tuple(sorted(frozenset().union(*(each.own for each in documents))))


def listed_names(facts: RepositoryFacts) -> frozenset[str]:
    """Digests of all that waits for a word, or is left alone since it got none; see `document_digest`."""
    records = (issue.record for issue in facts.issues.values() if issue.ours)
    lists = [each for each in records if isinstance(each, Adoption) and not (each.adopted or each.closed)]
    return frozenset(name for each in lists for name in each.waiting)
