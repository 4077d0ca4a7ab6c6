"""Dates of which Markdown takes the day for the number of a list: `- 4. Mai 2026, 09:12 Uhr: Alarm`."""

from __future__ import annotations

import re

from rules.blocks import Block, Inline
from rules.parse.dates import MONTH
from rules.patterns import Pattern

_NUMBER = Pattern(r"[ \t]{0,3}(\d{1,2})\.(?=[ \t])")
REST_OF_DATE = Pattern(
    rf"[*_]{{0,2}}{MONTH}[\s,]{{1,3}}(?:(?:19|20)\d\d\b"
    r"|(?:(?:um|gegen|at|à|–|-)\s)?(?:[01]?\d|2[0-4])[:.h][0-5]\d\b)",
    re.IGNORECASE,
)
"""A month that is followed by a year or a time of day, and so has its day before it, if anywhere."""


def with_days(items: list[Block], text: str) -> list[Block]:
    """The items of a numbered list of the document `text`, with the numbers that are days put back before their months.

    They are as they were unless each of them begins so, and the numbers do not merely count from one: `1. May 2026`,
    `2. May 2026` may be either.
    """
    if not items or any(not _goes_on(item) for item in items):
        return items
    numbers = [_NUMBER.match(text, item.start) for item in items]
    found = [number for number in numbers if number is not None]
    counted = [int(number[1]) for number in found]
    if len(found) < len(items) or (len(items) > 1 and counted == list(range(1, len(items) + 1))):
        return items
    return [_with_number(item, number[0].lstrip(), number.start(1)) for item, number in zip(items, found, strict=True)]


def _goes_on(item: Block) -> bool:
    first = item.children[0] if item.children else item
    return first.kind == "paragraph" and REST_OF_DATE.match(first.inline.text) is not None


def _with_number(item: Block, number: str, offset: int) -> Block:
    """An item whose text begins with its number, `4.`, which stands at the offset in the document."""
    first, lead = item.children[0], f"{number} "
    shift = len(lead)
    runs = ((0, offset), *((index + shift, at) for index, at in first.inline.runs))
    marks = tuple(mark._replace(start=mark.start + shift, end=mark.end + shift) for mark in first.inline.marks)
    told = first._replace(start=offset, inline=Inline(lead + first.inline.text, runs, marks))
    return item._replace(children=(told, *item.children[1:]))
