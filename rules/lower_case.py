"""Texts without regard to capitals.

A regular expression that ignores capitals takes two to three times as long as one in lower case over a text in lower
case.
"""

from __future__ import annotations


def without_capitals(text: str) -> str:
    """The text in lower case, with as many characters."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.replace("İ", "i").lower()  # alone, its lower case is longer
