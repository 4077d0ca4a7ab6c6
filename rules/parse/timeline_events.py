"""The events of a timeline where they stand: in lists, lines, headings, sentences and code; not resolved yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import time
from typing import NamedTuple

from rules.blocks import Block, Inline, Stretch, text_of
from rules.parse.dates import MONTH, Day, day_word_at, find_day
from rules.parse.part import Part
from rules.parse.times import DECORATION, Moment, find_moment, moment_at
from rules.patterns import Pattern

_SEPARATORS = " \t\n-‐‒–—―−:：|,;.)]*_`~=>→⇒►▶»•·"
_BEHIND = " \t\n:*_`"
_PREPOSITION = Pattern(r"\s(?:at|on|around|about|by|@|~)$", re.IGNORECASE)
_SINCE = Pattern(r"\bsince[\s*_`~]{1,3}$", re.IGNORECASE)
_STOP = Pattern(r"\s+(?=[.,;!]+(?:\s|$))")
_SENTENCE_END = Pattern(r"(?<=[.!?])\s+(?=[A-Z0-9~@“\"])")
_CHAT = Pattern(
    r"^[*_`<@]{0,4}[^\W\d][\w.-]{0,30}(?:[ \t][^\W\d][\w.-]{0,30}){0,2}[*_`>]{0,4}[ \t]{1,3}"
    r"[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[ \t]?[AP]M)?(?:[\])]|:?$)",
    re.IGNORECASE | re.MULTILINE,
)
"""A line that begins with who says something, and when: `ana [14:03] checkout is down`, `Ana Ruiz 2:03 PM`."""
_MONTH_ALONE = Pattern(rf"[*_]{{0,2}}{MONTH}(?:[\s,]{{1,3}}(?:19|20)\d\d)?[\s,*_]{{0,5}}", re.IGNORECASE)
_SENTENCE_OPENING = Pattern(r"(?:(?:at|around|by|about)\s|[~@])?\s?\d", re.IGNORECASE)
_ENDS_LABEL = (":", "-", "–", "—", "(", "[", "|", "=", "@", "→")
_POINT = Pattern(r"(?:\b(?:at|by|around|about|circa|exactly|approximately|roughly|on)|[~@(,])\s?$", re.IGNORECASE)
"""What stands before a time that is one, and neither end of a stretch of time (`from 10:00 to 11:00`)."""
_HAPPENED = Pattern(
    r"\b(?:was|were|had|went|got|came|began|fell|rose|saw|found|became|broke|took|lost|sent|ran|[a-z]{2,}ed)\b",
    re.IGNORECASE,
)
_HOUR_WORD = Pattern(
    r"[*_`(~]{0,3}(?:(?:at|around|about)\s)?(noon|midday|midnight)(?=[*_`)]{0,3}(?:\s?[:–—|-]|$))", re.IGNORECASE
)
_DOTTED = Pattern(
    r"[\s*_`(\[~]{0,4}(?:[01]?\d|2[0-3])\.[0-5]\d(?![\d%]|\.\d|\s?(?:%|[kmgt]?i?b\b|ms\b|s\b|x\b))", re.IGNORECASE
)
_DOT = Pattern(r"(?<![\d.])(\d{1,2})\.([0-5]\d)(?![\d.])")
_HOURS = Pattern(r"[\s*_`(\[~]{0,4}(?:[01]?\d|2[0-3])\s?h\s?[0-5]\d\b", re.IGNORECASE)
_FULL_HOUR = Pattern(r"[\s*_`(\[~]{0,4}([01]?\d|2[0-3])\s?h(?=[*_`)\]]{0,3}(?:\s?[-–—:|,]|$))", re.IGNORECASE)
_FEWEST_DOTTED = 2
_HEAD = 24  # characters in which a time may stand, and the end of a stretch of time
_LONGEST_CODE = 20_000  # characters of a code block that are searched for entries
_LONGEST_PROSE = 4_000


class Event(NamedTuple):
    """An entry before its time is resolved; one without text or words only tells the day of what follows.

    Attributes:
        words: the time as written.
        start, end: offsets in the document.
    """

    text: str
    moment: Moment | None
    words: Stretch | None
    start: int
    end: int


def opens_with_clock(row: Block) -> bool:
    """Whether a list item or a table's row begins with a time of day."""
    return bool(row.children) and has_clock(row.children[0].inline.text.lstrip())


def has_clock(text: str) -> bool:
    """Whether a text begins with a time of day, or a length from the incident's start."""
    moment = moment_at(text)
    return moment is not None and (moment.clock is not None or moment.offset is not None)


def line_event(line: Stretch, moment: Moment, place: tuple[int, int]) -> Event:
    """The entry of a line that begins with its time."""
    text = line.text[moment.end :].lstrip(_SEPARATORS).rstrip(_BEHIND)
    return Event(_flat(text), moment, _written(line, moment), *place)


def heading_event(part: Part) -> Event:
    """A heading as an entry; what happened stands behind the time, or in the first paragraph under it."""
    title = part.words.whole().trimmed()
    moment = moment_at(title.text)
    words = _written(title, moment) if moment is not None else None
    text = _flat(title.text[moment.end :].lstrip(_SEPARATORS).rstrip(_BEHIND) if moment else title.text)
    if not text:
        text = next((told for block in part.blocks if (told := said(block))), "")
    end = max((block.end for block in part.blocks), default=part.heading[1])
    return Event(text, moment, words, part.heading[0], end)


def said(block: Block) -> str:
    """A paragraph, or the first line of a list or quotation, as one line."""
    if block.kind == "paragraph":
        return _flat(block.inline.text)
    return _flat(text_of(block).split("\n", 1)[0]).strip("\ufffc ") if block.kind in ("list", "quote") else ""


def list_events(block: Block, *, dotted: bool = False) -> Iterator[Event]:
    """The entries of a list, with those of the lists in it where these begin with times.

    Where `dotted`, hours and minutes are set apart by a dot, as `is_dotted` tells.
    """
    leads = any(opens_with_clock(item) for item in block.children)
    hours = leads and any(_HOURS.match(line) is not None for line in _first_lines(block))
    groups = not leads and any(_has_times_below(item) for item in block.children)
    for item in block.children:
        if not groups or _has_times_below(item) or not any(child.kind == "list" for child in item.children):
            yield from _item_events(item, _Beside(leads, hours, dotted))


def _has_times_below(item: Block) -> bool:
    """Whether an item is the head of a list of times."""
    return any(opens_with_clock(each) for child in item.children if child.kind == "list" for each in child.children)


class _Beside(NamedTuple):
    """How the items of a list write their times.

    Attributes:
        leads: some begin with them, so that one in a sentence is not its item's own.
        hours: some set an `h` between hours and minutes, so that full hours may end in one: `9h`.
        dotted: a dot sets hours and minutes apart.
    """

    leads: bool
    hours: bool
    dotted: bool


def _item_events(item: Block, beside: _Beside) -> Iterator[Event]:
    """An item's entries; `beside` is the list that it stands in."""
    first = item.children[0] if item.children else None
    line = first.inline.whole().trimmed() if first is not None and first.kind == "paragraph" else None
    nested = [child for child in item.children if child.kind == "list"]
    timed = _has_times_below(item)
    below = (
        [event for child in nested for event in list_events(child, dotted=beside.dotted)] if timed or not line else []
    )
    if line is None or not line.text:
        yield from below
        return
    moment = moment_at(line.text) or worded_moment(line.text) or _as_beside(line.text, beside)
    if moment is None and timed:
        yield Event("", _day_in(line.text), None, item.start, item.start)
        yield from below
        return
    end = min((event.start for event in below), default=item.end) if timed else item.end
    yield _item_event(line, moment, (item.start, end), leads=beside.leads)
    yield from below


def _item_event(line: Stretch, moment: Moment | None, place: tuple[int, int], *, leads: bool) -> Event:
    if moment is not None:
        return line_event(line, moment, place)
    moment = find_moment(line.text) if len(line.text) <= _LONGEST_PROSE else None
    if moment is None or (leads and not _is_set_off(line.text, moment)) or _looks_back(line.text, moment):
        return Event(_flat(line.text), None, None, *place)
    return _later_event(line, moment, place)


def is_dotted(blocks: Iterable[Block]) -> bool:
    """Whether most lists and lines begin with hours and minutes that a dot sets apart: `9.30`, and not a version."""
    lines = [line for block in blocks for line in _first_lines(block)]
    found = sum(_DOTTED.match(line) is not None for line in lines)
    return found >= _FEWEST_DOTTED and found * 2 > sum(has_clock(line) or bool(_DOTTED.match(line)) for line in lines)


def _first_lines(block: Block) -> Iterator[str]:
    if block.kind == "paragraph":
        yield block.inline.text[:_HEAD]
    elif block.kind == "list":
        yield from (item.children[0].inline.text[:_HEAD] for item in block.children if item.children)


def _as_beside(text: str, beside: _Beside) -> Moment | None:
    """The moment that a text begins with in a notation of which others in its list show that it is one."""
    if beside.hours and (hour := _FULL_HOUR.match(text)) is not None:
        return Moment(hour.start(1), hour.end(), time(int(hour[1])))
    return _dotted(text) if beside.dotted else None


def _dotted(text: str) -> Moment | None:
    """The moment that a text begins with, where hours and minutes are set apart by a dot."""
    return moment_at(_DOT.sub(r"\1:\2", text[:_HEAD]) + text[_HEAD:]) if _DOTTED.match(text) is not None else None


def worded_moment(text: str) -> Moment | None:
    """The day or hour that an entry begins with in words: `Tuesday: the vendor answers`, `Noon – …`."""
    if hour := _HOUR_WORD.match(text):
        return Moment(hour.start(1), hour.end(1), None if hour[1].lower() == "midnight" else time(12))
    word = day_word_at(text)
    behind = text[word.end : word.end + 2].lstrip(" *_`)]") if word is not None else ""
    return Moment(0, word.end, word=word) if word is not None and behind[:1] in tuple(":-–—|") else None


def _is_set_off(text: str, moment: Moment) -> bool:
    """Whether a time stands at the end of a text, or behind a label, and so is the text's own."""
    before = text[: moment.start].rstrip()
    return not text[moment.end :].strip(" .)]*_`") or before.endswith(_ENDS_LABEL)


def _looks_back(text: str, moment: Moment) -> bool:
    """Whether a date only says since when something had been so that was seen at another time."""
    return moment.day is not None and _SINCE.search(text[: moment.start]) is not None


def _later_event(line: Stretch, moment: Moment, place: tuple[int, int]) -> Event:
    """The entry of a line with its time behind some words."""
    before = _PREPOSITION.sub("", line.text[: moment.start].rstrip(" \t\n*_`"))
    if moment.day is None and _MONTH_ALONE.fullmatch(before) is not None:
        moment = moment._replace(day=Day(0, 0, None))  # which day of the month, nobody can tell
    text = before.rstrip(_SEPARATORS + "([") + " " + line.text[moment.end :].lstrip(")]*_` \t")
    return Event(_STOP.sub("", _flat(text)), moment, _written(line, moment), *place)


def paragraph_events(block: Block, *, dotted: bool = False) -> Iterator[Event | Stretch]:
    """The lines of a paragraph that begin with a time, each with those behind it; what comes before them as it is.

    `dotted` as for `list_events`.
    """
    current: tuple[Stretch, Moment] | None = None
    for line in block.inline.whole().lines():
        moment = moment_at(line.text) or (_dotted(line.text) if dotted else None)
        if moment is None or not _announces(line.text, moment):
            if current is None:
                yield line
            else:
                current = (current[0]._replace(end=line.end), current[1])
            continue
        if current is not None:
            yield from _split(*current)
        current = (line, moment)
    if current is not None:
        yield from _split(*current)


def _split(line: Stretch, moment: Moment) -> Iterator[Event]:
    """A line's entry, and one for each of its later sentences that begins with a time, too."""
    starts = [0]
    if len(line.text) <= _LONGEST_PROSE:
        for match in _SENTENCE_END.finditer(line.text):
            opening = _SENTENCE_OPENING.match(line.text, match.end())
            if opening is not None and has_clock(line.text[match.end() : match.end() + 80]):
                starts.append(match.end())
    for index, start in enumerate(starts):
        piece = line.part(start, starts[index + 1] if index + 1 < len(starts) else None).trimmed()
        own = moment if start == 0 else moment_at(piece.text)
        if own is not None:
            yield line_event(piece, own, piece.offsets())


def sentence_events(block: Block) -> Iterator[Event]:
    """The sentences of a paragraph that tell a time of day anywhere; where people chat, what each of them says."""
    whole = block.inline.whole().trimmed()
    if len(whole.text) > _LONGEST_PROSE:
        return
    chat = [match.start() for match in _CHAT.finditer(whole.text)]
    ends = chat[1:] if len(chat) > 1 else [match.start() for match in _SENTENCE_END.finditer(whole.text)]
    start = 0
    for end in (*ends, len(whole.text)):
        sentence = whole.part(start, end).trimmed()
        moment = moment_at(sentence.text) or find_moment(sentence.text)
        if moment is not None and moment.clock is not None:
            yield Event(_flat(sentence.text), moment, _written(sentence, moment), *sentence.offsets())
        start = end


def account_events(block: Block) -> Iterator[Event]:
    """The sentences of a paragraph that say of a time of day what happened then: `At 15:20 it went down`."""
    for event in sentence_events(block):
        before = event.text[: event.text.find(event.words.text)] if event.words is not None else ""
        if (not before or _POINT.search(before) is not None) and _HAPPENED.search(event.text) is not None:
            yield event


def code_events(block: Block, text: str) -> Iterator[Event]:
    """The lines of a code block that begin with a time; `text` is the document."""
    offset = block.start
    for line in text[block.start : min(block.end, block.start + _LONGEST_CODE)].split("\n"):
        stretch = Inline(line, ((0, offset),), ()).whole().trimmed()
        moment = moment_at(stretch.text)
        if moment is not None and _announces(stretch.text, moment):
            yield line_event(stretch, moment, stretch.offsets())
        offset += len(line) + 1


def _announces(text: str, moment: Moment) -> bool:
    """Whether a line of text begins with its time as an entry does; a sentence may begin with a date, too."""
    if moment.clock is not None or moment.offset is not None:
        return True
    rest = text[moment.end :].lstrip(" *_`)]")
    return not rest or rest[0] in "-–—:|"


def _written(line: Stretch, moment: Moment) -> Stretch:
    words = line.part(moment.start, moment.end).trimmed(" \t\n[(*_`<|").trimmed()
    decoration = DECORATION.match(words.text)
    return words.part(decoration.end()).trimmed(" \t\n[(*_`<|").trimmed() if decoration else words


def _day_in(text: str) -> Moment | None:
    day = find_day(text[:120])
    return Moment(day.start, day.end, day=day) if day is not None else None


def _flat(text: str) -> str:
    return " ".join(text.split())
