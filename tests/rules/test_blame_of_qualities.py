"""Blame for what people are like, and what comes near it without blaming anybody."""

from __future__ import annotations

import pytest

from rules.language.blame import Kind, find_blame
from tests.rules.quick_look import is_suspicious

NAMES = frozenset({"dana"})

BLAMING = """
They chose panic over process, guessing over understanding, and speed over correctness.
The technician chose speed over safety.
The night crew picked convenience over caution.
Dana put speed over care.
The engineer's mental model was so poor that they connected two unconnected dots.
The nurse's grasp of the dosage table was so weak that she doubled it.
The operator's understanding of the crane was inadequate.
The pharmacist's knowledge of the new labels was poor.
Instead, the engineer kept moving forward, piling fixes on top of fixes.
The operator kept going, stacking workarounds on workarounds.
After that the plumbers went on, heaping patches upon patches.
They deployed broken code repeatedly anyway, flooding the channel with errors.
They served the untested batch anyway.
The mechanic installed the faulty valve anyway.
We can now look at the issue the employee may have caused.
We measured the damage that the contractor caused.
It took a day to clean up the mess Dana had caused.
The flood came about through a complete disregard for the checklist.
There was utter disregard for the safety of the guests.
It fell over because of panic-driven debugging.
The reason for the incident was a commit performed by a new hire of version 2 of the menu.
The cause of the flood was a change made by a trainee.
The reason for the stop was a deployment done by an intern to the main line.
""".strip().split("\n")

BLAMELESS = """
The mental model of the dashboard was poor.
Our mental model was that the queue was empty.
The mental model of the responders was that the queue was empty.
The team chose consistency over availability.
The team chose a rollback over a fix forward.
The operator chose the safe option over the fast one.
The scheduler prefers speed over accuracy.
The driver kept moving forward until the lights went out.
The engineer kept investigating, comparing logs with metrics.
The forklift was stacking boxes on boxes.
We did not want to keep piling fixes on top of fixes.
We deployed the fix anyway.
They deployed the hotfix anyway, since the tests were green.
The engineers deployed the change repeatedly to find the limit.
The parser showed complete disregard for whitespace.
There was no disregard for the rules.
The issue that the deploy may have caused was looked at.
The issue was caused by the deploy.
The problem the users caused was load.
The reason for the pause was a request made by a customer.
The reason for the delay was a query issued by the scheduler.
The first report was a call made by a nurse.
The alert was raised by a new hire.
A panic-driven reboot of the node ended it.
The lift's knowledge of the floors was poor.
""".strip().split("\n")


@pytest.mark.parametrize("sentence", BLAMING)
def test_what_people_are_said_to_be_like_blames_them(sentence: str) -> None:
    assert any(each.kind is not Kind.OURSELVES for each in find_blame(sentence, NAMES))


@pytest.mark.parametrize("sentence", BLAMING)
def test_the_quick_look_lets_it_through(sentence: str) -> None:
    assert is_suspicious(sentence, NAMES, ourselves=False)


@pytest.mark.parametrize("sentence", BLAMELESS)
def test_a_look_alike_blames_nobody(sentence: str) -> None:
    assert list(find_blame(sentence, NAMES)) == []
