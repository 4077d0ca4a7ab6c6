"""The zone of the times in a timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from rules.parse.zones import zone_from
from rules.patterns import Pattern
from rules.places import place_for
from rules.policy import Policy
from rules.postmortem import Postmortem, Section
from rules.rule import Context, Problem, Severity, rule

_SEASONS = (
    ("WET", "WEST"), ("GMT", "BST", "IST"), ("CET", "CEST"), ("EET", "EEST"), ("EST", "EDT", "ET"),
    ("CST", "CDT", "CT"), ("MST", "MDT", "MT"), ("PST", "PDT", "PT"), ("AST", "ADT"), ("AEST", "AEDT"),
    ("NZST", "NZDT"),
)  # fmt: skip
"""Abbreviations by which one place's clocks go in winter, in summer, and all year."""

_TIME_OF_A_PLACE = Pattern(
    r"\b(?!Local|Start|End|All|Key|Incident|Response|Event)[A-Z][a-z]+ (?:(?:Standard|Daylight|Summer) )?[Tt]imes?\b"
)
"""`Eastern Time`: a zone, though not one whose clocks can be told."""
_LONGEST_TITLE = 60

_PLACE = {name: names[0] for names in _SEASONS for name in names}


@rule("CO304", "timeline-without-zone", Severity.NOTICE)
def timeline_without_zone(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """Nothing says in which time zone the times of the timeline are.

    Why: a reader in another place, and anybody who compares it with a dashboard, has to guess. Name it once, in the
    duration, in the timeline's heading or with a time; or give the policy the `timezone` you all write in. If the
    duration gives its times without a zone, that is told there.

    Bad:

    ```markdown
    - Duration: 42 minutes

    ## Timeline

    - 10:32 The checkout error rate passes 5 %.
    - 10:36 `checkout-errors` pages the on-call engineer.
    - 11:14 The error rate is back at 0.1 %.
    ```

    Good:

    ```markdown
    - Duration: 10:32 (start) → 11:14 (end), UTC

    ## Timeline

    - 10:32 The checkout error rate passes 5 %.
    - 10:36 `checkout-errors` pages the on-call engineer.
    - 11:14 The error rate is back at 0.1 %.
    ```
    """
    if postmortem.zone is not None or policy.timezone != Policy().timezone:
        return
    if postmortem.duration is not None and postmortem.duration.elapsed is not None:
        return  # CO110 speaks of that
    timed = [entry for entry in postmortem.timeline if entry.time is not None]
    if len(timed) < 2 or any(entry.zone is not None or entry.at is not None for entry in timed):
        return
    if not any(":" in entry.time.value for entry in timed if entry.time):
        return  # days, phases or `T+5 min`, which need no zone
    section = postmortem.section("timeline")
    if section is not None and _TIME_OF_A_PLACE.search(section.title):
        return
    yield Problem(
        place_for(postmortem, "timeline") if section else timed[0].span,
        f"Nothing says in which time zone these times are. Name it once, for example “{_title(section)} (UTC)”.",
        subject="timeline",
    )


def _title(section: Section | None) -> str:
    return section.title if section is not None and len(section.title) <= _LONGEST_TITLE else "Timeline"


@rule("CO305", "timeline-zones-mixed", Severity.WARNING)
def timeline_zones_mixed(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The entries of one timeline give their times in different zones.

    Why: nobody sees any more how much time lies between two entries. Convert them all to one zone, best UTC. The winter
    and the summer time of one place (`CET`, `CEST`) count as one zone.

    Bad:

    ```markdown
    ## Timeline

    - 10:32 UTC The checkout error rate passes 5 %.
    - 12:36 CEST `checkout-errors` pages the on-call engineer.
    - 11:14 UTC The error rate is back at 0.1 %.
    ```

    Good:

    ```markdown
    ## Timeline

    - 10:32 UTC The checkout error rate passes 5 %.
    - 10:36 UTC `checkout-errors` pages the on-call engineer.
    - 11:14 UTC The error rate is back at 0.1 %.
    ```
    """
    named = [entry for entry in postmortem.timeline if entry.zone and entry.time]
    places = {_place_of(entry.zone or "") for entry in named}
    if len(places) < 2:
        return
    first = named[0]
    other = next(entry for entry in named if _place_of(entry.zone or "") != _place_of(first.zone or ""))
    yield Problem(
        other.time.span if other.time else other.span,
        f"This time is in {other.zone}, but times above are in {first.zone}. "
        "Convert them all to one zone, and name it once.",
        subject="timeline",
    )


def _place_of(zone: str) -> str | tzinfo:
    """What two names of a zone have in common if they mean one place's clocks."""
    name = zone.upper()
    if name in ("GMT", "Z", "UTC", "ETC/UTC", "+00:00", "+0000"):
        return "UTC"
    if name in _PLACE:
        return _PLACE[name]
    return zone_from(zone) or name
