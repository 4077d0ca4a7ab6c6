"""Metadata, wherever the author put it: front matter, bullets, bold labels, two-column tables, one heading a field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rules.blocks import Block, Stretch, lines_of
from rules.field_keys import key_from_front_matter, key_of
from rules.folding import fold
from rules.frontmatter import FrontMatter
from rules.headings import known_headings
from rules.parse.dates import find_day
from rules.parse.labels import label_at
from rules.parse.misspelled import key_meant
from rules.parse.part import Part
from rules.patterns import Pattern
from rules.postmortem import Field, Span, Text
from rules.source import Source

_LONGEST_LOOSE = 120  # a value behind a bold word without a colon
_TOLD = frozenset({"impact", "detection", "duration", "summary", "root_cause", "resolution"})
"""Keys with sentences for a value, in which another label is a part of what they tell."""

_LONGEST_LINE = 400  # a longer value is prose under a bold word
_PROSE_KINDS = frozenset(
    {"timeline", "actions", "helped_hurt", "actual", "believed", "verification", "questions", "appendix"}
)
"""Sections in whose lists and tables a label is part of the story, not metadata."""

_HEAD_ONLY = frozenset({
    "priority", "when", "owner", "owners", "lead", "by", "names", "state", "type", "category", "id", "event", "ticket",
    "day", "time",
})  # fmt: skip
"""Labels that are metadata in the document's head alone; elsewhere they may be about anything."""

_ALONGSIDE = frozenset(
    {"severity", "date", "authors", "status", "incident", "commander", "facilitator", "team", "service", "comms"}
)
"""Keys that may follow another one on its line, behind a comma or full stop."""

_NEXT_LABEL = Pattern(r"(?P<sign>[·|•;,.]|\s[-–—])\s+(?=(?P<label>[A-Z][^\n:：.,;|·•]{1,40}?)\s?[:：](?:\s|$))")
_BYLINE = Pattern(
    r"(?:(?:This )?(?:[Pp]ost-?mortem|[Rr]eport|[Dd]ocument) (?:was )?)?"
    r"(?:(?:[Ww]ritten|[Pp]repared|[Aa]uthored) )?[Bb]y (?=[A-Z@])([^\n.:;]{2,120})\.?"
)
_LONGEST_SIGNATURE = 120
_SIGNATURE = Pattern(
    r"(?:--|[–—])\s?((?!(?:The|Your|Our|Team)\b)[^\W\d_a-z][\w'’.-]+(?:\s[^\W\d_a-z][\w'’.-]*){1,3}|@[\w-]+)(?:,\s[^\n:]{1,60})?"
)
"""Two dashes and a full name, or a login, and perhaps what they are."""
_BEFORE_DATE = Pattern(r"(?:,|\s[–—-]|\s\(|\son)?\s*\Z")
_BETWEEN_NAMES = Pattern(r",|&|\band\b")
_HEADING = Pattern(r"(?i)value|description|details|key|notes?|event|what.*|action.*")
_NAME = Pattern(
    r"@?[^\W\d_a-z][\w'’.@-]*(?:\s(?:[a-z]{2,3}\s)?[^\W\d_a-z][\w'’.-]*){0,3}(?:\s?\([^()]{1,60}\))?|@[\w-]+"
)
_ANYWHERE = frozenset({
    "severity", "duration", "start", "end", "date", "time", "authors", "status", "incident", "commander", "facilitator",
    "detected", "time_to_detect", "time_to_mitigate", "time_to_repair", "recurrence_of", "known_cause", "updated",
})  # fmt: skip
"""Keys that a labelled line may hold outside the document's head, too."""


class Entry(NamedTuple):
    """A field with its values where they stand, from offset `start` to `end`."""

    key: str
    label: str
    values: tuple[Stretch, ...]
    start: int
    end: int

    @property
    def text(self) -> str:
        """The values as one line."""
        return ", ".join(" ".join(value.text.split()) for value in self.values)


def entries(root: Part, front: FrontMatter) -> Mapping[str, Entry]:
    """The metadata by canonical key: front matter first, then in document order; the first that is filled in wins.

    A label that is misspelled counts where the right one is not there.
    """
    found: dict[str, Entry] = {}
    listed = (*_from_front_matter(front), *_from_parts(root), *_from_signature(root))
    for entry in sorted(listed, key=lambda each: key_meant(each.label) is not None):
        if entry.key not in found or (entry.text and not found[entry.key].text):
            found[entry.key] = entry
    return found


def field_of(source: Source, entry: Entry) -> Field:
    """A field as the document model has it."""
    return Field(
        entry.key, entry.label, Text(entry.text, _value_span(source, entry)), source.span(entry.start, entry.end)
    )


def _value_span(source: Source, entry: Entry) -> Span:
    if not entry.values:
        return source.span(entry.end, entry.end)
    return source.span(entry.values[0].offsets()[0], entry.values[-1].offsets()[1])


def _from_front_matter(front: FrontMatter) -> Iterator[Entry]:
    for entry in front.entries:
        key = key_meant(entry.key) or key_from_front_matter(entry.key)
        yield Entry(key, entry.key, entry.values, entry.start, entry.end)


def _from_parts(root: Part) -> Iterator[Entry]:
    for part in root.walk():
        yield from _from_title(part)
        kind = part.section_kind()
        if kind in ("timeline", "actions"):
            continue
        for block in part.blocks:
            if block.kind == "paragraph":
                yield from _from_paragraph(block, in_head=_is_head(part))
            elif block.kind == "quote" and _is_head(part):
                yield from _from_quote(block)
            elif kind not in _PROSE_KINDS and block.kind == "list":
                yield from _from_list(block, in_head=_is_head(part))
            elif kind not in _PROSE_KINDS and block.kind == "table":
                yield from _from_table(block, in_head=_is_head(part))


def _from_signature(root: Part) -> Iterator[Entry]:
    """Who signed the document, in its last line: `-- Ana Lima, SRE`, `Written by Ana Lima`, `Author: Ana Lima`.

    What follows on a quotation is by whom it was said.
    """
    part = list(root.walk())[-1]
    blocks = [block for block in part.blocks if block.kind not in ("html", "rule")]
    if (
        part.above is None
        or not blocks
        or blocks[-1].kind != "paragraph"
        or [b.kind for b in blocks[-2:-1]] == ["quote"]
    ):
        return
    lines = list(blocks[-1].inline.whole().trimmed().lines())
    if not lines or len(lines[-1].text) > _LONGEST_SIGNATURE:
        return
    line = lines[-1]
    signed = _SIGNATURE.fullmatch(line.text)
    if signed is not None and fold(signed[1]) not in known_headings():
        yield Entry("authors", "By", (line.part(signed.start(1), signed.end(1)),), *line.offsets())
    else:
        signing = _from_line(line, line.offsets(), (), any_key=True)
        own = (entry for entry in signing if entry.key == "authors" and fold(entry.label) not in _HEAD_ONLY - {"by"})
        yield from (entry for entry in own if _are_names(entry.text))


def _is_head(part: Part) -> bool:
    """Whether a part may hold the document's metadata: it stands before the first section, or is no section we know."""
    return part.section_kind() is None and part.level <= 2


def _from_title(part: Part) -> Iterator[Entry]:
    """A heading or bold line that names a field, with one short paragraph or list of names under it."""
    key = key_of(part.title) if part.above is not None and len(part.title) <= 60 else None
    if key is None or part.parts or part.section_kind() not in (None, "impact", "detection"):
        return
    blocks = [block for block in part.blocks if block.kind not in ("html", "rule")]
    if not blocks or (len(blocks) > 1 and not part.label):
        return
    values = tuple(lines_of(blocks[0]))
    if values and sum(len(value.text) for value in values) <= _LONGEST_LINE:
        yield Entry(key, part.title, values, part.heading[0], blocks[0].end)


def _from_paragraph(block: Block, *, in_head: bool) -> Iterator[Entry]:
    whole = block.inline.whole().trimmed()
    if ":" not in whole.text and "：" not in whole.text and not (in_head and block.inline.text):
        return
    label = label_at(whole)
    if label is not None and label.bold and "\n" in whole.inline.text[label.text.end : label.value.start]:
        yield from _from_line(whole, (block.start, block.end), (), any_key=in_head)
        return
    lines = list(whole.lines())
    for index, line in enumerate(lines):
        if len(line.text) > _LONGEST_LINE:
            continue
        behind = lines[index + 1] if index + 1 < len(lines) else None
        if behind is not None and behind.text.startswith(": ") and (key := key_of(line.text)) and in_head:
            yield Entry(key, line.text, (behind.part(2).trimmed(),), line.offsets()[0], behind.offsets()[1])
        else:
            yield from _from_line(line, line.offsets(), (), any_key=in_head)


def _from_quote(block: Block) -> Iterator[Entry]:
    """A quotation in the document's head that holds nothing but metadata."""
    for child in block.children:
        if child.kind == "paragraph":
            yield from _from_paragraph(child, in_head=True)
        elif child.kind == "list":
            yield from _from_list(child, in_head=True)


def _from_list(block: Block, *, in_head: bool) -> Iterator[Entry]:
    for item in block.children:
        if not item.children or item.children[0].kind != "paragraph":
            continue
        line = item.children[0].inline.whole().trimmed()
        below = tuple(value for child in item.children[1:] for value in lines_of(child))
        if len(line.text) <= _LONGEST_LINE * 5:
            yield from _from_line(line, (item.start, item.end), below, any_key=in_head)


def _from_line(line: Stretch, place: tuple[int, int], below: Iterable[Stretch], *, any_key: bool) -> Iterator[Entry]:
    label = label_at(line, loose=any_key)
    if label is None:
        if any_key and (byline := _BYLINE.fullmatch(line.text)):
            names = _without_date(line.part(byline.start(1), byline.end(1)))
            if names.text and _are_names(names.text):
                yield Entry("authors", "By", (names,), *place)
        return
    key = key_of(label.text.text) or (key_meant(label.text.text) if any_key else None)
    if key is None or not (any_key or (key in _ANYWHERE and fold(label.text.text) not in _HEAD_ONLY)):
        return
    if not label.colon and label.value.text and (not label.bold or len(label.value.text) > _LONGEST_LOOSE):
        return
    value, rest = _cut(label.value, key)
    end = place[1] if rest is None else value.offsets()[1]
    values = (value,) if value.text else tuple(below)
    yield Entry(key, label.text.text, values, place[0], max(end, place[0]))
    if rest is not None:
        yield from _from_line(rest, rest.offsets(), (), any_key=any_key)


def _cut(value: Stretch, key: str) -> tuple[Stretch, Stretch | None]:
    """A value, and what follows it from the next label on that line."""
    text = value.text
    if (":" not in text and "：" not in text) or len(text) > _LONGEST_LINE:
        return value, None
    for match in _NEXT_LABEL.finditer(text):
        other = key_of(match["label"])
        if other is None or other == key:
            continue
        if match["sign"] in "·|•" or (other in _ALONGSIDE and key not in _TOLD):
            return value.part(0, match.start()).trimmed(), value.part(match.end()).trimmed()
    return value, None


def _without_date(names: Stretch) -> Stretch:
    """The names of a byline without the day on which it was written, behind them: `Ana Ruiz, 4 May 2026`."""
    day = find_day(names.text)
    if day is None or names.text[day.end :].strip(" )"):
        return names
    before = names.text[: day.start]
    return names.part(0, len(_BEFORE_DATE.sub("", before)))


def _are_names(text: str) -> bool:
    return all(_NAME.fullmatch(name.strip()) for name in _BETWEEN_NAMES.split(text) if name.strip())


def _from_table(block: Block, *, in_head: bool) -> Iterator[Entry]:
    """A table of two columns, key and value; its head may be a pair, too."""
    if not block.children or len(block.children[0].children) != 2:
        return
    for row in block.children:
        if len(row.children) != 2:
            continue
        label, value = (cell.inline.whole().trimmed(" *:\n\t") for cell in row.children)
        key = key_of(label.text) or (key_meant(label.text) if in_head else None)
        if key is not None and not _is_header(label.text, value.text):
            values = (value,) if value.text else ()
            yield Entry(key, label.text, values, row.start, row.end)


def _is_header(label: str, value: str) -> bool:
    """Whether a pair of cells is the table's head (`Field | Value`), or two headings of columns."""
    return _HEADING.fullmatch(value) is not None and bool(label)
