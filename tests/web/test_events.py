"""Which keys an event makes dirty."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.core.keys import CommitKey, InstallationKey, Key, MergeGroupKey, PullKey, PullsKey, RepositoryKey
from app.web.events import Mark, marks, read_payload

SHA = "0123456789012345678901234567890123456789"
PULL = PullKey(7, 9, 12)
APP = "42"


def marked(event: str, **payload: Any) -> tuple[Mark, ...]:
    common = {"installation": {"id": 7}, "repository": {"id": 9, "name": "postmortems", "default_branch": "main"}}
    read = read_payload(json.dumps({**common, **payload}).encode())
    assert read is not None
    return marks(event, read, APP)


@pytest.mark.parametrize(
    "action", ["opened", "synchronize", "reopened", "ready_for_review", "converted_to_draft", "closed"]
)
def test_what_happens_to_a_pull_request_marks_it(action: str) -> None:
    assert marked("pull_request", action=action, pull_request={"number": 12}) == (Mark(PULL),)


@pytest.mark.parametrize("action", ["labeled", "assigned", "locked", "never_heard_of"])
def test_what_cannot_change_a_verdict_marks_nothing(action: str) -> None:
    assert marked("pull_request", action=action, pull_request={"number": 12}) == ()


def test_an_edited_pull_request_is_marked_only_for_a_new_base() -> None:
    edited = {"action": "edited", "pull_request": {"number": 12}}
    assert marked("pull_request", **edited, changes={"base": {"ref": {"from": "old"}}}) == (Mark(PULL),)
    assert marked("pull_request", **edited, changes={"title": {"from": "old"}}) == ()


@pytest.mark.parametrize("action", ["submitted", "dismissed"])
def test_a_review_marks_its_pull_request(action: str) -> None:
    assert marked("pull_request_review", action=action, pull_request={"number": 12}) == (Mark(PULL),)


@pytest.mark.parametrize("kind", ["check_run", "check_suite"])
def test_re_run_asks_for_a_fresh_result_on_the_commit(kind: str) -> None:
    run = {"head_sha": SHA, "app": {"id": 42}, "pull_requests": []}
    assert marked(kind, action="rerequested", **{kind: run}) == (Mark(CommitKey(7, 9, SHA), again=True),)


def test_an_app_is_known_by_its_client_id_too() -> None:
    run = {"head_sha": SHA, "app": {"id": 1, "client_id": APP}}
    assert marked("check_run", action="rerequested", check_run=run)


@pytest.mark.parametrize("kind", ["check_run", "check_suite"])
def test_another_apps_check_is_none_of_our_business(kind: str) -> None:
    assert marked(kind, action="rerequested", **{kind: {"head_sha": SHA, "app": {"id": 1}}}) == ()


@pytest.mark.parametrize("action", ["created", "completed", "requested"])
def test_checks_that_come_and_go_mark_nothing(action: str) -> None:
    assert marked("check_suite", action=action, check_suite={"head_sha": SHA, "app": {"id": 42}}) == ()


def test_re_run_on_a_merge_group_repeats_the_group() -> None:
    branch = f"gh-readonly-queue/main/pr-12-{SHA}"
    run = {"head_sha": SHA, "app": {"id": 42}, "check_suite": {"head_branch": branch}}
    expected = (Mark(MergeGroupKey(7, 9, SHA, 12), again=True),)
    assert marked("check_run", action="rerequested", check_run=run) == expected


def test_a_merge_group_is_marked_with_the_pull_request_of_its_branch() -> None:
    group = {"head_sha": SHA, "head_ref": f"refs/heads/gh-readonly-queue/main/pr-12-{SHA}"}
    assert marked("merge_group", action="checks_requested", merge_group=group) == (Mark(MergeGroupKey(7, 9, SHA, 12)),)
    assert marked("merge_group", action="destroyed", merge_group=group) == ()


def test_a_merge_group_whose_branch_tells_no_number_is_marked_all_the_same() -> None:
    group = {"head_sha": SHA, "head_ref": "refs/heads/gh-readonly-queue/main/batch-1"}
    assert marked("merge_group", action="checks_requested", merge_group=group) == (Mark(MergeGroupKey(7, 9, SHA, 0)),)


FOLLOW_UP = Mark(RepositoryKey(7, 9))


def test_a_push_to_the_default_branch_marks_the_repository() -> None:
    commits = [{"modified": ["postmortems/1.md", "closeout.yml", "x/.github/closeout.yml"]}]
    assert marked("push", ref="refs/heads/main", commits=commits) == (FOLLOW_UP,)


def test_a_merged_pull_request_marks_the_repository_too() -> None:
    merged = marked("pull_request", action="closed", pull_request={"number": 12, "merged": True})
    assert merged == (FOLLOW_UP, Mark(PullKey(7, 9, 12)))
    assert FOLLOW_UP not in marked("pull_request", action="closed", pull_request={"number": 12, "merged": False})


@pytest.mark.parametrize("event", ["issues", "issue_comment"])
def test_what_happens_to_an_issue_that_a_program_opened_marks_the_repository(event: str) -> None:
    assert marked(event, action="edited", issue={"number": 3, "user": {"type": "Bot"}}) == (FOLLOW_UP,)
    assert marked(event, action="edited", issue={"number": 3, "user": {"type": "User"}}) == ()
    assert marked(event, action="edited", issue={"number": 3, "user": None}) == ()


def said(body: str | None, *, action: str = "created", by: str = "User", **more: Any) -> tuple[Mark, ...]:
    """A comment on a pull request."""
    issue = {"number": 12, "user": {"type": "Bot"}, "pull_request": {"url": "https://api.github.com/x"}}
    return marked("issue_comment", action=action, issue=issue, comment={"body": body, "user": {"type": by}}, **more)


@pytest.mark.parametrize("action", ["created", "edited", "deleted"])
@pytest.mark.parametrize("body", ["/waive CO413 because", "Well.\n\n/recheck", "/help", "/extend soon", "/waive"])
def test_a_command_on_a_pull_request_marks_it(action: str, body: str) -> None:
    assert said(body, action=action) == (Mark(PULL),)


@pytest.mark.parametrize("body", ["Looks good.", "> /recheck", "/deploy", "see /help", "", None])
def test_other_talk_on_a_pull_request_marks_nothing(body: str | None) -> None:
    assert said(body) == ()


RECORD = 'Waived.\n\n<!-- closeout {"v":1,"kind":"comment","about":"answer:1"} -->'


def test_a_command_where_nobody_says_whether_it_is_a_pull_request_marks_it_as_one() -> None:
    issue = {"number": 12, "user": {"type": "User"}, "body": "The postmortem of INC-42"}
    said = {"action": "created", "issue": issue}
    assert marked("issue_comment", **said, comment={"body": "/recheck", "user": {"type": "User"}}) == (Mark(PULL),)
    assert marked("issue_comment", **said, comment={"body": "Thanks!", "user": {"type": "User"}}) == ()


def test_a_record_that_is_edited_or_deleted_marks_its_pull_request() -> None:
    assert said(RECORD, action="deleted", by="Bot") == (Mark(PULL),)
    assert said("Gone.", action="edited", by="Bot", changes={"body": {"from": RECORD}}) == (Mark(PULL),)


def test_what_other_programs_say_marks_nothing() -> None:
    assert said("/recheck", by="Bot") == ()
    assert said("Done.", action="edited", by="Bot", changes={"body": {"from": "Working."}}) == ()
    assert said("Done.", action="edited", by="Bot", changes={"body": None}) == ()


@pytest.mark.parametrize("event", ["issues", "issue_comment"])
def test_what_happens_to_an_issue_that_an_action_item_was_given_marks_the_repository(event: str) -> None:
    record = 'Seen again.\r\n\r\n<!-- closeout {"v":1,"kind":"action"} -->\r\n'
    person = {"number": 3, "user": {"type": "User"}}
    assert marked(event, action="created", issue={**person, "body": record}) == (FOLLOW_UP,)
    assert marked(event, action="created", issue={**person, "body": "Seen again."}) == ()
    wiped = marked(event, action="edited", issue={**person, "body": ""}, changes={"body": {"from": record}})
    assert wiped == (FOLLOW_UP,)


def test_a_moved_milestone_and_a_renamed_repository_mark_the_repository() -> None:
    assert marked("milestone", action="edited") == (FOLLOW_UP,)
    assert marked("repository", action="renamed") == (FOLLOW_UP,)
    assert marked("repository", action="deleted") == ()


@pytest.mark.parametrize("action", ["publicized", "privatized", "archived", "unarchived"])
def test_a_repository_whose_access_changes_is_looked_at(action: str) -> None:
    assert marked("repository", action=action) == (FOLLOW_UP,)


@pytest.mark.parametrize("change", ["added", "modified", "removed"])
def test_a_push_that_changes_the_policy_marks_all_open_pull_requests(change: str) -> None:
    commits = [{change: [".github/closeout.yml"]}]
    assert marked("push", ref="refs/heads/main", commits=commits) == (FOLLOW_UP, Mark(PullsKey(7, 9)))


@pytest.mark.parametrize(
    "push",
    [
        {"ref": "refs/heads/other", "commits": [{"modified": [".github/closeout.yml"]}]},
        {"ref": "refs/tags/main", "commits": [{"modified": [".github/closeout.yml"]}]},
    ],
)
def test_a_push_elsewhere_marks_nothing(push: dict[str, Any]) -> None:
    assert marked("push", **push) == ()


@pytest.mark.parametrize("commits", [None, [], [{"modified": ["x.md"]}] * 2048])
def test_a_push_that_does_not_list_all_its_commits_may_have_changed_the_policy(commits: object) -> None:
    assert marked("push", ref="refs/heads/main", commits=commits) == (FOLLOW_UP, Mark(PullsKey(7, 9)))


def test_a_forced_push_may_have_taken_the_policy_away() -> None:
    assert marked("push", ref="refs/heads/main", forced=True, commits=[]) == (FOLLOW_UP, Mark(PullsKey(7, 9)))


def test_a_push_to_the_organisations_policy_marks_its_repositories() -> None:
    repository = {"id": 9, "name": ".github", "default_branch": "main"}
    commits = [{"modified": ["closeout.yml"]}]
    key: Key = InstallationKey(7)
    assert marked("push", ref="refs/heads/main", repository=repository, commits=commits) == (FOLLOW_UP, Mark(key))


@pytest.mark.parametrize(
    ("event", "action"),
    [("installation", "created"), ("installation", "unsuspend"), ("installation_repositories", "added")],
)
def test_repositories_that_come_into_reach_are_looked_at(event: str, action: str) -> None:
    assert marked(event, action=action) == (Mark(InstallationKey(7)),)


@pytest.mark.parametrize("event", ["ping", "star", "an_event_of_tomorrow"])
def test_an_unknown_event_marks_nothing(event: str) -> None:
    assert marked(event, action="created") == ()


def test_an_event_without_what_it_should_carry_marks_nothing() -> None:
    assert marked("pull_request", action="opened") == ()
    assert marked("pull_request", action="opened", installation=None, pull_request={"number": 12}) == ()
    assert marked("pull_request", action=None, pull_request={"number": 12}) == ()
    assert marked("push") == ()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b'{"installation": 7}', b"\xff"])
def test_what_is_no_payload_is_none(body: bytes) -> None:
    assert read_payload(body) is None
