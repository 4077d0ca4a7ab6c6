"""`lint --format github`: workflow commands, which GitHub Actions turns into annotations.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.cli.report import DocumentReport
from app.cli.spans import last_line
from rules.rule import Finding

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def format_github(reports: Sequence[DocumentReport]) -> str:
    """One command a line for each finding; nothing for clean documents."""
    return "".join(_command(report.path, finding) for report in reports for finding in report.findings)


def _command(path: str, finding: Finding) -> str:
    properties = ",".join(f"{name}={str(value).translate(_PROPERTY)}" for name, value in _properties(path, finding))
    return f"::{finding.severity.value} {properties}::{finding.message.translate(_DATA)}\n"


def _properties(path: str, finding: Finding) -> Iterator[tuple[str, object]]:
    span = finding.span
    yield "file", path
    yield "line", span.line
    yield "endLine", last_line(span)
    if span.line == span.end_line:  # the runner drops columns of a stretch that spans lines
        yield "col", span.column
        yield "endColumn", span.end_column
    yield "title", f"{finding.rule.code} {finding.rule.name}"
