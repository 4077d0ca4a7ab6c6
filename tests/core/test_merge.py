"""People win, and the document applies only what it changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.merge import Merged, Now, action_title, issue_title, merge
from app.core.promise import Promise, Said, Shown
from app.core.repository_facts import User
from rules.policy import Priority

ANA, BEN, GITA = User(1, "ana"), User(2, "ben"), User(3, "gita")
DUE, LATER, LATEST = date(2026, 6, 1), date(2026, 6, 15), date(2026, 6, 22)
TODAY = date(2026, 5, 10)
SAID = Said(title="Alert on lag", owner="ana", owner_text="@ana", due=DUE, priority=Priority.P0, criterion="it fires")
SHOWN = Shown(title="Alert on lag", assignees=(ANA.id,), milestone=DUE)
PROMISE = Promise(document="INC-1", uid="u", tracking=7, said=SAID, shown=SHOWN, due=DUE, priority=Priority.P0)
NOW = Now("Alert on lag", (ANA,), DUE, elsewhere=False, open=True)


def _merged(said: Said = SAID, now: Now = NOW, owner: User | None = ANA, promise: Promise = PROMISE) -> Merged:
    changed = owner is not None and said.owner != promise.said.owner
    return merge(promise, said, now, (owner,) if owner and changed else None, TODAY)


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Alert on lag.", "Alert on lag"),
        ("Alert on lag …", "Alert on lag …"),
        ("And so on...", "And so on..."),
        (".", "."),
    ],
)
def test_an_issue_is_called_as_its_action_without_a_full_stop(said: str, title: str) -> None:
    assert action_title(said) == title


def test_where_nothing_changed_nothing_changes() -> None:
    assert _merged() == Merged("Alert on lag", (ANA,), DUE, True, None, PROMISE)


def test_what_the_document_changed_is_applied() -> None:
    said = replace(SAID, title="Alert on replica lag", owner="ben", due=LATER)
    merged = _merged(said, owner=BEN)
    assert (merged.title, merged.assignees, merged.milestone) == ("Alert on replica lag", (BEN,), LATER)
    assert merged.promise.due == DUE
    assert [(each.to, each.by) for each in merged.promise.extensions] == [(LATER, "document")]


def test_what_a_person_changed_is_kept() -> None:
    now = Now("Better title", (GITA, BEN), LATER, elsewhere=False, open=False)
    merged = _merged(now=now)
    assert (merged.title, merged.assignees, merged.milestone, merged.open) == (
        "Better title",
        (GITA, BEN),
        LATER,
        False,
    )
    assert [(each.to, each.by) for each in merged.promise.extensions] == [(LATER, "")]


def test_of_both_the_person_keeps_assignee_date_and_state_and_the_document_its_title() -> None:
    said = replace(SAID, title="Alert on replica lag", owner="ben", due=LATEST, declined=True)
    now = Now("Better title", (GITA,), LATER, elsewhere=False, open=False)
    merged = _merged(said, now, owner=BEN)
    assert merged.title == "Alert on replica lag"
    assert (merged.assignees, merged.milestone, merged.open) == ((GITA,), LATER, False)


def test_a_person_s_reassignment_survives_an_edited_deadline() -> None:
    merged = _merged(replace(SAID, due=LATER), replace(NOW, assignees=(GITA,)))
    assert (merged.assignees, merged.milestone) == ((GITA,), LATER)


def test_a_person_s_reassignment_outlives_a_later_change_of_owner() -> None:
    reassigned = replace(NOW, assignees=(GITA,))
    later = _merged(replace(SAID, due=LATER), reassigned).promise
    merged = _merged(replace(SAID, due=LATER, owner="ben"), replace(reassigned, milestone=LATER), BEN, later)
    assert merged.assignees == (GITA,)


def test_an_owner_who_cannot_be_assigned_leaves_the_assignees_alone() -> None:
    assert _merged(replace(SAID, owner="stranger"), owner=None).assignees == (ANA,)


@pytest.mark.parametrize("elsewhere", [True, False])
def test_a_foreign_milestone_or_none_is_left_and_the_deadline_stays(elsewhere: bool) -> None:
    merged = _merged(now=replace(NOW, milestone=None, elsewhere=elsewhere))
    assert merged.milestone is None
    assert merged.promise.deadline == DUE


def test_the_first_date_that_an_item_gets_is_its_promise_and_no_extension() -> None:
    undated = replace(PROMISE, due=None, said=replace(SAID, due=None), shown=replace(SHOWN, milestone=None))
    merged = _merged(SAID, replace(NOW, milestone=None), promise=undated)
    assert (merged.promise.due, merged.promise.extensions, merged.milestone) == (DUE, (), DUE)


@pytest.mark.parametrize(
    ("said", "reason"), [(replace(SAID, done=True), "completed"), (replace(SAID, declined=True), "not_planned")]
)
def test_an_item_settled_in_the_document_closes_its_issue(said: Said, reason: str) -> None:
    merged = _merged(said)
    assert (merged.open, merged.state_reason) == (False, reason)


def test_an_issue_that_a_person_reopened_stays_open_though_the_document_says_done() -> None:
    done = replace(PROMISE, said=replace(SAID, done=True), shown=replace(SHOWN, open=False))
    assert _merged(replace(SAID, done=True), promise=done).open


def test_a_long_action_fits_a_title() -> None:
    assert len(issue_title("word " * 100)) <= 256
    assert issue_title(" two \n words ") == "two words"


USERS = st.sampled_from([(), (ANA,), (BEN,), (GITA, ANA)])
DAYS = st.sampled_from([None, DUE, LATER, LATEST])
SAIDS = st.builds(
    replace, st.just(SAID), title=st.sampled_from(["Alert on lag", "Alert on replica lag"]),
    owner=st.sampled_from([None, "ana", "ben"]), due=DAYS, done=st.booleans(), declined=st.booleans(),
)  # fmt: skip
NOWS = st.builds(
    Now, st.sampled_from(["Alert on lag", "Better title"]), USERS, DAYS, elsewhere=st.just(False), open=st.booleans()
)


@given(SAIDS, NOWS, st.sampled_from([None, ANA, BEN]))
def test_merging_again_changes_nothing(said: Said, now: Now, owner: User | None) -> None:
    first = _merged(said, now, owner)
    after = Now(first.title, first.assignees, first.milestone, elsewhere=False, open=first.open)
    again = merge(first.promise, said, after, None, TODAY)
    assert again == replace(first, state_reason=None, labels=None)


@given(SAIDS, NOWS, st.sampled_from([None, ANA, BEN]))
def test_the_promise_of_the_first_merge_is_never_forgotten(said: Said, now: Now, owner: User | None) -> None:
    merged = _merged(said, now, owner)
    assert (merged.promise.due, merged.promise.priority) == (DUE, Priority.P0)
    assert merged.promise.extensions[: len(PROMISE.extensions)] == PROMISE.extensions
