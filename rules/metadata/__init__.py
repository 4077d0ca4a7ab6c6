"""CO1: the facts at the head of a postmortem."""

from rules.metadata import (
    dates,
    detection,
    duration,
    facilitator,
    headline,
    impact,
    keys,
    kind,
    placeholders,
    roles,
    severity,
    status,
)

__all__ = [
    "dates",
    "detection",
    "duration",
    "facilitator",
    "headline",
    "impact",
    "keys",
    "kind",
    "placeholders",
    "roles",
    "severity",
    "status",
]
