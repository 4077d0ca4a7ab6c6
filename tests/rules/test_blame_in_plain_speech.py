"""Blame as people speak: slang, irony, mistakes of those who write in another language; and its look-alikes."""

from __future__ import annotations

import pytest

from rules.language.blame import Kind, find_blame
from tests.rules.quick_look import is_suspicious

NAMES = frozenset({"dana"})

BLAMING = """
Sales manager clicked on confirm without to read.
The marketing manager pressed the button again without to think.
Our stage designer can't tell an exit from an entrance, apparently.
The fitter cannot read a drawing.
Maintenance wasted an hour on the wrong pump.
The organisers have only themselves to thank.
The mayor has nobody to blame but himself.
The registry could not be troubled to tell us that the hall had been moved.
The ushers couldn't be arsed to report the smell.
4.2 Had the inspecting officer read the permit, the gate would not have been opened.
However, our purchasing has simply slept and not ordered the seal.
Dana knew about the crack and kept quiet.
The porter noticed the smell and said nothing.
The box was ticked by someone who had done no such thing.
The evening crew shrugged it off as an echo.
Nobody in the planning office had the sense to count the chairs.
The architects chose to look the other way.
The captain announced that all was well before checking a single gauge.
The clerk closed the file before reading any of it.
The stage designer has no understanding of load.
The nurse is the one to blame.
The trainee managed to take down both boilers.
The captain made a series of poor choices.
The foreman had been drinking.
The night nurse was on Instagram.
The caretaker was nowhere to be seen.
Greta must have been dreaming when she typed that address.
The project lead swept the warnings aside.
The technician guessed the voltage instead of measuring it.
The officer just clicked through all the warnings.
Inattentive staff let two people through.
It is hard to understand why the foreman did not pull the lever.
""".strip().split("\n")

BLAMELESS = """
Nobody was looking for a culprit.
Nobody panicked, and nobody was looking for the guilty.
Purchasing ordered the seal on Monday.
The maintenance window closed at four.
Maintenance found the loose plug at 07:05.
The registry could not be reached.
The parser cannot read a file without a header.
The client cannot tell a timeout from an error.
The alarm stayed silent.
The thread has slept for 40 ms.
The porter checked the gauge before even opening the door.
The officer had read the old permit.
2.1 Had the valve closed, the tank would not have run over.
The guard had the sense of a draught and closed the window.
There was a lack of staff on both nights.
A lack of human and technical capacity delayed the second phase.
A lack of drivers closed two lines.
It is hard to understand why the pump failed.
It is hard to see from the panel which lever is pulled.
The caretaker was on the roof.
The valve must have been open.
The officer clicked through five dialogs that look alike, as the manual asks.
The siren kept quiet because its fuse had blown.
""".strip().split("\n")


@pytest.mark.parametrize("sentence", BLAMING)
def test_plain_speech_blames(sentence: str) -> None:
    assert any(each.kind is not Kind.OURSELVES for each in find_blame(sentence, NAMES))


@pytest.mark.parametrize("sentence", BLAMING)
def test_the_quick_look_lets_it_through(sentence: str) -> None:
    assert is_suspicious(sentence, NAMES, ourselves=False)


@pytest.mark.parametrize("sentence", BLAMELESS)
def test_plain_speech_that_blames_nobody(sentence: str) -> None:
    assert not any(each.kind is not Kind.OURSELVES for each in find_blame(sentence, NAMES))


def test_behind_cannot_blame_is_marked_where_it_stands() -> None:
    text = "The lamp cannot be seen from there, and Dana forgot to light it."
    (found,) = find_blame(text, NAMES)
    assert text[found.start : found.end].startswith("Dana forgot")
