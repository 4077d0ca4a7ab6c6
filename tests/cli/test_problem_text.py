from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from app.cli.excerpt import cells
from app.cli.problem_text import wrap

_WORDS = st.lists(
    st.sampled_from(["Name", "one", "person,", "`- Authors: Ana (@ana)`,", "https://example.org/a-b?c=d", "修复", "-"]),
    min_size=1,
)


def test_code_is_never_broken() -> None:
    assert wrap("Add `- Severity: SEV-2`, with the number your scale gives.", 23) == [
        "Add",
        "`- Severity: SEV-2`,",
        "with the number your",
        "scale gives.",
    ]


def test_a_url_longer_than_the_line_stays_whole() -> None:
    assert wrap("See https://example.org/a-very-long-path now", 12) == [
        "See",
        "https://example.org/a-very-long-path",
        "now",
    ]


def test_a_backtick_without_its_partner_is_a_letter() -> None:
    assert wrap("a ` b c", 3) == ["a `", "b c"]


def test_an_empty_message_is_no_line() -> None:
    assert wrap("", 40) == []


@given(_WORDS, st.integers(5, 60))
def test_lines_fit_unless_one_word_does_not_and_nothing_is_lost(words: list[str], width: int) -> None:
    text = " ".join(words)
    lines = wrap(text, width)
    assert " ".join(lines) == text
    for line in lines:
        assert cells(line) <= width or len(re.findall(r"(?:`[^`]*`|\S)+", line)) == 1
