"""When the issue with the figures is opened, and what is no promise that could have been kept."""

from __future__ import annotations

from app.core.metrics import Tally
from tests.follow_up.figures import PATH, at, close, item, measured, merged, shown
from tests.postmortems import good_postmortem


def test_after_an_outage_it_is_opened_when_people_are_back() -> None:
    model = merged(item("Cap the retries"))
    for hour in (9, 23):
        model.settle(now=at("2026-05-23", hour))  # a Saturday
        assert shown(model) == []
    assert model.alarm(at("2026-05-23", 23)) == at("2026-05-25", 9)
    model.settle(now=at("2026-05-25", 9))
    assert len(shown(model)) == 1


def test_an_evening_is_no_time_to_open_it_either() -> None:
    model = merged(item("Cap the retries"))
    model.settle(now=at("2026-05-19", 20))
    assert shown(model) == []
    assert model.alarm(at("2026-05-19", 20)) == at("2026-05-20", 9)


def test_a_p0_that_was_open_and_overdue_when_its_postmortem_was_merged_is_a_miss() -> None:
    late = item("Add an index", due="2026-04-30")
    model = merged(item("Cap the retries", due="2026-07-30"), late, item("Ticked", due="2026-04-29", mark="[x]"))
    assert measured(model, "2026-05-06").shares.promised == Tally(missed=1, ahead=1)
    close(model, "Add an index", "2026-05-08")
    assert measured(model, "2026-05-11").shares.promised == Tally(missed=1, ahead=1)


def test_an_item_that_was_added_after_its_day_is_no_miss() -> None:
    first = item("Cap the retries", due="2026-07-30")
    model = merged(first)
    model.push(PATH, good_postmortem(actions="\n".join([first, item("Add an index", due="2026-05-20")])))
    model.settle(now=at("2026-06-10"))
    assert measured(model, "2026-06-10").shares.promised == Tally(ahead=1)
