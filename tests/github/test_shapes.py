"""What GitHub tells, as facts."""

from __future__ import annotations

from datetime import date

import pytest

from app.github.shapes import comment_of, due_day, issue_of, milestone_of, role_of


@pytest.mark.parametrize(
    ("due_on", "day"),
    [
        ("2026-06-01T07:00:00Z", date(2026, 6, 1)),  # what GitHub makes of noon UTC: midnight in summer, US Pacific
        ("2026-12-01T08:00:00Z", date(2026, 12, 1)),  # and in winter
        ("2026-06-01T06:59:59Z", date(2026, 5, 31)),
        ("2026-03-08T08:00:00Z", date(2026, 3, 8)),  # the day on which summer time begins there
    ],
)
def test_the_day_of_a_milestone_is_the_one_that_people_see(due_on: str, day: date) -> None:
    assert due_day(due_on) == day


def test_a_milestone_is_known_by_its_title_and_by_who_made_it() -> None:
    item = {"number": 3, "title": "Postmortem actions due 2026-06-01", "state": "open", "open_issues": 1}
    milestone = milestone_of({**item, "due_on": None, "creator": {"type": "User"}})
    assert (milestone.ours, milestone.made, milestone.due) == (True, False, None)
    assert not milestone_of({**item, "title": "Release 3", "creator": None}).ours


def test_a_label_of_ours_is_ours_however_the_repository_writes_it() -> None:
    labels = [{"name": "p0"}, {"name": "Postmortem-Action"}, "OVERDUE", {"name": "Insufficient"}, {"name": "Team A"}]
    issue = issue_of({"id": 1, "number": 2, "title": "", "state": "open", "updated_at": "2026-06-01", "labels": labels})
    assert issue.labels == {"P0", "postmortem-action", "overdue", "insufficient", "Team A"}


@pytest.mark.parametrize(
    ("changed", "edited"),
    [
        ("2026-06-01T07:00:00Z", False),
        ("2026-06-01T07:00:00.004Z", False),  # where moments are told to the millisecond, writing takes some
        ("2026-06-01T07:00:01Z", True),
        (None, False),
    ],
)
def test_a_comment_was_edited_if_it_changed_after_the_second_in_which_it_was_made(
    changed: str | None, edited: bool
) -> None:
    item = {"id": 1, "user": {"id": 2, "login": "ana", "type": "User"}, "body": "Hm"}
    comment = comment_of({**item, "created_at": "2026-06-01T07:00:00Z", "updated_at": changed}, 3, "closeout[bot]")
    assert comment.edited is edited


@pytest.mark.parametrize(
    ("permission", "writes", "reads"),
    [
        ("write", True, True),
        ("push", True, True),
        ("maintain", True, True),
        ("triage", False, True),
        ("pull", False, True),
        ("none", False, False),
    ],
)
def test_a_permission_goes_by_any_of_its_names(permission: str, writes: bool, reads: bool) -> None:
    role = role_of({"permission": permission, "role_name": permission, "user": None})
    assert (role.may_write, role.may_read) == (writes, reads)


def test_whoever_has_maintain_under_a_name_of_the_organisation_maintains() -> None:
    item = {"permission": "write", "role_name": "release captain", "user": {"permissions": {"maintain": True}}}
    assert role_of(item).maintains
