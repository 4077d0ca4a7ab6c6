from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli.excerpt import cells, cut, excerpt


def marked(line: str, start: int, end: int, width: int = 80) -> str:
    shown = excerpt(line, start, end, width)
    return f"{shown.line}\n{' ' * shown.offset}{'^' * shown.length}"


def test_the_mark_is_under_the_stretch() -> None:
    assert marked("- Better monitoring", 2, 8) == "- Better monitoring\n  ^^^^^^"


def test_an_empty_stretch_is_marked_with_one_caret() -> None:
    assert marked("abc", 1, 1) == "abc\n ^"
    assert marked("", 0, 0) == "\n^"


def test_a_stretch_at_the_end_of_the_line_is_marked_after_it() -> None:
    assert marked("abc", 3, 3) == "abc\n   ^"


def test_wide_characters_count_two_cells() -> None:
    shown = excerpt("修复 the 🎉 cache", 3, 6, 80)
    assert (shown.offset, shown.length) == (5, 3)
    assert excerpt("修复 the", 0, 2, 80).length == 4


def test_a_tab_becomes_spaces_up_to_the_next_stop() -> None:
    assert marked("\tok\tbad", 4, 7) == "    ok  bad\n        ^^^"


def test_escape_sequences_and_direction_overrides_are_made_visible() -> None:
    assert excerpt("a\x1b[31mb\u202ec", 0, 1, 80).line == "a␛[31mb\ufffdc"


def test_a_long_line_is_cut_around_the_mark() -> None:
    line = "x" * 500 + "HERE" + "y" * 500
    shown = excerpt(line, 500, 504, 40)
    assert shown.line.startswith("…")
    assert shown.line.endswith("…")
    assert shown.line[shown.offset : shown.offset + shown.length] == "HERE"
    assert len(shown.line) == 40


def test_the_beginning_of_a_long_line_is_shown_when_the_mark_is_there() -> None:
    assert excerpt("HERE" + "y" * 500, 0, 4, 20) == ("HERE" + "y" * 15 + "…", 0, 4)


def test_a_mark_that_is_wider_than_the_terminal_ends_with_the_shown_part() -> None:
    shown = excerpt("x" * 500, 100, 400, 40)
    assert shown.offset + shown.length == len(shown.line) == 40


@given(
    st.text(alphabet=st.sampled_from("ab \t\x1b修🎉é\u0301"), max_size=120),
    st.integers(0, 130),
    st.integers(0, 130),
    st.integers(12, 60),
)
def test_whatever_the_line_it_fits_and_the_mark_is_visible(line: str, start: int, length: int, width: int) -> None:
    shown = excerpt(line, start, start + length, width)
    assert cells(shown.line) <= width
    assert shown.length >= 1
    assert shown.offset <= cells(shown.line)
    assert "\x1b" not in shown.line


@pytest.mark.parametrize(("text", "width", "expected"), [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("修复了", 4, "修…")])
def test_a_text_is_cut_by_cells(text: str, width: int, expected: str) -> None:
    assert cut(text, width) == expected
