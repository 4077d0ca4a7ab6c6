"""One problem as people read it: its place and weight, its message, and the line it is about with a mark under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from app.cli.excerpt import cells, excerpt
from app.cli.paint import Paint
from app.cli.spans import last_line
from app.cli.terminal import printable
from rules.patterns import Pattern
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
_ROOMY = 30  # cells that a message has at least beside its head
_SEVERITY = 7  # cells, of the longest
_CODE = Pattern("`[^`]*`")
_NEXT_SENTENCE = Pattern(r"\. (?=[A-Z`“])")
_NOT_TEXT = "\0"  # a line with one is no text, and would show nothing that helps
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

        Those about the same place stand together above one excerpt, the gravest first. On a terminal, advice that was
        given above is not given again.
        """
        told: set[str] = set()
        for span, together in groupby(problems, key=lambda each: each.span):
            yield ""
            listed = sorted(together, key=lambda each: _BY_WEIGHT.index(each.severity))
            for problem in listed:
                yield from self._said(problem) if self._width is None else self._wrapped(problem, told)
            line = source.line(span.line)
            if _NOT_TEXT not in line:
                yield from self._excerpt(line, span, COLOURS[listed[0].severity])

    def _head(self, problem: Problem, *, named: bool = True) -> str:
        """Where it is, how grave it is, and which rule says so."""
        place = f"{problem.span.line}:{problem.span.column}"
        severity = self._paint.bold(f"{problem.severity.value:<{_SEVERITY}}", COLOURS[problem.severity])
        code = self._paint.bold(problem.code) if problem.code else ""
        rule = f"{code} {self._paint.faint(problem.name)}" if code and named else code
        return "  ".join(filter(None, (f"  {place:<{_INDENT - 3}} {severity}", rule)))

    def _said(self, problem: Problem) -> Iterator[str]:
        yield f"{self._head(problem)}  {printable(problem.message)}"

    def _wrapped(self, problem: Problem, told: set[str]) -> Iterator[str]:
        """The message below its head, within the width; beside it where no name stands, or it was told above."""
        message, widest = printable(problem.message), min(self._width or WIDEST, WIDEST)
        known = message in told
        told.add(message)
        message = _first_sentence(message) if known else message
        head = self._head(problem, named=not known)
        beside = _INDENT + _SEVERITY + 2 + (len(problem.code) + 2 if problem.code else 0)
        if (known or not problem.code) and widest - beside >= _ROOMY:
            first, *rest = wrap(message, widest - beside) or [""]
            yield f"{head}  {first}"
        else:
            beside, rest = _INDENT, wrap(message, max(widest - _INDENT, _NARROWEST))
            yield head.rstrip()
        yield from (" " * beside + line for line in rest)

    def _excerpt(self, line: str, span: Span, colour: str) -> Iterator[str]:
        end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
        further = f" to line {last_line(span)}" if last_line(span) > span.line else ""
        room = max((self._width or _PIPED_WIDTH) - _INDENT - len(further), _NARROWEST)
        shown = excerpt(line, span.column - 1, end, room)
        mark = self._paint.bold("^" * shown.length, colour) + (self._paint.faint(further) if further else "")
        yield f"{self._paint.faint(f'{span.line:>{_INDENT - 3}} |')} {shown.line}".rstrip()
        yield f"{self._paint.faint(' ' * (_INDENT - 3) + ' |')} {' ' * shown.offset}{mark}"


def _first_sentence(message: str) -> str:
    """What is wrong, without what to do about it."""
    ends = (match.start() + 1 for match in _NEXT_SENTENCE.finditer(message))
    return next((message[:end] for end in ends if _is_whole(message[:end])), message)


def _is_whole(text: str) -> bool:
    """Whether no quotation and no code is cut off at its end."""
    return text.count("“") == text.count("”") and text.count("`") % 2 == 0


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
