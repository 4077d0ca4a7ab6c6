"""Blame of those who are not named, and of organisations that a document treats as those who act."""

from __future__ import annotations

import pytest

from tests.rules.linting import codes, found, lint

HEAD = "# Postmortem: x\n\n- Date: 2026-05-04\n- Authors: Hexa and Outer Labs\n\n## What went wrong\n\n"
ACTIONS = "\n\n## Action items\n\n- Hexa to run it in CI\n- ACX to subscribe to alerts\n- ACX will build 2.0\n"

UNSAID = """
Should have run the load test
Should've read the release notes
Shouldn't have deployed on a Friday
Should have double-checked the host
Forgot to rotate the key
Didn't read the docs
Did not escalate for an hour
Didn't even check the dashboard
Ignored the disk alert for two days
Never tested the backups
Never read the runbook
Overlooked the warning in the changelog
Missed the page for an hour
Failed to communicate with support
Also didn't review the migration
Merged the change without review
Approved the plan without reading it
Deployed to all regions without testing
Pushed on a Friday evening without telling anyone
Assumed the copy was good without checking
Merged by mistake
Ran the cleanup in the wrong terminal
Pasted the wrong account number
Misread the dashboard
Skipped code review
Bypassed the approval step
Skipping the checklist
Did not double check the host name
Did not follow the rollback plan
Sadly, did not follow the runbook
Did not involve the vendor
Should have rolled back sooner
Should have deployed to the canary first
Should have merged the fix before the release
"""
OURS = """
Applied untested changes to production
Underestimated the size of the table
Overlooked the second region
Misjudged the backlog
Rushed the release
"""
BLAMING = """
Dave threw the switch and screwed up the index
ACX didn't catch that the patch was breaking
Hexa wasn't aware of the patch, didn't test it and didn't notice it
"""
SPARING = """
Never test logins in batch mode
Never skip the rehearsal before a release
Never check the seals by hand
The purge threw an exception halfway and screwed up the index
The script screwed up the index
Didn't alert on lag
Did not validate the input
Did not check for null
Did not follow redirects
Did not ask for confirmation
Did not read from the replica
Never reached the API
Failed to start
Failed to load the docs
Should have failed over
Should have been faster
Should alert on lag
Should run the load test
Ignored by the parser
Missed events in the stream
Missed heartbeats
The importer didn't read the release notes
Datadog didn't alert
Did not follow the rollback plan, as it would have lost the orders of a day
Did not escalate, because the graph looked healthy
Skipped code review, as the emergency policy allows
Skipped by the scheduler
Skipped the review of generated files by design
Deployed without checking the schema by the pipeline
Ran without checking the lock
Ran the wrong query plan
Merged the revert
Pushed the fix
Misread by the driver
Automatically did not follow the redirect
Should have rolled back
Approved by two reviewers
ACX was told at 10:00
"""


def blame_in(line: str) -> list[str]:
    return [code for code in codes(lint(f"{HEAD}- {line}{ACTIONS}")) if code in ("CO501", "CO502", "CO503")]


@pytest.mark.parametrize("line", UNSAID.strip().splitlines())
def test_a_sentence_without_a_subject_is_the_authors_own_voice(line: str) -> None:
    text = f"{HEAD}- {line}{ACTIONS}"
    assert not blame_in(line)
    assert found(text, "CO505")


@pytest.mark.parametrize("line", UNSAID.strip().splitlines())
def test_a_sentence_without_a_subject_goes_on_about_whoever_was_named_before(line: str) -> None:
    assert blame_in(f"A contractor working on the import\n- Opened a second shell\n- {line}")


def test_whom_the_entry_before_names_is_left_where_another_subject_comes() -> None:
    assert not blame_in("A contractor opened a shell\n- The importer ran\n- Did not test the rollback plan")
    assert not blame_in("Ana restarted it. We were late. Did not test the rollback plan")


@pytest.mark.parametrize("line", BLAMING.strip().splitlines())
def test_an_organisation_that_acts_may_be_blamed(line: str) -> None:
    assert blame_in(line)


@pytest.mark.parametrize("line", SPARING.strip().splitlines())
def test_an_entry_without_a_subject_that_may_be_a_system_is_let_pass(line: str) -> None:
    assert not blame_in(line)
    assert not found(f"{HEAD}- {line}{ACTIONS}", "CO505")


@pytest.mark.parametrize("line", OURS.strip().splitlines())
def test_what_we_would_be_blamed_for_is_self_blame_without_us(line: str) -> None:
    assert found(f"{HEAD}- We {line.lower()}{ACTIONS}", "CO505")
    assert found(f"{HEAD}- {line}{ACTIONS}", "CO505")
    assert not blame_in(line)


def test_an_organisation_that_the_document_does_not_know_is_let_pass() -> None:
    assert not blame_in("Lumen didn't catch that the patch was breaking")
