"""Spans in the words of people, whose last line is a line of the text."""

from __future__ import annotations

from rules.postmortem import Span


def last_line(span: Span) -> int:
    """The last line that has a character of the span, or a line end; a span's own end is exclusive."""
    ends_before_its_line = span.end_column == 1 and span.end_line > span.line
    return span.end_line - 1 if ends_before_its_line else span.end_line


def line_range(span: Span) -> str:
    """`12`, or `12-15`."""
    last = last_line(span)
    return str(span.line) if last == span.line else f"{span.line}-{last}"
