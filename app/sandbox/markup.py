"""Markdown as GitHub shows it: tables, alerts, a few harmless tags, and nothing that could do harm.

Charts are the exception: they are folded, as text, since drawing them takes a browser's script.

Everything that is not on the short list of tags is escaped, so a document cannot smuggle in scripts, styles or images.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup, escape

ALLOWED = re.compile(r"<(/?)(details|summary|sub|sup|kbd|br)(?:\s+open)?\s*/?>", re.IGNORECASE)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
PAIRED = re.compile(r"<(/?)(details|summary|sub|sup|kbd)(?: open)?>")
ALERT = re.compile(r"<blockquote>\n<p>\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*(?:<br>)?\n?")

# Not every machine has a font with these; as text in a coloured circle they look the same everywhere.
SIGNS = {
    "❌": '<span class="dot bad">✕</span>',
    "✅": '<span class="dot good">✓</span>',
    "⬜": '<span class="ring"></span>',
    "🔴": '<span class="spot failure"></span>',
    "🟡": '<span class="spot warning"></span>',
    "🔵": '<span class="spot notice"></span>',
}

Relink = Callable[[str], str | None]


def render_markdown(text: str | None, relink: Relink | None = None, *, breaks: bool = False) -> Markup:
    """The Markdown as safe HTML; empty for None.

    `relink` may give a link another target, or with None take it away and leave its words. `breaks` keeps the ends of
    lines, as GitHub does in issues and comments.
    """
    if not text:
        return Markup("")
    html = str(_parser(relink, breaks=breaks).render(text))
    html = ALERT.sub(lambda found: _alert(found[1]), html)
    return Markup(balanced(html))  # noqa: S704 - made safe above, token by token


def _parser(relink: Relink | None, *, breaks: bool) -> MarkdownIt:
    parser = (
        MarkdownIt("commonmark", {"html": True, "breaks": breaks}).enable(["table", "strikethrough"]).disable("image")
    )
    parser.add_render_rule("text", _text)
    parser.add_render_rule("html_block", _html)
    parser.add_render_rule("html_inline", _html)
    parser.add_render_rule("fence", _fence)
    if relink is not None:
        parser.core.ruler.push("relink", lambda state: _relink(state.tokens, relink))
    return parser


def _html(_renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Any) -> str:
    return harmless(tokens[index].content)


def _fence(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Any) -> str:
    """Code; what GitHub draws, and this page does not, is folded away, and says so."""
    html = str(RendererHTML.fence(renderer, tokens, index, options, env))
    if tokens[index].info.strip() != "mermaid":
        return html
    return f"<details><summary>A chart, which GitHub draws from this text</summary>\n{html}</details>\n"


def _text(_renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Any) -> str:
    text = str(escape(tokens[index].content))
    for sign, html in SIGNS.items():
        text = text.replace(sign, html)
    return text


def harmless(html: str) -> str:
    """HTML with comments dropped and every tag escaped that is not on the list; attributes go, but for `open`."""
    pieces, end = [], 0
    text = COMMENT.sub("", html)
    for tag in ALLOWED.finditer(text):
        pieces += [str(escape(text[end : tag.start()])), _plain(tag)]
        end = tag.end()
    return "".join([*pieces, str(escape(text[end:]))])


def _plain(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    is_open = name == "details" and not tag[1] and "open" in tag[0].lower()
    return "<br>" if name == "br" else f"<{tag[1]}{name}{' open' if is_open else ''}>"


def balanced(html: str) -> str:
    """HTML in which each of the listed tags is closed, and closed only where it was opened."""
    pieces, end = [], 0
    opened: list[str] = []
    for tag in PAIRED.finditer(html):
        pieces.append(html[end : tag.start()])
        end = tag.end()
        if not tag[1]:
            opened.append(tag[2])
            pieces.append(tag[0])
        elif tag[2] in opened:
            while opened[-1] != tag[2]:
                pieces.append(f"</{opened.pop()}>")
            pieces.append(f"</{opened.pop()}>")
    return "".join([*pieces, html[end:], *(f"</{name}>" for name in reversed(opened))])


def _alert(kind: str) -> str:
    return f'<blockquote class="alert {kind.lower()}">\n<p><strong>{kind.title()}</strong><br>\n'


def _relink(tokens: Sequence[Token], relink: Relink) -> None:
    for token in tokens:
        for child in token.children or []:
            if child.type != "link_open":
                continue
            target = relink(str(child.attrs.get("href", "")))
            if target is None:
                child.attrs = {"class": "unlinked"}
            else:
                child.attrs = {"href": target}
