"""What holds for any bytes at all: of reading, checking and fixing them. The tests and the fuzzer share it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache

from rules.checking import check
from rules.fixing import Fixed, fix
from rules.policy import Policy
from rules.postmortem import Postmortem, Span
from rules.reading import read_bytes
from rules.rule import Context, Finding, Severity, iter_rules
from rules.source import Source
from rules.understanding import keeps_meaning
from tests.rules.reading.test_robustness import assert_positions_hold

CONTEXT = Context("postmortems/2026-05-04-checkout.md", date(2026, 5, 6), in_review=True)
_LINE_END = re.compile(r"\r\n|\n|\r")


@cache
def everything_on() -> Policy:
    """A policy that switches every rule on, at its own severity where it has one."""
    off = {rule.code: Severity.NOTICE for rule in iter_rules() if rule.severity is Severity.OFF}
    return Policy(rules=off)


def read_and_check(data: bytes, policy: Policy | None = None) -> tuple[Postmortem, tuple[Finding, ...]]:
    postmortem = read_bytes(data, None, CONTEXT.path)
    return postmortem, check(postmortem, policy or everything_on(), CONTEXT)


def assert_reading_and_checking_hold(data: bytes) -> tuple[Postmortem, tuple[Finding, ...]]:
    """Nothing raises, the same comes out again, and everything has its place in the document."""
    postmortem, findings = read_and_check(data)
    assert_positions_hold(postmortem)
    for finding in findings:
        assert_lies_in(postmortem.source, finding.span)
        assert finding.message
        if finding.edit is not None:
            assert_lies_in(postmortem.source, finding.edit.span)
    return postmortem, findings


def assert_fixing_holds(data: bytes) -> Fixed:
    """What was wrong gets less, what was understood stays, and a second time changes nothing."""
    postmortem, findings = assert_reading_and_checking_hold(data)
    fixed = fix(data, None, everything_on(), CONTEXT)
    assert len(fixed.findings) <= len(findings)
    assert errors(fixed.findings) <= errors(findings)
    if not fixed.changes:
        assert fixed.data == data
        return fixed
    assert_only_what_was_told_has_changed(data.decode(), fixed)
    whole = postmortem.source.span(0, len(postmortem.source.text))
    assert keeps_meaning(postmortem, fixed.postmortem, [whole])
    assert read_and_check(fixed.data)[1] == fixed.findings
    again = fix(fixed.data, None, everything_on(), CONTEXT)
    assert (again.data, again.changes) == (fixed.data, ())
    return fixed


def assert_only_what_was_told_has_changed(before: str, fixed: Fixed) -> None:
    """The length adds up, all other lines are still there, line ends and byte order mark are those of the document."""
    after = fixed.data.decode()
    grown = sum(len(change.after) - len(change.before) for change in fixed.changes)
    assert len(after) - len(before) <= grown <= len(after) - len(before) + 4 * len(fixed.changes)
    gone = Counter(_lines(before)) - Counter(_lines(after))
    assert sum(gone.values()) <= sum(len(_lines(change.before)) + 1 for change in fixed.changes)
    assert after.startswith("\ufeff") == before.startswith("\ufeff")
    assert after.endswith(("\n", "\r")) == before.endswith(("\n", "\r")) or not before
    ends = set(_LINE_END.findall(before))
    assert set(_LINE_END.findall(after)) <= (ends or {"\n"})


def _lines(text: str) -> list[str]:
    """The lines with their ends."""
    return [line for line in re.split(r"(?<=\n)|(?<=\r)(?!\n)", text) if line]


def assert_lies_in(source: Source, span: Span) -> None:
    assert 1 <= span.line <= span.end_line <= source.lines
    assert (span.line, span.column) <= (span.end_line, span.end_column)
    start, end = source.offset(span.line, span.column), source.offset(span.end_line, span.end_column)
    assert 0 <= start <= end <= len(source.text)


def errors(findings: tuple[Finding, ...]) -> int:
    return sum(finding.severity is Severity.ERROR for finding in findings)
