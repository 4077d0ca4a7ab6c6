"""The issue that shows the figures: when it comes, what it counts, and that there is only one of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from app.core.effects import CreateIssue
from app.core.follow_through import TITLE
from app.core.metrics import Tally
from app.core.promise import Promise
from app.render.follow_through import follow_through_block
from rules.policy import PersonPolicy
from tests.core.promised import DUE, a_promise, figures
from tests.follow_up.figures import MARKER, PATH, QUIET, action, at, close, item, measured, merged, on_figures, shown
from tests.follow_up.model_github import PEOPLE
from tests.postmortems import good_postmortem

# When it comes, and when it is written.


def test_there_is_none_before_a_p0_has_come_due() -> None:
    model = merged(item("Cap the retries"))
    model.settle(now=at("2026-05-18"))
    assert shown(model) == []


def test_it_is_opened_the_day_after_the_first_deadline_by_an_alarm_and_last_of_all() -> None:
    model = merged(item("Cap the retries"))
    model.settle(now=at("2026-05-18"))
    assert model.alarm(at("2026-05-18")) == at("2026-05-19", 9)
    written = model.settle(now=at("2026-05-19", 9))
    assert isinstance(written[-2], CreateIssue)
    assert written[-1].reason == "it remembers which issue shows the figures"
    assert written[-2].title == TITLE
    assert model.plan(at("2026-05-19", 9)) == ()


def test_a_p1_alone_makes_no_figure() -> None:
    model = merged(item("Cap the retries", priority="P1"))
    model.settle(now=at("2026-07-01"))
    assert shown(model) == []


def test_a_deadline_on_a_weekend_is_counted_when_people_are_back() -> None:
    model = merged(item("Cap the retries", due="2026-05-16"))  # a Saturday
    model.settle(now=at("2026-05-15"))
    assert model.alarm(at("2026-05-15")) == at("2026-05-18", 9)


def test_a_kept_promise_is_counted_by_an_alarm_although_nobody_is_to_be_told() -> None:
    model = merged(item("Cap the retries"))
    close(model, "Cap the retries", "2026-05-12")
    model.proven.add(action(model, "Cap the retries"))
    model.settle(now=at("2026-05-12"))
    assert model.alarm(at("2026-05-12")) == at("2026-05-19", 9)
    model.settle(now=at("2026-05-19", 9))
    assert "1 of 1 (100 %)" in shown(model)[0].body
    assert model.alarm(at("2026-05-19", 9)) is None


def test_it_is_edited_only_when_a_figure_changes() -> None:
    model = merged(item("Cap the retries"), item("Write the runbook", due="2026-06-10", priority="P1"))
    model.settle(now=at("2026-05-19"))
    assert on_figures(model.settle(now=at("2026-06-10"))) == []
    assert on_figures(model.settle(now=at("2026-06-11"))) == ["a figure has changed"]
    assert on_figures(model.settle(now=at("2026-06-12"))) == []


def test_what_people_write_around_the_figures_and_its_name_stay() -> None:
    model = merged(item("Cap the retries"))
    model.settle(now=at("2026-05-19"))
    (issue,) = shown(model)
    model.edit(issue.number, title="How we do", body=f"Ours.\n\n{issue.body}")
    close(model, "Cap the retries", "2026-05-20")
    model.settle(now=at("2026-05-20"))
    (issue,) = shown(model)
    assert issue.title == "How we do"
    assert issue.body.startswith("Ours.\n\n<!-- closeout:begin -->")
    assert "| P0 | 1 |" in issue.body


def test_one_that_a_person_closes_is_left_alone_and_no_other_comes() -> None:
    model = merged(item("Cap the retries"), item("Write the runbook", due="2026-06-10"))
    model.settle(now=at("2026-05-19"))
    (issue,) = shown(model)
    model.edit(issue.number, open=False, state_reason="completed")
    before = model.facts.issues[issue.number].body
    assert on_figures(model.settle(now=at("2026-07-01"))) == []
    assert [each.number for each in shown(model)] == [issue.number]
    assert model.facts.issues[issue.number].body == before
    model.edit(issue.number, open=True, state_reason="reopened")
    assert on_figures(model.settle(now=at("2026-07-01"))) == ["a figure has changed"]


def test_one_whose_marker_is_damaged_is_found_again() -> None:
    model = merged(item("Cap the retries"))
    model.settle(now=at("2026-05-19"))
    (issue,) = shown(model)
    model.edit(issue.number, body="")
    model.settle(now=at("2026-05-19"))
    assert [each.number for each in shown(model)] == [issue.number]
    model.edit(issue.number, title="Ours", body=model.facts.issues[issue.number].body.replace('"v":1', '"v":9'))
    model.settle(now=at("2026-05-19"))
    assert [each.number for each in shown(model)] == [issue.number]


def test_a_second_one_is_closed_and_one_that_is_opened_again_by_hand_stays_open() -> None:
    model = merged(item("Cap the retries"))
    model.settle(now=at("2026-05-19"))
    (issue,) = shown(model)
    model.facts = model.facts.with_issue(replace(issue, id=5000, number=500))
    model.settle(now=at("2026-05-19"))
    assert [(each.number, each.open) for each in shown(model)] == [(issue.number, True), (500, False)]
    assert f"#{issue.number} shows the same figures" in model.facts.issues[500].body
    model.edit(500, open=True, state_reason="reopened")
    assert model.plan(at("2026-05-19")) == ()


def test_a_repository_where_another_app_is_at_work_gets_none() -> None:
    model = merged(item("Cap the retries"))
    model.facts = replace(model.facts, rivals=("other[bot]",))
    model.settle(now=at("2026-05-19"))
    assert shown(model) == []


# What it counts.


def test_the_last_minute_of_the_deadline_in_the_policy_s_zone_is_in_time() -> None:
    zone = replace(QUIET, timezone="America/Los_Angeles")
    model = merged(item("Cap the retries"), policy=zone)
    model.edit(
        action(model, "Cap the retries"), open=False, closed_at=datetime(2026, 5, 19, 6, 59, tzinfo=UTC)
    )  # 23:59 on the 18th
    assert measured(model, "2026-05-20").shares.promised == Tally(kept=1)
    model.edit(action(model, "Cap the retries"), closed_at=datetime(2026, 5, 19, 7, 0, tzinfo=UTC))
    assert measured(model, "2026-05-20").shares.promised == Tally(missed=1)


def test_an_extension_by_command_moves_the_second_figure_only() -> None:
    model = merged(item("Cap the retries"))
    model.say(action(model, "Cap the retries"), "ben", "/extend 2026-06-01 the vendor is late")
    model.settle(now=at("2026-05-11"))
    close(model, "Cap the retries", "2026-05-30")
    shares = measured(model, "2026-06-02").shares
    assert (shares.promised, shares.extended) == (Tally(missed=1), Tally(kept=1))


def test_a_new_date_or_priority_in_the_document_does_not_change_what_was_promised() -> None:
    model = merged(item("Cap the retries"))
    model.push(PATH, good_postmortem(actions=item("Cap the retries", due="2026-08-01", priority="P2")))
    model.settle(now=at("2026-05-12"))
    shares = measured(model, "2026-05-19").shares
    assert (shares.promised, shares.extended) == (Tally(missed=1), Tally(ahead=1))


def test_wontdo_by_its_day_is_listed_apart_and_later_it_is_a_miss() -> None:
    model = merged(item("Cap the retries"), item("Write the runbook"))
    close(model, "Cap the retries", "2026-05-18", reason="not_planned")
    close(model, "Write the runbook", "2026-05-19", reason="duplicate")
    assert measured(model, "2026-05-20").shares.promised == Tally(missed=1, declined=1)


def test_a_line_taken_out_of_the_document_takes_back_no_promise() -> None:
    model = merged(item("Cap the retries"), item("Write the runbook"))
    model.push(PATH, good_postmortem(actions=item("Cap the retries")))
    model.settle(now=at("2026-05-12"))
    assert measured(model, "2026-05-19").shares.promised == Tally(missed=2)


def test_what_was_done_before_it_had_an_issue_counts_nowhere() -> None:
    model = merged(item("Cap the retries", mark="[x]"), item("Write the runbook"))
    assert measured(model, "2026-05-19").shares.promised == Tally(missed=1)


def test_an_issue_that_was_deleted_is_mentioned_and_counts_nowhere() -> None:
    model = merged(item("Cap the retries"), item("Write the runbook"))
    model.remove(action(model, "Cap the retries"))
    model.settle(now=at("2026-05-12"))
    found = measured(model, "2026-05-19")
    assert (found.shares.promised, found.removed) == (Tally(missed=1), 1)


def test_promises_outlive_their_tracking_issue() -> None:
    model = merged(item("Cap the retries"))
    tracking = model.facts.issues[action(model, "Cap the retries")].record
    assert isinstance(tracking, Promise)
    model.remove(tracking.tracking)
    assert measured(model, "2026-05-19").shares.promised == Tally(missed=1)


def test_an_item_that_was_opened_again_counts_by_its_last_closing() -> None:
    model = merged(item("Cap the retries"))
    close(model, "Cap the retries", "2026-05-10")
    model.edit(action(model, "Cap the retries"), open=True, state_reason="reopened")
    assert measured(model, "2026-05-19").shares.promised == Tally(missed=1)
    close(model, "Cap the retries", "2026-05-25")
    assert measured(model, "2026-05-26").shares.promised == Tally(missed=1)


@pytest.mark.parametrize(("again", "tally"), [("2026-06-11", Tally(kept=1)), ("2026-06-12", Tally(missed=1))])
def test_an_item_that_is_opened_again_and_closed_on_one_day_counts_as_if_it_had_stayed_closed(
    again: str, tally: Tally
) -> None:
    model = merged(item("Cap the retries"))
    close(model, "Cap the retries", "2026-05-10")
    model.settle(now=at("2026-05-10"))
    model.edit(action(model, "Cap the retries"), open=True, state_reason="reopened", closed_at=None)
    model.settle(now=at("2026-06-11", 10))
    assert measured(model, "2026-06-11").shares.promised == Tally(missed=1)
    close(model, "Cap the retries", again, hour=11)
    model.settle(now=at(again, 11))
    assert measured(model, "2026-06-12").shares.promised == tally


@pytest.mark.parametrize(
    ("before", "after", "tally"),
    [
        ("not_planned", "completed", Tally(missed=1)),
        ("duplicate", "completed", Tally(missed=1)),
        ("completed", "not_planned", Tally(missed=1)),
        ("not_planned", "duplicate", Tally()),
        ("not_planned", "not_planned", Tally()),
    ],
)
def test_what_is_opened_again_and_closed_on_one_day_keeps_the_day_before_only_if_it_ends_alike(
    before: str, after: str, tally: Tally
) -> None:
    model = merged(item("Cap the retries"))
    number = action(model, "Cap the retries")
    close(model, "Cap the retries", "2026-05-10")
    model.edit(number, state_reason=before)
    model.settle(now=at("2026-05-10"))
    model.edit(number, open=True, state_reason="reopened", closed_at=None)
    model.settle(now=at("2026-06-11", 10))
    close(model, "Cap the retries", "2026-06-11", hour=11)
    model.edit(number, state_reason=after)
    model.settle(now=at("2026-06-11", 11))
    shares = measured(model, "2026-06-12").shares.promised
    assert (shares.kept, shares.missed) == (tally.kept, tally.missed)


def test_a_team_is_that_of_whoever_has_the_issue_and_a_team_of_one_is_none() -> None:
    people = {
        "ben": PersonPolicy(team="payments"),
        "ana": PersonPolicy(team="payments"),
        "gita": PersonPolicy(team="platform"),
    }
    model = merged(
        item("Cap the retries"), item("Write the runbook", owner="@gita"), policy=replace(QUIET, people=people)
    )
    assert [each.team for each in measured(model, "2026-05-19").teams] == ["payments", ""]
    model.edit(action(model, "Write the runbook"), assignees=(PEOPLE["ana"],))
    assert [each.team for each in measured(model, "2026-05-19").teams] == ["payments"]


def test_figures_that_were_deleted_stay_away_whatever_comes_next() -> None:
    model = merged(item("Cap the retries"), item("Write the runbook", due="2026-06-15"))
    model.settle(now=at("2026-05-19"))
    (issue,) = shown(model)
    model.remove(issue.number)
    model.lose_disk()
    for day in ("2026-05-20", "2026-06-16", "2026-09-01"):
        model.settle(now=at(day))
        assert shown(model) == []
        assert model.plan(at(day)) == ()


# The words.


def test_the_first_figure(snapshot: SnapshotAssertion) -> None:
    model = merged(item("Cap the retries"))
    model.settle(now=at("2026-05-19"))
    (issue,) = shown(model)
    assert f"# {issue.title}\n\n{MARKER.sub('', issue.body)}" == snapshot


def test_three_years_with_hostile_teams(snapshot: SnapshotAssertion) -> None:
    items = [
        a_promise(
            due=DUE + timedelta(days=60 * n),
            deadline=DUE + timedelta(days=60 * n + 14 * (n % 3)),
            team=("payments", "@everyone | fixes #12 <b>", "")[n % 3],
            closed=DUE + timedelta(days=60 * n + n % 5 * 4 - 4) if n % 7 else None,
            declined=n == 4,
        )
        for n in range(18)
    ]
    block = follow_through_block(figures(*items, today=date(2029, 3, 1)))
    assert not re.search(r"(?<![\w.])@(?=\w)", block)
    assert block == snapshot
