"""The many ways in which people are blamed, and the many in which systems only seem to be people."""

from __future__ import annotations

import pytest

from rules.language.blame import Kind, find_blame

NAMES = frozenset({"yuki", "lars"})

BLAMING = """
The outage happened because Priya pushed an untested config straight to prod.
Whoever wrote this migration obviously never tried it on real data.
The on-call didn't even open the runbook.
Operator mistake during a routine failover.
Root cause: somebody fat-fingered the subnet mask.
It never occurred to anyone to check the replica lag.
Nobody thought to look at the certificate's expiry date.
The expiry reminder was overlooked by the SRE on duty.
The contractor's negligence cost us four hours.
Carelessness of the night shift led to the data loss.
If the reviewer had looked at the diff properly, this would have been caught.
Had Bob tested it, we would not be here.
Management ignored repeated warnings about the disk array.
The networking folks never told us about the change.
It was Tom's fault that the flag stayed on.
This was a rookie mistake.
The deployment was sloppy work by the platform group.
An experienced engineer should have known better.
A simple check by the developer would have prevented the outage.
The database admin forgot the WHERE clause.
One of our interns ran DROP TABLE on the wrong host.
Lars didn't follow the change process.
The release manager approved the change without looking at it.
She typed the wrong hostname and wiped the primary.
He assumed the backup had finished and didn't verify.
The developers were in too much of a hurry to write tests.
QA signed off without running the regression suite.
The infra team dropped the ball on capacity planning.
Two of the SREs missed the page because they were asleep.
Security never bothered to review the firewall rule.
The team failed to plan for peak traffic.
A developer mistakenly committed the credentials to the public repository.
The wrong cluster was deleted by an SRE who thought he was in staging.
The incident was entirely avoidable and is down to the payments team.
Poor communication by the support team made matters worse.
Due to a mistake of the DBA the index was dropped.
The engineer responsible was not paying enough attention to the terminal.
The vendor's engineer unplugged the wrong cable.
The root cause is a lack of discipline in the frontend team.
Hannah neglected her duty to rotate the keys.
A typo by the engineer brought the whole region down.
The author of the PR clearly did not understand how the cache works.
The ops guy restarted the wrong box.
The change was pushed by mistake by an engineer on the growth team.
The previous team left the system in a terrible state and never documented it.
Mistakes were made by the migration team.
The incident commander lost control of the call.
Nobody on the team had bothered to read the release notes.
The team lead should never have allowed the deploy on a Friday evening.
It was negligent of the operators to leave the alarm muted.
The reviewers rubber-stamped the change.
The engineers blindly trusted the output of the script.
Our own incompetence in handling DNS prolonged the outage.
The person doing the upgrade misread the instructions.
Someone left the debug flag on in production.
The admin inadvertently disabled the firewall for everyone.
Developers were warned several times but carried on regardless.
The intern had no business touching the production console.
The customer success team gave wrong information to customers.
Had the on-call engineer escalated sooner, the impact would have been halved.
If only the DBA had taken a snapshot first.
The SRE could easily have noticed the growing queue.
The developer was too lazy to add an index.
Everyone assumed someone else was handling it.
No one took ownership of the alert.
The engineer in charge lost track of which terminal was production.
User error: the wrong environment was selected.
Human mistake while editing the routing table.
The incident was the result of an individual's poor judgment.
The outage was triggered by the carelessness of an employee.
Blame for the outage lies with the network team.
The fault lies squarely with the on-call engineer.
The team is to blame for not testing the failover.
Miguel is at fault for merging without approval.
The operators did nothing for forty minutes.
The developer's failure to read the documentation led to the bug.
The failure of the release team to coordinate caused the second outage.
Failure by the operations staff to monitor the disk led to the crash.
The engineer wasted an hour chasing the wrong lead.
The DevOps team screwed up the DNS cutover.
Anna deleted the wrong bucket.
The on-call engineer slept through the page.
The reviewer waved the pull request through.
The SRE team was slow to react.
The engineer should've used the dry-run flag.
The change ought to have been tested by the developer first.
Someone should have spotted this weeks ago.
This mistake could have been avoided by a more careful engineer.
The backend developers could have asked us before changing the schema.
Our administrator accidentally shut down the wrong virtual machine.
Inexperience of the new hire contributed to the incident.
The junior developer didn't know what he was doing.
The team was not competent enough to run Kafka.
A lack of attention by the operator caused the wrong valve to close.
The incident was caused by an operator entering the wrong command.
The outage was caused by a developer deleting the production namespace.
The mistake was introduced by Felix while refactoring.
An engineer ran the cleanup script against production instead of staging.
The engineer skipped the canary stage to save time.
A member of the infrastructure team disabled the alert and forgot to turn it back on.
The team had been told about the risk, but chose to do nothing.
Leadership refused to fund the upgrade.
The SRE who handled the failover panicked.
The on-call never acknowledged the page.
The platform engineers did not care to update the documentation.
The engineer hastily merged the change before lunch.
The problem would not have happened if Nora had read the changelog.
The analyst carelessly ran an unbounded query on the primary.
The change owner did not inform anybody.
The operator was tired and made a mistake.
The mistake by our DNS admin took the zone offline.
The technician confused the two racks.
The engineer pasted the command in the wrong window.
An oversight by our team left the old endpoint active.
An oversight on our developers' side meant the check was never enabled.
The wrong firmware was flashed by one of the technicians by mistake.
The developer who wrote the job did not bother with error handling.
The team neglected the warning signs.
They were sloppy with access rights.
Yuki broke the build and went home.
The incident was caused by bad decisions of the team lead.
Clearly the on-call was not up to the task.
The developers obviously did not test this.
The support agent gave the customer the wrong instructions.
PEBKAC.
The root cause was an employee's inattention.
This should have been obvious to anyone reviewing the change.
This should never have been merged.
The migration should not have been approved.
The rollback should have been done much sooner.
Nobody questioned the plan.
None of the reviewers noticed the missing null check.
Neither of the two approvers actually ran the code.
The alert was ignored for three days.
The warning emails were ignored by the team.
The ticket was forgotten by the storage team.
The deploy was botched.
The runbook was not followed by the responder.
The procedure was not followed.
We were let down by the vendor's support staff.
The consultants hired for the migration did a poor job.
The team's lack of preparation made the outage longer.
Olga's mistake was to restart all nodes at once.
The engineer's inexperience with Terraform caused the deletion.
The developer's oversight meant the secret was logged.
The on-call's slow response made things worse.
Because the SRE forgot to re-enable replication, the standby was stale.
After the engineer wrongly concluded that the disk was at fault, an hour was lost.
""".strip().split("\n")

BLAMELESS = """
The load balancer failed to drain connections before the pods were terminated.
The endpoint should have returned 200 but returned 503.
The strategy should have used the latest snapshot.
The failed deploy left two versions running side by side.
We burned 40 % of the monthly error budget.
The forgot-password endpoint was rate-limited.
Human error was not a cause of this incident.
No one was at fault.
The dashboard should be extended with a panel for queue depth.
It could have been worse: the backups were untouched.
Users mistakenly saw other customers' invoices.
Our deploy tool doesn't require tests for hotfixes, and Alice used the hotfix path because the playbook recommended it.
Bob rolled back the deploy at 10:32.
The on-call engineer acknowledged after 25 minutes because the paging provider was down.
The engineer deleted the namespace because the tool showed it as unused.
The team will add an integration test for this path.
Kubernetes ignored the pod disruption budget.
The primary forgot its cluster membership after the restart.
The parser overlooked trailing whitespace.
The health check was skipped for draining nodes.
Someone on the team noticed the spike and opened an incident.
The reviewer approved the change after all checks had passed.
The runbook did not mention the new cluster.
The alert was routed to a channel that nobody watches.
Nobody is on call for this service at night.
Nobody could log in during the outage.
No one was paged, because the alert threshold was never reached.
The operator did not notice the CRD change until the next reconcile.
The scheduler should have placed the pods on other nodes.
Traffic should have failed over to the second region.
The circuit breaker could have limited the blast radius.
The team followed the documented procedure.
An engineer ran the documented command, and the tool applied it to all regions.
The console does not show which cluster is selected, so the command went to production.
The form lets anyone delete a project with one click.
There is no review step for configuration changes.
The tool makes it easy to delete the wrong bucket.
It is too easy to mistakenly target production.
The change was reviewed by two engineers and passed all tests.
The SRE on call was in another incident at that time.
The developer expected the library to retry.
Mateusz asked the vendor to confirm the maintenance window.
The vendor confirmed that a faulty line card dropped packets.
The vendor mistakenly revoked our certificate.
The third-party API erroneously returned an empty list.
The replica was incorrectly promoted.
A bug in the autoscaler caused it to ignore the minimum.
The configuration was inadvertently reverted by the sync job.
The script accidentally matched all tenants.
The deployment pipeline bypassed the canary stage for hotfixes.
The user forgot their password and was locked out.
Add a guard so that an operator cannot delete a non-empty bucket.
Make sure that nobody can push to main without review.
We should alert on queue depth above 10,000.
In future, the release manager should announce the freeze a day before.
We should have better dashboards.
Should we have paged the database team earlier?
Could the reviewers have seen this in the diff?
The incident review is blameless: we do not look for who made a mistake.
This is not about who made the mistake but about why it was possible.
We do not blame the engineer who ran the command.
The team had no way of knowing that the flag was global.
The responders could not have known that the cache was stale.
The developer could not have seen this in staging, since the data set there is small.
The on-call engineer did the right thing with the information at hand.
The team did a great job of communicating.
The engineers worked through the night to restore service.
The team member responsible for backups was on vacation.
The service responsible for billing failed to start.
The team responsible for DNS was engaged at 11:05.
The person who usually rotates the key had left the company, and no reminder existed.
The certificate was not renewed because the cron job had been disabled.
The cron job had been disabled during the migration in March.
The migration took longer than expected.
It took 40 minutes to find the right dashboard.
The page was acknowledged at 03:12.
The alert was ignored by the deduplication rule.
The flag was ignored by the client library.
Messages were lost because the consumer acknowledged them too early.
The message "human error" appeared nowhere in the report.
Clients that did not retry saw errors.
Customers did not notice the degradation.
Clients ignored the Retry-After header.
Users who skipped the onboarding were not affected.
The mobile team's build failed to upload.
The operations dashboard failed to load.
The manager pod was restarted.
The admin API did not check permissions.
The author field was missing from the response.
The support tool missed the update event.
The data team's pipeline was slow to catch up.
The engineering blog was unavailable.
The reviewer bot did not comment on the change.
The team channel was flooded with alerts.
The agent missed three heartbeats.
The collector dropped the ball of buffered spans.
The test did not verify the error path.
CI did not run the tests because of a path filter.
The linter missed the unused import.
The compiler should have rejected the program.
The lock should have been released on error.
This should have resulted in a 404.
The value should have been 300 instead of 30.
The job should have been retried by the queue.
The index should have been created by the migration.
The backup should have been encrypted.
Replication should have been caught up by then.
The invalid config should have been caught by the validator.
The regression should have been detected by the nightly benchmark.
This could have been prevented by a schema check in CI.
This could have been avoided with a smaller batch size.
The incident could have been much shorter with a kill switch.
A lower timeout would have limited the impact.
If the alert had included the region, the diagnosis would have been faster.
If the pipeline had run the tests, the deploy would have been blocked.
Had the failover worked, users would not have noticed.
Had the disk been larger, the compaction would have finished.
The on-call engineer believed that the deploy was the cause, since both started at 10:20.
The responders thought that the network was down because two dashboards were empty.
Omar restarted the ingress controller at 10:45.
Omar confirmed that the error rate was back to normal.
Sofia deployed version 2.14 at 14:02.
Sofia noticed that the certificate had expired.
Ines escalated to the database team.
An engineer merged the pull request at 09:58.
The engineer increased the memory limit and the pods recovered.
The database administrator added the missing index.
The DBA was paged at 02:10 and joined at 02:16.
Two engineers were needed to approve the emergency change.
The engineer had to choose between two commands with nearly the same name.
The commander handed over to Ivan at 18:00.
The support team informed affected customers.
The security team was informed within the hour.
The network team replaced the faulty optic.
The developer documentation did not mention the limit.
The user did not have the necessary permissions.
The user interface did not show the error.
The error was not shown to the user.
The account was locked after too many failed attempts.
Failed logins are counted per user.
A customer ran a query that matched 40 million rows.
A client sent a malformed header that crashed the parser.
The kernel panicked on two nodes.
The container was killed because it exceeded the limit.
A race between two workers left the record in the wrong state.
The wrong image tag was deployed because the pipeline resolves latest at build time.
The default allows deletion without confirmation.
The retry logic did not respect the backoff.
The service was slow to respond.
The team was slow to be reached because the rota listed a former phone number.
The process allows a single person to approve their own change.
Reviewers see only the rendered diff, which hides whitespace changes.
Engineers can't see the effective configuration before they apply it.
The training material predates the new console.
The command was executed as written in the runbook.
The change had been tested in staging, where the limit is not enforced.
Nothing prevents two people from running the migration at the same time.
Nobody else was affected.
No one reported the issue, since the page fell back to a cached copy.
The vendor's status page did not show the incident.
The provider was performing maintenance at the time.
It was obvious from the graphs when the traffic dropped.
The rollback simply repeated the same steps.
Hindsight bias is described in our postmortem guide.
The team lead of the vendor joined the call.
An incorrect assumption in the code about time zones caused the crash.
The code made an incorrect assumption about the order of events.
The migration script made the mistake of locking the whole table.
An error in the template was copied to all regions.
The mistake in the regular expression was found by a fuzz test.
Errors by endpoint: checkout 40 %, login 12 %.
A failure of the primary switch isolated the rack.
The fault of the design is that the leader is never re-elected.
The failure to renew the lease caused the leader to step down.
The failure of the team's staging cluster was unrelated.
The user error rate went up to 12 %.
Operator errors are logged in the audit log.
We added a confirmation dialog to prevent fat-finger mistakes.
""".strip().split("\n")


def _blames(sentence: str) -> bool:
    return any(each.kind is not Kind.OURSELVES for each in find_blame(sentence, NAMES))


@pytest.mark.parametrize("sentence", BLAMING)
def test_blame_is_recognised_however_it_is_worded(sentence: str) -> None:
    assert _blames(sentence)


@pytest.mark.parametrize("sentence", BLAMELESS)
def test_systems_facts_and_plans_are_left_alone(sentence: str) -> None:
    assert not _blames(sentence)
