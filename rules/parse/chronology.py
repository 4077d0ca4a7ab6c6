"""The timeline: its events in document order, each with the instant that its time means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import NamedTuple

from rules.blocks import Block
from rules.parse.dates import DayWord, day_word_at, find_day
from rules.parse.part import Part
from rules.parse.timeline_events import (
    Event,
    account_events,
    code_events,
    has_clock,
    heading_event,
    is_dotted,
    list_events,
    opens_with_clock,
    paragraph_events,
    said,
    sentence_events,
)
from rules.parse.timeline_remarks import SHORT, announced_zone, is_about_a_day, untold_day
from rules.parse.timeline_tables import table_events
from rules.parse.times import Moment
from rules.patterns import Pattern
from rules.postmortem import Span, Text, TimelineEntry
from rules.source import Source

_SAYS = Pattern(r"[^\W_]")
_FIGURES = Pattern(r"\d{1,4}")
_MIDNIGHT_GAP = timedelta(hours=12)  # a clock that falls back by more has passed midnight
_SOME_DAY = date(1000, 1, 1)  # before any real one
_FEWEST = 3  # timed entries that make a list a timeline without a heading that says so
_TELLING = frozenset({None, "tldr", "actual", "resolution", "detection"})
"""Kinds of section in which the incident may be told from beginning to end."""

_FOREIGN = frozenset({"tldr", "actual"})  # kinds whose sub-section of a timeline may tell a phase of it


class Known(NamedTuple):
    """What the metadata say: the incident's day, the zone as written, and when it started."""

    day: date | None = None
    zone: str | None = None
    start: datetime | None = None


class Chronology(NamedTuple):
    """The entries in document order, and the zone that the timeline names for those that name none."""

    entries: tuple[TimelineEntry, ...]
    zone: str | None


def timeline(source: Source, root: Part, known: Known) -> Chronology:
    """The timeline of a document: what stands under headings that say so, else lists and tables of times."""
    announced = _announced(source, root, known)
    return announced if announced.entries else _unannounced(source, root, known, announced.zone)


def _announced(source: Source, root: Part, known: Known) -> Chronology:
    """Entries under headings that say so, and under those behind them that begin with a time.

    Where one section tells times, another that tells none (`Sequence of events`) is an account rather than a timeline.
    """
    reader: _Reader | None = None
    told: list[list[TimelineEntry]] = []
    zone: str | None = None
    for part in root.walk():
        if part.kind == "timeline" and not _inside(part):
            reader = _Reader(source, known, len(told))
            told.append(reader.read_all(part))
        elif reader is not None and part.section_kind() is None and has_clock(part.title):
            told[-1].extend(reader.resolved(heading_event(part)))
        zone = zone or (reader.announced if reader is not None else None)
    timed = [entries for entries in told if any(entry.time is not None for entry in entries)]
    return Chronology(tuple(entry for entries in timed or told for entry in entries), zone)


def _inside(part: Part) -> bool:
    return part.above is not None and part.above.section_kind() == "timeline"


def _unannounced(source: Source, root: Part, known: Known, zone: str | None) -> Chronology:
    """Entries of lists and tables that are a timeline by what stands in them; without any, of an account in prose."""
    found: list[TimelineEntry] = []
    for part in root.walk():
        if part.section_kind() in ("actions", "helped_hurt", "appendix"):
            continue
        reader = _Reader(source, known)
        for block in part.blocks:
            if block.kind in ("list", "table") and _is_timed(block, _FEWEST):
                found.extend(reader.entries_of(block))
            elif block.kind == "paragraph" and has_clock(block.inline.text.lstrip()):
                entries = list(reader.entries_in(block))
                found.extend(entries if len(entries) >= _FEWEST else ())
    return Chronology(tuple(found or _account(source, root, known)), zone)


def _account(source: Source, root: Part, known: Known) -> list[TimelineEntry]:
    """The sentences of the first section that tells the incident by the clock: `At 15:00 … By 15:20 …`."""
    for part in root.walk():
        if part.section_kind() not in _TELLING:
            continue
        reader = _Reader(source, known)
        told = [each for block in part.blocks if block.kind == "paragraph" for each in reader.account_in(block)]
        if len(told) >= _FEWEST:
            return told
    return []


def _is_timed(block: Block, fewest: int) -> bool:
    rows = block.children if block.kind == "list" else block.children[1:]
    timed = sum(1 for row in rows if opens_with_clock(row))
    return timed >= fewest and timed * 2 > len(rows)


class _Reader:
    """Reads one timeline; knows the day and the zone that hold for what comes next.

    Attributes:
        announced: the first zone that a heading or sentence names for the whole timeline.
    """

    def __init__(self, source: Source, known: Known, place: int = 0) -> None:
        """`place` counts the timelines of a document, of which a later one without dates is taken to be later."""
        self._source = source
        self._known = known
        self._day = known.day
        self._zone = known.zone
        self._order: date | None = known.day or _SOME_DAY + timedelta(
            days=366 * place
        )  # the day as far as entries can be put in order; None if it is unknown
        self._last: timedelta | None = None
        self._latest: Moment | None = None  # the one before, where lengths of time can be counted from it
        self._passed = 0  # days since the last one that was written
        self._count: tuple[int, date] | None = None  # the number of the day counted last, and which day it was
        self._day_told = False  # a date, and no time of day since
        self._led_up = False  # whether the last date stood with an entry's own time
        self._dotted = False  # whether hours and minutes are set apart by a dot
        self._notes: set[Span] = set()  # where the entries of lists are in which nothing has a time
        self.announced: str | None = None

    def read_all(self, part: Part) -> list[TimelineEntry]:
        """The entries of a timeline; those in code or sentences count where there are no others.

        A whole list or table without a time, in a timeline that has times, holds notes (sources, a legend, figures),
        unless it stands below a date, which then is the time of its entries.
        """
        found = list(self._read(part))
        if any(entry.time is not None for entry in found):
            return [entry for entry in found if entry.span not in self._notes]
        told = [each for here in part.region() for block in here.blocks for each in self._told(block)]
        return told if len(told) > 1 else found

    def entries_of(self, block: Block) -> Iterator[TimelineEntry]:
        """The entries of a list or table."""
        for event in list_events(block, dotted=self._dotted) if block.kind == "list" else table_events(block):
            yield from self.resolved(event)

    def entries_in(self, block: Block) -> Iterator[TimelineEntry]:
        """The entries of a paragraph that begins with one."""
        for each in paragraph_events(block, dotted=self._dotted):
            if isinstance(each, Event):
                yield from self.resolved(each)

    def account_in(self, block: Block) -> Iterator[TimelineEntry]:
        """The sentences of a paragraph that tell what happened when; the first may name the day, and the zone."""
        self._learn(block.inline.text[:SHORT])
        for event in account_events(block):
            if event.moment is not None:
                self._zone = self._zone or event.moment.zone
            yield from self.resolved(event)

    def resolved(self, event: Event) -> Iterator[TimelineEntry]:
        """The entry that an event is, none for one that only tells the day."""
        moment, span = event.moment, self._source.span(event.start, event.end)
        if moment is not None:
            moment = self._latest = self._pass(self._counted_on(moment))
        if event.words is None:
            if moment is None and _SAYS.search(event.text) is not None:
                yield TimelineEntry(event.text, None, None, span)
            return
        if not event.text and (moment is None or (moment.clock is None and moment.offset is None)):
            if moment is not None and moment.day is None and moment.word is None:
                self._turn_to_untold(event.words.text)
            return
        place = event.words.trimmed()
        written = Text(" ".join(place.text.split()), self._source.span(*place.offsets()))
        zone = moment.zone if moment is not None else None
        yield TimelineEntry(event.text, written, self._instant(moment), span, zone, self._local(moment))

    def _read(self, part: Part) -> Iterator[TimelineEntry]:
        self._learn(part.title)
        self._dotted = is_dotted(part.blocks)
        in_lines = any(block.kind == "paragraph" and has_clock(block.inline.text.lstrip()) for block in part.blocks)
        for block, below in zip_longest(part.blocks, part.blocks[1:]):
            if not (in_lines and block.kind == "list" and not _is_timed(block, 1)):  # what it lists are details
                yield from _told_below(list(self._block(block)), below)
        clocked = any(has_clock(sub.title) for sub in part.parts if sub.kind in (None, "timeline"))
        for sub in part.parts:
            if sub.kind in (None, "timeline"):
                yield from self._below(sub, among_events=clocked)
            elif sub.kind in _FOREIGN and not sub.label:
                yield from self._phase(sub)

    def _below(self, part: Part, *, among_events: bool) -> Iterator[TimelineEntry]:
        if has_clock(part.title):
            yield from self.resolved(heading_event(part))
            return
        inside = list(self._read(part))
        if not inside and among_events and part.title:
            inside = list(self.resolved(heading_event(part)))
        yield from inside

    def _phase(self, part: Part) -> Iterator[TimelineEntry]:
        """What stands under a heading such as `Trigger` inside a timeline, where it is a list of times."""
        for block in part.blocks:
            if block.kind in ("list", "table") and _is_timed(block, 1):
                yield from self.entries_of(block)

    def _block(self, block: Block) -> Iterator[TimelineEntry]:
        if block.kind in ("list", "table"):
            yield from self._listed(block)
        elif block.kind == "paragraph":
            for each in paragraph_events(block, dotted=self._dotted):
                if isinstance(each, Event):
                    yield from self.resolved(each)
                else:
                    self._learn(each.text)
        elif block.kind == "quote":
            for child in block.children:
                if child.kind == "paragraph" or (child.kind == "list" and _is_timed(child, 1)):
                    yield from self._block(child)

    def _listed(self, block: Block) -> Iterator[TimelineEntry]:
        day = self._order if self._day_told else None
        found = list(self.entries_of(block))
        if any(entry.time is not None for entry in found):
            yield from found
        elif day is not None:
            yield from (entry._replace(local=datetime.combine(day, time())) for entry in found)
        else:
            self._notes.update(entry.span for entry in found)
            yield from found

    def _told(self, block: Block) -> Iterator[TimelineEntry]:
        events = code_events(block, self._source.text) if block.kind == "code" else ()
        for event in sentence_events(block) if block.kind == "paragraph" else events:
            yield from self.resolved(event)

    def _learn(self, text: str) -> None:
        """Take a day or a zone from a heading, or from a line that is no entry."""
        text = text[:300]
        if (zone := announced_zone(text)) is not None:
            self._zone = zone
            self.announced = self.announced or zone
        if len(text) > SHORT:
            return
        day = find_day(text)
        if day is not None and self._last is not None and not is_about_a_day(text, day):
            return
        if day is None and (alone := untold_day(text)) is not None:
            self._turn_to_untold(alone)
        elif day is not None:
            self._turn_to(day.in_year_of(self._day))
            if (word := day_word_at(text)) and word.kind == "count" and self._day is not None:
                self._count = (word.number, self._day)
        elif (word := day_word_at(text.lstrip(" *_`(["))) is not None:
            self._turn_to(self._day_called(word))

    def _instant(self, moment: Moment | None) -> datetime | None:
        if moment is None:
            return None
        if moment.offset is not None:
            return _after(self._known.start, moment.offset)
        return moment.resolve(self._day, self._zone)

    def _local(self, moment: Moment | None) -> datetime | None:
        if moment is None or self._order is None:
            return None
        if moment.offset is not None:
            return _after(datetime.combine(_SOME_DAY, time()), moment.offset)
        if moment.clock is None:
            return None
        return datetime.combine(self._order, moment.clock)

    def _pass(self, moment: Moment) -> Moment:
        """Move on to the day of a moment: the one written with it, or the next if the clock passed midnight.

        The result is the moment without what it says of its day, where that is now the timeline's.
        """
        if moment.day is not None:
            self._turn_to(moment.day.in_year_of(self._day))
            self._led_up = self._day is not None and moment.clock is not None
        elif self._led_up and self._comes_to_the_day(moment):
            self._turn_to(self._known.day)
        elif moment.word is not None:
            before, self._last = (self._day, self._last), self._last
            day = self._day_called(moment.word)
            if day != before[0]:
                self._turn_to(day)
            elif day is None:
                self._order = None
        if moment.clock is None:
            return moment
        clock = _since_midnight(moment.clock)
        fell_back = self._last is not None and self._last - clock > _MIDNIGHT_GAP
        self._last, self._day_told = clock, False
        if moment.next_days:
            self._move_on(max(moment.next_days - self._passed, 0))
            return moment._replace(day=None, next_days=0) if self._day is not None else moment
        self._move_on(int(fell_back))
        return moment

    def _comes_to_the_day(self, moment: Moment) -> bool:
        """Whether a bare time must be the incident's day's, as it would go back behind a dated one of the run-up."""
        if moment.clock is None or self._last is None or self._day is None or self._known.day is None:
            return False
        return self._day < self._known.day and _since_midnight(moment.clock) < self._last

    def _counted_on(self, moment: Moment) -> Moment:
        """A moment that is told by the length since the one before it; as it is where that has no time."""
        if moment.later is None or self._latest is None:
            return moment
        if self._latest.offset is not None:
            return moment._replace(offset=self._latest.offset + moment.later)
        if self._latest.clock is None:
            return moment
        told = datetime.combine(_SOME_DAY, self._latest.clock) + moment.later
        self._move_on((told.date() - _SOME_DAY).days)
        self._last = None
        return moment._replace(clock=told.time(), zone=self._latest.zone)

    def _move_on(self, days: int) -> None:
        self._day, self._order = _later(self._day, days), _later(self._order, days)
        self._passed += days

    def _turn_to(self, day: date | None) -> None:
        self._day, self._last, self._order, self._passed = day, None, day, 0
        self._day_told, self._led_up, self._latest = day is not None, False, None

    def _turn_to_untold(self, written: str) -> None:
        """Begin the day of a date that cannot be told: the incident's, if it may mean that, else some later one."""
        known, order = self._known.day, self._order
        if known is not None and {known.month, known.day} <= {int(each) for each in _FIGURES.findall(written)}:
            self._turn_to(known)
            return
        later = _later(order, int(self._last is not None))
        self._turn_to(None)
        self._order = later

    def _day_called(self, word: DayWord) -> date | None:
        """The day that a word means, counted from the day it follows; None where that is not certain."""
        if word.kind == "next":
            return _later(self._day, 1) if self._last is not None else None
        if word.kind == "count":
            return self._day_counted(word.number)
        if self._day is None or (self._last is None and self._count is None):
            known = self._known.day if self._day is None else self._day
            return known if known is not None and known.weekday() == word.number else None
        return _later(self._day, (word.number - self._day.weekday()) % 7)

    def _day_counted(self, number: int) -> date | None:
        if self._count is None:
            first = self._known.day if number <= 1 else None
            self._count = (number, first) if first is not None else None
            return first
        return _later(self._count[1], number - self._count[0])


def _told_below(entries: list[TimelineEntry], below: Block | None) -> list[TimelineEntry]:
    """Entries of which the last, where it is a time alone in its line, is told by the block below it."""
    if entries and not entries[-1].text and below is not None and (text := said(below)) and not has_clock(text):
        entries[-1] = entries[-1]._replace(text=text)
    return entries


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute)


def _later(day: date | None, days: int) -> date | None:
    if day is None or not date.min.toordinal() <= day.toordinal() + days <= date.max.toordinal():
        return None
    return day + timedelta(days=days)


def _after(start: datetime | None, offset: timedelta) -> datetime | None:
    try:
        return start + offset if start is not None else None
    except OverflowError:
        return None
