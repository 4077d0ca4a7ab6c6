"""The day of an incident, as far as a document tells."""

from __future__ import annotations

from datetime import date

from rules.parse.dates import find_day
from rules.postmortem import Postmortem


def incident_day(postmortem: Postmortem) -> date | None:
    """The day the incident began: from its start, its date, else the first entry of the timeline with an instant.

    In the zone in which the document gives it; None if nothing tells.
    """
    if postmortem.start is not None:
        return postmortem.start.date()
    for key in ("date", "start", "duration"):
        found = find_day(postmortem.value(key)[:300])
        if found is not None and found.day is not None:
            return found.day
    return min((entry.at.date() for entry in postmortem.timeline if entry.at is not None), default=None)
