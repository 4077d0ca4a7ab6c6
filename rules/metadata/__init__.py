"""CO1: the facts at the head of a postmortem."""

from rules.metadata import duration, headline, placeholders, roles, severity, status

__all__ = ["duration", "headline", "placeholders", "roles", "severity", "status"]
