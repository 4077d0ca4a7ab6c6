"""Suppressions that part a table: to Markdown a comment on a line of its own ends it, and the rows below are text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rules.actions.tables import DELIMITER_ROW, cells_of
from rules.patterns import Pattern
from rules.postmortem import Suppression
from rules.source import Source

_BLANKS = " \t>"  # a table may stand in a quotation
_COMMENT = Pattern(r"<!--.*?-->")
_DEEPEST = 3  # blanks before a comment; behind more it begins no block of its own


def parting_suppressions(source: Source, suppressions: Sequence[Suppression]) -> Iterator[Suppression]:
    """Those that stand right between two rows of a table, or below its head; `suppressions` in the document's order."""
    parted: dict[int, int] = {}  # the last line of a comment -> how many columns the table has that it stands in, or 0
    for suppression in suppressions:
        if suppression.span.line in parted or not _stands_alone(source, suppression):
            continue
        columns = parted[suppression.span.end_line] = _columns_above(source, suppression.span.line, parted)
        if columns and _is_row(source, suppression, columns):
            yield suppression


def _stands_alone(source: Source, suppression: Suppression) -> bool:
    """Whether its line begins with it, no deeper than where a block may begin."""
    before = source.line(suppression.span.line)[: suppression.span.column - 1]
    return not before.strip(_BLANKS) and len(before.rpartition(">")[2].removeprefix(" ")) <= _DEEPEST


def _columns_above(source: Source, line: int, parted: Mapping[int, int]) -> int:
    """How many columns the table has whose row stands right above a line, or would without a comment; 0 for none."""
    for above in range(line - 1, 1, -1):
        if above in parted:  # and nothing is walked over twice
            return parted[above]
        text = source.line(above)
        if "|" not in text:
            return 0
        if DELIMITER_ROW.fullmatch(text.lstrip(_BLANKS)):
            columns = _columns(text)
            return columns if columns == _columns(source.line(above - 1)) else 0
    return 0


def _is_row(source: Source, suppression: Suppression, columns: int) -> bool:
    """Whether what it applies to follows at once, as a row of that table, and is not the head of another."""
    line = suppression.line
    if line == suppression.span.end_line and not _uncommented(source.line(line)):
        line += 1  # another comment is all that stands behind it
    text = _uncommented(source.line(line))
    if "|" not in text or _columns(text) != columns or not source.line(line - 1).strip(_BLANKS):
        return False
    return not DELIMITER_ROW.fullmatch(source.line(line + 1).lstrip(_BLANKS))


def _uncommented(text: str) -> str:
    return _COMMENT.sub("", text).strip(_BLANKS)


def _columns(text: str) -> int:
    return sum(1 for _ in cells_of(text.lstrip(_BLANKS)))
