"""Positions are exact: in characters, whatever stands before them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.postmortem import Postmortem, Span
from rules.reading import read
from tests.rules.reading.documents import RICH
from tests.rules.reading.test_robustness import mutants, spans_of

MASK = "\ufffc"


def assert_passages_slice_back(postmortem: Postmortem) -> None:
    source = postmortem.source
    for passage in postmortem.passages:
        for index, character in enumerate(passage.text):
            written = source.slice(passage.span(index, index + 1))
            if character == " ":
                assert written.isspace() or written in ("<", "\\", "&")
            elif character != MASK:
                assert written in (character, "&", "\0")  # an entity begins with an ampersand


def everything(postmortem: Postmortem) -> list[object]:
    return [
        postmortem.headline, dict(postmortem.fields), postmortem.sections, postmortem.timeline, postmortem.actions,
        postmortem.suppressions, postmortem.authors, postmortem.start, postmortem.end,
        [passage.text for passage in postmortem.passages],
        list(spans_of(postmortem)),
    ]  # fmt: skip


def test_every_character_of_a_passage_leads_back_to_itself() -> None:
    assert_passages_slice_back(read(RICH))


@given(mutants())
@settings(max_examples=60, deadline=None)
def test_it_does_so_in_a_damaged_document(text: str) -> None:
    assert_passages_slice_back(read(text))


def test_a_byte_order_mark_shifts_nothing() -> None:
    assert everything(read("\ufeff" + RICH)) == everything(read(RICH))


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings_shift_nothing(ending: str) -> None:
    assert everything(read(RICH.replace("\n", ending))) == everything(read(RICH))


@given(st.text(alphabet="aé🙂İ\u0301字", min_size=1, max_size=12))
@settings(max_examples=30, deadline=None)
def test_wide_characters_before_a_passage_shift_only_its_columns(word: str) -> None:
    postmortem = read(f"# T\n\n## Action items\n\n- {word} alert. Owner: @ana\n")
    (item,) = postmortem.actions
    assert item.owners[0].span == Span(5, 3 + len(word) + 15, 5, 3 + len(word) + 19)
    assert postmortem.source.slice(item.owners[0].span) == "@ana"


def test_each_part_of_a_document_is_where_it_says() -> None:
    postmortem = read(RICH)
    source = postmortem.source
    assert postmortem.headline is not None
    assert source.slice(postmortem.headline.span) == "Checkout lag 🙂"
    assert source.slice(postmortem.fields["severity"].value.span) == "SEV-2"
    assert source.slice(postmortem.authors[1].span) == "@ben"
    assert source.slice(postmortem.commanders[0].span) == "Cem Özil (@cem)"
    assert [source.slice(entry.time.span) for entry in postmortem.timeline if entry.time] == [
        "10:32", "~10:40", "11:14", "23:50"
    ]  # fmt: skip
    assert [source.slice(item.title_span) for item in postmortem.actions] == ["Alert on lag", "Done one", "Add `x"]
    assert [source.slice(item.due_text.span) for item in postmortem.actions if item.due_text] == [
        "2026-06-01", "2026-06-08", "Jul 28, 2026"
    ]  # fmt: skip
    assert postmortem.actions[0].criterion is not None
    assert source.slice(postmortem.actions[0].criterion.span) == "pages within 5 min"
