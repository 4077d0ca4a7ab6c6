"""Action items as many teams would write them, beside those of `test_vagueness`: vague ones, and clear ones."""

from __future__ import annotations

VAGUE = """
Clean up old configs
Better alerting around disk usage
Investigate why the cache was cold
Consider moving to a managed queue
Harden the ingress layer
Firm up our on-call handover
Dig deeper into the memory growth
Fix the monitoring gaps
Close gaps in our alert coverage
Make rollbacks quicker
Build confidence in failover
Beef up the health checks
Sync with the data team about schema changes
Touch base with security regarding token handling
Reach out to AWS support to understand the throttling
Set up a meeting to talk about retry policies
Spike: could we shard the orders table?
Audit configuration for similar issues
Check other clusters for the same problem
Pay down tech debt in the ingestion service
Refactor legacy code to be more maintainable
Documentation needs love
Monitoring improvements for the edge
Capacity planning
Postmortem culture
Cross-train a second person
Share learnings with the wider org
Communicate better with support during outages
Define clearer responsibilities during incidents
Agree on a strategy for backups
Formalise the change process
Put some monitoring on the batch jobs
Implement adequate input validation
Introduce resilience patterns in service calls
Design the pipeline for operational simplicity
Perform a thorough review of IAM roles
Do a proper load test at some point
Be more deliberate about rollouts
Take backups more seriously
Ideally stop depending on a single region
Long term: rethink how tenants are isolated
Increase Terraform knowledge across the team
Extend monitoring to more services
Minimise manual steps in the release
Limit the impact of similar failures
Ensure the runbook is kept current
Ensure sufficient headroom on brokers
Make sure we have visibility into queue health
Keep a closer watch on certificates
Continue to stabilise the cluster
Evaluate whether we need a second NAT gateway
Figure out a way to test restores
Determine appropriate thresholds for lag
Identify single points of failure
Find out how many customers were hit
Try using a different load balancer algorithm
Research how others do progressive delivery
Tune the JVM
Optimise dashboards for on-call use
Simplify the failover procedure
Automate more of the recovery
Standardise logging across services
Revisit the SLOs for search
Review timeout settings across services
Review our disaster recovery plan
Update runbooks
Write documentation
Add tests
Add better validation
Add alerting
Create documentation around failover
Create a plan for multi-region
Provide developers with better tooling
Improve the UX of the deploy tool
Strengthen validation of user input
Upgrade our monitoring stack over time
Encourage smaller pull requests
Engineers should test migrations before running them
People need to be aware of the maintenance calendar
Not sure yet, needs discussion
Maybe add a cache?
Why did the alert not fire?
Talk with finance about budget for a replica
Monitor closely for the next days
Wait and see if it recurs
Tighten up access control
Sort out the mess in the Terraform repo
Plan for higher load next season
Make alert messages more useful
Hold a blameless session with the mobile folks
Increase timeouts
Stricter review of database changes
Get buy-in for a freeze before holidays
Rollback procedure should be clearer
Gain a deeper understanding of memory behaviour under load
Use feature flags more
Improve rollback story
Educate the support desk on the status page
Bring runbooks up to date
Rework alert routing so it makes sense
Look for a replacement of the e-mail gateway
Make the pipeline robust against bad input
Ensure good test coverage for schema changes
Figure out ownership of the cert store
Keep documentation fresh
Document lessons learned
Review who has admin rights
More granular dashboards
Handle spikes better
Optimise cost of the standby cluster
Monitoring should cover more of the stack
Check alerts
Do something about the noisy pager
Communication with stakeholders
Get a handle on memory usage
Be aware of DNS TTLs
Put in place a robust backup strategy
Evaluate alternatives
Dashboards
Validate assumptions about cache behaviour
Develop team knowledge of networking
Sharpen escalation criteria
Add observability
Enhance deployment safety
Look at memory limits
Ensure that all services are properly monitored
Follow best practices for index creation
Have a plan for region failure
Longer term: improve isolation between customers
Keep a close eye on replication
Set expectations with clients about latency
Reduce MTTR
Make better use of canaries
Revise the change advisory process
Improve how we hand over incidents
""".strip().split("\n")

CLEAR = """
Review and merge PR #1841
Page on-call when replication lag stays above 60 s
Set `max_connections` to 400 on orders-db
Rename the misleading metric `queue_ok` to `queue_depth`
Ship the kill switch for bulk e-mail
Turn off autovacuum cost limits on the ledger table
Alert if no backup has finished in 26 hours
Add an alert for expiring TLS certificates
Add tests for the leap-second path in the billing clock
Add request IDs to the gateway's access log
Add jitter to the token refresh
Add runbook for stuck Flink checkpoints
Add a healthcheck endpoint to the PDF renderer
Write a runbook for failing over orders-db
Write an ADR on the choice of message broker
Document the restore procedure for Vault
Update Helm chart to 4.11
Update the status page template with the new regions
Create a service account per pipeline and revoke the shared one
Move cron jobs from the bastion to Kubernetes
Migrate the remaining three services to the new service mesh
Replace the bash deploy script with the shared GitHub Action
Remove the retry loop in `PaymentClient.charge`
Delete stale feature flags older than 90 days
Retire the v1 ingest endpoint
Isolate the search cluster in its own VPC
Cap the batch size of the importer at 500 rows
Rate-limit password resets by IP
Raise the alert threshold on p99 from 300 ms to 800 ms
Double the number of shards on the events topic
Increase the memory of the scheduler to 2 GiB
Reduce retries from 10 to 3
Enable MFA for the registrar account
Disable automatic minor upgrades for the primary
Require approval from a second engineer for `terraform destroy`
Block force pushes to release branches
Verify checksums after each upload and fail the job on mismatch
Check backups weekly by restoring them into a scratch database
Monitor free inodes on the build hosts
Run the game day "loss of eu-west-1a" in June
Schedule the Postgres 16 upgrade for the 14 May window
Rotate the leaked deploy key
Pin the base image to a digest
Backfill the 312 missing invoices
Send apology e-mail to the 41 affected accounts
Restore the deleted records for tenant 88
Order spare NVMe disks for the Frankfurt rack
Ask Cloudflare to raise our API limit to 2,400 requests
File a bug upstream for the nil dereference in the CSI driver
Train the fraud model without the duplicated rows
Make the importer idempotent
Ensure that the deploy pipeline stops when smoke tests fail
Ensure PodDisruptionBudgets exist for all stateful sets
Prevent deploys while an incident is open, with a check in the deploy bot
Handle `ECONNRESET` in the uploader with one retry
Support resuming interrupted uploads in the CLI
Extend log retention to 90 days
Improve error message of the importer to name the failing row
Simplify failover to a single `make failover` command
Automate the rollback of the canary on a 1 % error rate
Tighten the IAM policy of the CI role to the two buckets it needs
Rewrite the feed parser as a streaming parser
Clean up expired sessions nightly with a cron job
Harden SSH config: keys only, no root
Define severity levels in the incident guide
Assign an owner to every service in the catalogue
Use exponential backoff in the webhook sender
Use blue-green deployments for the auth service
Store the last good config and fall back to it
Print the target cluster before `kubectl apply` in the wrapper script
Cache the feature flags on disk for 24 h
Notify #support automatically when checkout error rate exceeds 2 %
Deploy job asks for the environment name before a destroy
Certificates expire alert at 30 and 7 days
Feature flag service refuses to start with an empty config
Circuit breaker around the fraud provider
Smoke test for the login page after each release
Canary stage of 30 minutes for config pushes
Rate limit on the public export endpoint
Runbook: restoring a single tenant from backup
Watch the lease file and restart on change
Look up tenants by ID instead of by name in the billing job
Support case #99120: get credit for the outage
Export consumer lag from Flink to Prometheus
Make staging use the same Postgres minor version as production
Let the proxy drop idle connections after 5 minutes
Have the bot post the deploy diff before each rollout
Build an allowlist of outbound hosts for the scraper
Provide the DBA team with read access to the audit log
Put the config of the proxy under version control
Introduce a read-only mode for the admin panel
Implement circuit breaker in the tax client
Set up PgBouncer in front of the ledger database
Set up alert on certificate expiry
Establish a 24/7 escalation number with the carrier
Do the Kafka 3.7 upgrade on the staging cluster first
Take a snapshot before each schema change
Keep 30 days of core dumps on the ingest hosts
Change default replication factor to 3
Consolidate the three alerting rules for disk into one
Deploy node-problem-detector to all clusters
Train two more people to restore the ledger database
Pair every P0 alert with a runbook link
Escalation policy for the weekend rota in PagerDuty
Idempotency keys on the payments endpoint
Quota per API key on the geocoder
Postgres failover no longer needs a manual DNS change
Stop logging card numbers
Cover the webhook signature check with a test
Migrate off the deprecated Ingress API before the 1.33 upgrade
Agree an RTO of 4 h with the business and write it into the service catalogue
Audit S3 bucket policies with Access Analyzer and close public ones
Alert on 5xx ratio of the edge, 2 % over 10 minutes
Upgrade Envoy past the HTTP/2 reset fix
Remove `latest` tags from production manifests
Wire the disk-full alert to PagerDuty instead of e-mail
Turn on connection draining on the ALB
Add retries with backoff to the S3 uploader
Create runbook "Kafka partition offline"
Document who may approve an emergency change
Update on-call rota in Opsgenie so that two people cover nights
Rewrite deploy.sh in Python with a confirmation step
Automate DNS failover with health checks in Route 53
Lower log level of the proxy to warn
Reduce batch size from 5k to 500
Extend canary analysis to the EU clusters
Raise an alert when the lag job has not reported for an hour
Enforce branch protection on the infra repository
Prevent the cleanup job from running twice by taking a lock
Ensure the worker exits when the queue connection is lost
Make the health endpoint check the database
Set memory request equal to limit for Redis pods
Set up dashboards for the new ingest cluster
Delete the staging credentials from the wiki page
Have CI run the migration against a copy of production
Replace single NAT instance with a managed NAT gateway
Support rolling restarts in the operator
Fix the broken link to the runbook in the alert
Close port 22 on the public subnet
Notify account managers when an import fails
Roll out the new agent to the remaining hosts
Rebalance partitions across brokers
""".strip().split("\n")
