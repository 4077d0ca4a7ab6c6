"""Which action items say what will be different, and which success criteria can be tested."""

from __future__ import annotations

import pytest

from rules.actions.testability import Verdict, judge_criterion
from rules.actions.vagueness import is_vague
from tests.rules import action_titles, action_titles_by_trade

VAGUE = """
Carefully monitor the allocation rules for our services
Closely watch the error rate of the relay
Regular monitoring and maintenance of the relay should be implemented to ensure its proper functioning
Periodic audits of the vault must be conducted
Review all alerts for issues
Ensure the service can properly handle load
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
Continue monitoring the cluster
Ensure adequate capacity
Make sure alerts are actionable
Implement better error handling
Add additional monitoring
Add more robust retry logic
Work with the vendor on a long-term solution
Get a better understanding of the failure mode
Need to understand why the cache was cold
Automate where possible
Improve observability across all services
Look at ways to speed up recovery
Ideally we would have better dashboards
Come up with a plan for capacity
More frequent backups
Increase awareness of the on-call process
Better error messages
Enhanced logging for the auth service
Try to make rollback faster
Have a discussion about ownership
Check whether other services are affected
Review alert thresholds
Review the incident response process with the team
Ensure that the team is aware of the procedure
Conduct training on the new tool
Provide training to support staff
Create better test coverage for billing
Stricter code reviews
Improve resilience of the message queue
Re-evaluate our dependency on vendor X
Think harder about failure modes
Do a better job at communicating
Work on improving the docs
Verify that everything works
Investigate alternatives to the current DNS provider
Reduce complexity
Optimize the database
Improve the process for rolling out config changes
Increase the robustness of the ingestion pipeline
Proactive monitoring of third-party APIs
Better handover between shifts
Be quicker to escalate
Think about a second supplier
Ensure this does not happen again
Test more thoroughly before releases
Monitor the situation closely
Staff must pay more attention to alarms
Get better at estimating load
Add better logging
Figure out who owns the proxy
Check if other services are affected too
Capacity planning
Update documentation
Continue hardening the login flow
Learn from this incident
Try harder next time
Cooperation with the provider shall be improved
Conduct a review of the handover and implement any necessary improvements to keep it short
Perform an audit of the backups and apply the recommended changes
Develop thorough schema checks
The storage platform team should be able to find solutions to disk problems
""".strip().split("\n")

SPECIFIC = """
Ensure that the sign-in service can correctly send exceptions to the tracker
Make sure that the importer properly rejects corrupt files
Review all storage configurations for missing node limits
Audit every repository for hard-coded tokens
Coordinate 9-10 am for Wednesday Feb 12
Regular failover drills must be held every quarter
Carefully monitor the queue and page above 1,000 messages
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
Review and rotate all IAM keys older than 90 days
Support TLS 1.3 on the edge proxies
Address CVE-2024-1234 by upgrading OpenSSL
Improve p99 latency of search to 200 ms
Ensure the deploy job fails when tests are skipped
Reduce the connection timeout to 5 s
Handle SIGTERM in the worker
Avoid N+1 queries in /orders
Prevent deploys during the freeze via a CI gate
Clean up the 300 unused DNS records
Raise the file descriptor limit to 65536
Adjust HPA max replicas to 20
Switch the feature flag service to a local cache
Backfill the missing invoices for 4 May
Add a circuit breaker between checkout and fraud
Send a status page update within 15 minutes of a SEV-1
Give the on-call engineer read access to the billing database
Make the migration job idempotent
Store Terraform state in a versioned bucket
Use a blue/green deployment for the gateway
Test the failover of the primary in staging every month
Split the monolithic cron into one job per tenant
Pin the base image by digest
Define an SLO of 99.9 % for checkout availability
Publish the deprecation schedule of the v1 API
Move DNS records into Terraform
Add rate limiting to the public search endpoint
Create a dashboard with queue depth per consumer
Turn on deletion protection for production databases
Show the target environment in the shell prompt
Print a confirmation with the cluster name before destroy
Implement exponential backoff in the sync client
Log the request id in every error of the gateway
Lower the alert threshold for disk usage from 95 % to 80 %
Ask for confirmation before deleting more than 10 rows
Monitor certificate expiry with the blackbox exporter
Check in the lock file and fail CI when it drifts
Tune the garbage collector to a 4 GiB heap
Train the model on the cleaned data set again
Follow the upgrade guide for PostgreSQL 17 in staging
Watch the config map and reload without restart
Evaluate feature flags on the server instead of the client
Research shows nothing: drop the experiment flag
Increase replicas of the API from 2 to 4
Set an explicit memory limit on every sidecar
Harden SSH by disabling password login
Get rid of the legacy auth endpoint
Update the runbook for pool exhaustion with the new command
Extend the retention of audit logs to 400 days
Add a checklist item "open incidents" to the shift handover form
Page the duty manager after 20 minutes without mitigation
Sign the contract with the second supplier
Reject migrations that lock a table for more than 5 s
Run the smoke tests in the release pipeline
Create a dashboard with queue length and age of the oldest job
Switch the mail relay to TLS 1.3
Migrate the print server to the new cluster
Log the request id in every line of the gateway
Validate config files against the schema before they are merged
Rename the red button to "Delete production"
Return 429 when a tenant exceeds 100 requests per second
Keep proxy logs for 30 days
Split the scheduler's table by tenant
Reduce the failover time from 90 s to 30 s
Resolve OPS-12: "Think before you merge" banner
Close #41: review of the importer
Conduct an audit of the backups and delete those older than a year
Develop thorough schema checks before any import
Storage platform team should page when the disk is 80 % full
""".strip().split("\n")


@pytest.mark.parametrize("title", VAGUE)
def test_a_vague_item_is_recognised(title: str) -> None:
    assert is_vague(title)


@pytest.mark.parametrize("title", SPECIFIC)
def test_a_specific_item_is_left_alone(title: str) -> None:
    assert not is_vague(title)


def test_vague_items_in_the_words_of_many_teams_are_recognised() -> None:
    assert not [title for title in action_titles.VAGUE if not is_vague(title)]


def test_clear_items_in_the_words_of_many_teams_are_left_alone() -> None:
    assert not [title for title in action_titles.CLEAR if is_vague(title)]


def test_vague_items_of_many_trades_are_recognised() -> None:
    assert not [title for title in action_titles_by_trade.VAGUE if not is_vague(title)]


def test_clear_items_of_many_trades_are_left_alone() -> None:
    assert not [title for title in action_titles_by_trade.CLEAR if is_vague(title)]


def test_a_tag_in_brackets_hides_nothing() -> None:
    assert is_vague("[SRE] Improve documentation")


@pytest.mark.parametrize(
    ("vague", "clear"),
    [
        ("Harden SSH", "Harden SSH: keys only, no root"),
        ("Reduce timeouts", "Reduce timeouts to 5 s"),
        ("Improve part 3", "Clean up the 3 unused parts"),
        ("Refactor the scheduler", "Refactor the scheduler into one process per tenant"),
        ("Implement safeguards", "Implement safeguards that reject a plan with more than 10 deletions"),
        ("Review and update documentation", "Review and merge #1841"),
        ("Engineers should test migrations", "Engineers should be required by the merge queue to test migrations"),
        ("🟢 P2 Look into token handling", "🟢 P2 Rotate the tokens"),
        ("Lower the log level", "Lower the log level to warn"),
        ("Evaluate two poolers", "Evaluate pgbouncer against pgcat and pick one by 12 May"),
        ("Promote canaries", "promote refuses 100 % unless a canary of 6 h exists"),
        ("Make dashboards useful", "Make dashboards load in under 2 s"),
        (
            "Expand alerting. Improve dashboards, too",
            "Expand alerting. Add an alert on the CPU and network throughput of the gateway",
        ),
        ("More shared credentials", "No more shared credentials in the deploy job"),
    ],
)
def test_what_makes_a_vague_item_clear(vague: str, clear: str) -> None:
    assert is_vague(vague)
    assert not is_vague(clear)


@pytest.mark.parametrize("title", ["", " ", "?", ":", "-", "İ" * 700, "improve", "\ufffc", "a: "])
def test_odd_titles_do_no_harm(title: str) -> None:
    is_vague(title)


@pytest.mark.parametrize(
    "criterion",
    [
        "done",
        "It works.",
        "implemented",
        "n/a",
        "It doesn’t happen again",
        "**Done**",
        "The fix has been fully deployed",
        "When the ticket is closed",
        "The problem never occurs again",
        "Changes are in place",
    ],
)
def test_a_criterion_that_only_says_done_is_empty(criterion: str) -> None:
    assert judge_criterion(criterion) is Verdict.EMPTY


@pytest.mark.parametrize(
    "criterion",
    [
        "people feel more confident",
        "monitoring is better",
        "the process is clear to new joiners",
        "The team understands failover",
        "all engineers are trained",
        "Monitoring is in place",
        "Documentation updated",
    ],
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
        "the runbook is linked from the alert",
        "a restore finishes within an hour",
        "all services are deployed by the new job",
        "no consumer lags behind by more than 100 messages",
    ],
)
def test_a_criterion_that_can_be_looked_at_is_testable(criterion: str) -> None:
    assert judge_criterion(criterion) is Verdict.TESTABLE


@pytest.mark.parametrize(
    "title",
    [
        "Use a more complex, locked `UPDATE ... FROM` query instead of `MERGE ... USING`",
        "Write a more verbose parser rather than calling splitLines()",
        "Get all the current seal numbers of a crate, sort them, and only try to record the ones that are missing",
        "Look for a carrier that offers at least 99.95 % delivery on time",
        "Look for a second supplier with a lead time below 5 days",
        "Enable automated backups",
        "Enable automated backups (buy the larger plan if needed)",
        "Turn on database snapshots",
        "Activate the failover",
    ],
)
def test_what_is_named_measured_or_switched_on_is_not_vague(title: str) -> None:
    assert not is_vague(title)


@pytest.mark.parametrize(
    "title",
    [
        "Use a more complex query",
        "Write better runbooks instead of long ones",
        "Use better tools rather than the old scripts",
        "Look for a better carrier",
        "Look for ways to deliver with fewer delays",
        "Look for a supplier that offers better service",
        "Enable monitoring",
        "Get the drawings current",
        "Enable better backups",
        "Enable automated backups and monitoring",
        "Discuss it with the vendor and try to help",
    ],
)
def test_what_is_only_compared_or_looked_for_is_vague(title: str) -> None:
    assert is_vague(title)
