"""The labels at a document's head that name no fact we know; one of them may be a known one misspelled."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from rules.blocks import Block, Stretch
from rules.field_keys import key_of
from rules.frontmatter import FrontMatter
from rules.parse.labels import label_at
from rules.parse.part import Part
from rules.postmortem import Text
from rules.source import Source

_MOST = 100  # labels; no head has more
_LONGEST = 60  # characters of a label


def unknown_labels(source: Source, root: Part, front: FrontMatter) -> tuple[Text, ...]:
    """The unknown labels of front matter, and of the lines, bullets and table rows before the first known section."""
    keys = (
        Text(entry.key, source.span(entry.start, entry.start + len(entry.key)))
        for entry in front.entries
        if key_of(entry.key) is None and source.text.startswith(entry.key, entry.start)
    )
    labels = (
        Text(label.text, source.span(*label.offsets()))
        for label in _labels(root)
        if 0 < len(label.text) <= _LONGEST and key_of(label.text) is None
    )
    return (*islice(keys, _MOST), *islice(labels, _MOST))


def _labels(root: Part) -> Iterator[Stretch]:
    for part in root.walk():
        if part.section_kind() is not None:
            return
        for block in part.blocks:
            yield from _labels_of(block)


def _labels_of(block: Block) -> Iterator[Stretch]:
    if block.kind == "paragraph":
        lines = block.inline.whole().lines()
    elif block.kind == "list":
        lines = (item.children[0].inline.whole().trimmed() for item in block.children if _begins_with_text(item))
    elif block.kind == "table":
        yield from (
            row.children[0].inline.whole().trimmed(" *:\n\t") for row in block.children if len(row.children) == 2
        )
        return
    else:
        return
    for line in lines:
        label = label_at(line)
        if label is not None:
            yield label.text


def _begins_with_text(item: Block) -> bool:
    return bool(item.children) and item.children[0].kind == "paragraph"
