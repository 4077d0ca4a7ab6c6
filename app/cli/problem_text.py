"""One problem as people read it: its place and weight, its message, and the line it is about with a mark under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from app.cli.excerpt import cells, excerpt
from app.cli.paint import Paint
from app.cli.spans import last_line
from app.cli.terminal import printable
from rules.postmortem import Span
from rules.rule import Severity
from rules.source import Source

_BY_WEIGHT = list(Severity)

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "blue", Severity.OFF: "bright_black"}

WIDEST = 100
"""Cells; longer lines of prose are hard to read, however wide the terminal is."""

_PIPED_WIDTH = 100  # how much of a long line is shown where there is no terminal
_INDENT = 10  # where messages and source lines begin
_NARROWEST = 20  # cells that a message has at least
_CODE = re.compile("`[^`]*`")
_KEPT = "\0"  # a space that must not become a line break


class Problem(NamedTuple):
    """Something to mend.

    Attributes:
        code: of its rule; empty if it belongs to none.
        name: of its rule, likewise.
    """

    span: Span
    severity: Severity
    message: str
    code: str = ""
    name: str = ""


class ProblemText:
    """Writes problems for a terminal of `width` cells; without a width, each message stays on the line of its head."""

    def __init__(self, width: int | None, paint: Paint) -> None:
        self._width = width
        self._paint = paint

    def lines(self, source: Source, problems: Sequence[Problem]) -> Iterator[str]:
        """The problems of one text, with an empty line before each place.

        Those about the same place stand together above one excerpt.
        """
        for span, together in groupby(problems, key=lambda each: each.span):
            yield ""
            listed = list(together)
            for problem in listed:
                yield from self._said(problem)
            worst = min((each.severity for each in listed), key=_BY_WEIGHT.index)
            yield from self._excerpt(source, span, COLOURS[worst])

    def _said(self, problem: Problem) -> Iterator[str]:
        place = f"{problem.span.line}:{problem.span.column}"
        severity = self._paint.bold(f"{problem.severity.value:<7}", COLOURS[problem.severity])
        rule = f"{self._paint.bold(problem.code)} {self._paint.faint(problem.name)}" if problem.code else ""
        head = f"  {place:<{_INDENT - 3}} {severity}"
        message = printable(problem.message)
        if self._width is None:
            yield "  ".join(filter(None, (head, rule, message)))
            return
        yield "  ".join(filter(None, (head, rule))).rstrip()
        for line in wrap(message, max(min(self._width, WIDEST) - _INDENT, _NARROWEST)):
            yield " " * _INDENT + line

    def _excerpt(self, source: Source, span: Span, colour: str) -> Iterator[str]:
        line = source.line(span.line)
        end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
        further = f" to line {last_line(span)}" if last_line(span) > span.line else ""
        room = max((self._width or _PIPED_WIDTH) - _INDENT - len(further), _NARROWEST)
        shown = excerpt(line, span.column - 1, end, room)
        mark = self._paint.bold("^" * shown.length, colour) + self._paint.faint(further)
        yield f"{self._paint.faint(f'{span.line:>{_INDENT - 3}} |')} {shown.line}".rstrip()
        yield f"{self._paint.faint(' ' * (_INDENT - 3) + ' |')} {' ' * shown.offset}{mark}"


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken between words; code and URLs are never broken."""
    lines: list[str] = []
    room = 0
    for word in _CODE.sub(lambda code: code[0].replace(" ", _KEPT), text).split():
        needed = cells(word.replace(_KEPT, " ")) + 1
        if needed <= room:
            lines[-1] += f" {word}"
            room -= needed
        else:
            lines.append(word)
            room = width - needed + 1
    return [line.replace(_KEPT, " ") for line in lines]
