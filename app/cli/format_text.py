"""`lint --format text`: for people. Grouped by document, each finding with its line and a mark under the place."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from app.cli.excerpt import excerpt
from app.cli.paint import Paint
from app.cli.report import DocumentReport, display_name
from app.cli.spans import last_line
from app.cli.terminal import printable
from rules.rule import Finding, Severity
from rules.source import Source

_PIPED_WIDTH = 100  # how much of a long line is shown where there is no terminal
_NARROW = 72  # below this, wrapping does more harm than good
_MESSAGE_INDENT = 10  # where wrapped messages and source lines begin
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "blue"}
_SHOWN = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)


def format_text(
    reports: Sequence[DocumentReport], width: int | None = None, colour: bool = False, all_rules: bool = True
) -> str:
    """All findings and a summary. With a `width` (cells), messages are wrapped to it; without, each is one line.

    Unless findings of `all_rules` were asked for, finding none is not called all clear.
    """
    page = _Page(width, colour, all_rules)
    groups = ["\n".join(page.group(report)) for report in reports if report.findings]
    return "\n\n".join([*groups, page.summary(reports)]) + "\n"


class _Page:
    """How wide and how colourful to write, and whether of all rules."""

    def __init__(self, width: int | None, colour: bool, all_rules: bool) -> None:
        self._all_rules = all_rules
        self._wrap_at = width if width is None or width >= _NARROW else None
        self._shown_width = width or _PIPED_WIDTH
        self._paint = Paint(colour)

    def group(self, report: DocumentReport) -> Iterator[str]:
        """A document's name and its findings."""
        yield self._paint.title(printable(display_name(report.path)))
        for finding in report.findings:
            yield ""
            yield from self._finding(report.source, finding)

    def summary(self, reports: Sequence[DocumentReport]) -> str:
        """What it comes to."""
        if not reports:
            return "There was no postmortem to check."
        counts = Counter(finding.severity for report in reports for finding in report.findings)
        if not counts and not self._all_rules:
            return (
                f"The selected rules found nothing in {_counted(len(reports), 'postmortem')}. "
                "Without --select and --ignore, all rules are checked."
            )
        if not counts:
            return self._paint.good(_all_clear(len(reports)))
        affected = sum(1 for report in reports if report.findings)
        parts = ", ".join(
            self._paint.bold(_counted(counts[severity], severity.value), _COLOURS[severity])
            for severity in _SHOWN
            if counts[severity]
        )
        worst = min(
            (each for report in reports for each in report.findings), key=lambda each: _SHOWN.index(each.severity)
        )
        hint = self._paint.faint(f"`closeout rule {worst.rule.code}` tells why that matters and shows a good example.")
        return f"{parts} in {_postmortems(affected, len(reports))}\n{hint}"

    def _finding(self, source: Source, finding: Finding) -> Iterator[str]:
        place = f"{finding.span.line}:{finding.span.column}"
        severity = f"{finding.severity.value:<7}"
        head = f"  {place:<7} {severity}  {finding.rule.code} {finding.rule.name}"
        first, *rest = self._wrap(f"{head}  {printable(finding.message)}")
        styled = (
            f"  {place:<7} {self._paint.bold(severity, _COLOURS[finding.severity])}"
            f"  {self._paint.bold(finding.rule.code)} {self._paint.faint(finding.rule.name)}"
        )
        yield styled + first.removeprefix(head)
        yield from rest
        yield from self._excerpt(source, finding)

    def _wrap(self, line: str) -> list[str]:
        if self._wrap_at is None:
            return [line]
        indent = " " * _MESSAGE_INDENT
        return textwrap.wrap(
            line, self._wrap_at, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        )

    def _excerpt(self, source: Source, finding: Finding) -> Iterator[str]:
        span, line = finding.span, source.line(finding.span.line)
        end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
        further = f" to line {last_line(span)}" if last_line(span) > span.line else ""
        shown = excerpt(line, span.column - 1, end, self._shown_width - _MESSAGE_INDENT - len(further))
        mark = self._paint.bold("^" * shown.length, _COLOURS[finding.severity]) + self._paint.faint(further)
        yield f"{self._paint.faint(f'{span.line:>{_MESSAGE_INDENT - 3}} |')} {shown.line}".rstrip()
        yield f"{self._paint.faint(' ' * (_MESSAGE_INDENT - 3) + ' |')} {' ' * shown.offset}{mark}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _postmortems(affected: int, total: int) -> str:
    return _counted(affected, "postmortem") if affected == total else f"{affected} of {_counted(total, 'postmortem')}"


def _all_clear(count: int) -> str:
    if count == 1:
        return "All clear: the postmortem is ready for its readers."
    return f"All clear: {count} postmortems, each ready for its readers."
