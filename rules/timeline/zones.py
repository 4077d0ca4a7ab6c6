"""The zone of the times in a timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from rules.parse.zones import zone_from
from rules.patterns import Pattern
from rules.places import place_for
from rules.policy import Policy
from rules.postmortem import Postmortem, Section, TimelineEntry
from rules.rule import Context, Problem, Severity, rule

_BRACKETED = Pattern(r"\s*\([^()]*\)")
_SEASONS = (
    ("WET", "WEST"), ("GMT", "BST", "IST"), ("CET", "CEST", "MEZ", "MESZ"), ("EET", "EEST"), ("EST", "EDT", "ET"),
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
    """The timeline's heading, without what stands in brackets; a plain one instead of a long one."""
    bare = _BRACKETED.sub("", section.title).strip() if section is not None else ""
    return bare if 0 < len(bare) <= _LONGEST_TITLE else "Timeline"


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
    foreign = foreign_entries(postmortem)
    if not foreign:
        return
    other = foreign[0]
    yield Problem(
        other.time.span if other.time else other.span,
        f"This time is in {_zone_of(postmortem, other)}, but most others are in {_usual_zone(postmortem)}. "
        "Convert them all to one zone, and name it once.",
        subject="timeline",
    )


def foreign_entries(postmortem: Postmortem) -> tuple[TimelineEntry, ...]:
    """The entries that name another zone than that of most times; where none prevails, than that of the first.

    A time that names no zone is in the document's; where that is unknown, it belongs to none.
    """
    usual = _usual_zone(postmortem)
    named = ((entry, entry.zone) for entry in postmortem.timeline if entry.time is not None)
    return tuple(entry for entry, zone in named if zone and usual and not _is_one_place(zone, usual, entry.at))


def entries_of_one_zone(postmortem: Postmortem) -> tuple[TimelineEntry, ...]:
    """The timed entries in the zone of most, so far as it is told: those whose times can be compared as they stand."""
    timed = tuple(entry for entry in postmortem.timeline if entry.time is not None)
    usual = _usual_zone(postmortem)
    if usual is None:
        return timed
    zones = ((entry, _zone_of(postmortem, entry)) for entry in timed)
    return tuple(entry for entry, zone in zones if zone is None or _is_one_place(zone, usual, entry.at))


def _usual_zone(postmortem: Postmortem) -> str | None:
    """The zone of most times, as written; of several the first. None where no entry names one."""
    if not any(entry.zone for entry in postmortem.timeline):
        return None
    zones = [_zone_of(postmortem, entry) for entry in postmortem.timeline if entry.time is not None]
    counts: dict[str | tzinfo, int] = {}
    for zone in zones:
        if zone:
            counts[_place_of(zone)] = counts.get(_place_of(zone), 0) + 1
    most = max(counts, key=lambda place: counts[place], default=None)
    return next((zone for zone in zones if zone and _place_of(zone) == most), None)


def _zone_of(postmortem: Postmortem, entry: TimelineEntry) -> str | None:
    return entry.zone or postmortem.zone


def _is_one_place(one: str, other: str, at: datetime | None) -> bool:
    """Whether two names of a zone may mean the same clocks; so they do where one of them cannot be told."""
    if _place_of(one) == _place_of(other):
        return True
    first, second = zone_from(one), zone_from(other)
    if first is None or second is None:
        return "/" in one or "/" in other  # `BST` and `Europe/London`, `PT` and `PST/PDT`
    return at is not None and at.astimezone(first).utcoffset() == at.astimezone(second).utcoffset()


def _place_of(zone: str) -> str | tzinfo:
    """What two names of a zone have in common if they mean one place's clocks."""
    name = zone.upper()
    if name in ("GMT", "Z", "UTC", "ETC/UTC", "+00:00", "+0000"):
        return "UTC"
    if name in _PLACE:
        return _PLACE[name]
    return zone_from(zone) or name
