"""Markdown as a tree of blocks whose every character knows where it stands. The only importer of the Markdown parser.

Nothing here knows what a postmortem is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import pyromark

BlockKind = Literal["heading", "paragraph", "list", "item", "table", "row", "cell", "quote", "code", "html", "rule"]
MarkKind = Literal["strong", "emphasis", "strike", "link", "image", "code", "html"]

MAX_DEPTH = 32  # deeper containers are flattened into this one, so that no document can exhaust the stack

MAX_PARTS = 20_000
"""How many blocks and lines are read: a mebibyte of ordinary text has fewer, and reading more takes too long."""

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_FOOTNOTES
)
_CONTAINERS: dict[str, BlockKind] = {
    "List": "list",
    "Item": "item",
    "BlockQuote": "quote",
    "FootnoteDefinition": "quote",
    "Table": "table",
    "TableHead": "row",
    "TableRow": "row",
}
_LEAVES: dict[str, BlockKind] = {
    "Heading": "heading",
    "Paragraph": "paragraph",
    "TableCell": "cell",
    "CodeBlock": "code",
    "HtmlBlock": "html",
}
_MARKS: dict[str, MarkKind] = {
    "Strong": "strong",
    "Emphasis": "emphasis",
    "Strikethrough": "strike",
    "Link": "link",
    "Image": "image",
}
_WIDE = re.compile(r"[^\x00-\x7f]")


class Mark(NamedTuple):
    """Markup over the characters `start` to `end` (exclusive) of an inline's text; `target` is a link's destination."""

    start: int
    end: int
    kind: MarkKind
    target: str = ""


@dataclass(frozen=True, slots=True)
class Inline:
    """The text of one leaf block as a reader sees it; a line break is one newline.

    Attributes:
        text: the visible characters.
        runs: (index in text, offset in the document), ascending: from there on both count alike.
        marks: by their start.
    """

    text: str
    runs: tuple[tuple[int, int], ...]
    marks: tuple[Mark, ...]

    def offset(self, index: int) -> int:
        """Where the character `index` stands in the document."""
        if not self.runs:
            return 0
        text_index, offset = self.runs[max(bisect_right(self.runs, (index, 1 << 62)) - 1, 0)]
        return offset + index - text_index

    def whole(self) -> Stretch:
        """All of it."""
        return Stretch(self, 0, len(self.text))


class Stretch(NamedTuple):
    """A part of an inline's text, from index `start` to `end` (exclusive)."""

    inline: Inline
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its characters."""
        return self.inline.text[self.start : self.end]

    def part(self, start: int, end: int | None = None) -> Stretch:
        """The part between two indexes that count from this stretch's start."""
        stop = self.end if end is None else min(self.start + end, self.end)
        return Stretch(self.inline, min(self.start + start, stop), stop)

    def trimmed(self, characters: str | None = None) -> Stretch:
        """Without the white space, or the given characters, at both ends."""
        text = self.text
        bare = text.lstrip(characters)
        left = len(text) - len(bare)
        if not left and len(bare.rstrip(characters)) == len(text):
            return self
        return self.part(left, max(len(text.rstrip(characters)), left))

    def lines(self) -> Iterator[Stretch]:
        """Its lines, trimmed, without the empty ones."""
        start = 0
        for line in self.text.split("\n"):
            if line.strip():
                yield self.part(start, start + len(line)).trimmed()
            start += len(line) + 1

    def offsets(self) -> tuple[int, int]:
        """Where it stands in the document: offsets of its first character and behind its last."""
        start = self.inline.offset(self.start)
        return (start, start) if self.end <= self.start else (start, self.inline.offset(self.end - 1) + 1)

    def marks(self) -> Iterator[Mark]:
        """The marks that begin in it, by their start."""
        marks = self.inline.marks
        for index in range(bisect_left(marks, self.start, key=lambda mark: mark.start), len(marks)):
            if marks[index].start >= self.end and marks[index].start > self.start:
                return
            yield marks[index]

    def leading(self, kind: MarkKind) -> Mark | None:
        """The mark of that kind that begins at its first character."""
        for mark in self.marks():
            if mark.start > self.start:
                return None
            if mark.kind == kind:
                return mark
        return None


NOTHING = Inline("", (), ())


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the document, from offset `start` to `end` (exclusive), without trailing blank lines.

    Attributes:
        kind: what it is; the paragraph in a tight list item is a paragraph, too. A table's first row is its head.
        inline: the text of a heading, paragraph or cell, else nothing.
        children: the blocks in it.
        level: a heading's, 1 to 6; else 0.
        ordered: a numbered list.
        ticked: a task list item's box, or None if the item has none.
    """

    kind: BlockKind
    start: int
    end: int
    inline: Inline = NOTHING
    children: tuple[Block, ...] = ()
    level: int = 0
    ordered: bool = False
    ticked: bool | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed document.

    Attributes:
        blocks: its blocks.
        html: the stretches of raw HTML in it (offsets), comments among them.
        cut: the offset behind which nothing was read, since there are more than MAX_PARTS parts; None for all of it.
    """

    blocks: tuple[Block, ...]
    html: tuple[tuple[int, int], ...]
    cut: int | None = None


@dataclass(slots=True)
class _Frame:
    """A block that is not finished yet."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    ordered: bool = False
    ticked: bool | None = None
    children: list[Block] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    length: int = 0
    runs: list[tuple[int, int]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    text_end: int = 0

    def write(self, text: str, start: int, end: int) -> None:
        if not self.runs or self.runs[-1][1] + self.length - self.runs[-1][0] != start:
            self.runs.append((self.length, start))
        self.text.append(text)
        self.length += len(text)
        self.text_end = end

    def take_inline(self) -> Inline:
        if not self.runs and not self.marks:
            return NOTHING
        inline = Inline("".join(self.text), tuple(self.runs), tuple(sorted(self.marks)))
        self.text, self.runs, self.marks, self.length = [], [], [], 0
        return inline


class MarkdownError(Exception):
    """The parser gave up on the document."""


def parse(text: str) -> Tree:
    """The blocks of a document. Raises MarkdownError if the parser itself breaks."""
    builder = _Builder(text)
    try:
        for event, place in pyromark.events_with_range(text, options=_OPTIONS):
            builder.take(event, place["start"], place["end"])
            if builder.parts > MAX_PARTS:
                return builder.finish(cut=place["end"])
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the parser derives from BaseException
        raise MarkdownError(str(error)) from error
    return builder.finish()


def _character_offsets(text: str) -> Callable[[int], int]:
    """From byte offsets, as the parser counts, to character offsets."""
    if text.isascii():
        return int
    ends: list[int] = []
    surplus = [0]
    for match in _WIDE.finditer(text):
        code = ord(match[0])
        surplus.append(surplus[-1] + (1 if code < 0x800 else 2 if code < 0x10000 else 3))
        ends.append(match.end() + surplus[-1])
    return lambda offset: offset - surplus[bisect_right(ends, offset)]


class _Builder:
    """Turns the parser's events into blocks."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = _character_offsets(text)
        self._frames = [_Frame("quote", 0, len(text))]
        self._open: list[tuple[int, MarkKind, str]] = []  # marks not closed yet
        self._flattened = 0
        self._html: list[tuple[int, int]] = []
        self.parts = 0

    def take(self, event: Any, start: int, end: int) -> None:
        start, end = self._at(start), self._at(end)
        if isinstance(event, str):
            self._take_bare(event, start, end)
            return
        ((name, value),) = event.items()
        if name == "Text":
            self._write(value, start, end)
        elif name == "Start":
            self._begin(value, start, end)
        elif name == "End":
            self._finish_one(value)
        else:
            self._take_other(name, value, start, end)

    def finish(self, cut: int | None = None) -> Tree:
        """The tree; with `cut`, a byte offset, of what has been taken so far."""
        while len(self._frames) > 1:
            self._close()
        root = self._frames[0]
        self._flush(root)
        return Tree(tuple(root.children), tuple(self._html), None if cut is None else self._at(cut))

    def _take_bare(self, name: str, start: int, end: int) -> None:
        if name == "Rule":
            self._flush(self._frames[-1])
            self._frames[-1].children.append(Block("rule", start, self._trimmed(start, end)))
        else:
            self.parts += 1
            self._write("\n", start, end)

    def _take_other(self, name: str, value: Any, start: int, end: int) -> None:
        frame = self._frames[-1]
        if name == "Code":
            inside = max(self._text.find(value, start, end), start)
            frame.marks.append(Mark(frame.length, frame.length + len(value), "code"))
            frame.write(value, inside, end)
        elif name == "InlineHtml":
            self._html.append((start, end))
            if value[:3].lower() == "<br":
                frame.write("\n", start, end)
            else:
                frame.marks.append(Mark(frame.length, frame.length, "html"))
        elif name == "TaskListMarker":
            item = next((each for each in reversed(self._frames) if each.kind == "item"), frame)
            item.ticked = value

    def _write(self, text: str, start: int, end: int) -> None:
        frame = self._frames[-1]
        if frame.kind not in ("code", "html"):
            frame.write(text, start, end)

    def _begin(self, tag: Any, start: int, end: int) -> None:
        name, value = (tag, None) if isinstance(tag, str) else next(iter(tag.items()))
        if name in _MARKS:
            target = value["dest_url"] if value else ""
            self._open.append((self._frames[-1].length, _MARKS[name], target))
            return
        self.parts += 1
        self._flush(self._frames[-1])
        if name in _CONTAINERS and len(self._frames) > MAX_DEPTH and name not in ("TableHead", "TableRow"):
            self._flattened += 1
            return
        kind = _CONTAINERS.get(name) or _LEAVES.get(name, "quote")
        frame = _Frame(kind, start, end)
        if name == "Heading" and value is not None:
            frame.level = int(value["level"][1])
        frame.ordered = name == "List" and value is not None
        if name == "HtmlBlock":
            self._html.append((start, end))
        self._frames.append(frame)

    def _finish_one(self, tag: Any) -> None:
        name = tag if isinstance(tag, str) else next(iter(tag))
        if name in _MARKS:
            begun, kind, target = self._open.pop()
            frame = self._frames[-1]
            frame.marks.append(Mark(min(begun, frame.length), frame.length, kind, target))
            return
        frame = self._frames[-1]
        if self._flattened and name in _CONTAINERS and _CONTAINERS[name] in ("list", "item", "quote", "table"):
            self._flush(frame)
            self._flattened -= 1
            return
        self._close()

    def _close(self) -> None:
        frame = self._frames.pop()
        inline = NOTHING
        if frame.kind in ("heading", "paragraph", "cell"):
            inline = frame.take_inline()
        else:
            self._flush(frame)
        block = Block(
            frame.kind,
            frame.start,
            self._trimmed(frame.start, frame.end),
            inline,
            tuple(frame.children),
            frame.level,
            frame.ordered,
            frame.ticked,
        )
        self._frames[-1].children.append(block)

    def _flush(self, frame: _Frame) -> None:
        """Close the paragraph that a tight list item, or a flattened container, holds without saying so."""
        if not frame.runs or frame.kind in ("heading", "paragraph", "cell"):
            return
        start, end = frame.runs[0][1], frame.text_end
        frame.children.append(Block("paragraph", start, self._trimmed(start, end), frame.take_inline()))

    def _trimmed(self, start: int, end: int) -> int:
        while end > start and self._text[end - 1].isspace():
            end -= 1
        return end
