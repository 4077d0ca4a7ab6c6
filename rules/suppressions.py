"""The author's word that a finding is meant to stay: `<!-- closeout: ignore CO501 because … -->`.

An error cannot be suppressed: the document is under the hand of the person it would excuse.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

from rules.postmortem import Suppression
from rules.rule import Finding, Severity


class _Stretches(NamedTuple):
    """The lines of one rule's findings: where they begin, in order, and how far those up to each one reach."""

    begin: list[int]
    reach: list[int]


def without_suppressed(findings: Iterable[Finding], suppressions: Iterable[Suppression]) -> Iterator[Finding]:
    """The findings that are errors, or that no suppression with a reason speaks of."""
    lines: defaultdict[str, list[int]] = defaultdict(list)
    for suppression in suppressions:
        for code in suppression.codes if suppression.reason else ():
            lines[code.casefold()].append(suppression.line)
    if not lines:
        return iter(findings)
    for each in lines.values():
        each.sort()
    return (each for each in findings if each.severity is Severity.ERROR or not _is_suppressed(each, lines))


def idle(suppressions: Iterable[Suppression], findings: Iterable[Finding]) -> Iterator[tuple[Suppression, bool]]:
    """The suppressions with a reason that hold nothing back, each with whether it speaks of an error."""
    given = [suppression for suppression in suppressions if suppression.reason]
    if not given:
        return
    found = tuple(findings)
    errors = _stretches(each for each in found if each.severity is Severity.ERROR)
    others = _stretches(each for each in found if each.severity is not Severity.ERROR)
    for suppression in given:
        if not _speaks_of(suppression, others):
            yield suppression, _speaks_of(suppression, errors)


def _is_suppressed(finding: Finding, lines: Mapping[str, list[int]]) -> bool:
    """Whether one of its lines is among those that suppressions of its rule, ordered, apply to."""
    for name in _names(finding):
        those = lines.get(name, [])
        index = bisect_left(those, finding.span.line)
        if index < len(those) and those[index] <= finding.span.end_line:
            return True
    return False


def _stretches(findings: Iterable[Finding]) -> Mapping[str, _Stretches]:
    """By code and by name; sorted, since a document may hold thousands of findings and of suppressions."""
    spans: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for finding in findings:
        for name in _names(finding):
            spans[name].append((finding.span.line, finding.span.end_line))
    return {name: _stretches_of(sorted(each)) for name, each in spans.items()}


def _stretches_of(spans: list[tuple[int, int]]) -> _Stretches:
    return _Stretches([begin for begin, _ in spans], list(accumulate((end for _, end in spans), max)))


def _speaks_of(suppression: Suppression, stretches: Mapping[str, _Stretches]) -> bool:
    """Whether it names a rule, by code or name, and applies to a line of one of that rule's findings."""
    for code in suppression.codes:
        found = stretches.get(code.casefold())
        index = bisect_right(found.begin, suppression.line) if found else 0
        if found and index and found.reach[index - 1] >= suppression.line:
            return True
    return False


def _names(finding: Finding) -> tuple[str, str]:
    return finding.rule.code.casefold(), finding.rule.name.casefold()
