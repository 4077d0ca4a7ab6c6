"""Soft verbs whose titles name what will be there in the end, and verbs that are clear with soft things behind them."""

from __future__ import annotations

import pytest

from rules.actions.vagueness import is_vague

CLEAR = """
Standardize the syslog configuration across all access points
Standardise all tills on firmware 4
Standardize every repository on the trunk branch
Harmonise the units of the pressure gauges in both plants
Unify the names of the wards across all sites
Formalize the evacuation playbook for a gas leak
Formalise the lending agreement with the museum
The gate sensors are now more visible to the porters
Lab results have now better labels
Reopen withdrawals to let members leave over time
Re-enable the old ferry line to allow habits to change over time
Make the stop easier to see by painting it red
Make the delete button harder to hit by moving it away from the save button
Research and install a float switch in the sump
Extend the checklist to include the valve on the roof
Require proper testing by two people
Give each van a camera with a picture of the load
Have the vendor replace the lamp
Give the porter a key to the boiler room
Someone needs to replace the lamp in the stairwell
A survey form for guests in the lobby
Get a spare key for the kiosk
Final report to management
4.4 The board will publish the report by 4 May
The office will replace the lock
7.2 upgrade of the ticket gate
A lamp that works in the dark
A petition to planning
Automate failover of the ledger with Patroni
Consider the request of the union and answer it by 4 June
Add more disks to the log host so that it keeps 30 days
Keep a prompt for the till in the form
Verify the integrity of each backup with its checksum
""".strip().split("\n")

VAGUE = """
Standardize runbooks
Standardize deployments on best practices
Harmonise how the sites work
Formalize the incident process
Formalise our handovers
The gate sensors should be more visible to the porters
Make the stop easier to see
Make deliveries safer by adding more checks
Research and install better pumps
Discuss and introduce stricter rules
Extend the process to include a thorough review of any order
Enforce thorough peer review to catch slips early
Require proper testing before opening
Get a firmer grip on stock levels
Have a serious look at how the crews are briefed
Give the handbook another look
Align the crews on priorities
Work closely with the power company
Look again at staffing on public holidays
Stay ahead of certificate expiries
Make drivers aware of the new valve
Make it harder to get this wrong
Bring the stock list up to scratch
Make sure there is enough fuel
Provide additional resources to the helpdesk
Get the basics right
Vibe check on the rehearsal calendar
Something ought to be done about the gates
The ministry will foster a culture of safety
4.1 The Department shall promote good housekeeping
Guests shall be consulted on the opening hours
4.3 Appropriate safeguards will be put in place
Signs nobody has to squint at
A ticket gate that works
Ensure timely communication with guests
Strengthen the import so that bad files no longer cause problems
Fix the underlying issue
Address the findings of the audit
Define roles and responsibilities
Start a conversation with the vendor about spare parts
A workshop on handovers
Make certain the seals are in good condition
Never skip the checklist
Someone should look into the sensor
Our reaction time has to become shorter
Ensure data integrity
""".strip().split("\n")


@pytest.mark.parametrize("title", CLEAR)
def test_a_soft_verb_with_a_named_end_is_clear(title: str) -> None:
    assert not is_vague(title)


@pytest.mark.parametrize("title", VAGUE)
def test_a_soft_end_stays_vague(title: str) -> None:
    assert is_vague(title)
