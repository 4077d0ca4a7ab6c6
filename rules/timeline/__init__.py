"""CO3: the timeline."""

from rules.timeline import entries

__all__ = ["entries"]
