"""Blame is told by grammar, whatever people do for a living; systems that are called alike are left alone."""

from __future__ import annotations

import pytest

from rules.language.blame import Kind, find_blame
from tests.rules.quick_look import is_suspicious

NOBODY: frozenset[str] = frozenset()

BLAMING = """
The night dispatcher carelessly closed the wrong ticket and the crew was never sent out.
The pharmacy clerk entered the dosage table twice because she was not paying attention.
Dr. Feldmann ignored the maintenance notice and kept working in the live system.
The intern wiped the volume because nobody had explained anything to him and he did not bother to ask.
The mechanic lied about having tested the generator.
Somebody in the network team had a bad day and restarted both firewalls at once.
The shift leader panicked and made things worse by failing over a second time.
This would not have happened if the operators had followed the procedure.
The change was pushed by Pavel without any testing.
Our contractor is useless when it comes to documentation.
The registrar's office simply did not care about the deadline.
The coordinator assumed that backups were somebody else's problem.
The nurse on duty wrongly overrode the lock.
The students' union webmaster recklessly enabled the plugin on a Friday evening.
The producer pressured the developers into releasing early.
The field engineer misread the label and cut the fibre.
Management knew about the risk for a year and did nothing.
The technician of our supplier botched the firmware upgrade.
It was Jonas who turned off the alerts and never turned them back on.
Because of the incompetence of the outsourcing partner, restoration took nine hours.
Root cause: human error by the operator on shift.
Caused by carelessness of the cleaning staff.
The failure is the fault of the data centre team.
She really ought to have checked the queue length before the purge.
He must have known that the flag was global.
Had the on-caller read the runbook, we would have been back in five minutes.
The administrator have forgotten to renew the domain.
The engineer did not paid attention to the warning message.
The responsible colleague did not do his homework.
By mistake of the administrator, the disks were formatted.
The deployment was done in a hurry by people who do not understand Kubernetes.
The plumber drilled through the conduit because he didn't look at the plan.
The accountant kept the only copy of the key on her laptop, which was irresponsible.
The city clerk published the file prematurely.
The on-call engineer slept through four pages.
Tom broke the build again.
Lucía accidentally dropped the sessions table.
Kenji never verified the restore.
Our so-called expert misconfigured the proxy.
The trader ignored the limit and kept submitting orders.
The compliance officer sat on the report for two weeks.
The driver of the fuel truck was late because he got lost.
The agent promised a refund he had no authority to give and told no one.
A poor choice by the platform team made recovery impossible.
The second outage was self-inflicted by an overeager developer.
Developers keep ignoring the guidelines.
Nobody felt responsible.
The handover from the day shift was sloppy.
The scientist who ran the job had not read the quota policy.
The community manager announced the event before anyone confirmed it, which was stupid.
The consultant charged us for a migration he never tested.
It is embarrassing that no one noticed for two days.
Had they only asked, we could have told them.
The webmaster's ignorance of DNS made it worse.
The alert was ignored by the on-caller for forty minutes.
The config was edited by hand by someone who should not have had access.
The foreman ordered the work without consulting the control room.
The sysadmin rebooted the server without warning the doctors.
Our stocktaker forgot to close the batch before the weekend.
The vault attendant negligently left the key in the lock.
The signaller misread the display and sent the wrong code.
The head of operations ignored three emails from the vendor.
The temp had no clue and nobody bothered to help him.
The storage admins were asleep at the wheel.
If the release engineer had read the ticket, this would have been avoided.
The fault lies entirely with the subcontractor.
Livia mistakenly published the draft balance sheet.
The developers were too lazy to write a test.
The root cause is the sloppiness of the cabling team.
Human error by the shift technician.
The project office should have informed the wards.
The team ought to have rehearsed the switch.
The examiner uploaded the answers by mistake.
The database was dropped by an employee who did not read the prompt.
The change was rushed through by the payments team.
The colleague from Lisbon made again the same mistake.
The responsible developer didn't test enough his code.
No one thought of telling the customers.
The architects made a bad decision when they chose one region.
Finance did not pay the invoice in time.
Her carelessness cost us the entire index.
The ticket was closed prematurely by the helpdesk.
The on-call person did nothing for forty minutes.
The teacher shared her password with the class, which was irresponsible.
The night porter switched off the wrong fuse.
The translator overlooked a placeholder and broke the page.
Mr. Haugen never answered the escalation mail.
It was careless of the deputy head to reuse the password.
The tellers were not trained and made one mistake after another.
The team lead knew better but kept quiet.
If people followed the rules, we would not be here; had the operator followed the procedure, nothing would have broken.
The file was overwritten by a careless colleague.
The admin was drunk.
The mistake of the night crew was to trust the old map.
The engineer didn't realise that the site was live.
The reviewer rubber-stamped the merge request.
The secretary sent the list to the wrong address.
Olga broke production again.
""".strip().split("\n")

BLAMELESS = """
The dispatcher closed the ticket at 10:32 and opened a new one.
Mr. Okonkwo renewed the certificate by hand at 14:05.
The vendor's technician replaced the power supply.
The scheduler forgot the lease after the restart and assigned the job twice.
The load balancer ignored the health check because the path had changed.
The worker failed to acknowledge the message and it was delivered again.
The loader misread the header because the byte order had changed.
The container was careless of nothing; it simply ran out of memory.
The consumer was too slow to keep up with the topic.
The handler never verified the signature.
We do not accept "human error" as a cause.
Some of the early chat blamed "operator error", which we reject.
Nobody acted wrongly here: the tool offered two buttons that look alike.
The engineer did what the runbook said.
The operator had no way to know that the flag was global.
Anybody would have made the same choice with the same information.
The tool let an operator delete the volume without asking for confirmation.
The runbook did not mention the second cluster.
The service should have retried, but the client gave up after one attempt.
The alert should have fired at 80 %.
If the canary had run for ten minutes longer, the leak would have shown.
This would not have happened if the lock had a timeout.
Ana deleted the old index once the new one had been built.
Ben noticed that the graph was flat and asked in the channel.
Carla found the wrong value in the map and fixed it.
X rolled back the deploy at 10:32.
The on-call engineer was paged nine times that night for unrelated things.
The page went to a phone that was off because the rota had not been updated by the sync job.
Operators see 400 alarms an hour; this one looked like the others.
Players were disconnected and lost their progress.
Customers were told about the outage on the status page.
Customers failed to log in between 09:00 and 09:40.
A driver failed to initialise after the kernel upgrade.
The provider informed us at 12:10 that a fibre had been cut.
The supplier shipped a firmware that ignores the second fan.
The team was not paged, as the alert was routed to a retired queue.
The platform team owns the proxy.
Management approved the budget for a second line.
Legal was informed at 15:00.
Nobody was on call for this service; it has no rota.
Why did it make sense to restart the primary? Because the runbook recommends it.
Should the reviewer have seen this? The diff shows 4,000 generated lines.
The certificate expired because renewal depends on a cron job that was removed in March.
The disk was filled by debug logs.
The record was overwritten by the nightly sync.
The request was dropped by the gateway without a log line.
The mail was rejected by the recipient's server.
Human factors: fatigue is likely after the fourth night page; the rota allows seven.
New hires get production access on day one, before the course.
The reviewer saw a green build; the build does not run migrations.
The engineer believed, as the dashboard said, that the job had finished.
The clerk typed the number that the form asked for.
The trader could enter a limit of ten million because the field has no upper bound.
The level editor overwrote the map on save.
The printer in ward 4 was forgotten by the inventory scan.
The accountant noticed the difference first.
The registrar locked the domain for sixty days.
The documentation says "ask an admin" without saying which.
We want to understand how a careful engineer ends up on the wrong host.
Do not run this by hand: it is easy to make a mistake.
The guard rail prevents a typo from reaching production.
The new check rejects untested migrations.
The mail client lost its connection and did not reconnect.
The leader failed to renew its lease and stepped down.
The master forgot its slaves after the upgrade.
The collector skipped the host because it had no tag.
The watcher was not watching the new directory.
The manager node panicked after a null pointer.
The customer entered a name with an apostrophe, which the importer does not escape.
The mayor's office asked for an explanation at noon.
The nurse on duty followed the downtime procedure.
The security guard opened the door for the technician at 02:40.
Mrs. Adeyemi approved the transfer after the second check.
The engineer in charge declared a major incident within four minutes.
The signal box software misread the display code.
The head of operations received three emails in a folder that a rule fills.
Nobody had told the temp that the button is live, because there is no induction for temps.
The storage controllers were asleep; they spin down after an hour.
If the ticket system had linked the two changes, this would have been avoided.
The fault was found by the subcontractor.
The draft was published by the scheduler at midnight.
The courier delivered the token a day later.
It is not about who ran the script, but about why the script accepts any host.
"Operator error" was the first label in the ticket; it explains nothing.
The vendor needed nine hours because spare parts are kept in another country.
The valve closes by itself above 60 degrees.
The attachment should have been removed by the mail filter.
The balancer could have drained the node first.
The prompt shows the database's name in grey.
The payments team shipped the change on Tuesday with all checks green.
The same fault has occurred twice this year.
The alarm is silent between 22:00 and 06:00.
The control room has no display for this signal.
The logs of the proxy are kept for one hour.
The architects chose one region in 2017, when there was only one.
Finance paid the invoice on the 3rd; the bank's batch was late.
The index was rebuilt in four hours.
The ticket was closed automatically after seven days without an answer.
The autoscaler did nothing for forty minutes.
The teacher's account was locked after five attempts.
The night porter opened the door for the fire brigade.
The marketing team announced the campaign in the launch calendar.
The crawler ignored the robots file.
A tired engineer on the ninth night in a row reads the two names as one.
Ms. Okada and the on-call engineer agreed to wait for the vendor.
The dealer's gateway rejected the orders.
The engineer chose the first host in the list, which is sorted by age.
Mr. Haugen answered the escalation mail at 09:14.
The vendor was asked for a patch and delivered it on Monday.
The deputy head approved the new password policy.
The tellers switched to paper slips.
The team lead asked for silence on the call.
The client could have asked the second resolver.
The decision by management to buy a second line dates from 2022.
The form accepts any line number without looking it up.
The battery was drained by the modem.
Users made mistakes because the labels were swapped.
The consultants recommended a new core switch.
The janitor process removes temporary files.
The merge request was approved by a bot.
The list goes to every address in the header.
Olga restored production from the last snapshot.
""".strip().split("\n")


@pytest.mark.parametrize("sentence", BLAMING)
def test_whoever_is_blamed_is_noticed(sentence: str) -> None:
    assert _blames(sentence)


@pytest.mark.parametrize("sentence", BLAMING)
def test_the_quick_look_lets_through_what_blames(sentence: str) -> None:
    assert is_suspicious(sentence, NOBODY, ourselves=False)


@pytest.mark.parametrize("sentence", BLAMELESS)
def test_what_people_and_systems_did_is_no_blame(sentence: str) -> None:
    assert not _blames(sentence)


def test_a_title_does_not_end_a_sentence() -> None:
    assert _blames("Mr. Dunn forgot to pay the bill.")


def test_its_makes_a_thing_of_what_could_be_a_person() -> None:
    assert not _blames("The operator forgot its lease.")
    assert _blames("The operator forgot his key.")


def _blames(sentence: str) -> bool:
    return any(blame.kind is not Kind.OURSELVES for blame in find_blame(sentence, NOBODY))
