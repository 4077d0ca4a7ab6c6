import pytest

from app.sandbox.markup import render_markdown

DANGERS = (
    *("<script", "<img", "<svg", "<style", "<b ", "<details o", "<summary s"),
    *('href="javascript', "hidden", '" onmouse'),
)


def test_tables_code_and_folds_are_shown() -> None:
    fold = "<details>\n<summary>More</summary>\n\n**bold**\n\n</details>"
    html = render_markdown(f"| a | b |\n|---|---|\n| `x` | y |\n\n{fold}")
    pieces = [
        "<table>",
        "<code>x</code>",
        "<details>",
        "<summary>More</summary>",
        "<strong>bold</strong>",
        "</details>",
    ]
    for piece in pieces:
        assert piece in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onclick='x()'>b</b>",
        "<details ontoggle=alert(1) open>",
        "<summary style='position:fixed'>x</summary>",
        '<a href="javascript:alert(1)">x</a>',
        "[x](javascript:alert(1))",
        "![x](https://example.com/x.png)",
        '[x](https://example.com "🔴 onmouseover=alert(1) x=")',
        "<svg/onload=alert(1)>",
        "`<script>`",
        "<!-- hidden --><style>p{}</style>",
        "<details\n<script>alert(1)</script>",
    ],
)
def test_nothing_harmful_comes_through(text: str) -> None:
    html = render_markdown(text)
    for danger in DANGERS:
        assert danger not in html, html


def test_a_tag_that_was_not_opened_cannot_close_the_page_around_it() -> None:
    assert render_markdown("</details></summary>text").count("</") == 0
    assert render_markdown("<details><summary>open") == "<details><summary>open</summary></details>"


def test_alerts_have_their_colour() -> None:
    assert '<blockquote class="alert warning">' in render_markdown("> [!WARNING]\n> Look out")


def test_signs_need_no_emoji_font() -> None:
    assert render_markdown("🔴 x") == '<p><span class="spot failure"></span> x</p>\n'


def test_a_chart_that_github_would_draw_is_folded_and_says_so() -> None:
    html = render_markdown('```mermaid\nxychart-beta\n    bar ["<script>"]\n```\n\n```yaml\na: 1\n```')
    assert html.startswith("<details><summary>A chart, which GitHub draws from this text</summary>\n<pre><code")
    assert "&lt;script&gt;" in html
    assert html.count("<details>") == html.count("</details>") == 1
    assert html.index("</details>") < html.index("a: 1")


def test_the_ends_of_lines_stay_in_issues_and_comments() -> None:
    assert "<br" not in render_markdown("one\ntwo")
    assert render_markdown("one\ntwo", breaks=True) == "<p>one<br />\ntwo</p>\n"


def test_links_can_be_led_elsewhere_or_taken_away() -> None:
    text = "[one](https://a.example) [two](https://b.example)"
    html = render_markdown(text, lambda href: "#here" if "a.example" in href else None)
    assert '<a href="#here">one</a>' in html
    assert '<a class="unlinked">two</a>' in html


def test_no_text_is_no_html() -> None:
    assert render_markdown(None) == render_markdown("") == ""
