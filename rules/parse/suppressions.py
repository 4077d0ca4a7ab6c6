"""`<!-- closeout: ignore CO505 because … -->`: where the author says that a finding is meant to stay, or tries to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from rules.blocks import Tree
from rules.patterns import Pattern
from rules.postmortem import Suppression, Text
from rules.source import Source

_COMMENT = Pattern(r"<!--[ \t\r\n]{0,20}closeout:[ \t]{0,20}ignore\b(.{0,2000}?)-->", re.IGNORECASE | re.DOTALL)
_ADDRESSED = Pattern(
    r"<!--[ \t\r\n]{0,20}closeout([ \t\r\n:_-]{1,20}[A-Za-z](?:[^<]|<(?!!--)){0,2000}?)-->", re.IGNORECASE
)
_OWN = Pattern(r":(?:begin|end)\b", re.IGNORECASE)  # what stands around Closeout's part of an issue, copied from there
_BECAUSE = Pattern(r"\bbecause\b", re.IGNORECASE)
_NO_REASON = Pattern(
    r"[\W_]*+(?:(?:\w|why|tb[acd]|todo|n/?a|because|(?:the |your |a )?(?:good )?reason)(?!\w))?[\W_]*+", re.IGNORECASE
)
"""What stands where a reason should: nothing, a single character, or the words of an example."""
_CODE = Pattern(r"[A-Za-z][A-Za-z0-9-]*")
_BLANKS = Pattern(r"\s*+")
_BETWEEN = Pattern(r"[\s>]*+")  # a run may stand in a quotation


def suppressions(source: Source, tree: Tree) -> tuple[Suppression, ...]:
    """The suppressions in document order; in code they are text, and don't count."""
    matches = [match for start, end in tree.html for match in _COMMENT.finditer(source.text, start, end)]
    return tuple(map(partial(_suppression, source), matches, _targets(source, matches)))


def addressed(source: Source, tree: Tree) -> tuple[Text, ...]:
    """The other comments that begin with `closeout` and words: what stands behind that name, in document order."""
    return tuple(
        Text(match[1], source.span(*match.span()))
        for start, end in tree.html
        for match in _ADDRESSED.finditer(source.text, start, end)
        if not _COMMENT.match(source.text, match.start(), end) and not _OWN.match(match[1])
    )


def _suppression(source: Source, match: re.Match[str], target: int) -> Suppression:
    because = _BECAUSE.split(match[1], maxsplit=1)
    reason = " ".join(because[1].split()) if len(because) > 1 else ""
    if _NO_REASON.fullmatch(reason):
        reason = ""
    span = source.span(*match.span())
    return Suppression(tuple(_CODE.findall(because[0])), reason, target, span)


def _targets(source: Source, matches: Sequence[re.Match[str]]) -> list[int]:
    """The line that each applies to: its own behind text, else the next that is not blank; the same for a whole run."""
    targets: list[int] = []
    is_behind, end = _behind_text(source.text, matches), len(source.text)
    for index in reversed(range(len(matches))):
        match = matches[index]
        following = _end_of(_BETWEEN, source.text, match.end())
        if is_behind[index]:
            targets.append(source.span(*match.span()).line)
        elif targets and following == matches[index + 1].start():
            targets.append(targets[-1])
        else:
            following = _end_of(_BLANKS, source.text, match.end())
            span = source.span(*match.span())
            targets.append(source.span(following, following).line if following < end else span.end_line)
    return targets[::-1]


def _behind_text(text: str, matches: Sequence[re.Match[str]]) -> list[bool]:
    """Of each, whether its line begins with something else than blanks, quotation marks and others of them."""
    found: list[bool] = []
    before = None
    for match in matches:
        is_next = before is not None and not text[before.end() : match.start()].strip(" \t")
        found.append(found[-1] if is_next else _begins_behind_text(text, match.start()))
        before = match
    return found


def _end_of(pattern: Pattern, text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


def _begins_behind_text(text: str, start: int) -> bool:
    """Whether more than blanks and quotation marks stands before it on its line; that may be a very long one."""
    while start and text[start - 1] in " \t>":
        start -= 1
    return start > 0 and text[start - 1] not in "\r\n"
