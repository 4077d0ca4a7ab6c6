"""Which sentences blame people, and which only sound as if they did."""

from __future__ import annotations

import pytest

from rules.language.blame import Blame, Kind, find_blame

NAMES = frozenset({"dana", "ben"})

BLAMING = """
Alice deployed without running tests.
The engineer on call forgot to silence the old alert.
Ben failed to follow the runbook.
@carla should have checked the dashboard before restarting.
The root cause was human error.
Root cause: operator error
The outage was caused by a careless engineer who skipped the review.
The platform team failed to communicate the change.
An intern accidentally deleted the production table.
The table was accidentally dropped by a contractor.
The DBA did not verify the backup.
The reviewer should have noticed the missing index.
Someone forgot to renew the certificate.
Nobody noticed the alert for three hours.
No one had checked the disk usage.
It was Dana's mistake that the flag was on.
The incident happened due to the negligence of the operations team.
The team was careless with the migration.
The on-call engineer ignored the alert.
Marta ran the migration on the wrong database by mistake.
The developer making the change did not test it in staging.
This should have been caught during code review.
Due to a lack of attention, the wrong branch was merged.
He didn't bother to read the runbook.
The SRE who was on call was not paying attention.
The release was rushed by the team and they made a mistake.
The engineers are to blame for the outage.
A junior developer pushed the change without testing it.
The support team did not escalate the ticket in time.
The engineer should not have deployed on a Friday.
The incident was caused by an engineer's mistake.
Kim mistakenly approved the change.
One of our admins inadvertently removed the DNS record.
The vendor's technician made an error during maintenance.
It is clear that Jonas screwed up the rollout.
The QA team missed the regression.
The change should have been reviewed more carefully.
The user forgot to set the environment variable.
The operator neglected to drain the node.
Raj could have prevented this by reading the documentation.
Because Tom was distracted, the page went unanswered.
The incident commander took too long to declare the incident.
Employees ignored the warning banner.
The on-call person was unaware of the procedure.
The engineer who ran the script did not read the warning.
The deploy went out because Lena skipped the checklist.
QA did not catch this because they rushed.
An admin had mistakenly revoked the token.
The main cause was that the operator fat-fingered the hostname.
The night shift ignored three pages.
Our SRE misread the graph.
The mistake was made by a new team member who lacked experience.
The change was approved by Martin without review.
The developers were careless.
The contractor's negligence led to the outage.
No one bothered to look at the logs.
The database team was slow to respond.
@dana broke production by running the wrong command.
The incident was the fault of the network team.
Someone on the infra team accidentally rebooted the wrong host.
The team lead failed to escalate.
Two engineers ignored the freeze.
The vendor engineer incorrectly configured the switch.
They should have tested this in staging.
The on-call developer could have avoided this by checking the dashboard.
The outage was due to an operator's mistake.
Pure carelessness on the part of the release manager.
This was caused by user error.
The developer blindly copied the command from the wiki.
Peter pushed directly to main without approval.
The junior engineer panicked and restarted everything.
The responsible engineer was not aware of the dependency.
Our DBA, Tom, dropped the wrong index by mistake.
The manager was supposed to sign off on this.
The root cause is that the release engineer did not follow the process.
Nobody checked whether the backups worked.
The table was dropped by Ben by mistake.
The admin used the wrong credentials and accidentally locked the account.
The incident could have been avoided if the engineer had followed the runbook.
Due to an oversight by the release manager the flag stayed on.
The outage was caused by an engineer who had not been paying attention.
Marco is responsible for the outage.
The intern broke production.
The outage was entirely preventable had the release engineer followed the checklist.
Someone from the data team kicked off a full backfill without checking the load.
The on-call engineer misdiagnosed the problem and restarted the wrong service.
Ops missed the alert.
The reviewer did not look closely enough at the change.
This outage is a result of careless configuration by the network administrators.
The developer who introduced the bug did not write a single test.
Nobody in the team knew or cared who owned the service.
Anna forgot to add the index, and Piotr forgot to check for it.
User error during the restore.
Root cause: engineer ran the wrong script.
The team was not diligent in rotating credentials.
An absent-minded engineer left the door of the rack open.
The support team mishandled the escalation.
The CTO insisted on deploying before the holiday.
The problem should have been noticed during the dry run by the person in charge.
If Maya had double-checked the value, none of this would have happened.
The change should never have been deployed on a Friday.
The admins failed to apply the patch for six months.
The engineers disregarded the warning in the console.
The wrong key was revoked by an inattentive operator.
A simple typo by one of our developers took the site offline.
The previous on-call forgot to hand over the open incident.
They blindly trusted the vendor.
The architect's decision to skip the review was a mistake.
The team lead ignored the concerns raised by two engineers.
Human mistake, nothing more.
The oversight was due to a lack of attention from the developers.
The night operator had fallen asleep and ignored the alarm.
A rushed deployment by the mobile team took checkout down.
The team should have thought about time zones.
Our vendor forgot to tell us about the maintenance.
The SRE on duty had not bothered to read the handover notes.
We were slow, but the real problem was that the DBA ignored us.
The engineer mixed up staging and production.
The deletion was the work of an inexperienced contractor.
Kenji's carelessness cost us the primary.
The team took the easy way out and restarted everything.
The reviewers missed an obvious bug.
It was irresponsible to deploy on a Friday.
The product manager pressured the team into shipping early.
Neither the author nor the reviewer tested the change.
The administrator typed the command into the wrong window.
The root cause was an engineer who forgot to rotate the key.
Someone had disabled the monitoring and never re-enabled it.
The developers wrongly believed that the endpoint was unused and removed it.
The developer in question had been warned about this before.
The operations team reacted far too late.
The SREs blindly followed the runbook.
The lack of discipline in the team is a recurring problem.
Lucia pushed the button without reading the warning.
The engineers ought to have noticed that the graphs were flat.
An engineer, distracted by another incident, closed the page without acting on it.
Everybody assumed that somebody else had checked the backups.
The customer outage was 100 % the fault of our release team.
""".strip().split("\n")

BLAMELESS = """
The hotfix path asks for no tests, and Alice took it because the on-call playbook recommends it.
The health check failed to detect the stale connection.
Users could not reset a forgotten password.
The forgot password page returned a 500.
Users who forgot their password could not log in.
It is easy to forget to renew a certificate by hand.
The operator failed to reconcile the custom resource.
The client should have retried with backoff.
The alert should have fired after five minutes.
This should have been caught by the integration tests.
The guard makes it harder to accidentally delete a table.
We added a check so that nobody forgets to rotate the key.
The scheduler incorrectly marked the node as healthy.
The job was mistakenly scheduled twice.
This was not human error: the form accepts any date.
The change reduces the risk of human error.
An engineer restarted the pods and the error rate fell.
The responders believed that the deploy was the cause.
Ben rolled back the deploy at 10:41.
The on-call engineer noticed that the job failed to start.
The engineer on call saw that the scheduler ignored the taint.
If an engineer forgets the flag, the tool deletes everything.
An operator may have missed the warning, since it scrolls away.
The team decided to fail over.
Nobody was paged because the alert had no route.
The load balancer did not notify the pool.
The cache ignored the header.
The customer failed to connect.
Without a lock, two developers can overwrite each other's changes.
The user error page was shown for ten minutes.
The team's pipeline failed to publish the image.
The developer portal failed to load.
The engineer was not at fault; the dashboard showed the wrong region.
Certificates should have been renewed automatically.
The retry budget could have limited the load.
The agent did not update the route table.
Requests failed to reach the backend without checking the cache.
The migration ran without testing for locks first.
The manager process failed to start.
Dana asked whether the flag was on.
The primary did not respond to the health check.
The author of the change expected the default to be 30 s.
The script was run by an engineer as the runbook says.
The person on call has no way to see this.
The Platform Team page failed to render.
Nobody is to blame.
The team responded within four minutes.
We use blameless postmortems and do not look for human error.
Someone on the vendor's side restarted the switch.
The database team increased the limit, but the proxy failed to reload.
The people search service ignored the new index.
Jenkins failed to start the job.
Travis failed to clone the repository.
The support ticket should have been routed to the queue.
The system should have rejected the request.
If an engineer forgets the flag, nothing stops the job.
The forgot-password flow sent two mails.
The pod failed to start because the image was missing.
The monitoring team was paged at 10:42 and acknowledged within two minutes.
Ana noticed that the replica had stopped.
The engineer followed the runbook, which lists the commands in the wrong order.
The reviewer could not see the change, since the diff was collapsed.
We did not have an alert for this.
The controller ignored the annotation.
The node was incorrectly labelled.
The provider's API returned errors.
The user ran the query that the documentation recommends.
Responders were not able to see the queue depth.
The system should have degraded gracefully.
The request should have been retried.
The job should have been idempotent.
The team met on Friday and reviewed the alerts.
The cron job silently failed to rotate the logs.
An engineer increased the limit from 50 to 200.
The on-call engineer did not have access to the billing database.
The deploy was made by the release engineer at 10:20, as planned.
The certificate expired because nothing checks its date.
The support team received 40 tickets.
A misconfigured proxy dropped the header.
The migration accidentally locked the table.
The feature was accidentally enabled for all tenants.
The bot mistakenly closed the pull request.
The dispatcher forgot about the job after a restart.
The scheduler overlooked pods with a taint.
The forgotten lock file blocked the queue.
Traffic should have been shifted automatically.
The agent failed to report its state.
It would have been possible to notice earlier if the dashboard had shown percentiles.
The playbook should have included the command.
The operator pattern failed to converge.
The engineer thought that the flag was off, because the console showed it so.
No alert noticed the drop.
Customers noticed before we did.
The team that owns the service was not paged.
Nobody was hurt.
The reviewer tool did not show the file.
Human review is required for each change.
The developer console failed to load.
Errors made by clients are counted separately.
The table was dropped by the developer tool by mistake.
It was the fault of the admin panel.
Ask the teams so that they could have tested it.
The outage could have been avoided if the proxy had retried.
Users forgot to log out.
The API ignored the unknown field and accidentally returned the default.
The staff directory service failed to load.
The release was rushed out by the pipeline.
The release engineer followed the checklist, which does not mention the cache.
The backfill started automatically after the schema change.
The on-call engineer restarted the service, and memory usage went back to normal.
The alert fired but was routed to an archived channel.
The change looked harmless in the review, since the generated file is collapsed.
The network administrators rolled out the configuration in two steps.
The bug was introduced in a refactoring two years ago.
It is the responsibility of the proxy to close idle connections.
The service has no owner in the catalogue.
The index was not part of the migration.
The restore failed with an error.
The script takes the environment from the shell, where production was still set.
Credentials are rotated by hand once a year.
The door of the rack does not lock.
The escalation reached the team after 50 minutes because the form had the wrong address.
The deploy was scheduled before the holiday to leave time for a rollback.
The dry run does not cover the permission check.
The value is not validated on input.
The patch was available for six months, but the update job skipped pinned packages.
The warning in the console is shown on every start, whether it matters or not.
The revoked key belonged to another tenant with the same label.
A typo in the template took the site offline, as the linter skips templates.
The open incident was not part of the handover form.
The vendor's certificate was trusted by default.
The review can be skipped by anyone with the admin role.
Two engineers raised concerns, and the team agreed to lower the limit first.
The tool should have asked for confirmation.
The developers were paged and joined within five minutes.
She ran the command from the runbook, and the tool deleted all replicas.
The error was caught by a customer before our monitoring.
The night operator saw the alarm at 02:14 and called the engineer on duty.
Stefan reverted the commit at 13:20.
The team had thought about time zones and stored all dates in UTC.
The SRE on duty had read the handover notes, which did not mention the migration.
Staging and production share a prompt, so that the two are easily mixed up.
The contractor's account had administrator rights.
The two teams deployed at the same time, since neither deploy tool knows of the other.
The bug was not visible in the diff.
The product manager and the team decided together to ship on Friday.
The change was tested by the author and the reviewer in staging.
The monitoring had been disabled by the maintenance script.
The endpoint was believed to be unused, since its metrics showed no traffic.
The operations team was reached after 12 minutes.
The runbook was followed step by step.
The warning is shown for two seconds.
The graphs were flat because the exporter had stopped.
An engineer closed the page, because the alert had resolved itself.
Backups are checked by a nightly job, which reported success.
The release team shipped version 4.1 at 09:00.
The error was introduced in version 3.8 and went unnoticed for two years, as no test covers leap days.
Engineers from three teams joined the call within minutes.
The on-call engineer had five alerts open and handled them in the order in which they came.
The dispatcher assigned the job to the wrong worker.
A customer reported that the wrong currency was shown.
The wrong version was served by the cache.
The engineer found the wrong version in the cache.
The client sent the wrong header.
Her laptop lost the connection, and the session stayed open.
The user ran out of quota.
The service account was used by two jobs.
The author of the library published a fix the same day.
The admin page failed to show the reason.
The developers' guide has a section on timeouts.
No engineer was available in that time zone.
The team has since added an alert.
Nobody could have foreseen the combination.
The manager approved the time off weeks before.
People retried the payment several times.
The staff directory was not affected.
The incident was declared late because the form asks for a severity first.
""".strip().split("\n")


def _others(text: str) -> list[Blame]:
    return [each for each in find_blame(text, NAMES) if each.kind is not Kind.OURSELVES]


@pytest.mark.parametrize("sentence", BLAMING)
def test_blame_is_recognised_at_its_place(sentence: str) -> None:
    found = _others(sentence)
    assert found
    assert all(0 <= each.start < each.end <= len(sentence) for each in found)


@pytest.mark.parametrize("sentence", BLAMELESS)
def test_what_only_sounds_like_blame_is_left_alone(sentence: str) -> None:
    assert not _others(sentence)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Then the engineer on call forgot to silence it.", "the engineer on call forgot to"),
        ("Root cause: human error.", "human error"),
        ("This should have been caught in review.", "should have been caught"),
        ("Apparently nobody noticed.", "nobody noticed"),
    ],
)
def test_the_stretch_is_exact(sentence: str, words: str) -> None:
    (found,) = find_blame(sentence, NAMES)
    assert sentence[found.start : found.end] == words


def test_a_name_counts_only_if_it_is_known_to_be_one() -> None:
    assert not _others("Zorblax failed to follow the runbook.")
    assert list(find_blame("Zorblax failed to follow the runbook.", frozenset({"zorblax"})))


def test_positions_count_from_the_start_of_the_text_and_not_of_the_sentence() -> None:
    text = "The pool ran dry. İ😀 The cause was human error."
    (found,) = find_blame(text, NAMES)
    assert text[found.start : found.end] == "human error"


def test_self_blame_is_a_kind_of_its_own() -> None:
    kinds = [each.kind for each in find_blame("We failed to check it. We should have known. I forgot to look.", NAMES)]
    assert kinds == [Kind.OURSELVES] * 3
