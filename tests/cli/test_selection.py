from __future__ import annotations

import pytest

from app.cli.selection import find_rule, no_such_rule, select_codes
from tests.cli.builders import OWNER_MISSING, RULES


@pytest.mark.parametrize("word", ["CO402", "co402", "action-owner-missing", "Action-Owner-Missing", " CO402 "])
def test_a_rule_is_found_by_code_or_name_in_any_case(word: str) -> None:
    assert find_rule(word, RULES) is OWNER_MISSING


def test_all_rules_are_selected_when_nothing_is_said() -> None:
    assert select_codes((), (), RULES) == {"CO304", "CO402", "CO505"}


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        (["CO4"], [], {"CO402"}),
        (["CO4,timeline-order"], [], {"CO304", "CO402"}),
        (["CO3", "CO5"], ["named-fault"], {"CO304"}),
        ([], ["co"], set()),
        ([" CO4 , "], [], {"CO402"}),
    ],
)
def test_rules_are_selected_by_code_prefix_and_name(select: list[str], ignore: list[str], expected: set[str]) -> None:
    assert select_codes(select, ignore, RULES) == expected


@pytest.mark.parametrize("word", ["CO9", "CO4021", "4", "action-*"])
def test_a_word_that_names_no_rule_is_an_error(word: str) -> None:
    with pytest.raises(ValueError, match="there is no rule"):
        select_codes([word], (), RULES)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("action-owner-mising", "action-owner-missing (CO402)"),
        ("CO420", "CO402 (action-owner-missing)"),
        ("co4o2", "CO402 (action-owner-missing)"),
    ],
)
def test_a_typo_gets_a_suggestion(word: str, meant: str) -> None:
    assert no_such_rule(word, RULES) == f"there is no rule {word!r}; did you mean {meant}?"


def test_without_anything_near_the_list_is_pointed_at() -> None:
    assert no_such_rule("zzz", RULES) == "there is no rule 'zzz'; `closeout rules` lists them all"
