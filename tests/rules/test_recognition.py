"""Which files are taken for postmortems where the policy names none."""

from __future__ import annotations

import pytest

from rules.recognition import is_postmortem

OTHERS = {
    "rfcs/0042-cache.md": """# RFC 0042: A shared cache

## Summary

One cache for all.

## Timeline

- Q3: prototype
- Q4: rollout

## Impact

Fewer queries.

## Open questions

- Which size?

## Next steps

- Ask for comments
""",
    "docs/rfc-incident-levels.md": """# RFC: incident severity levels

## Summary

Four levels.

## Context

Today there are two.

## Impact

On-call.

## Next steps

- Vote
""",
    "adr/0007-use-queues.md": """# 7. Use queues between services

## Status

Accepted

## Context

Calls time out.

## Decision

We use queues.

## Consequences

More to run.
""",
    "adr/0012-failover.md": """# ADR 12: Fail over by DNS

## Context

An outage of a zone.

## Problem

It takes an hour.

## Resolution

DNS.

## Consequences

TTL of 60.
""",
    "runbooks/pool.md": """# Runbook: connection pool exhausted

## Overview

What to do.

## Impact

Checkout fails.

## Detection

The alert `pool`.

## Mitigation

1. Raise the limit.

## Verification

The error rate falls.

## Root cause

Look at slow queries.
""",
    "docs/playbook-outage.md": """# Playbook for an outage

## Detection

## Escalation

## Communication

## Recovery

## Impact

## Timeline
""",
    "plans/release-4.2.md": """# Release plan 4.2

## Overview

Big one.

## Timeline

- 2026-05-04 freeze
- 2026-05-11 10:00 deploy
- 2026-05-11 10:30 check

## Impact

All users.

## Risks

## Action items

- [ ] Tell support

## Verification

Smoke test.
""",
    "plans/launch.md": """# Launch of the new checkout

**Timeline**

- 09:00 Freeze
- 10:00 Deploy

**Impact**

All shops.

**Action items**

- Tell support
""",
    "notes/2026-05-04.md": """# Meeting notes 2026-05-04

## Attendees

- Ana

## Summary

We met.

## Action items

- Ben writes to Ana

## Open questions

- When?
""",
    "notes/agenda.md": """# Weekly agenda

- 10:00 Welcome
- 10:15 Incidents of the week

## Overview

## Action items

## Next steps

## Questions
""",
    "README.md": """# Acme platform

## Overview

What it is.

## Architecture

## Questions

Ask us.

## Resolution of names

## Timeline of releases
""",
    "postmortems/README.md": """# Postmortems

Here are our postmortems. How to write one:

## Timeline

Say what happened.

""",
    "CHANGELOG.md": """# Changelog

## 4.2.0

### Summary

Fixes an outage.

### Impact

None.

### Resolution

Update.
""",
    "docs/design.md": """# Design: idempotent payments

## Summary

## Background

## Analysis

## Test plan

## Open questions

## Timeline

## Impact
""",
    "docs/onboarding.md": """# Onboarding

## Overview

## First week

## Questions

## Links

## Next steps

## Timeline
""",
    "retros/sprint-41.md": """# Sprint 41 retro

## Summary

## What went well

## What went wrong

## Action items

## Open questions
""",
    "docs/postmortem-process.md": """# Our postmortem process

## Timeline

How to write it.

## Action items

How to write them.
""",
    "docs/how-we-write.md": "# How we write incident reports\n\nWith care.\n",
    "docs/project.md": """# Project Falcon: status report

## Summary

## Timeline

## Impact

## Risks

## Next steps
""",
    "docs/migration.md": """# Migration to Postgres 18

## Overview

## Impact

## Timeline

- 22:00 Stop writes
- 22:30 Copy

## Rollback

## Verification
""",
    "docs/experiment.md": """# Experiment: larger batches

## Summary

## Context

## Analysis

## Metrics

## Next steps
""",
    "docs/guide.md": "# A guide\n\n```\n# Postmortem: x\n```\n\n## Overview\n\n## Next steps\n",
    "blog/slo.md": """# How we think about budgets

## Background

## Impact

## Lessons learned

## What is next
""",
    "proposals/oncall.md": """# Proposal: follow-the-sun on-call

## Problem

Nights.

## Impact

## Timeline

## Open questions

## Action items
""",
}

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
