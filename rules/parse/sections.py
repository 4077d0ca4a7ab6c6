"""The sections of the document model, with their spans and texts, from the parts of the outline."""

from __future__ import annotations

from rules.blocks import text_of
from rules.parse.part import Part
from rules.postmortem import Section
from rules.source import Source


def sections(source: Source, root: Part, title: Part | None) -> tuple[Section, ...]:
    """The sections in document order, without the one that is the document's own title."""
    texts: dict[int, str] = {}
    _gather(root, texts)
    return tuple(
        _section(source, part, texts[id(part)]) for part in root.walk() if part is not root and part is not title
    )


def _gather(part: Part, texts: dict[int, str]) -> str:
    """The text of a part, that of the parts below it included; each is put together once."""
    own = [text_of(block) for block in part.blocks]
    own.extend(_gather(below, texts) for below in part.parts)
    texts[id(part)] = text = "\n".join(each for each in own if each)
    return text


def _section(source: Source, part: Part, text: str) -> Section:
    return Section(
        kind=part.kind,
        title=part.title,
        level=part.level,
        heading=source.span(*part.heading),
        span=source.span(part.heading[0], part.end),
        text=text,
    )
