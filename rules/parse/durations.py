"""How long an incident was: the length, start and end in a value such as `10:32 (start) → 11:14 (end), UTC`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from rules.parse.dates import find_day
from rules.parse.times import CLOCK, Moment, single_moment_at
from rules.parse.zones import zone_from, zone_in
from rules.patterns import Pattern
from rules.postmortem import Duration, Span

_AMOUNT = Pattern(
    r"(?<![\w.:/])(\d{1,6}(?:[.,]\d{1,3})?)\s?(?:"
    r"(?P<days>d(?:ays?)?)|(?P<hours>h(?:(?:ou)?rs?)?)|(?P<minutes>m(?:in(?:ute)?s?)?)|(?P<seconds>s(?:ec(?:ond)?s?)?)|(?P<weeks>w(?:eeks?)?)"
    r")(?![a-zA-Z])",
    re.IGNORECASE,
)
_JOINED = Pattern(r"(?<=\d)(d|h|hr|hrs)(?=\d)", re.IGNORECASE)
_COLONS = Pattern(r"(?<![\w:.])(\d{1,3}):([0-5]\d)(?::([0-5]\d))?(?![\d:])")
_ISO_T = Pattern(r"(?<=\d)T(?=\d\d:?\d\d)")
_ISO_LENGTH = Pattern(r"\bP(\d{1,4}D)?T(?=\d{1,6}[HMS])")
"""What an ISO 8601 length begins with, as in `PT1H42M` or `P1DT2H`."""
_ARROW = Pattern(r"→|->|=>|–|—|\s-\s|\bto\b|\buntil\b|\bongoing\b")
_UNITS = ("weeks", "days", "hours", "minutes", "seconds")
_LONGEST = timedelta(days=3660)


def read_duration(text: str, span: Span, day: date | None, zone: str | None) -> Duration:
    """What a duration's value says. `day` and `zone` are the document's, for what the value leaves out."""
    text = _ISO_LENGTH.sub(r"\1 ", _ISO_T.sub(" ", text[:500]))
    moments = _moments(text)
    stated = _stated(text)
    if len(moments) == 1 or len(moments) > 2:
        first, moments = moments[0], moments[1:3] if len(moments) > 2 else moments
        if stated is None and first.day is None and first.zone is None and (moments[1:] or not _ARROW.search(text)):
            stated = _colons(text[first.start : first.end])
            moments = moments if len(moments) == 2 else []
    if not moments and stated is None and _ARROW.search(text) is None:
        stated = _colons(text)  # `36:15`, which no clock shows
    if len(moments) != 2:
        named = zone_in(text) or zone
        start = moments[0].resolve(day, named) if moments and _ARROW.search(text) else None
        return Duration(stated, None, start, None, named, span)
    return _between(text, (moments[0], moments[1]), stated, span, day, zone)


def _between(
    text: str, moments: tuple[Moment, Moment], stated: timedelta | None, span: Span, day: date | None, zone: str | None
) -> Duration:
    first, last = moments
    named = last.zone or first.zone or zone_in(text) or zone
    start_day = first.day.in_year_of(day) if first.day else _day_of(last, day)
    start = first.resolve(start_day, named)
    end = last.resolve(start_day, named)
    elapsed = _elapsed(first, last, start_day)
    if start is not None and end is not None:
        if end < start and last.day is None:
            end += timedelta(days=1)
        elapsed = end.astimezone(UTC) - start.astimezone(UTC)
    overnight = last.day is None and None not in (first.clock, last.clock) and _minutes(last) < _minutes(first)
    return Duration(stated, elapsed, start, end, named, span, overnight)


def _minutes(moment: Moment) -> int:
    """A moment's minute of the day, those of the next days counted on."""
    return moment.next_days * 1440 + (moment.clock.hour * 60 + moment.clock.minute if moment.clock else 0)


def _day_of(last: Moment, day: date | None) -> date | None:
    return day if day is not None or last.day is None else last.day.day


def _elapsed(first: Moment, last: Moment, day: date | None) -> timedelta | None:
    """From start to end by the clock; beyond midnight if the end is earlier in the day and no date says otherwise."""
    if first.clock is None or last.clock is None:
        return None
    start_day = day or date(2000, 1, 1)
    end_day = (last.day.in_year_of(start_day) if last.day else start_day) or start_day
    start, end = datetime.combine(start_day, first.clock), datetime.combine(end_day, last.clock)
    if first.zone and last.zone and zone_from(first.zone) != zone_from(last.zone):
        return None
    try:
        end += timedelta(days=last.next_days)
        return end - start + timedelta(days=1 if end < start and last.day is None else 0)
    except OverflowError:
        return None


def _moments(text: str) -> list[Moment]:
    """The times of day in the value, each with the date that stands before or behind it."""
    found: list[Moment] = []
    position = 0
    while clock := CLOCK.search(text, position):
        start = clock.start()
        day = find_day(text[position:start])
        begin = position + day.start if day is not None and start - position - day.end <= 6 else start
        moment = single_moment_at(text, begin) or single_moment_at(text, start)
        if moment is None or moment.clock is None:
            position = clock.end()
            continue
        found.append(moment)
        position = max(moment.end, clock.end())
    return found


def _stated(text: str) -> timedelta | None:
    total: dict[str, float] = {}
    for match in _AMOUNT.finditer(_JOINED.sub(r"\1 ", text)):
        unit = next(unit for unit in _UNITS if match[unit])
        if unit in total:
            break
        total[unit] = float(match[1].replace(",", "."))
    if not total:
        return None
    length = timedelta(**total)
    return length if length <= _LONGEST else None


def _colons(text: str) -> timedelta | None:
    match = _COLONS.search(text)
    if match is None:
        return None
    return timedelta(hours=int(match[1]), minutes=int(match[2]), seconds=int(match[3] or 0))
