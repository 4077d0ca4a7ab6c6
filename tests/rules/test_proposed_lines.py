"""What a finding proposes to add at the head is in the document's own form, and does what it says."""

from __future__ import annotations

import re

import pytest

from tests.rules.linting import found

_BODY = "\n\n## Summary\n\nCheckout was down.\n\n## Timeline\n\n- 10:32 UTC Down\n- 10:40 UTC Up\n"
_AUTHORS = "Ana Ruiz (@ana), Ben Okafor (@ben)"
FORMS = [
    ("# Outage\n\n- Date: 2026-05-04\n{}", f"- Authors: {_AUTHORS}"),
    ("# Outage\n\n* Date : 2026-05-04\n{}", f"* Authors : {_AUTHORS}"),
    ("# Outage\n\n**Date:** 2026-05-04\\\n{}", f"**Authors:** {_AUTHORS}"),
    ("# Outage\n\n**Date**: 2026-05-04\n\n{}", f"**Authors**: {_AUTHORS}"),
    ("# Outage\n\n- **Date:** 2026-05-04\n{}", f"- **Authors:** {_AUTHORS}"),
    ("# Outage\n\n__Date:__ 2026-05-04\n\n{}", f"__Authors:__ {_AUTHORS}"),
    ("# Outage\n\nDate: 2026-05-04\n{}", f"Authors: {_AUTHORS}"),
    ("# Outage\n\n> Date: 2026-05-04\n{}", f"> Authors: {_AUTHORS}"),
    ("# Outage\n\n|  |  |\n|---|---|\n| Date | 2026-05-04 |\n{}", f"| Authors | {_AUTHORS} |"),
    ("# Outage\n\n|  |  |\n|---|---|\n| **Date** | 2026-05-04 |\n{}", f"| **Authors** | {_AUTHORS} |"),
    ("---\ndate: 2026-05-04\n{}\n---\n\n# Outage", f"authors: {_AUTHORS}"),
    ("# Outage\n\nDATE: 2026-05-04\n\nSTATUS: review\n\n{}", f"AUTHORS: {_AUTHORS}"),
    ("# Outage\n{}", f"- Authors: {_AUTHORS}"),
]


@pytest.mark.parametrize(("head", "line"), FORMS)
def test_a_line_is_proposed_in_the_form_of_the_others_and_settles_the_finding(head: str, line: str) -> None:
    (finding,) = found(head.format("") + _BODY, "CO115")
    assert f"Add `{line}`" in finding.message
    assert not found(head.format(line) + _BODY, "CO115")


def test_a_label_that_is_there_is_the_one_that_is_proposed() -> None:
    (finding,) = found(f"# Outage\n\n- Date: 2026-05-04\n- **Written by:**{_BODY}", "CO115")
    assert f"Add `- **Written by:** {_AUTHORS}`" in finding.message


@pytest.mark.parametrize(
    ("head", "label"),
    [
        ("---\ntitle: Outage\ndate: 2026-05-04\n---", "incident_commander"),
        ("---\ntitle: Outage\ntime-to-detect: 4 min\n---", "incident-commander"),
        ("# Outage\n\n- **Incident Date:** 2026-05-04\n- **Affected Services:** checkout", "Incident Commander"),
        ("# Outage\n\n- **Incident date:** 2026-05-04\n- **Affected Services:** checkout", "Incident commander"),
    ],
)
def test_the_label_has_the_capitals_of_the_others(head: str, label: str) -> None:
    (finding,) = found(head + _BODY, "CO120")
    proposed = re.search(r"Add `(?:- )?(?:\*\*)?([\w -]+):", finding.message)
    assert proposed is not None
    assert proposed[1] == label


def test_every_fact_that_is_missing_is_proposed_so() -> None:
    text = "# Outage\n\n**Incident:** INC-2041\n\n## Summary\n\nCheckout was down.\n"
    for code in ("CO103", "CO105", "CO107", "CO115", "CO120"):
        (finding,) = found(text, code)
        assert re.search(r"Add `\*\*[\w ]+:\*\* ", finding.message), finding.message
