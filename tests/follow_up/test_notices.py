"""Reminders, escalations and returns: who is told what, when, and how it reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from app.core.effects import CreateComment, EditComment
from app.core.follow_up import follow_up
from app.core.promise import Promise
from app.core.repository_facts import Comment, Issue
from rules.policy import PersonPolicy, Policy, Revisits, Standup
from tests.follow_up.model import Model
from tests.follow_up.model_github import PEOPLE
from tests.postmortems import good_postmortem

MERGED = datetime(2026, 5, 6, 12, tzinfo=UTC)  # a Wednesday
POLICY = Policy(
    people={"ana": PersonPolicy(manager="dana"), "ben": PersonPolicy(team="payments"), "dana": PersonPolicy()},
    managers={"payments": "emil", "default": "dana"},
    public=True,
)


def _merged(policy: Policy = POLICY, *, owner: str = "@ana", priority: str = "P0", due: str = "2026-05-18") -> Model:
    actions = (
        f"- [ ] Alert when the pool of checkout is above 80 %\n  - Owner: {owner}\n  - Deadline: {due}\n"
        f"  - Priority: {priority}\n  - Success criterion: the alert fires in staging within 6 minutes"
    )
    model = Model(policy, merged=MERGED)
    model.push("postmortems/checkout.md", good_postmortem(actions=actions))
    model.settle(now=MERGED)
    return model


def _at(day: str, hour: int = 9) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) + timedelta(hours=hour)


def _pass(model: Model, day: str, hour: int = 9) -> list[CreateComment]:
    return [each for each in model.settle(now=_at(day, hour)) if isinstance(each, CreateComment)]


def _days(model: Model, until: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A pass at every alarm: the day, and whom each comment mentions."""
    alarm = model.alarm(MERGED)
    while alarm and alarm <= _at(until):
        for comment in _pass(model, alarm.date().isoformat(), alarm.hour):
            yield alarm.date().isoformat(), comment.mentions
        alarm = model.alarm(alarm)


def _action(model: Model) -> Issue:
    return model.issue(lambda each: isinstance(each.record, Promise))


def _say(model: Model, login: str, text: str, day: str) -> None:
    known = max((each.id for each in model.facts.comments), default=0)
    comment = Comment(known + 1, _action(model).number, PEOPLE[login], False, text, _at(day))
    model.facts = model.facts.with_comment(comment)


ALONE = replace(POLICY, revisits=Revisits(days=()), standup=Standup(enabled=False))


def test_a_p0_reminds_its_owner_before_and_its_manager_from_the_first_working_day_late_four_times_in_all() -> None:
    assert list(_days(_merged(ALONE), "2026-12-01")) == [
        ("2026-05-14", ("ana",)),
        ("2026-05-19", ("ana", "dana")),
        ("2026-05-26", ("ana", "dana")),
        ("2026-06-02", ("ana", "dana")),
        ("2026-06-09", ("ana", "dana")),
    ]


def test_after_an_outage_the_repetitions_count_from_the_first_word_which_is_not_the_last() -> None:
    model = _merged(ALONE)
    _pass(model, "2026-05-14")
    (first,) = _pass(model, "2026-06-12")
    assert "this P0 is 19 working days late. That blames nobody" in first.body
    assert "last word" not in first.body
    alarm = model.alarm(_at("2026-06-12"))
    days = []
    while alarm and alarm < _at("2026-12-01"):
        days += [alarm.date().isoformat() for _ in _pass(model, alarm.date().isoformat(), alarm.hour)]
        alarm = model.alarm(alarm)
    assert days == ["2026-06-19", "2026-06-26", "2026-07-03"]


def test_a_p1_goes_to_the_owner_alone_first_and_then_to_the_teams_manager() -> None:
    assert list(_days(_merged(ALONE, owner="@ben", priority="P1"), "2026-05-25")) == [
        ("2026-05-14", ("ben",)),
        ("2026-05-19", ("ben",)),
        ("2026-05-21", ("ben", "emil")),
    ]


def test_nine_overdue_items_of_one_manager_are_told_three_a_day_and_none_is_lost() -> None:
    actions = "\n".join(
        f"- [ ] Alert when pool number {number} is above 80 %\n  - Owner: @ana\n  - Deadline: 2026-05-18\n"
        "  - Priority: P0\n  - Success criterion: the load test passes"
        for number in range(9)
    )
    model = Model(ALONE, merged=MERGED)
    model.push("postmortems/checkout.md", good_postmortem(actions=actions))
    model.settle(now=MERGED)
    told = [day for day, mentions in _days(model, "2026-05-22") if "dana" in mentions]
    assert told == ["2026-05-19"] * 3 + ["2026-05-20"] * 3 + ["2026-05-21"] * 3


def test_what_is_told_for_the_first_time_does_not_wait_for_what_is_repeated() -> None:
    dues = ["2026-05-18"] * 3 + ["2026-05-25"] * 3
    actions = "\n".join(
        f"- [ ] Alert when pool number {number} is above 80 %\n  - Owner: @{'ben' if due > '2026-05-18' else 'ana'}\n"
        f"  - Deadline: {due}\n  - Priority: P0\n  - Success criterion: the load test passes"
        for number, due in enumerate(dues)
    )
    model = Model(replace(ALONE, managers={"default": "dana"}), merged=MERGED)
    model.push("postmortems/checkout.md", good_postmortem(actions=actions))
    model.settle(now=MERGED)
    told = [(day, mentions) for day, mentions in _days(model, "2026-05-27") if "dana" in mentions]
    assert told[:3] == [("2026-05-19", ("ana", "dana"))] * 3
    assert told[3:6] == [("2026-05-26", ("ben", "dana"))] * 3
    assert told[6:] == [("2026-05-27", ("ana", "dana"))] * 3


def test_a_moved_date_starts_anew_and_nobody_is_reminded_on_that_day() -> None:
    model = _merged(ALONE)
    assert _pass(model, "2026-05-19")
    action = _action(model)
    promise = action.record
    assert isinstance(promise, Promise)
    model.facts = replace(model.facts, roles={})
    model.push(
        "postmortems/checkout.md",
        good_postmortem(
            actions="- [ ] Alert when the pool of checkout is above 80 %\n  - Owner: @ana\n  - Deadline: 2026-05-21\n"
            "  - Priority: P0\n  - Success criterion: the alert fires in staging within 6 minutes"
        ),
    )
    assert not _pass(model, "2026-05-19", 10)
    assert [each.reason for each in _pass(model, "2026-05-20")] == ["due soon"]
    assert [each.reason for each in _pass(model, "2026-05-22")] == ["overdue P0, 1 working day"]


def test_the_label_says_overdue_while_it_is_and_stays_off_where_a_person_took_it_off() -> None:
    model = _merged(ALONE)
    _pass(model, "2026-05-19", 8)
    assert "overdue" not in _action(model).labels
    _pass(model, "2026-05-19", 9)
    assert "overdue" in _action(model).labels
    model.edit(_action(model).number, labels=_action(model).labels - {"overdue"})
    _pass(model, "2026-05-20")
    assert "overdue" not in _action(model).labels


def test_the_label_goes_when_it_is_done() -> None:
    model = _merged(ALONE)
    _pass(model, "2026-05-19")
    model.proven.add(_action(model).number)
    model.edit(_action(model).number, open=False, state_reason="completed")
    _pass(model, "2026-05-23", 3)
    assert "overdue" not in _action(model).labels


def test_a_closed_item_reminds_nobody() -> None:
    model = _merged(ALONE)
    model.proven.add(_action(model).number)
    model.edit(_action(model).number, open=False, state_reason="completed")
    assert list(_days(model, "2026-12-01")) == []


KNOWN = replace(ALONE, people={"zed": PersonPolicy(manager="dana")})
"""Zed is known, and issues cannot be assigned to them."""


def test_an_owner_who_cannot_be_assigned_is_reminded_all_the_same_where_the_policy_knows_them() -> None:
    model = _merged(KNOWN, owner="@zed")
    assert _action(model).assignees == ()
    assert list(_days(model, "2026-05-27")) == [
        ("2026-05-14", ("zed",)),
        ("2026-05-19", ("zed", "dana")),
        ("2026-05-26", ("zed", "dana")),
    ]


def test_the_escalation_says_who_promised_what_nobody_has() -> None:
    (known,) = _pass(_merged(KNOWN, owner="@zed"), "2026-05-19")
    assert "- Promised by zed for Monday 2026-05-18.\n- It is not assigned to zed on GitHub. Nothing from" in known.body
    (unknown,) = _pass(_merged(ALONE, owner="Zoe Quist"), "2026-05-19")
    assert (
        "- Promised by Zoe Quist for Monday 2026-05-18.\n- It is not assigned to them on GitHub. Who takes it?"
        in unknown.body
    )


def test_an_owner_who_has_said_nothing_is_invited_and_not_blamed() -> None:
    (said,) = _pass(_merged(ALONE), "2026-05-19")
    assert "- Nothing from ana here yet: a line about what got in the way would help." in said.body


def test_what_an_owner_last_said_is_no_word_that_only_steers() -> None:
    model = _merged(ALONE)
    action = next(number for number, each in model.facts.issues.items() if isinstance(each.record, Promise))
    model.say(action, "ana", "The vendor has answered.")
    model.say(action, "ana", "/help")
    said = "".join(each.body for each in _pass(model, "2026-05-19") if each.about.startswith("notice:"))
    assert "The vendor has answered." in said
    assert "/help" not in said


def test_nor_is_one_invited_whose_issue_has_just_been_opened() -> None:
    late = _merged(ALONE, due="2026-05-01")
    (said,) = _pass(late, "2026-05-07")
    assert "- Promised for Friday 2026-05-01.\n\nThere are three" in said.body


def test_whom_only_the_document_names_is_not_mentioned() -> None:
    model = _merged(ALONE, owner="@stranger", priority="P1")
    (soon,) = _pass(model, "2026-05-14")
    assert soon.mentions == ()
    assert "@stranger" not in soon.body
    assert "stranger promised it; it is not assigned to them on GitHub." in soon.body


def test_whoever_gave_an_item_back_is_not_reminded_of_it() -> None:
    model = _merged(ALONE)
    model.edit(_action(model).number, assignees=())
    assert not any("ana" in mentions for _, mentions in _days(model, "2026-06-20"))


def test_in_a_public_repository_managers_are_not_mentioned_unless_the_policy_says_so() -> None:
    model = _merged(replace(ALONE, public=False))
    assert [each.mentions for each in _pass(model, "2026-05-19")] == [("ana",)]


@pytest.mark.parametrize("by_hand", [True, False])
def test_when_the_owner_is_gone_the_manager_is_asked_once_and_the_clock_goes_on(by_hand: bool) -> None:
    model = _merged(ALONE)
    if by_hand:
        model.edit(_action(model).number, assignees=())
    else:
        model.facts = replace(model.facts, assignable={"ben": PEOPLE["ben"]})
    (asked,) = _pass(model, "2026-05-08")
    assert asked.mentions == ("dana",)
    assert not _pass(model, "2026-05-11")
    assert [each.mentions for each in _pass(model, "2026-05-19")] == [("dana",)]


def test_a_manager_who_was_just_asked_who_has_it_now_is_told_again_only_five_working_days_later() -> None:
    model = _merged(ALONE)
    assert [each.mentions for each in _pass(model, "2026-05-19")] == [("ana", "dana")]
    model.edit(_action(model).number, assignees=())
    assert [each.mentions for each in _pass(model, "2026-05-25")] == [("dana",)]
    days = []
    alarm = model.alarm(_at("2026-05-25"))
    while alarm and alarm < _at("2026-12-01"):
        days += [alarm.date().isoformat() for _ in _pass(model, alarm.date().isoformat(), alarm.hour)]
        alarm = model.alarm(alarm)
    assert days == ["2026-06-01", "2026-06-08", "2026-06-15"], "three times, as ever"


def test_another_manager_than_the_one_who_was_asked_who_has_it_is_told_on_time() -> None:
    model = _merged(ALONE)
    _pass(model, "2026-05-19")
    model.edit(_action(model).number, assignees=())
    _pass(model, "2026-05-25")
    model.facts = replace(model.facts, policy=replace(ALONE, people={}, managers={"default": "faye"}))
    assert [each.mentions for each in _pass(model, "2026-05-26")] == [("faye",)]


def test_a_new_notice_folds_the_ones_before_it() -> None:
    model = _merged(ALONE)
    _pass(model, "2026-05-14")
    written = model.settle(now=_at("2026-05-19"))
    (folded,) = [each for each in written if isinstance(each, EditComment)]
    assert folded.body.startswith("*On 2026-05-14: due soon, on 2026-05-18. There is a newer word below.*")


@pytest.mark.parametrize(
    ("policy", "is_told"),
    [
        pytest.param(ALONE, True, id="whose manager it names"),
        pytest.param(replace(ALONE, people={}, managers={}), False, id="without a manager"),
        pytest.param(
            replace(ALONE, people={"ben": PersonPolicy(manager="ana")}, managers={}), False, id="who is a manager, too"
        ),
    ],
)
def test_a_folded_escalation_says_that_the_manager_was_told_only_where_somebody_was(
    policy: Policy, is_told: bool
) -> None:
    model = _merged(policy)
    _pass(model, "2026-05-19")
    (newer,) = _pass(model, "2026-05-26")
    (folded,) = (each for each in model.log if isinstance(each, EditComment))
    assert ("On 2026-05-19: overdue since 2026-05-18, and the manager was told." in folded.body) is is_told
    assert is_told or "On 2026-05-19: overdue since 2026-05-18. " in folded.body
    assert ("so nobody else hears of it" in newer.body) is not is_told


def test_a_notice_that_was_deleted_is_not_posted_again() -> None:
    model = _merged(ALONE)
    assert _pass(model, "2026-05-19")
    model.facts = replace(model.facts, comments=())
    assert not _pass(model, "2026-05-19", 11)


def test_a_crash_after_the_notice_posts_no_second_one() -> None:
    model = _merged(ALONE)
    written = model.settle(now=_at("2026-05-19"), stop_after=1)
    assert [type(each) for each in written] == [CreateComment]
    assert not _pass(model, "2026-05-19", 10)
    assert follow_up(model.observed(_at("2026-05-19", 10)), _at("2026-05-19", 10)).notices == ()


def test_the_returns_come_after_30_60_and_90_days_and_go_to_the_manager_when_nobody_answers() -> None:
    model = _merged()
    model.proven.add(_action(model).number)
    model.edit(_action(model).number, open=False, state_reason="completed")
    days = list(_days(model, "2026-12-01"))
    assert [day for day, _ in days] == ["2026-06-05", "2026-07-06", "2026-07-13", "2026-08-04", "2026-08-11"]


def test_how_notices_read(snapshot: SnapshotAssertion) -> None:
    model = _merged(ALONE)
    said = [each.body for each in _pass(model, "2026-05-14")]
    _say(model, "ana", "Waiting for @ops to fix #7: the staging cluster is down", "2026-05-18")
    for day in ("2026-05-19", "2026-05-26", "2026-06-02", "2026-06-09"):
        said += [each.body for each in _pass(model, day)]
    slow = _merged(ALONE, priority="P1")
    said += [each.body for each in _pass(slow, "2026-05-19")]
    slow.edit(_action(slow).number, assignees=())
    said += [each.body for each in _pass(slow, "2026-05-19", 10)]
    assert "\n\n~~~\n\n".join(said) == snapshot


def test_how_returns_read(snapshot: SnapshotAssertion) -> None:
    model = _merged()
    for alarm in ("2026-05-19", "2026-05-26", "2026-06-02"):
        _pass(model, alarm)
    said = [
        each.body
        for day in ("2026-06-05", "2026-06-12", "2026-07-06", "2026-07-13", "2026-08-04", "2026-08-11")
        for each in _pass(model, day)
        if "revisit:" in each.about
    ]
    assert "\n\n~~~\n\n".join(said) == snapshot
