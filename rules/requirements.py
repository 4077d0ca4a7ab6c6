"""How much of a postmortem is asked for: by its kind, by its severity, and by whether its cause is known.

A near-miss that would have been severe, and an intervention by hand that no user noticed, are asked for as much as an
incident, for they are the cheapest lessons; but nobody need have commanded them, and they may have had no impact. A
minor incident with a known cause needs a short write-up only: what happened, when, and where the cause is told.
"""

from __future__ import annotations

import enum
import re

from rules.layouts import fold
from rules.placeholders import is_nothing, is_template
from rules.places import layout_of
from rules.policy import Policy
from rules.postmortem import Postmortem

_LEVEL = re.compile(
    r"(?:(?:sev(?:erity)?|s|p|priority|level|tier)\s*[-_ ]?\s*)?([0-5])\b(?!\s*[./:]\s*\d)", re.IGNORECASE
)
_LEVEL_WORD = re.compile(r"\b(critical|high|major|medium|moderate|minor|low)\b", re.IGNORECASE)
_LEVELS = {"critical": 1, "high": 2, "major": 2, "medium": 3, "moderate": 3, "minor": 4, "low": 4}
_REFERENCE = re.compile(r"https?://|\.md\b|#\d|\b[A-Z][A-Z0-9]+-\d+\b|\]\(")
_SHORT_FROM = 3  # SEV-3: "Sev 3 with familiar root cause: short writeup, no meeting"
_SHORT_FORM = ("tldr", "timeline")
_NOBODY = frozenset({"none", "nobody", "no one", "no", "nothing", "no users", "not needed"})


class Kind(enum.StrEnum):
    """What the postmortem is about, as its `Kind` says."""

    INCIDENT = "incident"
    NEAR_MISS = "near-miss"
    MANUAL_INTERVENTION = "manual-intervention"


def kind_of(postmortem: Postmortem) -> Kind | None:
    """The kind; an incident if the document does not say, None if it says something else."""
    said = postmortem.value("kind")
    if is_nothing(said) or is_template(said):
        return Kind.INCIDENT
    folded = fold(said).replace("-", " ").replace("_", " ")
    return next((kind for kind in Kind if folded.startswith(kind.replace("-", " "))), None)


def severity_level(postmortem: Postmortem) -> int | None:
    """The severity as a number, 0 or 1 the gravest: 2 for `SEV-2` and `major`; None if it gives none that is known."""
    said = postmortem.value("severity")[:200]
    if number := _LEVEL.search(said):
        return int(number[1])
    word = _LEVEL_WORD.search(said)
    return _LEVELS[word[1].lower()] if word else None


def is_short(postmortem: Postmortem) -> bool:
    """Whether the short form will do: a SEV-3 or less, whose `Known cause` names the earlier postmortem."""
    field = postmortem.fields.get("known_cause")
    level = severity_level(postmortem)
    if field is None or level is None or level < _SHORT_FROM or kind_of(postmortem) is not Kind.INCIDENT:
        return False
    return _REFERENCE.search(postmortem.source.slice(field.span)) is not None


def required_sections(postmortem: Postmortem, policy: Policy) -> tuple[str, ...]:
    """The kinds of section that are asked for, in the layout's order."""
    required = layout_of(postmortem, policy).required
    return tuple(kind for kind in required if kind in _SHORT_FORM) if is_short(postmortem) else required


def may_be_none(postmortem: Postmortem, key: str) -> bool:
    """Whether "none" was given for the commander or the impact, and is an answer."""
    if key not in ("commander", "impact") or kind_of(postmortem) not in (Kind.NEAR_MISS, Kind.MANUAL_INTERVENTION):
        return False
    return fold(postmortem.value(key)) in _NOBODY
