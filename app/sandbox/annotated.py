"""A document with remarks at its lines: columns marked, quiet stretches folded, as data for a template."""

import difflib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from app.sandbox.world.records import Annotation

WORST_FIRST = ("failure", "warning", "notice")
CONTEXT = 3  # lines kept in sight around a remark
SHORTEST_FOLD = 8  # lines; a shorter quiet stretch stays in sight


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line; `level` is the worst remark that points at these very columns, or empty."""

    text: str
    level: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `level` is the worst remark on the line as a whole; `remarks` are those that end here."""

    number: int
    segments: tuple[Segment, ...]
    added: bool
    level: str
    remarks: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that belong together: in sight, or folded because nothing is said about them."""

    folded: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document. `counts` are the remarks by level, the worst first, only where there are any."""

    path: str
    status: str
    stretches: tuple[Stretch, ...]
    counts: tuple[tuple[str, int], ...]
    length: int

    @property
    def counted(self) -> int:
        """How many remarks it has."""
        return sum(count for _, count in self.counts)


def annotate(
    path: str, status: str, data: bytes, before: bytes, remarks: Sequence[Annotation], *, fold: bool = True
) -> DocumentView:
    """The document `data`, which was `before`, with its remarks; a remark beyond the end stands at the last line."""
    texts = _texts(data)
    added = _added(_texts(before), texts)
    lines = [_line(number, text, number in added, remarks, len(texts)) for number, text in enumerate(texts, 1)]
    levels: Counter[str] = Counter(remark.level for remark in remarks)
    counts = tuple((level, levels[level]) for level in WORST_FIRST if levels[level])
    stretches = _stretches(lines) if fold and remarks else [Stretch(False, tuple(lines))]
    return DocumentView(path, status, tuple(stretches), counts, len(lines))


def _texts(data: bytes) -> list[str]:
    text = data.decode(errors="replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text.removesuffix("\n").split("\n") if text else []


def _added(before: Sequence[str], after: Sequence[str]) -> set[int]:
    """The numbers of the lines that are new or changed."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return {
        line + 1
        for kind, _, _, start, end in matcher.get_opcodes()
        if kind in ("insert", "replace")
        for line in range(start, end)
    }


def _line(number: int, text: str, added: bool, remarks: Sequence[Annotation], length: int) -> Line:
    here = [remark for remark in remarks if remark.start_line <= number <= remark.end_line]
    ending = [remark for remark in remarks if min(remark.end_line, length) == number]
    pointed = [remark for remark in here if remark.start_column is not None]
    level = _worst(remark.level for remark in here)
    ending.sort(key=lambda remark: (remark.start_column or 0, WORST_FIRST.index(remark.level)))
    return Line(number, tuple(_segments(text, pointed)), added, level, tuple(ending))


def _worst(levels: Iterable[str]) -> str:
    found = set(levels)
    return next((level for level in WORST_FIRST if level in found), "")


def _segments(text: str, remarks: Sequence[Annotation]) -> list[Segment]:
    """The line in pieces; columns count characters from 1, and both ends are included."""
    ranges = [
        ((remark.start_column or 1) - 1, remark.end_column or remark.start_column or 1, remark.level)
        for remark in remarks
    ]
    cuts = sorted({0, len(text), *(min(cut, len(text)) for start, end, _ in ranges for cut in (start, end))})
    pieces = [
        Segment(text[start:end], _worst(level for low, high, level in ranges if low < end and start < high))
        for start, end in pairwise(cuts)
    ]
    alike = groupby(pieces, key=lambda piece: piece.level)
    return [Segment("".join(piece.text for piece in group), level) for level, group in alike]


def _stretches(lines: Sequence[Line]) -> list[Stretch]:
    spoken = {line.number for line in lines if line.level or line.remarks}
    near = {number + offset for number in spoken for offset in range(-CONTEXT, CONTEXT + 1)}
    stretches: list[Stretch] = []
    current: list[Line] = []
    for line in lines:
        if current and (line.number in near) != (current[-1].number in near):
            stretches.append(_stretch(current, near))
            current = []
        current.append(line)
    return [*stretches, _stretch(current, near)] if current else stretches


def _stretch(lines: list[Line], near: set[int]) -> Stretch:
    quiet = lines[0].number not in near
    return Stretch(quiet and len(lines) >= SHORTEST_FOLD, tuple(lines))
