"""Nothing that a document says can act in our Markdown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.render.text import code, fit, message, permalink, quoted

FOREIGN = st.text(alphabet=st.sampled_from("ab @#`|*_[]()<>!\\~\n\t-fixescloser#12é😀"), max_size=40)


def test_nobody_is_mentioned() -> None:
    assert quoted("ask @ana") == "ask @\u200bana"
    assert code("ask @ana") == "`ask @\u200bana`"


def test_no_issue_is_closed() -> None:
    assert quoted("This fixes #12") == "This fixes\u200b \\#12"
    assert quoted("Closes acme/shop#7") == "Closes\u200b acme/shop\\#7"


def test_markup_is_shown_as_it_is() -> None:
    assert quoted("<b>*x*</b> | [y](z) <!-- q -->") == "\\<b\\>\\*x\\*\\</b\\> \\| \\[y\\](z) \\<!-- q --\\>"


def test_code_in_a_message_is_code() -> None:
    assert message("Write `Owner: @ana`, not _them_.") == "Write `Owner: @\u200bana`, not \\_them\\_."


def test_code_survives_backticks() -> None:
    assert code("a`b") == "``a`b``"
    assert code("`x`") == "`` `x` ``"


@given(FOREIGN)
def test_whatever_is_quoted_stays_on_its_line_and_mentions_nobody(text: str) -> None:
    for shown in (quoted(text), code(text), message(text)):
        assert "\n" not in shown
        assert "@" not in shown.replace("@\u200b", "")


def test_a_link_survives_any_path() -> None:
    link = permalink("https://github.test/a/b", "c" * 40, "post mortems/ä#1?.md", 3, 5)
    assert link == f"https://github.test/a/b/blob/{'c' * 40}/post%20mortems/%C3%A4%231%3F.md?plain=1#L3-L5"


def test_what_fits_is_whole_and_the_rest_is_counted() -> None:
    parts = ["x" * 40] * 10
    assert fit(parts, "_{n} more_", budget=1000) == "\n\n".join(parts)
    cut = fit(parts, "_{n} more_", budget=200)
    assert cut.endswith("_6 more_")
    assert cut.count("x" * 40) == 4


@given(st.lists(st.text(max_size=50), max_size=30), st.integers(min_value=30, max_value=400))
def test_nothing_is_longer_than_its_budget(parts: list[str], budget: int) -> None:
    assert len(fit(parts, "_{n} more_", budget)) <= budget
