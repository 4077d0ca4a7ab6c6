"""The author's word that a finding is meant to stay: `<!-- closeout: ignore CO501 because … -->`.

An error cannot be suppressed: the document is under the hand of the person it would excuse.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    lines: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for suppression in suppressions:
        first, last = _lines(suppression)
        for code in suppression.codes if suppression.reason else ():
            those = lines[code.casefold()]
            those[last] = min(first, those.get(last, first))
    if not lines:
        return iter(findings)
    ordered = {code: sorted(those.items()) for code, those in lines.items()}
    return (each for each in findings if each.severity is Severity.ERROR or not _is_suppressed(each, ordered))


def idle(
    suppressions: Iterable[Suppression], findings: Iterable[Finding], own: frozenset[str]
) -> Iterator[tuple[Suppression, bool]]:
    """The suppressions with a reason that hold nothing back, each with whether it speaks of an error.

    `own` are the code and the name of the rule that reports them, folded: one that names it is needed where it stands
    above another that is idle.
    """
    given = [suppression for suppression in suppressions if suppression.reason]
    if not given:
        return
    found = tuple(findings)
    errors = _stretches(each for each in found if each.severity is Severity.ERROR)
    others = _stretches(each for each in found if each.severity is not Severity.ERROR)
    unused = [suppression for suppression in given if not _speaks_of(suppression, others)]
    plain = [each.span.line for each in unused if not _names_one(each, own)]
    for suppression in unused:
        if not (_names_one(suppression, own) and _covers_one(suppression, plain)):
            yield suppression, _speaks_of(suppression, errors)


def _lines(suppression: Suppression) -> tuple[int, int]:
    """The first and the last line it applies to: those of other comments between it and its text are among them."""
    return min(suppression.line, suppression.span.end_line + 1), suppression.line


def _names_one(suppression: Suppression, names: frozenset[str]) -> bool:
    return any(code.casefold() in names for code in suppression.codes)


def _covers_one(suppression: Suppression, places: Sequence[int]) -> bool:
    """Whether one of some lines, in order, is among those it applies to."""
    first, last = _lines(suppression)
    index = bisect_left(places, first)
    return index < len(places) and places[index] <= last


def _is_suppressed(finding: Finding, lines: Mapping[str, Sequence[tuple[int, int]]]) -> bool:
    """Whether a suppression of its rule, given as the last and the first line it applies to, in order, reaches it."""
    for name in _names(finding):
        those = lines.get(name, ())
        index = bisect_left(those, (finding.span.line, 0))
        if index < len(those) and those[index][1] <= finding.span.end_line:
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
