"""Which day and which zone hold at each place of a timeline, and so the instant that a time there means."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from rules.parse.dates import DayWord, day_word_at, find_day
from rules.parse.timeline_remarks import SHORT, announced_zone, is_about_a_day, untold_day
from rules.parse.times import Moment
from rules.patterns import Pattern

_FIGURES = Pattern(r"\d{1,4}")
_MIDNIGHT_GAP = timedelta(hours=12)  # a clock that falls back by more has passed midnight
_SOME_DAY = date(1000, 1, 1)  # before any real one
_LONGEST = 300  # characters of a line in which a zone is looked for


class Known(NamedTuple):
    """What the metadata say: the incident's day, the zone as written, and when it started."""

    day: date | None = None
    zone: str | None = None
    start: datetime | None = None


class Days:
    """What is known of day and zone while a timeline is read from its first entry to its last.

    Attributes:
        announced: the first zone that a heading or sentence names for the whole timeline.
    """

    def __init__(self, known: Known, place: int = 0) -> None:
        """`place` counts the timelines of a document, of which a later one without dates is taken to be later."""
        self.announced: str | None = None
        self._known = known
        self._day = known.day
        self._zone = known.zone
        # the day as far as entries can be put in order; None if it is unknown
        self._order: date | None = known.day or _SOME_DAY + timedelta(days=366 * place)
        self._last: timedelta | None = None  # the time of day come to last, on the day that holds
        self._latest: Moment | None = None  # the one before, where lengths of time can be counted from it
        self._passed = 0  # days since the last one that was written
        self._count: tuple[int, date] | None = None  # the number of the day counted last, and which day it was
        self._day_told = False  # a date, and no time of day since
        self._led_up = False  # whether the last date stood with an entry's own time

    @property
    def told_alone(self) -> date | None:
        """The day that holds, where it was told and no time of day since."""
        return self._order if self._day_told else None

    def learn(self, text: str) -> None:
        """Take a day or a zone from a heading, or from a line that is no entry."""
        text = text[:_LONGEST]
        if (zone := announced_zone(text)) is not None:
            self._zone = zone
            self.announced = self.announced or zone
        if len(text) > SHORT:
            return
        day = find_day(text)
        if day is not None and self._last is not None and not is_about_a_day(text, day):
            return
        if day is None and (alone := untold_day(text)) is not None:
            self.turn_to_untold(alone)
        elif day is not None:
            self._turn_to(day.in_year_of(self._day))
            if (word := day_word_at(text)) and word.kind == "count" and self._day is not None:
                self._count = (word.number, self._day)
        elif (word := day_word_at(text.lstrip(" *_`(["))) is not None:
            self._turn_to(self._day_called(word))

    def turn_to_untold(self, written: str) -> None:
        """Begin the day of a date that cannot be told: the incident's, if it may mean that, else some later one."""
        known, order = self._known.day, self._order
        if known is not None and {known.month, known.day} <= {int(each) for each in _FIGURES.findall(written)}:
            self._turn_to(known)
            return
        later = _later(order, int(self._last is not None))
        self._turn_to(None)
        self._order = later

    def suppose(self, zone: str | None) -> None:
        """Take the zone for that of the timeline where none is known yet."""
        self._zone = self._zone or zone

    def come_to(self, moment: Moment) -> Moment:
        """Move on to a moment; it is returned with the time of day that it means.

        The result does not tell its day any more, where that is now the timeline's.
        """
        self._latest = moved = self._pass(self._counted_on(moment))
        return moved

    def instant(self, moment: Moment | None) -> datetime | None:
        """The instant that a moment means, None where its day or its zone is not known."""
        if moment is None:
            return None
        if moment.offset is not None:
            return _after(self._known.start, moment.offset)
        return moment.resolve(self._day, self._zone)

    def local(self, moment: Moment | None) -> datetime | None:
        """A moment by the clock of the timeline, without a zone, by which its entries can be put in order."""
        if moment is None or self._order is None:
            return None
        if moment.offset is not None:
            return _after(datetime.combine(_SOME_DAY, time()), moment.offset)
        if moment.clock is None:
            return None
        return datetime.combine(self._order, moment.clock)

    def _pass(self, moment: Moment) -> Moment:
        """Move on to a moment's day and its time of day; see `come_to` for the result."""
        self._pass_to_day(moment)
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

    def _pass_to_day(self, moment: Moment) -> None:
        """Turn to the day that is written with a moment, that its word means, or that it must be of."""
        if moment.day is not None:
            self._turn_to(moment.day.in_year_of(self._day))
            self._led_up = self._day is not None and moment.clock is not None
        elif self._led_up and self._comes_to_the_day(moment):
            self._turn_to(self._known.day)
        elif moment.word is not None:
            day = self._day_called(moment.word)
            if day != self._day:
                self._turn_to(day)
            elif day is None:
                self._order = None

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
