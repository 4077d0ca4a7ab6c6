"""How much of a postmortem is asked for: by its kind, by its severity, and by whether its cause is known.

A near-miss that would have been severe, and an intervention by hand that no user noticed, are asked for as much as an
incident, for they are the cheapest lessons; but nobody need have commanded them, and they may have had no impact. A
minor incident with a known cause needs a short write-up only: what happened, when, and where the cause is told.
"""

from __future__ import annotations

import enum
import re

from rules.folding import fold
from rules.once import once_a_document
from rules.patterns import Pattern
from rules.placeholders import is_nothing, is_template
from rules.places import layout_of
from rules.policy import Policy
from rules.postmortem import Postmortem

_LEVEL = Pattern(r"(?:(?:sev(?:erity)?|s|p|priority|level|tier)\s*[-_ ]?\s*)?([0-5])\b(?!\s*[./:]\s*\d)", re.IGNORECASE)
_LEVEL_WORD = Pattern(r"\b(critical|high|major|medium|moderate|minor|low)\b", re.IGNORECASE)
_LEVELS = {"critical": 1, "high": 2, "major": 2, "medium": 3, "moderate": 3, "minor": 4, "low": 4}
_REFERENCE = Pattern(r"https?://|\.md\b|#\d|\]\(|\b(?!(?:SEV|UTF|ISO|SHA|MD|RFC|TLS|P|S)-)[A-Z][A-Z0-9]{1,15}-\d+\b")
"""What leads to an earlier postmortem: a link, a file, the number of an issue, the identifier of an incident."""

_SHORT_FROM = 3  # SEV-3: "Sev 3 with familiar root cause: short writeup, no meeting"
SEVERE_TO = 2
"""The level of severity, SEV-2, up to which an incident always calls for a postmortem: somebody was hit."""

_SHORT_FORM = ("tldr", "timeline")
_NOBODY = frozenset({"none", "nobody", "no one", "no", "nothing", "no users", "not needed", "no impact", "n/a"})
_ARTICLE_FACTS = ("severity", "duration", "detection", "impact", "authors", "status")
_MANY_FACTS = 4  # of those, from which on a document of no house style is taken for one in ours
_OWN_LAYOUTS = ("closeout", "custom")


class Kind(enum.StrEnum):
    """What the postmortem is about, as its `Kind` says."""

    INCIDENT = "incident"
    NEAR_MISS = "near-miss"
    MANUAL_INTERVENTION = "manual-intervention"


@once_a_document
def kind_of(postmortem: Postmortem) -> Kind | None:
    """The kind; an incident if the document does not say, None if its `Kind` says something else.

    Others write the kind of their trouble there (`Type: network`), which says nothing about how much is asked for.
    """
    field = postmortem.fields.get("kind")
    if field is None or is_nothing(field.value.value) or is_template(field.value.value):
        return Kind.INCIDENT
    folded = fold(field.value.value).replace("-", " ").replace("_", " ")
    known = next((kind for kind in Kind if folded.startswith(kind.replace("-", " "))), None)
    return known if known is not None or fold(field.label) == "kind" else Kind.INCIDENT


@once_a_document
def severity_level(postmortem: Postmortem) -> int | None:
    """The severity as a number, 0 or 1 the gravest: 2 for `SEV-2` and `major`; None if it gives none that is known."""
    said = postmortem.value("severity")[:200]
    if number := _LEVEL.search(said):
        return int(number[1])
    word = _LEVEL_WORD.search(said)
    return _LEVELS[word[1].lower()] if word else None


def is_severe(postmortem: Postmortem) -> bool:
    """Whether it is an incident of SEV-2 or worse, by its own words."""
    level = severity_level(postmortem)
    return level is not None and level <= SEVERE_TO and kind_of(postmortem) is Kind.INCIDENT


def names_known_cause(postmortem: Postmortem) -> bool:
    """Whether `Known cause` leads to the earlier postmortem."""
    field = postmortem.fields.get("known_cause")
    return field is not None and _REFERENCE.search(postmortem.source.slice(field.span)) is not None


def is_short(postmortem: Postmortem) -> bool:
    """Whether the short form will do: a SEV-3 or less, whose `Known cause` names the earlier postmortem."""
    level = severity_level(postmortem)
    return (
        level is not None
        and level >= _SHORT_FROM
        and kind_of(postmortem) is Kind.INCIDENT
        and names_known_cause(postmortem)
    )


def required_sections(postmortem: Postmortem, policy: Policy) -> tuple[str, ...]:
    """The kinds of section that are asked for, in the layout's order."""
    required = layout_of(postmortem, policy).required
    return tuple(kind for kind in required if kind in _SHORT_FORM) if is_short(postmortem) else required


def asks_for_facts(postmortem: Postmortem) -> bool:
    """Whether the facts of Closeout's template are asked for at the head, each by itself.

    They are in that layout and in the policy's own, and where a document of no known style gives most of them at its
    head of its own accord. The short form needs none.
    """
    if is_short(postmortem):
        return False
    if postmortem.layout != "generic":
        return postmortem.layout in _OWN_LAYOUTS
    given = sum(1 for key in _ARTICLE_FACTS if key in postmortem.fields and postmortem.section(key) is None)
    return given >= _MANY_FACTS


def may_be_none(postmortem: Postmortem, key: str) -> bool:
    """Whether "none" was given for the commander or the impact, and is an answer."""
    if key not in ("commander", "impact") or not may_lack_impact(postmortem):
        return False
    return fold(postmortem.value(key)) in _NOBODY


def may_lack_impact(postmortem: Postmortem) -> bool:
    """Whether it is about something that nobody may have noticed: a near-miss, or an intervention by hand."""
    return kind_of(postmortem) in (Kind.NEAR_MISS, Kind.MANUAL_INTERVENTION)
