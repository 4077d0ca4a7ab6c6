"""A marker says what was recorded, whatever people write around it, and never anything else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.markers import Unreadable, defused, read_marker, with_marker, without_marker

NASTY = st.text(st.sampled_from('<>-! \n"\\closeut{}') | st.characters(codec="utf-8"), max_size=60)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | NASTY,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NASTY, inner, max_size=3),
    max_leaves=8,
)
RECORDS = st.dictionaries(NASTY.filter(lambda key: key != "v"), VALUES, max_size=5)


@given(NASTY, RECORDS)
def test_what_was_recorded_is_read_back(text: str, record: dict[str, Any]) -> None:
    assert read_marker(with_marker(text, record)) == {"v": 1, **record}


@given(NASTY, RECORDS)
def test_a_marker_is_one_line_that_a_browser_hides(text: str, record: dict[str, Any]) -> None:
    line = with_marker(text, record).splitlines()[-1]
    assert line.startswith("<!-- closeout ")
    assert line.endswith(" -->")
    assert not {"<", ">"} & set(line[4:-3])
    assert "--" not in line[4:-3]


@given(NASTY, RECORDS, RECORDS)
def test_writing_again_replaces_the_marker(text: str, old: dict[str, Any], new: dict[str, Any]) -> None:
    assert with_marker(with_marker(text, old), new) == with_marker(text, new)


@given(NASTY, RECORDS)
def test_the_text_comes_back_without_the_marker(text: str, record: dict[str, Any]) -> None:
    assert without_marker(with_marker(text, record)) == defused(without_marker(text)).rstrip()


@given(NASTY, RECORDS, RECORDS)
def test_a_marker_in_quoted_text_is_shown_and_not_believed(
    text: str, quoted: dict[str, Any], own: dict[str, Any]
) -> None:
    quotation = f"> {with_marker(text, quoted)}\n\nHe wrote that."
    assert read_marker(with_marker(quotation, own)) == {"v": 1, **own}
    assert "<!-- closeout" not in defused(quotation)


@given(NASTY, RECORDS, NASTY, st.sampled_from(["\n\n", "\n", "", " "]))
def test_a_note_after_the_marker_hides_nothing_and_stays(
    text: str, record: dict[str, Any], note: str, gap: str
) -> None:
    noted = f"{with_marker(text, record)}{gap}{note}"
    assert read_marker(noted) == {"v": 1, **record}
    assert without_marker(noted).split() == [*defused(text).split(), *note.split()]


def test_the_last_line_counts_most() -> None:
    old, new = (with_marker("", {"kind": kind}) for kind in ("old", "new"))
    assert read_marker(f"{old}\n\n{new}\n\n  \n") == {"v": 1, "kind": "new"}
    assert read_marker(f"{old}\n\n{new}\n\nSee above.") == {"v": 1, "kind": "new"}
    assert without_marker(f"One.\n\n{old}\n\nTwo.\n\n{new}\n\nThree.") == "One.\n\n\n\nTwo.\n\nThree."
    assert isinstance(read_marker(f"{old}\n\n<!-- closeout {{broken -->"), Unreadable)


@pytest.mark.parametrize("quotation", ["> {}", "```\n{}\n```", "~~~json\n{}\n~~~", "    {}", "- {}", "see {}"])
def test_a_marker_that_is_quoted_counts_for_nothing(quotation: str) -> None:
    quoted, own = quotation.format(with_marker("", {"kind": "quoted"})), with_marker("Promised.", {"kind": "own"})
    assert read_marker(f"{quoted}\n\nHe wrote that.") is None
    assert read_marker(f"{own}\n\n{quoted}\n\nHe wrote that.") == {"v": 1, "kind": "own"}
    assert defused(quoted) in with_marker(f"{own}\n\n{quoted}\n\nHe wrote that.", {"kind": "new"})


def test_a_fence_that_nobody_closed_swallows_no_marker() -> None:
    assert read_marker("```\nlog\n\n" + with_marker("Promised.", {"kind": "own"}) + "\n\nA note.") is not None


@pytest.mark.parametrize("text", ["", "\n", "Promised.", "<!-- closeout: ignore CO505 because -->", "<!-- other -->"])
def test_text_without_a_marker_has_none(text: str) -> None:
    assert read_marker(text) is None


@pytest.mark.parametrize(
    "line",
    [
        '<!-- closeout {"v":1,"kind":"act',
        "<!-- closeout -->",
        '<!-- closeout {"v":2} -->',
        '<!-- closeout {"kind":"action"} -->',
        "<!-- closeout [1] -->",
        "<!-- closeout " + "[" * 100_000 + " -->",
    ],
)
def test_a_damaged_marker_is_told_from_a_missing_one(line: str) -> None:
    assert isinstance(read_marker(f"Promised.\n\n{line}"), Unreadable)
