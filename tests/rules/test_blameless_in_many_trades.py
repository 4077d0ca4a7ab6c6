"""Sentences from many trades that blame nobody: acts, systems, reasons, denials, praise."""

from __future__ import annotations

import pytest

from rules.language.blame import Kind, find_blame

NAMES = frozenset({"dana", "ben"})

BLAMELESS = """
The pharmacist scanned the barcode, and the cabinet opened the neighbouring drawer.
Yusuf read the change ticket, which does not name the valve.
Priyanka rolled out version 4.2 at 10:15.
Quality assurance runs in a copy of production without its data.
The bookings desk learns of a new tail number from a weekly mail.
The night crew closed the valve at 02:10 as the plan says.
The contract is renewed by a reminder that went to a closed mailbox.
The breaker panel carries no labels, so that both feeds look alike.
Mr. Osei joined the call at 09:40.
The release captain rotates weekly.
The on-call was paged twice and acknowledged within a minute.
Tomasz's dashboard shows the backup's age.
Debug mode is on by default in the platform image.
Hiroshi approved the merge at 11:02 after the pipeline had passed.
The crane should have stopped by itself when the limit switch opened.
Support listened to 40 calls an hour.
The vendor's team answered within ten minutes and sent a patch.
The dispatch system sent both trucks to the same address.
Whoever configures the firewall sees one form for both zones.
The tech lead approved the emergency change, as the policy asks.
The cleanup script ran against production, because the variable was unset.
The form makes it easy to swap two digits, and no human error was involved.
The contractor cut the fibre where the plan showed no cable.
The second line took the ticket at 10:31.
The field accepts a decimal comma as a thousands separator.
Erik and Lena worked through the night and restored every record.
The alarm on bed 4 did not sound, since its speaker was muted by the update.
Management funded the second line in May.
The reviewer saw only the first 300 lines, as the tool hides the rest.
The intern's laptop was not enrolled.
The storage team owns the volume.
The newsletter doubled the traffic within a minute.
The scheduler did not understand the new time zone names.
The DBAs were paged late because the rota listed a former number.
The quantity field has no upper bound.
The clerk asked for help, and two colleagues came.
Ana wrote: "I should have looked at the graph first."
The grading console does not log anybody out.
The config applies to all regions unless one is named.
The retry should have been limited to three attempts.
Support could not see the incident, as the status page was cached.
The restore test failed in March.
The signal should have been red.
The key was readable for everybody on the host.
The customers were informed at 12:15.
Two reviewers approved the change; its tests covered the old path only.
Klaus found the expiry date in the vault and renewed the certificate.
The label printer mislabelled the samples.
The driver failed to load after the kernel update.
The date was set before the size of the migration was known.
We do not write that somebody should have known better.
The command prompt looks alike on both hosts.
It was not the fault of the on-call engineer.
The checklist was followed, and it does not mention the cache.
The till cannot be closed during an update.
The network team's phone was answered by the vendor at night.
A typo in the zone file passed the linter.
The API warned several times before it closed the connection.
The instructions name two buckets with nearly the same name.
The controller decided to continue although the check was incomplete.
The responders did not know that the replica was cold.
The on-call engineer could not have known that the cache was empty.
It was not obvious which of the two pools was full.
The certificate expired on 3 March at midnight.
The rack labels are clearly legible now.
The warning is shown below the fold.
The queue stood still for two hours without any alert.
The obvious fix, a restart, made it worse.
Only root could have read the file.
The engineer could have seen the value only with access to the vault.
She restarted the pod at 11:20, and traffic recovered.
The Prometheus Operator forgot the rule after its restart.
The Kubernetes scheduler ignored the taint.
The on-call did not see an alert, since none was configured.
Ben said that luckily the backup was fresh.
Thanks to Noor's quick reaction, only two orders were lost.
Nobody noticed, because no alert covers that queue.
The obviously-malformed header was accepted by the parser.
The customer did not read the mail.
The pilot group was not affected.
The tray holds two syringes of the same size and colour side by side.
Wanjiru overrode the interlock, as step 4 of the procedure says.
The scheduling desk assigned one gate, and the display cached another.
The oven's timer did not start, since its clock was reset by the power cut.
The porter shut the cold-store door at 06:10.
The on-call SRE looked at the queue depth first, because the runbook starts there.
Root cause: the connection pool has no upper bound.
The warehouse scanner reads the outer label only.
The price list is edited by hand, and no check compares it with the day before.
The backup was not taken because the volume was read-only.
The domain's renewal goes to a mailbox that nobody reads since the reorganisation.
The change advisory board approved the change on Tuesday.
Two developers compared both versions for an hour, as neither build was reproducible.
The freight agent's form has no field for the weight.
The DBA learned from the incident that the index was missing.
The new hire set the flag that the onboarding guide names.
Both reviewers saw a diff of 4,000 generated lines.
Staff at the counter followed the fallback procedure within five minutes.
The deploy was rolled back at 11:02.
The failover tool reported an operator error code.
The maintenance crew arrived at 05:30.
Radek configured the switch from the template, which lacks the VLAN.
The vendor's support engineer sent the instructions for version 3.
The product owner moved the release to Monday.
The team rolled back within six minutes.
They merged it on a Friday evening, since the pipeline was green.
Svetlana fixed the pipeline at 14:10.
The shell prompt is the same on every host.
The controller on shift saw two alarms with one name.
The release was signed off by the rota's release manager.
If a second approval were required, the table would still exist.
The two labels differ in one digit.
Both cables are black and carry no tag.
The restore had never been tested, because there is no second cluster.
The dry run takes six hours and was not part of the checklist.
The network department owns 400 switches.
The script breaks on file names with blanks.
The tram reports the defect by radio, which was down.
Operations halted the rollout at 09:30.
Even an experienced operator could not have told the two apart.
Nobody is blamed here, and the review did not ask who made the mistake.
The account was deleted by mistake, as the job matches on the e-mail address.
The security team got the report on 3 March and answered on 4 March.
The deprecation notice is logged at debug level.
The catalogue accepted the ISBN range twice.
Test credentials are part of the default config.
The password was hard-coded in the image.
The patient number has no check digit.
The on-call engineer concluded that the alert was noise, because it had fired 40 times that week without an effect.
The shift lead escalated at 02:40.
The linter does not run on configuration files.
The administrators patch the hosts every second Tuesday.
The duty manager was called at 03:15.
The log is written to a disk that was full.
The staging and production consoles look the same, and the schema was dropped in production.
The reviewer could not have known that the flag was shared.
Thanks to Meera, who read the log closely, it was over in minutes.
The pilot project was not affected.
The driver forgot its state after the firmware update.
The migration should never run on the primary; the tool should refuse.
The cluster autoscaler should have added nodes.
The Elastic Agent missed the policy update.
Our exporter skipped the label, and the alert ignored the series.
The user agent failed to follow the redirect.
The responders did not see the second queue, as no dashboard shows it.
The engineers did not know the limit existed; it is not documented.
It took a while to see that the two graphs share an axis.
The customer reported that we had overlooked their ticket.
Nobody could have predicted the combination.
The bug was introduced three years ago by a contributor who fixed another race.
The captain of the support rota changes every Monday.
An engineer who wants to delete a bucket gets no second question.
Had the alert named the pool, the search would have been shorter.
Ana made the change at 10:02, Ben reviewed it at 10:10 and the pipeline shipped it at 10:31.
We were lucky that the replica lagged.
The shackles are painted alike, and the night shift works by torch.
Zanele read the release notes, which do not mention the flag.
The scheduler rang the depot at 05:50.
The warehouse lead's mailbox was full, so that three e-mails bounced.
The consultant from the agency explained how the cache evicts.
The interlock was bypassed by the firmware during its self-test.
Management asked for an estimate on Tuesday and got one on Thursday.
The canary received no traffic.
The schema version is bumped by hand in four places.
- The on-call rota lives in a wiki page
- The product team shipped on 4 May with a rollback plan
- Fatigue was looked at and ruled out
**Root cause:** the primary refuses new connections while it drains.
**What went well:** Support found the pattern within ten minutes.
The storage admin restored two volumes by hand.
The auditors had asked for a second approver in 2024.
The netmask field accepts any number.
The outage could not have been avoided with the tools at hand.
The QA lead stopped the release at 16:00.
A developer merged the branch after two approvals.
The shift supervisor called the vendor at once.
The data engineer has write access to production by default.
The lights at the desk are not visible from the door.
The load balancer dropped the connection on this one.
The amount was keyed twice, because the first attempt gave no feedback.
If the restore had used the checklist's order, it would have deadlocked all the same.
The vendor's patch was two days late.
The SREs set the severity to SEV-3, since the page named one tenant.
The migration was generated by the ORM.
Dmitri rebooted the switch on the vendor's request.
The pager of the physician on call had no signal in the basement.
The campaign started at noon as announced.
The cable was not on the plan that the gardener got.
The payments service has no owner in the catalogue since March.
A fix was planned for June.
The freezer door does not latch by itself.
The staging numbers come from one tenth of the traffic.
The spare had the same firmware.
The IBAN check was down during the transfer.
Two of the operators noticed the alarm at the same time.
The brake assistant should have engaged.
Procurement takes six weeks for an order of this size.
The documentation describes version 2 only.
The four pages were sent to a phone that was switched off by policy.
The source string had two meanings in English.
The test suite let this through.
The previous three months had been quiet.
Responsibility for the queue was not assigned.
The admin interface does not ask before it deletes.
The intern's account had the same rights as everybody's.
The client library retries without a limit.
The handover form has no field for muted alerts.
The drift is two milliseconds an hour and shows on no graph.
No test covers this path.
The command runs on every node unless a label is given.
The upgrade was postponed twice by the freeze.
The engineers on call did what the runbook asks.
The on-call engineer could only have known this by reading the vendor's source.
The operator (the Helm one, not a person) forgot its state.
- 10:12 Ana (chat): my bad, I forgot the flag
- 10:15 Ben rolls back; in hindsight quoted as the turning point by nobody
The Vault agent ignored the renewal, since its token had expired.
The customer forgot to confirm the order.
Users who had not updated the app were logged out.
People who ignored the banner lost no data.
The responders believed the alert was a duplicate.
We did not look for somebody to blame.
The job failed to notice the new bucket.
The team celebrated the quick recovery with cake.
The review went as usual: two people, twenty minutes, no remarks.
At 03:40 the engineer on duty did not yet know about the second leak.
The bug is older than the company.
The proxy should have rejected what the parser could have read.
Eng lead Noor asked for help early, which saved an hour.
The checklist could have been shorter.
A non-obvious default hid the error.
The load swung in the wind before the banksman had signalled.
Lwazi merged the change at 10:02.
The on-call engineer caught this at 02:00.
The alarm was acknowledged, which also mutes the next one.
The script takes down the database if it finds a second leader.
The handover is written in a chat that deletes messages after a day.
The finance team uses a copy of the report.
The library does not handle leap years.
The network engineer replaced the optic at 03:20.
The secret was committed, and the scanner skips generated files.
A subcontractor maintains the generator.
Our team lead coordinated the response.
The second page of the form is empty on small screens.
The mistake in the template was there from the beginning.
The test environment has no network.
The engineer asked the vendor, who answered after two hours.
The parser accepts a file without the last semicolon.
The PDU labels had been swapped during the move.
The delay came from the DNS cache.
The date was agreed in January.
Had the procedure named the flag, the restore would have been quicker.
The DNS zone has two masters.
The scanner did not verify the checksum.
The draft was published by the scheduler.
The work order showed the former lock.
The warning was shown 400 times a day.
Two rules with the same priority cancel each other.
The exchange accepts orders of any size.
The bug was known since March and rated as minor.
The deploy had no canary, because the canary fleet was being rebuilt.
The certificate's date is in no calendar.
The technician followed all nine steps.
Communication went through three channels, since the first one was down.
The architects reviewed the design in 2022.
The instructions are four years old.
Omar renewed the domain on 3 March.
The night team took over at 22:00.
The agent should have reconnected.
The vendor apologised.
We do not think that anybody made a mistake.
The second cue is in a font that cannot be read in the dark.
Ricardo approved the purge, whose preview lists the first ten files only.
The on-call engineer restarted the node that the alert named.
The network team looked at the page within four minutes.
A loop formed when the second cable was patched, since spanning tree is off on these ports.
The login page has two fields of the same look.
Secrets are stored next to the code.
The payroll run reported an error.
The fallback has no test environment.
The dose alarm fired as designed.
Nobody saw the message, since it went to a muted channel.
Valve 3 and valve 4 have the same colour.
The deployment was handled by the release team.
The hosting provider's support team replied within the hour.
Lena silenced two alerts during the maintenance, as agreed.
The junior admin asked the DBA for help at 10:20.
The backlog grew by 40 items a week.
Jorge failed over to the second region.
The alert was muted by the maintenance window, which has no end.
The account manager told the customer at 12:00.
The table was dropped by the migration.
The stop button is next to the start button.
The batch was late by five days.
One engineer deployed from a laptop, since the pipeline was down.
The tool shows 4,000 lines as one file.
If the index had been part of the schema, it would still be there.
The support lead answered the escalation at 09:12.
The field was assumed to be unique by the importer.
Holidays are not part of the on-call calendar.
The form asks for the date in American order.
The failover can be run by one person.
Both regions were drained, because the selector matches by prefix.
The alert was flaky for weeks and was ignored by the deduplication rule.
The keys were exposed by the debug endpoint.
The two servers have nearly the same name.
The flag was turned off by the experiment's end date.
The startup sequence lists the pump after the valve.
Ravi ran the smoke tests, and they passed.
The developer who wrote the parser documented the limit.
The team thanked Ana for the calm handover.
Both vaccines come in vials with the same cap.
The SREs were in the middle of the upgrade when the leader changed.
The service's documentation was lost in the wiki migration.
The contract test runs after the deploy.
The billing queue deletes itself when it is empty.
Thandiwe typed the command that the runbook gives.
The warning was ignored by the log filter.
It would not have happened with a second replica.
The tool reports success before it is done.
The alert had become noise over the months.
The numbers are compared by hand on Fridays.
The load test takes nine hours and was not part of the release.
The night shift followed the runbook up to step 6, which refers to a retired host.
The config was generated for another region.
The pull request had two approvals and green checks.
The data science team pushed the model at 09:00, and the evaluation job timed out.
The admin on duty watched the graphs of the other cluster, where the alert pointed.
Our DNS administrator restored the zone within ten minutes.
The form shows the amount without its currency.
Juan escalated at 10:31.
The lead developer wrote the fix overnight.
The documentation of the flag is in the source only.
The on-call's phone rang, and she answered at once.
The health check reported the region as healthy.
The playbook has a section on operator error.
The trainee followed the onboarding steps.
The networking team answered the three tickets on the same day.
The pharmacist called the doctor at 14:05.
Chen ran it at noon, when the calendar allows it.
The logistics system stores local times.
The key was visible in a public document that was made from a template.
The culprit was a stale lock file.
The suite passed before the sign-off.
The customer success manager told all customers by mail.
The enter key confirms the dialog even if another window has the focus.
The failover waited for a quorum that could not be reached.
The site reliability engineers prepared two rollbacks.
The outage of the database was over at 12:10.
The locking rules differ between the two versions.
Had the valve closed faster, the tank would not have overflowed.
If the team had been on one site, nothing would be different.
The engineer had not been given the documentation.
The operator could not see the level, because the gauge was iced.
The team is proud of how Ana handled the call.
The reviewers asked for a test, and it was added.
The script exits without checking the return code.
Nobody had to stay late.
The team did not have to wake anybody.
The engineers on both sides agreed on a rollback.
Ifeoma checked the feature flag at 10:02; the page is cached for ten minutes.
The first page was closed by the deduplication rule.
Certificate renewal has no automation yet.
A phishing link arrived in 40 mailboxes, and one click was enough to start the macro.
The dispatcher's screen shows depots by number only.
The PR was approved at 10:05.
The new engineer joined on Monday.
Monitoring sent three warnings to a channel without members.
The security team responded at 11:20.
The script is not idempotent, and its name does not say so.
The cable was unlabelled.
Marco carefully compared both dumps.
The growing queue is not on any dashboard.
The valve was left open by the control loop.
The certificate is renewed by a job whose token expired.
The on-call responded to the page within 4 minutes.
The rollout stops at the first alert if the gate is on.
The CTO joined the bridge at 12:00.
Host names differ by one letter.
""".strip().split("\n")


@pytest.mark.parametrize("sentence", BLAMELESS)
def test_nobody_is_said_to_be_blamed_who_is_not(sentence: str) -> None:
    assert not any(each.kind is not Kind.OURSELVES for each in find_blame(sentence, NAMES))
