"""The events of a timeline in a table, whatever its columns are called and however they are ordered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rules.blocks import Block, Stretch
from rules.parse.dates import day_word_at
from rules.parse.timeline_events import Event, worded_moment
from rules.parse.times import Moment, impossible_clock, moment_at
from rules.parse.zones import zone_from, zone_in
from rules.patterns import Pattern

_TIME_COLUMN = Pattern(
    r"(?i)\b(?:time|times|when|timestamp|date|day|utc|gmt|clock|at|start|started|from|local|hour|datum|uhrzeit)\b"
)
_NO_TIME_COLUMN = Pattern(r"(?i)\btime (?:to|spent|taken)\b|\bevent\b(?! (?:time|date))|\bduration\b")


_SUM = Pattern(r"(?i)(?:grand |in )?(?:total|sum|overall|summary|(?:total )?duration|downtime)\b")
"""What stands where a time would, in a row that sums the others up."""
_ROUGHLY = Pattern(r"\W*(?:approx(?:imate(?:ly)?)?|circa|ca|estimated?|est|roughly|or so|ish)\W*", re.IGNORECASE)
_LETTERS = Pattern(r"[^\W\d_]{2}")


class _Cell(NamedTuple):
    """A moment in a cell of a row."""

    moment: Moment
    words: Stretch


def table_events(block: Block) -> Iterator[Event]:
    """The rows of a table as entries; the head is one, too, if it holds a time."""
    if not block.children:
        return
    rows = [[cell.inline.whole().trimmed() for cell in row.children] for row in block.children]
    first = 0 if any(_clock_in(cell) for cell in rows[0][:2]) else 1
    head = [] if first == 0 else [cell.text for cell in rows[0]]
    columns = _time_columns(head, rows[first:])
    if not columns:
        return
    zones = [zone_in(name) if len(name) <= 60 else None for name in head]
    for row, cells in zip(block.children[first:], rows[first:], strict=True):
        event = _row_event(row, cells, columns, zones)
        if event is not None:
            yield event


def _time_columns(head: Sequence[str], rows: Sequence[Sequence[Stretch]]) -> list[int]:
    """Which columns hold times: those called so, and those in which nothing else stands; none of a table of others."""
    width = max((len(row) for row in rows), default=len(head))
    counts = [_timed_cells(rows, index) for index in range(min(width, 12))]
    named = [
        index for index, name in enumerate(head[:12]) if _TIME_COLUMN.search(name) and not _NO_TIME_COLUMN.search(name)
    ]
    found = [
        index for index, (led, whole, filled) in enumerate(counts)
        if filled and (whole * 2 > filled or (index in named and led))
    ]  # fmt: skip
    if found:
        return found[:4]
    leading = max(range(len(counts)), key=lambda index: counts[index][0], default=0)
    if counts and counts[leading][0] * 2 > counts[leading][2]:
        return [leading]
    return named[:1]


def _timed_cells(rows: Sequence[Sequence[Stretch]], index: int) -> tuple[int, int, int]:
    """How many cells of a column begin with a moment, how many are nothing else, and how many are filled."""
    led = whole = filled = 0
    for row in rows[:40]:
        text = row[index].text if index < len(row) else ""
        if not text:
            continue
        filled += 1
        moment = _moment_in(text)
        if moment is not None:
            led += 1
            whole += not _rest(text, moment) and (moment.clock or moment.day or moment.word) is not None
    return led, whole, filled


def _row_event(
    row: Block, cells: Sequence[Stretch], columns: Sequence[int], zones: Sequence[str | None]
) -> Event | None:
    if not any(cell.text for cell in cells):
        return None
    texts = (cell.text for index, cell in enumerate(cells) if index not in columns)
    text = " – ".join(" ".join(each.split()) for each in texts if each)
    found: list[_Cell] = []
    for index in columns:
        moment = _moment_in(cells[index].text) if index < len(cells) else None
        if moment is not None:
            zone = zones[index] if index < len(zones) else None
            found.append(_Cell(moment if moment.zone or not zone else moment._replace(zone=zone), cells[index]))
    if not found:
        if any(index < len(cells) and _SUM.match(cells[index].text) for index in columns):
            return None
        return Event(_with_impossible_clock(text, cells, columns), None, None, row.start, row.end)
    chosen = _chosen(found)
    text = " – ".join(each for each in (_rest(chosen.words.text, chosen.moment), text) if each)
    return Event(text, _dated(chosen.moment, found), _words_of(chosen), row.start, row.end)


def _with_impossible_clock(text: str, cells: Sequence[Stretch], columns: Sequence[int]) -> str:
    """An entry's text behind what stands as its time and is none (`25:25`), as the entry of a list has it."""
    clock = next((found for each in columns if each < len(cells) and (found := impossible_clock(cells[each].text))), "")
    return " – ".join(each for each in (clock, text) if each)


def _words_of(cell: _Cell) -> Stretch:
    return cell.words.part(cell.moment.start, cell.moment.end) if _rest(cell.words.text, cell.moment) else cell.words


def _chosen(found: Sequence[_Cell]) -> _Cell:
    """The time that counts: of several (local time and UTC) the first whose zone is known."""
    clocks = [cell for cell in found if cell.moment.clock is not None or cell.moment.offset is not None]
    known = (cell for cell in clocks if cell.moment.zone and zone_from(cell.moment.zone))
    return next(known, None) or (clocks or list(found))[0]


def _dated(moment: Moment, found: Sequence[_Cell]) -> Moment:
    """A time with the date from a column of its own."""
    if moment.day is not None or moment.clock is None:
        return moment
    others = [cell.moment for cell in found if cell.moment.clock is None]
    day = next((other.day for other in others if other.day), None)
    word = next((other.word for other in others if other.word), None) if day is None else None
    return moment._replace(day=day, word=moment.word or word)


def _rest(text: str, moment: Moment) -> str:
    """The words behind a cell's moment; signs and digits alone (`~`, `12:??`) are none."""
    rest = " ".join(text[moment.end :].strip(" \t\n-–—:|,;.)]*_`").split())
    return rest if _LETTERS.search(rest) and not _ROUGHLY.fullmatch(rest) else ""


@lru_cache(maxsize=1024)
def _moment_in(text: str) -> Moment | None:
    """The moment a cell begins with; in a table a weekday alone is one."""
    if len(text) > 2000:
        return None
    moment = moment_at(text)
    if moment is None:
        moment = worded_moment(text)
    if moment is None and (word := day_word_at(text)) is not None and word.end == len(text):
        return Moment(0, word.end, word=word)
    return moment


def _clock_in(cell: Stretch) -> bool:
    moment = moment_at(cell.text)
    return moment is not None and moment.clock is not None
