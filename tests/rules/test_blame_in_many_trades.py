"""Sentences that blame people, from many trades, in many forms."""

from __future__ import annotations

import pytest

from rules.language.blame import Kind, find_blame
from tests.rules.quick_look import is_suspicious

NAMES = frozenset({"dana", "ben"})

BLAMING = """
The pharmacist on the late shift dispensed from the wrong drawer without scanning the barcode.
Had Yusuf read the change ticket, the valve would have stayed open.
Priyanka rushed the rollout because she wanted to go home.
Quality assurance waved the release through.
The bookings desk never told the hangar about the new tail number.
Root cause: negligence of the night crew.
Nobody in procurement thought to renew the contract.
The electrician on site wired the feed to the wrong breaker, despite being told twice.
Mr. Osei ignored the standing order.
This was an avoidable mistake by the release captain.
Due to Tomasz's oversight, the backup was never restarted.
It was sloppy of the platform group to leave debug mode on.
The merge was approved by Hiroshi, who had not looked at the diff.
The supervisor should have stopped the crane.
If only the developers had listened to support.
A lack of professionalism in the vendor's team made things worse.
The dispatcher on duty panicked and sent both trucks to the same address.
Whoever configured the firewall did not know what they were doing.
The tech lead overruled the objections and shipped anyway.
Fatima accidentally ran the cleanup script against production.
Human error during the cable swap.
The contractor carelessly cut the fibre.
The analyst entered the rate with the decimal point in the wrong place.
We trusted Erik to do it, and he let us down.
The night nurse overlooked the alarm on bed 4.
Management refused to fund the second line.
This could have been prevented if the reviewer had paid attention.
The intern was not supervised and broke the build.
The blame lies with the storage team.
Marketing sent the newsletter without telling operations.
The scheduler change was made by an engineer who did not understand the system.
The DBAs were too slow to react.
Someone fat-fingered the quantity field.
An untrained clerk was left alone with the terminal.
The teacher forgot to log out of the grading console.
The operations engineer applied the config to all regions instead of one.
The architect's poor judgement led to a single point of failure.
Support should have escalated within the hour.
The team's failure to test restores cost us a day.
The signaller must have seen the red light.
Careless handling of the key by the custodian exposed it.
They did not bother to inform the customers.
Two reviewers rubber-stamped the change.
Klaus knew about the expiry and did nothing.
The lab technician mislabelled the samples.
The incident was entirely the result of the driver's inattention.
The project manager pushed for an unrealistic date.
The release manager should never have approved the change.
Our sysadmin typed the command in the wrong terminal.
The root cause was Laila not following the checklist.
The cashier failed to close the till before the update.
No one from the network team bothered to answer the phone.
The engineer made a typo in the zone file.
The developers had been warned several times but did not act.
Ivana misunderstood the instructions and deleted the bucket.
The captain decided to continue although the checklist was incomplete.
The outage was self-inflicted by an overconfident engineer.
The student assistant shut down the wrong rack.
It should have been obvious to anyone that the queue was stuck.
Any reasonable person would have seen the warning.
The on-call could easily have spotted this on the dashboard.
The anaesthetist's assistant picked the wrong syringe out of the tray.
Wanjiru overrode the interlock without asking anybody.
It is the fault of the scheduling desk that two planes got one gate.
- Had the baker set the timer, nothing would have burned.
The porter never shut the cold-store door.
The on-call SRE should really have looked at the queue depth first.
| 10:40 | The operator ignored the warning and pressed on |
Root cause: inattentive driver.
The whole thing was caused by sloppy work in the warehouse.
Ngozi's careless edit of the price list cost 4,000 euros.
The backup was not taken because the night operator could not be bothered.
Everyone on the team assumed someone else would renew the domain.
The change advisory board nodded it through without reading.
Two developers argued for an hour instead of rolling back.
The freight agent had been told about the weight limit and exceeded it anyway.
Our DBA ought to have known that the index was missing.
The new hire did not understand what the flag did and set it anyway.
The flaw was missed by both reviewers.
Staff at the counter failed to follow the fallback procedure.
The deploy was botched.
### Operator mistake during the failover
Lack of care by the maintenance crew.
Radek misconfigured the switch.
The vendor's support engineer gave us wrong instructions.
The product owner pressured everybody into a Friday release.
The team could have rolled back sooner.
They should not have merged this on a Friday evening.
It was Svetlana who broke the pipeline.
The engineer in charge lost track of which host she was on.
The controller on shift reacted too slowly to the second alarm.
The release was signed off by people who had not tested it.
If Callum had asked for a second pair of eyes, the table would still exist.
The chemist mixed up the two labels.
Our partner's technician yanked the wrong cable.
Nobody on the platform team had ever tested the restore.
The consultant was overconfident and skipped the dry run.
Incompetence in the network department.
Whoever wrote that script was clueless about quoting.
The tram driver forgot to report the defect.
The head of operations refused to halt the rollout.
This was a rookie mistake.
Aylin, who was supposed to watch the rollout, had gone to lunch.
The account was deleted by mistake by one of the trainees.
The security team slept on the report for three weeks.
Engineers repeatedly ignored the deprecation notice.
The ward clerk did not double-check the patient number.
The on-call engineer wrongly concluded that the alert was noise.
The failure to escalate lies squarely with the shift lead.
Because Jukka did not run the linter, the bad config went out.
The administrators were negligent in patching the hosts.
Poor judgement on the part of the duty manager.
Had anyone bothered to read the log, this would have been over in minutes.
The reviewer must have known that this was unsafe.
Root cause: Meera pushed an untested migration.
The rigger on the night shift loosened the wrong shackle.
Zanele's failure to read the release notes is what took us down.
Had the scheduler on duty rung the depot, the bus would have left on time.
We lost the day because the warehouse lead ignored three e-mails.
The consultant from the agency clearly had no idea what he was doing.
The interlock was bypassed by the maintenance fitter to save time.
The change was pushed through by management against the advice of the engineers.
Our release engineer didn't even glance at the canary.
The backend squad keeps forgetting to bump the schema version.
- Nobody bothered to update the on-call rota
- The product team shipped without a rollback plan
- Human factors: operator fatigue and sheer carelessness
| Cause | The trainee deleted the wrong volume |
| Why did it take so long? | The second responder was distracted and forgot to escalate |
**Root cause:** Minh restarted the primary without draining it first.
**What went wrong:** Support sat on the ticket for two days.
The storage admin has a history of skipping change reviews.
The auditors had warned them, but the team chose to do nothing.
Our network guy made a rookie error with the netmask.
The outage could easily have been avoided by the platform team.
The QA lead ought to have stopped the release.
An overeager developer merged the branch on his own.
The incident was made worse by the shift supervisor's indecision.
The data engineer had no business touching production.
Somebody on the desk must have seen the lights go red.
The whole team dropped the ball on this one.
The teller at window 3 keyed the amount twice without noticing.
If the duty engineer had only followed the checklist, the restore would have worked.
The vendor was late, and their consultant was useless.
The SREs reacted sluggishly and misjudged the severity.
The migration was written carelessly by a developer in a hurry.
Dmitri took it upon himself to reboot the switch.
The physician on call failed to answer two pages.
Marketing launched the campaign without a word to operations.
The gardener drilled through the cable even though he had been told where it was.
The lack of ownership by the payments team is the real problem.
The head chef left the freezer door open.
Her mistake was to trust the staging numbers.
His inattention cost the company a weekend.
It never crossed anyone's mind to check the spare.
The accountant approved the transfer without verifying the IBAN.
Two of the operators were chatting and missed the alarm.
The blame for the delay rests with procurement.
This is what happens when engineers don't read documentation.
The on-call person slept through four pages.
The translator misread the source string.
Poor discipline in the team let this through.
The team was overconfident after three quiet months.
The root cause is that nobody in the team took responsibility.
The admin who set this up did a terrible job.
The deploy was done by an intern who should never have had access.
User stupidity, plain and simple.
A careful operator would have noticed the drift.
The developers were too lazy to write a test.
The engineer blithely ran the command on every node.
The manager kept postponing the upgrade.
Engineering promised a fix and never delivered.
Of course the disk filled up, anyone could see that coming.
Lwazi's hasty merge wiped the config.
The on-call engineer could have caught this at 02:00.
A sleepy operator acknowledged the alarm and did nothing.
The database was taken down by an engineer who ran an unreviewed script.
Nobody on call had read the handover.
The finance team missed the deadline and blamed the tool.
The developers never thought about leap years.
The network engineer ignored best practices.
Because the reviewer was careless, the secret was committed.
The outage was triggered by the negligence of a subcontractor.
Our team lead should have stepped in.
Ms. Adebayo overlooked the second page of the form.
The root cause was an operator mistake.
The test manager waived the tests to meet the deadline.
The engineer did not bother to ask.
Production went down since Paolo forgot a semicolon.
A member of the ops team unplugged the wrong PDU.
The infrastructure team is to blame for the delay.
The sales team promised a date without asking engineering.
Had Ben followed the procedure, we would have been fine.
Someone screwed up the DNS.
The radiographer failed to verify the patient's identity.
The editor published the draft by accident.
The locksmith misread the work order.
The security officer dismissed the warning as noise.
Two admins changed the same rule without coordinating.
The mistake was Kofi's.
The trader entered 10,000 instead of 1,000.
They knew about the bug and shipped anyway.
It was reckless to deploy without a canary.
The team has been sloppy about certificates for years.
The technician was in a rush and skipped two steps.
The failure of the team to communicate made it worse.
This incident shows poor judgment by the architects.
A junior engineer blindly followed outdated instructions.
The registrar should have been renewed by Omar in March.
The night team was not paying attention.
Engineer error.
The manager let this slide for months.
The stage manager forgot the second cue because he was on his phone.
Ricardo, who should have known better, approved the purge.
The on-call engineer restarted the wrong node.
It took the network team an hour to even look at the page.
The contractor's sloppy cabling caused the loop.
The user typed his password into the wrong field.
The incident happened because engineers were careless with secrets.
The error was made by the payroll clerk.
Alas, nobody had tested the fallback.
Had the pharmacist double-checked the dose, the alarm would not have fired.
The team should have seen this coming.
A distracted technician closed the wrong valve.
The deployment was mishandled by the release team.
We were let down by the hosting provider's support team.
The postmortem found that Lena had ignored two alerts.
The junior admin was not trained and made a mess.
Nobody cared about the backlog.
Jorge failed us.
The engineer on duty had muted the alert and forgot to unmute it.
The account manager gave the customer the wrong date.
The DBA dropped the table without a backup.
The operator accidentally pressed stop.
The reason is simple: the team was lazy.
The ticket was ignored for five days.
One engineer deployed from his laptop, bypassing the pipeline.
The reviewers should never have accepted 4,000 lines in one go.
If the engineer had been more careful, the index would still be there.
The customer support lead mishandled the escalation.
The developer assumed wrongly that the field was unique.
The manager failed to plan for holidays.
Human error.
The on-call engineer overreacted and drained both regions.
The team repeatedly dismissed the alert as flaky.
A programmer's blunder exposed the keys.
The admin logged into the wrong server.
Somebody must have turned the flag off by accident.
The crew didn't follow the startup sequence.
Ravi, in a hurry, skipped the smoke tests.
The responsible developer has since been reprimanded.
The veterinary nurse gave the vaccine to the wrong dog.
Our SREs were asleep at the wheel during the upgrade.
The integration team keeps breaking the contract and never tells us.
A colleague from the billing team deleted the queue by accident.
The server went down because Thandiwe typed the wrong command.
Management ignored our warnings.
It would not have happened if the architect had listened.
The error of the engineer was to trust the tool.
The team had become complacent.
Nobody double-checked the numbers.
The product manager insisted on skipping the load test.
The night shift did not follow the runbook.
The config was botched by a contractor.
Sadly, the reviewer rubber-stamped the pull request.
The data science team pushed a broken model straight to production without evaluation.
The admin on duty was chatting instead of watching the graphs.
The mistake by our DNS administrator took the site down.
The bank's operator entered the amount without checking the currency.
Juan could and should have escalated.
The lead developer is known for cutting corners.
The engineer hadn't read the documentation.
Neither the on-call nor the backup answered the phone.
The second engineer wrongly rolled back the healthy region.
This is a textbook case of operator error.
The trainee was left alone and broke production.
We had asked the networking team three times, but they did nothing.
The pharmacist should have called the doctor.
Chen's mistake was to run it at noon.
The logistics team forgot the time zone again.
The culprit was a developer who bypassed the checks.
One of the testers signed off without running the suite.
The customer success manager promised something impossible.
The deploy engineer hit enter too soon.
The ops lead delayed the failover for no good reason.
The site reliability engineers were unprepared.
The developer's ignorance of the locking rules caused the deadlock.
Ifeoma didn't check whether the feature flag was on before she deployed.
The on-call engineer dismissed the first page as a false alarm.
The mistake lies with the DevOps team, which never automated this.
A lapse of attention by the dispatcher sent the truck to the wrong depot.
The reviewer approved the PR without looking at it.
Mistakes were made by the new engineer.
The team ignored three warnings from monitoring.
The security team was too slow to respond.
Anjali should have known that the script is not idempotent.
The network technician unplugged the wrong cable by mistake.
This happened because Marco was not careful.
The engineers failed to notice the growing queue.
The maintenance crew left the valve open.
The on-call failed to respond to the page within 15 minutes.
Bad decision by the CTO.
The operator mistyped the host name.
The author of the migration did not think about locks.
The incident was due to human negligence.
Our customer support misinformed the users.
The backend engineers did not communicate the API change.
Had the on-call read the runbook, recovery would have taken five minutes.
The outage was caused by Sofia running the wrong playbook.
One of the SREs forgot to re-enable the alerts.
The team should never have skipped the staging test.
The sysadmin was careless and used the root account.
Nobody took ownership of the alert.
The hospital's IT staff ignored the vendor's advisory.
Root cause was an inexperienced engineer.
The tester didn't test the edge case.
The engineer recklessly disabled the safety check.
The shift manager misjudged the situation.
The rollout was rushed by product management.
Someone neglected to update the documentation.
The developers were warned, but they shipped it anyway.
She should have waited for the second approval.
The data team botched the backfill.
Poor communication between the teams made it worse.
The responsible engineer simply forgot about the second cluster.
The database administrators neglected their backups.
Laziness on the part of the reviewers let the bug through.
The architect insisted on a design that everybody had warned him about.
Our SRE team completely missed the saturation alert.
The operator on duty was not at his desk.
The new joiner ran the script in production instead of staging.
Emeka should have noticed the red banner.
The deploy happened because the release manager ignored the freeze.
The outage was the direct result of Katya's negligence.
Someone on the team wasn't careful with the regex.
The developers had no excuse for skipping the tests.
The network engineer made a costly mistake.
It was a stupid mistake by the intern.
The managers were warned but chose to ignore it.
The hotel clerk handed the key to the wrong guest.
The nurse did not read the label.
The engineer's failure to follow procedure caused the outage.
The team's lack of discipline is to blame.
If they had tested it, we would not be here.
A lack of attention led to the wrong branch being merged.
The technician improperly installed the module.
The support agent gave out the password without verifying the caller.
The mistake could have been prevented by a more attentive reviewer.
Whoever approved this did not read it.
The entire on-call rotation ignored the ticket for a week.
Our DBA, Piotr, accidentally restored the wrong snapshot.
The network team should have tested the failover before the holidays.
The bus driver didn't report the fault.
This was preventable had the developer written a test.
No one in operations was watching the dashboard.
The engineer copied the command from a chat without understanding it.
The incident was a result of poor planning by the infrastructure team.
The admin misread the warning and deleted the volume.
Two nurses overlooked the red flag in the chart.
The engineer should've known that staging shares the bucket.
Root cause: Akira forgot to rotate the key.
The security officer was negligent.
People on the team were not paying attention to the alerts.
The contractor never bothered to document his changes.
The release was broken by a careless commit from the mobile team.
The on-call engineer wasted an hour on the wrong server.
Bad communication on the part of the vendor's team.
The developer admitted that he had not tested the change.
The warehouse staff ignored the scanner's warning.
The ops team's mistake took the site down.
The technician's carelessness led to a short circuit.
The intern shouldn't have been allowed to deploy.
""".strip().split("\n")


@pytest.mark.parametrize("sentence", BLAMING)
def test_whoever_is_blamed_is_noticed(sentence: str) -> None:
    assert any(each.kind is not Kind.OURSELVES for each in find_blame(sentence, NAMES))


@pytest.mark.parametrize("sentence", BLAMING)
def test_the_quick_look_lets_through_what_blames(sentence: str) -> None:
    assert is_suspicious(sentence, NAMES, ourselves=False)
