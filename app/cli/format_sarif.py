"""`lint --format sarif`: SARIF 2.1.0, for code scanning and for editors.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, and what code scanning asks beyond it:
https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import quote

from app.cli.report import DocumentReport
from app.links import PROJECT_URL, rule_page
from rules.postmortem import Span
from rules.rule import Edit, Finding, Rule, Severity

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note", Severity.OFF: "none"}

_PROBLEM_SEVERITIES = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTICE: "recommendation",
    Severity.OFF: "recommendation",
}
_LONGEST_DESCRIPTION = 1024  # characters that code scanning reads


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
        "results": [result for report in reports for result in _results(report, index)],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, object]:
    why, _, _ = rule.documentation.partition("\n\nBad:")
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": why[:_LONGEST_DESCRIPTION]},
        "help": {"text": rule.documentation, "markdown": rule.documentation},
        "helpUri": rule_page(rule),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": ["postmortem"], "problem.severity": _PROBLEM_SEVERITIES[rule.severity]},
    }


def _results(report: DocumentReport, index: Mapping[Rule, int]) -> Iterator[dict[str, object]]:
    uri = _uri(report.repository_path or report.path)
    seen: Counter[str] = Counter()
    for finding in report.findings:
        fingerprint = _fingerprint(finding)
        seen[fingerprint] += 1
        result = {
            "ruleId": finding.rule.code,
            "ruleIndex": index[finding.rule],
            "level": _LEVELS[finding.severity],
            "message": {"text": finding.message},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": _region(finding.span)}}],
            "partialFingerprints": {"primaryLocationLineHash": f"{fingerprint}:{seen[fingerprint]}"},
        }
        yield result if finding.edit is None else {**result, "fixes": [_fix(uri, finding.edit)]}


def _fingerprint(finding: Finding) -> str:
    """By which code scanning knows the finding again when other text changes; the path is compared beside it."""
    return hashlib.sha256(f"{finding.rule.code}\n{finding.subject}".encode()).hexdigest()[:16]


def _fix(uri: str, edit: Edit) -> dict[str, object]:
    replacement = {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.replacement}}
    return {"artifactChanges": [{"artifactLocation": {"uri": uri}, "replacements": [replacement]}]}


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
