"""The largest ledger that anything can lead to still fits into an issue, and is read back with every item in it."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

from app.core.body import MOST_CHARACTERS, compose
from app.core.known_versions import MOST_EARLIER
from app.core.ledger import MOST_ENTRIES, About, Entry, Ledger, Recurred
from app.core.promise import LONGEST_TITLE, MOST_EXTENSIONS, Extension, Noticed, Shown
from app.core.records import record_of
from app.core.terms import Terms
from rules.policy import Priority

_CHANCE = random.Random(3)


def _signs(count: int) -> str:
    """Signs that no packing makes shorter."""
    return "".join(chr(_CHANCE.randint(0x4E00, 0x9FFF)) for _ in range(count))


def _digits(count: int) -> str:
    return f"{_CHANCE.getrandbits(4 * count):0{count}x}"


def _day() -> date:
    return date(2026, 1, 1) + timedelta(days=_CHANCE.randint(0, 900))


def _comment() -> int:
    return _CHANCE.randint(10**9, 4 * 10**9)


def _entry() -> Entry:
    moves = tuple(Extension(to=_day(), on=_day(), by=_digits(12), comment=_comment()) for _ in range(MOST_EXTENSIONS))
    return Entry(
        uid=_digits(16),
        number=_CHANCE.randint(1, 10**5),
        title=_signs(LONGEST_TITLE),
        terms=Terms(*(_digits(4) for _ in range(4))),
        due=_day(),
        priority=Priority.P1,
        closed=True,
        heard=_comment(),
        extensions=moves,
        moves_before=300,
        postponements_before=200,
    )


def _largest() -> Ledger:
    entries = tuple(_entry() for _ in range(MOST_ENTRIES))
    told = [f"{what}:{each.uid}" for each in entries for what in ("gone", "evidence", "extended")]
    return Ledger(
        document=_signs(200),
        path=_signs(400),
        blob=_digits(40),
        commit=_digits(40),
        merged=_day(),
        merged_at=datetime(2026, 5, 6, 12, 34, 56, tzinfo=UTC),
        about=About(
            headline=_signs(LONGEST_TITLE),
            severity=_signs(200),
            day=_day(),
            authors=tuple(_signs(200) for _ in range(30)),
            verification=_signs(1000),
            logins=tuple(_digits(20) for _ in range(30)),
            recurrence_of=_signs(300),
            names=tuple(_signs(200) for _ in range(20)),
        ),
        shown=Shown(title=_signs(LONGEST_TITLE)),
        earlier=tuple(_digits(12) for _ in range(MOST_EARLIER)),
        entries=entries,
        evidence=_signs(500),
        commands=tuple(_comment() for _ in range(500)),
        noticed=tuple(Noticed(about=f"day {number}", on=_day(), managers=("dana",)) for number in range(24)),
        recurrences=tuple(
            Recurred(happened=False, issue=None, by=_digits(10), on=_day(), comment=_comment()) for _ in range(50)
        ),
    ).with_told([*told, *(f"doubt:5:{_digits(10)}" for _ in range(1000))])


def test_the_largest_ledger_fits_and_forgets_no_item_and_no_first_promise() -> None:
    ledger = _largest()
    body = compose("", "| a row |\n" * 10_000, ledger)
    record = record_of(body)
    assert len(body) <= MOST_CHARACTERS
    assert isinstance(record, Ledger)
    assert [(each.uid, each.number, each.due, each.heard) for each in record.entries] == [
        (each.uid, each.number, each.due, each.heard) for each in ledger.entries
    ]
    assert [each.deadline for each in record.entries] == [each.deadline for each in ledger.entries]
    assert [(each.moves, each.postponements) for each in record.entries] == [
        (each.moves, each.postponements) for each in ledger.entries
    ]
    assert compose(body, "| a row |\n" * 10_000, record) == body
