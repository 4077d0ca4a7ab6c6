"""Whole documents in styles of their own: every part is found without being told the style."""

from __future__ import annotations

from datetime import date

from rules.reading import read

EVENTS_UNDER_DATES = """# 2026-05-04: Queue saturated

## Current Status

Mitigated.

## Timeline

All times UTC.

### 2026-05-04

- `23:52` - @ana declares an incident

### 2026-05-05

- `00:14` - Resolved

## Corrective Actions

- https://example.org/issues/123 - Add a saturation alert
- [Raise the limit](https://example.org/issues/124) (@ben)

<details><summary>Review</summary>

## Incident Review

### Customer Impact

1. **Who was impacted?** All.

### What went well?

- The rollback
</details>
"""

KEY_VALUE_TABLES = """# Lag postmortem

| Incident summary | |
|---|---|
| Incident date | 2026-05-04 |
| Severity | Major |
| Incident Commander | Ana Ruiz |

## Incident Timeline

| Date/Time | Who/What | Action/Impact |
|---|---|---|
| 2026-05-04 10:32 UTC | Ana | Deploys |
| 2026-05-04 10:40 UTC | Pager | Fires |

## What caused the incident?

### Trigger(s)

A limit.

## Action Items & Followups

| Action Item | Type | Who | Priority | Bug # | Due Date |
|---|---|---|---|---|---|
| Add an alert | Detect | Ana Ruiz | P1 | #12 | 6/30/2026 |
| Add a limit | Prevent | SRE team | P0 | | TBD |
"""

LABELLED_LINES = """# Incident report: Lag

Date: 4 May 2026
Time: 10:32 to 11:14 UTC
Severity: P2
Incident lead: Ana Ruiz
Comms lead: Ben

## Overview

It lagged.

## User impact

Some.

## Timeline

10:32 Deploy
10:40 Alert

## Actions

- Ana Ruiz to raise the limit by 1 June 2026
- Ben: add an alert
- Rotate the keys - Cem Kaya - 2026-06-08
"""

BULLET_TREE = """---
title: Incident on 2026-05-04
weight: 8
---

# Incident on 2026-05-04

- **Key events**
  - First detected: 2026-05-04 08:15
  - Repaired: 2026-05-04 12:42
  - Resolved 2026-05-04 12:50

- **Time to repair**: 4h 27m

- **Impact**: The service was degraded.

- **Review actions**:
  - Add a check for address space #4669
  - Raise the limit (Done)
"""


def test_events_under_dates_and_actions_that_are_links() -> None:
    postmortem = read(EVENTS_UNDER_DATES)
    assert postmortem.layout == "gitlab"
    assert [entry.at.isoformat() for entry in postmortem.timeline if entry.at] == [
        "2026-05-04T23:52:00+00:00",
        "2026-05-05T00:14:00+00:00",
    ]
    first, second = postmortem.actions
    assert first.links == ("https://example.org/issues/123",)
    assert (second.title, second.owners[0].login) == ("Raise the limit", "ben")
    assert postmortem.section("helped_hurt") is not None


def test_tables_for_everything() -> None:
    postmortem = read(KEY_VALUE_TABLES)
    assert (postmortem.value("date"), postmortem.value("severity")) == ("2026-05-04", "Major")
    assert [person.name for person in postmortem.commanders] == ["Ana Ruiz"]
    assert [entry.text for entry in postmortem.timeline] == ["Ana – Deploys", "Pager – Fires"]
    first, second = postmortem.actions
    assert (first.due, first.priority, first.links) == (date(2026, 6, 30), "P1", ("#12",))
    assert (second.owners[0].name, second.due, second.due_text) == ("SRE team", None, None)


def test_labelled_lines_and_people_who_come_first() -> None:
    postmortem = read(LABELLED_LINES)
    assert postmortem.layout == "govuk"
    assert postmortem.start is not None
    assert postmortem.start.isoformat() == "2026-05-04T10:32:00+00:00"
    assert [(item.title, item.owners[0].name, item.due) for item in postmortem.actions] == [
        ("raise the limit", "Ana Ruiz", date(2026, 6, 1)),
        ("add an alert", "Ben", None),
        ("Rotate the keys", "Cem Kaya", date(2026, 6, 8)),
    ]


def test_one_tree_of_bullets() -> None:
    postmortem = read(BULLET_TREE)
    assert [section.kind for section in postmortem.sections] == ["timeline", None, "impact", "actions"]
    assert [entry.text for entry in postmortem.timeline] == ["First detected", "Repaired", "Resolved"]
    assert postmortem.value("time_to_repair") == "4h 27m"
    assert [(item.title, item.done) for item in postmortem.actions] == [
        ("Add a check for address space #4669", False),
        ("Raise the limit", True),
    ]
