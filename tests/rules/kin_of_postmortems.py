"""Documents that look somewhat like postmortems and are none: plans, proposals, minutes, guides; by path."""

from __future__ import annotations

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
