"""Writing a deadline into an item, the way the item writes its other fields."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rules.actions.as_written import own_label
from rules.actions.tables import DELIMITER_ROW, cells_of
from rules.parse.action_words import field_named
from rules.parse.misspelled import is_slip
from rules.patterns import Pattern
from rules.placeholders import is_nothing, is_template
from rules.postmortem import ActionItem, Postmortem, Span, Text
from rules.rule import Edit

_NESTED = Pattern(
    r"(?P<indent>[ \t]*)(?P<bullet>[-*+][ \t]+)(?P<open>\*\*|__)?(?P<label>[A-Za-z][\w /()-]{0,40}?)[ \t]?"
    r"(?P<close>:(?:\*\*|__)|(?:\*\*|__):|:)(?=[ \t]|$)"
)
_INLINE = Pattern(
    r"(?P<gap>[.;,][ \t]+|[ \t]*[|·•][ \t]+|[ \t]+[-–—][ \t]+)(?P<open>\*\*|__)?(?P<label>[Pp]riority|[Pp]rio|PRIORITY)"
    r"(?P<close>:(?:\*\*|__)|(?:\*\*|__):|:)[ \t]*(?:\*\*|__)?$"
)


_LABELLED = Pattern(r"([A-Za-z]+)(?:[ \t]+(?:date|by))?[*_]{0,2}[ \t]?:")
_DEADLINES = ("deadline", "target", "complete")


class DeadlineWriter:
    """Knows where in a document a deadline can be written. Made once for a document, since it notes its tables."""

    def __init__(self, postmortem: Postmortem) -> None:
        self._source = postmortem.source
        self._label = own_label(postmortem, "due", "Deadline")
        lines = range(1, self._source.lines + 1)
        rows = (number for number in lines if "|" in self._source.line(number))
        self._tables = [number for number in rows if DELIMITER_ROW.fullmatch(self._source.line(number))]

    def edit(self, item: ActionItem, deadline: date) -> Edit | None:
        """The edit that gives an item a deadline it does not have; None where the place for it is not certain."""
        if item.due_text is not None:
            return Edit(item.due_text.span, deadline.isoformat())
        last = item.span.end_line - (item.span.end_column == 1)
        lines = range(item.span.line, last + 1)
        if len(lines) == 1 and (cell := self._cell_edit(item, deadline)):
            return cell
        labelled = [(number, label) for number in lines[1:] for label in self._labels(number)]
        if any(field_named(label["label"]) == "due" for _, label in labelled):
            return self._blank_edit(labelled, deadline)
        if self._may_have_one(lines):
            return None
        nested = self._nested_edit(labelled, deadline)
        return nested or self._inline_edit(item.priority_text, item.span, deadline)

    def _may_have_one(self, lines: Iterable[int]) -> bool:
        """Whether a label of the item may be a deadline's, misspelled: a second date must not overrule that one."""
        words = (match[1] for number in lines for match in _LABELLED.finditer(self._source.line(number)))
        return any(is_slip(word.lower(), known) for word in words for known in _DEADLINES)

    def _labels(self, number: int) -> Iterator[re.Match[str]]:
        match = _NESTED.match(self._source.line(number))
        if match is not None and field_named(match["label"]) is not None:
            yield match

    def _blank_edit(self, labelled: Sequence[tuple[int, re.Match[str]]], deadline: date) -> Edit | None:
        """Fill in `- Deadline: TBD`; None if it holds anything else."""
        number, label = next(each for each in labelled if field_named(each[1]["label"]) == "due")
        line = self._source.line(number)
        value = line[label.end() :]
        if not is_nothing(value) and not is_template(value):
            return None
        return Edit(Span(number, label.end() + 1, number, len(line) + 1), f" {deadline.isoformat()}")

    def _nested_edit(self, labelled: Sequence[tuple[int, re.Match[str]]], deadline: date) -> Edit | None:
        """A bullet of its own before the one with the priority, else before the first."""
        bullets = {field_named(label["label"]): (number, label) for number, label in reversed(labelled)}
        place = bullets.get("priority") or bullets.get("criterion") or bullets.get("owner")
        if place is None:
            return None
        number, label = place
        word = self._label.lower() if label["label"].islower() else self._label
        opening = f"{label['indent']}{label['bullet']}{label['open'] or ''}{word}{label['close']}"
        return Edit(Span(number, 1, number, 1), f"{opening} {deadline.isoformat()}\n")

    def _inline_edit(self, priority: Text | None, item: Span, deadline: date) -> Edit | None:
        """`Deadline: …` before `Priority: …` in running text, set apart as that is."""
        if priority is None or not (item[:2] <= priority.span[:2] < item[2:]):
            return None
        before = self._source.line(priority.span.line)[: priority.span.column - 1]
        match = _INLINE.search(before[-80:])
        if match is None or _is_in_cell(self._source.line(priority.span.line)):
            return None
        at = len(before) - len(before[-80:]) + match.end("gap") + 1
        word = self._label.lower() if match["label"].islower() else self._label
        gap = match["gap"]
        text = f"{match['open'] or ''}{word}{match['close']} {deadline.isoformat()}{gap}"
        return Edit(Span(priority.span.line, at, priority.span.line, at), text)

    def _cell_edit(self, item: ActionItem, deadline: date) -> Edit | None:
        """The empty cell of the table's column for deadlines."""
        above = bisect_left(self._tables, item.span.line) - 1
        if above < 0 or "|" not in self._source.line(item.span.line):
            return None
        head = [name.strip(" \t*_`") for name, _, _ in cells_of(self._source.line(self._tables[above] - 1))]
        columns = [index for index, name in enumerate(head) if field_named(name) == "due"]
        cells = list(cells_of(self._source.line(item.span.line)))
        if len(columns) != 1 or len(cells) != len(head):
            return None
        value, start, end = cells[columns[0]]
        if not is_nothing(value) and not is_template(value):
            return None
        return Edit(Span(item.span.line, start + 1, item.span.line, end + 1), f" {deadline.isoformat()} ")


def _is_in_cell(line: str) -> bool:
    return line.lstrip().startswith("|")
