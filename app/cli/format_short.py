"""`lint --format short`: one line a finding, as compilers write them, for editors."""

from __future__ import annotations

from collections.abc import Sequence

from app.cli.report import DocumentReport
from app.cli.terminal import printable


def format_short(reports: Sequence[DocumentReport]) -> str:
    """`path:line:column: severity code message` for each finding; nothing for clean documents.

    Lines and columns count from 1, columns in characters. Standard input is called `-`.
    """
    return "".join(
        f"{printable(report.path)}:{finding.span.line}:{finding.span.column}: "
        f"{finding.severity.value} {finding.rule.code} {printable(finding.message)}\n"
        for report in reports
        for finding in report.findings
    )
