"""A suggestion is made only where it is probably right."""

from __future__ import annotations

import pytest

from rules.checking import known_rules
from rules.nearest import nearest


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("action-vage", "action-vague"),
        ("Action-Owner-Mising", "action-owner-missing"),
        ("human-eror", "human-error"),
        ("co4o2", "CO402"),
        ("C0402", "CO402"),
        ("CO04", None),
        ("CO999", None),
        ("CO4021", None),
        ("no-such-rule", None),
        ("x", None),
        ("", None),
    ],
)
def test_a_rule_is_suggested_where_it_is_spelt_nearly_so(word: str, meant: str | None) -> None:
    assert nearest(word, known_rules()) == meant


def test_swapped_digits_are_a_slip() -> None:
    assert nearest("CO420", ["CO402", "CO501"]) == "CO402"


def test_the_beginning_of_a_word_is_enough() -> None:
    assert nearest("fac", ["facilitators"]) is None
    assert nearest("facil", ["facilitators", "managers"]) == "facilitators"


def test_among_no_words_none_is_near() -> None:
    assert nearest("enforce", []) is None
