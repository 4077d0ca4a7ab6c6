"""Blame in nouns: an act by somebody as the cause, what people in general are called; and mere pictures."""

from __future__ import annotations

import pytest

from rules.language.blame import find_blame
from tests.rules.quick_look import is_suspicious

NAMES = frozenset({"dana", "ben"})

BLAMING = """
The technician replaced the wrong board because he did not read the label.
The outage began when an employee mistakenly disconnected the main feed.
A junior admin had pushed an untested script to all hosts.
The on-call engineer ignored three pages.
Our intern deleted the bucket without asking anyone.
The vendor's engineer typed the wrong command on the live switch.
The deployment was rushed by the frontend team to meet the deadline.
Due to an oversight by the release manager, the flag was left on.
The DBA failed to verify the backup before the migration.
The engineer did not double check the host name.
The author of the change hadn't double checked the range.
The developer responsible did not test the change on staging.
It was caused by someone running the seed script on production.
The mistake by the accountant cost us two days.
Ben should have double-checked the host name.
The incident was triggered by an admin's typo in the firewall rule.
One of the interns left the debug port open.
The team lead approved the change without looking at it.
The error occurred due to negligence of the night shift.
The engineer misread the dashboard and restarted the healthy node.
A colleague from networking unplugged the uplink by accident.
The root cause was a misconfiguration by the cloud team.
The bug slipped through because the reviewer was careless.
This was an avoidable mistake made by an inexperienced developer.
The SRE merged his own pull request without review.
Someone on the data team forgot to renew the token.
A wrong DNS record was created by the network administrator.
An erroneous query run by an analyst locked the table.
The wrong build was uploaded by a tester.
The person who wrote the script had no idea what it did.
Nobody took ownership of the alert.
The support agent gave the customer the wrong link.
A technician wrongly assumed that the breaker was off.
This outage was the fault of the hosting provider's staff.
The admin accidentally rebooted the wrong server.
The change was made by a developer with no experience in networking.
The problem was introduced when an engineer bypassed the review.
Human oversight led to the missing rule.
Sam forgot to merge the fix.
The investigation showed that a schema change by Dr. Okafor caused the outage.
A firmware push by our network lead brought down both cores.
An edit of the price list by a junior buyer led to the wrong totals.
The change to the routing table by Ms. Lindqvist was the cause.
This was because of a change in the configuration file by one of our team members.
The outage was due to a bad merge by the new hire.
The root cause was a wrongly labelled sample by a lab technician.
The cause was found to be a faulty rule written by one of the analysts.
The problem stemmed from a volunteer deleting the shared folder.
The delay arose from a clerk entering the date twice.
It originated with a developer pushing straight to main.
The failure resulted from a colleague unplugging the switch to charge a phone.
One of our developers accidentally dropped the orders table.
A member of the warehouse staff inadvertently shut the main valve.
An engineer from the data team mistakenly pointed the job at production.
The config was edited by one of the engineers and restarted the server without checking the syntax.
The rule was changed by an administrator without testing it.
The tables were dropped by a contractor who had not read the runbook.
The valve was closed by the apprentice without asking anybody.
Lazy reviewers are the real problem.
Bad programmers write bad code, and this is what happened here.
Our newly employed junior ended up making changes to the configuration without realising it.
While doing so he ended up deleting the wrong volume.
The typo was introduced by our intern during the cleanup.
A careless click by the operator opened both gates.
Somebody in finance typed the wrong IBAN.
The new guy broke the build again.
Whoever wrote this script was clueless.
The misconfiguration was made by a staff engineer.
An incorrect parameter entered by the plant operator tripped the turbine.
The wrong cable was pulled by a technician.
The outage happened because a system administrator ran the wrong command.
The production database was deleted by accident by one of our administrators.
The root cause was determined to be a wrongly merged tariff by our night clerk.
TIRED NURSES ARE BAD NURSES: go home.
The mixup was because of an entry by one of the clerks.
Session start: Should have read the checklist.
2. Planning: Never tested the backups.
Deploy review: Failed to escalate.
"""

BLAMELESS = """
The on-call engineer restarted the node at 10:12.
The DBA verified the backup before the migration.
The developer rolled back the change within five minutes.
The script was run on production because both prompts look alike.
The firewall rule had a typo that the linter does not check.
The change was reviewed by two engineers.
The deployment tool skipped the canary stage.
An engineer noticed the graph and paged the team.
The admin console shows both hosts with the same colour.
The alert was sent to a closed mailbox.
The operator restarted the pod as it lost its lease.
The agent forgot its cached token after the upgrade.
The network team found the bad cable at 11:40.
The client failed to reconnect.
The scheduler ignored the taint.
The reviewer could not see the rendered template.
The intern asked for help and got it within minutes.
The flag was left on by the rollout job.
The worker mistakenly considered the shard healthy.
The typo was caught by CI.
Three engineers worked on the recovery.
The user deleted their account, which triggered the cascade.
The customer reported wrong totals.
The person on call had no permission to fail over.
The runbook lists the wrong host name.
The release manager froze deployments at 12:00.
A developer's laptop was used to build the hotfix, as CI was down.
The analysts' dashboard locked the table.
Ben merged the fix at 13:10.
The engineer responsible for the rollout paused it.
The team decided to wait for the vendor.
We were lucky that the DBA was still online.
The on-call had been awake for 20 hours, since the rota has gaps.
The procedure does not say who owns the alert.
A contractor's account still had access after offboarding.
It felt as if somebody had pulled the plug.
Imagine a librarian who forgot where the books are; that is what the cache did.
Logs showed password authentication failed for user app.
Authentication of the service account failed at 10:02.
The operator failed to reconcile the custom resource.
The controller manager failed to elect a leader.
A deployment by the pipeline one minute before the outage changed the limit.
The change was deployed by Ana at 10:02 after review.
The rollback by the on-call restored service.
The patch written by our vendor resolved the leak.
The root cause was a config file pushed by the deploy bot.
The issue stemmed from a missing index on the orders table.
The problem stemmed from the client retrying without backoff.
The delay arose from a queue that had no limit.
It originated with a change in the upstream library.
The failure resulted from the primary losing its lease.
One of our developers noticed the error first.
A member of the warehouse staff called us at 10:05.
An engineer from the data team restored the backup.
The config was edited by one of the engineers and rolled out in three steps.
The rule was changed by an administrator after two reviews.
The tables were restored by a contractor who had read the runbook.
Tired engineers are paged less often now that nights rotate.
Bad data is rejected by the importer.
The migration tool let one command reach both databases.
The template was introduced by Ben in the spring and served well.
The new hire paired with Ana on the fix.
The technician replaced the cable at 12:16.
The users who forgot their passwords were helped by support.
The button caused the form to be sent twice.
A user deleting an account triggers a full scan.
An engineer attempting a deploy sees a warning now.
The alert was silenced by the maintenance window.
The wrong page was served by the cache.
A sleepy node drops its lease.
Users ended up on the error page.
The request ended up making two changes to the ledger.
The server went off after a breaker had tripped.
A restart by the watchdog caused the blip.
The traffic generated by our partners caused the queue to grow.
An attempt by the scheduler to move the pod caused the outage.
The load caused by customers refreshing the page brought the site down.
The on-call restarted the pod with the most lines in error logs.
It looked as if an engineer had forgotten to turn it on, but the switch was broken.
The cache behaved like a clerk who forgot the last customer.
There are no bad engineers here.
We do not say that somebody was a bad engineer.
Bad people data was rejected by the importer.
The change by Ana restored the service.
A change by the infrastructure team doubled the pool and caused no errors.
The deployment by the bot caused a restart.
Because of a change by our provider the route was lost.
The cause was found to be a rule written in 2019.
It turned out to be a cable.
The outage was identified as a DNS problem by the on-call.
The problem was found to be a full disk by Ben.
Terrible latency was seen by all users.
An upload by a customer triggered the bug in the parser.
An order entry by a customer broke the parser.
It was as though somebody had switched off the sun.
It was like a guard who forgot whom to let in.
The nurse acknowledged the rise in error counts.
Alert: should have checked the disk before it was full.
Health check: should have tested the socket.
The storage team was paged next, because the first responder did not own the array.
"""


@pytest.mark.parametrize("text", BLAMING.strip().splitlines())
def test_a_cause_that_is_somebodys_act_and_a_slur_are_blame(text: str) -> None:
    assert list(find_blame(text, NAMES))
    assert is_suspicious(text, NAMES)


@pytest.mark.parametrize("text", BLAMELESS.strip().splitlines())
def test_acts_that_caused_nothing_machines_and_pictures_are_none(text: str) -> None:
    assert list(find_blame(text, NAMES)) == []
