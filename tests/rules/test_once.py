from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rules.once import words_by_passage, words_in, words_of
from rules.reading import read

ODD = "# Über-Änderung\n\nDon't  stop: it’s 5xx—again.\r\nAnd\x0bagain\x85…\n\n| a_b | ÉTÉ |\n|---|---|\n| İ | 1 |\n"


def test_words_are_letters_and_digits_in_lower_case() -> None:
    assert words_of("Don't STOP: 5xx_errors") == ["don", "t", "stop", "5xx", "errors"]


@given(st.text(alphabet="aB1 _-.\n\r\x0b\x85\u2028’é|#*") | st.just(ODD))
def test_each_passage_has_its_own_words(text: str) -> None:
    postmortem = read(text)
    words = words_by_passage(postmortem)
    assert list(words) == [words_of(passage.text) for passage in postmortem.passages]
    assert words_in(postmortem) == {word for each in words for word in each}
