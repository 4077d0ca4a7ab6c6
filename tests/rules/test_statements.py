"""What a text says, denies and supposes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.statements import Standing, mentions, says, statements


@pytest.mark.parametrize(
    "text",
    [
        "It passed on 2026-06-01.",
        "The load test ran on 1 June and passed.",
        "The test that will run nightly has passed.",
        "The drill was completed without errors.",
        "It was not only tested but also verified in production.",
        "No errors were seen when the drill completed.",
        "The replay was confirmed, no rows missing.",
        "Status: verified",
        "The test plan was verified.",
        "The drill was run once and passed.",
        "All checks passed except one, which is open.",
        "VERIFIED",
    ],
)
def test_what_has_happened_is_said(text: str) -> None:
    assert says(text, "sections", "passed")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It has not passed yet.",
        "It hasn’t been run or verified.",
        "No drill has succeeded so far.",
        "Nothing has been confirmed.",
        "What has not been verified is the second region.",
        "The drill could not be completed.",
        "This never worked.",
        "We did not get it confirmed.",
        "The fix has yet to be verified.",
        "Verified: not yet",
        "Verified? No.",
        "Unverified",
    ],
)
def test_what_is_denied_is_neither_said_nor_mentioned(text: str) -> None:
    assert not says(text, "sections", "passed")
    assert not mentions(text, "sections", "passed")


@pytest.mark.parametrize(
    "text",
    [
        "It will have passed by May.",
        "It’ll be verified by Ana.",
        "It will be run and verified.",
        "It should be verified.",
        "To be verified next week.",
        "Verified: pending",
        "We hope that it worked.",
        "Once the test has passed, this can be closed.",
        "If it passed, we are done.",
        "As soon as the test has passed, this can be closed.",
        "We plan to have it verified in May.",
    ],
)
def test_what_is_planned_or_a_condition_is_mentioned_but_not_said(text: str) -> None:
    assert not says(text, "sections", "passed")
    assert mentions(text, "sections", "passed")


@pytest.mark.parametrize(
    "text",
    [
        "A load-test will run at night.",
        "Smoke-tests every hour",
        "No errors in the load test.",
        "The load test no longer exhausts the pool.",
        "It fails if the alert does not page.",
        "No test was run, but an alert exists.",
        "The alert must not fire during the drill.",
        "The alert must not fire.",
        "The drill failed with the old version.",
        "An alert for missing rows",
        "An alert on pods not ready",
        "A release that does not pass the check is rejected.",
        "What does not pass the check is rejected.",
        "A run without the flag shows the alert.",
        "We do not rely on people but on the alert.",
    ],
)
def test_a_thing_is_mentioned_wherever_it_is_not_denied(text: str) -> None:
    assert mentions(text, "sections", "proof", "monitoring", "measuring")


@pytest.mark.parametrize(
    "text",
    [
        "There is no test for this.",
        "Tests are not planned.",
        "We cannot test this.",
        "Testing is impossible.",
        "Without a test",
        "We lack a regression test.",
        "Test: none",
        "The drill was skipped.",
        "The check is still missing.",
        "Alerts missing",
        "There is neither a test nor an alert.",
        "No automated end-to-end test exists.",
        "The canary was never set up.",
        "We have not yet been able to test it.",
        "Instead of a test, we hope.",
        "The test-data is old.",
        "It is non-tested.",
    ],
)
def test_a_thing_that_is_denied_or_a_part_of_another_word_is_not_mentioned(text: str) -> None:
    assert not mentions(text, "sections", "proof", "monitoring", "measuring")


def test_each_place_has_its_own_standing() -> None:
    text = "The drill was not completed. The replay will be verified. The audit passed."
    found = statements(text, "sections", "passed")
    assert [each.standing for each in found] == [Standing.DENIED, Standing.SUPPOSED, Standing.STATED]


@given(st.lists(st.sampled_from(["verified", "not", "will", "be", "-", ",", ".", "?", ":", " ", "’", "if", "and"])))
def test_what_is_said_is_also_mentioned(parts: list[str]) -> None:
    text = " ".join(parts)
    assert mentions(text, "sections", "passed") or not says(text, "sections", "passed")
