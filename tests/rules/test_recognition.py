"""Which files are taken for postmortems where the policy names none."""

from __future__ import annotations

import pytest

from rules.recognition import is_postmortem
from tests.rules.kin_of_postmortems import OTHERS

POSTMORTEMS = {
    "p/lag.md": "# Postmortem: lag\n",
    "notes/lag.md": "# 2026-05-04 Post-mortem of the lag\r\n",
    "lag.md": "Post-mortem\n===========\n",
    "x/report.md": "---\ntitle: Incident report 17\n---\n\nIt lagged.\n",
    "incidents/lag.md": "# Lag\n\n## Summary\n\n## Timeline\n\n## Root cause\n\n## Action items\n",
    "docs/a.md": """# Lag

**Summary**

It lagged.

**Impact**

Much.

**Root causes**:

**Lessons learned**
""",
    "docs/b.md": """# Search was down

## Overview

## Timeline

- 10:32 Errors
- 11:14 Restored

## Cause

## Follow-ups
""",
    "docs/c.md": """# Lag

- Severity: SEV-2

## Issue summary

## Key events

- 10:32 a
- 10:40 b

## Causes
""",
    "docs/d.md": (
        "# Checkout\n\n## TL;DR\n\n## What was actually happening\n\n## What we believed was happening (during)\n\n"
        "## What helped, what hurt\n"
    ),
    "docs/e.md": "# Onboarding emails were lost\n\n## Summary\n\n## Timeline\n\n## Root cause\n\n## Action items\n",
}


@pytest.mark.parametrize("path", OTHERS)
def test_plans_proposals_and_the_like_are_no_postmortems(path: str) -> None:
    assert not is_postmortem(OTHERS[path], path)


@pytest.mark.parametrize("path", POSTMORTEMS)
def test_a_title_or_headings_and_signs_of_an_incident_make_a_postmortem(path: str) -> None:
    assert is_postmortem(POSTMORTEMS[path], path)


@pytest.mark.parametrize("path", ["TEMPLATE.md", "docs/postmortem-template.md", "lag.txt"])
def test_templates_and_other_files_never_are(path: str) -> None:
    assert not is_postmortem("# Postmortem: x\n", path)


def test_an_empty_file_is_none() -> None:
    assert not is_postmortem("", "empty.md")
