"""Which findings a new version of a document brings with it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

from rules.rule import Finding, Severity

_SIMILAR = 0.6
_WEIGHT = {Severity.OFF: 0, Severity.NOTICE: 1, Severity.WARNING: 2, Severity.ERROR: 3}
_LONGEST = 300  # characters of a subject that are compared
_MOST = 100  # findings of one rule that are compared with each new one


def introduced(head: Sequence[Finding], base: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of `head` that `base` did not have, in their order.

    Each finding of `base` accounts for one of `head`: one of the same rule with the same subject, else with a similar
    one, if the subject is the author's text. It must have weighed at least as much: a warning that becomes an error is
    new.
    """
    exact: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in base:
        exact[finding.rule.code, finding.subject].append(finding)
    for findings in exact.values():
        findings.sort(key=_weight)
    unmatched = [finding for finding in head if not _take(finding, exact[finding.rule.code, finding.subject])]
    left: dict[str, list[Finding]] = defaultdict(list)
    for (code, _), findings in exact.items():
        left[code].extend(findings)
    return tuple(finding for finding in unmatched if not _take_similar(finding, left[finding.rule.code]))


def _weight(finding: Finding) -> int:
    return _WEIGHT[finding.severity]


def _take(finding: Finding, left: list[Finding]) -> bool:
    """Remove the lightest finding that weighs enough from a list ordered by weight; False if there is none."""
    index = bisect_left(left, _weight(finding), key=_weight)
    if index == len(left):
        return False
    del left[index]
    return True


def _take_similar(finding: Finding, left: list[Finding]) -> bool:
    """Remove the finding with the most similar subject that weighs enough; False if none is similar."""
    if not _is_text(finding.subject):
        return False
    fitting = [other for other in left[:_MOST] if _weight(other) >= _weight(finding)]
    likeness = [(_likeness(finding.subject, other.subject), index) for index, other in enumerate(fitting)]
    best = max(likeness, default=(0.0, 0))
    if best[0] < _SIMILAR:
        return False
    left.remove(fitting[best[1]])
    return True


def _is_text(subject: str) -> bool:
    """Whether a subject is the author's text; a single lower-case word is a section's kind or a field's key."""
    return not (subject.isidentifier() and subject.islower())


def _likeness(one: str, other: str) -> float:
    if not _is_text(other):
        return 0.0
    matcher = SequenceMatcher(None, one[:_LONGEST].casefold(), other[:_LONGEST].casefold(), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _SIMILAR <= matcher.quick_ratio() else 0.0
