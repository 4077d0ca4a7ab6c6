"""A section while the document is read: its heading, the blocks directly in it, and the sections below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rules.blocks import NOTHING, Block, Inline


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
