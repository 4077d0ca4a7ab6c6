"""The end of a postmortem: two lines on what was promised and what became of it; and a draft that is one still."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion

from app.core.effects import CreateComment
from app.core.ledger import Ledger, VerificationState
from app.core.metrics import measure
from app.core.promised_items import promised_items
from app.core.remembered import remember
from app.core.repository_facts import INSUFFICIENT_LABEL
from rules.policy import Revisits
from tests.follow_up.ended import (
    MERGED,
    POLICY,
    actions,
    at,
    close,
    comments_on,
    finish,
    ledger,
    merged,
    said_on,
    say,
    tracking,
)
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

MARKER = re.compile(r"\n*<!-- closeout \{.*\} -->")


def _epitaphs(model: Model) -> list[str]:
    on_tracking = [each for each in model.facts.comments if each.issue == tracking(model).number]
    return [MARKER.sub("", each.body) for each in on_tracking if (each.about or "").startswith("epitaph:")]


def test_the_end_is_told_in_two_lines_before_the_issue_closes() -> None:
    model = merged()
    finish(model)
    assert not tracking(model).open
    (epitaph,) = _epitaphs(model)
    assert epitaph.splitlines() == [
        "**Promised:** 2 action items. **Done:** 2, on time.",
        "Verified on 2026-07-06; it has not happened again in 90 days.",
    ]


def test_late_is_counted_from_what_was_promised_first() -> None:
    model = merged()
    alert, cap = actions(model)
    say(model, alert.number, "/extend 2026-05-29 the vendor", "2026-05-11", "ana")
    close(model, alert, "2026-05-21")
    say(model, cap.number, "/wontdo it goes away", "2026-05-12", "gita")
    finish(model)
    assert _epitaphs(model)[0].startswith("**Promised:** 2 action items. **Done:** 1, 3 days late; 1 declined.")


@pytest.mark.parametrize(("closed_as", "shown"), [("duplicate", "➖ duplicate"), ("not_planned", "➖ not planned")])
def test_what_was_closed_without_being_done_is_declined_in_the_table_the_epitaph_and_the_number(
    closed_as: str, shown: str
) -> None:
    model = merged()
    alert, cap = actions(model)
    close(model, alert, "2026-05-15", closed_as)
    close(model, cap, "2026-05-15")
    model.settle(now=at("2026-05-19"))
    assert "### Action items: 1 of 2 done, 1 declined" in tracking(model).body
    assert f"| {shown} | #{alert.number} " in tracking(model).body
    facts = model.observed(at("2026-05-19"))
    shares = measure(promised_items(remember(facts), facts), at("2026-05-19").date()).shares
    assert (shares.promised.kept, shares.promised.declined) == (0, 1)
    finish(model)
    assert _epitaphs(model)[0].startswith("**Promised:** 2 action items. **Done:** 1, on time; 1 declined.")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("2026-05-12", "2026-05-12"), "none; 2 declined."),
        (("2026-05-12", "2026-06-30"), "none; 2 declined, 1 of them after its deadline."),
        (("2026-06-29", "2026-06-30"), "none; 2 declined, both after their deadline."),
    ],
)
def test_what_was_declined_after_its_deadline_is_said_to_be(days: tuple[str, str], said: str) -> None:
    model = merged()
    for day, issue in zip(days, actions(model), strict=True):
        say(model, issue.number, "/wontdo it goes away", day, "gita")
    finish(model)
    assert _epitaphs(model)[0].startswith(f"**Promised:** 2 action items. **Done:** {said}")


def test_the_last_word_is_said_anew_where_an_item_turns_out_to_have_ended_otherwise() -> None:
    model = merged()
    finish(model)
    assert len(_epitaphs(model)) == 1
    model.edit(actions(model)[0].number, state_reason="not_planned")
    model.settle(now=at("2026-08-12"))
    assert _epitaphs(model)[-1].startswith("**Promised:** 2 action items. **Done:** 1, on time; 1 declined.")
    assert len(_epitaphs(model)) == 2
    assert model.settle(now=at("2026-08-13")) == []


def test_what_was_declined_or_removed_does_not_count_as_done() -> None:
    model = merged()
    alert, cap = actions(model)
    say(model, alert.number, "/wontdo the vendor does it", "2026-05-15")
    model.remove(cap.number)
    model.settle(now=at("2026-05-19"))
    assert "### Action items: 0 of 2 done, 1 declined, 1 removed" in tracking(model).body


def test_late_is_by_the_calendar_as_in_the_number() -> None:
    model = merged(good_postmortem().replace("2026-05-18", "2026-05-15"))
    (alert, cap) = actions(model)
    close(model, cap, "2026-05-15")
    close(model, alert, "2026-05-16")  # a Saturday
    finish(model)
    facts = model.observed(at("2026-08-04"))
    shares = measure(promised_items(remember(facts), facts), at("2026-08-04").date()).shares
    assert (shares.promised.kept, shares.promised.missed) == (0, 1)
    assert _epitaphs(model)[0].startswith("**Promised:** 2 action items. **Done:** 2, one of them 1 day late.")


def test_an_item_that_was_late_and_is_opened_again_is_as_late_as_its_last_closing() -> None:
    model = merged()
    alert, cap = actions(model)
    close(model, alert, "2026-06-10")
    close(model, cap, "2026-05-15")
    said_on(model, "2026-06-10")
    model.edit(alert.number, open=True, state_reason="reopened", closed_at=None)
    said_on(model, "2026-07-01")
    close(model, model.facts.issues[alert.number], "2026-07-03")
    said_on(model, "2026-07-03")
    finish(model)
    assert _epitaphs(model)[0].splitlines()[0].endswith("**Done:** 2, one of them 46 days late (opened again).")


def test_what_the_document_ticks_last_and_late_is_late() -> None:
    text = good_postmortem()
    model = merged(text, replace(POLICY, revisits=Revisits(days=())))
    for issue in actions(model)[1:]:
        close(model, issue, "2026-05-15")
    say(model, tracking(model).number, "/verified pass the drill", "2026-06-01")
    model.push("postmortems/2026-05-04-checkout.md", text.replace("[ ]", "[x]"))
    model.settle(now=at("2026-06-10"))
    assert not tracking(model).open
    assert [each.splitlines()[0].partition("**Done:** ")[2] for each in _epitaphs(model)] == [
        "2, one of them 23 days late."
    ]


@pytest.mark.parametrize("writes", [0, 1, 2, 3])
def test_a_crash_at_the_end_tells_it_once(writes: int) -> None:
    model = merged()
    for issue in actions(model):
        close(model, issue, "2026-05-15")
    say(model, tracking(model).number, "/verified pass the drill", "2026-07-06")
    model.say(tracking(model).number, "ana", "/recurrence none", at("2026-08-04"))
    model.settle(now=at("2026-08-04"), stop_after=writes)
    model.lose_disk()
    model.settle(now=at("2026-08-05"))
    assert not tracking(model).open
    assert len(_epitaphs(model)) == 1


def test_one_that_is_opened_again_by_hand_stays_open_and_is_told_once() -> None:
    model = merged()
    finish(model)
    model.edit(tracking(model).number, open=True, state_reason="reopened")
    said_on(model, "2026-08-10")
    assert tracking(model).open
    model.edit(tracking(model).number, open=False, state_reason="completed")
    said_on(model, "2026-08-11")
    assert len(_epitaphs(model)) == 1


def test_other_figures_make_another_epitaph_and_the_same_ones_do_not() -> None:
    model = merged()
    finish(model)
    number = tracking(model).number
    say(model, number, "/verified fail the alert was late", "2026-08-06")
    assert tracking(model).open
    say(model, number, "/verified pass the second drill", "2026-08-20")
    assert not tracking(model).open
    assert [each.splitlines()[1] for each in _epitaphs(model)] == [
        "Verified on 2026-07-06; it has not happened again in 90 days.",
        "Verified on 2026-08-20; it has not happened again in 90 days.",
    ]
    alert = actions(model)[0]
    model.edit(alert.number, open=True, state_reason="reopened", closed_at=None)
    said_on(model, "2026-08-21")
    assert tracking(model).open
    close(model, alert, "2026-05-15")
    said_on(model, "2026-08-24")
    assert not tracking(model).open
    assert len(_epitaphs(model)) == 2


def test_who_closes_the_tracking_issue_by_hand_gets_no_epitaph() -> None:
    model = merged()
    model.edit(tracking(model).number, open=False, state_reason="completed")
    said_on(model, "2026-08-24")
    assert _epitaphs(model) == []


def test_how_epitaphs_read(snapshot: SnapshotAssertion) -> None:
    said = []
    for days in ((), ("2026-05-19",), ("2026-05-21", "2026-06-03")):
        model = merged()
        for issue, day in zip(actions(model), days, strict=False):
            close(model, issue, day)
        finish(model)
        said += _epitaphs(model)
    again = merged()
    again.open_by_hand("Down again", 700)
    close(again, actions(again)[0], "2026-05-15", "not_planned")
    again.remove(actions(again)[1].number)
    finish(again, recurrence="/recurrence yes #700")
    said += _epitaphs(again)
    quiet = merged(
        good_postmortem(actions="No action items, because the vendor has fixed its driver and tested it."),
        replace(POLICY, revisits=Revisits(days=())),
    )
    say(quiet, tracking(quiet).number, "/verified pass the drill", "2026-05-20")
    said += _epitaphs(quiet)
    assert "\n\n~~~\n\n".join(said) == snapshot


# A verification that failed.


def test_a_failed_verification_opens_again_tells_the_manager_is_an_item_and_is_asked_again_after_30_days() -> None:
    model = merged(policy=replace(POLICY, revisits=Revisits(days=())))
    for issue in actions(model):
        close(model, issue, "2026-05-15")
    number = tracking(model).number
    say(model, number, "/verified pass the drill", "2026-05-20")
    assert not tracking(model).open
    (told,) = say(model, number, "/verified fail the alert was late", "2026-06-01")
    assert told.mentions == ("dana",)
    assert tracking(model).open
    assert "2 of 3 done" in tracking(model).body
    assert "Mend what the verification showed, and run it again; it failed on 2026-06-01" in tracking(model).body
    assert model.alarm(at("2026-06-01")) == at("2026-07-01")
    (asked,) = said_on(model, "2026-07-01")
    assert asked.about.startswith("revisit:")
    assert "Did it run again, and pass?" in asked.body
    assert said_on(model, "2026-07-02") == []
    (second,) = said_on(model, "2026-07-08")
    assert second.mentions[0] == "dana"
    assert said_on(model, "2026-07-20") == []
    say(model, number, "/verified pass the second drill", "2026-07-21")
    assert not tracking(model).open
    assert ledger(model).verification is VerificationState.PASSED
    assert "Mend what" not in tracking(model).body


def test_one_that_fails_twice_is_asked_for_twice() -> None:
    model = merged(policy=replace(POLICY, revisits=Revisits(days=())))
    number = tracking(model).number
    for issue in actions(model):
        close(model, issue, "2026-05-15")
    say(model, number, "/verified fail the alert was late", "2026-06-01")
    assert len(said_on(model, "2026-07-01")) == 1
    say(model, number, "/verified fail it was late again", "2026-07-02")
    assert said_on(model, "2026-07-10") == []
    assert [each.about for each in said_on(model, "2026-08-03")] == ["revisit:INC-2041:verify 2026-08-01"]


def test_an_item_whose_verification_failed_is_open_again_and_asked_for_again_after_30_days() -> None:
    model = merged(policy=replace(POLICY, revisits=Revisits(days=())))
    for issue in actions(model):
        close(model, issue, "2026-05-11")
    said_on(model, "2026-05-11")
    alert = actions(model)[0].number
    (told,) = say(model, alert, "/verified fail the alert was late", "2026-05-12")
    assert told.mentions == ("dana",)
    assert model.facts.issues[alert].open
    for day in ("2026-05-14", "2026-05-19", "2026-05-26", "2026-06-02", "2026-06-09"):
        said_on(model, day)
    assert model.alarm(at("2026-06-09")) == at("2026-06-11")
    (asked,) = said_on(model, "2026-06-11")
    assert asked.body.startswith("@ben: the verification of this failed 30 days ago. Did it run again, and pass?")
    assert said_on(model, "2026-06-12") == []
    say(model, alert, "/verified pass the second drill", "2026-06-15")
    assert said_on(model, "2026-08-15") == []


def test_a_verification_that_is_asked_for_after_an_outage_failed_as_long_ago_as_it_did() -> None:
    model = merged(policy=replace(POLICY, revisits=Revisits(days=())))
    for issue in actions(model):
        close(model, issue, "2026-05-11")
    said_on(model, "2026-05-11")
    say(model, actions(model)[0].number, "/verified fail the alert was late", "2026-05-12")
    (asked,) = said_on(model, "2026-06-22")
    assert asked.body.startswith("@ben: the verification of this failed 41 days ago.")
    model = merged(policy=replace(POLICY, revisits=Revisits(days=())))
    tracking = model.issue(lambda each: isinstance(each.record, Ledger)).number
    say(model, tracking, "/verified fail it was late", "2026-05-12")
    said = [each.body for each in said_on(model, "2026-06-22") if each.about.startswith("revisit:")]
    assert len(said) == 1
    assert "the verification failed 41 days ago." in said[0]


def test_an_item_that_was_closed_again_after_its_verification_failed_is_asked_for_all_the_same() -> None:
    model = merged(policy=replace(POLICY, revisits=Revisits(days=())))
    for issue in actions(model):
        close(model, issue, "2026-05-11")
    said_on(model, "2026-05-11")
    alert = actions(model)[0]
    say(model, alert.number, "/verified fail the alert was late", "2026-05-12")
    assert ledger(model).verification is VerificationState.FAILED
    assert "**Failed.** the alert was late" in tracking(model).body
    close(model, model.facts.issues[alert.number], "2026-05-14")
    assert said_on(model, "2026-05-14") == []
    said_on(model, "2026-05-19")  # the day after the deadline: the figures change
    assert model.alarm(at("2026-05-19")) == at("2026-06-11")
    (asked,) = said_on(model, "2026-06-11")
    assert asked.issue == alert.number
    assert "Did it run again, and pass?" in asked.body
    assert said_on(model, "2026-06-12") == []
    assert not model.facts.issues[alert.number].open
    say(model, alert.number, "/verified pass the second drill", "2026-06-15")
    assert ledger(model).verification is VerificationState.NOT_RUN  # nobody has said it of the whole yet
    say(model, tracking(model).number, "/verified pass the third drill", "2026-06-16")
    assert not tracking(model).open


def test_what_is_said_of_the_whole_after_an_items_verification_failed_counts() -> None:
    model = merged()
    alert = actions(model)[0]
    say(model, alert.number, "/verified fail the alert was late", "2026-05-12")
    say(model, tracking(model).number, "/verified pass the drill", "2026-05-13")
    assert ledger(model).verification is VerificationState.PASSED
    say(model, alert.number, "/verified fail it was late again", "2026-05-14")
    assert ledger(model).verification is VerificationState.FAILED


def test_what_was_declined_is_not_to_be_verified() -> None:
    model = merged(policy=replace(POLICY, revisits=Revisits(days=())))
    alert = actions(model)[0]
    say(model, alert.number, "/verified fail the alert was late", "2026-05-12")
    close(model, model.facts.issues[alert.number], "2026-05-14", "not_planned")
    assert not [each for each in said_on(model, "2026-06-11") if each.issue == alert.number]


# A draft.


def _draft(status: str = "draft") -> str:
    return good_postmortem(metadata={"Status": status}, actions="No action items, because the vendor fixed it.")


def test_a_draft_is_asked_for_once_when_its_five_working_days_are_over(
    snapshot: SnapshotAssertion,
) -> None:
    model = merged(_draft())
    assert said_on(model, "2026-05-13") == []  # the fifth
    (asked,) = said_on(model, "2026-05-14")
    assert asked.mentions == tuple(each.login for each in tracking(model).assignees)
    assert MARKER.sub("", asked.body) == snapshot
    assert said_on(model, "2026-05-15") == []


def test_its_alarm_rings_on_that_morning_and_a_night_does_not_count() -> None:
    model = merged(_draft())
    assert model.alarm(MERGED) == at("2026-05-14")
    assert said_on(model, "2026-05-14", 3) == []


def test_a_draft_that_was_finished_is_not_asked_for() -> None:
    model = merged(_draft())
    model.push("postmortems/2026-05-04-checkout.md", _draft("review"))
    assert said_on(model, "2026-05-12") == []
    assert said_on(model, "2026-05-14") == []


def test_after_a_long_sleep_only_the_return_is_posted_on_that_pass_and_nothing_twice() -> None:
    model = merged(_draft())
    posted = [each for each in model.settle(now=at("2026-07-10")) if isinstance(each, CreateComment)]
    assert len({each.about for each in posted}) == len(posted)
    assert said_on(model, "2026-07-10", 10) == []


def test_nothing_is_labelled_where_nothing_recurred() -> None:
    model = merged()
    finish(model)
    assert INSUFFICIENT_LABEL not in tracking(model).labels
    assert all(not each.startswith("recurs:") for each in comments_on(model, tracking(model).number))
