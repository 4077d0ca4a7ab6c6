"""The timeline's entries, from bullets, tables, a heading for each event, or lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rules.markdown import Block, Stretch
from rules.parse.dates import find_day
from rules.parse.outline import Part
from rules.parse.times import Moment, find_moment, moment_at
from rules.parse.zones import zone_in
from rules.postmortem import Text, TimelineEntry
from rules.source import Source

_TIME_COLUMN = re.compile(r"(?i)\b(?:time|times|when|timestamp|date|day|utc|clock|at)\b")
_SEPARATORS = " \t\n-–—:|,;.)]*_`~=>→•"
_ZONE_SENTENCE = re.compile(r"(?i)\btimes?\b|\btime ?zones?\b|\butc\b|\bgmt\b")
_MIDNIGHT_GAP = timedelta(hours=12)  # a clock that falls back by more has passed midnight
_FEWEST = 3  # timed entries that make a list a timeline without a heading that says so


@dataclass(frozen=True, slots=True)
class _Event:
    """An entry before its time is resolved."""

    text: str
    moment: Moment | None
    words: Stretch | None  # the time as written
    start: int
    end: int


def timeline(source: Source, root: Part, day: date | None, zone: str | None) -> tuple[TimelineEntry, ...]:
    """The entries in document order. `day` and `zone` are the document's own, or None if it names none."""
    found = tuple(_announced(source, root, day, zone))
    return found or tuple(_unannounced(source, root, day, zone))


def _announced(source: Source, root: Part, day: date | None, zone: str | None) -> Iterator[TimelineEntry]:
    """Entries under headings that say so, and under those behind them that begin with a time."""
    reader: _Reader | None = None
    for part in root.walk():
        if part.kind == "timeline" and not _inside(part):
            reader = _Reader(source, day, zone)
            yield from reader.read(part)
        elif reader is not None and part.section_kind() is None and _has_clock(part.title):
            yield from reader.read_event(part)


def _inside(part: Part) -> bool:
    return part.above is not None and part.above.section_kind() == "timeline"


def _unannounced(source: Source, root: Part, day: date | None, zone: str | None) -> Iterator[TimelineEntry]:
    """Entries of lists and tables that are a timeline by what stands in them."""
    for part in root.walk():
        if part.section_kind() in ("actions", "helped_hurt", "appendix"):
            continue
        reader = _Reader(source, day, zone)
        for block in part.blocks:
            if block.kind in ("list", "table") and _is_timed(block):
                yield from reader.entries_of(block)


def _is_timed(block: Block) -> bool:
    rows = block.children if block.kind == "list" else block.children[1:]
    timed = sum(1 for row in rows if _opens_with_clock(row))
    return timed >= _FEWEST and timed * 2 > len(rows)


def _opens_with_clock(row: Block) -> bool:
    if not row.children:
        return False
    moment = moment_at(row.children[0].inline.text.lstrip())
    return moment is not None and moment.clock is not None


class _Reader:
    """Reads one timeline; knows the day and the zone that hold for what comes next."""

    def __init__(self, source: Source, day: date | None, zone: str | None) -> None:
        self._source = source
        self._day = day
        self._zone = zone
        self._last: timedelta | None = None

    def read(self, part: Part) -> Iterator[TimelineEntry]:
        self._learn(part.title)
        yield from self._blocks(part)
        children = [below for below in part.parts if below.kind in (None, "timeline")]
        clocked = any(_has_clock(below.title) for below in children)
        for below in children:
            yield from self._below(below, among_events=clocked)

    def entries_of(self, block: Block) -> Iterator[TimelineEntry]:
        events = _list_events(block) if block.kind == "list" else self._table_events(block)
        for event in events:
            yield from self._resolved(event)

    def read_event(self, part: Part) -> Iterator[TimelineEntry]:
        """The entry that a heading is."""
        yield from self._resolved(_heading_event(part))

    def _below(self, part: Part, *, among_events: bool) -> Iterator[TimelineEntry]:
        if _has_clock(part.title):
            yield from self.read_event(part)
            return
        inside = list(self.read(part))
        if not inside and among_events and part.title:
            inside = list(self.read_event(part))
        yield from inside

    def _blocks(self, part: Part) -> Iterator[TimelineEntry]:
        for block in part.blocks:
            if block.kind in ("list", "table"):
                yield from self.entries_of(block)
            elif block.kind == "paragraph":
                yield from self._paragraph(block)

    def _paragraph(self, block: Block) -> Iterator[TimelineEntry]:
        """The lines of a paragraph that begin with a time, each with the lines behind it; else what it says of days."""
        current: tuple[Stretch, Moment] | None = None
        for line in block.inline.whole().lines():
            moment = moment_at(line.text)
            if moment is None or not _announces(line.text, moment):
                if current is None:
                    self._learn(line.text)
                else:
                    current = (current[0]._replace(end=line.end), current[1])
                continue
            if current is not None:
                yield from self._resolved(_event(*current, current[0].offsets()))
            current = (line, moment)
        if current is not None:
            yield from self._resolved(_event(*current, current[0].offsets()))

    def _table_events(self, block: Block) -> Iterator[_Event]:
        head = [cell.inline.text.strip() for cell in block.children[0].children] if block.children else []
        times = [index for index, name in enumerate(head) if _TIME_COLUMN.search(name)][:2] or [0]
        for name in head:
            self._zone = zone_in(name) or self._zone
        for row in block.children[1:]:
            event = _row_event(row, times)
            if event is not None:
                yield event

    def _learn(self, text: str) -> None:
        """Take a day or a zone from a heading, or from a line that is no entry."""
        text = text[:300]
        if _ZONE_SENTENCE.search(text) or "(" in text:
            self._zone = zone_in(text) or self._zone
        day = find_day(text)
        if day is not None and len(text) <= 120:
            self._day, self._last = day.in_year_of(self._day), None

    def _resolved(self, event: _Event) -> Iterator[TimelineEntry]:
        moment, span = event.moment, self._source.span(event.start, event.end)
        if moment is None and not event.words:
            if event.text and event.words is None and event.start == event.end:
                return
            yield TimelineEntry(event.text, None, None, span)
            return
        if moment is not None:
            self._pass(moment)
        at = moment.resolve(self._day, self._zone) if moment is not None else None
        if event.words is None or (not event.text and (moment is None or moment.clock is None)):
            return
        place = event.words.trimmed()
        written = Text(" ".join(place.text.split()), self._source.span(*place.offsets()))
        yield TimelineEntry(event.text, written, at, span)

    def _pass(self, moment: Moment) -> None:
        """Move on to the day of a moment: the one written with it, or the next if the clock passed midnight."""
        if moment.day is not None:
            self._day, self._last = moment.day.in_year_of(self._day), None
        if moment.clock is None:
            return
        clock = timedelta(hours=moment.clock.hour, minutes=moment.clock.minute)
        if self._last is not None and self._day is not None and self._last - clock > _MIDNIGHT_GAP:
            self._day = _next(self._day)
        self._last = clock


def _next(day: date) -> date | None:
    return None if day == date.max else day + timedelta(days=1)


def _has_clock(title: str) -> bool:
    moment = moment_at(title)
    return moment is not None and moment.clock is not None


def _announces(text: str, moment: Moment) -> bool:
    """Whether a line of text begins with its time as an entry does; a sentence may begin with a date, too."""
    if moment.clock is not None:
        return True
    rest = text[moment.end :].lstrip(" *_`)]")
    return not rest or rest[0] in "-–—:|"


def _rest(text: str, moment: Moment) -> str:
    return text[moment.end :].lstrip(_SEPARATORS).rstrip(" \t\n:*_`")


def _event(line: Stretch, moment: Moment, place: tuple[int, int]) -> _Event:
    text = " ".join(_rest(line.text, moment).split())
    return _Event(text, moment, _written(line, moment), *place)


def _written(line: Stretch, moment: Moment) -> Stretch:
    return line.part(moment.start, moment.end).trimmed(" \t\n[(*_`<|").trimmed()


def _heading_event(part: Part) -> _Event:
    """A heading as an entry; what happened stands behind the time, or in the first paragraph under it."""
    title = part.words.whole().trimmed()
    moment = moment_at(title.text)
    words = _written(title, moment) if moment is not None else None
    text = " ".join((_rest(title.text, moment) if moment else title.text).split())
    if not text:
        first = next((block for block in part.blocks if block.inline.text.strip()), None)
        text = " ".join(first.inline.text.split()) if first is not None else ""
    end = max((block.end for block in part.blocks), default=part.heading[1])
    return _Event(text, moment, words, part.heading[0], end)


def _list_events(block: Block) -> Iterator[_Event]:
    for item in block.children:
        yield from _item_events(item)


def _item_events(item: Block) -> Iterator[_Event]:
    first = item.children[0] if item.children else None
    line = first.inline.whole().trimmed() if first is not None and first.kind == "paragraph" else None
    below = [event for child in item.children if child.kind == "list" for event in _list_events(child)]
    timed = any(event.moment is not None and event.moment.clock is not None for event in below)
    if line is None or not line.text:
        yield from below
        return
    moment = moment_at(line.text)
    if moment is None and timed:
        yield _Event("", _day_in(line.text), None, item.start, item.start)
        yield from below
        return
    moment = moment or find_moment(line.text)
    if moment is None:
        yield _Event(" ".join(line.text.split()), None, None, item.start, item.end)
        return
    end = min((event.start for event in below), default=item.end) if timed else item.end
    yield _timed_event(line, moment, (item.start, end))
    if timed:
        yield from below


def _timed_event(line: Stretch, moment: Moment, place: tuple[int, int]) -> _Event:
    if moment_at(line.text) is moment or moment.start == 0:
        return _event(line, moment, place)
    text = (line.text[: moment.start].rstrip(_SEPARATORS) + " " + line.text[moment.end :].strip()).strip()
    return _Event(" ".join(text.split()), moment, _written(line, moment), *place)


def _day_in(text: str) -> Moment | None:
    day = find_day(text[:120])
    return Moment(day.start, day.end, day=day) if day is not None else None


def _row_event(row: Block, times: list[int]) -> _Event | None:
    cells = [cell.inline.whole().trimmed() for cell in row.children]
    if not any(cell.text for cell in cells):
        return None
    text = " – ".join(
        " ".join(cell.text.split()) for index, cell in enumerate(cells) if index not in times and cell.text
    )
    moment, words = None, None
    for index in times:
        if index < len(cells) and (found := moment_at(cells[index].text)):
            moment, words = (_joined(moment, found), cells[index])
    return _Event(text, moment, words, row.start, row.end)


def _joined(first: Moment | None, second: Moment) -> Moment:
    """A date from one column and a time from another."""
    if first is None:
        return second
    return Moment(
        second.start,
        second.end,
        second.clock or first.clock,
        first.day or second.day,
        second.zone or first.zone,
        first.next_days or second.next_days,
    )
