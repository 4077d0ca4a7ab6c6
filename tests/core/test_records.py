"""What is remembered on an issue is read back as it was, and what was damaged is told from what never was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.core.ledger import About, Entry, Ledger, VerificationState
from app.core.markers import Unreadable, with_marker
from app.core.promise import Extension, Promise, Said, Shown
from app.core.records import CommentMark, Record, as_record, record_of
from app.core.uids import document_uid, item_uid
from rules.policy import Priority

TEXT = st.text(max_size=30)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
PRIORITIES = st.none() | st.sampled_from(Priority)
SHOWN = st.builds(
    Shown,
    title=TEXT,
    assignees=st.lists(st.integers(1, 9), max_size=2).map(tuple),
    milestone=st.none() | DAYS,
    open=st.booleans(),
)
SAID = st.builds(
    Said, title=TEXT, owner=st.none() | TEXT, owner_text=TEXT, due=st.none() | DAYS, priority=PRIORITIES,
    criterion=st.none() | TEXT, done=st.booleans(), declined=st.booleans(),
)  # fmt: skip
EXTENSIONS = st.builds(Extension, to=DAYS, on=DAYS, by=TEXT, reason=TEXT, comment=st.none() | st.integers(1))
COMMANDS = st.lists(st.integers(1), max_size=3).map(tuple)
PROMISES = st.builds(
    Promise, document=TEXT, uid=TEXT, tracking=st.integers(1), said=SAID, shown=SHOWN, due=st.none() | DAYS,
    priority=PRIORITIES, extensions=st.lists(EXTENSIONS, max_size=2).map(tuple), commands=COMMANDS,
)  # fmt: skip
ENTRIES = st.builds(
    Entry, uid=TEXT, number=st.none() | st.integers(1), title=TEXT, id=st.none() | TEXT, due=st.none() | DAYS,
    priority=PRIORITIES, gone=st.booleans(),
)  # fmt: skip
ABOUT = st.builds(
    About, headline=TEXT, severity=TEXT, day=st.none() | DAYS, authors=st.lists(TEXT, max_size=2).map(tuple),
    verification=TEXT, draft=st.booleans(),
)  # fmt: skip
LEDGERS = st.builds(
    Ledger, document=TEXT, path=TEXT, blob=TEXT, commit=TEXT, merged=DAYS, about=ABOUT, shown=SHOWN,
    entries=st.lists(ENTRIES, max_size=3).map(tuple), verification=st.sampled_from(VerificationState), evidence=TEXT,
    commands=COMMANDS, told=st.lists(TEXT, max_size=2).map(tuple),
)  # fmt: skip


@given(PROMISES | LEDGERS | st.builds(CommentMark, about=TEXT))
def test_a_record_is_read_back_as_it_was(record: Record) -> None:
    assert record_of(with_marker("What people read.", as_record(record))) == record


def test_text_without_a_marker_has_no_record() -> None:
    assert record_of("What people read.") is None


def test_a_record_with_a_field_missing_or_of_an_unknown_kind_is_unreadable() -> None:
    for damaged in ({"kind": "action", "uid": "ab"}, {"kind": "dream"}, {}):
        assert isinstance(record_of(with_marker("", damaged)), Unreadable)


def test_an_item_keeps_its_uid_through_a_retry_and_shares_it_with_no_other() -> None:
    first = item_uid("INC-1", "Alert on lag", 0)
    assert first == item_uid("INC-1", "alert  on Lag", 0)
    others = {item_uid("INC-1", "Alert on lag", 1), item_uid("INC-2", "Alert on lag", 0), document_uid("INC-1")}
    assert len({first, *others}) == 4


def test_the_deadline_is_the_promise_until_it_is_extended() -> None:
    shown = Shown(title="x")
    promise = Promise(
        document="d", uid="u", tracking=1, said=Said(title="x"), shown=shown, due=date(2026, 6, 1), priority=Priority.P0
    )
    assert promise.deadline == date(2026, 6, 1)
    moved = Extension(to=date(2026, 6, 8), on=date(2026, 5, 20), by="ana", reason="vendor")
    assert replace(promise, extensions=(moved,)).deadline == date(2026, 6, 8)
    assert replace(promise, extensions=(moved,)).due == date(2026, 6, 1)
