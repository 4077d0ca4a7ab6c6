from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import words
from rules.phrases import PhraseList, phrase_list
from rules.words import alternatives, word_list

LEXICON = Path(words.__file__).with_name("lexicon")
PHRASES = ("page", "paged", "can't see", "roll back", "rolled back to", "rolled back", "on-call", "5xx")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Nothing of it", []),
        ("ana was PAGED at noon", ["PAGED"]),
        ("pages and paged", ["paged"]),
        ("we can’t  see it", ["can’t  see"]),
        ("rolled back to 1.2", ["rolled back to"]),
        ("rolled back today", ["rolled back"]),
        ("rolled\nback", ["rolled\nback"]),
        ("rolled     back", []),
        ("the on-call engineer, not the pre-on-call one", ["on-call"]),
        ("page page", ["page", "page"]),
        ("İİ page", ["page"]),
        ("5xx_total but 5xx.", ["5xx"]),
    ],
)
def test_phrases_are_found_as_whole_words(text: str, found: list[str]) -> None:
    assert [text[slice(*place)] for place in PhraseList(PHRASES).places(text)] == found


def test_a_hyphen_joins_words_unless_the_list_says_otherwise() -> None:
    assert not PhraseList(["page"]).is_in("page-out")
    assert PhraseList(["page"], parted=True).is_in("page-out")


def test_a_phrase_is_looked_for_at_a_place() -> None:
    verbs = PhraseList(["add", "add up"])
    assert verbs.end_at("please add up", 7) == len("please add up")
    assert verbs.end_at("please add up", 0) == 0
    assert verbs.end_at("", 0) == 0


def test_words_that_hold_no_phrase_are_told_without_the_text() -> None:
    known = PhraseList(PHRASES)
    assert known.may_be_among(frozenset({"we", "rolled", "back"}))
    assert not known.may_be_among(frozenset({"we", "rolled", "it"}))


@given(st.lists(st.sampled_from([*PHRASES, "’", " ", "  ", "-", "_", "x", ".", "\n", "Rolled", "BACK"])).map("".join))
@pytest.mark.parametrize("parted", [False, True])
def test_it_finds_what_a_regular_expression_finds(parted: bool, text: str) -> None:
    joint = r"\w" if parted else r"[\w-]"
    pattern = re.compile(rf"(?<!{joint}){alternatives(PHRASES)}(?!{joint})", re.IGNORECASE)
    assert list(PhraseList(PHRASES, parted=parted).places(text)) == [each.span() for each in pattern.finditer(text)]


def test_a_list_written_as_one_text_is_parted_at_commas_and_line_ends() -> None:
    assert {"alert", "alerts", "reported by"} <= set(word_list("timeline", "detected"))
    assert phrase_list("timeline", "detected").is_in("This was Reported by a customer.")


@pytest.mark.parametrize("path", sorted(LEXICON.glob("*.toml")), ids=lambda path: path.stem)
def test_a_word_list_can_be_read_by_people_and_compared_line_by_line(path: Path) -> None:
    assert not [line for line in path.read_text(encoding="utf-8").split("\n") if len(line) > 200]
