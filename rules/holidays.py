"""Days on which nobody works: those that the policy lists, and the public holidays of the regions that it names.

The regions come from the package `holidays`, an extra: only who names one needs it, and only then is it imported.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from rules.patterns import Pattern

REGION = Pattern(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
"""A country, or a part of it, as in ISO 3166: `DE`, `DE-BE`, `US-CA`."""

EXTRA = "holidays"
"""The extra of Closeout that brings the package."""


class UnknownRegion(ValueError):
    """The public holidays of a region cannot be told; the message says why, and what to do."""


class MissingHolidays(UnknownRegion):
    """The public holidays are not installed: the extra `EXTRA` brings them."""


def is_holiday(holidays: Iterable[date | str], day: date) -> bool:
    """Whether a day is one of the holidays, which are days and regions. Raises UnknownRegion."""
    return any(day in _public(each, day.year) if isinstance(each, str) else day == each for each in holidays)


def holidays_between(holidays: Iterable[date | str], first: date, last: date) -> frozenset[date]:
    """The holidays from one day to another, both included. Raises UnknownRegion."""
    days: set[date] = set()
    for each in holidays:
        if isinstance(each, str):
            days.update(*(_public(each, year) for year in range(first.year, last.year + 1)))
        else:
            days.add(each)
    return frozenset(day for day in days if first <= day <= last)


def check_region(region: str) -> None:
    """Raise UnknownRegion if the public holidays of a region cannot be told."""
    _public(region, 2026)


def _public(region: str, year: int) -> frozenset[date]:
    try:
        import holidays  # noqa: F401 - an extra, and slow to import
    except ModuleNotFoundError:
        message = f"`{region}` needs the public holidays, which are not installed"
        raise MissingHolidays(f"{message}. Install Closeout with its extra `{EXTRA}`, or list the days.") from None
    return _days_of(region, year)


@cache
def _days_of(region: str, year: int) -> frozenset[date]:
    import holidays

    country, _, part = region.partition("-")
    try:
        return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))
    except NotImplementedError:
        message = f"The public holidays of `{region}` are not known. Write a country such as `DE`, or a part of one"
        raise UnknownRegion(f"{message} such as `DE-BE`; or list the days.") from None
