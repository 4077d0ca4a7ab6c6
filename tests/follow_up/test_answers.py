"""What people can tell Closeout: who may say it, where, and what comes of it. Decided on plain data."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.effects import CreateComment, UpdateIssue
from app.core.ledger import Recurred, VerificationState
from app.core.promise import Promise, Verdict
from app.core.roles import NOBODY
from tests.follow_up.answering import (
    LATER,
    PATH,
    ROLES,
    TODAY,
    answering,
    ledger_of,
    place_of,
    promise_of,
    say,
)
from tests.follow_up.model import Model
from tests.postmortems import ACTIONS, good_postmortem


@pytest.fixture
def model() -> Model:
    return answering()


# Who.


@pytest.mark.parametrize(
    ("login", "places"),
    [
        pytest.param("finn", "alert retries tracking", id="write access: everywhere"),
        pytest.param("ana", "alert retries tracking", id="an author with read access: everywhere"),
        pytest.param("gita", "retries", id="an assignee with read access: on what is theirs"),
        pytest.param("eve", "", id="read access alone: nowhere"),
        pytest.param("zoe", "", id="no access: nowhere"),
    ],
)
@pytest.mark.parametrize("place", ["alert", "retries", "tracking"])
def test_who_may_say_something(model: Model, login: str, places: str, place: str) -> None:
    text = "/recurrence none" if place == "tracking" else f"/extend {LATER} the vendor is late"
    answer = say(model, place, login, text)
    if place in places.split():
        assert answer == ""
        assert ledger_of(model).recurrences if place == "tracking" else promise_of(model, place).deadline == LATER
    else:
        assert "it takes write access" in answer
        assert not ledger_of(model).recurrences
        assert place == "tracking" or promise_of(model, place).extensions == ()


def test_an_assignee_who_has_lost_access_commands_nothing(model: Model) -> None:
    model.facts = replace(model.facts, roles={**ROLES, "gita": NOBODY})
    assert "it takes write access" in say(model, "retries", "gita", "/wontdo no time")
    assert place_of(model, "retries").open


def test_a_stranger_is_refused_once_and_then_ignored(model: Model) -> None:
    assert say(model, "alert", "eve", "/wontdo no time") != ""
    assert say(model, "alert", "eve", "/wontdo no time") == ""
    assert say(model, "alert", "eve", "/help") == ""


def test_what_a_bot_says_is_no_command(model: Model) -> None:
    comment = model.say(place_of(model, "alert").number, "finn", "/wontdo no time")
    model.facts = model.facts.with_comment(replace(comment, bot=True))
    model.settle()
    assert place_of(model, "alert").open


# Where.


@pytest.mark.parametrize(
    ("place", "text", "words"),
    [
        ("alert", "/recurrence none", "is about the whole postmortem: say it on #1"),
        ("alert", "/adopt", "is about the whole postmortem: say it on #1"),
        ("alert", "/waive CO413 no time", "say it on the pull request"),
        ("tracking", "/waive CO413 no time", "say it on the pull request"),
        ("tracking", "/wontdo no time", "is about one action item"),
        ("tracking", f"/extend {LATER} no time", "is about one action item"),
        ("tracking", "/reassign @gita", "is about one action item"),
        ("tracking", "/adopt", "Nothing waits"),
        ("alert", "/help", "/extend YYYY-MM-DD"),
        ("tracking", "/help", "/recurrence none"),
        ("alert", "/extned 2026-06-15 x", "no command `/extned`, so nothing has changed. If you mean `/extend`"),
        ("tracking", "/recurrance none", "If you mean `/recurrence`"),
        ("alert", "/extend soon", "is not one certain day"),
        ("alert", f"/extend {LATER}", "it gives no reason"),
        ("alert", "/wontdo", "it gives no reason"),
        ("alert", "/reassign somebody else", "it names nobody, or more than one"),
        ("tracking", "/verified maybe", "neither pass nor fail"),
        ("tracking", "/verified pass", "it shows no evidence"),
        ("tracking", "/recurrence perhaps", "neither none nor yes"),
        ("alert", "/extend 2026-05-05 yesterday", "2026-05-05 is over"),
        ("alert", "/reassign @nobody-here", "GitHub does not let issues here be assigned to `@nobody-here`."),
    ],
)
def test_one_helpful_answer(model: Model, place: str, text: str, words: str) -> None:
    before = (
        promise_of(model),
        promise_of(model, "retries"),
        ledger_of(model).recurrences,
        ledger_of(model).verification,
    )
    answer = say(model, place, "finn", text)
    assert words in answer
    assert answer.count("<!-- closeout") == 1
    after = promise_of(model), promise_of(model, "retries"), ledger_of(model).recurrences, ledger_of(model).verification
    assert [replace(each, commands=()) if isinstance(each, Promise) else each for each in after] == list(before)


@pytest.mark.parametrize("text", ["/etc/hosts is wrong", "> /wontdo no time", "```\n/wontdo no time\n```", "/lgtm"])
def test_what_is_no_command_is_left_alone(model: Model, text: str) -> None:
    assert say(model, "alert", "finn", text) == ""
    assert place_of(model, "alert").open


def test_a_closed_item_is_not_moved_and_the_answer_says_what_can_be_done(model: Model) -> None:
    model.edit(place_of(model, "retries").number, open=False, state_reason="completed")
    model.proven.add(place_of(model, "retries").number)
    model.settle()
    answer = say(model, "retries", "finn", f"/extend {LATER} no time")
    assert "reopen the issue and say `/extend` again" in answer
    assert "say `/wontdo` and why" in answer
    assert promise_of(model, "retries").extensions == ()


@pytest.mark.parametrize("is_settled_between", [False, True])
def test_wontdo_with_the_button_that_closes_counts_as_declined(model: Model, is_settled_between: bool) -> None:
    number = place_of(model, "alert").number
    model.edit(number, open=False, state_reason="completed")
    if is_settled_between:
        model.settle()
    said = model.say(number, "ben", "/wontdo the service goes away")
    written = model.settle()
    assert [
        each.changes["state_reason"] for each in written if isinstance(each, UpdateIssue) and "state" in each.changes
    ]
    assert not [each for each in written if isinstance(each, CreateComment)]
    issue = place_of(model, "alert")
    assert (issue.open, promise_of(model).commands) == (False, (said.id,))
    assert "**Not planned**, says ben: the service goes away" in issue.body
    assert "➖ not planned" in place_of(model, "tracking").body
    assert model.plan() == ()
    model.proven.add(number)
    model.edit(number, open=True, state_reason="reopened")
    model.settle()
    model.edit(number, open=False, state_reason="completed")
    model.settle()
    assert "**Not planned**" not in place_of(model, "alert").body
    assert "✅ done" in place_of(model, "tracking").body


# What comes of it.


def test_wontdo_closes_as_not_planned_and_says_why(model: Model) -> None:
    assert say(model, "alert", "ben", "/wontdo the service goes away") == ""
    issue = place_of(model, "alert")
    assert (issue.open, issue.state_reason) == (False, "not_planned")
    assert "**Not planned**, says ben: the service goes away" in issue.body
    assert "➖ not planned" in place_of(model, "tracking").body


def test_what_closeout_has_closed_says_how_it_comes_back(model: Model) -> None:
    say(model, "alert", "ben", "/wontdo the service goes away")
    body = place_of(model, "alert").body
    assert "This is not going to be done. **If it should be after all**, reopen this issue." in body
    assert "/extend" not in body
    assert model.plan() == ()
    model.push(PATH, good_postmortem(actions=ACTIONS.replace("- [ ] Cap", "- [x] Cap")))
    model.settle()
    assert "**If it is not done after all**, reopen it" in place_of(model, "retries").body
    model.edit(place_of(model, "alert").number, open=True, state_reason="reopened")
    model.settle()
    assert "comment `/extend YYYY-MM-DD why`" in place_of(model, "alert").body


def test_where_a_person_closes_it_nothing_is_written_for_that_sentence(model: Model) -> None:
    number = place_of(model, "retries").number
    model.proven.add(number)
    model.edit(number, open=False, state_reason="completed")
    written = [each for each in model.settle() if isinstance(each, UpdateIssue)]
    assert number not in [each.number for each in written]


def test_reassign_outlasts_the_document(model: Model) -> None:
    assert say(model, "alert", "ben", "/reassign @gita") == ""
    model.push(PATH, good_postmortem(actions=ACTIONS.replace("Ben Okafor (@ben)", "Ana Ruiz (@ana)")))
    model.settle()
    assert [each.login for each in place_of(model, "alert").assignees] == ["gita"]


def test_verified_pass_on_the_tracking_issue_is_kept_with_its_evidence(model: Model) -> None:
    assert say(model, "tracking", "ana", "/verified pass https://ci.example/7") == ""
    ledger = ledger_of(model)
    assert (ledger.verification, ledger.evidence) == (VerificationState.PASSED, "https://ci.example/7")
    assert ledger.verify_again is None


def test_verified_fail_on_the_tracking_issue_opens_it_tells_the_manager_and_is_to_be_run_again(model: Model) -> None:
    for place in ("alert", "retries"):
        model.proven.add(place_of(model, place).number)
        model.edit(place_of(model, place).number, open=False, state_reason="completed")
    say(model, "tracking", "ana", "/verified pass https://ci.example/7")
    assert not place_of(model, "tracking").open
    answer = say(model, "tracking", "ana", "/verified fail it fired late")
    assert answer.startswith("@emil, the verification failed, says ana: it fired late")
    assert place_of(model, "tracking").open
    assert ledger_of(model).verify_again == TODAY + timedelta(days=30)
    assert "It is to be run again by 2026-06-05" in place_of(model, "tracking").body


def test_verified_fail_on_a_closed_item_opens_it_and_tells_its_manager(model: Model) -> None:
    model.proven.add(place_of(model, "alert").number)
    model.edit(place_of(model, "alert").number, open=False, state_reason="completed")
    model.settle()
    answer = say(model, "alert", "ben", "/verified fail it fired late")
    assert answer.startswith("@dana, the verification failed, says ben: it fired late")
    assert place_of(model, "alert").open
    verdict = promise_of(model).verdict
    assert verdict is not None
    assert verdict == Verdict(passed=False, evidence="it fired late", by="ben", on=TODAY, comment=verdict.comment)


def test_a_postmortem_whose_verification_passed_later_is_not_to_be_run_again(model: Model) -> None:
    say(model, "tracking", "ana", "/verified fail it fired late")
    say(model, "tracking", "ana", "/verified pass it fired in time")
    assert ledger_of(model).verify_again is None
    assert ledger_of(model).verification is VerificationState.PASSED


def test_recurrence_yes_records_that_a_new_postmortem_is_owed(model: Model) -> None:
    model.open_by_hand("Checkout is down again", 41)
    assert say(model, "tracking", "ana", "/recurrence yes #41").startswith("**It happened again: #41.**")
    (said,) = ledger_of(model).recurrences
    assert said == Recurred(happened=True, issue=41, by="ana", on=TODAY, comment=said.comment, successor=0)
    assert ledger_of(model).owes_postmortem
    assert (
        "**It happened again**, see #41, said ana on 2026-05-06: a new postmortem is owed."
        in place_of(model, "tracking").body
    )


def test_recurrence_none_owes_nothing(model: Model) -> None:
    assert say(model, "tracking", "ana", "/recurrence none") == ""
    assert not ledger_of(model).owes_postmortem


def test_recheck_changes_nothing_but_is_dealt_with(model: Model) -> None:
    assert say(model, "alert", "ben", "/recheck") == ""
    assert len(promise_of(model).commands) == 1


def test_several_commands_count_in_the_order_in_which_they_were_given(model: Model) -> None:
    number = place_of(model, "alert").number
    for text in (f"/extend {LATER} late", "/reassign @gita", f"/extend {LATER + timedelta(days=7)} later still"):
        model.say(number, "ben", text)
    model.settle()
    assert [each.to for each in promise_of(model).extensions] == [LATER, LATER + timedelta(days=7)]
    assert [each.login for each in place_of(model, "alert").assignees] == ["gita"]


def test_what_people_do_after_a_command_stands(model: Model) -> None:
    say(model, "alert", "ben", "/wontdo the service goes away")
    model.edit(place_of(model, "alert").number, open=True, state_reason="reopened")
    model.settle()
    assert place_of(model, "alert").open


def test_an_edited_comment_is_not_carried_out_again(model: Model) -> None:
    comment = model.say(place_of(model, "alert").number, "ben", f"/extend {LATER} late")
    model.settle()
    model.edit_comment(comment, "/wontdo after all")
    model.settle()
    assert place_of(model, "alert").open


def test_nobody_is_mentioned_by_an_answer(model: Model) -> None:
    assert "@dana" not in say(model, "alert", "ben", "/extend @dana,closes#1 please")


# What people write in other ways.


@pytest.mark.parametrize(
    ("where", "noted"),
    [
        ("https://github.com/acme/postmortems/issues/700", True),
        ("https://x.test/a/b/issues/700", False),
        ("Acme/postmortems#700", True),
        ("acme/shop#700", False),
    ],
)
def test_a_new_incident_may_be_given_by_its_address_in_this_repository(model: Model, where: str, noted: bool) -> None:
    model.facts = replace(
        model.facts, repository=replace(model.facts.repository, url="https://github.com/acme/postmortems")
    )
    model.open_by_hand("Down again", 700)
    answered = say(model, "tracking", "ana", f"/recurrence yes {where}")
    assert [each.issue for each in ledger_of(model).recurrences] == ([700] if noted else [])
    assert ("is another repository" in answered) is not noted


def test_the_second_command_of_a_comment_is_not_dropped_without_a_word(model: Model) -> None:
    answered = say(model, "alert", "ben", f"/extend {LATER} the vendor is late\n/reassign @gita")
    assert promise_of(model).deadline == LATER
    assert [each.login for each in place_of(model, "alert").assignees] == ["ben"]
    assert answered.startswith("`/extend` was carried out.")
    assert "so `/reassign` was not carried out" in answered


def test_nor_is_it_where_the_first_is_refused_or_asks_for_help(model: Model) -> None:
    assert "so `/reassign` was not carried out" in say(model, "alert", "ben", "/extend soon\n/reassign @gita")
    assert "so `/wontdo` was not carried out" in say(model, "alert", "ben", "/help\n/wontdo nobody uses it")


def test_a_stranger_is_told_once_that_they_may_not(model: Model) -> None:
    assert "was not carried out. Say it in" not in say(model, "alert", "eve", "/wontdo no\n/reassign @gita")
