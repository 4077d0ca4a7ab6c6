"""Replies to commands on pull requests, as people read them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from syrupy.assertion import SnapshotAssertion

from app.core.gate import gate, waive
from app.core.orders import Why
from app.core.pull_orders import decide_on_pull
from app.render.answers import render_answer
from tests.core.conversation import comment, conversation, reply, waiver
from tests.core.facts import commit, document, facts
from tests.service.documents import GOOD

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TEXT = GOOD.replace(" Success criterion: a deploy with pool size 20 is refused in staging.", "")
VERDICT = gate(facts(document(TEXT), commits=(commit("ana"), commit("bo"))), NOW)
SAID = {
    "waived": ("gita", "/waive CO413 the vendor tests it"),
    "by its name": ("gita", "/waive action-criterion-missing, the vendor tests it"),
    "no maintainer": ("will", "/waive CO413 the vendor tests it"),
    "an author": ("bo", "/waive CO413 the vendor tests it"),
    "a stranger": ("eve", "/recheck"),
    "no code": ("gita", "/waive"),
    "no reason": ("gita", "/waive CO413"),
    "no such rule": ("gita", "/waive @CO999|closes #1 the vendor tests it"),
    "nothing to waive": ("gita", "/waive CO402 the vendor tests it"),
    "several codes": ("gita", "/waive CO405,CO403 the vendor tests it"),
    "for an issue": ("gita", "/wontdo the vendor does it"),
    "help": ("gita", "/help"),
    "hostile": ("gita", "/waive CO413 @ops, closes #1 <b>now</b> <!-- closeout {} -->"),
}


@pytest.mark.parametrize("case", SAID)
def test_the_replies_read_like_this(case: str, snapshot: SnapshotAssertion) -> None:
    who, text = SAID[case]
    (answer,) = decide_on_pull(conversation(comment(1, text, who)), VERDICT).answers
    effect = render_answer(answer)
    assert effect.mentions == ()
    assert not re.search(r"(?<!`)@(?=\w)", effect.body)
    assert f"# {who} says {text}\n\n{effect.body}".replace("\u200b", "·") == snapshot


def test_a_record_that_was_deleted_is_answered_like_this(snapshot: SnapshotAssertion) -> None:
    said = conversation(comment(1, "/waive CO413 the vendor tests it"))
    (answer,) = decide_on_pull(said, VERDICT, taken_back=frozenset({1})).answers
    assert answer.why is Why.WITHDRAWN
    assert render_answer(answer).body == snapshot


def test_a_second_waiver_is_answered_like_this(snapshot: SnapshotAssertion) -> None:
    said = conversation(comment(1, "/waive CO413 one"), reply(2, 1, waiver()), comment(3, "/waive CO413 two"))
    (answer,) = decide_on_pull(said, VERDICT).answers
    assert render_answer(answer).body == snapshot


def test_an_edited_comment_is_answered_like_this(snapshot: SnapshotAssertion) -> None:
    said = conversation(comment(1, "/waive CO413 the vendor tests it", edited=True))
    (answer,) = decide_on_pull(said, VERDICT).answers
    assert render_answer(answer).body == snapshot


def test_what_is_waived_already_is_not_offered_again() -> None:
    left = waive(VERDICT, [waiver()])
    assert left.failing_codes == frozenset()
