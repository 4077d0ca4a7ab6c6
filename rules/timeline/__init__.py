"""CO3: the timeline."""

from rules.timeline import bounds, entries, milestones, order, response, wording, zones

__all__ = ["bounds", "entries", "milestones", "order", "response", "wording", "zones"]
