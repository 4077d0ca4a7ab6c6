"""Dates as people write them. Nothing is guessed: `01/08/2026` is no date, since nobody can tell which day is meant."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from rules.patterns import Pattern

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jänner janvier enero janeiro", "feb february februar février febrero fevereiro",
            "mar march märz mär mars marzo março", "apr april avril abril", "may mai mayo maio",
            "jun june juni juin junio junho", "jul july juli juillet julio julho", "aug august août agosto",
            "sep sept september septembre septiembre setembro", "oct october oktober okt octobre octubre outubro",
            "nov november novembre noviembre novembro", "dec december dezember dez décembre diciembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
"""Months as they are called in English, German, French, Spanish and Portuguese."""
MONTH = "(?=[adefjmnos])(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
"""A month's name, as a regular expression without groups."""
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b[.,]?\s{1,3})?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(\d{4})"
_GAP = r"[\s,]{0,3}"

_MOST_BEFORE_DIGIT = 30  # characters of a date before its first digit: `Wednesday,   September.   `
DATE = Pattern(
    rf"(?=[\dadefjmnostw]){_WEEKDAY}(?:"
    rf"(?<![\d.])(\d{{4}})([-‐‑–/.])(\d{{1,2}})\2(\d{{1,2}})(?!\d)"
    rf"|(?<![\w.])(\d{{1,2}})([-/.])(\d{{1,2}})\6(\d{{4}})(?!\d)"
    rf"|(?<!\w){_DAY}\.?\s{{0,2}}(?:(?:of|de)\s)?[-\s]?({MONTH})(?:[-\s,]{{1,3}}(?:de\s)?{_YEAR}(?!\d))?"
    rf"|(?<!\w)({MONTH})\s{{0,2}}{_DAY}(?!\d|:\d){_GAP}(?:{_YEAR}(?!\d|:\d))?"
    r")",
    re.IGNORECASE,
)
"""A date: ISO, or with slashes or dots, or with the month's name; the year may be missing after a name."""


_IN_FIGURES = Pattern(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_YEARS = range(1900, 2200)  # near the ends of the calendar, a day more or an hour's shift of zone would overflow
_DIGIT = Pattern(r"\d")
_INITIALS = frozenset("0123456789mtwfsajondeMTWFSAJONDE")  # of numbers, weekdays and months
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_WORD = Pattern(
    r"day[ \t]?#?(?P<count>\d{1,2})\b"
    r"|(?P<weekday>(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)\b\.?(?!-)"
    r"(?:[ \t](?:early[ \t])?(?:morning|afternoon|evening|night))?"
    r"|(?:the[ \t])?(?:next|following)[ \t](?:day|morning)\b",
    re.IGNORECASE,
)
_IN_A_WHILE = Pattern(
    r"(?:with)?in\s(?:the\snext\s)?(?P<number>\d{1,3}|a|an|one|two|three|four|five|six|eight|ten)\s(?P<unit>day|week)s?\b"
    r"(?:\s(?:of|after|from)\s(?:the\s|this\s)?(?:incident|outage|event|resolution))?",
    re.IGNORECASE,
)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10}


class Day(NamedTuple):
    """A date found in a text, from index `start` to `end`.

    Attributes:
        day: the date; None where it is ambiguous, impossible or without its year.
        month_and_day: what is said where only the year is missing.
    """

    start: int
    end: int
    day: date | None
    month_and_day: tuple[int, int] | None = None

    def in_year_of(self, other: date | None) -> date | None:
        """The date; a missing year is taken from `other`, a day of the same document."""
        if self.day or not other or not self.month_and_day:
            return self.day
        return day_of(other.year, *self.month_and_day)


class DayWord(NamedTuple):
    """A day named by its place among others, from index `start` to `end`: `Monday`, `Day 2`, `the next day`.

    Attributes:
        kind: `weekday` (number 0 is Monday), `count` (the number as written), or `next`.
    """

    start: int
    end: int
    kind: str
    number: int


def day_word_at(text: str, start: int = 0) -> DayWord | None:
    """The day that is named without a date at the index `start`."""
    match = _DAY_WORD.match(text, start)
    if match is None:
        return None
    if match["count"]:
        return DayWord(start, match.end(), "count", int(match["count"]))
    if match["weekday"]:
        return DayWord(start, match.end(), "weekday", _WEEKDAYS.index(match["weekday"][:3].lower()))
    return DayWord(start, match.end(), "next", 1)


def find_day(text: str, start: int = 0) -> Day | None:
    """The first date at or after the index `start`."""
    digit = _DIGIT.search(text, start)
    if digit is None:
        return None
    match = DATE.search(text, max(start, digit.start() - _MOST_BEFORE_DIGIT))
    return None if match is None else _read(match)


def day_at(text: str, start: int = 0) -> Day | None:
    """The date that begins at the index `start`."""
    if text[start : start + 1] not in _INITIALS or ":" in text[start : start + 3]:
        return None  # most often a time of day
    match = DATE.match(text, start)
    return None if match is None else _read(match)


def date_of(text: str) -> date | None:
    """The one date a text holds; None if there is none, more than one, or one that can't be told."""
    first = find_day(text)
    if first is None or first.day is None:
        return None
    second = find_day(text, first.end)
    return first.day if second is None or second.day == first.day else None


def deadline_in(text: str, incident: date | None) -> date | None:
    """As `date_of`; `in 2 weeks` and `within 3 days` count from the incident's day."""
    if (written := date_of(text)) is not None or incident is None:
        return written
    match = _IN_A_WHILE.search(text)
    if match is None or find_day(text) is not None or _IN_A_WHILE.search(text, match.end()) is not None:
        return None
    number = int(match["number"]) if match["number"].isdigit() else _NUMBERS[match["number"].lower()]
    days = number * (7 if match["unit"].lower() == "week" else 1)
    return incident + timedelta(days=days) if incident <= date.max - timedelta(days=days) else None


def is_relative(text: str) -> bool:
    """Whether a text is a length of time from the incident on: `in 2 weeks`, `within 3 days`."""
    return _IN_A_WHILE.fullmatch(text) is not None


def _read(match: re.Match[str]) -> Day:
    year, _, month, day, first, _, second, last_year, day_a, month_a, year_a, month_b, day_b, year_b = match.groups()
    start, end = match.span()
    while end > start and match.string[end - 1] in " ,\t\n":
        end -= 1
    if year:
        return Day(start, end, day_of(int(year), int(month), int(day)))
    if last_year:
        return Day(start, end, _unambiguous(int(first), int(second), int(last_year)))
    name, number, named_year = (month_a, day_a, year_a) if month_a else (month_b, day_b, year_b)
    which = _MONTHS[name.lower().rstrip(".")]
    if named_year:
        return Day(start, end, day_of(int(named_year), which, int(number)))
    return Day(start, end, None, (which, int(number)))


def readings_of(written: str) -> tuple[date, date] | None:
    """The two days that a date in figures may mean, the one with the day first at first; None if it is not two."""
    match = _IN_FIGURES.fullmatch(written.strip())
    found = _orders(int(match[1]), int(match[3]), int(match[4])) if match is not None else []
    return (found[0], found[1]) if len(found) == 2 else None


def _unambiguous(first: int, second: int, year: int) -> date | None:
    """Day and month in either order, if only one order is possible or both are the same day."""
    orders = _orders(first, second, year)
    return orders[0] if len(orders) == 1 else None


def _orders(first: int, second: int, year: int) -> list[date]:
    """The different days that two numbers mean, first as day and month, then as month and day."""
    return list(dict.fromkeys(each for each in (day_of(year, second, first), day_of(year, first, second)) if each))


def day_of(year: int, month: int, day: int) -> date | None:
    """The date, if it exists and its year is one in which postmortems are written."""
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None
