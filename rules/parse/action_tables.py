"""Action items in a table, whatever its columns are called and however they are ordered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rules.blocks import Block, Stretch
from rules.folding import fold
from rules.parse.action_facts import Facts
from rules.parse.action_words import field_named, words_of
from rules.parse.bare_fields import kind_of
from rules.parse.part import Part
from rules.parse.people import LOGIN
from rules.patterns import Pattern

_COLUMNS = frozenset({"owner", "due", "priority", "status", "link"})
_NO_ITEMS_IN = frozenset({"actions", "timeline", "recurrence", "people", "stats", "messaging"})
"""Kinds of section whose tables are read elsewhere, or are about something else."""
_TIMES = frozenset({"time", "date", "when", "timestamp", "time (utc)", "start", "started", "day", "severity"})
_LEAST_TITLE = 8  # characters that an action has on average; a column with less holds numbers or marks
_SAMPLE = 40
_STATUS_BEHIND = Pattern(
    r"\W(done|closed|fixed|merged|resolved|completed?|won['’]?t ?(?:do|fix)|wontfix)\W{0,6}$", re.IGNORECASE
)
_STATUS_BEFORE = Pattern(
    r"\W{0,6}(done|closed|fixed|merged|resolved|completed?|won['’]?t ?(?:do|fix)|wontfix)[\s:–—(\[*_-]{1,6}"
    r"(?=https?://|#\d|\d{4}-\d\d|[\w.-]+/[\w.-]+#\d|[A-Z][A-Z0-9]{1,9}-\d)",
    re.IGNORECASE,
)
"""A status in front of the reference or day that it is about: `**DONE** SRCH-882`."""


_DONE_ALONGSIDE = Pattern(
    r"(?:added|done|fixed|merged|implemented|completed|shipped|deployed|released|covered|included|resolved|closed)\s"
    r"(?:already|along|alongside|together|with|in|as|via)\s",
    re.IGNORECASE,
)
"""What stands in an owner's place where nobody is needed any more: `Added along with the fix`."""
_FILE = Pattern(r"[\w./@*-]*[A-Za-z_][\w./@*-]*\.[a-z]{1,6}")
"""What stands below `Target` where that is the place to change: `docs/queue.md`."""


class Row(NamedTuple):
    """A row: the block, the cell that holds the action, and what the other cells say."""

    block: Block
    title: Stretch
    facts: Facts


def table_rows(block: Block, names: frozenset[str]) -> Iterator[Row]:
    """The rows of a table, its head left out, if it has one."""
    first = 0 if _is_headless(block) else 1
    rows = [[cell.inline.whole().trimmed() for cell in row.children] for row in block.children[first:]]
    head = ["" if first == 0 else cell.inline.text for cell in block.children[0].children] if block.children else []
    fields = [field_named(name) if name.strip() else _field_by_cells(rows, index) for index, name in enumerate(head)]
    labels = [cell.inline.whole().trimmed() for cell in block.children[0].children] if first else []
    title = _title_column(fields, rows)
    if title is None:
        return
    for row, written in zip(block.children[first:], rows, strict=True):
        if title >= len(written):
            continue
        cells = _aligned(written, title)
        facts = Facts(names=names)
        for label in labels:
            facts.note_label(label)
        for index, (name, cell) in enumerate(zip(fields, cells, strict=False)):
            if index != title and name not in (None, "title", "kind"):
                _read_cell(facts, _column_of(cell, name, fields, cells), cell)
            if index != title and name in (None, "link"):
                facts.beside.append((head[index], cell))
        yield Row(row, cells[title], facts)


def _aligned(cells: list[Stretch], title: int) -> list[Stretch]:
    """A row's cells, moved on by one where the first is missing: its fields begin in the column of the action."""
    short = title > 0 and not cells[-1].text and len(cells[title - 1].text) >= _LEAST_TITLE
    if not short or kind_of(cells[title].text) not in ("owner", "due", "priority"):
        return cells
    return [cells[-1], *cells[:-1]]


def _column_of(cell: Stretch, name: str, fields: Sequence[str | None], cells: Sequence[Stretch]) -> str:
    """The field that a cell holds: its column's, but for a day in the owner's place of a row that is too short."""
    if name != "owner" or cells[-1].text or "due" not in fields or kind_of(cell.text) != "due":
        return name
    return "due" if not cells[fields.index("due")].text else name


def tables_of_items(part: Part) -> Iterator[Block]:
    """The tables of a part without a heading for action items whose own heads say that their rows are some."""
    if part.section_kind() not in _NO_ITEMS_IN:
        yield from (block for block in part.blocks if block.kind == "table" and _says_items(block))


def _says_items(block: Block) -> bool:
    """Whether a table's head calls a column `Action item`, and others what belongs to one.

    `Action` alone may head a log of what was done: it needs an owner, a deadline or priority, and no time beside it.
    """
    names = [cell.inline.text.strip() for cell in block.children[0].children] if block.children else []
    folded, fields = {fold(name) for name in names}, {field_named(name) for name in names if name}
    if not fields & _COLUMNS:
        return False
    if not folded.isdisjoint(words_of("columns")):
        return True
    told = not folded.isdisjoint(words_of("plain_columns")) and not folded & _TIMES
    return told and "owner" in fields and not fields.isdisjoint(("due", "priority"))


def _is_headless(block: Block) -> bool:
    """Whether a table's first row is an item, too: it names no field, and a deadline or an owner stands in it."""
    cells = [cell.inline.text.strip() for cell in block.children[0].children] if block.children else []
    if any(field_named(text) for text in cells if text):
        return False
    return any(kind_of(text) in ("owner", "due", "priority") for text in cells)


def _title_column(fields: Sequence[str | None], rows: Sequence[Sequence[Stretch]]) -> int | None:
    """The column called so, if words stand in it; else the one with the longest text."""
    lengths = [_average(rows, index) for index in range(len(fields))]
    named = [index for index, name in enumerate(fields) if name == "title"]
    wordy = [index for index in named if lengths[index] >= _LEAST_TITLE]
    if wordy or (named and not rows):
        return (wordy or named)[0]
    free = [index for index, name in enumerate(fields) if name in (None, "kind", "criterion")]
    longest = max(free, key=lambda index: lengths[index], default=None)
    if longest is not None and lengths[longest] >= _LEAST_TITLE:
        return longest
    if named:
        return named[0]
    others = [index for index, name in enumerate(fields) if name != "due"]
    longest = max(others, key=lambda index: lengths[index], default=None)
    return longest if longest is not None and lengths[longest] >= 2 * _LEAST_TITLE else None


def _average(rows: Sequence[Sequence[Stretch]], index: int) -> float:
    texts = [row[index].text for row in rows[:_SAMPLE] if index < len(row) and row[index].text]
    return sum(map(len, texts)) / len(texts) if texts else 0.0


def _field_by_cells(rows: Sequence[Sequence[Stretch]], index: int) -> str | None:
    """The field of a column without a name, where every cell of it says so."""
    kinds = {kind_of(row[index].text) for row in rows[:_SAMPLE] if index < len(row) and row[index].text}
    only = kinds.pop() if len(kinds) == 1 else None
    return only if only in ("owner", "due", "priority") else None


def _read_cell(facts: Facts, name: str, cell: Stretch) -> None:
    if name == "due" and _FILE.fullmatch(cell.text):
        return
    if name == "owner" and _DONE_ALONGSIDE.match(cell.text):
        facts.note_status("done")
        return
    if name == "owner" and LOGIN.search(cell.text) is None:
        facts.values.setdefault("owner", []).append(cell)
        return
    facts.add(name, cell)
    if name not in ("link", "due", "owner"):
        return
    if status := _STATUS_BEFORE.match(cell.text) or _STATUS_BEHIND.search(" " + cell.text):
        facts.note_status(status[1])
