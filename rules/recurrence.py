"""Recurrences: whether a postmortem says that it happened before, and why the first postmortem did not prevent it."""

from __future__ import annotations

import re

from rules.folding import fold
from rules.patterns import Pattern
from rules.placeholders import is_nothing, is_template
from rules.postmortem import Field, Postmortem, Section

_DECLARES = frozenset({"recurrence of", "repeat of", "recurs"})
_NO_RECURRENCE = Pattern(r"(?:no\b|none\b|n/?a\b|not\b|first\b|new\b|unknown\b|[-–—]+$)", re.IGNORECASE)
_TELLS_WHY = Pattern(
    r"\bwhy\b.{0,60}\b(?:prevent|catch|caught|stop|avoid|again|recur)"
    r"|\b(?:first|earlier|previous|prior|last)\s+(?:postmortem|post-mortem|incident|time|one)\b|\brecurr",
    re.IGNORECASE,
)


def declared_recurrence(postmortem: Postmortem) -> Field | None:
    """The metadata that declares it a recurrence; None if there is none, or if it says that it is none."""
    field = postmortem.fields.get("recurrence_of")
    if field is None or fold(field.label.replace("_", " ").replace("-", " ")) not in _DECLARES:
        return None
    value = field.value.value
    return None if is_nothing(value) or is_template(value) or _NO_RECURRENCE.match(value) else field


def explains_recurrence(postmortem: Postmortem) -> bool:
    """Whether a section says why the first postmortem did not prevent it."""
    return any(_explains(section) for section in postmortem.sections)


def _explains(section: Section) -> bool:
    """Whether a section is about the recurrence; one that still holds the hint has a rule of its own."""
    about = section.kind == "recurrence" or _TELLS_WHY.search(section.title[:200]) is not None
    return about and not is_nothing(section.text)
