"""CO2: the sections of a postmortem."""

from rules.sections import presence, template, tldr, verification

__all__ = ["presence", "template", "tldr", "verification"]
