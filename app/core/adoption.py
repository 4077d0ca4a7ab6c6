"""Many new postmortems at once are an import, not incidents: they wait until somebody says `/adopt`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.core.followed import Adopting
from app.core.records import Adoption
from app.core.remembered import Remembered
from app.core.repository_facts import RepositoryFacts
from app.core.uids import document_digest

MOST_AT_ONCE = 5
"""How many new postmortems one pass follows up without being told to."""

MOST_WAITING = 3_000
"""How many one issue asks about, since it has to remember them; the others come to another one after it."""


def adopt(
    new: Mapping[str, str], remembered: Remembered, facts: RepositoryFacts
) -> tuple[frozenset[str], tuple[Adopting, ...]]:
    """Which of the new documents are followed up now, and what is to be said of the others.

    `new` has their paths and ids; the result has paths. A list that a person closed without a word stays closed, and
    what it names is left alone.
    """
    digests = {path: document_digest(document) for path, document in new.items()}
    through = _through(remembered)
    asked = {number: each for number, each in remembered.adoptions.items() if not each.adopted and not each.closed}
    held = {each for record in asked.values() for each in record.waiting}
    unknown = [path for path, digest in digests.items() if digest not in through | held]
    is_full = any(len(each.waiting) >= MOST_WAITING and facts.issues[number].open for number, each in asked.items())
    too_many = unknown if len(unknown) > MOST_AT_ONCE or is_full else []
    chosen = {path for path, digest in digests.items() if digest in through} | (set(unknown) - set(too_many))
    return frozenset(chosen), tuple(_wanted(digests, too_many, remembered, facts))


def is_asked_for(document: str, remembered: Remembered) -> bool:
    """Whether a document is followed up since somebody said so."""
    return document_digest(document) in _through(remembered)


def _through(remembered: Remembered) -> frozenset[str]:
    return frozenset(each for record in remembered.adoptions.values() if record.adopted for each in record.waiting)


def _wanted(
    digests: Mapping[str, str], too_many: Sequence[str], remembered: Remembered, facts: RepositoryFacts
) -> Iterable[Adopting]:
    pending = [number for number in sorted(remembered.adoptions) if facts.issues[number].open]
    asking = next((number for number in pending if not remembered.adoptions[number].adopted), None)
    for number in pending:
        more = too_many if number == asking else ()
        yield _kept(number, remembered.adoptions[number], digests, more)
    if too_many and asking is None:
        first = too_many[:MOST_WAITING]
        record = Adoption(waiting=tuple(sorted(digests[path] for path in first)))
        yield Adopting(number=None, record=record, paths=tuple(first), open=True)


def _kept(number: int, record: Adoption, digests: Mapping[str, str], more: Sequence[str]) -> Adopting:
    """A list that is open: without what is followed up or gone by now, and closed by us once nothing is left."""
    known, added = frozenset(record.waiting), frozenset(more[: max(0, MOST_WAITING - len(record.waiting))])
    waiting = [path for path, digest in digests.items() if digest in known or path in added]
    finished = not waiting and not record.closed
    kept = record.waiting if not waiting else tuple(sorted(digests[path] for path in waiting))
    return Adopting(
        number=number,
        record=replace(record, waiting=kept, closed=record.closed or finished),
        paths=tuple(waiting),
        open=not finished,
    )
