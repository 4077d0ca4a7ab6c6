"""Items in a paragraph, told apart by how its lines begin: `TODO(ana): …`, `AI-3 — …`, `[ ] …`, `Term` and `: text`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from rules.blocks import Block, Stretch
from rules.parse.action_text import is_field_line
from rules.parse.action_words import field_named
from rules.parse.labels import rest_of
from rules.patterns import Pattern

_LED = Pattern(
    r"(?:TODO|FIXME|AI|ACTION|Action|To-?do)(?P<who>\s?[(\[][^()\[\]\n]{1,40}[)\]])?:\s"
    r"|\[[ xX*]\]\s|[☐☑□✅⬜🔲🟢🟡🟠🔴🔵⚪❌✔✓🚧⏳][\ufe0e\ufe0f]?\s?"
    r"|[*_\[(]{0,3}(?=[\w./-]{0,20}\d)[A-Z][A-Za-z]{0,11}[- ]?\d[\d.]{0,11}(?:[-/]\d{1,6}){0,3}[*_\])]{0,3}"
    r"(?:\s?[:.)]\s|\s[-–—]\s)"
    r"|[A-Z]{2,8}(?:[- ]\d{1,6}){1,3}(?:[-/]\d{1,6})[:.)]?\s"
    r"|\(?(?:[a-k]|[ivx]{1,4})\)\s|\(\d{1,2}\)\s"
)
"""What a line begins with that is an item among text: a call to act, a box, a number of its own."""

_COUNTED = Pattern(r"\(?[a-z\d]{1,4}\)\s")
"""A letter or number that only counts: `a) …`, `(2) …`."""
_TABBED = Pattern(r"\t+|\s\|(?=\s)")
_DELIMITER = Pattern(r"[|:\s-]*-[|:\s-]*")
"""The line below a table's head, which makes no table of it in Markdown where it is too short."""
_COMMA = Pattern(r",(?=(?:[^\"\n]{0,400}\"[^\"\n]{0,400}\"){0,8}[^\"\n]{0,400}$)")
"""A comma that stands in no quotation marks, as in a spreadsheet that was exported."""
_SEMICOLON = Pattern(r";")
_NO_ITEM = Pattern(r"[A-Z]?[a-z]{0,11} ?\d{1,4}[-–]|Q[1-4]|[12]\d{3}\b")
_LONGEST_ROW = 2000  # characters
_FEWEST_ROWS = 2


class Told(NamedTuple):
    """An item's own text, and the lines behind it that hold its fields."""

    line: Stretch
    details: tuple[Stretch, ...]


def items_in(block: Block) -> list[Told]:
    """The items of a paragraph whose lines say where each begins; none if they don't."""
    lines = list(block.inline.whole().lines())
    if not lines:
        return []
    if _begins_item(lines[0].text):
        starts = [index for index, line in enumerate(lines) if _begins_item(line.text)]
        return [_told(lines[start:end]) for start, end in zip(starts, (*starts[1:], len(lines)), strict=True)]
    return _defined(lines)


def addressee_of(line: Stretch) -> tuple[Stretch | None, Stretch]:
    """Whom a call to act names, as in `TODO(ana): …`, and the text behind it; the line itself if it is none."""
    match = _LED.match(line.text)
    if match is not None and _COUNTED.fullmatch(match[0]):
        return None, line.part(match.end()).trimmed()
    if match is None or not match[0].rstrip().endswith(":") or not match[0][:2].isalpha() or match[0][2:3].isdigit():
        return None, line
    if any(character.isdigit() for character in match[0]) and match["who"] is None:
        return None, line
    who = line.part(match.start("who"), match.end("who")).trimmed(" ()[]") if match["who"] else None
    return who, line.part(match.end()).trimmed()


def table_in(block: Block) -> Block | None:
    """A paragraph whose lines are cells, as a table; None if it is none.

    Tabs and bars set cells apart; commas and semicolons do where the first line names parts of an action item. Where it
    does, a row may have a cell too few or too many.
    """
    lines = [line for line in block.inline.whole().lines() if _DELIMITER.fullmatch(line.text) is None]
    between = _between(lines)
    if between is None:
        return None
    rows = [_cells(line, between) for line in lines]
    if len(rows) < _FEWEST_ROWS or len(rows[0]) < 2:
        return None
    if between is _TABBED and _names_columns(rows[0]) and all(abs(len(row) - len(rows[0])) <= 1 for row in rows):
        rows = [_of_length(row, len(rows[0])) for row in rows]
    elif any(len(row) != len(rows[0]) for row in rows):
        return None
    made = [_row(block, cells) for cells in rows]
    return Block("table", block.start, block.end, children=tuple(made))


def _between(lines: Sequence[Stretch]) -> Pattern | None:
    """What sets cells apart in some lines; None if nothing does."""
    if len(lines) < _FEWEST_ROWS or any(len(line.text) > _LONGEST_ROW for line in lines):
        return None
    if any("\t" in line.text or " | " in line.text for line in lines):
        return _TABBED
    head = lines[0]
    between = _SEMICOLON if ";" in head.text else _COMMA if "," in head.text else None
    return between if between is not None and _names_columns(_cells(head, between)) else None


def _begins_item(text: str) -> bool:
    return _LED.match(text) is not None and _NO_ITEM.match(text) is None


def _told(lines: Sequence[Stretch]) -> Told:
    """The first line with those that go on with its sentence, and the lines of fields behind."""
    end = next((index for index, line in enumerate(lines) if index and is_field_line(line)), len(lines))
    return Told(lines[0]._replace(end=lines[end - 1].end), tuple(lines[end:]))


def _defined(lines: Sequence[Stretch]) -> list[Told]:
    """The definitions of a list of terms, where these tell something rather than naming fields."""
    found: list[Told] = []
    for term, text in pairwise(lines):
        if not text.text.startswith(":") or term.text.startswith(":"):
            continue
        said = text.trimmed(": \t")
        if not said.text or is_field_line(said):
            return []
        found.append(Told(said, ()))
    return found if lines and not lines[0].text.startswith(":") else []


def _names_columns(cells: Sequence[Stretch]) -> bool:
    """Whether a line of a spreadsheet names parts of an action item, and nothing else."""
    fields = {field_named(cell.text) for cell in cells}
    return "title" in fields and bool(fields & {"owner", "due"}) and None not in fields


def _of_length(row: list[Stretch], length: int) -> list[Stretch]:
    """A row with an empty cell more, or without the last one, where it is not as long as the head."""
    return row[:length] if len(row) >= length else [*row, row[-1].part(len(row[-1].text))]


def _cells(line: Stretch, between: Pattern) -> list[Stretch]:
    cells, start = [], 0
    if between is _TABBED and line.text.startswith("|") and line.text.endswith("|") and len(line.text) > 1:
        line = line.part(1, len(line.text) - 1)
    for match in between.finditer(line.text):
        cells.append(line.part(start, match.start()).trimmed(' \t"'))
        start = match.end()
    return [*cells, line.part(start).trimmed(' \t"')]


def _row(block: Block, cells: Sequence[Stretch]) -> Block:
    made = tuple(rest_of(block, cell)._replace(kind="cell") for cell in cells)
    return Block("row", made[0].start, max(cell.end for cell in made), children=made)
