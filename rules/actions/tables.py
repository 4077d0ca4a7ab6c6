"""Tables of action items: what no row can say, because no column asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from rules.actions.items import open_items, place_of
from rules.parse.action_words import field_named
from rules.patterns import Pattern
from rules.postmortem import ActionItem, Postmortem, Span
from rules.source import Source

DELIMITER_ROW = Pattern(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
"""The row below the head of a table."""
_CELL_END = Pattern(r"(?<!\\)\|")


class Gap(NamedTuple):
    """A field that is missing: from one item, or from a whole table for want of a column.

    Attributes:
        place: the item's first line, or in a table what stands in the field's cell; or the table's head.
        subject: the item's title, or the names of the table's columns.
        item: the item; None for a table.
        rows: how many open items of the table lack the field; 0 for a single item.
    """

    place: Span
    subject: str
    item: ActionItem | None = None
    rows: int = 0


def gaps(postmortem: Postmortem, field: str, lacks: Callable[[ActionItem], bool]) -> Iterator[Gap]:
    """Where open items lack a field: once for a table that has no column for it, else item by item."""
    heads = _Heads(postmortem.source, field)
    missing = [(item, heads.without_column(item)) for item in open_items(postmortem) if lacks(item)]
    bare = {head for _, head in missing if head}
    if bare:
        bare -= {heads.without_column(item) for item in postmortem.actions if not lacks(item)}
    rows = dict.fromkeys(bare, 0)
    for item, head in missing:
        if head not in rows:
            yield Gap(heads.cell_of(item) or place_of(postmortem, item), item.title, item)
            continue
        rows[head] += 1
    for head, count in rows.items():
        if head is not None:
            line = postmortem.source.line(head)
            place = Span(head, len(line) - len(line.lstrip()) + 1, head, len(line.rstrip()) + 1)
            yield Gap(place, " ".join(name for name, _, _ in cells_of(line)), rows=count)


def told_of_table(gap: Gap, what: str, column: str, hint: str) -> str:
    """The message for a table without a column: `what` is missing, `hint` says what to write in it."""
    items = "The action item" if gap.rows == 1 else f"The {gap.rows} open action items"
    return f"{items} in this table ha{'s' if gap.rows == 1 else 've'} no {what}. Add a column `{column}`, {hint}."


def cells_of(line: str) -> Iterator[tuple[str, int, int]]:
    """The cells of a table's row: their text, and the indexes in the line from and to which they reach."""
    end = len(line.rstrip())
    start = len(line) - len(line.lstrip())
    start += line.startswith("|", start)
    for bar in _CELL_END.finditer(line, start, end):
        yield line[start : bar.start()], start, bar.start()
        start = bar.end()
    if start < end:
        yield line[start:end], start, end


class _Heads:
    """The heads of tables, each looked at once."""

    def __init__(self, source: Source, field: str) -> None:
        self._source = source
        self._field = field
        self._above: dict[int, int | None] = {}  # a row's line -> that of its table's head
        self._columns: dict[int, int | None] = {}  # a head's line -> the index of the field's column

    def without_column(self, item: ActionItem) -> int | None:
        """The line of the head of an item's table, if no column of it is called as the field is; else None."""
        head = self._head_above(item.span.line)
        if head is None:
            return None
        return head if self._column(head) is None else None

    def cell_of(self, item: ActionItem) -> Span | None:
        """What stands in the field's cell of an item's row; None if nothing does, or it is no row of a table."""
        line = item.span.line
        head = self._head_above(line)
        column = self._column(head) if head is not None else None
        if column is None:
            return None
        text, start, _ = next(islice(cells_of(self._source.line(line)), column, None), ("", 0, 0))
        start += len(text) - len(text.lstrip()) + 1
        return Span(line, start, line, start + len(text.strip())) if text.strip() else None

    def _column(self, head: int) -> int | None:
        if head not in self._columns:
            names = (name.strip(" \t*_`") for name, _, _ in cells_of(self._source.line(head)))
            self._columns[head] = next((at for at, name in enumerate(names) if field_named(name) == self._field), None)
        return self._columns[head]

    def _head_above(self, line: int) -> int | None:
        """The line of the head of the table that a line is a row of."""
        rows: list[int] = []
        head: int | None = None
        while line > 1 and "|" in (text := self._source.line(line)):
            if line in self._above:
                head = self._above[line]
                break
            if DELIMITER_ROW.fullmatch(text):
                head = line - 1
                break
            rows.append(line)
            line -= 1
        self._above.update(dict.fromkeys(rows, head))
        return head
