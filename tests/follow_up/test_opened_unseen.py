"""An item that was opened again while nobody looked, as in an outage: its history tells when that was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.core.follow_up import follow_up
from app.core.promise import Promise
from app.core.promised_items import promised_items
from app.core.remembered import remember
from app.core.repository_facts import Issue
from tests.follow_up.ended import MERGED, POLICY, actions, at, ledger
from tests.follow_up.figures import measured
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

PATH = "postmortems/checkout.md"
ALERT = (
    "- [ ] Alert when the pool is above 80 %\n  - Owner: @ana\n  - Deadline: 2026-05-18\n  - Priority: P0\n"
    "  - Success criterion: the load test passes"
)


def _merged(actions: str = ALERT) -> Model:
    model = Model(POLICY, merged=MERGED)
    model.tells_turns = True
    model.push(PATH, good_postmortem(actions=actions))
    model.settle(now=MERGED)
    return model


def _kept(*, tells: bool = True) -> Model:
    """A postmortem whose only P0 was done three days early, as Closeout has seen."""
    model = Model(POLICY, merged=MERGED)
    model.tells_turns = tells
    model.push(PATH, good_postmortem(actions=ALERT))
    model.settle(now=MERGED)
    _close(model, "2026-05-15")
    model.settle(now=at("2026-05-15", 10))
    return model


def _alert(model: Model) -> Issue:
    (issue,) = actions(model)
    return issue


def _promise(model: Model) -> Promise:
    record = _alert(model).record
    assert isinstance(record, Promise)
    return record


def _close(model: Model, day: str, hour: int = 9, reason: str = "completed") -> None:
    model.wait(at(day, hour))
    model.proven.add(_alert(model).number)
    model.edit(_alert(model).number, open=False, state_reason=reason, closed_at=at(day, hour))


def _open_again(model: Model, day: str, hour: int = 9) -> None:
    model.wait(at(day, hour))
    model.edit(_alert(model).number, open=True, state_reason="reopened", closed_at=None)


def _figure(model: Model, day: str) -> tuple[int, int]:
    """How many P0s were kept, and how many were not."""
    promised = measured(model, day).shares.promised
    return promised.kept, promised.missed


@pytest.mark.parametrize("seen", ["2026-07-01", "2026-07-10"])
def test_it_is_open_again_since_the_day_on_which_it_was_opened_however_late_that_is_seen(seen: str) -> None:
    model = _kept()
    _open_again(model, "2026-07-01")
    model.settle(now=at(seen, 10))
    assert (_promise(model).reopened, _promise(model).closed) == (date(2026, 7, 1), date(2026, 5, 15))
    model.settle(now=at("2026-07-10", 10))
    _close(model, "2026-07-10", 11)
    model.settle(now=at("2026-07-10", 12))
    assert _figure(model, "2026-07-13") == (0, 1)


def test_without_a_history_it_is_open_again_since_it_was_seen() -> None:
    model = _kept(tells=False)
    _open_again(model, "2026-07-01")
    model.settle(now=at("2026-07-10", 10))
    assert _promise(model).reopened == date(2026, 7, 10)


def test_one_that_was_opened_on_the_day_on_which_it_was_closed_goes_on_as_before() -> None:
    model = _kept()
    _open_again(model, "2026-05-15", 11)
    model.settle(now=at("2026-05-20"))
    assert _promise(model).reopened is None
    assert _promise(model).noticed, "late since its deadline"


@pytest.mark.parametrize(
    ("again", "figure"), [(("2026-07-01", 11), (1, 0)), (("2026-07-02", 9), (0, 1))], ids=["a slip", "the day after"]
)
def test_what_was_opened_and_closed_between_two_looks_counts_as_if_somebody_had_looked(
    again: tuple[str, int], figure: tuple[int, int]
) -> None:
    model = _kept()
    _open_again(model, "2026-07-01")
    _close(model, *again)
    model.settle(now=at("2026-07-10"))
    assert _figure(model, "2026-07-13") == figure


def test_what_was_opened_and_declined_between_two_looks_is_declined_then() -> None:
    model = _kept()
    _open_again(model, "2026-07-01")
    _close(model, "2026-07-01", 11, reason="not_planned")
    model.settle(now=at("2026-07-10"))
    assert _figure(model, "2026-07-13") == (0, 1)


def test_a_slip_that_was_never_seen_at_all_takes_nothing_from_what_was_kept() -> None:
    model = _merged()
    _close(model, "2026-05-15")
    _open_again(model, "2026-07-01")
    _close(model, "2026-07-01", 10)
    model.settle(now=at("2026-07-10"))
    assert _figure(model, "2026-07-13") == (1, 0)


@pytest.mark.parametrize("seen", ["2026-07-01", "2026-07-10"])
@pytest.mark.parametrize(
    ("priority", "reason"), [("P2", "completed"), ("P0", "not_planned")], ids=["a P2", "what is declined"]
)
def test_a_slip_that_was_never_seen_at_all_moves_no_closing(priority: str, reason: str, seen: str) -> None:
    model = _merged(ALERT.replace("P0", priority))
    _close(model, "2026-05-15", reason=reason)
    _open_again(model, "2026-07-01")
    _close(model, "2026-07-01", 10, reason=reason)
    assert _to_be_read(model, seen)
    model.settle(now=at(seen, 11))
    facts = model.observed(at(seen, 11))
    assert [each.closed for each in promised_items(remember(facts), facts).items] == [date(2026, 5, 15)]
    assert _figure(model, "2026-07-13") == (0, 0)
    assert not _to_be_read(model, seen)


def test_no_history_is_read_of_what_closeout_itself_has_closed() -> None:
    model = _merged(ALERT.replace("P0", "P2"))
    model.push(PATH, good_postmortem(actions=ALERT.replace("P0", "P2").replace("[ ]", "[x]")))
    model.settle(now=at("2026-05-15"), stop_after=1)
    assert not _alert(model).open
    assert not _to_be_read(model, "2026-05-15")


def test_what_is_closed_while_its_history_is_read_was_opened_when_that_says() -> None:
    model = _kept()
    _open_again(model, "2026-07-01")
    model.turn(_alert(model).number, at("2026-07-10"), is_open=False, reason="completed")
    model.settle(now=at("2026-07-10"))
    assert _promise(model).reopened == date(2026, 7, 1)


def test_a_history_that_lags_behind_is_as_good_as_none() -> None:
    model = _kept()
    number = _alert(model).number
    _open_again(model, "2026-05-15", 11)
    _close(model, "2026-05-15", 12)
    model.settle(now=at("2026-05-15", 13))
    _open_again(model, "2026-07-01")
    model.turns[number].pop()
    model.settle(now=at("2026-07-02"))
    assert _promise(model).reopened == date(2026, 7, 2)


@pytest.mark.parametrize("tells", [True, False])
@pytest.mark.parametrize("closed", [True, False])
def test_its_history_is_read_once(closed: bool, tells: bool) -> None:
    model = _kept(tells=tells)
    assert not _to_be_read(model, "2026-06-30")
    _open_again(model, "2026-07-01")
    if closed:
        _close(model, "2026-07-01", 11)
    assert _to_be_read(model, "2026-07-10")
    model.settle(now=at("2026-07-10"))
    assert not _to_be_read(model, "2026-07-10")
    assert not _to_be_read(model, "2026-07-20")


def _to_be_read(model: Model, day: str) -> frozenset[int]:
    return follow_up(model.observed(at(day)), at(day)).unread_histories


def test_what_an_issue_of_people_was_before_its_postmortem_is_no_matter_of_it() -> None:
    model = Model(POLICY, merged=MERGED)
    model.tells_turns = True
    number = model.open_by_hand("Alert when the pool is above 80 %")
    for day, is_open in (("2026-01-12", False), ("2026-02-02", True)):
        model.turn(number, at(day), is_open=is_open)
    model.push(PATH, good_postmortem(actions=f"{ALERT}\n  - Issue: #{number}"))
    model.settle(now=MERGED)
    assert _alert(model).number == number
    _close(model, "2026-05-15")
    model.settle(now=at("2026-05-15", 10))
    assert _promise(model).reopened is None


def _declined_and_opened(*, awake: bool, tells: bool = True, again: str = "") -> Model:
    """A postmortem whose only P0 was declined, closed, and opened again; read as it happens, or after all of it."""
    model = Model(POLICY, merged=MERGED)
    model.tells_turns = tells
    model.push("postmortems/checkout.md", good_postmortem(actions=ALERT))
    model.settle(now=MERGED)
    model.say(_alert(model).number, "gita", "/wontdo the pool is going away", at("2026-05-11", 9))
    if awake:
        model.settle(now=at("2026-05-11", 10))
    else:
        _close(model, "2026-05-12", reason="not_planned")
    _open_again(model, "2026-05-13")
    if again:
        model.say(_alert(model).number, "gita", again, at("2026-05-14", 9))
    model.settle(now=at("2026-05-15", 10))
    return model


@pytest.mark.parametrize("awake", [True, False])
def test_one_that_was_opened_again_after_it_was_declined_stays_open_however_late_that_is_read(awake: bool) -> None:
    model = _declined_and_opened(awake=awake)
    promise = _promise(model)
    assert _alert(model).open
    assert (promise.reopened, promise.closed, promise.dropped) == (date(2026, 5, 13), date(2026, 5, 11), True)
    assert promise.declined == "the pool is going away"
    assert not [each for each in model.facts.comments if each.about and each.about.startswith("answer:")]
    assert model.plan(at("2026-05-15", 11)) == ()


@pytest.mark.parametrize("awake", [True, False])
def test_one_that_is_declined_once_more_after_that_is_closed(awake: bool) -> None:
    model = _declined_and_opened(awake=awake, again="/wontdo really")
    assert (_alert(model).open, _alert(model).state_reason) == (False, "not_planned")
    assert _promise(model).declined == "really"


def test_without_a_history_the_command_is_what_is_known() -> None:
    assert not _alert(_declined_and_opened(awake=False, tells=False)).open


def test_its_history_is_read_only_where_a_command_may_have_been_overruled() -> None:
    model = _declined_and_opened(awake=True)
    assert not _to_be_read(model, "2026-05-16")
    model.say(_alert(model).number, "gita", "/extend 2026-06-01 the vendor", at("2026-05-16", 9))
    assert not _to_be_read(model, "2026-05-17")
    model.say(_alert(model).number, "gita", "/wontdo really", at("2026-05-17", 9))
    assert _to_be_read(model, "2026-05-17")


@pytest.mark.parametrize(("zone", "day"), [("Pacific/Auckland", 16), ("America/Los_Angeles", 15)])
def test_another_zone_has_a_history_read_once_at_most_and_opens_nothing(zone: str, day: int) -> None:
    model = _merged()
    _close(model, "2026-05-15", 13)
    model.settle(now=at("2026-05-20"))
    model.facts = replace(model.facts, policy=replace(POLICY, timezone=zone))
    assert bool(_to_be_read(model, "2026-05-20")) is (day != 15)
    model.settle(now=at("2026-05-20", 20))
    assert not _to_be_read(model, "2026-05-20")
    assert (_promise(model).reopened, ledger(model, PATH).entries[0].closed_on) == (None, date(2026, 5, day))


@pytest.mark.parametrize("awake", [True, False])
def test_what_failed_on_the_day_of_its_closing_goes_on_as_before_however_late_that_is_read(awake: bool) -> None:
    model = _kept()
    number = _alert(model).number
    model.say(number, "ana", "/verified fail it fell over", at("2026-05-15", 11))
    if awake:
        model.settle(now=at("2026-05-15", 12))
    model.settle(now=at("2026-05-19"))
    assert _alert(model).open
    assert _promise(model).reopened is None
    _close(model, "2026-05-19", 15)
    model.settle(now=at("2026-05-20"))
    assert _figure(model, "2026-05-21") == (0, 1)


def test_a_person_who_opens_later_what_had_failed_and_was_done_on_one_day_opened_it() -> None:
    model = _kept()
    model.say(_alert(model).number, "ana", "/verified fail it fell over", at("2026-05-15", 11))
    model.settle(now=at("2026-05-15", 12))
    _close(model, "2026-05-15", 13)
    model.settle(now=at("2026-05-15", 14))
    _open_again(model, "2026-07-01")
    model.settle(now=at("2026-07-02"))
    assert _promise(model).reopened == date(2026, 7, 1)
