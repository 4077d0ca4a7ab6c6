"""Labels: the words at the beginning of a line that say what the rest of it is, `**Owner:** …` or `Owner: …`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rules.blocks import Block, Inline, Mark, Stretch
from rules.patterns import Pattern

_LABEL = Pattern(r"[ \t]*(?:[-–—*•][ \t]+)?([^\n:：]{1,60}?)[ \t]*[:：](?=\s|$|(?<=：))")


_REMARK = Pattern(r"[ \t]?\([^()\n]{1,60}\)[ \t]*:?[ \t]*(?:\n|$)")
"""A remark in brackets behind a bold word, with nothing else on its line: `**Timeline** (UTC)`."""


class Label(NamedTuple):
    """A label and what follows it.

    Attributes:
        bold: whether the label is in bold.
        colon: whether a colon stands behind it.
    """

    text: Stretch
    value: Stretch
    bold: bool
    colon: bool = True


def label_at(line: Stretch, *, loose: bool = False) -> Label | None:
    """The label a line or paragraph begins with.

    A bold one may do without a colon if nothing follows on its line; with `loose`, also if something does. That may
    just as well be emphasis, so whoever asks for it must know the word.
    """
    strong = line.leading("strong")
    if strong is not None:
        return _bold_label(line, strong.end - line.start, loose=loose)
    head = line.inline.text[line.start : min(line.end, line.start + 80)]
    if ":" not in head and "：" not in head:
        return None
    match = _LABEL.match(line.inline.text, line.start, line.end)
    if match is None:
        return None
    text = Stretch(line.inline, match.start(1), match.end(1))
    return Label(text, Stretch(line.inline, match.end(), line.end).trimmed(), bold=False)


def bold_label(item: Block) -> Label | None:
    """The label in bold that a list item begins with."""
    first = item.children[0] if item.children else item
    if first.kind != "paragraph" or not first.inline.marks:
        return None
    label = label_at(first.inline.whole().trimmed())
    return label if label is not None and label.bold else None


def rest_of(block: Block, value: Stretch) -> Block:
    """The part of a paragraph that `value` is, as a paragraph of its own."""
    shift = value.start
    start, end = value.offsets()
    inline = value.inline
    within = inline.runs[bisect_left(inline.runs, (shift + 1,)) : bisect_left(inline.runs, (value.end,))]
    runs = [(0, start), *((index - shift, at) for index, at in within)]
    marked = inline.marks[bisect_left(inline.marks, (shift,)) : bisect_left(inline.marks, (value.end,))]
    marks = tuple(Mark(mark.start - shift, min(mark.end, value.end) - shift, mark.kind, mark.target) for mark in marked)
    closing = end if inline.text[value.end : value.end + 80].strip() else block.end
    return Block("paragraph", start, closing, Inline(inline.text[shift : value.end], tuple(runs), marks))


def cut_at(block: Block, starts: Sequence[int]) -> Iterator[Block]:
    """A paragraph as several, which begin at the given indexes of its text, ascending."""
    whole = block.inline.whole()
    for start, end in zip(starts, (*starts[1:], whole.end), strict=True):
        piece = whole._replace(start=start, end=end).trimmed()
        if piece.text:
            yield rest_of(block, piece)


def _bold_label(line: Stretch, end: int, *, loose: bool) -> Label | None:
    inside, after = line.part(0, end).trimmed(), line.part(end)
    rest = after.text.lstrip()
    if inside.text.endswith((":", "：")):
        return Label(inside.trimmed(":： "), after.trimmed(), bold=True)
    if rest.startswith((":", "：")):
        return Label(inside, after.trimmed(":： \t\n"), bold=True)
    if not rest or after.text.lstrip(" \t").startswith("\n"):
        return Label(inside, after.trimmed(), bold=True, colon=False)
    if inside.text.endswith("?") and after.text[:1] in " \t":
        return Label(inside, after.trimmed(), bold=True, colon=False)  # `**When?** At ten.`
    if (remark := _REMARK.match(after.text)) is not None:
        return Label(
            line.part(0, end + remark.end()).trimmed(": \n"), after.part(remark.end()).trimmed(), bold=True, colon=False
        )
    if loose and after.text[:1] in " \t\n-–—|·":
        return Label(inside, after.trimmed(" \t\n-–—|·"), bold=True, colon=False)
    return None
