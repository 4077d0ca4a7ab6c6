"""Blame in everyday words, each kind of it beside what is said alike and blames nobody."""

from __future__ import annotations

import pytest

from rules.language.blame import Kind, find_blame
from tests.rules.quick_look import is_suspicious

NAMES = frozenset({"dana"})

BLAMING = """
The operator ignored two alarms before acting.
The vendor ignored three tickets.
The night operator disregarded the complaints.
The vendor's support staff were slow and unhelpful.
The reviewers were tired, distracted and in a hurry.
The planner was new and careless.
Developers are not careful enough with feature flags.
Our reviewers are not thorough.
The operators are not paying attention.
The new hire dropped the users table.
The intern was given access and dropped the database.
As mentioned above, the new hire dropped the users table.
A trainee wiped the backup volume during the night.
The technician deleted the production database.
An engineer truncated the whole customer table.
The change was pushed by Dana, who did not have approval.
The valve was opened by a technician who was not authorised to do so.
The rule was edited by the contractor, who had no sign-off.
The duty manager chose not to look.
The reviewer decided not to read the plan.
The graph was red; the technician opted not to ask.
We blame the storage team for the delay.
I can only blame the vendor.
We clearly blame the night shift.
It is disappointing that the payments team waited for an hour.
It is inexcusable that the engineers did not test the failover.
It is embarrassing that the release manager pressed the button twice.
The restore had not been tested by anyone on the data team.
The plan was not reviewed by anybody.
Both engineers saw the graph and neither of them raised a concern.
Four reviewers were asked, and none of them read the diff.
The cause is the reviewer's rushed approval.
Dana's untested change took the cache down.
The team's hasty deployment made it worse.
The wrong region was selected by the operator.
The wrong lever was pulled by the operator.
Crucially, the data team had not rotated the key.
The administrator did not renew the licence.
The probes were green, because the cache was warm; sadly, the on-call engineer ignored the page.
It could be seen; the reviewer overlooked the line.
The technician set the pointer back; and crucially, forgot to move the second one.
The engineer restarted the node and, unfortunately, ignored the warning.
The change was reviewed only superficially by the platform team.
The incident was made worse by the on-call's decision to restart all of it.
The outage was prolonged by Dana's reluctance to escalate.
Product pushed us to ship before it was ready.
The QA team signed off on a build they had not tested.
The reviewer merged a patch that he had not read.
The engineer did the rollback wrong.
The supplier did not answer our messages for 50 minutes.
The team lead signed off the change although the tests were red.
The outage began when Dana disabled the wrong flag.
The DBA restored the wrong backup.
The engineers did not have the discipline to follow the checklist.
This would not have happened with a more experienced engineer.
The support lead kept insisting that all was fine.
Alert fires, ignored by the on-call
Config misread by the engineer
Developers not checking the logs after a deploy
Rollback plan not followed
Not following the rollback plan
""".strip().split("\n")

BLAMELESS = """
The operator ignored the taint.
The Prometheus operator ignored the alerts of other namespaces.
The alert manager ignored the alerts that were silenced.
The users ignored the alerts in the banner.
The provider ignored three alerts, since its filter drops mails with links.
The staff were friendly and helpful.
The support portal was slow and unhelpful.
The night shift was calm and careful.
Developers are not paid for nights.
The engineers are not competent authorities in the sense of the law.
Reviewers are not thorough there, because the tool hides generated files.
The new hire dropped the users table as the runbook said.
The intern deleted the temporary bucket.
The new hire dropped the table to free space.
An engineer deleted the production database because the console showed it as staging.
The attacker wiped the production database.
The customer deleted their production data.
A user dropped the production table through the API.
The job deleted the production snapshots.
The new hire removed the table lock.
The intern removed the database migration from the release.
The new hires formatted their disks.
When asked by support, the intern deleted the database.
To free space, the trainee purged the bucket.
An intern could have dropped the users table.
The intern fixed the dashboard.
The technician wiped the old disk.
The page was received by Dana, who had no permission to fail over.
Dana, who did not have approval yet, waited for the review.
The team did not have approval to buy more nodes.
The change was pushed by Dana, who had been asked to by the incident commander.
The author decided not to read from the replica.
The team decided not to ask for a refund.
The incident commander decided not to fail over.
We do not blame the storage team for the delay.
We could blame the vendor, but the fault was in how we call it.
I blame the cache for this.
We blame the team's tooling.
We ran git blame on the file.
It is easy to blame the operator; the panel gave no hint.
It is disappointing that the vendor has no status page.
It is regrettable that the team had no second person on call.
It is unacceptable that customers waited for two days.
It is embarrassing that the engineers were locked out by our own rule.
There were four checks, and none of them caught it.
The team has three dashboards and none of them showed the queue.
The engineers looked at both graphs, and neither of them raised an alert.
The failover was not noticed by anyone.
The config is not read by anyone but the proxy.
The replica was not tested by anyone because the tool skips replicas.
The reviewer's hasty-merge label is gone.
The engineer's change was tested.
The leader's premature election was stopped.
The wrong option was selected by the user.
The wrong shard was picked by the scheduler.
The wrong host was picked by the operator, as both carry the same label.
The job did not rotate the logs.
The certificate was not renewed.
The queue did not double; check the graph.
The technician set the pointer back; and luckily, noticed the second one.
The engineer restarted the node; and the cache forgot its keys.
The engineer restarted the node and, finally, the proxy forgot its routes.
The change was reviewed twice by the platform team.
The incident was made worse by the retry storm.
The outage was caused by the scheduler's choice of node.
The outage was caused by the team's decision tree bug.
The outage was not caused by the engineer's decision.
The outage was shortened by the on-call's decision to fail over.
The vendor pushed us the fix at 10:20.
Product pushed the date back.
The team deployed the fix that they had tested twice.
The engineers released the lock that they had not taken.
The engineer did nothing wrong.
The server did not respond to our messages.
The customer did not answer our questions.
The supplier did not answer our messages, because our mails bounced.
Dana merged the fix although one region was still slow.
The engineer deployed the patch even though the tests were red, as the outage was growing.
The pipeline deployed the build despite a failing test.
The engineer disabled the faulty rule.
The engineer removed the wrong value.
The DBA restored the right backup.
The engineers did not have the rights to see the log.
This would not have happened with a faster disk.
The probe kept insisting that all was fine.
Alert fires, acknowledged by the on-call
Alert fires, missed by the dashboard
Developers not using the flag saw no change.
Engineers not affected by the outage helped.
Redirect rules not followed by the crawler
Process not followed because the form was down
Not reading from the replica
Not testing for null
Not listening to the event
Not following redirects
The probes could not see it; the engineer restarted the node.
""".strip().split("\n")


@pytest.mark.parametrize("sentence", BLAMING)
def test_everyday_words_blame_people(sentence: str) -> None:
    assert any(each.kind is not Kind.OURSELVES for each in find_blame(sentence, NAMES))


@pytest.mark.parametrize("sentence", BLAMING)
def test_the_quick_look_lets_it_through(sentence: str) -> None:
    assert is_suspicious(sentence, NAMES, ourselves=False)


@pytest.mark.parametrize("sentence", BLAMELESS)
def test_what_is_said_alike_of_others_or_for_a_reason_blames_nobody(sentence: str) -> None:
    assert list(find_blame(sentence, NAMES)) == []
