"""What stands among action items and explains them: sentences about the items, and lists of what their marks mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rules.blocks import Block, Stretch
from rules.parse.action_facts import Facts
from rules.parse.action_groups import group_said
from rules.parse.action_text import read_line
from rules.parse.action_words import words_of
from rules.parse.part import Part
from rules.parse.promises import begins_with_verb
from rules.patterns import Pattern

_ABOUT_ITEMS = Pattern(
    r"(?:(?:all|each|every|any|our|the|these|those|this) )?(?:of (?:the|these) )?"
    r"(?:action items?|(?:these|those|each|every|all(?: the)?) (?:items?|actions?|tasks?)|this (?:section|list|table))"
    r" (?:\w+ ){0,3}?(?:should|must|shall|will|may|can|needs?|ha(?:s|ve)|are|is|falls?|were|was|comes?)\b",
    re.IGNORECASE,
)
_ANNOUNCED = Pattern(
    r"\b(?:types?|kinds?|categor(?:y|ies)|classes|priorit(?:y|ies)|levels?|status(?:es)?|states?|labels?|tags?|columns?"
    r"|legend|meanings?|means?)\b[^:\n]{0,60}:\s*\Z",
    re.IGNORECASE,
)
"""A paragraph that leads on to what marks mean: `Action items fall under three types:`."""
_LEGEND = Pattern(
    r"(?:\A|\.\s)[*_]{0,2}"
    r"(?:(?:legend|priority levels?|meaning)\b[^:\n]{0,40}|key(?: to [^:\n]{0,40})?|where)[*_]{0,2}:\s*\Z",
    re.IGNORECASE,
)
"""One that does so wherever it stands."""
_MARK = Pattern(r"([^\s:=–—-][^:=–—\n-]{0,24}?)\s*(?::|=|[–—]|\s-)\s+\S")
_PRIORITY = Pattern(
    r"p\d|sev[- ]?\d|(?:highest|high|medium|low|lowest|critical|urgent|normal)(?: priority)?", re.IGNORECASE
)
_SIGN = Pattern(r"\W{1,3}")
_PROMISED = frozenset({"owner", "due", "criterion", "link"})
_FEWEST = 2
_LONGEST_LEAD = 200  # characters


def without_explanations(part: Part) -> Sequence[Block]:
    """The blocks of a part for action items without those that only explain the items."""
    blocks = part.blocks
    kept = [block for index, block in enumerate(blocks) if not _explains(part, index)]
    return blocks if len(kept) == len(blocks) else kept


def _explains(part: Part, index: int) -> bool:
    blocks, block = part.blocks, part.blocks[index]
    if block.kind == "paragraph":
        text = block.inline.text.strip("*_ \n")
        return _ABOUT_ITEMS.match(text) is not None and not text.endswith(":") and group_said(block) is None
    if block.kind != "list" or not _lists_marks(block):
        return False
    lead = _lead_of(part, index)[-_LONGEST_LEAD:]
    if _LEGEND.search(lead):
        return True
    behind = any(each.kind in ("list", "table") for each in blocks[index + 1 :])
    return behind and _ANNOUNCED.search(lead) is not None


def _lead_of(part: Part, index: int) -> str:
    """What leads up to a block: the paragraph before it, or the bold or plain line that has been taken for a title."""
    if index:
        before = part.blocks[index - 1]
        return before.inline.text.strip(" *_\n") if before.kind == "paragraph" else ""
    return part.title.rstrip(": ") + ":" if part.label else ""


def _lists_marks(block: Block) -> bool:
    """Whether each bullet of a list says what a mark of its own means: `P0 - Critical for the release`."""
    marks: list[str] = []
    for item in block.children:
        first = item.children[0] if item.children else None
        match = _MARK.match(first.inline.text) if first is not None and first.kind == "paragraph" else None
        if first is None or match is None or item.ticked is not None or _is_promised(first.inline.whole(), match):
            return False
        marks.append(match[1].strip(" *_`").lower())
    return len(marks) >= _FEWEST and len(set(marks)) == len(marks) and all(map(_is_mark, marks))


def _is_promised(line: Stretch, mark: re.Match[str]) -> bool:
    """Whether a bullet says who does something, by when, or how it is told: what a mark means has none of these."""
    facts = Facts()
    read_line(facts, line)
    if not _PROMISED.isdisjoint(facts.values):
        return True
    is_level = _PRIORITY.match(mark[1]) is not None
    return is_level and begins_with_verb(line.text[mark.end() - 1 :])


def _is_mark(text: str) -> bool:
    """Whether a text sorts items: by purpose, by priority, by a sign."""
    return text in words_of("purposes") or _PRIORITY.fullmatch(text) is not None or _SIGN.fullmatch(text) is not None
