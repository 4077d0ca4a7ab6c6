"""`<!-- closeout: ignore CO505 because … -->`: where the author says that a finding is meant to stay."""

from __future__ import annotations

import re

from rules.markdown import Tree
from rules.patterns import Pattern
from rules.postmortem import Suppression
from rules.source import Source

_COMMENT = Pattern(r"<!--[ \t\r\n]{0,20}closeout:[ \t]{0,20}ignore\b(.{0,2000}?)-->", re.IGNORECASE | re.DOTALL)
_BECAUSE = Pattern(r"\bbecause\b", re.IGNORECASE)
_CODE = Pattern(r"[A-Za-z][A-Za-z0-9-]*")
_BLANKS = Pattern(r"\s*+")


def suppressions(source: Source, tree: Tree) -> tuple[Suppression, ...]:
    """The suppressions in document order; in code they are text, and don't count."""
    return tuple(
        _suppression(source, match) for start, end in tree.html for match in _COMMENT.finditer(source.text, start, end)
    )


def _suppression(source: Source, match: re.Match[str]) -> Suppression:
    because = _BECAUSE.split(match[1], maxsplit=1)
    reason = " ".join(because[1].split()) if len(because) > 1 else ""
    span = source.span(*match.span())
    return Suppression(tuple(_CODE.findall(because[0])), reason, _target(source, match), span)


def _target(source: Source, match: re.Match[str]) -> int:
    """Its own line if anything else stands there, else the next that is not blank."""
    span = source.span(*match.span())
    if _begins_behind_text(source.text, match.start()):
        return span.line
    rest = _BLANKS.match(source.text, match.end())
    following = rest.end() if rest else match.end()
    return source.span(following, following).line if following < len(source.text) else span.end_line


def _begins_behind_text(text: str, start: int) -> bool:
    """Whether more than blanks and quotation marks stands before it on its line; that may be a very long one."""
    while start and text[start - 1] in " \t>":
        start -= 1
    return start > 0 and text[start - 1] not in "\r\n"
