"""Running text with its masks, suppressions, and the language of a document."""

from __future__ import annotations

import pytest

from rules.postmortem import Passage
from rules.reading import read

MASK = "\ufffc"


def passages(body: str) -> tuple[Passage, ...]:
    return read(f"{body}\n").passages


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("run `rm -rf`, now", f"run {MASK}, now"),
        ("see <https://example.org/a> or www.example.org/b, ok", f"see {MASK} or {MASK} ok"),
        ("a **bold** [link](https://example.org) *word*", "a bold link word"),
        ("a <b>word</b>", f"a {MASK}word{MASK}"),
        ('it said "cannot write to disk sda1" twice', f"it said {MASK} twice"),
        ('the so-called "quick fix" was slow', 'the so-called "quick fix" was slow'),
        ("two\nlines", "two lines"),
        ("mail ana@example.org", f"mail {MASK}"),
        ("ask @ana", "ask @ana"),
        ("a &amp; b \\* c", "a & b * c"),
    ],
)
def test_code_addresses_html_and_quotations_are_masked(written: str, text: str) -> None:
    assert [passage.text for passage in passages(written)] == [text]


def test_a_masked_stretch_leads_back_to_where_it_stands() -> None:
    (passage,) = passages("é `code` word")
    assert read("é `code` word").source.slice(passage.span(4, 8)) == "word"


def test_passages_know_their_section_and_whether_they_are_quoted() -> None:
    found = passages("# x\n\n## Timeline\n\n- 10:32 a\n  - b\n\n> c\n\n## Weather\n\n| d | e |\n|--|--|\n\n```\nf\n```")
    assert [(passage.text, passage.section, passage.quoted) for passage in found] == [
        ("x", None, False), ("Timeline", "timeline", False), ("10:32 a", "timeline", False), ("b", "timeline", False),
        ("c", "timeline", True), ("Weather", None, False), ("d", None, False), ("e", None, False),
    ]  # fmt: skip


def test_a_suppression_applies_to_its_line_or_to_the_next() -> None:
    text = (
        "# x\n\nAna forgot. <!-- closeout: ignore CO505 because it is a quotation -->\n\n"
        "<!-- closeout: ignore CO505, action-vague\nbecause so -->\n\nText\n"
    )
    first, second = read(text).suppressions
    assert (first.codes, first.reason, first.line) == (("CO505",), "it is a quotation", 3)
    assert (second.codes, second.reason, second.line) == (("CO505", "action-vague"), "so", 8)
    assert read(text).source.slice(first.span).startswith("<!-- closeout")


def test_a_suppression_needs_no_reason_to_be_seen_and_in_code_is_none() -> None:
    found = read(
        "<!-- closeout: ignore CO505 -->\nx\n\n`<!-- closeout: ignore CO1 -->`\n\n    <!-- closeout: ignore CO2 -->\n"
    ).suppressions
    assert [(each.codes, each.reason) for each in found] == [(("CO505",), "")]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The queue was slow and we did not know that it was the limit of the database, which we had set.", "en"),
        ("Die Schlange war lang und wir sahen nicht, dass es an dem Limit lag, das von uns für die Nacht war.", "de"),
        ("La file était lente et nous ne savions pas que la limite de la base avait été fixée par nous en mai.", "fr"),
        ("数据库的连接数达到上限，导致队列变慢，值班工程师在十分钟后收到告警并开始处理。随后我们提高了上限并恢复了服务。",
        "zh"),
        ("Too short to tell.", None),
    ],
)  # fmt: skip
def test_the_language_is_told_by_its_commonest_words(text: str, language: str | None) -> None:
    assert read(text).language == language
