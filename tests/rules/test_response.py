"""When an incident was noticed and when its impact was over, as the timeline tells."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rules.reading import read
from rules.timeline.response import ResponseTimes, describe_response, response_times
from tests.postmortems import good_postmortem


def times_of(*entries: str, duration: str | None = None) -> ResponseTimes:
    lines = "\n".join(f"- {entry}" for entry in entries)
    metadata = {"Duration": duration or "42 minutes, UTC"}
    return response_times(read(good_postmortem(timeline=lines, metadata=metadata)))


def test_the_good_postmortem_was_detected_after_4_minutes_and_mitigated_after_42() -> None:
    assert describe_response(response_times(read(good_postmortem()))) == "Detected after 4 min, mitigated after 42 min"


def test_without_a_start_the_first_entry_counts() -> None:
    times = times_of("10:30 The queue grows", "10:37 A user reports errors", "11:00 All requests succeed again")
    assert (times.time_to_detect, times.time_to_mitigate) == (timedelta(minutes=7), timedelta(minutes=30))


@pytest.mark.parametrize(
    "entry",
    [
        "`checkout-errors` pages the on-call engineer",
        "A customer complains on the phone",
        "Monitoring shows 5xx errors",
        "Ana notices that no order comes in",
        "PagerDuty incident",
        "Support tells the on-call engineer that nobody can pay",
    ],
)
def test_somebody_or_something_notices(entry: str) -> None:
    assert times_of("10:30 The queue grows", f"10:35 {entry}").time_to_detect == timedelta(minutes=5)


@pytest.mark.parametrize("entry", ["No alert fires", "The errors are not noticed", "Nobody is alerted"])
def test_a_denied_detection_is_none(entry: str) -> None:
    assert times_of("10:30 The queue grows", f"10:35 {entry}", "10:50 The queue is full").detected is None


def test_a_reaction_shows_that_it_was_noticed_but_not_when() -> None:
    times = times_of("10:30 The queue grows", "10:40 Investigation starts")
    assert times.detected is not None
    assert times.time_to_detect is None


def test_the_entry_at_the_end_of_the_incident_is_its_mitigation_whatever_it_says() -> None:
    times = times_of("10:32 Alert", "11:14 Limit at 200", "12:00 Resolved", duration="10:32 → 11:14, UTC")
    assert times.time_to_mitigate == timedelta(minutes=42)


def test_what_comes_back_was_not_over() -> None:
    times = times_of("10:30 Alert", "10:40 Service restored", "10:50 The site is down again", "11:10 Service restored")
    assert times.time_to_mitigate == timedelta(minutes=40)


@pytest.mark.parametrize(
    "entry", ["The service has not recovered", "Search is partially restored", "It may be resolved"]
)
def test_a_denied_recovery_is_none(entry: str) -> None:
    assert times_of("10:30 Alert", f"10:40 {entry}").mitigated is None


def test_a_remedy_tells_no_time_since_it_may_not_have_worked() -> None:
    times = times_of("10:30 Alert", "10:40 The deploy is rolled back")
    assert times.mitigated is not None
    assert times.time_to_mitigate is None


def test_a_timeline_that_is_not_in_english_tells_nothing() -> None:
    german = "Der Dienst war nicht erreichbar und die Kunden konnten nicht bestellen, weil der Speicher voll war. " * 3
    text = (
        f"# Postmortem: Ausfall\n\n## Zusammenfassung\n\n{german}\n\n## Timeline\n\n- 10:30 Alert\n- 10:40 Resolved\n"
    )
    assert response_times(read(text)) == ResponseTimes()
