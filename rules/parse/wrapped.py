"""A document that stands whole in one Markdown fence, as in an issue that quotes a file: it is read, not skipped."""

from __future__ import annotations

import re

from rules.patterns import Pattern

_OPENING = Pattern(r"\s*^ {0,3}(?P<fence>`{3,}|~{3,})[ \t]*(?:md|mdx|markdown|gfm|commonmark)[ \t]*$", re.MULTILINE)
_FENCE = Pattern(r"^ {0,3}(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^\n`]{0,80})$", re.MULTILINE)
_HEADING = Pattern(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)


def unwrapped(text: str) -> str:
    """The text with as many characters, without the fence around all of it.

    Only a fence that calls itself Markdown, with nothing before it, counts, and only if headings stand in it.
    """
    opening = _OPENING.match(text) if "```" in text or "~~~" in text else None
    if opening is None or not _has_headings(text, opening.end()):
        return text
    start = opening.start("fence")
    text = text[:start] + " " * (opening.end() - start) + text[opening.end() :]
    closing = _closing(text, opening.end(), opening["fence"])
    if closing is None:
        return text
    return text[: closing[0]] + " " * (closing[1] - closing[0]) + text[closing[1] :]


def _has_headings(text: str, start: int) -> bool:
    first = _HEADING.search(text, start)
    return first is not None and _HEADING.search(text, first.end()) is not None


def _closing(text: str, start: int, fence: str) -> tuple[int, int] | None:
    """Where the fence closes: at the first bare one, as long, that closes none of the fences inside it."""
    inside: str | None = None
    for match in _FENCE.finditer(text, start):
        sign = match["fence"]
        if inside is not None:
            if sign[0] == inside[0] and len(sign) >= len(inside) and not match["info"].strip():
                inside = None
        elif match["info"].strip():
            inside = sign
        elif sign[0] == fence[0] and len(sign) >= len(fence):
            return match.span()
    return None
