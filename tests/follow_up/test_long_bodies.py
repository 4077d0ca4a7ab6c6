"""However much there is to say, it fits into an issue, and nothing that has to be remembered is cut off with it."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.body import BEGIN, MOST_CHARACTERS
from app.core.effects import CreateComment, CreateIssue, UpdateIssue
from app.core.ledger import MOST_ENTRIES, Ledger
from app.core.promise import MOST_EXTENSIONS, Promise
from app.core.records import AgendaMark, record_of
from rules.policy import Policy
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

PATH = "postmortems/2026-05-04-checkout.md"
_DAY = "2026-06-01"


def _title(number: int, length: int = 240) -> str:
    """A title unlike any other: what is like another one takes less room."""
    noise = " ".join(hashlib.sha256(f"{number} {part}".encode()).hexdigest()[:12] for part in range(20))
    return f"Alert on symptom {number} of *checkout* | pool {noise}"[:length].strip()


def _items(count: int, length: int = 240, day: str = _DAY) -> str:
    return "\n".join(
        f"- [ ] {_title(number, length)}\n  - Owner: Ben Okafor (@ben)\n  - Deadline: {day}\n  - Priority: P1\n"
        f"  - Success criterion: {'it fires in staging within six minutes, ' * 5}case {number}"
        for number in range(count)
    )


def _merged(actions: str) -> Model:
    model = Model()
    model.push(PATH, good_postmortem(actions=actions))
    model.settle()
    return model


def _tracking(model: Model) -> int:
    return model.issue(lambda each: isinstance(each.record, Ledger)).number


def _ledger(model: Model) -> Ledger:
    record = model.facts.issues[_tracking(model)].record
    assert isinstance(record, Ledger)
    return record


def _lengths(model: Model) -> list[int]:
    bodies = [each.body for each in model.log if isinstance(each, CreateIssue | CreateComment)]
    bodies += [each.changes["body"] for each in model.log if isinstance(each, UpdateIssue) and "body" in each.changes]
    return [len(each) for each in bodies]


@pytest.fixture(scope="module")
def crowded() -> Model:
    """150 long action items."""
    return _merged(_items(150))


def test_150_long_action_items_fit_into_their_tracking_issue(crowded: Model) -> None:
    assert max(_lengths(crowded)) <= MOST_CHARACTERS
    assert len(_ledger(crowded).entries) == 150
    assert all(each.number for each in _ledger(crowded).entries)
    assert crowded.plan() == ()


def test_what_does_not_fit_into_the_table_is_counted_and_the_rest_of_the_issue_stays() -> None:
    model = _merged(_items(MOST_ENTRIES))
    body = model.facts.issues[_tracking(model)].body
    rows = body.count("\n| ⬜ open | #")
    assert 10 < rows < MOST_ENTRIES
    assert f"and {MOST_ENTRIES - rows} more, in [the document](" in body
    assert f"### Action items: 0 of {MOST_ENTRIES} done" in body
    assert "### Verification" in body


def test_long_items_are_known_again_when_the_document_changes(crowded: Model) -> None:
    model = _merged(_items(150))
    before = {each.uid: each.number for each in _ledger(model).entries}
    model.push(PATH, good_postmortem(actions=_items(150, day="2026-07-01")))
    written = model.settle()
    assert not [each for each in written if isinstance(each, CreateIssue | CreateComment)]
    assert {each.uid: each.number for each in _ledger(model).entries} == before


def test_of_very_many_items_the_first_are_followed_up_and_the_issue_says_so() -> None:
    model = Model()
    model.push(PATH, good_postmortem(actions=_items(MOST_ENTRIES + 20, length=120)))
    for _ in range(2):  # the passes of the model have a limit of their own
        model.settle()
    assert len(_ledger(model).entries) == MOST_ENTRIES
    assert f"**{20} more action items stand only in the document.**" in model.facts.issues[_tracking(model)].body
    assert max(_lengths(model)) <= MOST_CHARACTERS
    model.push(PATH, good_postmortem(actions=_items(MOST_ENTRIES + 20, length=120, day="2026-07-01")))
    assert not [each for each in model.settle() if isinstance(each, CreateIssue | CreateComment)]
    assert len(_ledger(model).entries) == MOST_ENTRIES


def test_whoever_extends_500_times_keeps_a_readable_issue_that_counts_all_of_it() -> None:
    model = _merged(_items(1, length=60))
    (number,) = [each.number for each in model.facts.issues.values() if isinstance(each.record, Promise)]
    for day in range(500):
        to = date(2026, 6, 2) + timedelta(days=day)
        model.say(number, "gita", f"/extend {to.isoformat()} {'the vendor has not delivered it yet, ' * 20}")
        if day % 50 == 0:
            model.settle()
    model.settle()
    promise = model.facts.issues[number].record
    assert isinstance(promise, Promise)
    assert len(promise.extensions) == MOST_EXTENSIONS
    assert (promise.due, promise.moves, promise.postponements) == (date(2026, 6, 1), 500, 500)
    assert promise.deadline == date(2026, 6, 1) + timedelta(days=500)
    assert "2026-06-01 was promised, and it was extended 500 times" in model.facts.issues[number].body
    assert max(_lengths(model)) <= MOST_CHARACTERS
    assert model.plan() == ()


def test_what_was_extended_often_is_counted_still_when_its_record_is_lost() -> None:
    model = _merged(_items(1, length=60))
    (number,) = [each.number for each in model.facts.issues.values() if isinstance(each.record, Promise)]
    for day in range(MOST_EXTENSIONS + 5):
        model.say(number, "gita", f"/extend {date(2026, 6, 2) + timedelta(days=day)} late")
    model.settle()
    model.edit(number, body="")
    model.settle()
    promise = model.facts.issues[number].record
    assert isinstance(promise, Promise)
    assert (promise.due, promise.moves, promise.postponements) == (date(2026, 6, 1), 25, 25)


def test_a_recurrence_that_is_denied_500_times_leaves_the_ledger_readable() -> None:
    model = _merged(_items(150))
    number = _tracking(model)
    for _ in range(500):
        model.say(number, "gita", "/recurrence none")
    model.settle()
    assert len(_ledger(model).recurrences) < 500
    assert max(_lengths(model)) <= MOST_CHARACTERS
    assert model.plan() == ()


def test_what_people_wrote_stays_and_our_part_gives_way() -> None:
    model = _merged(_items(2))
    number = _tracking(model)
    notes = "Notes of ours.\n" * 4_000
    model.edit(number, body=f"{notes}\n{model.facts.issues[number].body}")
    model.say(number, "gita", "/verified fail the alert did not fire")
    model.settle()
    body = model.facts.issues[number].body
    assert body.startswith(notes.strip())
    assert isinstance(record_of(body), Ledger)
    assert len(body) <= MOST_CHARACTERS
    assert model.plan() == ()


def test_where_people_left_no_room_at_all_nothing_of_theirs_is_touched() -> None:
    model = Model()
    linked = model.open_by_hand("Seen before")
    theirs = "x" * (MOST_CHARACTERS - 10)
    model.edit(linked, body=theirs)
    model.push(PATH, good_postmortem(actions=_items(1, length=60).replace("*checkout*", f"checkout (#{linked})")))
    model.settle()
    assert model.facts.issues[linked].body == theirs
    assert model.plan() == ()


def test_a_packed_ledger_is_hidden_on_the_last_line_and_can_be_read(crowded: Model) -> None:
    body = crowded.facts.issues[_tracking(crowded)].body
    assert BEGIN in body
    assert '"kind":"tracking"' in body.splitlines()[-1]


def test_an_agenda_of_very_many_items_fits() -> None:
    model = Model(Policy(public=True))
    model.push(PATH, good_postmortem(actions=_items(MOST_ENTRIES, length=250)))
    model.settle()
    model.settle(now=datetime(2026, 5, 11, 12, tzinfo=UTC))
    agenda = model.issue(lambda each: isinstance(each.record, AgendaMark))
    assert len(agenda.body) <= MOST_CHARACTERS
    assert 50 < agenda.body.count("- [ ]") < MOST_ENTRIES
    assert "… and more: the list of open issues has them all." in agenda.body
