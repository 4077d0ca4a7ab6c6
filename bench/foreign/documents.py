"""The postmortems of the script, and their policy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

POLICY_PATH = ".github/closeout.yml"
POLICY = """\
version: 1
documents: ["postmortems/**/*.md"]
people:
  ana: {name: Ana Ruiz, manager: dana}
  ben: {name: Ben Okafor, manager: dana}
managers: {default: dana}
"""


@dataclass(frozen=True, slots=True)
class Item:
    """An action item of a postmortem; `owner` as it is written there."""

    title: str
    owner: str
    due: date
    priority: str
    criterion: str

    @property
    def text(self) -> str:
        """The item as it stands in the document."""
        facts = {"Owner": self.owner, "Deadline": self.due.isoformat(), "Priority": self.priority}
        lines = [f"  - {name}: {value}" for name, value in (facts | {"Success criterion": self.criterion}).items()]
        return "\n".join([f"- [ ] {self.title}", *(line for line in lines if not line.endswith(": "))])


def postmortem(number: int, headline: str, day: date, items: Iterable[Item]) -> str:
    """A complete postmortem; `number` is the incident's."""
    return f"""\
# {headline}

- **Incident**: INC-{number}
- **Date**: {day.isoformat()}
- **Severity**: SEV-2
- **Duration**: 10:32 (start) → 11:14 (end), UTC
- **Detection**: the alert `errors-{number}` paged the on-call engineer after 4 minutes
- **Impact**: 12,400 users affected, 31,000 requests failed, 18 % of the SLO budget used
- **Incident commander**: Ana Ruiz (@ana)
- **Affected team**: payments
- **Authors**: Ana Ruiz (@ana), Ben Okafor (@ben)
- **Status**: review

## TL;DR

{headline}, because a connection pool ran dry. We raised its limit, and now alert before it is reached.

## Timeline

- 10:32 The error rate passes 5 %.
- 10:36 `errors-{number}` pages the on-call engineer.
- 10:41 The deploy of 10:20 is rolled back; the error rate does not change.
- 10:58 The pool is seen to stand at its limit.
- 11:10 The limit is raised from 50 to 200 connections.
- 11:14 The error rate is back at 0.1 %.

## What was actually happening

A slow query held connections for longer than the pool's timeout. Clients retried without backoff, so that each failure
took three more connections.

## What we believed was happening (during)

The responders took the deploy of 10:20 for the cause. The dashboard showed the average of all pools, in which one full
pool does not stand out.

## What helped, what hurt

Helped:

- The runbook for the pool named the command that shows its state.

Hurt:

- The dashboard averaged over pools, which cost 17 minutes.

## Action items

{chr(10).join(item.text for item in items)}

## Verification

A load test in staging exhausts the pool every night. It fails if the alert does not fire within six minutes.

## Open questions

- Why did the slow query appear on this day, and not before?
"""
