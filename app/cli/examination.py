"""Checking one document, and its result as text: that is what is remembered, and what goes from process to process."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from app.cli.documents import Document, is_document
from app.cli.layouts import choose_layout
from rules.checking import check
from rules.layouts import Layout
from rules.policy import Policy
from rules.postmortem import Span
from rules.reading import LIMIT, read_bytes
from rules.rule import Context, Edit, Finding, Severity, registry
from rules.source import Source

NO_DOCUMENT = "null"


class Terms(NamedTuple):
    """What documents are checked by, beside the rules.

    Attributes:
        layout_name: the house style that was asked for; None for the policy's.
        today: the day of the check.
        layout: the house style; None to recognise it in each document.
    """

    policy: Policy
    layout_name: str | None
    today: date
    layout: Layout | None

    def __reduce__(self) -> tuple[object, ...]:
        # A layout cannot be sent to another process, but it can be chosen there.
        return terms_for, (self.policy, self.layout_name, self.today)


class Examination(NamedTuple):
    """What all rules found in a document, in its order, and its language (see `DocumentReport`)."""

    findings: tuple[Finding, ...]
    language: str | None


def terms_for(policy: Policy, layout_name: str | None, today: date) -> Terms:
    """The terms; raises typer.BadParameter if there is no such layout."""
    return Terms(policy, layout_name, today, choose_layout(layout_name, policy))


def examine(document: Document, terms: Terms) -> str:
    """The examination of a document, for `decode`; NO_DOCUMENT if it does not read as a postmortem."""
    if not is_document(document):
        return NO_DOCUMENT
    postmortem = read_bytes(document.data, terms.layout, document.repository_path)
    findings = check(postmortem, terms.policy, Context(document.repository_path, terms.today))
    return json.dumps([postmortem.language, *map(_encode, findings)], ensure_ascii=False, separators=(",", ":"))


def decode(result: str) -> Examination | None:
    """The examination in a text that `examine` made; None if it was no document.

    Raises ValueError, TypeError or KeyError for any other text.
    """
    if result == NO_DOCUMENT:
        return None
    language, *findings = json.loads(result)
    return Examination(tuple(_decode(each) for each in findings), language)


def source_of(data: bytes) -> Source:
    """The text that an examination's positions count in; of a document that is too long to be read, none."""
    return Source(data.decode("utf-8", "replace") if len(data) <= LIMIT else "")


def _encode(finding: Finding) -> Sequence[object]:
    edit = finding.edit and (*finding.edit.span, finding.edit.replacement)
    return (finding.rule.code, finding.message, finding.span, finding.severity, finding.subject, edit)


def _decode(values: Any) -> Finding:
    code, message, span, severity, subject, edit = values
    safe = Edit(Span(*edit[:4]), edit[4]) if edit else None
    return Finding(registry()[code], message, Span(*span), Severity(severity), subject, safe)
