"""A document that uses most of what the reader understands, for laws to mutate."""

RICH = """---
severity: SEV-2
authors: [Ana Ruiz, "@ben"]
---

# Postmortem: Checkout lag 🙂

- Duration: 2026-05-04 10:32 (start) → 11:14 (end), UTC
- **Incident commander:** Cem Özil (@cem)

## TL;DR
The queue *stopped* &amp; `lag` grew. See <https://example.org/a?b=c>, naïve **bold** ~~gone~~.

## Timeline (all times UTC)

- 10:32 — Deploy of `v1.2`
  - nested 10:35 detail
- ~10:40 Alert fires: "ERROR lag=31s on queue/payments"

| Time | Event |
|------|-------|
| 11:14 | Resolved \\| closed |

### 23:50

Late note.

**Root cause:** a missing limit.

> quoted line

<!-- closeout: ignore CO505 because it is a log line -->
Text after.

## Action items

1. [P0] Alert on lag (owner: @ana, due: 2026-06-01)
   - Success criterion: pages within 5 min
- [x] ~~Done one~~ — @ben, by 2026-06-08, P1

| Action | Owner | Due | Priority |
|---|---|---|---|
| Add `x` | @cem | Jul 28, 2026 | P2 |

```
code 10:00 @nobody
```

## Verification
Chaos test.
"""
