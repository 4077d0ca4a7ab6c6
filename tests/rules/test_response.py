"""When an incident was noticed and when its impact was over, as the timeline tells."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rules.reading import read
from rules.timeline.response import ResponseTimes, describe_response, response_times
from tests.postmortems import good_postmortem
from tests.rules.linting import found


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


def breaks_off(*entries: str) -> bool:
    """Whether a timeline that ends well before the incident's end is asked for its last entry."""
    lines = "\n".join(f"- {entry}" for entry in ("10:32 Deploy starts", "10:36 Alert", *entries))
    metadata = {"Duration": "10:32 (start) → 12:14 (end), UTC"}
    return bool(found(good_postmortem(timeline=lines, metadata=metadata), "CO308"))


@pytest.mark.parametrize(
    "entry",
    [
        "Prod is back up",
        "The site is up again",
        "Traffic is flowing",
        "Everything green",
        "Errors gone",
        "We are back",
        "Orders arrive again",
        "Users can log in again",
        "Dashboards look good",
        "5xx went to zero",
        "Stable since",
        "All pods healthy",
        "No new reports since",
        "Support says it works now",
        "Ticket closed by the vendor",
        "Up",
        "Prod is still up",
        "Alles läuft wieder",
        "Störung behoben",
    ],
)
def test_whoever_says_in_any_words_that_it_is_over_is_asked_for_no_mitigation(entry: str) -> None:
    assert not breaks_off(f"11:00 {entry}")
    assert not breaks_off(f"11:00 {entry}", "11:10 Ben writes to the vendor")
    assert breaks_off(f"11:00 {entry}", "11:10 The site is still down")


@pytest.mark.parametrize(
    "entry",
    [
        "The pool is seen to stand at its limit",
        "The error rate passes 5 %",
        "The error rate goes up to 20 %",
        "The alert fires again",
        "The pods are restarted again",
        "The queue grows again",
        "Ana works on a fix",
        "Ana confirms the errors",
        "The site is no longer reachable",
        "Checkout stops working",
        "Data is gone",
        "Not back up yet",
        "No recovery so far",
        "Ben hopes that it recovers",
    ],
)
def test_what_is_not_over_yet_is_no_mitigation(entry: str) -> None:
    assert breaks_off(f"11:00 {entry}")


def test_a_timeline_that_runs_backwards_is_read_from_its_end() -> None:
    times = times_of("11:10 Service restored", "10:50 Rollback", "10:37 Alert", "10:30 Deploy starts", duration="UTC")
    assert (times.time_to_detect, times.time_to_mitigate) == (timedelta(minutes=7), timedelta(minutes=40))
