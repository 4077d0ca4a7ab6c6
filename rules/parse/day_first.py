"""Dates with dots in languages that write the day first (`01.08.2026`), made ISO dates, which are as long."""

from __future__ import annotations

import re

from rules.parse.language import language_of
from rules.patterns import Pattern

_DOTTED = Pattern(r"(?<![\w.])(0?[1-9]|1[0-2])\.(0?[1-9]|1[0-2])\.((?:19|20|21)\d\d)(?!\d|\.\d)")
"""Such a date that could be one with the month first."""
_MONTH_AND_YEAR = Pattern(r"\.(?:0?[1-9]|1[0-2])\.(?:19|20|21)\d\d")
"""The end of such a date, which begins with a character: a search for that is fast."""
_OTHER_ORDERS = frozenset({None, "en", "zh", "ja", "ko"})
"""Languages in which dots tell no order. In the others that are known the day comes first (in German by DIN 5008)."""


def with_iso_dates(text: str) -> str:
    """The text with as many characters, in which such dates leave no doubt; slashes and hyphens are left as they are.

    English is left alone: its writers put either first. Days above 12 leave no doubt by themselves.
    """
    if _MONTH_AND_YEAR.search(text) is None or language_of([text]) in _OTHER_ORDERS:
        return text
    return _DOTTED.sub(_year_first, text)


def _year_first(match: re.Match[str]) -> str:
    day, month, year = match.groups()
    return f"{year}-{month}-{day}"
