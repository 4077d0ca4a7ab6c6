"""Which action items say what will be different, and which success criteria can be tested."""

from __future__ import annotations

import pytest

from rules.criteria import Verdict, judge_criterion
from rules.vagueness import find_vague

VAGUE = """
Better monitoring
Improve documentation.
More tests
Training for on-call engineers
Improve our incident communication process
Be more careful when running migrations
We should look at our alerting strategy
Increase observability of the payment service
Explore options for sharding
Add more logging
Write better runbooks
Documentation
Make the deployment pipeline more robust
Ensure proper monitoring is in place
Ensure this doesn't happen again
Make sure everyone knows the failover procedure
Educate developers about feature flags
Reduce alert fatigue
Have a clearer escalation path
Improved alerting for disk usage
Raise awareness of the change freeze
Discuss with vendor
Revisit our retry policy
Update docs
Should we move to a managed queue?
Optimise slow queries
Enhance test coverage
Prevent similar incidents in the future
Think about rate limiting
Set up better dashboards
Strengthen code review process
Follow up with AWS
Address technical debt in the scheduler
Monitor the situation
Double-check configs before deploying
Tooling: consider a dry run for migrations
""".strip().split("\n")

SPECIFIC = """
Alert when replica lag exceeds 30 s for 5 minutes
Reject hotfix deploys that have not run the test suite
Cap retries in the payment client at three with exponential backoff
Migrate the sessions table to the partitioned schema
Add a chaos experiment that drops 30% of payments traffic and verifies that checkout stays under 500ms
Remove the shared admin credential from the deploy job
Write the on-call runbook for exhausted connection pools
Page the on-call engineer when certificate expiry is less than 21 days away
Block merges to main when the schema check fails
Rotate the signing key and delete the old one from Vault
Reduce the DNS TTL for api.example.com from 1 hour to 60 s
Increase the connection pool from 50 to 200
Improve the deploy tool by rejecting releases without a green staging run
Investigate the leak in the image resizer and add an alert on its memory
Ensure that every cron job has a timeout
Enable multi-AZ on the orders database
Replace the hand-written failover script with Patroni
Add an integration test for the retry path
Document how to fail over the primary by hand
Make the smoke test a required check on main
Add more than one replica to the cache
Require two approvals on changes to the routing table
Move the health check off the main event loop
Extend the canary stage from 5 to 30 minutes
Validate the length of the webhook payload before parsing it
Delete the unused feature flag checkout_v1
Add a button to the admin panel that pauses the queue
Upgrade the driver to 4.2
Handle a 429 from the provider by waiting for Retry-After
Monitor queue depth and page at 10,000 messages
Add Kafka consumer lag to the on-call dashboard
Run the restore drill every quarter
Fix the off-by-one in the pagination of the export API
Limit the export to 10k rows
Support graceful shutdown in the worker
Alerting: page the owner of a queue when its oldest message is older than 15 minutes
""".strip().split("\n")


@pytest.mark.parametrize("title", VAGUE)
def test_a_vague_item_is_recognised(title: str) -> None:
    found = find_vague(title)
    assert found is not None
    assert 0 <= found.start < found.end <= len(title)


@pytest.mark.parametrize("title", SPECIFIC)
def test_a_specific_item_is_left_alone(title: str) -> None:
    assert find_vague(title) is None


@pytest.mark.parametrize("title", ["", " ", "?", ":", "-", "İ" * 700, "improve", "\ufffc", "a: "])
def test_odd_titles_do_no_harm(title: str) -> None:
    find_vague(title)


@pytest.mark.parametrize(
    "criterion", ["done", "It works.", "implemented", "n/a", "It doesn’t happen again", "**Done**"]
)
def test_a_criterion_that_only_says_done_is_empty(criterion: str) -> None:
    assert judge_criterion(criterion) is Verdict.EMPTY


@pytest.mark.parametrize(
    "criterion", ["people feel more confident", "monitoring is better", "the process is clear to new joiners"]
)
def test_a_criterion_of_soft_words_is_soft(criterion: str) -> None:
    assert judge_criterion(criterion) is Verdict.SOFT


@pytest.mark.parametrize(
    "criterion",
    [
        "the alert fires in staging within 5 minutes",
        "p99 is stable below 500 ms",
        "a hotfix without tests is refused",
        "the better of two drills takes less than an hour",
        "`make restore` leaves no row behind",
        "checkout survives the loss of a replica",
    ],
)
def test_a_criterion_that_can_be_looked_at_is_testable(criterion: str) -> None:
    assert judge_criterion(criterion) is Verdict.TESTABLE
