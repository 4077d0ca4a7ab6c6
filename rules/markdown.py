"""Markdown as a tree of blocks. The only importer of the Markdown parser.

Nothing here knows what a postmortem is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyromark

from rules.blocks import NOTHING, Block, BlockKind, Inline, Mark, MarkKind, Tree
from rules.byte_offsets import character_offsets
from rules.dated_bullets import with_days

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
        if frame.ordered:
            frame.children = with_days(frame.children, self._text)
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
