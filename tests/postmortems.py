"""A complete, good postmortem as text, and the ways tests change it."""

from __future__ import annotations

from collections.abc import Mapping

HEADLINE = "Checkout returned errors for 42 minutes"

METADATA = {
    "Incident": "INC-2041",
    "Date": "2026-05-04",
    "Severity": "SEV-2",
    "Duration": "10:32 (start) → 11:14 (end), UTC",
    "Detection": "the alert `checkout-errors` paged the on-call engineer after 4 minutes",
    "Impact": "12,400 users affected, 31,000 requests failed, 18 % of the SLO budget used",
    "Incident commander": "Ana Ruiz (@ana)",
    "Facilitator": "Finn Olsen (@finn)",
    "Affected team": "payments",
    "Authors": "Ana Ruiz (@ana), Ben Okafor (@ben)",
    "Status": "review",
}

ACTIONS = """\
- [ ] Alert when the connection pool of checkout is above 80 % for 5 minutes
  - Owner: Ben Okafor (@ben)
  - Deadline: 2026-05-18
  - Priority: P0
  - Success criterion: the alert fires in staging within 6 minutes of an exhausted pool
- [ ] Cap retries in the payment client at three, with exponential backoff
  - Owner: Gita Rao (@gita)
  - Deadline: 2026-06-01
  - Priority: P1
  - Success criterion: the load test `retry-storm` stays below 1.5 times its normal request rate"""

SECTIONS = {
    "TL;DR": (
        "Checkout failed for 42 minutes because its connection pool ran dry. "
        "We raised the limit, and now alert before it is reached."
    ),
    "Timeline": """\
- 10:32 The checkout error rate passes 5 %.
- 10:36 `checkout-errors` pages the on-call engineer.
- 10:41 The deploy of 10:20 is rolled back; the error rate does not change.
- 10:58 The pool of checkout is seen to stand at its limit.
- 11:10 The limit is raised from 50 to 200 connections.
- 11:14 The error rate is back at 0.1 %.""",
    "What was actually happening": (
        "A slow query held connections for longer than the pool's timeout. "
        "Clients retried without backoff, so that each failure took three more connections."
    ),
    "What we believed was happening (during)": (
        "The responders took the deploy of 10:20 for the cause, since it touched checkout. "
        "The dashboard showed the average of all pools, in which one full pool does not stand out."
    ),
    "What helped, what hurt": """\
Helped:

- The runbook for the pool named the command that shows its state.

Hurt:

- The dashboard averaged over pools, which cost 17 minutes.""",
    "Action items": ACTIONS,
    "Verification": (
        "A load test in staging exhausts the pool every night. It fails if the alert does not fire within six minutes."
    ),
    "Open questions": "- Why did the slow query appear on this day, and not before?",
}


def good_postmortem(
    *,
    headline: str | None = HEADLINE,
    metadata: Mapping[str, str | None] | None = None,
    sections: Mapping[str, str | None] | None = None,
    front_matter: str = "",
    actions: str | None = None,
    timeline: str | None = None,
    **fields: str | None,
) -> str:
    """A postmortem that no rule complains about, with the given parts put in place of its own.

    Args:
        headline: None leaves the title out.
        metadata: bullets by label; None leaves one out, a new label is added.
        sections: bodies by heading; None leaves the section out, a new heading is added at the end.
        front_matter: the lines between the `---`; empty for no front matter.
        actions, timeline: the bodies of these sections.
        fields: bullets, too, with `_` for a blank: `incident_commander="Ana Ruiz"`.
    """
    bullets: dict[str, str | None] = {**METADATA, **(metadata or {})}
    bullets |= {name.replace("_", " ").capitalize(): value for name, value in fields.items()}
    bodies: dict[str, str | None] = {**SECTIONS, **(sections or {})}
    bodies |= {title: body for title, body in (("Action items", actions), ("Timeline", timeline)) if body is not None}
    parts = [f"---\n{front_matter}\n---\n"] if front_matter else []
    if headline is not None:
        parts.append(f"# Postmortem: {headline}\n")
    parts.append("\n".join(f"- {label}: {value}" for label, value in bullets.items() if value is not None) + "\n")
    parts.extend(f"## {title}\n\n{body}\n" for title, body in bodies.items() if body is not None)
    return "\n".join(parts)
