"""Why a time of the timeline is no instant, for people who wonder."""

from __future__ import annotations

from rules.parse.times import moment_at
from rules.parse.zones import zone_from
from rules.postmortem import Postmortem, TimelineEntry


def why_unresolved(entry: TimelineEntry, postmortem: Postmortem) -> str:
    """What is missing to tell the instant that an entry's time means; empty if it tells, or has no time at all."""
    if entry.at is not None or entry.time is None:
        return ""
    moment = moment_at(entry.time.value)
    if moment is None or moment.clock is None:
        return "no time of day"
    zone = entry.zone or moment.zone or postmortem.zone
    missing = [] if moment.day is not None or _has_date(postmortem) else ["no date"]
    if zone is None:
        missing.append("no time zone")
    elif zone_from(zone) is None:
        missing.append(f"unknown time zone {zone}")
    return ", ".join(missing) or "the clock does not tell"


def _has_date(postmortem: Postmortem) -> bool:
    """Whether the document says when it happened, as far as can be told from what was resolved."""
    dated = postmortem.start is not None or bool(postmortem.value("date"))
    return dated or any(entry.at is not None for entry in postmortem.timeline)
