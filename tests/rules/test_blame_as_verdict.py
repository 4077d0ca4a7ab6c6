"""Blame as a verdict, as a choice and as a habit; and the sentences that look like it."""

from __future__ import annotations

import pytest

from rules.language.blame import find_blame
from tests.rules.quick_look import is_suspicious

NAMES = frozenset({"dana"})

BLAMING = """
The culprit was Dana.
The weakest link is the operator on shift.
The planning of the release team was abysmal.
The analysts' attitude towards backups is the main problem.
It never occurred to the developers that the clock could jump.
The blame is squarely on the facilities team.
The fault is with the trainee.
It took the storage team much too long to join.
The release manager gave the go-ahead although the canary was failing.
The approver decided to skip the review.
The night shift chose to ignore the alarm.
Dana always merges without review.
Developers just don't read the runbook.
They could have simply asked.
The on-call engineer rolled the dice and failed over.
The architects were in denial.
The consultant left the repository in an awful state.
Dana does not test her changes.
The engineers do not listen.
The analyst poked at the mirror instead of reading the page.
The operator on shift left no notes whatsoever.
The trainee pushed the build regardless.
The supervisors chose to live with the leak.
The team never got around to the alarm.
The vendor engineer's reply was dismissive.
A careless keystroke stopped the belt.
""".strip().split("\n")

BLAMELESS = """
The culprit was a stale lease.
The culprit was not Dana, but the form.
The link was down.
The response of the proxy was slow.
The communication of the team was clear.
The fault is with the switch in rack 2.
It did not occur to us.
It took the backup far too long to finish.
The lead gave the go-ahead at 10:04.
The team decided to skip the broken mirror.
The night shift chose to wait for the replica.
Dana always merges behind two approvals.
The workers simply don't read the header.
A comment said that our engineers are clueless.
The support of the client for IPv6 was poor.
Dana does not have access to it.
The engineers do not see their own traces.
The analyst used the mirror instead of running the query by hand.
The team took no notes of the call.
The trainee pushed the build regardless of the colour.
Dana fixed the index anyway.
The sensor left no trace.
It did not occur to the planner to use the index.
At first the responders blamed the network.
""".strip().split("\n")


@pytest.mark.parametrize("text", BLAMING)
def test_a_verdict_on_people_is_blame(text: str) -> None:
    assert list(find_blame(text, NAMES))
    assert is_suspicious(text, NAMES)


@pytest.mark.parametrize("text", BLAMELESS)
def test_a_verdict_on_things_and_a_plain_choice_are_none(text: str) -> None:
    assert list(find_blame(text, NAMES)) == []
