"""Dates as people write them. Nothing is guessed: `01/08/2026` is no date, since nobody can tell which day is meant."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b[.,]?\s{1,3})?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(\d{4})"
_GAP = r"[\s,]{0,3}"

DATE = re.compile(
    rf"{_WEEKDAY}(?:"
    rf"(?<![\d.])(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}})(?!\d)"
    rf"|(?<![\w.])(\d{{1,2}})([-/.])(\d{{1,2}})\6(\d{{4}})(?!\d)"
    rf"|(?<!\w){_DAY}\s{{0,2}}(?:of\s)?[-\s]?({_MONTH})(?:[-\s,]{{1,3}}{_YEAR}(?!\d))?"
    rf"|(?<!\w)({_MONTH})\s{{0,2}}{_DAY}(?![\d:]){_GAP}(?:{_YEAR}(?!\d|:\d))?"
    r")",
    re.IGNORECASE,
)
"""A date: ISO, or with slashes or dots, or with the month's name; the year may be missing after a name."""


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
        return _date(other.year, *self.month_and_day)


def find_day(text: str, start: int = 0) -> Day | None:
    """The first date at or after the index `start`."""
    match = DATE.search(text, start)
    return None if match is None else _read(match)


def day_at(text: str, start: int = 0) -> Day | None:
    """The date that begins at the index `start`."""
    match = DATE.match(text, start)
    return None if match is None else _read(match)


def date_of(text: str) -> date | None:
    """The one date a text holds; None if there is none, more than one, or one that can't be told."""
    first = find_day(text)
    if first is None or first.day is None:
        return None
    second = find_day(text, first.end)
    return first.day if second is None or second.day == first.day else None


def _read(match: re.Match[str]) -> Day:
    year, _, month, day, first, _, second, last_year, day_a, month_a, year_a, month_b, day_b, year_b = match.groups()
    start, end = match.span()
    while end > start and match.string[end - 1] in " ,\t\n":
        end -= 1
    if year:
        return Day(start, end, _date(int(year), int(month), int(day)))
    if last_year:
        return Day(start, end, _unambiguous(int(first), int(second), int(last_year)))
    name, number, named_year = (month_a, day_a, year_a) if month_a else (month_b, day_b, year_b)
    which = _MONTHS[name.lower().rstrip(".")]
    if named_year:
        return Day(start, end, _date(int(named_year), which, int(number)))
    return Day(start, end, None, (which, int(number)))


def _unambiguous(first: int, second: int, year: int) -> date | None:
    """Day and month in either order, if only one order is possible or both are the same day."""
    orders = {found for found in (_date(year, second, first), _date(year, first, second)) if found}
    return orders.pop() if len(orders) == 1 else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
