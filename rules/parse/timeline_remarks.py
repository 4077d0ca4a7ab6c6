"""What headings and lines between the entries of a timeline say for those that follow: the zone, and the day."""

from __future__ import annotations

import re

from rules.parse.dates import Day
from rules.parse.zones import zone_in
from rules.patterns import Pattern

SHORT = 120
"""Characters up to which a line or heading may set the day for what comes below it."""

_ZONE_SENTENCE = Pattern(r"\btimes?\b|\btime ?zones?\b|\btimestamps?\b|\bclocks?\b", re.IGNORECASE)
_BRACKETS = Pattern(r"[(\[]([^()\[\]]{1,40})[)\]]")
_UNTOLD_DAY = Pattern(r"(?:[a-z]{3,9}[.,]?\s)?\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?", re.IGNORECASE)
_WORDS = Pattern(r"\w+")
_FEW_WORDS = 4


def announced_zone(text: str) -> str | None:
    """The zone that a heading or sentence names for the times of a timeline, as written."""
    if _ZONE_SENTENCE.search(text) and (zone := zone_in(text)):
        return zone
    bracketed = (zone_in(match[1]) for match in _BRACKETS.finditer(text))
    zone = next((each for each in bracketed if each), None)
    return zone or (zone_in(text) if len(text) <= SHORT and ("UTC" in text or "GMT" in text) else None)


def is_about_a_day(text: str, day: Day) -> bool:
    """Whether a line between entries is there for its date: `On 5 May 2026:`, not `deleting the 2026-04-14 index`."""
    before = text[: day.start]
    words = len(_WORDS.findall(f"{before} {text[day.end :]}"))
    return words <= _FEW_WORDS or text.rstrip(" *_").endswith(":") or not before.strip("*_ ")


def untold_day(text: str) -> str | None:
    """A date that is all there is in a line, and cannot be told: `4/24/23`."""
    alone = text.strip(" \t*_-–—:[]()")
    return alone if _UNTOLD_DAY.fullmatch(alone) is not None else None
