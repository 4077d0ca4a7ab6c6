"""Markdown as a tree of blocks whose every character knows where it stands. The only importer of the Markdown parser.

Nothing here knows what a postmortem is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

import pyromark

from rules.byte_offsets import character_offsets

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
_BREAKS = frozenset({"SoftBreak", "HardBreak"})
_WORDED = frozenset({"heading", "paragraph", "cell"})  # blocks that hold text themselves
_UNREAD = frozenset({"code", "html"})  # blocks whose text is no inline text


class Mark(NamedTuple):
    """Markup over the characters `start` to `end` (exclusive) of an inline's text; `target` is a link's destination."""

    start: int
    end: int
    kind: MarkKind
    target: str = ""


class Inline(NamedTuple):
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
        runs = self.runs
        if not runs:
            return 0
        if len(runs) == 1:
            return runs[0][1] + index - runs[0][0]
        text_index, offset = runs[max(bisect_right(runs, (index, 1 << 62)) - 1, 0)]
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
        inline, start, end = self
        if start >= end:
            return self
        text = inline.text
        first, last = text[start], text[end - 1]
        if characters is None:
            if not (first.isspace() or last.isspace()):
                return self
        elif first not in characters and last not in characters:
            return self
        whole = text[start:end]
        left = len(whole) - len(whole.lstrip(characters))
        return Stretch(inline, start + left, start + max(len(whole.rstrip(characters)), left))

    def lines(self) -> Iterator[Stretch]:
        """Its lines, trimmed, without the empty ones."""
        inline, start, end = self
        if "\n" not in inline.text:
            if (line := self.trimmed()).start < line.end:
                yield line
            return
        for text in inline.text[start:end].split("\n"):
            line = Stretch(inline, start, start + len(text)).trimmed()
            if line.start < line.end:
                yield line
            start += len(text) + 1

    def offsets(self) -> tuple[int, int]:
        """Where it stands in the document: offsets of its first character and behind its last."""
        start = self.inline.offset(self.start)
        return (start, start) if self.end <= self.start else (start, self.inline.offset(self.end - 1) + 1)

    def marks(self) -> Iterator[Mark]:
        """The marks that begin in it, by their start."""
        marks = self.inline.marks
        for index in range(bisect_left(marks, (self.start,)) if marks else 0, len(marks)):
            if marks[index].start >= self.end and marks[index].start > self.start:
                return
            yield marks[index]

    def leading(self, kind: MarkKind) -> Mark | None:
        """The mark of that kind that begins at its first character."""
        inline, start, _ = self
        marks = inline.marks
        if not marks:
            return None
        for index in range(bisect_left(marks, (start,)), len(marks)):
            mark = marks[index]
            if mark.start > start:
                return None
            if mark.kind == kind:
                return mark
        return None


NOTHING = Inline("", (), ())


class Block(NamedTuple):
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


class Tree(NamedTuple):
    """A parsed document.

    Attributes:
        blocks: its blocks.
        html: the stretches of raw HTML in it (offsets), comments among them.
        cut: the offset behind which nothing was read, since there are more than MAX_PARTS parts; None for all of it.
    """

    blocks: tuple[Block, ...]
    html: tuple[tuple[int, int], ...]
    cut: int | None = None


class _Frame:
    """A block that is not finished yet."""

    __slots__ = (
        "children", "end", "kind", "length", "level", "marks", "ordered", "runs", "start", "text", "text_end", "ticked",
    )  # fmt: skip

    def __init__(self, kind: BlockKind, start: int, end: int) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.level = 0
        self.ordered = False
        self.ticked: bool | None = None
        self.children: list[Block] = []
        self.text: list[str] = []
        self.length = 0
        self.runs: list[tuple[int, int]] = []
        self.marks: list[Mark] = []
        self.text_end = 0

    def write(self, text: str, start: int, end: int) -> None:
        runs = self.runs
        if not runs or runs[-1][1] + self.length - runs[-1][0] != start:
            runs.append((self.length, start))
        self.text.append(text)
        self.length += len(text)
        self.text_end = end

    def take_inline(self) -> Inline:
        if not self.runs and not self.marks:
            return NOTHING
        text = self.text[0] if len(self.text) == 1 else "".join(self.text)
        marks = tuple(sorted(self.marks)) if len(self.marks) > 1 else tuple(self.marks)
        inline = Inline(text, tuple(self.runs), marks)
        self.text, self.runs, self.marks, self.length = [], [], [], 0
        return inline


class MarkdownError(Exception):
    """The parser gave up on the document."""


def parse(text: str) -> Tree:
    """The blocks of a document. Raises MarkdownError if the parser itself breaks."""
    builder = _Builder(text)
    try:
        cut = builder.take(pyromark.events_with_range(text, options=_OPTIONS))
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the parser derives from BaseException
        raise MarkdownError(str(error)) from error
    return builder.finish(cut)


class _Builder:
    """Turns the parser's events into blocks."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = character_offsets(text)
        self._frames = [_Frame("quote", 0, len(text))]
        self._open: list[tuple[int, MarkKind, str]] = []  # marks not closed yet
        self._flattened = 0
        self._html: list[tuple[int, int]] = []
        self._parts = 0

    def take(self, events: Iterable[tuple[Any, Any]]) -> int | None:
        """Take the events in; the offset at which there were too many parts, if there are."""
        at, frames = self._at, self._frames
        for event, place in events:
            name: str
            value: Any
            name, value = (event, None) if event.__class__ is str else next(iter(event.items()))  # there is one
            if name == "End":  # where it ends was told where it began
                self._finish_one(value)
                continue
            start, end = place["start"], place["end"]
            if at is not None:
                start, end = at(start), at(end)
            if name == "Text":
                frame = frames[-1]
                if frame.kind not in _UNREAD:
                    frame.write(value, start, end)
            elif name == "Start":
                self._begin(value, start, end)
            else:
                self._take_other(name, value, start, end)
            if self._parts > MAX_PARTS:
                return int(end)
        return None

    def finish(self, cut: int | None = None) -> Tree:
        """The tree; with `cut`, of what stands before that offset."""
        while len(self._frames) > 1:
            self._close()
        root = self._frames[0]
        self._flush(root)
        return Tree(tuple(root.children), tuple(self._html), cut)

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
        elif name == "Rule":
            self._flush(frame)
            frame.children.append(Block("rule", start, self._trimmed(start, end)))
        elif name in _BREAKS:
            self._parts += 1
            if frame.kind not in _UNREAD:
                frame.write("\n", start, end)
        elif name == "TaskListMarker":
            item = next((each for each in reversed(self._frames) if each.kind == "item"), frame)
            item.ticked = value

    def _begin(self, tag: Any, start: int, end: int) -> None:
        name, value = (tag, None) if tag.__class__ is str else next(iter(tag.items()))
        if name in _MARKS:
            target = value["dest_url"] if value else ""
            self._open.append((self._frames[-1].length, _MARKS[name], target))
            return
        self._parts += 1
        if self._frames[-1].runs:
            self._flush(self._frames[-1])
        if name in _CONTAINERS and len(self._frames) > MAX_DEPTH and name not in ("TableHead", "TableRow"):
            self._flattened += 1
            return
        kind = _CONTAINERS.get(name) or _LEAVES.get(name, "quote")
        frame = _Frame("paragraph" if value == "Indented" and self._begins_item(start) else kind, start, end)
        if name == "Heading" and value is not None:
            frame.level = int(value["level"][1])
        frame.ordered = name == "List" and value is not None
        if name == "HtmlBlock":
            self._html.append((start, end))
        self._frames.append(frame)

    def _begins_item(self, start: int) -> bool:
        """Whether what Markdown takes for code, being set in so far, is a bullet's own text: `-        Site down`."""
        return self._frames[-1].kind == "item" and "\n" not in self._text[self._frames[-1].start : start]

    def _finish_one(self, tag: Any) -> None:
        name = tag if tag.__class__ is str else next(iter(tag))
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
        if frame.kind in _WORDED:
            inline = frame.take_inline()
        elif frame.runs:
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
        if not frame.runs or frame.kind in _WORDED:
            return
        start, end = frame.runs[0][1], frame.text_end
        frame.children.append(Block("paragraph", start, self._trimmed(start, end), frame.take_inline()))

    def _trimmed(self, start: int, end: int) -> int:
        text = self._text
        while end > start and text[end - 1].isspace():
            end -= 1
        return end
