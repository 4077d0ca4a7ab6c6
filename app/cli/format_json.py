"""`lint --format json`: one object, one finding a line. Its shape is a contract."""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.cli.report import DocumentReport
from app.links import rule_page
from rules.rule import Finding


def format_json(reports: Sequence[DocumentReport]) -> str:
    """All findings as one JSON object; lines and columns from 1, ends exclusive, in characters."""
    findings = [_finding(report.path, finding) for report in reports for finding in report.findings]
    lines = ",\n  ".join(json.dumps(finding, ensure_ascii=False) for finding in findings)
    listed = f"[\n  {lines}\n]" if findings else "[]"
    return f'{{"version": 1, "documents": {len(reports)}, "findings": {listed}}}\n'


def _finding(path: str, finding: Finding) -> dict[str, object]:
    return {
        "code": finding.rule.code,
        "name": finding.rule.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "path": path,
        "line": finding.span.line,
        "column": finding.span.column,
        "end_line": finding.span.end_line,
        "end_column": finding.span.end_column,
        "fixable": finding.edit is not None,
        "url": rule_page(finding.rule),
    }
