"""What commands on a pull request lead to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.core.gate import gate
from app.core.orders import Why
from app.core.pull_orders import Conversation, decide_on_pull, people_heard, standing_waivers, unanswered_waivers
from app.core.roles import Role
from app.core.verdict import PullVerdict
from tests.core.conversation import ROLES, comment, conversation, reply, waiver
from tests.core.facts import commit, document, facts
from tests.service.documents import GOOD

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
WAIVE = "/waive CO413 the vendor tests it"
UNMEASURED = GOOD.replace(" Success criterion: a deploy with pool size 20 is refused in staging.", "")
VERDICT = gate(facts(document(UNMEASURED), commits=(commit("ana"), commit("bo"))), NOW)


def answers(said: Conversation, verdict: PullVerdict = VERDICT) -> list[tuple[int, Why]]:
    return [(each.comment, each.why) for each in decide_on_pull(said, verdict).answers]


def test_the_document_fails_for_one_thing_alone() -> None:
    assert VERDICT.failing_codes == {"CO413"}


def test_a_maintainers_word_becomes_a_waiver() -> None:
    (answer,) = decide_on_pull(conversation(comment(1, WAIVE)), VERDICT).answers
    assert answer.why is Why.WAIVED
    assert answer.waiver == waiver()


@pytest.mark.parametrize("code", ["CO413", "co413", "CO413:", "`CO413`", "action-criterion-missing"])
def test_a_code_may_be_written_in_several_ways(code: str) -> None:
    (answer,) = decide_on_pull(conversation(comment(1, f"/waive {code} because")), VERDICT).answers
    assert answer.waiver is not None
    assert answer.waiver.code == "CO413"


@pytest.mark.parametrize(
    ("who", "text", "why"),
    [
        ("gita", "/waive CO999 because", Why.UNKNOWN_CODE),
        ("gita", "/waive CO402 because", Why.NOTHING_TO_WAIVE),
        ("gita", "/waive CO413", Why.MALFORMED),
        ("gita", "/iwave CO413 because", Why.MALFORMED),
        ("gita", "/recheckk", Why.MALFORMED),
        ("gita", "/wontdo because", Why.ON_ISSUE),
        ("gita", "/extend soon", Why.ON_ISSUE),
        ("gita", "/help", Why.HELP),
        ("will", WAIVE, Why.NOT_MAINTAINER),
        ("ana", WAIVE, Why.AUTHOR),
        ("bo", WAIVE, Why.AUTHOR),
        ("eve", WAIVE, Why.NOT_MAINTAINER),
        ("eve", "/waive", Why.NOT_ALLOWED),
        ("eve", "/recheck", Why.NOT_ALLOWED),
        ("eve", "/help", Why.HELP),
    ],
)
def test_everything_else_is_answered_and_grants_nothing(who: str, text: str, why: Why) -> None:
    (answer,) = decide_on_pull(conversation(comment(1, text, who)), VERDICT).answers
    assert (answer.why, answer.waiver) == (why, None)


def test_whoever_opened_the_pull_request_is_no_fresh_pair_of_eyes() -> None:
    said = replace(conversation(comment(1, WAIVE)), author=comment(9, "").author)
    assert answers(said) == [(1, Why.AUTHOR)]


def test_an_author_who_is_known_by_name_alone_is_recognised_by_their_commit() -> None:
    text = UNMEASURED.replace("Bo Chen (@bo)\n", "Bo Chen (@bo), Gita Rao\n")
    by_name = commit("gita", name="Gita Rao", email="gita@acme.example")
    verdict = gate(facts(document(text), commits=(commit("ana"), commit("bo"), by_name)), NOW)
    assert answers(conversation(comment(1, WAIVE)), verdict) == [(1, Why.AUTHOR)]


def test_an_author_whom_the_pull_request_takes_out_still_is_one() -> None:
    before = GOOD.replace("Bo Chen (@bo)\n", "Bo Chen (@bo), Gita Rao (@gita)\n")
    verdict = gate(facts(document(UNMEASURED, base=before), commits=(commit("ana"), commit("bo"))), NOW)
    assert answers(conversation(comment(1, WAIVE)), verdict) == [(1, Why.AUTHOR)]


@pytest.mark.parametrize(
    ("role", "why"),
    [
        (Role("admin", "admin"), Why.WAIVED),
        (Role("write", "maintain"), Why.WAIVED),
        (Role("write", "release-crew", allows_maintaining=True), Why.WAIVED),
        (Role("write", "release-crew"), Why.NOT_MAINTAINER),
        (Role("write", "write"), Why.NOT_MAINTAINER),
        (Role("none"), Why.NOT_MAINTAINER),
    ],
)
def test_maintaining_is_what_counts(role: Role, why: Why) -> None:
    said = replace(conversation(comment(1, WAIVE)), roles={"gita": role})
    assert answers(said) == [(1, why)]


def test_an_edited_comment_may_be_anybodys_words() -> None:
    assert answers(conversation(comment(1, WAIVE, edited=True))) == [(1, Why.EDITED)]


def test_what_has_its_reply_was_dealt_with() -> None:
    assert answers(conversation(comment(1, WAIVE), reply(2, 1, waiver()))) == []
    assert people_heard(conversation(comment(1, WAIVE), reply(2, 1)), 0) == frozenset()


def test_a_reply_that_somebody_copied_is_no_reply() -> None:
    copied = replace(reply(2, 1, waiver()), ours=False, bot=False)
    said = conversation(comment(1, WAIVE), copied)
    assert answers(said) == [(1, Why.WAIVED)]
    assert standing_waivers(said) == ()


def test_a_record_that_was_edited_is_void() -> None:
    said = conversation(comment(1, WAIVE), reply(2, 1, waiver(), edited=True))
    assert standing_waivers(said) == ()
    assert answers(said) == []


def test_what_is_waived_already_is_not_waived_twice() -> None:
    said = conversation(comment(1, WAIVE), reply(2, 1, waiver()), comment(3, "/waive CO413 two"))
    (answer,) = decide_on_pull(said, VERDICT).answers
    assert (answer.why, answer.detail, answer.waiver) == (Why.WAIVED_ALREADY, "gita", None)
    assert answers(conversation(comment(1, WAIVE), comment(3, WAIVE))) == [(1, Why.WAIVED), (3, Why.WAIVED_ALREADY)]


def test_once_the_record_is_gone_it_can_be_waived_again() -> None:
    said = conversation(comment(1, WAIVE), reply(2, 1), comment(3, WAIVE))
    assert answers(said) == [(3, Why.WAIVED)]


def test_a_waiver_that_no_longer_counts_keeps_nobody_from_another_one() -> None:
    void = replace(waiver(), by="ana", who=1)
    (answer,) = decide_on_pull(conversation(comment(1, WAIVE), reply(2, 1, void), comment(3, WAIVE)), VERDICT).answers
    assert answer.why is Why.WAIVED


def test_a_waiver_that_counted_and_whose_record_is_gone_was_taken_back() -> None:
    said = conversation(comment(1, WAIVE), comment(2, WAIVE))
    decision = decide_on_pull(said, VERDICT, taken_back=frozenset({1}), awaited=frozenset({"answer:1"}))
    assert [(each.comment, each.why) for each in decision.answers] == [(1, Why.WITHDRAWN), (2, Why.WAIVED)]
    assert decision.answers[0].waiver is None


def test_who_waits_for_a_waiver() -> None:
    said = conversation(comment(1, WAIVE), comment(2, "/help"), comment(3, WAIVE), reply(4, 3, waiver(comment=3)))
    assert unanswered_waivers(said) == {1}
    assert standing_waivers(said) == (waiver(comment=3, record=4),)


def test_a_record_that_perhaps_was_never_written_does_not_count_yet() -> None:
    decision = decide_on_pull(conversation(comment(1, WAIVE)), VERDICT, awaited=frozenset({"answer:1"}))
    assert (decision.answers, decision.awaited) == ((), True)


def test_a_stranger_is_answered_once() -> None:
    twice = [comment(1, "/help", "eve"), comment(2, WAIVE, "eve")]
    assert answers(conversation(*twice)) == [(1, Why.HELP)]
    assert answers(conversation(*twice, reply(3, 1))) == []
    assert answers(conversation(*twice, reply(3, 1), comment(4, "/help"))) == [(4, Why.HELP)]


def test_what_was_answered_long_ago_is_not_said_again_when_the_reply_is_gone() -> None:
    assert answers(conversation(comment(1, "/help"), later=timedelta(days=2))) == []
    assert answers(conversation(comment(1, WAIVE), later=timedelta(days=2))) == [(1, Why.WAIVED)]


def test_a_bot_gives_no_commands() -> None:
    assert answers(conversation(replace(comment(1, WAIVE), bot=True))) == []


def test_nothing_is_decided_before_it_is_known_who_may_what() -> None:
    said = replace(conversation(comment(1, "/help", "eve"), comment(2, WAIVE)), roles={"gita": ROLES["gita"]})
    assert people_heard(said, 0) == {"eve"}
    assert answers(said) == []


@pytest.mark.parametrize(("who", "recheck"), [("will", 7), ("ana", 7), ("bo", 7), ("eve", 3)])
def test_recheck_is_for_those_who_may_write_and_for_authors(who: str, recheck: int) -> None:
    decision = decide_on_pull(conversation(comment(7, "/recheck", who)), VERDICT, rechecked=3)
    assert decision.recheck == recheck
    assert len(decision.answers) == (1 if who == "eve" else 0)


def test_a_command_behind_a_recheck_is_named_once_and_the_recheck_stands_until_there_is_a_result() -> None:
    said = comment(7, f"/recheck\n{WAIVE}", "will")
    first = decide_on_pull(conversation(said), VERDICT)
    assert [(each.why, each.dropped) for each in first.answers] == [(Why.ONLY_FIRST, "waive")]
    assert first.recheck == 7
    again = decide_on_pull(conversation(said, reply(8, 7)), VERDICT)
    assert (again.answers, again.recheck) == ((), 7)
    assert not people_heard(conversation(said, reply(8, 7)), 7)
    unseen = decide_on_pull(conversation(said), VERDICT, awaited=frozenset({"answer:7"}))
    assert (unseen.answers, unseen.awaited) == ((), True)


def test_a_recheck_that_has_its_result_is_over() -> None:
    said = conversation(comment(3, "/recheck", "will"))
    assert decide_on_pull(said, VERDICT, rechecked=3).recheck == 3
    assert people_heard(said, 3) == frozenset()
