"""The sections of a document, however they are marked: headings, bold lines, bold labels, a list with bold keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rules.layouts import Layout, fold, key_of
from rules.markdown import NOTHING, Block, Inline, Stretch, Tree
from rules.postmortem import Section
from rules.source import Source

CORE = frozenset(["tldr", "timeline", "actual", "believed", "helped_hurt", "actions", "verification", "questions"])
"""Kinds that a sub-section keeps wherever it stands; any other, below a timeline or action items, is a group there."""

_COLLECTING = frozenset({"timeline", "actions"})
_LABEL = re.compile(r"[ \t]*(?:[-–—*•][ \t]+)?([^\n:]{1,60}?)[ \t]*:(?=\s|$)")


@dataclass(slots=True, eq=False)
class Part:
    """A section as it is put together: where its heading stands, the blocks directly in it, the parts below it.

    Attributes:
        words: the heading's own text; nothing for a label that text follows on its line.
        label: whether the heading is a bold line or a label.
    """

    kind: str | None
    title: str
    level: int
    heading: tuple[int, int]
    end: int
    words: Inline = NOTHING
    above: Part | None = None
    blocks: list[Block] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    label: bool = False

    def walk(self) -> Iterator[Part]:
        """This part and all below it, in document order."""
        pending = [self]
        while pending:
            part = pending.pop()
            yield part
            pending.extend(reversed(part.parts))

    def region(self) -> Iterator[Part]:
        """This part and those below it that belong to the same kind of section."""
        pending = [self]
        while pending:
            part = pending.pop()
            yield part
            pending.extend(below for below in reversed(part.parts) if below.kind in (None, self.kind))

    def section_kind(self) -> str | None:
        """The kind of the nearest part above or here that has one."""
        part: Part | None = self
        while part is not None:
            if part.kind:
                return part.kind
            part = part.above
        return None


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the beginning of a line, `**Owner:** …` or `Owner: …`, and what follows it."""

    text: Stretch
    value: Stretch
    bold: bool


def label_at(line: Stretch) -> Label | None:
    """The label a line or paragraph begins with. A bold one may do without a colon if nothing follows on its line."""
    strong = line.leading("strong")
    if strong is not None:
        return _bold_label(line, strong.end - line.start)
    match = _LABEL.match(line.text)
    if match is None:
        return None
    return Label(line.part(match.start(1), match.end(1)), line.part(match.end()).trimmed(), bold=False)


def titles(tree: Tree) -> list[str]:
    """Everything in a document that could be the title of a section."""
    found: list[str] = []
    for block in tree.blocks:
        if block.kind == "heading":
            found.append(block.inline.text)
        elif block.kind == "paragraph":
            label = label_at(block.inline.whole().trimmed())
            if label is not None and label.bold:
                found.append(label.text.text)
        elif block.kind == "list":
            labels = (_item_label(item) for item in block.children)
            found.extend(label.text.text for label in labels if label is not None and label.bold)
    return found


def outline(tree: Tree, layout: Layout, text: str) -> Part:
    """The whole document as one part of level 0, with its sections below it."""
    headings = [block for block in tree.blocks if block.kind == "heading"]
    lone = bool(headings) and headings[0].level == 1 and all(block.level > 1 for block in headings[1:])
    builder = _Outliner(layout, text, headings[0] if lone else None)
    for block in tree.blocks:
        builder.take(block)
    return builder.finish()


def sections(source: Source, root: Part) -> tuple[Section, ...]:
    """The sections in document order, without the document's own title."""
    title = headline(root)
    return tuple(_section(source, part) for part in root.walk() if part is not root and part is not title)


def headline(root: Part) -> Part | None:
    """The document's title: its first heading, if that is of level 1 and does not name a kind of section."""
    first = next((part for part in root.parts if not part.label), None)
    return first if first is not None and first.level == 1 and first.kind is None else None


def text_of(block: Block) -> str:
    """A block's plain text, code included, its parts separated by newlines."""
    lines: list[str] = []
    pending = [block]
    while pending:
        here = pending.pop()
        if here.inline.text.strip():
            lines.append(here.inline.text.strip())
        elif here.kind == "code":
            lines.append("\ufffc")
        pending.extend(reversed(here.children))
    return "\n".join(lines)


def _section(source: Source, part: Part) -> Section:
    texts = (text_of(block) for below in part.walk() for block in below.blocks)
    return Section(
        kind=part.kind,
        title=part.title,
        level=part.level,
        heading=source.span(*part.heading),
        span=source.span(part.heading[0], part.end),
        text="\n".join(text for text in texts if text),
    )


def _bold_label(line: Stretch, end: int) -> Label | None:
    inside, after = line.part(0, end).trimmed(), line.part(end)
    rest = after.text.lstrip()
    if inside.text.endswith(":"):
        return Label(inside.trimmed(": "), after.trimmed(), bold=True)
    if rest.startswith(":"):
        return Label(inside, after.trimmed(": \t\n"), bold=True)
    if not rest or after.text.lstrip(" \t").startswith("\n"):
        return Label(inside, after.trimmed(), bold=True)
    return None


def _item_label(item: Block) -> Label | None:
    if not item.children or item.children[0].kind != "paragraph":
        return None
    return label_at(item.children[0].inline.whole().trimmed())


class _Outliner:
    """Puts the parts together, block by block."""

    def __init__(self, layout: Layout, text: str, title: Block | None) -> None:
        self._layout = layout
        self._text = text
        self._title = title  # the only level-1 heading, if it comes first: the document's title, whatever it says
        self._root = Part(None, "", 0, (0, 0), len(text))
        self._stack = [self._root]

    def take(self, block: Block) -> None:
        if block.kind == "heading":
            part = self._open(block.inline.whole().trimmed(), block.level, (block.start, block.end), block.inline)
            if block is self._title:
                part.kind = None
        elif block.kind == "paragraph" and self._is_title(block):
            return
        elif block.kind == "list" and self._is_tree(block):
            self._take_tree(block)
        else:
            self._stack[-1].blocks.append(block)

    def finish(self) -> Part:
        while len(self._stack) > 1:
            self._close(self._root.end)
        return self._root

    def _open(self, title: Stretch, level: int, place: tuple[int, int], words: Inline, *, label: bool = False) -> Part:
        while self._stack[-1].level >= level:
            self._close(place[0])
        above = self._stack[-1]
        kind = self._kind(title.text, above)
        part = Part(kind, " ".join(title.text.split()), level, place, place[1], words, above, label=label)
        above.parts.append(part)
        self._stack.append(part)
        return part

    def _close(self, end: int) -> None:
        while end and self._text[end - 1].isspace():
            end -= 1
        self._stack.pop().end = end

    def _kind(self, title: str, above: Part) -> str | None:
        kind = self._layout.kind_of(title)
        if kind is not None and kind not in CORE and above.section_kind() in _COLLECTING:
            return None
        return kind

    def _heading_above(self) -> Part:
        part = self._stack[-1]
        while part.label and part.above is not None:
            part = part.above
        return part

    def _label_level(self) -> int:
        """One below the heading above, bold lines in a row being equals."""
        return self._heading_above().level + 1

    def _is_title(self, block: Block) -> bool:
        """Open a part for a bold line, or for a label that names a kind of section."""
        whole = block.inline.whole().trimmed()
        label = label_at(whole)
        if label is None or len(label.text.text) > 100:
            return False
        kind = self._layout.kind_of(label.text.text)
        alone = not label.value.text
        if not alone and fold(label.text.text) == "action item":
            return False
        if not label.bold and not (alone and kind):
            return False
        if not alone and (kind is None or (key_of(label.text.text) and "\n" not in whole.text and kind not in CORE)):
            return False
        if not alone and self._stack[-1].section_kind() in _COLLECTING:
            return False
        place = (block.start, label.text.offsets()[1] if not alone else block.end)
        words = block.inline if alone else NOTHING
        part = self._open(label.text, self._label_level(), place, words, label=True)
        if not alone:
            part.blocks.append(_rest_of(block, label.value))
        return True

    def _is_tree(self, block: Block) -> bool:
        """Whether a list is an outline: bold keys that name kinds of section, and not inside a known one."""
        if self._heading_above().section_kind() is not None:
            return False
        labels = [_item_label(item) for item in block.children]
        kinds = {self._layout.kind_of(label.text.text) for label in labels if label is not None and label.bold}
        if len(labels) == 1 and labels[0] is not None:
            return bool(kinds & CORE) and not labels[0].value.text
        return bool(kinds & CORE) and len(kinds - {None}) >= 2

    def _take_tree(self, block: Block) -> None:
        level = self._label_level()
        for item in block.children:
            label = _item_label(item)
            if label is None or not label.bold:
                self._stack[-1].blocks.append(Block("list", item.start, item.end, children=(item,)))
                continue
            words = NOTHING if label.value.text else item.children[0].inline
            part = self._open(label.text, level, (item.start, label.text.offsets()[1]), words, label=True)
            if label.value.text:
                part.blocks.append(_rest_of(item.children[0], label.value))
            part.blocks.extend(item.children[1:])
            part.end = item.end


def _rest_of(block: Block, value: Stretch) -> Block:
    """The paragraph without the label it began with."""
    shift = value.start
    start, _ = value.offsets()
    inline = value.inline
    runs = [(0, start)] + [(index - shift, offset) for index, offset in inline.runs if index > shift]
    marks = tuple(
        mark._replace(start=mark.start - shift, end=mark.end - shift) for mark in inline.marks if mark.start >= shift
    )
    return Block("paragraph", start, block.end, Inline(inline.text[shift:], tuple(runs), marks))
