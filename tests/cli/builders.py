"""Reports made by hand, for the formats."""

from __future__ import annotations

from app.cli.report import DocumentReport
from rules.postmortem import Span
from rules.rule import Edit, Finding, Rule, Severity
from rules.source import Source

OWNER_MISSING = Rule(
    "CO402",
    "action-owner-missing",
    Severity.ERROR,
    "An action item that nobody owns.\n\nWhy: a promise without a person is kept by nobody.",
    lambda *_: (),
)
TIMELINE_ORDER = Rule("CO304", "timeline-order", Severity.WARNING, "A timeline entry out of order.", lambda *_: ())
NAMED_FAULT = Rule("CO505", "named-fault", Severity.NOTICE, "A person where a system is meant.", lambda *_: ())
RULES = (TIMELINE_ORDER, OWNER_MISSING, NAMED_FAULT)


def a_finding(
    *span: int,
    rule: Rule = OWNER_MISSING,
    message: str = "Nobody owns this. Name a person.",
    subject: str = "",
    edit: Edit | None = None,
) -> Finding:
    """A finding of a rule, at its own severity."""
    return Finding(rule, message, Span(*span), rule.severity, subject, edit)


def a_report(
    text: str, *findings: Finding, path: str = "postmortems/checkout.md", language: str | None = "en"
) -> DocumentReport:
    """The report of one document."""
    return DocumentReport(path, Source(text), findings, language)
