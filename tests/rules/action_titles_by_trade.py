"""Action items of many trades (databases, pipelines, security, mobile, networks, support): vague, and clear ones."""

from __future__ import annotations

VAGUE = """
Reinforce vigilance of the teams
Mr. Dunn needs to do his job
Ensure all servers are compatible with the latest software trends
Improve replication lag
Better handling of schema migrations
Look at why autovacuum could not keep up
Make the ETL pipeline more robust
Data quality checks need to be improved
Consider partitioning the events table
Harden the API gateway
Review IAM permissions across accounts
Raise security awareness among developers
Be more careful when rotating secrets
Strengthen our crash reporting on Android
Reduce app start time
Improve the release process for iOS
Investigate BGP flapping
Optimise routing between the two sites
Revisit firewall rules
Increase network resilience
Provide better communication to customers during outages
Make support macros clearer
Train support agents on incident communication
Faster escalation to engineering
Enhance postmortem culture
Ensure lessons learned are shared with all teams
Have a discussion about on-call load
Follow the change management process more closely
Formalize the incident process
Pay more attention to alerts at night
Think about a second region
Clean up technical debt in the billing service
Work with the vendor to prevent this in the future
Get a better understanding of Kafka consumer rebalancing
Monitoring improvements
Evaluate alternatives to RabbitMQ
Minimize the blast radius of config changes
Keep documentation up to date
Establish a culture of testing
Streamline the approval workflow
Explore caching options for the catalog
Ensure proper validation of feature flags
Own the payments alerts properly
Do a better job of load testing before launches
Invest in chaos engineering
Alerting should be smarter
Our dashboards could use some love
Bring the staging environment closer to production
Database performance work
Less noisy alerts
Prevent long-running queries from causing trouble
Add appropriate indexes where needed
Introduce safeguards around bulk deletes
Ensure backups are good
Make deploys safer
Sort out the flaky pipeline
Get data producers to care about schemas
Increase confidence in the nightly jobs
Tighten access control
Patch systems regularly
Rethink secrets handling
Improve phishing resistance
Test on more devices
Smoother rollouts for the mobile app
Address memory issues in the Android client
Network documentation needs love
Have redundancy for the WAN link
Plan capacity better
More proactive customer updates
Support should be kept in the loop
Help customers understand degraded mode
Handover between shifts should be improved
Everyone reads the runbook
Engineers must double check before running scripts in production
Avoid manual changes in production
Reduce human error during maintenance
Stop deploying on Fridays if possible
Create awareness for cost of downtime
Define clear ownership
Look for similar problems elsewhere
Continue monitoring the situation
Follow best practices for Terraform modules
Upskill the team on Kubernetes
Better vendor management
Prioritize reliability work
Share this postmortem widely
Rework our approach to retries
Put more thought into timeouts
Ownership of shared libraries needs to be clarified
Make on-call less painful
Get rid of flaky alerts where possible
A better way to roll back
Quicker detection of bad deploys
Guard against bad input
Validate inputs better
Lower operational risk of batch jobs
Have someone look at the connection leak
Give SRE more visibility into partner outages
Align with product on degraded mode
Upgrade our monitoring capabilities
Have more robust health checks
Do more chaos testing
Push for better SLAs with the carrier
Be faster at declaring incidents
Run more drills
Spend a sprint on stability
Deal with legacy cron jobs
Set up proper alerting for the queue
Fix performance problems in search
Add sufficient logging to the importer
Communicate maintenance windows better
Reevaluate our backup strategy
Document things better
Make sure backups work
Ensure the on-call has what they need
Clarify responsibilities between network and server teams
Look into a WAF
Improve mobile QA
Get the dashboards into shape
Revise our paging policy
Make alerts actionable
Strengthen code review for database changes
Evaluate whether we still need the old cluster
Database maintenance should be planned better
Consider read replicas
Some form of rate limiting
Reduce dependency on a single engineer
Improve handling of late events
Pipeline observability
Look for ways to shorten the build
Set clear expectations with vendors
Research how others do canaries
Enforce best practices
Promote blameless culture
Increase test coverage for the parser
Improve the mobile login flow
Learn how the CDN purges
More training for new joiners
Simplify the network topology
Investigate packet loss on the uplink
Keep an eye on memory usage
Ensure good communication between teams
Tidy up Terraform
Support engineers should be more proactive
Try to respond faster to customers
Reconsider the default timeouts
""".strip().split("\n")

CLEAR = """
Alert when replication lag exceeds 30 s for 5 minutes
Page the on-call DBA when free disk on the primary drops below 15 %
Set autovacuum_vacuum_scale_factor to 0.02 on the events table
Add a foreign key from orders.user_id to users.id
Drop the unused index idx_orders_legacy
Run pt-online-schema-change instead of ALTER TABLE in the migration runner
Write a runbook for promoting a replica in eu-west-1
Move the nightly vacuum to 03:00 UTC
Fail the Airflow DAG when the row count differs by more than 10 % from yesterday
Add a schema check to the Kafka producer that rejects unknown fields
Backfill the 14 missing partitions of clickstream
Make the dbt job idempotent
Store raw events for 30 days in S3
Emit a metric for late-arriving events
Quarantine malformed records instead of failing the batch
Require hardware keys for the production AWS account
Block public S3 buckets with an SCP
Revoke the personal access tokens of departed employees
Enable GuardDuty in all regions
Scan container images in CI and fail on critical CVEs
Remove the wildcard from the CI role's policy
Turn on branch protection for the infra repository
Ship version 4.2.1 with the crash fix to 100 % of users
Add a kill switch for the new checkout screen
Cache the last known config on the device
Retry the token refresh once before logging the user out
Show an offline banner when the API returns 503
Add an integration test for expired sessions on iOS 17
Lower the rollout steps to 1 %, 10 %, 50 %, 100 %
Replace the faulty line card in the Frankfurt edge router
Announce 203.0.113.0/24 from the second site as well
Configure BFD on all eBGP sessions
Set max-prefix limits on the peering sessions with AS64500
Document the out-of-band access to the Zurich data center
Install a second power feed in rack B12
Remove the static route to the decommissioned proxy
Publish a status page entry within 15 minutes of a SEV-1
Add a canned reply for failed card payments to Zendesk
Give the support lead access to the incident channel
Refund the 312 double charges
Send an apology mail to the affected merchants
Add the number of open tickets to the NOC dashboard
Require two approvals for changes to the DNS zone
Add a checklist for maintenance windows to the change template
Hold a game day for the loss of one availability zone in Q3
Freeze deployments from 20 December to 3 January
Rehearse the restore of the customer database every quarter
Name an incident commander before the first customer update
Add the vendor's escalation number to the on-call handbook
Cap the connection pool of the API at 80
Split the batch queue from the interactive queue
Let the load balancer drain connections for 60 s before shutdown
Pin the base image by digest
Delete the feature flag new_pricing
Drain the node automatically when the disk health check fails
Increase the memory limit of the ingress controller to 2 GiB
Reject configuration files without an owner in CI
Upgrade OpenSSL to 3.0.14 on all edge hosts
Terraform plan must fail when a database would be destroyed
Migrate the cron jobs from the old VM to Kubernetes CronJobs
Use exponential backoff with jitter in the webhook sender
Roll back automatically if the error rate of the canary is above 2 %
Own the `payments-errors` alert: move it to the payments rotation
Load test checkout at 2× the Black Friday peak before 1 November
Terminate one random pod per day in staging with Chaos Mesh
Delete the 14 alerts that nobody acted on in the last quarter
Give staging the same Postgres version as production
Kill queries that run longer than 60 s on the replica
Add an index on invoices(customer_id, created_at)
Ask for the table name to be typed before a bulk delete
Restore last night's backup into staging every Sunday and compare row counts
Deploy to one region at a time
Quarantine the flaky test TestCheckoutRetry
Publish the schema of the orders topic in the registry with BACKWARD compatibility
Page the data on-call when the nightly job has not finished by 06:00
Remove SSH access for contractors from the bastion
Install security updates automatically every night
Keep secrets in Vault instead of environment variables
Register FIDO2 keys for all 40 engineers
Run the smoke tests on a Pixel 4a and an iPhone SE
Stop the staged rollout automatically when crash-free sessions fall below 99.5 %
Release the bitmap in onDestroy
Draw the L2 topology of both sites and put it in NetBox
Order a second uplink from another carrier
Double the number of consumers in the payments group
Tell merchants by e-mail within an hour when payouts are delayed
Add support to the #incidents channel's alias
Explain degraded mode in the help center article on outages
Write down open incidents in the shift log at handover
Print the target cluster in the shell prompt of the bastion
The migration script refuses to run outside the maintenance window
Lock the production console for everyone but the on-call
Show the cost per minute of downtime on the SLO dashboard
List an owner for each service in catalog.yaml
Search all repositories for the same retry loop and open an issue for each
Check out replicas older than 30 days and rebuild them
Use remote state locking for all Terraform workspaces
Extract the invoice renderer into its own process
Ask AWS to raise the ENI limit to 500
Return 429 instead of 500 when the quota is used up
Explicitly set the timezone of cron to UTC
Make the config parser fail on unknown keys
Make the runbook link mandatory in every alert
Ensure that the failover script exits non-zero when the replica is behind
Review every alert of the last 90 days and delete those without an action
Investigate the 3 unexplained restarts of node-7 and write the result into INC-12
Monitor the certificate's expiry and page at 14 days
Improve the import by streaming the file instead of loading it
Reduce the TTL of api.example.com to 60 seconds
Test failover of the primary once a quarter
Evaluate pgbouncer against pgcat with 2,000 connections and pick one by 12 May
Increase retention of audit logs from 7 to 90 days
Simplify the deploy script by removing the manual approval for staging
Better error message: name the missing permission
Enhance the deploy bot to post the diff of the config
Handle a nil response from the tax service
Avoid a full table scan in the export by using the created_at index
promote refuses 100 % unless a canary of 6 h exists
Alert fatigue dashboard: count pages per rotation and week
Train the 6 new support agents on the status page tool by 3 June
Update the runbook with the new failover command
Update dependencies of the payment service to log4j 2.17.1
Retry idempotent requests three times with jitter
Time out calls to the tax service after 2 s
Name an owner for each shared library in CODEOWNERS
Move night pages for batch jobs to business hours
Compare the daily feature distribution with last week's and alert when the KS statistic exceeds 0.2
Mute the alert for disk latency on spot nodes
Add a one-click rollback button to the deploy page
Halt the rollout when two of five canaries restart
Reject CSV files with more than 50 columns
Require --dry-run before a destructive command
Run batch jobs with a read-only database user
Close database connections in a finally block
Subscribe the SRE channel to the partner's status feed
Serve the last cached catalogue when search is down
Record per-tenant CPU time in Prometheus
Have health checks query the database
Shut down one zone in staging on the first Monday of each month
Add a penalty clause for outages over 4 h to the carrier's contract
Open an incident automatically when the checkout alert fires
Schedule a failover drill for 14 October
Replace cron on app-3 with a Kubernetes CronJob
Alert when the oldest message in the queue is older than 10 minutes
Add a trigram index to products.name
Log the tenant and the file name for each failed import
Announce maintenance windows on the status page 48 h ahead
Set -Xmx to 6g on the search nodes
Back up the configuration database to a second region every 6 hours
Limit pull requests to 400 changed lines with a CI check
Restore a random backup weekly and open a ticket if that fails
Give the on-call write access to the feature flags
Write into the service catalogue who patches the core switches
Put the login page behind the Cloudflare WAF
Run the iOS UI tests on every pull request
Keep two weeks of WAL segments
Use the read replica for reports
Encrypt the laptop disks of the field team
Ban wildcard DNS records in Terraform with a policy check
Convert the nightly script to use checkpoints
Warm the cache before switching traffic
Link each alert to its runbook
Store the firmware images next to the provisioning server
Ensure failed payouts are retried after 15 minutes
Make sure the deploy job fails when migrations are pending
Support pagination in the export endpoint
Document how to drain a rack in the DC handbook
Extend the smoke test to log in as a real user
Limit access to the production bucket to the ingest role
Take db-4 out of rotation
Unify the two retry configurations in retry.yaml
Bring the passive node back into the cluster
Add a "who is affected" panel to the checkout dashboard
Page the secondary after 10 minutes without acknowledgement
Attach a runbook URL to every alert in alerts/*.yml
Require a DBA's approval for migrations in CODEOWNERS
Switch off the old cluster on 30 June
Announce database maintenance in #eng two days before
Create two read replicas in eu-central-1
Throttle the public API to 50 requests per second per token
Cross-train: Ana hands the mainframe runbook to Ben by 3 May
Drop events older than 7 days into the late-events topic
Probe the three upstream APIs from Frankfurt every minute
Trace the ingestion pipeline with OpenTelemetry
Cache node_modules in the build
Put a 4 h response time into the vendor contract
Introduce a canary stage of 5 % for the gateway
Fail the lint job on TODO without an issue
Change the login flow to use the system browser
Purge the CDN from the deploy job
Give new joiners a shadow shift before their first on-call
Merge VLAN 30 and 31
Replace the SFP in port 12 of core-sw-2
Evict pods above 90 % memory
Post incident updates every 30 minutes in #status
Import the unmanaged S3 buckets into Terraform
Answer priority tickets within 1 hour
Set the default timeout of the HTTP client to 3 s
Write an emergency change procedure that names who may approve
Swap the batteries of both UPS units
Patch CVE-2024-3094 on the build hosts
Disable root login over SSH
Rename the ambiguous flag --force to --delete-existing
Add jitter to the cron schedule
Sign the release artifacts with cosign
Split prod and staging into separate AWS accounts
Move the TLS termination to the load balancer
Make the importer skip rows with an empty tax id
Let support see the queue depth in the admin tool
Register a second domain registrar contact
Assert in CI that every table has a primary key
Delete orphaned snapshots weekly
""".strip().split("\n")
