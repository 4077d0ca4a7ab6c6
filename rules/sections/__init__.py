"""CO2: the sections of a postmortem."""

from rules.sections import coverage, helped_hurt, mental_model, order, presence, spelling, template, tldr, verification

__all__ = [
    "coverage",
    "helped_hurt",
    "mental_model",
    "order",
    "presence",
    "spelling",
    "template",
    "tldr",
    "verification",
]
