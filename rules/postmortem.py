"""The document model: what a postmortem says, and where it says it.

Everything here is frozen data. `reading` builds it, rules look at it, `inspect` prints it.
What a document does not say is None or empty: nothing is guessed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rules.source import Source


class Span(NamedTuple):
    r"""A stretch of a document: lines and columns from 1, the end exclusive, counted in characters, not bytes.

    A byte order mark is not a character of the document; `\r\n` ends a line as `\n` does.
    """

    line: int
    column: int
    end_line: int
    end_column: int


class Text(NamedTuple):
    """Plain text as a reader sees it (markup removed), and where it stands."""

    value: str
    span: Span


class Person(NamedTuple):
    """Somebody, or something, named in the document.

    Attributes:
        text: as written, without markup: `Ana Ruiz (@ana)`.
        name: the human name in it, else the login without `@`: `Ana Ruiz`.
        login: the GitHub login in it, without `@`, or None.
        span: where it is written.
    """

    text: str
    name: str
    login: str | None
    span: Span


class Field(NamedTuple):
    """One metadata entry, from front matter, a bullet, a bold label, a table row or a heading of its own.

    Attributes:
        key: the canonical key (see `layouts`): `severity`, `duration`, `authors`, `commander`, …
        label: the key as the author wrote it.
        value: the value's plain text, stripped; empty if nothing was filled in.
        span: the whole entry.
    """

    key: str
    label: str
    value: Text
    span: Span


class Passage(NamedTuple):
    """The running text of one block, with a way back from its characters to the document.

    Code, URLs, HTML and quoted log lines are masked: each masked stretch is one U+FFFC, so that word rules
    never see it.

    Attributes:
        text: the plain text, whitespace as written, line breaks as one space.
        section: the kind of the section it stands in, or None.
        quoted: whether it is a quotation (block quote).
        source: the document.
        runs: (index in text, offset in source), ascending: from there on both count alike.
    """

    text: str
    section: str | None
    quoted: bool
    source: Source
    runs: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> Span:
        """Where the characters `start` to `end` (exclusive) of `text` stand in the document."""
        if end <= start:
            return self.source.span(self._offset(start), self._offset(start))
        return self.source.span(self._offset(start), self._offset(end - 1) + 1)

    def _offset(self, index: int) -> int:
        run = max(bisect_right(self.runs, (index, 1 << 62)) - 1, 0)
        text_index, offset = self.runs[run]
        return offset + index - text_index


class Section(NamedTuple):
    """A heading (ATX, setext, a bold line or label) and what stands under it, sub-sections included.

    Attributes:
        kind: the canonical kind (see `layouts`): `tldr`, `timeline`, `actual`, `believed`, `helped_hurt`,
            `actions`, `verification`, `questions`, …; None for a section the layout does not know.
        title: the heading's plain text.
        level: 1 to 6; a bold line counts as one level below the heading above it.
        heading: the heading's span.
        span: heading and body.
        text: the body's plain text, blocks separated by a newline; empty if there is nothing to read.
    """

    kind: str | None
    title: str
    level: int
    heading: Span
    span: Span
    text: str


class TimelineEntry(NamedTuple):
    """One entry of the timeline.

    Attributes:
        text: what happened, plain text, without the time.
        time: the time as written (`~10:32`, `10:45 am PST`), or None if the entry has none.
        at: the instant, with its zone, or None where it cannot be resolved without guessing.
        span: the entry.
        zone: the zone as written with the time, or in the head of its column; None where this entry names none.
        local: what the clock and the calendar showed, for comparing entries of one zone where `at` is None; the year is
            1000 where the timeline gives no date, and days are counted from its first entry. None where even the order
            of days is unknown. Midnight where only a date above the entry's list says when it was, and `time` is None.
    """

    text: str
    time: Text | None
    at: datetime | None
    span: Span
    zone: str | None = None
    local: datetime | None = None


class ActionItem(NamedTuple):
    """One promise.

    Attributes:
        title: the action itself, plain text, without its fields and marks.
        owners: who promised it, in the document's order; a collective ("the team") is here too.
        due: the deadline, where it is unambiguous.
        due_text: the deadline as written, or None if there is none.
        priority: `P0`, `P1` or `P2`, or None.
        priority_text: the priority as written, or None if there is none.
        criterion: the success criterion, or None.
        done: ticked or marked done.
        declined: marked as something that will not be done.
        links: URLs and issue references (`#12`, `acme/shop#12`) in it.
        id: an identifier the author gave it (`AI-3`), or None.
        span: the whole item, nested details included.
        title_span: the title alone.
        misspelled: the labels of its fields, in a table those of its columns, that have a slip of the keyboard in them.
        linked_beside: of a table's row, what its columns for links, and those that are no field, link, each link with
            what its column is called.
    """

    title: str
    owners: tuple[Person, ...]
    due: date | None
    due_text: Text | None
    priority: str | None
    priority_text: Text | None
    criterion: Text | None
    done: bool
    declined: bool
    links: tuple[str, ...]
    id: str | None
    span: Span
    title_span: Span
    misspelled: tuple[Text, ...] = ()
    linked_beside: tuple[tuple[str, str], ...] = ()


class Suppression(NamedTuple):
    """`<!-- closeout: ignore CO505 because … -->`: the author's word that a finding is meant to stay.

    Attributes:
        codes: the rule codes or names it speaks of, as written.
        reason: the text after `because`; empty if there is none, or only what an example has in its place.
        line: the line it applies to: its own if something else stands there, else the next that is neither blank
            nor such a comment.
        span: the comment.
    """

    codes: tuple[str, ...]
    reason: str
    line: int
    span: Span


class Defect(NamedTuple):
    """Something that kept a part of the document from being understood; a rule of family CO0 reports it.

    Attributes:
        kind: `empty`, `encoding`, `size`, `markdown`, `front-matter`, `duplicate-key`.
        message: what is wrong, one sentence; of encoding and front matter a second one says what to do.
        span: where.
    """

    kind: str
    message: str
    span: Span


class Duration(NamedTuple):
    """What the duration's value states; each is None where it does not say so, or cannot be told.

    Attributes:
        stated: the length written out (`42m`, `1h 35m`).
        elapsed: from its start to its end, also where both are bare times of day; negative if the end comes first.
        start, end: as instants.
        zone: the zone as written.
        span: the value.
        overnight: whether the end, a bare time of day, is earlier than the start, and so taken to be on the next day.
    """

    stated: timedelta | None
    elapsed: timedelta | None
    start: datetime | None
    end: datetime | None
    zone: str | None
    span: Span
    overnight: bool = False


@dataclass(frozen=True, slots=True)
class Postmortem:
    """A postmortem as read.

    Attributes:
        source: the text with its line index.
        layout: the name of the layout that was recognised or asked for.
        headline: the title without a prefix such as `Postmortem:`; None if there is none.
        fields: the metadata, by canonical key; the first one wins where a key is repeated.
        sections: in document order.
        timeline: in document order.
        actions: in document order.
        no_actions_reason: the reason in "No action items, because …"; empty if declared without one, else None.
        passages: the running text, for rules about language.
        suppressions: in document order.
        defects: what could not be understood.
        authors, commanders, facilitators: people named in those fields.
        duration: what the field `duration` states, or else one called `time` with a start and an end; None without.
        start, end: the incident's start and end, from `duration` or the fields that say so; None if unresolved.
        language: `en`, or another ISO 639-1 code, or None if there is too little text to tell.
        zone: the zone, as written, that holds for times which name none: from the timeline's heading or a sentence in
            it (`all times UTC`), else from the metadata; None if the document names none.
        unknown_labels: labels at the head that name no fact we know, as written.
        addressed: comments that begin with `closeout` and words, and are no suppressions: what stands behind that name.
    """

    source: Source
    layout: str
    headline: Text | None
    fields: Mapping[str, Field]
    sections: tuple[Section, ...]
    timeline: tuple[TimelineEntry, ...]
    actions: tuple[ActionItem, ...]
    no_actions_reason: str | None
    passages: tuple[Passage, ...]
    suppressions: tuple[Suppression, ...]
    defects: tuple[Defect, ...]
    authors: tuple[Person, ...]
    commanders: tuple[Person, ...]
    facilitators: tuple[Person, ...]
    duration: Duration | None
    start: datetime | None
    end: datetime | None
    language: str | None
    zone: str | None = None
    unknown_labels: tuple[Text, ...] = ()
    addressed: tuple[Text, ...] = ()

    @property
    def may_be_english(self) -> bool:
        """Whether rules about words may speak: it is in English, or has too little text to tell."""
        return self.language in (None, "en")

    def section(self, kind: str) -> Section | None:
        """The first section of that kind, or None."""
        return next((section for section in self.sections if section.kind == kind), None)

    def sections_of(self, kind: str) -> tuple[Section, ...]:
        """The sections of that kind, in document order."""
        return tuple(section for section in self.sections if section.kind == kind)

    def value(self, key: str) -> str:
        """A metadata value as plain text; empty if the field is absent or not filled in."""
        return self.fields[key].value.value if key in self.fields else ""
