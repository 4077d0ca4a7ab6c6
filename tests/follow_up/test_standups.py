"""Which agenda belongs to which standup: in weeks with holidays, in weeks that begin on Sunday, and in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.calendar.standups import week_of
from app.core.effects import CreateIssue, UpdateIssue
from app.core.ledger import Ledger
from app.core.promise import Promise
from app.core.records import AgendaMark
from app.core.repository_facts import Issue
from rules.policy import Calendar, Policy, Reminders, Revisits, Standup, Weekday
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

MERGED = datetime(2026, 5, 6, 12, tzinfo=UTC)  # a Wednesday
POLICY = Policy(public=True, revisits=Revisits(days=()), reminders=Reminders(before=0))
SUNDAYS = replace(
    POLICY, standup=Standup(day="sun"), calendar=Calendar(working_days=("sun", "mon", "tue", "wed", "thu"))
)
MONDAY = "2026-05-11"
PATH = "postmortems/checkout.md"


def _action(title: str, due: str) -> str:
    return f"- [ ] {title}\n  - Owner: @ana\n  - Deadline: {due}\n  - Priority: P0\n  - Success criterion: it works"


def _document(*actions: str) -> str:
    return good_postmortem(actions="\n".join(actions))


INDEX = _action("Add an index on orders.created_at", "2026-07-30")
RETRIES = _action("Cap the retries in the client at three", "2026-08-20")


def _merged(policy: Policy = POLICY, *actions: str, on: datetime = MERGED) -> Model:
    model = Model(policy, merged=on)
    model.push(PATH, _document(*(actions or (INDEX,))))
    model.settle(now=on)
    return model


def _at(day: str, hour: int = 9) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) + timedelta(hours=hour)


def _agendas(model: Model) -> list[Issue]:
    return [each for each in model.facts.issues.values() if isinstance(each.record, AgendaMark)]


def _days(model: Model, last: str) -> list[tuple[str, str]]:
    """The days on which agendas come, as the alarms ring, each with the number of its week."""
    found: list[tuple[str, str]] = []
    now = MERGED - timedelta(days=365)
    while (ring := model.alarm(now)) is not None and ring <= _at(last, 23):
        now = ring
        titles = [each.title for each in model.settle(now=now) if isinstance(each, CreateIssue)]
        found += [(f"{now:%a %d %b}", each.split(", ")[1]) for each in titles if each.startswith("Postmortem actions")]
    return found


def test_a_standup_that_a_holiday_moves_into_the_next_week_leaves_that_weeks_own() -> None:
    fridays = replace(POLICY, standup=Standup(day="fri"), calendar=Calendar(holidays=("DE",)), timezone="Europe/Berlin")
    model = _merged(fridays, _action("Add an index", "2026-12-18"), on=datetime(2026, 3, 25, 12, tzinfo=UTC))
    assert _days(model, "2026-05-09") == [
        ("Fri 27 Mar", "week 13"),
        ("Tue 07 Apr", "week 14"),  # Good Friday and Easter Monday
        ("Fri 10 Apr", "week 15"),
        ("Fri 17 Apr", "week 16"),
        ("Fri 24 Apr", "week 17"),
        ("Mon 04 May", "week 18"),  # the first of May
        ("Fri 08 May", "week 19"),
    ]


def test_two_standups_that_holidays_move_to_the_same_day_are_one() -> None:
    off = tuple(date(2026, 5, 11) + timedelta(days=each) for each in range(14))
    model = _merged(replace(POLICY, calendar=Calendar(holidays=off)))
    assert _days(model, "2026-06-02") == [("Mon 25 May", "week 22"), ("Mon 01 Jun", "week 23")]


def test_a_week_that_begins_on_sunday_has_the_number_of_its_monday() -> None:
    holiday = replace(SUNDAYS.calendar, holidays=(date(2026, 5, 17),))
    model = _merged(replace(SUNDAYS, calendar=holiday))
    assert _days(model, "2026-05-25") == [
        ("Sun 10 May", "week 20"),
        ("Mon 18 May", "week 21"),
        ("Sun 24 May", "week 22"),
    ]


def test_what_is_due_before_the_next_standup_is_due_this_week() -> None:
    due = [
        _action(f"Add index {number} on orders.created_at", f"2026-05-{day}")
        for number, day in enumerate((17, 21, 23, 24))
    ]
    model = _merged(SUNDAYS, *due)
    model.settle(now=_at("2026-05-17"))
    body = max(_agendas(model), key=lambda each: each.number).body
    week, other = body.split("### Due this week")[1].split("### Every other open item")
    assert [f"index {number} on" in week for number in range(4)] == [True, True, True, False]
    assert "index 3 on" in other


def test_where_the_standup_is_in_the_middle_of_the_week_its_agenda_says_up_to_the_next() -> None:
    model = _merged(replace(POLICY, standup=Standup(day="fri")), _action("Add an index", "2026-05-14"), RETRIES)
    model.settle(now=_at("2026-05-08"))
    (agenda,) = _agendas(model)
    assert "### Due before the next standup" in agenda.body
    assert "### Due this week" not in agenda.body


@pytest.mark.parametrize(
    ("working", "day", "week"),
    [
        ("mon tue wed thu fri", "2026-05-17", "2026-W20"),
        ("mon tue wed thu fri", "2026-05-18", "2026-W21"),
        ("sun mon tue wed thu", "2026-05-16", "2026-W20"),
        ("sun mon tue wed thu", "2026-05-17", "2026-W21"),
        ("sat sun mon tue wed", "2026-05-16", "2026-W21"),
        ("tue wed thu fri sat", "2026-05-17", "2026-W20"),
        ("mon tue wed thu fri sat sun", "2026-05-17", "2026-W20"),
        ("sun mon tue wed thu", "2026-12-27", "2026-W53"),
        ("sun mon tue wed thu", "2027-01-03", "2027-W01"),
    ],
)
def test_the_week_of_a_day_is_that_of_those_who_work_on_it(working: str, day: str, week: str) -> None:
    days: list[Weekday] = working.split()  # type: ignore[assignment]
    policy = Policy(calendar=Calendar(working_days=tuple(days)))
    assert week_of(policy, date.fromisoformat(day)) == week


def _nothing_open_on_monday() -> Model:
    model = _merged()
    action = model.issue(lambda each: isinstance(each.record, Promise))
    model.proven.add(action.number)
    model.edit(action.number, open=False, state_reason="completed", closed_at=_at("2026-05-07"))
    model.settle(now=_at("2026-05-07"))
    model.settle(now=_at(MONDAY))
    assert not _agendas(model)
    return model


def _open_again(model: Model) -> None:
    action = model.issue(lambda each: isinstance(each.record, Promise))
    model.edit(action.number, open=True, state_reason="reopened", closed_at=None)


def _fail(model: Model) -> None:
    number = model.issue(lambda each: isinstance(each.record, Promise)).number
    model.say(number, "ana", "/verified fail the alert was silent", _at("2026-05-13", 14))


def _add(model: Model) -> None:
    model.push(PATH, _document(INDEX, RETRIES))


@pytest.mark.parametrize("happens", [_open_again, _fail, _add])
def test_what_is_opened_in_the_middle_of_a_week_waits_for_the_next_agenda(happens: Callable[[Model], None]) -> None:
    model = _nothing_open_on_monday()
    happens(model)
    for day in ("2026-05-13", "2026-05-15"):
        model.settle(now=_at(day, 15))
        assert not _agendas(model)
    model.settle(now=_at("2026-05-18"))
    (agenda,) = _agendas(model)
    assert agenda.title == "Postmortem actions, week 21"


def test_what_is_adopted_in_the_middle_of_a_week_waits_for_the_next_agenda() -> None:
    model = Model(POLICY, merged=MERGED)
    for number in range(6):
        model.push(f"postmortems/{number}.md", good_postmortem(Incident=f"INC-{number}"))
    model.settle(now=MERGED)
    asking = max(model.facts.issues)
    model.settle(now=_at(MONDAY))
    model.say(asking, "gita", "/adopt")
    model.settle(now=_at("2026-05-13", 15))
    assert any(isinstance(each.record, Ledger) for each in model.facts.issues.values())
    assert not _agendas(model)
    model.settle(now=_at("2026-05-18"))
    assert len(_agendas(model)) == 1


def test_after_an_outage_the_agenda_of_a_standup_that_was_missed_still_comes() -> None:
    model = Model(POLICY, merged=MERGED)
    model.push(PATH, _document(INDEX))
    model.settle(now=_at("2026-05-13", 15))
    assert [each.title for each in _agendas(model)] == ["Postmortem actions, week 20"]


def test_the_first_agenda_stays_away_where_people_delete_it() -> None:
    model = _merged()
    for hour in (9, 11, 30):
        model.settle(now=_at(MONDAY, hour))
        for each in _agendas(model):
            model.remove(each.number)
    assert sum(isinstance(each, CreateIssue) and "actions, week" in each.title for each in model.log) == 1


def test_an_agenda_that_another_one_remembers_is_in_no_ledger() -> None:
    model = _merged()
    model.settle(now=_at(MONDAY))
    written = model.settle(now=_at("2026-05-18"))
    ledger = model.issue(lambda each: isinstance(each.record, Ledger)).number
    assert not [each for each in written if isinstance(each, UpdateIssue) and each.number == ledger]
