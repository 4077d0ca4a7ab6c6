"""A postmortem is merged, and what it promised lives on as issues: the real service against the sandbox."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.core.repository_facts import ACTION_LABEL, POSTMORTEM_LABEL
from app.sandbox.driver import Sandbox
from app.sandbox.world.issue_records import Issue
from tests.postmortems import ACTIONS as DUE_LONG_AGO
from tests.postmortems import good_postmortem
from tests.service.conftest import REPOSITORY, Service

PATH = "postmortems/2026-05-04-checkout.md"
ACTIONS = DUE_LONG_AGO.replace("2026-", "2036-")
"""Nothing of it is late, whenever the tests run."""

OWN = 'version: 1\ndocuments: ["postmortems/**/*.md"]\n'
POLICY = {".github/closeout.yml": OWN}


@pytest.fixture(autouse=True)
def acme(github: Sandbox) -> None:
    github.create_repository(REPOSITORY, {**POLICY, "postmortems/2025-01-01-old.md": good_postmortem(Incident="OLD-1")})
    github.install("acme", [REPOSITORY])
    for login in ("ana", "ben", "gita"):
        github.grant(REPOSITORY, login, "write")


async def _merge(service: Service, github: Sandbox, text: str | None = None) -> None:
    github.edit_document(REPOSITORY, PATH, text or good_postmortem(actions=ACTIONS))
    await service.settled()


def _by_label(github: Sandbox, label: str) -> list[Issue]:
    return sorted(
        (issue for issue in github.issues(REPOSITORY) if label in github.labels(issue)), key=lambda each: each.number
    )


def _action(github: Sandbox, words: str) -> Issue:
    (found,) = [each for each in _by_label(github, ACTION_LABEL) if words in each.title]
    return found


async def test_a_merged_postmortem_becomes_a_tracking_issue_and_an_issue_for_each_item(
    service: Service, github: Sandbox
) -> None:
    await _merge(service, github)
    (tracking,) = _by_label(github, POSTMORTEM_LABEL)
    alert, retries = _by_label(github, ACTION_LABEL)
    assert tracking.title == "Checkout returned errors for 42 minutes (SEV-2)"
    assert github.assignees(alert) == ["ben"]
    assert set(github.labels(alert)) == {ACTION_LABEL, "P0"}
    assert github.due(alert) == date(2036, 5, 18)
    assert github.due(retries) == date(2036, 6, 1)
    assert f"#{alert.number}" in (tracking.body or "")
    assert {each.number for each in github.sub_issues(tracking)} == {alert.number, retries.number}


async def test_what_was_there_before_the_policy_is_left_alone(service: Service, github: Sandbox) -> None:
    await service.sweep()
    assert github.issues(REPOSITORY) == []


async def test_an_old_document_that_is_moved_stays_old(service: Service, github: Sandbox) -> None:
    github.move_document(REPOSITORY, "postmortems/2025-01-01-old.md", "postmortems/2025/old.md")
    await service.settled()
    assert github.issues(REPOSITORY) == []


async def test_a_document_that_is_followed_up_stays_so_wherever_it_moves(service: Service, github: Sandbox) -> None:
    await _merge(service, github)
    github.edit_document(REPOSITORY, ".github/closeout.yml", f"{OWN}adopted: 2036-01-01\n")
    github.move_document(REPOSITORY, PATH, "postmortems/2026/checkout.md")
    await service.settled()
    (tracking,) = _by_label(github, POSTMORTEM_LABEL)
    assert "postmortems/2026/checkout.md" in (tracking.body or "")


async def test_what_was_there_before_the_organisation_s_policy_is_left_alone(service: Service, github: Sandbox) -> None:
    home = "acme/payments"
    service.clock.set(datetime(2026, 5, 1, 12, tzinfo=UTC))
    github.create_repository(home, {"postmortems/2025-01-01-old.md": good_postmortem(Incident="OLD-1")})
    service.clock.forward(days=1)
    github.create_repository("acme/.github", {"closeout.yml": f"{OWN}repositories: [payments]\n"})
    github.install("acme", [REPOSITORY, home, "acme/.github"])
    await service.settled()
    await service.sweep()
    assert github.issues(home) == []
    service.clock.forward(days=3)
    github.edit_document(home, PATH, good_postmortem(actions=ACTIONS))
    await service.settled()
    assert len(github.issues(home)) == 3


async def test_repeated_pushes_create_nothing(service: Service, github: Sandbox) -> None:
    await _merge(service, github)
    for number in range(5):
        github.edit_document(REPOSITORY, "README.md", f"# {number}\n")
        await service.settled()
    assert len(github.issues(REPOSITORY)) == 3


async def test_a_second_sweep_writes_nothing(service: Service, github: Sandbox) -> None:
    await _merge(service, github)
    before = len([each for each in github.requests if each.method != "GET"])
    await service.sweep()
    writes = [each for each in github.requests if each.method != "GET"][before:]
    assert [each.path for each in writes if "/access_tokens" not in each.path] == []


async def test_a_person_s_reassignment_survives_an_edited_deadline(service: Service, github: Sandbox) -> None:
    await _merge(service, github)
    alert = _action(github, "Alert")
    github.unassign(alert, "ben")
    github.assign(alert, "gita")
    await service.settled()
    await _merge(service, github, good_postmortem(actions=ACTIONS.replace("2036-05-18", "2036-05-25")))
    alert = _action(github, "Alert")
    assert github.assignees(alert) == ["gita"]
    assert github.due(alert) == date(2036, 5, 25)


async def test_a_reworded_item_keeps_its_issue(service: Service, github: Sandbox) -> None:
    await _merge(service, github)
    number = _action(github, "Cap").number
    reworded = ACTIONS.replace("Cap retries in the payment client", "Cap the retries of the payment client")
    await _merge(service, github, good_postmortem(actions=reworded))
    assert _action(github, "Cap the retries").number == number
    assert len(github.issues(REPOSITORY)) == 3


async def test_a_moved_milestone_is_an_extension_that_the_tracking_issue_shows(
    service: Service, github: Sandbox
) -> None:
    await _merge(service, github)
    alert = _action(github, "Alert")
    milestone = github.milestone(_action(github, "Cap"))
    assert milestone is not None
    github.set_milestone(alert, milestone)
    await service.settled()
    (tracking,) = _by_label(github, POSTMORTEM_LABEL)
    assert "| P0 | 2036-05-18 | 2036-06-01 |" in (tracking.body or "")


async def test_labels_that_the_repository_writes_in_another_case_are_ours(service: Service, github: Sandbox) -> None:
    for name in ("p0", "P2", "Postmortem-Action"):
        github.create_label(REPOSITORY, name)
    await _merge(service, github)
    github.edit_document(REPOSITORY, PATH, good_postmortem(actions=ACTIONS.replace("Priority: P0", "Priority: P2")))
    await service.settled()
    (alert,) = [each for each in github.issues(REPOSITORY) if "Alert" in each.title]
    assert set(github.labels(alert)) == {"Postmortem-Action", "P2"}


async def test_a_removed_label_stays_away_and_a_cleared_body_comes_back(service: Service, github: Sandbox) -> None:
    await _merge(service, github)
    alert = _action(github, "Alert")
    github.remove_label(alert, "P0")
    github.edit_issue_body(alert, "", in_browser=True)
    await service.settled()
    alert = _action(github, "Alert")
    assert github.labels(alert) == [ACTION_LABEL]
    assert "**Done when** the alert fires in staging" in (alert.body or "")
    await service.sweep()
    assert len(github.issues(REPOSITORY)) == 3


async def test_a_tracking_issue_whose_text_was_removed_finds_what_it_tracked(service: Service, github: Sandbox) -> None:
    theirs = github.open_issue(REPOSITORY, "Pool ran dry", author="ana")
    actions = ACTIONS.replace("for 5 minutes", f"for 5 minutes (#{theirs.number})")
    await _merge(service, github, good_postmortem(actions=actions))
    (tracking,) = _by_label(github, POSTMORTEM_LABEL)
    github.comment(tracking, "/verified pass https://ci.example/7", "ana")
    await service.settled()
    github.edit_issue_body(tracking, "", in_browser=True)
    github.edit_document(REPOSITORY, PATH, good_postmortem(actions=ACTIONS))
    await service.settled()
    assert len(github.issues(REPOSITORY)) == 3
    (tracking,) = _by_label(github, POSTMORTEM_LABEL)
    assert f"#{theirs.number} Pool ran dry" in (tracking.body or "")
    assert "**Passed.** https://ci.example/7" in (tracking.body or "")
    before = len([each for each in github.requests if each.method != "GET"])
    await service.sweep()
    writes = [each for each in github.requests if each.method != "GET"][before:]
    assert [each.path for each in writes if "/access_tokens" not in each.path] == []


async def test_a_closed_item_counts_as_done_and_empties_its_milestone(service: Service, github: Sandbox) -> None:
    await _merge(service, github)
    github.close_issue(_action(github, "Alert"), "ben")
    await service.settled()
    (tracking,) = _by_label(github, POSTMORTEM_LABEL)
    assert "Action items: 1 of 2 done" in (tracking.body or "")
    states = {each.due_on: each.state for each in github.milestones(REPOSITORY)}
    assert sorted(states.values()) == ["closed", "open"]


@pytest.mark.parametrize("day", ["2036-05-18", "2036-05-25"], ids=["as promised", "of a document edited meanwhile"])
async def test_an_item_that_is_opened_again_on_its_first_day_is_on_the_open_milestone_of_its_day(
    service: Service, github: Sandbox, day: str
) -> None:
    await _merge(service, github)
    github.close_issue(_action(github, "Alert"), "ben")
    await service.settled()
    github.reopen_issue(_action(github, "Alert"))
    github.edit_document(REPOSITORY, PATH, good_postmortem(actions=ACTIONS.replace("2036-05-18", day)))
    await service.settled()
    milestone = github.milestone(_action(github, "Alert"))
    assert milestone is not None
    assert (milestone.title, milestone.state) == (f"Postmortem actions due {day}", "open")


async def test_a_lost_answer_leads_to_no_second_issue(service: Service, github: Sandbox) -> None:
    github.faults.drop("POST", "*/issues", after_write=True)
    await _merge(service, github)
    await service.quiet()
    assert len(github.issues(REPOSITORY)) == 3


@pytest.mark.parametrize("status", [500, 502])
async def test_a_server_error_after_the_write_leads_to_no_second_issue(
    service: Service, github: Sandbox, status: int
) -> None:
    github.faults.answer(status, "POST", "*/issues", times=2, after_write=True)
    await _merge(service, github)
    await service.quiet()
    assert len(github.issues(REPOSITORY)) == 3


async def test_an_owner_whom_github_will_not_assign_still_gets_an_issue(service: Service, github: Sandbox) -> None:
    await _merge(service, github, good_postmortem(actions=ACTIONS.replace("@ben", "@stranger")))
    assert github.assignees(_action(github, "Alert")) == []
    assert "to whom issues cannot be assigned here" in (_action(github, "Alert").body or "")


async def test_a_renamed_repository_keeps_its_issues(service: Service, github: Sandbox) -> None:
    await _merge(service, github)
    github.rename(REPOSITORY, "reviews")
    await service.settled()
    github.edit_document("acme/reviews", PATH, good_postmortem(actions=ACTIONS) + "\n")
    await service.settled()
    assert len(github.issues("acme/reviews")) == 3
