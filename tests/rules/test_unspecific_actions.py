"""Action items that would fit any system, and those as near to them as can be that say what will be different."""

from __future__ import annotations

import pytest

from rules.actions.vagueness import is_vague

UNSPECIFIC = """
Improve alerting for disk usage
Make the system more fault tolerant
Provide training on incident handling
Implement proper error handling
Increase test coverage
Review firewall rules
Plan regular drills
Better communication between teams
Use stronger validation
Ensure high availability
Upgrade infrastructure
Invest in monitoring
Check logs regularly
Keep software up to date
Consider a CDN
Implement load testing
Do more code reviews
Document lessons learned
Enhance security measures
Add proper logging
Improve server performance
Monitor resource usage
Avoid manual changes in production
Strengthen the deployment process
Set up alerts for critical issues
Introduce stricter access controls
Establish a clear escalation process
Perform periodic capacity reviews
Create better documentation for onboarding
Put measures in place to prevent this
Optimize the database
Optimize database queries for better performance
Refactor the payment module
Implement a disaster recovery plan
Develop a comprehensive testing strategy
Encourage peer reviews
Ensure that backups are working
Make sure everybody follows the runbook
Look for a better hosting provider
Make sure to handle ALL bugs before adding any new features
Make sure to fix all defects before the season
Make sure all problems are handled before opening
Ensure that any errors are caught early
Make sure to resolve every issue
Test thoroughly
Check carefully
Plan properly
The labels on the bottles will always be simple and clear
The walkways should always be kept clean
Share the findings with all staff to raise awareness
Share the lessons learned and good habits with the crew to deepen their understanding
Foster better communication between the wards
Cultivate closer cooperation between kitchen and service
Implement a more robust staffing strategy to absorb the summer rush
Strengthen real-time monitoring and alerting of the cold rooms
Regularly review and optimize the delivery routes to save time
Train junior staff on file permissions
Train the drivers in the new app
Regularly review domains
Always make sure to check the seals
Perform routine checks
Create a contingency plan for emergencies
Develop a recovery strategy for unforeseen events
Have a fallback ready for any eventuality
Prepare a plan B for peak season
Put a disaster recovery plan in place
Add monitoring on the server
Add more sensors to the monitoring of the hall
Install monitoring tools
Set up monitoring for the system
Implement monitoring and alerting
Introduce additional checks on the server
Limit access for some accounts
Change the settings of a few machines
Update some of the documentation
All changes should be tested thoroughly before deployment
Every update has to be carefully reviewed
Configurations must be checked properly before release
Recipes should be tasted well before serving
Deployments need to be monitored closely
Update the system settings
Optimize server settings
Configure the server correctly
Fix the infrastructure
Perform regular maintenance of the pumps
Perform extensive tests prior to any rollout
Carry out comprehensive checks of all rides
Ensure all changes are properly documented
Test everything before deployment
Always test code before pushing
Always double check the order
Never deploy without testing
Be sure to test in staging
Implement best practices for deployments
Follow best practices when changing routes
Adopt a proactive approach to maintenance
Improve our testing procedures
Implement stricter change control
Use better tools
Add a better warning system
Implement a robust monitoring solution
Deploy advanced monitoring tools
Set up proper alerts for critical services
Implement alerts for critical metrics
Create alerts for abnormal behavior
Add alerts for unusual activity
Monitor critical systems for anomalies
Set up a monitoring system to detect issues early
Implement an early warning system
Add redundancy to critical components
Introduce redundancy for key systems
Implement fail-safe mechanisms
Provide adequate resources
Optimize code to improve performance
Use automation to reduce human error
Automate manual processes
Automate deployments where possible
Ensure all servers are properly configured
Make sure the alarms are correctly handled
Draw up a continuity plan for any event
Restrict the rights of some operators
Change the passwords of certain accounts
All recipes should be tasted thoroughly before service
Do regular maintenance of the lifts
"""

SPECIFIC = """
Alert when disk usage on db-2 exceeds 80%
Add a retry with jitter to the ledger client
Move the cron jobs of the billing host into Kubernetes
Add integration tests for the seat import
Close port 22 on the gateway's public interface
Drill the failover of the core router on 12 May
Post outage notices in #ops from the status page
Validate the order schema in the API gateway
Run two replicas of the session store
Upgrade PostgreSQL on the ledger from 12 to 16
Install Netdata on both web servers
Delete logs older than 14 days on web-01
Enable unattended-upgrades on the jump hosts
Put the static files behind Cloudflare
Load test the checkout with 500 users before the sale
Require two reviews on the payments repository
Link this postmortem in the runbook of the gateway
Rotate the leaked API keys
Log the request id in the worker
Clone web-01 to web-03
Cache the menu for five minutes
Track heap size of the indexer in Grafana
Revoke write access to production for developers
Use an allow list for outgoing mail
Page the duty manager after 15 minutes
Show the current region in the console's header
Reject uploads larger than 20 MB
Add an index on orders.created_at
Split the seat map job into one job per hall
Replace the hand-written parser by the vendor's library
Copy the nightly dump to the second site
Make the import idempotent
Lower the TTL of the www record to 60 s
Pin nginx to 1.24 in the Puppet manifest
Restart the exporter when it stops answering
Turn on deletion protection for the ledger database
Mount /var/log on its own volume
Set the memory limit of the worker to 2 GiB
Switch the health check to /ready
Notify the on-call when a certificate has 21 days left
Make sure to close the valve before the tank is filled
Make sure to lock all doors of the store at 18:00
Ensure all errors of the label printer page the shift lead
Handle the timeout error of the till by printing a receipt
Test the generator under load each quarter
Check the seals of both hatches before each dive
Share the lessons learned in the all-hands of 12 June
Share the dashboard with the support desk
Strengthen the mounting of the pump with two steel brackets
Strengthen the password policy to 14 characters
Regularly review and delete unused accounts
Set up automated checks to detect and alert on swapped seat numbers
Add monitoring for the success and failure rates of the sync job
Implement a validation script that runs before any roster is applied
Remove misleading references to the old depot
Doors of the cold store must always be closed by the interlock
Train two of the drivers to restart the gate
Regularly rotate the keys of all trams
Always sign the second copy by hand
Perform a load test of the gate before each sale
Develop and deploy tools to automatically validate configuration changes against the schema of the gateway
Build a job that compares both ledgers every night
Write a script that kills stuck imports
Create a tool to check tariffs against the regulator's list
Implement a plan to move the archive to tape by March
Create a rollback plan for the billing migration
Write the recovery plan of the tape library down in the runbook
Add a monitor on the length of the print queue
Add monitoring for replica lag
Add monitoring of free disk space on db-2
Add monitoring to the payment gateway's outgoing queue
Install the smoke detectors in hall 3
Restrict write access to the master branch to the release team
Restrict the sudo rights of the deploy user to systemctl
Limit uploads to 20 MB
Limit access to the admin panel to the VPN
All code must be tested by at least two other engineers before being merged
It must be reviewed by someone else before being merged
Every order above 10,000 must be approved by a second buyer
Update nginx's worker_connections to 4096
Update the server configuration to raise the open file limit
Patch the servers against CVE-2024-3094
Patch the config of the web server
Configure the web server to reject files larger than 20 MB
Change the open file limit on the web servers
Perform a failover test of the core switch every month
Run the load test in CI on each pull request
Test the restore of the orders database
Test the failover of the tape robot
Add an alert that fires when the queue has not moved for five minutes
Set up alerts for 5xx responses of the checkout
Create an alert for failed logins from new countries
Deploy Prometheus and node_exporter on the scale hosts
Set up Grafana alerts on heap usage
Add a second power feed to the cold store
Add a replica to the sessions database
Automate the renewal of the door certificates
Automate the nightly copy of the ledger
Document the restart order of the plant controllers
Update the runbook of the gateway with the new restart order
Scale the session pool to six nodes
Remove the debug flag from the release build
Block deploys while an incident is open
Fix the off-by-one error in the seat allocator
Deny merges without a second approval in the branch protection
Use the read replica for reports
Rename the two look-alike buttons on the console
Require two approvals on the terraform repository
Do not run migrations during the sale
Never run VACUUM FULL on the primary during the day
Implement health checks on all backend pods
Store the backups in a second region
Train the night crew on the new valve console by 1 June
Ensure all pumps in the east wing are properly grounded
Make sure that the badge readers are correctly wired
Develop a probe that finds stuck lifts and restarts them
Every roster must be approved by somebody else before it is posted
"""


@pytest.mark.parametrize("title", UNSPECIFIC.strip().splitlines())
def test_what_would_fit_any_system_is_vague(title: str) -> None:
    assert is_vague(title)


@pytest.mark.parametrize("title", SPECIFIC.strip().splitlines())
def test_what_names_its_thing_and_its_outcome_is_not(title: str) -> None:
    assert not is_vague(title)
