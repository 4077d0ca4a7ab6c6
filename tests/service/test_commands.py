"""Slash commands on the issues of the follow-up: the real service against the sandbox."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.ledger import Ledger, VerificationState
from app.core.promise import Promise
from app.core.records import CommentMark, record_of
from app.core.repository_facts import ACTION_LABEL, POSTMORTEM_LABEL
from app.sandbox.driver import Sandbox
from app.sandbox.world.commenting import reactions_to
from app.sandbox.world.issue_records import Comment, Issue
from tests.postmortems import ACTIONS, good_postmortem
from tests.service.conftest import REPOSITORY, Service

PATH = "postmortems/2026-05-04-checkout.md"
POLICY = """\
version: 1
documents: ["postmortems/**/*.md"]
people:
  ben: {name: Ben Okafor, manager: dana}
managers: {default: dana}
calendar: {working_days: [mon, tue, wed, thu, fri, sat, sun], hours: "00:00-24:00"}
standup: {enabled: false}
"""
TODAY = datetime.now(UTC).date()
LATER = TODAY + timedelta(days=90)
DUE = (TODAY + timedelta(days=60)).isoformat()
DOCUMENT = good_postmortem(actions=ACTIONS.replace("2026-05-18", DUE).replace("2026-06-01", DUE))
"""Nothing in it is due, whenever the tests run."""


@pytest.fixture(autouse=True)
async def acme(github: Sandbox, service: Service) -> None:
    github.create_repository(REPOSITORY, {".github/closeout.yml": POLICY})
    github.install("acme", [REPOSITORY])
    for login in ("ana", "ben", "gita"):
        github.grant(REPOSITORY, login, "write")
    github.grant(REPOSITORY, "eve", "read")
    github.edit_document(REPOSITORY, PATH, DOCUMENT)
    await service.settled()


def _by_label(github: Sandbox, label: str) -> list[Issue]:
    return [issue for issue in github.issues(REPOSITORY) if label in github.labels(issue)]


def _alert(github: Sandbox) -> Issue:
    (found,) = [each for each in _by_label(github, ACTION_LABEL) if "Alert" in each.title]
    return found


def _tracking(github: Sandbox) -> Issue:
    (found,) = _by_label(github, POSTMORTEM_LABEL)
    return found


def _promise(github: Sandbox) -> Promise:
    record = record_of(_alert(github).body or "")
    assert isinstance(record, Promise)
    return record


def _ledger(github: Sandbox) -> Ledger:
    record = record_of(_tracking(github).body or "")
    assert isinstance(record, Ledger)
    return record


async def _say(service: Service, github: Sandbox, issue: Issue, text: str, who: str = "ben") -> Comment:
    comment = github.comment(issue, text, who)
    await service.settled()
    return comment


def _ours(github: Sandbox, issue: Issue) -> list[str]:
    return [each.body for each in github.comments(issue) if github.author(each) == "closeout[bot]"]


def _writes(github: Sandbox) -> int:
    return sum(1 for each in github.requests if each.method != "GET" and "/access_tokens" not in each.path)


async def test_extend_moves_the_milestone_and_remembers_what_was_promised(service: Service, github: Sandbox) -> None:
    comment = await _say(service, github, _alert(github), f"/extend {LATER} the vendor ships later")
    promise = _promise(github)
    assert github.due(_alert(github)) == LATER
    assert (promise.due, promise.deadline) == (date.fromisoformat(DUE), LATER)
    assert (promise.extensions[0].by, promise.extensions[0].reason) == ("ben", "the vendor ships later")
    assert promise.commands == (comment.id,)
    assert _ours(github, _alert(github)) == []


async def test_wontdo_closes_as_not_planned_with_the_reason(service: Service, github: Sandbox) -> None:
    await _say(service, github, _alert(github), "/wontdo the service goes away")
    issue = _alert(github)
    assert (issue.state, issue.state_reason) == ("closed", "not_planned")
    assert "the service goes away" in (issue.body or "")


async def test_an_issue_reopened_after_wontdo_stays_open(service: Service, github: Sandbox) -> None:
    await _say(service, github, _alert(github), "/wontdo the service goes away")
    github.reopen_issue(_alert(github))
    await service.settled()
    assert _alert(github).state == "open"


async def test_reassign_gives_it_to_somebody_else(service: Service, github: Sandbox) -> None:
    await _say(service, github, _alert(github), "/reassign @gita")
    assert github.assignees(_alert(github)) == ["gita"]


async def test_reassign_to_whom_nothing_can_be_assigned_is_answered(service: Service, github: Sandbox) -> None:
    await _say(service, github, _alert(github), "/reassign @nobody-here")
    assert github.assignees(_alert(github)) == ["ben"]
    (reply,) = _ours(github, _alert(github))
    assert "It was not reassigned" in reply


async def test_verified_pass_is_remembered_with_its_evidence(service: Service, github: Sandbox) -> None:
    await _say(service, github, _tracking(github), "/verified pass https://ci.example/runs/7", "ana")
    ledger = _ledger(github)
    assert ledger.verification is VerificationState.PASSED
    assert ledger.evidence == "https://ci.example/runs/7"


async def test_verified_fail_reopens_tells_the_manager_and_asks_again(service: Service, github: Sandbox) -> None:
    github.close_issue(_tracking(github))
    await service.settled()
    await _say(service, github, _tracking(github), "/verified fail the alert came late", "ana")
    ledger = _ledger(github)
    assert _tracking(github).state == "open"
    assert ledger.verification is VerificationState.FAILED
    assert ledger.verdict is not None
    assert ledger.verify_again == ledger.verdict.on + timedelta(days=30)
    (told,) = _ours(github, _tracking(github))
    assert told.startswith("@dana, the verification failed")


async def test_verified_fail_on_a_closed_item_reopens_it(service: Service, github: Sandbox) -> None:
    github.close_issue(_alert(github), "ben")
    await service.settled()
    await _say(service, github, _alert(github), "/verified fail the alert came late")
    assert _alert(github).state == "open"
    assert not _promise(github).verdict.passed  # type: ignore[union-attr]


async def test_recurrence_yes_says_that_a_postmortem_is_owed(service: Service, github: Sandbox) -> None:
    incident = github.open_issue(REPOSITORY, "Checkout is down", author="gita")
    await _say(service, github, _tracking(github), f"/recurrence yes #{incident.number}", "ana")
    assert _ledger(github).owes_postmortem
    assert "a new postmortem is owed" in (_tracking(github).body or "")


async def test_what_is_about_the_postmortem_is_sent_to_its_tracking_issue(service: Service, github: Sandbox) -> None:
    await _say(service, github, _alert(github), "/recurrence none")
    (reply,) = _ours(github, _alert(github))
    assert f"#{_tracking(github).number}" in reply


async def test_three_extensions_tell_the_manager_once(service: Service, github: Sandbox) -> None:
    for week in range(4):
        await _say(service, github, _alert(github), f"/extend {LATER + timedelta(weeks=week)} again")
    (told,) = _ours(github, _alert(github))
    assert told.startswith("@dana, the deadline of this action item has been extended 3 times")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/extend soon", "was not understood"),
        ("/extend 2020-01-01 the past", "is over"),
        ("/waive CO413 no", "say it on the pull request"),
        ("/help", "What can be said here"),
    ],
)
async def test_one_helpful_reply(service: Service, github: Sandbox, text: str, words: str) -> None:
    comment = await _say(service, github, _alert(github), text)
    (reply,) = _ours(github, _alert(github))
    assert words in reply
    assert record_of(reply) == CommentMark(about=f"answer:{comment.id}")
    await service.sweep()
    assert len(_ours(github, _alert(github))) == 1
    assert comment.id in _promise(github).commands


async def test_a_reply_mentions_nobody(service: Service, github: Sandbox) -> None:
    await _say(service, github, _alert(github), "/extend @dana,closes#1 please")
    (reply,) = _ours(github, _alert(github))
    assert "@dana" not in reply


async def test_with_read_access_only_a_stranger_is_refused_once(service: Service, github: Sandbox) -> None:
    await _say(service, github, _alert(github), f"/extend {LATER} because", "eve")
    await _say(service, github, _alert(github), "/wontdo because", "eve")
    assert _alert(github).state == "open"
    assert _promise(github).extensions == ()
    (reply,) = _ours(github, _alert(github))
    assert "it takes write access" in reply


async def test_only_what_was_carried_out_gets_a_thumbs_up_and_one(service: Service, github: Sandbox) -> None:
    done = await _say(service, github, _alert(github), f"/extend {LATER} the vendor ships later")
    answered = await _say(service, github, _alert(github), "/extend soon")
    refused = [await _say(service, github, _alert(github), "/wontdo because", "eve") for _ in range(2)]
    given = {each.id: [it.content for it in reactions_to(github.world, "comment", each.id)] for each in refused}
    assert [it.content for it in reactions_to(github.world, "comment", done.id)] == ["+1"]
    assert reactions_to(github.world, "comment", answered.id) == []
    assert given == {each.id: [] for each in refused}
    assert sum(each.path.endswith("/reactions") for each in github.requests) == 1


async def test_with_read_access_only_an_assignee_commands_their_own(service: Service, github: Sandbox) -> None:
    github.grant(REPOSITORY, "ben", "read")
    await _say(service, github, _alert(github), f"/extend {LATER} because", "ben")
    assert github.due(_alert(github)) == LATER


async def test_with_read_access_only_an_author_commands_what_they_wrote(service: Service, github: Sandbox) -> None:
    github.grant(REPOSITORY, "ana", "read")
    await _say(service, github, _alert(github), f"/extend {LATER} because", "ana")
    assert github.due(_alert(github)) == LATER


async def test_a_webhook_that_comes_twice_changes_nothing(service: Service, github: Sandbox) -> None:
    await _say(service, github, _alert(github), f"/extend {LATER} because")
    before = _writes(github)
    (delivery,) = [each for each in github.deliveries if each.event == "issue_comment"]
    await github.redeliver(delivery)
    await service.settled()
    assert _writes(github) == before
    assert len(_promise(github).extensions) == 1


async def test_a_comment_edited_afterwards_changes_nothing(service: Service, github: Sandbox) -> None:
    comment = await _say(service, github, _alert(github), f"/extend {LATER} because")
    github.edit_comment(comment, "/wontdo after all", "ben")
    await service.settled()
    assert _alert(github).state == "open"


async def test_an_answer_lost_after_the_record_applies_the_command_once(service: Service, github: Sandbox) -> None:
    github.faults.answer(502, "PATCH", "*/issues/*", after_write=True)
    await _say(service, github, _alert(github), f"/extend {LATER} because")
    assert len(_promise(github).extensions) == 1


async def test_a_reply_whose_answer_is_lost_is_not_posted_twice(service: Service, github: Sandbox) -> None:
    github.faults.answer(502, "POST", "*/comments", after_write=True)
    comment = await _say(service, github, _alert(github), "/extend soon")
    await service.quiet()
    assert len(_ours(github, _alert(github))) == 1
    assert comment.id in _promise(github).commands


async def test_what_is_said_on_an_issue_that_people_opened_is_heard_at_once(service: Service, github: Sandbox) -> None:
    theirs = github.open_issue(REPOSITORY, "Pool ran dry", author="ana")
    github.comment(theirs, "/wontdo said before it was ours", "ana")
    actions = ACTIONS.replace("for 5 minutes", f"for 5 minutes (#{theirs.number})")
    github.edit_document(REPOSITORY, PATH.replace("04", "05"), good_postmortem(actions=actions, Incident="INC-7"))
    await service.settled()
    before = len(github.requests)
    await _say(service, github, theirs, "Thank you.", "ana")
    assert [each for each in github.requests[before:] if each.path.endswith("/issues/comments")]
    assert github.issue(REPOSITORY, theirs.number).state == "open"


async def test_once_said_all_is_settled(service: Service, github: Sandbox) -> None:
    await _say(service, github, _alert(github), f"/extend {LATER} because")
    before = _writes(github)
    await service.sweep()
    assert _writes(github) == before
