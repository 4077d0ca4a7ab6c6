"""Metadata, wherever the author put it: front matter, bullets, bold labels, two-column tables, one heading a field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rules.frontmatter import FrontMatter
from rules.layouts import key_from_front_matter, key_of
from rules.markdown import Block, Stretch
from rules.parse.outline import Part, label_at
from rules.postmortem import Field, Span, Text
from rules.source import Source

_LONGEST_LINE = 400  # a longer value is prose under a bold word
_PROSE_KINDS = frozenset(
    {"timeline", "actions", "helped_hurt", "actual", "believed", "verification", "questions", "appendix"}
)
"""Sections in whose lists and tables a label is part of the story, not metadata."""

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
    """The metadata by canonical key: front matter first, then in document order; the first that is filled in wins."""
    found: dict[str, Entry] = {}
    for entry in (*_from_front_matter(front), *_from_parts(root)):
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
        yield Entry(key_from_front_matter(entry.key), entry.key, entry.values, entry.start, entry.end)


def _from_parts(root: Part) -> Iterator[Entry]:
    for part in root.walk():
        yield from _from_title(part)
        kind = part.section_kind()
        if kind in ("timeline", "actions"):
            continue
        for block in part.blocks:
            if block.kind == "paragraph":
                yield from _from_paragraph(block, in_head=_is_head(part))
            elif kind not in _PROSE_KINDS and block.kind == "list":
                yield from _from_list(block, in_head=_is_head(part))
            elif kind not in _PROSE_KINDS and block.kind == "table":
                yield from _from_table(block)


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
    values = tuple(_values(blocks[0]))
    if values and sum(len(value.text) for value in values) <= _LONGEST_LINE:
        yield Entry(key, part.title, values, part.heading[0], blocks[0].end)


def _values(block: Block) -> Iterator[Stretch]:
    """What a block says: its lines, or its list's items."""
    if block.kind == "paragraph":
        yield from block.inline.whole().lines()
    elif block.kind == "list":
        for item in block.children:
            if item.children and item.children[0].kind == "paragraph":
                yield item.children[0].inline.whole().trimmed()


def _from_paragraph(block: Block, *, in_head: bool) -> Iterator[Entry]:
    whole = block.inline.whole().trimmed()
    label = label_at(whole)
    if label is not None and label.bold and "\n" in whole.inline.text[label.text.end : label.value.start]:
        yield from _from_line(whole, (block.start, block.end), (), any_key=in_head)
        return
    for line in whole.lines():
        if len(line.text) <= _LONGEST_LINE:
            yield from _from_line(line, line.offsets(), (), any_key=in_head)


def _from_list(block: Block, *, in_head: bool) -> Iterator[Entry]:
    for item in block.children:
        if not item.children or item.children[0].kind != "paragraph":
            continue
        line = item.children[0].inline.whole().trimmed()
        below = tuple(value for child in item.children[1:] for value in _values(child))
        if len(line.text) <= _LONGEST_LINE * 5:
            yield from _from_line(line, (item.start, item.end), below, any_key=in_head)


def _from_line(line: Stretch, place: tuple[int, int], below: Iterable[Stretch], *, any_key: bool) -> Iterator[Entry]:
    label = label_at(line)
    key = key_of(label.text.text) if label is not None else None
    if label is None or key is None or not (any_key or key in _ANYWHERE):
        return
    values = (label.value,) if label.value.text else tuple(below)
    yield Entry(key, label.text.text, values, *place)


def _from_table(block: Block) -> Iterator[Entry]:
    """A table of two columns, key and value; its head may be a pair, too."""
    if not block.children or len(block.children[0].children) != 2:
        return
    for row in block.children:
        if len(row.children) != 2:
            continue
        label, value = (cell.inline.whole().trimmed(" *:\n\t") for cell in row.children)
        key = key_of(label.text)
        if key is not None and not _is_header(label.text, value.text):
            values = (value,) if value.text else ()
            yield Entry(key, label.text, values, row.start, row.end)


def _is_header(label: str, value: str) -> bool:
    """Whether a pair of cells is the table's head (`Field | Value`), or two headings of columns."""
    return re.fullmatch(r"(?i)value|description|details|key|notes?|event|what.*|action.*", value) is not None and bool(
        label
    )
