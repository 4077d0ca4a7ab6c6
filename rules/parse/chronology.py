"""The timeline: its events in document order, each with the instant that its time means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from itertools import zip_longest
from typing import NamedTuple

from rules.blocks import Block
from rules.parse.half_days import without_half_days
from rules.parse.part import Part
from rules.parse.timeline_days import Days, Known
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
from rules.parse.timeline_remarks import SHORT
from rules.parse.timeline_tables import table_events
from rules.parse.times import moment_at
from rules.patterns import Pattern
from rules.postmortem import Span, Text, TimelineEntry
from rules.source import Source

_SAYS = Pattern(r"[^\W_]")
_FEWEST = 3  # timed entries that make a list a timeline without a heading that says so
_TELLING = frozenset({None, "tldr", "actual", "resolution", "detection"})
"""Kinds of section in which the incident may be told from beginning to end."""

_PHASES = frozenset({"detection", "resolution"})
_FOREIGN = frozenset({"tldr", "actual"})  # kinds whose sub-section of a timeline may tell a phase of it


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
    """The sentences of the first section that tells the incident by the clock: `At 15:00 … By 15:20 …`.

    Where that is about one phase of it (`Mitigation`), what the sections of others tell so belongs to it.
    """
    told = [(part, entries) for part in root.walk() if (entries := _told_in(source, part, known))]
    full = next((part for part, entries in told if len(entries) >= _FEWEST), None)
    if full is None:
        return []
    phases = _PHASES if full.section_kind() in _PHASES else ()
    reader = _Reader(source, known)
    parts = [part for part, _ in told if part is full or part.section_kind() in phases]
    return [each for part in parts for block in _paragraphs(part) for each in reader.account_in(block)]


def _told_in(source: Source, part: Part, known: Known) -> list[TimelineEntry]:
    if part.section_kind() not in _TELLING:
        return []
    reader = _Reader(source, known)
    return [each for block in _paragraphs(part) for each in reader.account_in(block)]


def _paragraphs(part: Part) -> list[Block]:
    return [block for block in part.blocks if block.kind == "paragraph"]


def _is_timed(block: Block, fewest: int) -> bool:
    rows = block.children if block.kind == "list" else block.children[1:]
    timed = sum(1 for row in rows if opens_with_clock(row))
    return timed >= fewest and timed * 2 > len(rows)


class _Reader:
    """Reads one timeline."""

    def __init__(self, source: Source, known: Known, place: int = 0) -> None:
        """`place` counts the timelines of a document."""
        self._source = source
        self._days = Days(known, place)
        self._dotted = False  # whether hours and minutes are set apart by a dot
        self._notes: set[Span] = set()  # where the entries of lists are in which nothing has a time

    @property
    def announced(self) -> str | None:
        """The first zone that a heading or sentence names for the whole timeline."""
        return self._days.announced

    def read_all(self, part: Part) -> list[TimelineEntry]:
        """The entries of a timeline; those in code or sentences count where there are no others.

        A whole list or table without a time, in a timeline that has times, holds notes (sources, a legend, figures),
        unless it stands below a date, which then is the time of its entries.
        """
        found = list(self._read(part))
        if any(entry.time is not None for entry in found):
            return without_half_days([entry for entry in found if entry.span not in self._notes])
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
        self._days.learn(block.inline.text[:SHORT])
        for event in account_events(block):
            if event.moment is not None:
                self._days.suppose(event.moment.zone)
            yield from self.resolved(event)

    def resolved(self, event: Event) -> Iterator[TimelineEntry]:
        """The entry that an event is, none for one that only tells the day."""
        moment, span = event.moment, self._source.span(event.start, event.end)
        if moment is not None:
            moment = self._days.come_to(moment)
        if event.words is None:
            if moment is None and _SAYS.search(event.text) is not None:
                yield TimelineEntry(event.text, None, None, span)
            return
        if not event.text and (moment is None or (moment.clock is None and moment.offset is None)):
            if moment is not None and moment.day is None and moment.word is None:
                self._days.turn_to_untold(event.words.text)
            return
        place = event.words.trimmed()
        written = Text(" ".join(place.text.split()), self._source.span(*place.offsets()))
        zone = moment.zone if moment is not None else None
        yield TimelineEntry(event.text, written, self._days.instant(moment), span, zone, self._days.local(moment))

    def _read(self, part: Part) -> Iterator[TimelineEntry]:
        self._days.learn(part.title)
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
        if not inside and part.title and (among_events or _tells_of_day(part)):
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
                    self._days.learn(each.text)
        elif block.kind == "quote":
            for child in block.children:
                if child.kind == "paragraph" or (child.kind == "list" and _is_timed(child, 1)):
                    yield from self._block(child)

    def _listed(self, block: Block) -> Iterator[TimelineEntry]:
        day = self._days.told_alone
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


def _tells_of_day(part: Part) -> bool:
    """Whether a heading is a date and nothing else, and a paragraph below it tells what happened on that day."""
    moment = moment_at(part.title)
    dated = moment is not None and moment.day is not None and not part.title[moment.end :].strip(" :.–—-)")
    return dated and any(block.kind == "paragraph" for block in part.blocks)


def _told_below(entries: list[TimelineEntry], below: Block | None) -> list[TimelineEntry]:
    """Entries of which the last, where it is a time alone in its line, is told by the block below it."""
    if entries and not entries[-1].text and below is not None and (text := said(below)) and not has_clock(text):
        entries[-1] = entries[-1]._replace(text=text)
    return entries
