"""Documents that were written to be slow: anybody may send one."""

from __future__ import annotations

from time import process_time

import pytest

from rules.policy import Policy
from rules.rule import iter_rules
from tests.rules.linting import found, lint

_BEGINNING = "# Postmortem: x\n\n"
_HOSTILE = {
    "an item of dashes": ("## Action items\n\n- ", "-", " y"),
    "an item of blank marks": ("## Action items\n\n- ", "? ", "y"),
    "a deadline of commas": ("## Action items\n\n", f"- Cap it. Due: {', ' * 1900}y\n", ""),
    "an owner of commas": ("## Action items\n\n", f"- Cap it. Owner: {'a, ' * 1200}y\n", ""),
    "a sentence of blanks": ("## Summary\n\n", f"Somebody{'  ' * 990}did x by mistake y.\n", ""),
    "a line of suppressions": ("## Summary\n\nHere ", "<!-- closeout: ignore -->", ""),
    "suppressed findings": ("## Summary\n\n", "<!-- closeout: ignore CO501 because x --> human error. ", ""),
    "unused suppressions": ("## Summary\n\n", "<!-- closeout: ignore CO599 because x -->\n\n", ""),
}


@pytest.mark.parametrize("document", _HOSTILE.values(), ids=_HOSTILE)
def test_a_document_four_times_as_long_takes_no_more_than_linear_time(document: tuple[str, str, str]) -> None:
    small, large = (_seconds(*document, length) for length in (30_000, 120_000))
    assert large < 6 * small + 0.3


def test_findings_on_one_long_line_do_not_hold_a_copy_of_it_each() -> None:
    findings = found(f"{_BEGINNING}Here {'<!-- closeout: ignore -->' * 2_000}", "CO005")
    assert len(findings) == 2_000
    assert max(len(finding.subject) for finding in findings) <= 1_000


def _seconds(head: str, unit: str, tail: str, length: int) -> float:
    text = _BEGINNING + head + unit * (length // len(unit)) + tail
    begin = process_time()
    lint(text, policy=Policy(rules={rule.code: rule.severity for rule in iter_rules()}))
    return process_time() - begin
