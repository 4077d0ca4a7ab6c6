from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rules.lower_case import without_capitals


def test_capitals_become_small() -> None:
    assert without_capitals("Alert on LAG") == "alert on lag"


@given(st.text())
def test_every_character_keeps_its_place(text: str) -> None:
    assert len(without_capitals(text)) == len(text)


def test_a_capital_whose_small_form_is_two_characters_becomes_one() -> None:
    assert without_capitals("İS") == "is"
