"""Blame of organisations and of those who lead them, and what is told of systems with such names."""

from __future__ import annotations

import pytest

from rules.language.blame import Kind, find_blame
from tests.rules.quick_look import is_suspicious

NAMES = frozenset({"dana"})

BLAMING = """
ABC Corp. has abandoned its responsibilities towards the members.
The council refused to fund the second pump.
NTC refused to take part in the inquiry.
BFG failed to respond to any of our six letters.
fLabs did not join the drill and have failed to upgrade their node since.
The bank never answered our complaints.
The exchange's refusal to engage with the members cost them a month.
NTC refusal to engage with the volunteers split the club.
The council's indifference let the roof rot.
The pilot's arrogance led to the near miss.
The board's decision to cut the budget was foolish.
The ministry ignored every petition.
The hospital administration turned a deaf ear to the nurses.
The registrar dragged its feet for nine days.
The bank stonewalled us.
The founders have clearly decided to give up all hope and left us with the mess they made.
Greedy investors pushed the launch.
Inexperienced management in the plant led to bad decisions.
An inexcusable mistake of the printer's.
The gate was left open overnight, which is inexcusable.
The landlord should be ashamed.
The foreman threw the apprentice under the bus.
IT support brushed the caller off twice.
Nobody on the night shift could be bothered to look at the gauge.
The auditor did a half-hearted job.
The supplier cheated on the purity tests.
The partner walked away from the project.
The librarian could not be trusted with the master key.
The trainee was playing on his phone when the alarm went off.
The reason is simple: the installer was in a hurry.
The marketing team's neglect of the list is to blame.
The clerk turned off his phone at noon.
The hotel manager never returned our calls.
The delay is entirely on the logistics team.
The problem sat in front of the keyboard.
The mistake was obvious, and a trained eye would have caught it.
A bit more diligence from the warehouse would have saved the crates.
That was a dumb thing to do by the lighting crew.
The apprentice broke the checkout page on her second day.
The platform engineers keep breaking the build.
The nurses were too busy arguing to hear the alarm.
The duty engineer finally got around to reading the log.
The shift lead, who had been told about the leak, did not pass it on.
The facilities manager let the contract lapse.
The team lead brushed aside our doubts.
The previous maintainer left us with scripts that nobody understands.
Team Blue deployed straight to production without telling Team Green.
It was a case of the left hand not knowing what the right hand was doing.
""".strip().split("\n")

BLAMELESS = """
The council approved the second pump in May.
The bank answered our letters within a day.
The bank did not answer before noon.
The exchange failed to publish the list.
NGINX refused to listen on port 80.
TCP refused to acknowledge the packet.
AWS failed to communicate with the sensor.
The CDN failed to keep the connection.
XYZ failed to resolve the name of our host.
DNS failed to answer for six minutes.
GDPR requires us to tell the members within 72 hours.
The NFS client gave up on the mount.
The kernel abandoned the dump.
The job abandoned its lease.
Visitors abandoned their baskets.
The server's refusal to accept connections ended at 10:30.
The vendor's refusal rate is 2 %.
If the supplier refused to pay, the contract would end.
Without the bank's refusal to pay we would not have noticed.
The greedy algorithm left two trucks empty.
The greedy expression took all the time.
Inexperienced volunteers were given a buddy.
Inexperienced users can now undo a deletion.
The board's decision to move the drill to May was announced.
The decision was reversed by the controller.
The leak left us without water for a day.
The token could not be trusted by the gateway.
Nobody was bothered by the noise.
The plant's pride is the old turbine.
The crawler was faster than the limit.
The regulator, a valve, failed to respond to the pressure.
The ministers approved the budget.
The client never returned a response.
The load was entirely on the second line.
The keyboard stood in front of the till.
The hook broke the seal.
The crew was too busy to answer, as three alarms rang at once.
The left valve did not open.
The night porter left at half past two, when the shift ends.
Team Blue deployed at 10:00 and Team Green at 10:02.
The engineer's build did not pass on the first try.
The lease was let go by the node.
""".strip().split("\n")


@pytest.mark.parametrize("sentence", BLAMING)
def test_what_only_people_decide_blames_an_organisation(sentence: str) -> None:
    assert any(each.kind is not Kind.OURSELVES for each in find_blame(sentence, NAMES))


@pytest.mark.parametrize("sentence", BLAMING)
def test_the_quick_look_lets_it_through(sentence: str) -> None:
    assert is_suspicious(sentence, NAMES, ourselves=False)


@pytest.mark.parametrize("sentence", BLAMELESS)
def test_a_system_of_such_a_name_blames_nobody(sentence: str) -> None:
    assert list(find_blame(sentence, NAMES)) == []
