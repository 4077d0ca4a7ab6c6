"""A document's text, and the way from character offsets to lines and columns."""

from __future__ import annotations

from bisect import bisect_right

from rules.patterns import Pattern
from rules.postmortem import Span

_LINE_END = Pattern(r"\r\n|\n|\r")


def _line_starts(text: str) -> list[int]:
    if "\r" in text:
        return [0, *(match.end() for match in _LINE_END.finditer(text))]
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts[:-1]


class Source:
    r"""Text with a line index. Lines end at `\\n`, `\\r\\n` or a lone `\\r`, as in CommonMark.

    Attributes:
        text: the document without a leading byte order mark; every offset counts its characters from 0.
    """

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text.removeprefix("\ufeff")
        self._starts = _line_starts(self.text)

    @property
    def lines(self) -> int:
        """How many lines there are; an empty document has one."""
        return len(self._starts)

    def line(self, number: int) -> str:
        """The text of line `number` (from 1), without its line ending; empty beyond the last."""
        if not 1 <= number <= len(self._starts):
            return ""
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[self._starts[number - 1] : end].rstrip("\r\n")

    def offset(self, line: int, column: int = 1) -> int:
        """The offset of a line and column, both from 1."""
        return self._starts[line - 1] + column - 1

    def span(self, start: int, end: int) -> Span:
        """The span of the characters from offset `start` to `end` (exclusive)."""
        starts = self._starts
        line, end_line = bisect_right(starts, start), bisect_right(starts, end)
        return Span(line, start - starts[line - 1] + 1, end_line, end - starts[end_line - 1] + 1)

    def slice(self, span: Span) -> str:
        """The characters of a span."""
        return self.text[self.offset(span.line, span.column) : self.offset(span.end_line, span.end_column)]
