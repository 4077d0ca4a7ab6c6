"""What is to be said on several issues in the same pass, and is known by the same name there: each gets its own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.ledger import Ledger, VerificationState
from app.core.repository_facts import INSUFFICIENT_LABEL
from tests.follow_up.ended import FIRST, MERGED, POLICY, SECOND, actions, at, close, comments_on, ledger, say, tracking
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

OTHER_ITEMS = (
    "- [ ] Alert on a full queue of the search\n  - Owner: @ben\n  - Deadline: 2026-05-18\n  - Priority: P0\n"
    "  - Success criterion: the alert fires\n"
    "- [ ] Cap the retries of the search client\n  - Owner: @gita\n  - Deadline: 2026-06-01\n  - Priority: P1\n"
    "  - Success criterion: the load test passes"
)


@pytest.fixture
def two() -> Model:
    """Two postmortems of two items each, merged in one commit."""
    model = Model(POLICY, merged=MERGED)
    metadata: dict[str, str | None] = {"Incident": "INC-2077", "Date": "2026-05-04"}
    second = good_postmortem(headline="Search was slow", metadata=metadata, actions=OTHER_ITEMS)
    model.push_together({FIRST: good_postmortem(), SECOND: second})
    model.settle(now=MERGED)
    assert ledger(model, FIRST).commit == ledger(model, SECOND).commit
    return model


def test_two_that_were_deleted_together_are_each_told_to_be_gone_and_neither_waits(two: Model) -> None:
    numbers = [tracking(two, path).number for path in (FIRST, SECOND)]
    two.push(FIRST, None)
    two.push(SECOND, None)
    two.settle(now=at("2026-05-07"))
    assert all(any(each.startswith("lost:") for each in comments_on(two, number)) for number in numbers)
    for number in numbers:
        say(two, number, "/verified pass https://ci.example/7", "2026-05-08")
        record = two.facts.issues[number].record
        assert isinstance(record, Ledger)
        assert record.verification is VerificationState.PASSED


def test_one_incident_said_to_be_a_recurrence_of_two_labels_both(two: Model) -> None:
    incident = two.open_by_hand("Checkout and search are down", 70)
    numbers = [tracking(two, path).number for path in (FIRST, SECOND)]
    for number in numbers:
        two.say(number, "ana", f"/recurrence yes #{incident}")
    two.settle(now=at("2026-05-11"))
    assert all(INSUFFICIENT_LABEL in two.facts.issues[number].labels for number in numbers)
    assert [comments_on(two, number) for number in numbers] == [["recurred:70"], ["recurred:70"]]


def test_two_that_end_with_the_same_figures_in_one_pass_both_close(two: Model) -> None:
    numbers = [tracking(two, path).number for path in (FIRST, SECOND)]
    for issue in actions(two):
        close(two, issue, "2026-05-15")
    two.settle(now=at("2026-05-15"))
    for number in numbers:
        two.say(number, "ana", "/verified pass https://ci.example/7", at("2026-05-18"))
    two.settle(now=at("2026-05-18"))
    day = at("2026-05-19")
    while day < at("2026-08-04"):
        two.settle(now=day)
        day += timedelta(days=1)
    for number in numbers:
        two.say(number, "ana", "/recurrence none", at("2026-08-04"))
    two.settle(now=at("2026-08-05"))
    two.settle(now=at("2026-08-06"))
    assert [two.facts.issues[number].open for number in numbers] == [False, False]
