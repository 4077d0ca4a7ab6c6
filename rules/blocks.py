"""The blocks of a document, and their text, whose every character knows where in the document it stands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Literal, NamedTuple

BlockKind = Literal["heading", "paragraph", "list", "item", "table", "row", "cell", "quote", "code", "html", "rule"]
MarkKind = Literal["strong", "emphasis", "strike", "link", "image", "code", "html"]


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
        cut: the offset behind which nothing was read, since there were too many parts; None for all of it.
    """

    blocks: tuple[Block, ...]
    html: tuple[tuple[int, int], ...]
    cut: int | None = None


def text_of(block: Block) -> str:
    """A block's plain text, its parts separated by newlines; a block of code is one U+FFFC."""
    if not block.children:
        return "\ufffc" if block.kind == "code" else block.inline.text.strip()
    return "\n".join(text for text in map(text_of, block.children) if text)


def lines_of(block: Block) -> Iterator[Stretch]:
    """The lines of a paragraph, or the first paragraph of each item of a list; nothing for other blocks."""
    if block.kind == "paragraph":
        yield from block.inline.whole().lines()
    elif block.kind == "list":
        for item in block.children:
            if item.children and item.children[0].kind == "paragraph":
                yield item.children[0].inline.whole().trimmed()


def first_line(item: Block) -> Stretch:
    """The text of a bullet itself, without what stands below it."""
    first = item.children[0] if item.children else item
    return first.inline.whole().trimmed()
