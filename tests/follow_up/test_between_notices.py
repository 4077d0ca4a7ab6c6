"""What people and documents do between two notices of an item, and what is said of it then."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.effects import CreateComment
from app.core.promise import Promise
from app.core.repository_facts import Comment, Issue, User
from rules.policy import Calendar, PersonPolicy, Policy, Revisits, Standup
from tests.follow_up.model import Model
from tests.follow_up.model_github import PEOPLE
from tests.postmortems import good_postmortem

MERGED = datetime(2026, 5, 6, 12, tzinfo=UTC)  # a Wednesday
POLICY = Policy(managers={"default": "dana"}, public=True, revisits=Revisits(days=()), standup=Standup(enabled=False))
PATH = "postmortems/checkout.md"


def _action(due: str = "2026-05-18", priority: str = "P0", title: str = "Alert when the pool is above 80 %") -> str:
    deadline = f"\n  - Deadline: {due}" if due else ""
    urgent = f"\n  - Priority: {priority}" if priority else ""
    return f"- [ ] {title}\n  - Owner: @ana{deadline}{urgent}\n  - Success criterion: the alert fires within 6 minutes"


def _merged(*actions: str, policy: Policy = POLICY) -> Model:
    model = Model(policy, merged=MERGED)
    _write(model, *(actions or (_action(),)))
    model.settle(now=MERGED)
    return model


def _write(model: Model, *actions: str) -> None:
    model.push(PATH, good_postmortem(actions="\n".join(actions)))


def _at(day: str, hour: int = 9) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) + timedelta(hours=hour)


def _told(model: Model, day: str, hour: int = 9) -> list[tuple[str, ...]]:
    """Whom each comment of a pass mentions."""
    return [each.mentions for each in model.settle(now=_at(day, hour)) if isinstance(each, CreateComment)]


def _bodies(model: Model, day: str, hour: int = 9) -> list[str]:
    return [each.body for each in model.settle(now=_at(day, hour)) if isinstance(each, CreateComment)]


def _issue(model: Model) -> Issue:
    return model.issue(lambda each: isinstance(each.record, Promise))


def _promise(model: Model) -> Promise:
    record = _issue(model).record
    assert isinstance(record, Promise)
    return record


OWNER, BOTH = ("ana",), ("ana", "dana")


def test_a_priority_that_rises_after_the_reminder_goes_to_the_manager_on_the_next_working_day() -> None:
    model = _merged(_action(priority="P2"))
    assert _told(model, "2026-05-19") == [OWNER]
    _write(model, _action(priority="P0"))
    assert _told(model, "2026-05-19", 10) == []
    assert model.alarm(_at("2026-05-19", 10)) == _at("2026-05-20")
    assert [set(each) for each in _told(model, "2026-05-20")] == [set(BOTH)]
    assert _told(model, "2026-05-21") == []


def test_a_priority_that_falls_after_the_manager_was_told_takes_nothing_back_and_waits_for_its_own_turn() -> None:
    model = _merged(_action(priority="P0"))
    assert len(_told(model, "2026-05-19")) == 1
    _write(model, _action(priority="P2"))
    assert [day for day in range(20, 30) if _told(model, f"2026-05-{day}")] == []
    (said,) = _bodies(model, "2026-06-01")
    assert "this P2 is still open, 10 working days late" in said


def test_a_reopened_item_is_not_told_again_what_it_was_told_and_goes_on_from_there() -> None:
    model = _merged()
    assert len(_told(model, "2026-05-19")) == 1
    model.proven.add(_issue(model).number)
    model.edit(_issue(model).number, open=False, state_reason="completed")
    assert _told(model, "2026-05-20") == []
    model.edit(_issue(model).number, open=True, state_reason="reopened")
    assert _told(model, "2026-05-21") == []
    assert len(_told(model, "2026-05-26")) == 1


def test_the_label_of_an_item_reopened_at_night_comes_with_the_opening() -> None:
    model = _merged()
    _told(model, "2026-05-19")
    model.proven.add(_issue(model).number)
    model.edit(_issue(model).number, open=False, state_reason="completed", closed_at=_at("2026-05-20"))
    _told(model, "2026-05-20")
    model.edit(_issue(model).number, open=True, state_reason="reopened", closed_at=None)
    _told(model, "2026-05-20", 21)
    assert "overdue" not in _issue(model).labels
    assert model.alarm(_at("2026-05-20", 21)) == _at("2026-05-21")
    _told(model, "2026-05-21")
    assert "overdue" in _issue(model).labels


def test_a_deadline_that_the_document_moves_into_the_past_is_overdue_from_the_next_working_day_on() -> None:
    model = _merged(_action(due="2026-06-30"))
    _write(model, _action(due="2026-05-11"))
    assert _told(model, "2026-05-15") == []  # a Friday: the label says at once what holds
    assert "overdue" in _issue(model).labels
    (said,) = _bodies(model, "2026-05-18")
    assert "5 working days late" in said
    assert "- Promised for Tuesday 2026-06-30." in said
    assert "- Pulled in to Monday 2026-05-11 on 2026-05-15 in the document.\n" in said


def test_a_milestone_that_is_moved_by_hand_moves_the_reminders() -> None:
    model = _merged(_action(), _action(due="2026-05-27", title="Cap retries at three"))
    moved = next(each for each in model.facts.issues.values() if "Alert" in each.title)
    model.edit(moved.number, milestone=model.milestone(date(2026, 5, 27)))
    assert _told(model, "2026-05-14") == []
    assert _told(model, "2026-05-19") == []
    assert _told(model, "2026-05-25") == [OWNER, OWNER]


@pytest.mark.parametrize("due", ["2026-05-14", "2026-05-11"], ids=["soon", "gone by already"])
def test_who_gives_an_item_its_first_date_is_not_reminded_of_it_on_that_day(due: str) -> None:
    model = _merged(_action(due="", priority=""))
    assert _promise(model).deadline is None
    _write(model, _action(due=due, priority="P0"))
    assert _told(model, "2026-05-13") == []
    assert len(_told(model, "2026-05-14")) == 1


def test_an_item_that_comes_into_the_document_later_is_not_reminded_of_on_that_day() -> None:
    model = _merged(_action(due="2026-06-30"))
    _write(model, _action(due="2026-06-30"), _action(due="2026-05-11", title="Cap retries at three"))
    assert _told(model, "2026-05-13") == []
    assert len(_told(model, "2026-05-14")) == 1


def test_an_item_of_a_draft_is_an_item_like_any_other() -> None:
    model = Model(POLICY, merged=MERGED)
    model.push(PATH, good_postmortem(actions=_action(), status="draft"))
    model.settle(now=MERGED)
    assert _told(model, "2026-05-14") == [OWNER, OWNER]  # the item, and the draft itself


def test_an_issue_that_people_opened_and_the_document_links_gets_the_notices() -> None:
    model = Model(POLICY, merged=MERGED)
    number = model.open_by_hand("Pool runs dry", 9)
    _write(model, _action(title="Alert when the pool is above 80 % (#9)"))
    model.settle(now=MERGED)
    written = model.settle(now=_at("2026-05-14"))
    assert [each.issue for each in written if isinstance(each, CreateComment)] == [number]


def test_whoever_was_assigned_by_hand_and_cannot_be_assigned_here_has_it_all_the_same() -> None:
    model = _merged()
    model.edit(_issue(model).number, assignees=(User(77, "passer-by"),))
    assert _told(model, "2026-05-08") == []
    assert _told(model, "2026-05-14") == [("passer-by",)]


def test_after_an_outage_an_item_that_nobody_has_and_that_is_late_is_told_once_a_day() -> None:
    model = _merged()
    model.edit(_issue(model).number, assignees=())
    (asked,) = _bodies(model, "2026-05-21")
    assert "nobody has had this since ana left it. It was due on" in asked
    assert _told(model, "2026-05-21", 12) == []
    assert model.alarm(_at("2026-05-21", 12)) == _at("2026-05-22")
    assert _told(model, "2026-05-22") == [("dana",)]


def test_a_manager_who_hears_of_an_item_for_the_first_time_after_a_month_is_told_why() -> None:
    model = _merged()
    (said,) = _bodies(model, "2026-06-22")
    assert "That blames nobody" in said
    assert "This is the last word here." not in said


def test_nobody_is_addressed_where_nobody_can_be_and_the_sentence_is_whole() -> None:
    alone = replace(POLICY, managers={})
    model = _merged(_action().replace("@ana", "Zoe Quist"), policy=alone)
    (soon,) = _bodies(model, "2026-05-14")
    assert soon.startswith("This is due on Monday 2026-05-18.")
    (late,) = _bodies(model, "2026-05-19")
    assert late.startswith("This P0 is 1 working day late.")
    assert "Who takes it? `/reassign @login`, or assign the issue." in soon
    assert "say so now" not in soon
    assert "The policy names no manager for this, so nobody hears of it." in late


def test_in_public_only_the_owner_is_told_until_the_policy_lets_managers_be() -> None:
    model = _merged(policy=replace(POLICY, public=False))
    said = [each for day in range(8, 32) for each in _bodies(model, f"2026-05-{day:02}")]
    assert [each.splitlines()[0] for each in said] == [
        "@ana: this is due on Monday 2026-05-18. If the date will not hold, say so now: `/extend YYYY-MM-DD why`.",
        "@ana: this was due on Monday 2026-05-18 and is 1 working day late.",
    ]
    model.facts = replace(model.facts, policy=POLICY)
    (escalated,) = _bodies(model, "2026-06-01")
    assert escalated.startswith("@dana, @ana: ")


def test_whoever_is_the_default_manager_themselves_escalates_to_nobody_and_the_others_to_them() -> None:
    people = {"ana": PersonPolicy(manager="ana")}
    assert [set(each) for each in _told(_merged(policy=replace(POLICY, people=people)), "2026-05-19")] == [set(BOTH)]
    assert _told(_merged(policy=replace(POLICY, managers={"default": "ana"})), "2026-05-19") == [OWNER]


def test_what_the_owner_last_said_bears_the_day_of_the_policys_zone() -> None:
    model = _merged(policy=replace(POLICY, timezone="Pacific/Kiritimati", calendar=Calendar(hours="00:00-24:00")))
    said = Comment(1, _issue(model).number, PEOPLE["ana"], False, "Waiting for the vendor", _at("2026-05-17", 13))
    model.facts = model.facts.with_comment(said)
    (told,) = [each for each in _bodies(model, "2026-05-18", 12) if "late" in each]
    assert "ana last said, on 2026-05-18: Waiting for the vendor" in told


@pytest.mark.parametrize(
    ("said", "edited_to", "told"),
    [
        (
            "/extend soon",
            "/extend 2026-05-29 vendor late",
            "on 2026-05-14 (not carried out): /extend 2026-05-29 vendor",
        ),
        ("/extend soon", "", "on 2026-05-14 (not carried out): /extend soon"),
        ("/extend 2026-05-15 vendor late", "", "on 2026-05-14: /extend 2026-05-15 vendor late"),
        ("/extend 2026-05-15 late\n/wontdo", "", "on 2026-05-14: /extend 2026-05-15 late /wontdo"),
    ],
    ids=["refused, and edited since", "refused", "carried out", "carried out, its second command is not"],
)
def test_a_command_that_the_owner_gave_last_is_told_with_whether_it_was_carried_out(
    said: str, edited_to: str, told: str
) -> None:
    model = _merged()
    comment = model.say(_issue(model).number, "ana", said, _at("2026-05-14"))
    model.settle(now=_at("2026-05-14", 10))
    if edited_to:
        model.edit_comment(comment, edited_to)
    (escalated,) = [each for each in _bodies(model, "2026-05-19") if each.startswith("@dana")]
    assert f"ana last said, {told}" in escalated


def test_a_record_full_of_notices_forgets_the_oldest_and_posts_none_of_them_again() -> None:
    model = _merged(_action(due="2026-05-11"))
    said: list[str] = []
    now = MERGED
    for week in range(1, 14):  # a new date each time the manager has been told
        for _ in range(7):
            now += timedelta(days=1)
            said += [each.about for each in model.settle(now=now.replace(hour=9)) if isinstance(each, CreateComment)]
        _write(model, _action(due=(date(2026, 5, 11) + timedelta(days=7 * week)).isoformat()))
        model.settle(now=now)
    assert len(_promise(model).noticed) == 24
    _write(model, _action(due="2026-05-11"))
    model.settle(now=now)
    said += [each.about for each in model.settle(now=now + timedelta(days=1)) if isinstance(each, CreateComment)]
    assert len(said) == len(set(said))
