"""Text to Postmortem: the front of everything that understands documents. Never raises, whatever the text is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import PurePosixPath

from rules.blocks import Tree
from rules.frontmatter import Fault, FrontMatter, blank, read_front_matter
from rules.layouts import LAYOUTS, Layout, recognise
from rules.markdown import MAX_PARTS, MarkdownError, parse
from rules.parse import fields as metadata
from rules.parse.action_items import action_items
from rules.parse.adoption import adopt_actions
from rules.parse.chronology import timeline
from rules.parse.dates import find_day
from rules.parse.day_first import with_iso_dates
from rules.parse.durations import read_duration
from rules.parse.foreign_headings import with_known_headings
from rules.parse.foreign_marks import with_known_marks
from rules.parse.headline import headline, plain_headline
from rules.parse.html_details import unfolded
from rules.parse.html_text import without_html
from rules.parse.language import language_of
from rules.parse.no_actions import no_actions_reason
from rules.parse.outline import outline, titles
from rules.parse.passages import passages
from rules.parse.people import logins_in, people_in
from rules.parse.roles import holders_of_roles, people_with_role
from rules.parse.sections import sections
from rules.parse.set_in import with_listed_steps
from rules.parse.suppressions import addressed, suppressions
from rules.parse.timeline_days import Known
from rules.parse.times import find_moment
from rules.parse.unknown_labels import unknown_labels
from rules.parse.wrapped import unwrapped
from rules.parse.zones import zone_in
from rules.patterns import Pattern
from rules.postmortem import Defect, Duration, Person, Postmortem, Span, Text
from rules.source import Source

LIMIT = 1024 * 1024
"""The longest document that is read, in bytes of UTF-8."""

_WIDE = {
    b"\xff\xfe\0\0": "UTF-32",  # before that of UTF-16, which begins alike
    b"\0\0\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
"""Byte order marks of what editors save beside UTF-8."""
_LONE_RETURN = Pattern(r"\r(?!\n)")
_SURROGATE = Pattern("[\ud800-\udfff]")
_PREFIX = Pattern(
    r"\[?(?:incident\s+)?(?:post[- ]?mortem|incident (?:report|review)|retrospective|rca|coe)\b\]?"
    r"(?:\s+(?:of|for|on)\b)?\s*[:–—|·-]*\s*",
    re.IGNORECASE,
)
_PATH_DATE = Pattern(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
_PEOPLE = ("authors", "commander", "facilitator", "participants", "comms")


def read(text: str, layout: Layout | None = None, path: str = "") -> Postmortem:
    """The postmortem in a text. Never raises: what can't be understood is a defect.

    Args:
        text: the document; a leading byte order mark is no part of it.
        layout: the house style; None to recognise it from the headings.
        path: the document's path, whose date (`2026-05-04-lag.md`) counts if the text names none.
    """
    source = Source(text if text.isascii() else _SURROGATE.sub("\ufffd", text))
    if len(source.text) > LIMIT or (not text.isascii() and len(source.text.encode()) > LIMIT):
        return _too_long(layout)
    # A carriage return alone ends a line to few; the parsers know only the other two line endings.
    body = _LONE_RETURN.sub("\n", source.text) if "\r" in source.text else source.text
    if not body.strip("\ufeff \t\n\r\f\v"):
        return _unread(source, layout, Defect("empty", "The document is empty.", Span(1, 1, 1, 1)))
    body = with_iso_dates(body)
    front = read_front_matter(body)
    defects = tuple(_defect(source, fault) for fault in front.faults)
    try:
        tree = parse(_plain_markdown(blank(body, front.end) if front.end else body))
    except MarkdownError:
        message = "The Markdown parser broke on this document, so only its front matter was read."
        tree, defects = Tree((), ()), (*defects, Defect("markdown", message, Span(1, 1, 1, 1)))
    if tree.cut is not None:
        defects = (*defects, _cut_defect(source, tree.cut))
    reading = _Reading(source, tree, front, layout or recognise(titles(tree)), path)
    postmortem = reading.postmortem(defects)
    reading.let_go()
    return postmortem


def _plain_markdown(text: str) -> str:
    """The text with as many characters, in Markdown alone, whatever else it was written in."""
    return with_listed_steps(with_known_marks(with_known_headings(without_html(unfolded(unwrapped(text))))))


def read_bytes(data: bytes, layout: Layout | None = None, path: str = "") -> Postmortem:
    """The postmortem in a file's bytes; an empty one with a defect if they are too many, or not UTF-8."""
    if len(data) > LIMIT:
        return _too_long(layout)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error, layout)
    return read(text, layout, path)


def _too_long(layout: Layout | None) -> Postmortem:
    message = "The document is longer than 1 MiB, so it was not read."
    return _unread(Source(""), layout, Defect("size", message, Span(1, 1, 1, 1)))


def _not_utf8(data: bytes, error: UnicodeDecodeError, layout: Layout | None) -> Postmortem:
    before = data[: error.start].decode("utf-8")
    source = Source(data.decode("utf-8", "replace"))
    start = len(before.removeprefix("\ufeff"))
    message = f"The document is not UTF-8: byte {error.start + 1:,} can't be read. Save the file as UTF-8."
    wide = next((name for mark, name in _WIDE.items() if data.startswith(mark)), None)
    if wide is not None:
        message = f"The document is {wide}, which can't be read. Save it as UTF-8."
    elif "\0" in source.text:
        message = (
            "This is no text but binary data, such as an image. "
            "Name another file, or leave this one out of the policy's `documents`."
        )
    return _unread(source, layout, Defect("encoding", message, source.span(start, start + 1)))


def _unread(source: Source, layout: Layout | None, defect: Defect) -> Postmortem:
    """A postmortem of which nothing was understood."""
    reading = _Reading(source, Tree((), ()), FrontMatter(0, (), ()), layout or LAYOUTS["generic"], "")
    return reading.postmortem((defect,))


def _cut_defect(source: Source, offset: int) -> Defect:
    message = f"The document has more than {MAX_PARTS:,} blocks and lines; what follows from here was not read."
    return Defect("size", message, source.span(offset, offset))


def _defect(source: Source, fault: Fault) -> Defect:
    kind = "duplicate-key" if fault.duplicate else "front-matter"
    return Defect(kind, fault.message, source.span(fault.start, fault.end))


def _title_of(front: FrontMatter) -> str:
    """The title that the front matter names; empty if it names none."""
    return next((value.text for entry in front.entries if entry.key == "title" for value in entry.values), "")


class _Reading:
    """One document on its way to a Postmortem."""

    def __init__(self, source: Source, tree: Tree, front: FrontMatter, layout: Layout, path: str) -> None:
        self._source = source
        self._tree = tree
        self._layout = layout
        self._path = path
        self._front = front
        self._root = outline(tree, layout, source.text, title=_title_of(front))
        adopt_actions(self._root)
        self._entries: Mapping[str, metadata.Entry] = metadata.entries(self._root, front)
        self._holders_of_roles = holders_of_roles(self._root, self._entries)

    def let_go(self) -> None:
        """Take the parts of the document from each other.

        They hold each other, so that they would stay until Python looks for waste, which takes a tenth of the time that
        reading them took.
        """
        for part in list(self._root.walk()):
            part.above = None

    def postmortem(self, defects: tuple[Defect, ...]) -> Postmortem:
        day, zone = self._day(), self._zone()
        duration = self._duration(day, zone)
        text = passages(self._source, self._root)
        start = self._moment("start", day, zone) or (duration.start if duration else None)
        chronology = timeline(self._source, self._root, Known(day, zone, start))
        people = {key: self._people(key) for key in _PEOPLE}
        return Postmortem(
            source=self._source,
            layout=self._layout.name,
            headline=self._headline(),
            fields={key: metadata.field_of(self._source, entry) for key, entry in self._entries.items()},
            sections=sections(self._source, self._root, headline(self._root)),
            timeline=chronology.entries,
            actions=action_items(self._source, self._root, self._names(people), day),
            no_actions_reason=no_actions_reason(self._root),
            passages=text,
            suppressions=suppressions(self._source, self._tree),
            defects=defects,
            authors=people["authors"],
            commanders=people["commander"],
            facilitators=people["facilitator"],
            duration=duration,
            start=start,
            end=self._moment("end", day, zone) or (duration.end if duration else None),
            language=language_of(passage.text for passage in text),
            zone=chronology.zone or zone,
            unknown_labels=unknown_labels(self._source, self._root, self._front),
            addressed=addressed(self._source, self._tree),
        )

    def _headline(self) -> Text | None:
        part = headline(self._root)
        entry = self._entries.get("title")
        named = metadata.field_of(self._source, entry).value if entry is not None and entry.text else None
        words = part.words.whole().trimmed() if part is not None else plain_headline(self._root)
        if words is None or (part is None and named is not None):
            return named
        prefix = _PREFIX.match(words.text)
        bare = words.part(prefix.end()).trimmed() if prefix else words
        if not bare.text:
            return named
        return Text(" ".join(bare.text.split()), self._source.span(*bare.offsets()))

    def _value(self, key: str) -> str:
        entry = self._entries.get(key)
        return entry.text if entry is not None else ""

    def _people(self, key: str) -> tuple[Person, ...]:
        entry = self._entries.get(key)
        values = entry.values if entry is not None else ()
        people = tuple(person for value in values for person in people_in(self._source, value))
        return people or people_with_role(self._source, self._holders_of_roles, key)

    def _names(self, people: Mapping[str, Iterable[Person]]) -> frozenset[str]:
        """The names, given names and logins by which this document speaks of people, in lower case."""
        named = (person for each in people.values() for person in each)
        known = {form.lower() for person in named for form in (person.name, person.name.split(" ")[0], person.text)}
        return logins_in(self._source.text) | known

    def _day(self) -> date | None:
        """The day of the incident: from its date, start or duration, else from the title, else from the file's name."""
        title = headline(self._root)
        stated = [self._value(key) for key in ("date", "start", "duration", "detected", "time")]
        for text in (*stated, title.title if title else "", self._value("title")):
            found = find_day(text[:300])
            if found is not None and found.day is not None:
                return found.day
        match = _PATH_DATE.search(PurePosixPath(self._path).name)
        found = find_day(match[1]) if match else None
        return found.day if found else None

    def _zone(self) -> str | None:
        """The zone the document names for its times, if it names one."""
        for key in ("zone", "duration", "start", "date", "time"):
            if zone := zone_in(self._value(key)):
                return zone
        return None

    def _duration(self, day: date | None, zone: str | None) -> Duration | None:
        """What the field `duration` states, or else a field `time` that holds a start and an end."""
        for key in ("duration", "time"):
            entry = self._entries.get(key)
            if entry is None or not entry.text:
                continue
            span = metadata.field_of(self._source, entry).value.span
            duration = read_duration(entry.text, span, day, zone)
            if key == "duration" or duration.elapsed is not None:
                return duration
        return None

    def _moment(self, key: str, day: date | None, zone: str | None) -> datetime | None:
        moment = find_moment(self._value(key)[:300])
        return moment.resolve(day, zone) if moment is not None else None
