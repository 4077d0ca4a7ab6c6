"""What the head and the sections say of one fact, such as the impact, and where."""

from __future__ import annotations

from rules.places import place_for, top_of
from rules.postmortem import Postmortem, Span

_LONGEST = 20_000  # characters that are looked at


def told_of(postmortem: Postmortem, key: str, *more: str) -> str:
    """What stands in the field and under the sections of that name, and `more`; empty if nothing does."""
    sections = (section.text for section in postmortem.sections_of(key))
    return "\n".join(filter(None, (postmortem.value(key), *more, *sections)))[:_LONGEST]


def place_told(postmortem: Postmortem, key: str) -> Span:
    """The field's value, or the field if it has none; else the section's heading, else the top of the document."""
    field = postmortem.fields.get(key)
    if field is None:
        return place_for(postmortem, key) if postmortem.section(key) else top_of(postmortem)
    return field.value.span if field.value.value else field.span
