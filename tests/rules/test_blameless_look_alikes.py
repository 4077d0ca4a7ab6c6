"""Sentences that are as near to blame as can be, and blame nobody."""

from __future__ import annotations

import pytest

from rules.language.blame import Kind, find_blame

LOOK_ALIKES = """
If a person had session data of the former format, opening the page would raise an error.
The team went on to restore the second shard at 11:40.
The engineers proceeded with step 5 of the runbook.
The engineer continued the rollout after the graphs had settled.
Ana rolled back too early to see the effect, since the dashboard lags by five minutes.
The certificate expired without notice from the vendor.
The job ran without monitoring, as the exporter had been retired.
Nobody answered the support line at night, since it is open from 8 to 18.
The review board meets on Tuesdays.
The desk phone rang twice.
The head of the queue was stuck.
A good engineer would not be able to see it either.
An experienced operator could not have told the two apart.
It was Ana who noticed the pattern.
It was the scheduler who... no: it was the queue that dropped the message.
The mistake was in the template.
The error was the client's: it sent an empty list.
Had anyone been on site, nothing would have changed.
Without checking the cache first, the proxy forwards the request.
The worker restarts without waiting for its peers.
The chemist's label printer was offline.
The specialist joined at 11:00.
The artist feature was switched off.
The physicist in charge followed the written procedure.
A list of hosts was deployed with the wrong order.
The build was broken by the new compiler.
The migration broke the contract between the two services.
The engineers slept in shifts during the second night.
The reviewer waived nothing; the tool waives checks for generated files.
We let the queue drain.
The manager approved the purchase in May.
The new limit was set too soon after the deploy for the canary to see it.
The operator could only see the last ten lines.
The engineers could have restored the table only from the weekly backup.
The on-call should have received the page at 10:21, but the gateway was down.
The on-call was supposed to be paged by the second rule, which never fired.
The responders looked at the wrong dashboard, because the alert links to it.
The engineer restarted the wrong pod first, since both carry the same label.
It took the team 20 minutes to find the flag.
It took the network team ten minutes to even get a shell, as the bastion was part of the outage.
The incident was not caused by anybody's carelessness.
Customers were careless with neither passwords nor tokens.
The team was aware of the risk and had planned the fix for June.
The team was not aware that the replica was read-only, because the console shows it as healthy.
The support engineer told the customer to retry.
The vendor's engineers had not been told about the change.
The access log shows that the admin did not perform the deletion.
An operator entered the amount, and the form rounded it.
Users ignored the banner.
Many customers forgot to renew, as no mail was sent.
The client forgot its cursor after the failover.
The agent overlooked the new mount.
The Terraform provider ignored the change and skipped the resource.
The Linux kernel driver failed to notice the link.
The user operator missed the event.
A careless default deletes everything.
A sloppy regular expression matched both names.
The naive retry made it worse.
The lazy loader failed.
The greedy match ignored the suffix.
The blind spot of the dashboard is the write path.
The wrong host was restarted by the autoscaler.
The release was rushed out by the pipeline.
Training covers operator error.
The checklist protects against human error.
We looked into whether anybody had skipped a step; nobody had.
The question is not who forgot it but why it could be forgotten.
Nothing here should be read as blame of the on-call engineer.
The engineer did what anyone would have done.
Everybody acted on what they knew.
The team did not panic.
Piotr restored the snapshot at 04:10, and it was the right one.
The failover has to be tested before the holidays.
The bus driver reported the fault at 07:55.
A test for this case did not exist.
Operations watches four dashboards, and none of them shows disks.
The command in the chat had lost its quotes.
The plan was made for half of the traffic.
The volume was deleted after its retention of 30 days.
The chart shows flags on its second page.
Staging shares the bucket with production.
The key is rotated by hand every March.
The security officer signed the exception in 2023.
The alerts go to a shared inbox.
The contractor documented the changes in a wiki that was since deleted.
The commit touched three files.
The on-call engineer spent an hour on the server that the alert named.
The vendor's team and ours used two different tickets.
The change had been tested on a copy from January.
The scanner's warning is a beep, and the hall is loud.
The site went down when the second rack lost power.
The disk is not on the dashboard.
A short circuit in the third panel cut the feed.
Interns can deploy with the same button as everybody.
The teams were informed by the status page only.
The region is chosen from a list without a default.
The typo was in the vendor's manual.
The change was applied at 10:00 instead of 11:00, since the scheduler runs in UTC.
The incident process was followed from 10:22 on.
Both projects are called web-prod.
The two patients have the same name and birthday.
""".strip().split("\n")


@pytest.mark.parametrize("sentence", LOOK_ALIKES)
def test_a_look_alike_blames_nobody(sentence: str) -> None:
    assert not any(each.kind is not Kind.OURSELVES for each in find_blame(sentence, frozenset({"dana", "ben"})))
