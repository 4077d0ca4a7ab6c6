"""Items without any mark, a line or a paragraph each, as in a list that was pasted without its bullets.

`Review the quotas`, `Load tests: Run them weekly.`, `-Add a probe`; around them may stand what leads up to them, labels
that sort them (`Tasks ahead:`), and a closing sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, takewhile
from typing import NamedTuple

from rules.blocks import Block, Stretch
from rules.folding import fold
from rules.headings import announces_prevention, may_mean_actions
from rules.parse.action_lines import table_in
from rules.parse.action_paragraphs import is_list_of_lines, runs_of
from rules.parse.action_text import is_field_line
from rules.parse.action_told import is_list_of_promises
from rules.parse.action_words import words_of
from rules.parse.commitments import are_duties, leads_to_promises
from rules.parse.part import Part
from rules.parse.promises import asks_or_tells, begins_with_verb
from rules.parse.timeline_events import has_clock
from rules.patterns import Pattern

_MARKED_KINDS = frozenset({"list", "table", "code", "quote"})
_DASH = Pattern(r"(?:[-–—•·]{1,2}|\*)(?=[A-Z][a-z]+\b)")
"""A bullet that no blank follows, which Markdown takes for text."""
_TITLE = Pattern(r"[A-Z][^:.!?\n]{2,60}?(?::|\s[-–—])\s+(?=[A-Z])")
"""What an item is called, before its own words: `Load tests: Run them weekly.`"""
_OFTEN = Pattern(
    r"(?:regularly|periodically|routinely|continuously|proactively) (?![a-z-]+(?:ed|ing)\b)[a-z]{3}", re.IGNORECASE
)
"""How often, before what is to be done, whatever the verb."""
_ASKED = Pattern(r"[^.!]{1,120}\?")
_FEWEST = 2
_MOST_BEFORE = 2  # lines that lead up to the items
_MOST_AFTER = 3  # lines that close the section
_LONGEST = 400
_FEWEST_CLOSING_WORDS = 10
_CLOSING = frozenset({"now", "even", "overall", "finally", "together", "conclusion:", "note:", "once", "everyone"})


_IN_FULL = frozenset({
    "task list", "tasks", "list of tasks", "to do", "to-do", "todo", "todos", "to-do list", "todo list", "action items",
    "action item list", "list of action items", "action plan",
})  # fmt: skip
"""Headings of the section that holds the items in full, where several are about what is to be done."""


class _Line(NamedTuple):
    block: Block
    text: Stretch
    asks: bool


def plain_items(blocks: Sequence[Block]) -> Mapping[int, Sequence[Stretch]]:
    """The items of a section, by the offset at which the paragraph begins that holds them; none where it has a list."""
    if any(block.kind in _MARKED_KINDS or table_in(block) is not None for block in blocks):
        return {}
    lines = [line for block in blocks if block.kind == "paragraph" for line in _lines_of(block)]
    asking = [index for index, line in enumerate(lines) if line.asks]
    if len(asking) < _FEWEST or asking[0] > _MOST_BEFORE or any(is_field_line(line.text) for line in lines):
        return {}
    items, behind = lines[asking[0] : asking[-1] + 1], lines[asking[-1] + 1 :]
    if len(items) != len(asking) or len(behind) > _MOST_AFTER or not all(map(_closes, behind)):
        return {}
    found = groupby(items, key=lambda line: line.block.start)
    return {start: [line.text for line in group] for start, group in found}


def promised_lines(blocks: Sequence[Block]) -> Mapping[int, Sequence[Stretch]]:
    """As `plain_items`, of what stands behind a paragraph that leads on to what the authors will do: `We will:`."""
    found: dict[int, Sequence[Stretch]] = {}
    for index, block in enumerate(blocks):
        if leads_to_promises(block):
            found.update(plain_items(list(takewhile(lambda each: each.kind == "paragraph", blocks[index + 1 :]))))
    return found


def listed_lines(block: Block, lines: Sequence[Stretch], *, loose: bool) -> list[Sequence[Stretch]]:
    """The lines of a paragraph among action items that are one each, in runs between labels.

    `loose`: lines that begin as instructions do will be enough.
    """
    found = [
        run
        for run in runs_of(lines)
        if is_list_of_lines(run) or are_duties(run) or (loose and is_list_of_promises(run))
    ]
    return found or (list(plain_items((block,)).values()) if loose else [])


def parts_with_plain_lines(root: Part) -> frozenset[int]:
    """The ids of the sections for action items in which lines without a mark count.

    Of several, those are the task list if there is one, and none that may tell of the incident (`Mitigation`).
    """
    parts = [part for part in root.walk() if part.section_kind() == "actions"]
    full = [part for part in parts if fold(part.title) in _IN_FULL]
    sure = full or [part for part in parts if not may_mean_actions(part.title) or announces_prevention(part.title)]
    return frozenset(id(part) for part in (sure if len(parts) > 1 else parts))


def _lines_of(block: Block) -> Iterator[_Line]:
    """The lines of a paragraph without those that lead on; those with a dash each count, whatever they say."""
    lines = [line for line in block.inline.whole().lines() if line.text]
    if len(lines) > 1 and all(_DASH.match(line.text) for line in lines):
        yield from (_Line(block, _bare(line), asks=True) for line in lines)
        return
    for line in lines:
        if not line.text.endswith((":", "：")):
            bare = _bare(line)
            yield _Line(block, bare, _is_instruction(bare.text))


def _bare(line: Stretch) -> Stretch:
    mark = _DASH.match(line.text)
    return line.part(mark.end()).trimmed() if mark is not None else line


def _is_instruction(text: str) -> bool:
    """Whether a line says what to do, behind a title of its own or not."""
    if not text[0].isupper() or text[-1] in "?," or len(text) > _LONGEST or has_clock(text) or asks_or_tells(text):
        return False
    if _ASKED.match(text):
        return False
    title = _TITLE.match(text)
    return _begins_so(text[title.end() :]) if title is not None else _begins_so(text)


def _begins_so(text: str) -> bool:
    if _OFTEN.match(text):
        return True
    return text.partition(" ")[0].lower() not in words_of("tellers") and begins_with_verb(text)


def _closes(line: _Line) -> bool:
    """Whether a line only ends the section: a sentence of some length, or one that begins as what tells does."""
    words = line.text.text.split()
    first = words[0].lower().rstrip(",")
    return len(words) >= _FEWEST_CLOSING_WORDS or first in _CLOSING or first in words_of("tellers")
