"""The running text of a document, with code, URLs, HTML and quoted words masked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from rules.blocks import Block, Inline
from rules.parse.part import Part
from rules.patterns import Pattern
from rules.postmortem import Passage
from rules.source import Source

MASK = "\ufffc"

_URL = Pattern(r"(?:https?://|www\.)[^\s<>\"]{1,4000}|(?<![\w@.])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}")
_QUOTE = Pattern(
    r"\"[^\"\n]{1,2000}\"|[“„][^“”„\n]{1,2000}[”“]|«[^«»\n]{1,2000}»"
    r"|(?<!\w)['‘](?:[^'‘’\n]|(?<=\w)['’](?=\w)){1,2000}['’](?!\w)"
)
_QUOTE_SIGNS = Pattern("[“„«‘]")  # beside those of ASCII
_LOG_SIGNS = Pattern(r"[/\\_={}<>\[\]|]|\b\d{3,}\b|\w\.\w|\w:\w")
_SHORT_QUOTE_WORDS = 3  # a quotation of so few words is a term, not somebody's or a program's words


def passages(source: Source, root: Part) -> tuple[Passage, ...]:
    """The running text in document order, headings included."""
    return tuple(_passages(source, root))


def _passages(source: Source, root: Part) -> Iterator[Passage]:
    for part in root.walk():
        kind = part.section_kind()
        if part.words.text.strip():
            yield _passage(source, part.words, kind, quoted=False)
        for block, quoted in _leaves(part.blocks):
            yield _passage(source, block.inline, kind, quoted=quoted)


def _leaves(blocks: Iterable[Block], *, quoted: bool = False) -> Iterator[tuple[Block, bool]]:
    for block in blocks:
        if block.children:
            yield from _leaves(block.children, quoted=quoted or block.kind == "quote")
        elif block.inline.text and not block.inline.text.isspace():
            yield block, quoted


def _passage(source: Source, inline: Inline, kind: str | None, *, quoted: bool) -> Passage:
    text, runs = _masked(inline)
    return Passage(text, kind, quoted, source, runs)


def _masked(inline: Inline) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text with every masked stretch replaced by one character, and its runs."""
    holes = _holes(inline)
    if not holes:
        return inline.text.replace("\n", " "), inline.runs
    pieces: list[str] = []
    runs: list[tuple[int, int]] = []
    length = position = 0
    end_of_text = len(inline.text)
    for number, (start, end) in enumerate((*holes, (end_of_text, end_of_text))):
        if start > position:
            pieces.append(inline.text[position:start])
            runs.append((length, inline.offset(position)))
            runs.extend((length + index - position, offset) for index, offset in _runs_within(inline, position, start))
            length += start - position
        if number < len(holes):
            pieces.append(MASK)
            runs.append((length, inline.offset(start)))
            length += 1
        position = max(position, end)
    return "".join(pieces).replace("\n", " "), tuple(runs)


def _runs_within(inline: Inline, start: int, end: int) -> Iterator[tuple[int, int]]:
    low = bisect_right(inline.runs, (start, 1 << 62))
    high = bisect_left(inline.runs, (end, -1))
    yield from inline.runs[low:high]


def _holes(inline: Inline) -> list[tuple[int, int]]:
    """What is masked: code, HTML, URLs, and quotations; joined where they touch, in order."""
    text = inline.text
    found = [(mark.start, mark.end) for mark in inline.marks if mark.kind in ("code", "html", "image")]
    if "://" in text or "www." in text or "@" in text:
        found.extend(match.span() for match in _URL.finditer(text))
    if "'" in text or '"' in text or (not text.isascii() and _QUOTE_SIGNS.search(text)):
        found.extend(match.span() for match in _QUOTE.finditer(text) if _is_quotation(match[0]))
    if len(found) < 2:
        return found
    found.sort()
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and (start < joined[-1][1] or (start, end) == joined[-1]):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _is_quotation(text: str) -> bool:
    return len(text.split()) > _SHORT_QUOTE_WORDS or _LOG_SIGNS.search(text) is not None
