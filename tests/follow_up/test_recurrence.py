"""It happened again: what is labelled, linked and asked, by whose word, and how it reads."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion

from app.core.body import compose
from app.core.follow_up import follow_up
from app.core.repository_facts import INSUFFICIENT_LABEL, LookedUpPull
from tests.follow_up.ended import (
    FIRST,
    MERGED,
    SECOND,
    WHY,
    actions,
    at,
    close,
    comments_on,
    finish,
    ledger,
    merge_second,
    merged,
    said_on,
    say,
    tracking,
)
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

DAY = "2026-05-11"
MARKER = re.compile(r"\n*<!-- closeout \{.*\} -->")


def _is_labelled(model: Model) -> bool:
    return INSUFFICIENT_LABEL in tracking(model).labels


def test_a_word_that_it_happened_again_labels_the_first_and_names_each_on_the_other_once() -> None:
    model = merged()
    first, incident = tracking(model).number, model.open_by_hand("Checkout is down", 700)
    assert len(say(model, first, f"/recurrence yes #{incident}", DAY)) == 2
    assert _is_labelled(model)
    assert comments_on(model, first) == ["recurred:700"]
    assert comments_on(model, incident) == [f"recurs:{first}:700"]
    model.lose_disk()
    assert said_on(model, "2026-05-12") == []


def test_a_word_on_the_first_is_taken_back_also_where_the_incident_s_issue_is_gone() -> None:
    model = merged()
    first, incident = tracking(model).number, model.open_by_hand("Checkout is down", 700)
    say(model, first, f"/recurrence yes #{incident}", DAY)
    model.remove(incident)
    say(model, first, f"/recurrence none #{incident}", "2026-05-12")
    words = [each.body for each in model.facts.comments if each.issue == first and each.ours]
    assert not any("says so with a label" in each for each in words)
    assert not _is_labelled(model)
    assert model.settle(now=at("2026-05-13")) == []


@pytest.mark.parametrize("writes", [1, 2])
def test_a_crash_in_between_says_nothing_twice(writes: int) -> None:
    model = merged()
    first, incident = tracking(model).number, model.open_by_hand("Checkout is down", 700)
    model.say(first, "ana", f"/recurrence yes #{incident}")
    assert len(model.settle(now=at(DAY), stop_after=writes)) == writes
    model.lose_disk()
    said_on(model, DAY, 10)
    assert (len(comments_on(model, first)), len(comments_on(model, incident))) == (1, 1)
    assert _is_labelled(model)


def test_who_takes_the_label_off_wins() -> None:
    model = merged()
    say(model, tracking(model).number, f"/recurrence yes #{model.open_by_hand('Down')}", DAY)
    model.edit(tracking(model).number, labels=tracking(model).labels - {INSUFFICIENT_LABEL})
    model.settle(now=at("2026-05-12"))
    assert not _is_labelled(model)


@pytest.mark.parametrize(
    "declaration", ["INC-2041", "[the first](2026-05-04-checkout.md)", FIRST, "#1", "the INC-2041 outage"]
)
def test_a_later_postmortem_that_declares_it_says_so_by_itself(declaration: str) -> None:
    model = merged()
    second = merge_second(model, now=at(DAY), recurrence_of=declaration)
    assert _is_labelled(model)
    assert [(each.issue, each.by) for each in ledger(model).recurrences] == [(second.number, "document")]
    assert comments_on(model, second.number) == [f"recurs:{tracking(model).number}:{second.number}"]
    assert INSUFFICIENT_LABEL not in tracking(model, SECOND).labels


@pytest.mark.parametrize(
    "declaration", ["INC-20411", "XINC-2041", "[another](2026-05-04-checkout-2.md)", "#11", "none"]
)
def test_a_declaration_that_names_something_else_does_not(declaration: str) -> None:
    model = merged()
    merge_second(model, now=at(DAY), recurrence_of=declaration)
    assert not _is_labelled(model)
    assert ledger(model).recurrences == ()


def test_a_declaration_that_is_taken_back_owes_nothing_and_asks_again() -> None:
    model = merged()
    merge_second(model, now=at(DAY), recurrence_of="INC-2041")
    assert "⬜ open | Say why" in tracking(model, SECOND).body
    merge_second(model, now=at("2026-05-12"))
    assert ledger(model).recurrences == ()
    assert "Say why" not in tracking(model, SECOND).body


def test_both_a_word_and_a_declaration_count_once() -> None:
    model = merged()
    second = merge_second(model, now=at(DAY), recurrence_of="INC-2041")
    say(model, tracking(model).number, f"/recurrence yes #{second.number}", "2026-05-12")
    assert [each.by for each in ledger(model).recurrences] == ["ana"]
    assert len(comments_on(model, tracking(model).number)) == 1
    assert len(comments_on(model, second.number)) == 1


def test_the_successor_stays_open_until_its_document_says_why() -> None:
    model = merged()
    second = merge_second(model, now=at(DAY))
    say(model, tracking(model).number, f"/recurrence yes #{second.number}", DAY)
    say(model, second.number, "/verified pass the drill", "2026-09-01")
    say(model, second.number, "/recurrence none", "2026-12-01")
    assert tracking(model, SECOND).open
    assert "0 of 1 done" in tracking(model, SECOND).body
    merge_second(model, now=at("2026-12-02"), why=True)
    assert "1 of 1 done" in tracking(model, SECOND).body
    assert not tracking(model, SECOND).open


def test_a_pull_request_that_brings_the_postmortem_hands_the_task_on() -> None:
    model = merged()
    first = tracking(model).number
    model.facts = replace(model.facts, pulls={800: LookedUpPull(open=True)})
    say(model, first, "/recurrence yes #800", DAY)
    assert comments_on(model, 800) == [f"recurs:{first}:800"]
    assert ledger(model).recurrences[0].successor is None
    model.facts = replace(model.facts, pulls={800: LookedUpPull(open=False, merged=frozenset({SECOND}))})
    second = merge_second(model, now=at("2026-05-13"))
    assert ledger(model).recurrences[0].successor == second.number
    assert "Say why the postmortem of" in tracking(model, SECOND).body
    assert comments_on(model, second.number) == [f"recurs:{first}:{second.number}"]


THIRD = "postmortems/2026-06-19-search.md"


def _named_on_800(*changed: str) -> Model:
    """The first postmortem, whose recurrence is pull request 800; that was merged since, and changed some files."""
    model = merged()
    model.facts = replace(model.facts, pulls={800: LookedUpPull(open=True)})
    say(model, tracking(model).number, "/recurrence yes #800", DAY)
    model.facts = replace(model.facts, pulls={800: LookedUpPull(open=False, merged=frozenset(changed))})
    return model


def test_a_pull_request_that_changes_the_first_postmortem_too_hands_the_task_to_the_new_one() -> None:
    model = _named_on_800(FIRST, SECOND)
    model.push(FIRST, good_postmortem(sections={"Background": "See also [the second](2026-06-20-checkout.md)."}))
    second = merge_second(model, now=at("2026-05-13"))
    assert ledger(model).recurrences[0].successor == second.number
    assert "Say why the postmortem of" in tracking(model, SECOND).body
    assert not [each for each in comments_on(model, tracking(model).number) if each.startswith("recurs:")]


def test_of_two_postmortems_that_it_brings_the_task_is_for_the_one_that_names_the_first() -> None:
    model = _named_on_800(SECOND, THIRD)
    model.push(THIRD, good_postmortem(headline="Search was slow", metadata={"Incident": "INC-2076"}))
    links = {"Background": "See [the outage in May](2026-05-04-checkout.md) for the pool."}
    second = merge_second(model, now=at("2026-05-13"), sections=links)
    assert tracking(model, THIRD).number < second.number
    assert ledger(model).recurrences[0].successor == second.number


def test_a_document_that_is_seen_after_its_pull_request_is_merged_is_found() -> None:
    model = _named_on_800(SECOND)
    said_on(model, "2026-05-13")  # this pass has read the tree a moment before
    assert ledger(model).recurrences[0].successor is None
    second = merge_second(model, now=at("2026-05-13", 10))
    assert ledger(model).recurrences[0].successor == second.number
    assert "Say why the postmortem of" in tracking(model, SECOND).body


def test_a_merged_pull_request_without_a_postmortem_is_looked_up_until_the_next_day() -> None:
    model = _named_on_800("service.py")
    assert said_on(model, "2026-05-13") == said_on(model, "2026-05-13", 15) == []
    assert ledger(model).recurrences[0].successor is None
    said_on(model, "2026-05-14")
    assert ledger(model).recurrences[0].successor == 0
    assert not follow_up(model.observed(at("2026-05-14")), at("2026-05-14")).unread_links


def test_a_pull_request_that_brings_none_is_not_looked_up_again() -> None:
    model = merged()
    model.facts = replace(model.facts, pulls={800: LookedUpPull(open=False)})
    say(model, tracking(model).number, "/recurrence yes #800", DAY)
    assert ledger(model).recurrences[0].successor == 0
    assert not follow_up(model.observed(at(DAY)), at(DAY)).unread_links


@pytest.mark.parametrize(
    ("number", "words"),
    [("#999", "there is no issue or pull request #999 here"), ("#1", "part of this"), ("", "names no issue")],
)
def test_a_word_that_names_nothing_or_itself_gets_one_reply(number: str, words: str) -> None:
    model = merged()
    (reply,) = say(model, tracking(model).number, f"/recurrence yes {number}", DAY)
    assert words in reply.body
    assert ledger(model).recurrences == ()
    assert not _is_labelled(model)
    assert said_on(model, "2026-05-12") == []


def test_its_own_action_issue_is_part_of_it() -> None:
    model = merged()
    number = ledger(model).entries[0].number
    (reply,) = say(model, tracking(model).number, f"/recurrence yes #{number}", DAY)
    assert "is part of this postmortem itself" in reply.body


def test_the_last_return_lists_later_postmortems_that_name_it() -> None:
    model = merged()
    links = "See [the outage in May](2026-05-04-checkout.md) for the pool."
    second = merge_second(model, now=at(DAY), sections={"Background": links})
    assert ledger(model).recurrences == ()
    (last,) = [each for each in said_on(model, "2026-08-04") if each.issue == tracking(model).number]
    assert f"- #{second.number} Checkout failed again" in last.body


def test_a_ledger_of_before_is_read_and_its_document_read_again_when_it_owes_something() -> None:
    model = merged()
    second = merge_second(model, now=at(DAY), why=True)
    record = ledger(model, SECOND)
    old = replace(record, about=replace(record.about, names=(), recurrence_of="", explains=None))
    model.edit(second.number, body=compose(second.body, None, old))
    say(model, tracking(model).number, f"/recurrence yes #{second.number}", DAY)
    assert ledger(model, SECOND).about.explains is True


def test_a_recurrence_answers_the_last_question() -> None:
    model = merged()
    model.open_by_hand("Down again", 700)
    said = finish(model, recurrence="/recurrence yes #700")
    assert any("it happened again: #700" in each.body for each in said)
    assert not tracking(model).open


def test_that_it_happened_early_does_not_answer_whether_it_has_since() -> None:
    model = merged()
    first, incident = tracking(model).number, model.open_by_hand("Down again", 700)
    say(model, first, f"/recurrence yes #{incident}", DAY)
    said = said_on(model, "2026-08-04")
    assert "**Has it happened again since #700?**" in "".join(each.body for each in said if each.issue == first)
    finish(model)
    assert not tracking(model).open


def test_how_a_recurrence_reads(snapshot: SnapshotAssertion) -> None:
    model = merged()
    incident = model.open_by_hand("Checkout is down", 700)
    model.facts = replace(model.facts, pulls={800: LookedUpPull(open=True)})
    first = tracking(model).number
    said = say(model, first, f"/recurrence yes #{incident}", DAY)
    said += say(model, first, "/recurrence yes #800", DAY)
    second = merge_second(model, now=at(DAY), recurrence_of="INC-2041")
    bodies = [MARKER.sub("", each.body) for each in said]
    bodies += [MARKER.sub("", each.body) for each in model.facts.comments if each.issue == second.number]
    bodies += [MARKER.sub("", tracking(model).body), MARKER.sub("", tracking(model, SECOND).body)]
    merge_second(model, now=at("2026-05-12"), recurrence_of="INC-2041", why=True)
    bodies.append(MARKER.sub("", tracking(model, SECOND).body))
    bodies += [MARKER.sub("", each.body) for each in said_on(model, "2026-08-04") if each.issue == first]
    for number in ("", " #999", " #1"):
        bodies += [MARKER.sub("", each.body) for each in say(model, first, f"/recurrence yes{number}", "2026-08-05")]
    assert "\n\n~~~\n\n".join(bodies) == snapshot


def test_two_postmortems_of_one_day_that_name_each_other_have_one_that_is_later() -> None:
    model = Model(merged=MERGED)
    model.push(FIRST, good_postmortem(recurrence_of="INC-2077"))
    model.push(SECOND, good_postmortem(metadata={"Incident": "INC-2077"}, sections=WHY, recurrence_of="INC-2041"))
    model.settle(now=MERGED)
    labelled = [each.number for each in model.facts.issues.values() if INSUFFICIENT_LABEL in each.labels]
    assert labelled == [tracking(model).number]


def test_a_word_that_was_a_slip_is_taken_back() -> None:
    model = merged()
    first = tracking(model).number
    model.open_by_hand("Unrelated: the login page", 70)
    say(model, first, "/recurrence yes #70", DAY)
    (answer,) = say(model, first, "/recurrence none #70", DAY)
    assert answer.body.startswith("Taken back: #70 does not count as a recurrence any more.")
    assert not ledger(model).owes_postmortem
    assert not _is_labelled(model)
    assert "**#70 was no recurrence**, said ana on 2026-05-11." in tracking(model).body
    assert "happened again" not in finish(model)[-1].body.replace("has not happened again", "")
    assert not tracking(model).open


def test_what_is_taken_back_can_be_said_again() -> None:
    model = merged()
    first = tracking(model).number
    model.open_by_hand("Checkout is down", 70)
    for text in ("/recurrence yes #70", "/recurrence none #70", "/recurrence yes #70"):
        say(model, first, text, DAY)
    assert ledger(model).owes_postmortem
    assert _is_labelled(model)
    assert said_on(model, "2026-05-12") == []


def test_of_two_recurrences_only_the_one_that_is_named_is_taken_back() -> None:
    model = merged()
    first = tracking(model).number
    for number in (70, 71):
        model.open_by_hand("Checkout is down", number)
        say(model, first, f"/recurrence yes #{number}", DAY)
    say(model, first, "/recurrence none #70", DAY)
    assert [each.issue for each in ledger(model).recurrences if each.happened] == [71]
    assert _is_labelled(model)


def test_who_took_the_label_off_before_keeps_it_off_when_a_slip_is_taken_back_and_another_one_comes() -> None:
    model = merged()
    first = tracking(model).number
    for number in (70, 71):
        model.open_by_hand("Checkout is down", number)
    say(model, first, "/recurrence yes #70", DAY)
    model.edit(first, labels=tracking(model).labels - {INSUFFICIENT_LABEL})
    say(model, first, "/recurrence none #70", DAY)
    say(model, first, "/recurrence yes #71", DAY)
    assert not _is_labelled(model)


def test_a_plain_none_after_a_yes_of_one_s_own_says_how_a_slip_is_taken_back() -> None:
    model = merged()
    first = tracking(model).number
    model.open_by_hand("Checkout is down", 70)
    say(model, first, "/recurrence yes #70", DAY)
    (answer,) = say(model, first, "/recurrence none, that was a slip", DAY)
    assert "take it back with `/recurrence none #70`" in answer.body
    assert ledger(model).owes_postmortem
    assert say(model, first, "/recurrence none", DAY, login="gita") == []


def test_what_nobody_said_cannot_be_taken_back_and_what_a_document_declares_only_there() -> None:
    model = merged()
    second = merge_second(model, now=at("2026-06-24"), why=True, recurrence_of="INC-2041")
    first = tracking(model).number
    said = say(model, first, "/recurrence none #700", "2026-06-25")
    assert "Nobody has said here that it happened in #700" in "".join(each.body for each in said)
    said = say(model, first, f"/recurrence none #{second.number}", "2026-06-25")
    assert "take `Recurrence of:` out of that document" in "".join(each.body for each in said)
    assert ledger(model).owes_postmortem


def test_taking_a_word_back_does_not_answer_whether_it_happened_since() -> None:
    model = merged()
    model.open_by_hand("Unrelated: the login page", 70)
    first = tracking(model).number
    for issue in actions(model):
        close(model, issue, "2026-05-15")
    said_on(model, "2026-05-15")
    say(model, first, "/verified pass https://ci.example/7", "2026-07-06")
    said_on(model, "2026-08-04")
    say(model, first, "/recurrence yes #70", "2026-08-04")
    say(model, first, "/recurrence none #70", "2026-08-06")
    assert tracking(model).open
    say(model, first, "/recurrence none", "2026-08-07")
    assert not tracking(model).open


def test_a_word_is_taken_back_by_the_address_too_and_in_another_repository_there_is_none_to_take_back() -> None:
    model = merged()
    model.open_by_hand("Unrelated: the login page", 70)
    first, own = tracking(model).number, model.facts.repository.url
    say(model, first, "/recurrence yes #70", DAY)
    (answer,) = say(model, first, "/recurrence none https://github.com/else/where/issues/70", DAY)
    assert "is another repository" in answer.body
    assert ledger(model).owes_postmortem
    (answer,) = say(model, first, f"/recurrence none {own}/issues/70", DAY)
    assert answer.body.startswith("Taken back: #70")
    assert not ledger(model).owes_postmortem


def test_a_verification_of_one_item_says_where_that_of_the_whole_is_said() -> None:
    model = merged()
    say(model, actions(model)[0].number, "/verified pass https://ci.example/7", DAY)
    assert f"(for the whole postmortem, say it on #{tracking(model).number})" in actions(model)[0].body
