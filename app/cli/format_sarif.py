"""`lint --format sarif`: SARIF 2.1.0, for code scanning and for editors.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import quote

from app.cli.report import DocumentReport
from app.links import PROJECT_URL, rule_page
from rules.postmortem import Span
from rules.rule import Finding, Rule, Severity

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note", Severity.OFF: "none"}


def format_sarif(reports: Sequence[DocumentReport], version: str) -> str:
    """One run with all findings and the rules they belong to; `version` is Closeout's."""
    rules = sorted({finding.rule for report in reports for finding in report.findings}, key=lambda rule: rule.code)
    index = {rule: position for position, rule in enumerate(rules)}
    driver = {
        "name": "Closeout",
        "version": version,
        "informationUri": PROJECT_URL,
        "rules": [_rule(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(report.path, finding, index) for report in reports for finding in report.findings],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.documentation},
        "helpUri": rule_page(rule),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(path: str, finding: Finding, index: Mapping[Rule, int]) -> dict[str, object]:
    return {
        "ruleId": finding.rule.code,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(path)}, "region": _region(finding.span)}}],
    }


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _uri(path: str) -> str:
    """A relative reference, or a file URI for an absolute path."""
    if PurePosixPath(path).is_absolute():
        return "file://" + quote(path)
    if PureWindowsPath(path).is_absolute():
        return "file:///" + quote(path, safe="/:")
    return quote(path)  # a colon too: in the first segment it would read as a scheme
