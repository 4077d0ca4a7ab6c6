"""Lengths of time in words, as every message tells them."""

from __future__ import annotations

from datetime import timedelta


def brief_length(length: timedelta) -> str:
    """A length of time in its two largest units: `4 min`, `1 h 35 min`, `2 d 3 h`; `under a minute` for less."""
    minutes = int(length / timedelta(minutes=1))
    if minutes < 1:
        return "under a minute"
    units = ((minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "min"))
    first = next(index for index, (amount, _) in enumerate(units) if amount)
    return " ".join(f"{amount} {unit}" for amount, unit in units[first : first + 2] if amount)
