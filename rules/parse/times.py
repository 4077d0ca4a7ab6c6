"""Moments and lengths of time as people write them in a timeline, found with their exact place."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from typing import NamedTuple

from rules.parse.dates import Day, DayWord, day_at, day_of, day_word_at, find_day
from rules.parse.zones import LOWER_ZONE, ZONE, zone_from
from rules.patterns import Pattern

CLOCK = Pattern(
    r"(?<![\w:.,/#])(?:"
    r"(?P<hour>(?:[01]?\d|2[0-4])(?=[:h：∶]|\.\d\d\s?[ap])|[01]\d(?=\.)|2[0-4](?=\.))[:.h：∶](?:\s(?=\d\d\s?[ap]m\b))?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d|60)(?:[.,]\d{1,9})?)?"
    r"(?P<half>\s?[ap](?:m\b|\.m\b\.?)|[ap]\b)?(?:\s?(?:h|hrs|hours|uhr)\b)?"
    r"|(?P<hour12>1[0-2]|0?[1-9])\s?(?P<half12>[ap](?:m\b|\.m\b\.?))"
    r"|(?P<compact>(?:[01]\d|2[0-3])[0-5]\d)(?=\s?(?:UTC|GMT|[A-Z]{2,4}T|Z|hrs|hours|h)\b)(?:\s?h(?:rs|ours)?\b)?"
    r")(?!\d|[:/.]\d|%)",
    re.IGNORECASE,
)
"""A time of day: `10:32`, `10.32`, `10:32:05`, `10:45a`, `10:45 am`, `10am`, `13:06 PM`, `1936 UTC`."""

DECORATION = Pattern(
    "(?:[\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]{1,8}"
    "|:[a-z0-9_+-]{2,30}:)[ \t]{0,2}"
)
"""Signs such as a clock's face that stand before a time without meaning."""
_ABOUT = Pattern(
    r"(?:~|≈|±|@|approx(?:imately|\.)?|around|about|circa|ca?\.|(?:shortly|just|some\s?time)\s(?=before|after)|no\slater\sthan|roughly|as\sof"
    r"|at|by|from|since|before|after|between|on)\s{0,2}",
    re.IGNORECASE,
)
_RANGE = Pattern(r"\s{0,2}(?:-|–|—|→|->|=>|to|until|till|and)\s{0,2}(?:~\s?)?(?=\d|[A-Za-z])", re.IGNORECASE)
_ISO_T = Pattern(r"T(?=\d\d:?\d\d)")
_BEFORE_CLOCK = Pattern(
    r"[\s,;@*_`]{0,4}(?:(?:at|um|gegen|around|about|approx\.?|-|–|—|:|\|)\s{0,2})?(?:[~≈]\s?)?[*_`\[(]{0,3}",
    re.IGNORECASE,
)
_BEFORE_DATE = Pattern(r"[\s,]{1,3}(?:on\s)?\(?", re.IGNORECASE)
_BEFORE_DAY_WORD = Pattern(r",?\son\s(?=[A-Z])")
_NEXT = Pattern(
    r"\s{0,2}(?:\(\+(\d)(?:\s?d(?:ays?)?)?\)|\+(\d)(?:\s?d(?:ays?)?\b|(?=\s?(?:[-–—:|)\]*_`]|$)))|\(next day\))",
    re.IGNORECASE,
)
_ELAPSED = Pattern(
    r"\s{0,2}\(\s?(?:T\s?)?[+−-]\s?(?:\d{1,4}\s?(?:d|h|m|s|hrs?|hours?|mins?|minutes?|secs?|seconds?)[\s,]{0,2}){1,3}\)"
    r"|\s{0,2}\((?:T\s?)?\+\s?\d{1,3}:[0-5]\d(?::[0-5]\d)?\)",
    re.IGNORECASE,
)
"""How long after the start, beside a time that says when: `10:39 (+7 min)`."""
_UNKNOWN_CLOCK = Pattern(r"(?:HH|hh|\?\?|xx|XX):(?:mm|MM|\?\?|xx|XX)")
_CLOCK_BEHIND = Pattern(
    r"\s{0,2}[~≈]?\s?(?:HH|hh|\?\?|xx|XX|\d{1,2}):(?:mm|MM|\?\?|xx|XX|\d\d)(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?",
    re.IGNORECASE,
)
_RELATIVE = Pattern(
    r"(?P<base>T)?\s?(?P<sign>[+\-−])\s?[~≈]?\s?(?:(?P<clock_hours>\d{1,3}):(?P<clock_minutes>[0-5]\d)(?::\d\d)?(?!\d)"
    r"|(?P<lengths>(?:\d{1,4}(?:\.\d{1,2})?\s?(?:d(?:ays?)?|h(?:(?:ou)?rs?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)(?![a-z])\s?){1,3})"
    r"|(?(base)(?P<bare>\d{1,4})\b|(?!)))"
    r"|T\s?=?\s?0\b",
    re.IGNORECASE,
)
"""A length from the incident's start: `T+12m`, `+1h 20m`, `T-00:05`, `T+90` (minutes), `T0`."""
_LENGTH = Pattern(r"(\d{1,4}(?:\.\d{1,2})?)\s?([dhms])", re.IGNORECASE)
_UNITS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_LATER_REACH = 32  # characters within which it is said: `about twenty minutes later`
_COUNTED = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_LATER = Pattern(
    rf"(?P<half>half\s)?(?P<number>\d{{1,3}}(?:\.\d)?|{'|'.join(sorted(_COUNTED, reverse=True))})\s?"
    r"(?P<unit>s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?\.?|h(?:(?:ou)?rs?)?)\slater\b",
    re.IGNORECASE,
)
_BARE_COMPACT = Pattern(r"(?P<hour>0\d|1[0-8]|2[1-3])(?P<minute>[0-5]\d)(?=\s?[-–—:|]\s|\s*$)")
"""`0932 - …`: four digits without a zone, but for those that are as well a year."""
_COMPACT_BEHIND = Pattern(
    r"[\s,]{1,2}(?:at\s|~\s?)?(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?=\s?[-–—:|]\s|\s*$)", re.IGNORECASE
)
"""`2026-05-04 0616: …`: four digits behind a date that has its year, and so are none."""
_OFFSET_OR_END = Pattern(r"-(?P<hour>\d\d):(?P<minute>[0-5]\d)(?![:\d])")
_QUARTER = 15  # minutes, of which every zone's offset is a multiple
_FURTHEST_WEST = 12  # hours behind UTC
_FIRST_ZONES = ("UTC", "GMT", "EST", "CEST", "CET", "EDT", "PST", "PDT")
_ZONE_FIRST = Pattern(rf"({'|'.join(_FIRST_ZONES)})\)?\s{{1,2}}(?=\d)")
_SIGN_OF_TIME = Pattern(r"\d|[HhXx?]:[MmXx?]|:[Mm][Mm]")
_UTC_AGAIN = Pattern(r"\s(?:UTC|GMT)\b")
_OTHER_CLOCK = Pattern(r"\s?(?:/|\(\s?=?|=|,\s)\s?(?=\d)")
_YEAR_BEHIND = Pattern(r"\s((?:19|20)\d\d)(?=\s?(?:[:–—|)\]-]|$))")
_AFTER_DAY_WORD = Pattern(r"[\s,@–—:-]{1,3}(?:at\s)?")
_DAY_WORD_INITIALS = frozenset("DdMmTtWwFfSsNn")
_PARTIAL_DATE = Pattern(
    r"(?:[012]?[\dXx?]:(?:[\dXx?][Xx?])(?!\w)|\d{1,2}/\d{1,2}(?=\s)|\d{1,2}-\d{1,2}(?=\s[~≈]?\s?\d{1,2}:[\dx]|\s(?:early|late|morning|noon|afternoon|evening|night)\b)|\d{4}(?:/\d\d)?[-/][\d?]{1,2}[-/][\d?]{1,2}|\d{1,2}([-/.])\d{1,2}\1\d{2,3})(?![\w/])"
)


_LIKE_CLOCK = Pattern(
    r"(?<![\w:.,/#-])(\d{1,2}):(\d\d)(?::\d\d)?(?![\w:%]|[./]\d|\s?(?:h|hrs?|hours?|min|mins|minutes)\b)"
)


def impossible_clock(text: str) -> str | None:
    """The first thing in a text that is written as a time of day, and that no clock shows: `25:20`, `10:75`."""
    return next((each[0] for each in _LIKE_CLOCK.finditer(text) if int(each[1]) > 24 or int(each[2]) > 59), None)


class Moment(NamedTuple):
    """A time as written, from index `start` to `end` of its text.

    Attributes:
        clock: the time of day; None if only a date, or nothing that can be told, is written.
        day: the date written with it.
        zone: the zone written with it.
        next_days: days after the day before it (`00:10 (+1)`).
        word: the day written with it, where that is no date (`Monday`, `Day 2`).
        offset: the length from the incident's start, where that is all that is written (`T+12m`).
        later: the length since the moment before it, where that is all that is written (`5 minutes later`).
    """

    start: int
    end: int
    clock: time | None = None
    day: Day | None = None
    zone: str | None = None
    next_days: int = 0
    word: DayWord | None = None
    offset: timedelta | None = None
    later: timedelta | None = None

    def resolve(self, day: date | None, zone: str | None) -> datetime | None:
        """The instant, with what it leaves out taken from a known day and zone; None if either is missing."""
        own = self.day.in_year_of(day) if self.day else day
        where = zone_from(self.zone or zone or "")
        if own is None or where is None or self.clock is None:
            return None
        try:
            instant = datetime.combine(own, self.clock, where)
            if self.next_days:
                instant += timedelta(days=self.next_days)
            moves = not isinstance(where, timezone)
            twice = moves and instant.replace(fold=1).utcoffset() != instant.utcoffset()
        except OverflowError:
            return None
        return None if twice else instant  # an hour that the clock shows twice, or never


def moment_at(text: str, start: int = 0) -> Moment | None:
    """The moment that stands at the index `start`: a time, a date, or both in either order, and the end of a range.

    The range's end belongs to the place, but the moment is its beginning.
    """
    if not _SIGN_OF_TIME.search(text, start, start + 60):
        return _later_at(text, start) if " later" in text[start : start + _LATER_REACH] else None
    first = single_moment_at(text, start)
    if first is None:
        return None
    if gap := _RANGE.match(text, first.end):
        second = single_moment_at(text, gap.end())
        if second is not None and _may_end(first, second):
            return first._replace(end=second.end, zone=first.zone or second.zone)
    return _with_other_clock(text, first)


def _may_end(first: Moment, second: Moment) -> bool:
    """Whether a moment can be the end of a stretch of time that begins with another: both are of one kind."""
    if first.offset is not None or second.offset is not None:
        return first.offset is not None and second.offset is not None
    return second.clock is not None or first.clock is None


def _with_other_clock(text: str, first: Moment) -> Moment:
    """Over a second clock that shows the same moment in another zone: `10:32 UTC / 12:32 CEST`, `10:32 (= 1:32 PT)`."""
    gap = _OTHER_CLOCK.match(text, first.end) if first.clock else None
    clock = CLOCK.match(text[gap.end() :]) if gap is not None else None
    if gap is None or clock is None:
        return first
    zone, end = _zone_at(text, gap.end() + clock.end(), dated=False)
    if zone is None or zone == first.zone:
        return first
    closed = "(" in gap[0] and text[end : end + 1] == ")"
    if first.zone is None and not closed and "=" not in gap[0]:
        return first
    return first._replace(end=end + 1 if closed else end)


def find_moment(text: str) -> Moment | None:
    """The first moment with a time of day anywhere in a text."""
    clock = CLOCK.search(text)
    if clock is None:
        return None
    day = find_day(text[max(clock.start() - 40, 0) : clock.start()])
    if day is not None:
        moment = moment_at(text, max(clock.start() - 40, 0) + day.start)
        if moment is not None and moment.clock is not None:
            return moment
    return moment_at(text, clock.start())


def skip_opening(text: str, start: int = 0) -> int:
    """Behind the words and signs that may stand before a moment: brackets, `~`, `at`, `around`."""
    position = start
    for _ in range(4):
        while position < len(text) and text[position] in " \t[(*_`<|":
            position += 1
        if decoration := DECORATION.match(text, position):
            position = decoration.end()
        about = _ABOUT.match(text, position)
        if about is None:
            break
        position = about.end()
    return position


def single_moment_at(text: str, start: int) -> Moment | None:
    """As `moment_at`, without a range's end."""
    about = skip_opening(text, start)
    if day := day_at(text, about):
        return _with_day(text, start, day)
    if clock := CLOCK.match(text, about):
        return _with_clock(text, start, clock)
    if about < len(text) and text[about] in _DAY_WORD_INITIALS and (word := day_word_at(text, about)):
        return _with_day_word(text, start, word)
    return _odd_moment(text, start, about)


def _with_day_word(text: str, start: int, word: DayWord) -> Moment | None:
    gap = _AFTER_DAY_WORD.match(text, word.end)
    clock = CLOCK.match(text, skip_opening(text, gap.end())) if gap else None
    return _with_clock(text, start, clock)._replace(word=word) if clock is not None else None


def _odd_moment(text: str, start: int, about: int) -> Moment | None:
    """A time of day in another order or form, a length from the start, or one that can't be told.

    Most texts are ruled out by their first characters, so that most runs compile none of these patterns.
    """
    if text.startswith(_FIRST_ZONES, about):
        return _zone_first(text, start, about)
    first, second = text[about : about + 1], text[about + 1 : about + 2]
    if first.isdigit():
        if compact := _BARE_COMPACT.match(text, about):
            return Moment(start, compact.end(), time(int(compact["hour"]), int(compact["minute"])))
        return _unknown(text, start, _PARTIAL_DATE.match(text, about)) or _later_at(text, start)
    if first in "+-−" or first.isspace() or (first in "Tt" and (second in "+-−=0" or second.isspace())):
        relative = _RELATIVE.match(text, about)
        end = len(text[: relative.end()].rstrip()) if relative else 0
        return Moment(start, _after_unknown(text, end), offset=_offset(relative)) if relative else None
    return _unknown(text, start, _UNKNOWN_CLOCK.match(text, about) if second and second in "Hh?xX" else None)


def _zone_first(text: str, start: int, about: int) -> Moment | None:
    """A time of day behind its zone."""
    zone = _ZONE_FIRST.match(text, about)
    clock = CLOCK.match(text, zone.end()) if zone else None
    if zone is None or clock is None:
        return None
    moment = _with_clock(text, start, clock)
    return moment if moment.zone else moment._replace(zone=zone[1])


def _unknown(text: str, start: int, match: re.Match[str] | None) -> Moment | None:
    """A time or date that can't be told."""
    return Moment(start, _after_unknown(text, match.end())) if match else None


def _later_at(text: str, start: int) -> Moment | None:
    """A length of time since what was told before it: `5 minutes later`, `an hour later`."""
    about = skip_opening(text, start)
    match = _LATER.match(text, about) if " later" in text[about : about + _LATER_REACH] else None
    if match is None:
        return None
    half, number = match["half"], match["number"].lower()
    count = float(number) if number[0].isdigit() else _COUNTED[number]
    seconds = count * _UNITS[match["unit"][0].lower()] * (0.5 if half else 1)
    return Moment(start, match.end(), later=timedelta(seconds=seconds))


def _offset(match: re.Match[str]) -> timedelta:
    if match["lengths"]:
        seconds: float = sum(float(number) * _UNITS[unit.lower()] for number, unit in _LENGTH.findall(match["lengths"]))
    elif match["clock_hours"]:
        seconds = int(match["clock_hours"]) * 3_600 + int(match["clock_minutes"]) * 60
    else:
        seconds = int(match["bare"] or 0) * 60
    return timedelta(seconds=seconds if match["sign"] in (None, "+") else -seconds)


def _after_unknown(text: str, end: int) -> int:
    more = _CLOCK_BEHIND.match(text, end)
    return more.end() if more else end


def _with_day(text: str, start: int, day: Day) -> Moment:
    """A date, and the time of day that may follow it."""
    position = day.end
    if iso := _ISO_T.match(text, position):
        clock = CLOCK.match(" " + text[iso.end() : iso.end() + 40], 1)
        if clock:
            return _finish(text, start, iso.end() + clock.end() - 1, clock, day)
    gap = _BEFORE_CLOCK.match(text, position)
    behind = gap.end() if gap else position
    if clock := CLOCK.match(text, behind):
        return _with_year_behind(text, _finish(text, start, clock.end(), clock, day))
    if unknown := _UNKNOWN_CLOCK.match(text, behind):
        return Moment(start, unknown.end(), day=day)
    if day.day is not None and (compact := _COMPACT_BEHIND.match(text, position)):
        return Moment(start, compact.end(), time(int(compact["hour"]), int(compact["minute"])), day)
    return Moment(start, day.end, day=day)


def _with_clock(text: str, start: int, clock: re.Match[str]) -> Moment:
    """A time of day, and the zone and date that may follow it."""
    moment = _finish(text, start, clock.end(), clock, None)
    gap = _BEFORE_DATE.match(text, moment.end)
    if gap and (day := day_at(text, gap.end())):
        return Moment(start, day.end, moment.clock, day, moment.zone, moment.next_days)
    gap = _BEFORE_DAY_WORD.match(text, moment.end) if text.startswith((" on ", ", on "), moment.end) else None
    if gap and (word := day_word_at(text, gap.end())) and word.kind == "weekday":
        return moment._replace(end=len(text[: word.end].rstrip(".")), word=word)
    return moment


def _with_year_behind(text: str, moment: Moment) -> Moment:
    """A moment with the year that stands behind its time of day, as `date` prints it: `May 4 10:02:11 UTC 2026`."""
    if moment.day is None or moment.day.month_and_day is None:
        return moment
    year = _YEAR_BEHIND.match(text, moment.end)
    if year is None:
        return moment
    month, number = moment.day.month_and_day
    day = moment.day._replace(day=day_of(int(year[1]), month, number), month_and_day=None)
    return moment._replace(day=day, end=year.end())


def _finish(text: str, start: int, end: int, clock: re.Match[str], day: Day | None) -> Moment:
    zone, end = _zone_at(text, end, dated=day is not None and not _ends_there(text, end, clock))
    days = 0
    if next_day := _NEXT.match(text, end):
        days, end = int(next_day[1] or next_day[2] or 1), next_day.end()
    elif elapsed := _ELAPSED.match(text, end):
        end = elapsed.end()
    hour, days = _hour(clock, days)
    minute = int(clock["minute"] or (clock["compact"] or "0000")[2:])
    second = min(int(clock["second"] or 0), 59)
    return Moment(start, end, time(hour, minute, second), day, zone, days)


def _ends_there(text: str, end: int, clock: re.Match[str]) -> bool:
    """Whether the end of a stretch stands behind a time of day, which looks like a zone's offset: `13:15-13:55`.

    No zone has some of them; the others are one in the notation of ISO 8601, or if they are earlier than the time.
    """
    other = _OFFSET_OR_END.match(text, end)
    if other is None or not clock["hour"]:
        return False
    hour, minute = int(other["hour"]), int(other["minute"])
    if minute % _QUARTER or hour > _FURTHEST_WEST:
        return True
    is_iso = clock["second"] or text[end - len(clock[0]) - 1 : end - len(clock[0])] in ("T", "t")
    return not is_iso and (hour, minute) > (int(clock["hour"]), int(clock["minute"]))


def _hour(clock: re.Match[str], days: int) -> tuple[int, int]:
    """The hour in 24; `24:00` is midnight of the next day, and `13:06 PM` is what it must mean."""
    hour = int(clock["hour"] or clock["hour12"] or clock["compact"][:2])
    half = (clock["half"] or clock["half12"] or "").strip().lower()[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return (0, days + 1) if hour == 24 else (hour, days)


def _zone_at(text: str, end: int, *, dated: bool) -> tuple[str | None, int]:
    """The zone written behind a time of day, and where it ends; without a date, `10:00-11:00` is a range."""
    position = end
    while position < len(text) and position < end + 2 and text[position] in " \t(":
        position += 1
    if text[end : position + 1].endswith("("):
        position += 1
    match = ZONE.match(text, position) or LOWER_ZONE.match(text, position)
    if match is None or (match[0] in "zZ" and position != end):
        return None, end
    if match[0][0] in "-−" and not dated:
        return None, end
    if match[0][0] in "+-−" and position != end and ":" not in match[0] and len(match[0]) < 5:
        return None, end
    behind = match.end()
    if match[0][0] in "+-−" and (again := _UTC_AGAIN.match(text, behind)):
        behind = again.end()
    if "(" in text[end:position] and text[behind : behind + 1] == ")":
        behind += 1
    return match[0], behind
