"""The author's word that a finding is meant to stay: `<!-- closeout: ignore CO501 because … -->`.

An error cannot be suppressed: the document is under the hand of the person it would excuse.
"""

from __future__ import annotations

from collections.abc import Iterable

from rules.postmortem import Suppression
from rules.rule import Finding, Severity


def speaks_of(suppression: Suppression, finding: Finding) -> bool:
    """Whether a suppression names the finding's rule, by code or name, and applies to a line of the finding."""
    names = {each.casefold() for each in suppression.codes}
    named = not names.isdisjoint({finding.rule.code.casefold(), finding.rule.name.casefold()})
    return named and finding.span.line <= suppression.line <= finding.span.end_line


def is_suppressed(finding: Finding, suppressions: Iterable[Suppression]) -> bool:
    """Whether a finding, other than an error, is suppressed with a reason."""
    if finding.severity is Severity.ERROR:
        return False
    return any(each.reason and speaks_of(each, finding) for each in suppressions)
