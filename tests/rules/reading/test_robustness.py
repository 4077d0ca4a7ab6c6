"""Nothing a document contains can raise, and every position lies in the document."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.postmortem import Postmortem, Span
from rules.reading import LIMIT, read, read_bytes
from tests.cpu_time import assert_takes_less
from tests.rules.reading.documents import RICH

_MARKUP = "# |## Timeline~|## Action items~|- |  - |1. |> |```~|**|[|](|)|`|<!--|-->|~|&amp;|&#0;|(|---~|a: b~|<<: *x~"
_WORDS = (
    "10:32 |24:00 |2026-02-30 |UTC|+99:99|0000-00-00|9999-12-31 23:59 (+1)|Europe/Nowhere|@ana|Owner: |Due: |P0"
    "|Duration: |→|999999 days|10:32 (start) → 9:00 (end)|🙂|é|İ"
)
PIECES = [piece.replace("~", "\n") for piece in f"{_MARKUP}|{_WORDS}".split("|")]
PIECES += ["| a | b |\n", "|---|---|\n", "~~", "\\", "\r\n", "\r", "\t", "\ufeff", "\0"]
PIECES += [
    "→ ",
    "(a) ",
    "(b) ",
    "A. ",
    "\n o ",
    "<li>",
    "</ul>",
    "<table>",
    "<tr><td>",
    "<td>",
    "</table>",
    "<h2>",
    "<b>x</b>",
]
PIECES += ["TODO(ana): ", "AB-1: ", "\n: ", "## Plan\n", "## Potatoes\n", "Add ", "will "]
PIECES += ["\ud800", "\u2028", "\x85"]
soup = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=60).map("".join)


@st.composite
def mutants(draw: st.DrawFn) -> str:
    """The rich document with stretches cut out, doubled, or replaced."""
    text = RICH
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        text = text[:start] + draw(st.sampled_from([*PIECES, "", text[start:end] * 2])) + text[end:]
    return text


def spans_of(postmortem: Postmortem) -> Iterator[Span]:
    yield from (field.span for field in postmortem.fields.values())
    yield from (field.value.span for field in postmortem.fields.values())
    for section in postmortem.sections:
        yield from (section.heading, section.span)
    for entry in postmortem.timeline:
        yield entry.span
        yield from [entry.time.span] if entry.time else []
    for item in postmortem.actions:
        yield from (item.span, item.title_span, *(owner.span for owner in item.owners))
        yield from (text.span for text in (item.due_text, item.priority_text, item.criterion) if text)
    for passage in postmortem.passages:
        yield passage.span(0, len(passage.text))
    yield from (suppression.span for suppression in postmortem.suppressions)
    yield from (defect.span for defect in postmortem.defects)


def assert_positions_hold(postmortem: Postmortem) -> None:
    source = postmortem.source
    for span in spans_of(postmortem):
        assert 1 <= span.line <= span.end_line <= source.lines
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        assert (
            0
            <= source.offset(span.line, span.column)
            <= source.offset(span.end_line, span.end_column)
            <= len(source.text)
        )


@given(soup)
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(text: str) -> None:
    assert_positions_hold(read(text, path="2026-05-04-x.md"))


@given(mutants())
@settings(max_examples=100, deadline=None)
def test_a_damaged_postmortem_is_read(text: str) -> None:
    assert_positions_hold(read(text))


@given(st.binary(max_size=400))
@settings(max_examples=50, deadline=None)
def test_any_bytes_are_read(data: bytes) -> None:
    assert_positions_hold(read_bytes(data))


def test_bytes_that_are_not_utf8_are_an_empty_document_with_a_defect_at_their_line() -> None:
    postmortem = read_bytes(b"# Postmortem\n\n\xff\xfe lag")
    assert postmortem.sections == ()
    assert [(defect.kind, defect.span.line) for defect in postmortem.defects] == [("encoding", 3)]


def test_a_document_over_one_mebibyte_is_not_read() -> None:
    assert [defect.kind for defect in read_bytes(b"a" * (LIMIT + 1)).defects] == ["size"]
    assert [defect.kind for defect in read("é" * (LIMIT // 2 + 1)).defects] == ["size"]
    assert read("a" * LIMIT).defects == ()


HEAVY = [
    "[",
    "*a ",
    "|",
    "|a|b|\n",
    "> ",
    "- ",
    "`a",
    "# a\n",
    "- a: b\n",
    "10:32 a\n",
    "**a**\n\n",
    "@a ",
    "Owner: ",
    " — ",
    '"a ',
    "**Summary** b\n",
    "Summary\nx\n\n",
    "<details>\n",
    "10:32 a. ",
    "- 10:32 a\n  - 10:33 b\n",
    "| 10:32 |",
    "(a, ",
    "Ana will a by 1 May 2026. ",
    "- ~~a~~ WONTDO\n",
    "### 1. a b c\n\nx\n\n",
    "→ x\n",
    "(a) x\n(b) y\n",
    "<li>a\n",
    "<table><tr><td>a</td></tr></table>\n",
    "<table>\n<td>",
    "<li><b>x ",
    "TODO(a): b\n",
    "**A.** will b\n\n",
    "a\n: b\n",
    "a\tb\n",
    "## Plan\n\nAdd x (Ana, 2026-06-01)\n\n",
]


@pytest.mark.parametrize("unit", HEAVY)
def test_a_long_document_takes_no_longer_than_its_length(unit: str) -> None:
    """A quarter of the longest document: what is quadratic takes minutes here."""
    text = "## Action items\n\n" + unit * (LIMIT // 4 // len(unit))
    assert_takes_less(3, lambda: read(text))


def test_what_follows_twenty_thousand_blocks_is_not_read_and_said_so() -> None:
    postmortem = read("## Action items\n\n" + "- step\n" * 30_000)
    assert [defect.kind for defect in postmortem.defects] == ["size"]
    assert 9_000 < postmortem.defects[0].span.line < 21_000


def test_deep_nesting_is_flattened() -> None:
    deep = "## Action items\n\n" + "".join(f"{'  ' * depth}- step {depth}\n" for depth in range(400))
    assert read(deep).actions
    assert read("> " * 5000 + "a").passages
