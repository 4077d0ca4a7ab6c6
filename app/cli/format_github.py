"""`lint --format github`: workflow commands, which GitHub Actions turns into annotations.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from app.cli.counts import REPORTED, counted
from app.cli.report import STANDARD_INPUT, DocumentReport
from app.cli.spans import last_line
from app.render.text import plain
from rules.postmortem import Span
from rules.rule import Severity

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})
_SHOWN = 10  # annotations of a level that GitHub keeps of one step; https://github.com/orgs/community/discussions/26680


def format_github(reports: Sequence[DocumentReport]) -> str:
    """One command a line for each finding; nothing for clean documents.

    GitHub shows the first annotations of each level only; where there are more, a notice comes first and says so.
    """
    commands = [
        command(
            report.repository_path or report.path,
            finding.span,
            finding.severity,
            f"{finding.rule.code} {finding.rule.name}",
            finding.message,
        )
        for report in reports
        for finding in report.findings
    ]
    counts = Counter(finding.severity for report in reports for finding in report.findings)
    return "".join([*_unshown(counts), *commands])


def command(path: str, span: Span, severity: Severity, title: str, message: str) -> str:
    """One workflow command, with its line end. `path` counts from the repository's root; `-` is no file."""
    given = ((name, str(value)) for name, value in _properties(path, span, title))
    properties = ",".join(f"{name}={value.translate(_PROPERTY)}" for name, value in given)
    return f"::{severity.value} {properties}::{plain(message).translate(_DATA)}\n"


def _properties(path: str, span: Span, title: str) -> Iterator[tuple[str, object]]:
    if path != STANDARD_INPUT:
        yield "file", path
        yield "line", span.line
        yield "endLine", last_line(span)
        if span.line == span.end_line:  # columns of a stretch that spans lines are refused
            yield "col", span.column
            yield "endColumn", max(span.end_column - 1, span.column)  # the last character, as in our check runs
    yield "title", title


def _unshown(counts: Counter[Severity]) -> Iterator[str]:
    most = max(counts.values(), default=0)
    if most > _SHOWN:
        found = ", ".join(counted(counts[each], each.value) for each in REPORTED if counts[each])
        message = f"GitHub shows the first {_SHOWN} annotations of each level. `closeout lint` shows all: {found}."
        yield f"::notice title=Closeout::{plain(message).translate(_DATA)}\n"
