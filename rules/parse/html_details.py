"""What a document folds away in `<details>`, made plain Markdown, so that it is read like everything else."""

from __future__ import annotations

import re

from rules.patterns import Pattern

_TAG = Pattern(r"<(?:details|summary)\b", re.IGNORECASE)
_FOLD_LEVEL = 5  # deep enough to stand below the section it is folded in
_FOLD = Pattern(
    r"^ {0,3}(?:<details\b[^<>\n]{0,200}>[ \t]{0,20})?"
    r"<summary\b[^<>\n]{0,100}>(?P<title>[^\n]{0,300}?)</summary>[ \t]*$"
    r"|^ {0,3}</?details\b[^<>\n]{0,200}>[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)


def unfolded(text: str) -> str:
    """The text with as many characters: the tags around what is folded blanked, its summary a heading."""
    return _FOLD.sub(_unfold, text) if _TAG.search(text) else text


def _unfold(match: re.Match[str]) -> str:
    title = match["title"]
    if title is None:
        return " " * len(match[0])
    if not title.strip():
        return match[0]
    indent = len(match[0]) - len(match[0].lstrip(" "))
    before = match.start("title") - match.start() - indent - _FOLD_LEVEL
    after = len(match[0]) - indent - _FOLD_LEVEL - before - len(title)
    return " " * indent + "#" * _FOLD_LEVEL + " " * before + title + " " * after
