"""A recurrence that people name by the issue of its incident: which postmortem is the one that was owed."""

from __future__ import annotations

import pytest

from tests.follow_up.ended import SECOND, at, ledger, merge_second, merged, say, tracking
from tests.postmortems import good_postmortem

DAY = "2026-05-11"


@pytest.mark.parametrize(
    "metadata",
    [
        {"Incident": "#70"},
        {"Incident": "acme/postmortems#70"},
        {"Incident": "INC-2077", "Recurrence of": "INC-2041", "Tracked in": "#70"},
    ],
)
def test_the_postmortem_of_the_incident_s_issue_is_what_was_owed(metadata: dict[str, str | None]) -> None:
    model = merged()
    say(model, tracking(model).number, f"/recurrence yes #{model.open_by_hand('Checkout is down', 70)}", DAY)
    assert "a new postmortem is owed" in tracking(model).body
    text = good_postmortem(headline="Checkout failed again", metadata={"Date": "2026-06-20", **metadata})
    model.push(SECOND, text)
    model.settle(now=at("2026-06-25"))
    second = tracking(model, SECOND)
    assert [(each.issue, each.successor, each.by) for each in ledger(model).recurrences] == [(70, second.number, "ana")]
    assert "is owed" not in tracking(model).body
    assert "⬜ open | Say why" in second.body


@pytest.mark.parametrize("words", ["Does #70 have the same cause?", "Is this like INC-2041, or #70? We think not."])
def test_a_postmortem_that_only_mentions_the_incident_s_issue_is_not(words: str) -> None:
    model = merged()
    say(model, tracking(model).number, f"/recurrence yes #{model.open_by_hand('Checkout is down', 70)}", DAY)
    second = merge_second(model, now=at("2026-06-25"), sections={"Open questions": words})
    assert [each.successor for each in ledger(model).recurrences] == [0]
    assert "Say why" not in second.body
