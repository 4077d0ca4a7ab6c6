"""Action items that have a heading of their own: `### 1. Alert on lag`, with prose or fields below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.blocks import Block, Stretch, lines_of
from rules.parse.action_details import are_details, asks_for_outcome
from rules.parse.action_groups import is_finished, is_horizon, is_person
from rules.parse.action_text import is_field_line
from rules.parse.action_words import IDENTIFIER, PRIORITY
from rules.parse.part import Part
from rules.parse.promises import begins_with_verb
from rules.patterns import Pattern

_NUMBER = Pattern(
    r"(?:action(?: item)?\s*)?#?\d{1,2}\s?[.):]\s+|\d{1,2}\s[-–—]\s+(?=[^\W\d])"
    r"|action(?: item)?\s*#?\d{1,2}\s?[-–—]\s+",
    re.IGNORECASE,
)
_MENTION = Pattern(r"@[A-Za-z0-9-]{1,39}_?[A-Za-z0-9_-]{0,20}\b:?\s")
_RULE = Pattern(r"(?:never|always|do not|don['’]t)\b", re.IGNORECASE)
"""What a heading begins with that gives a rule, of which nothing but an example stands below it."""
_SENTENCE_END = Pattern(r"[.!]\s")
_FEWEST_WORDS = 3  # a shorter title with a list below it heads a group


def is_item(part: Part, names: frozenset[str]) -> bool:
    """Whether a heading below that of the action items is an item, rather than the head of some."""
    if part.kind is not None or not part.title or not part.words.text or _heads_others(part.title, names):
        return False
    blocks = list(item_blocks(part))
    if not blocks or any(not below.label for below in part.parts):
        return False
    lines = [line for block in blocks for line in _lines(block)]
    about = sum(1 for line in lines if is_field_line(line))
    if about and about * 2 >= len(lines):
        return True
    bulleted = _has_list_of_items(part.blocks)
    if about and not (bulleted and is_horizon(part.title)):
        return not bulleted or _prose_first(part.blocks)
    if part.label:
        return False
    title = part.title[begin(part.words.whole().trimmed()) :]
    if _RULE.match(title) and _holds_only_quotes(part.blocks):
        return False
    if len(title.split()) < (_FEWEST_WORDS if title == part.title else 2):
        return False
    if bulleted:
        return title != part.title and (_prose_first(part.blocks) or _has_only_details(title, part.blocks))
    if title == part.title and _holds_only_quotes(part.blocks) and not begins_with_verb(title):
        return False
    return _is_prose(part.blocks) and (title != part.title or not is_horizon(title))


def _heads_others(title: str, names: frozenset[str]) -> bool:
    """Whether a heading says whose what stands below it is, or that it is done, and not only that it is done itself."""
    return is_person(title, names) or (is_finished(title) and ("(" not in title or is_horizon(title)))


def item_blocks(part: Part) -> Iterator[Block]:
    """The blocks of an item that is a heading, those under bold lines included."""
    for here in part.walk():
        yield from here.blocks


def begin(title: Stretch) -> int:
    """The index in a heading's text behind its number and marks, where they show that it is one of several items."""
    number = _NUMBER.match(title.text)
    if number is not None:
        return number.end()
    for pattern in (IDENTIFIER, PRIORITY, _MENTION):
        if match := pattern.match(title.text):
            return match.end()
    return 0


def addressee_of(title: Stretch) -> tuple[Stretch | None, Stretch]:
    """Whom a heading is addressed to, if it begins with a mention, and the rest of it."""
    match = _MENTION.match(title.text)
    if match is None:
        return None, title
    return title.part(0, match.end()).trimmed(": "), title.part(match.end()).trimmed()


def number_of(title: Stretch) -> int:
    """The length of the number a heading begins with."""
    match = _NUMBER.match(title.text)
    return match.end() if match else 0


def _has_list_of_items(blocks: list[Block]) -> bool:
    for block in blocks:
        if block.kind == "table":
            return True
        if block.kind == "list" and any(not is_field_line(line) for line in _lines(block)):
            return True
    return False


def _has_only_details(title: str, blocks: list[Block]) -> bool:
    """Whether a heading asks for an outcome, and the bullets below it say no more than how."""
    lists = [block for block in blocks if block.kind == "list"]
    return len(lists) == len(blocks) and asks_for_outcome(title) and are_details(lists)


def _prose_first(blocks: list[Block]) -> bool:
    """Whether a paragraph comes first that tells more than that a list follows."""
    first = blocks[0] if blocks else None
    if first is None or first.kind != "paragraph":
        return False
    text = first.inline.text.rstrip()
    return not text.endswith(":") or (_SENTENCE_END.search(text) is not None and _are_steps(blocks[1:]))


def _are_steps(blocks: list[Block]) -> bool:
    """Whether the lists among some blocks are numbered, as how to do something is told."""
    lists = [block for block in blocks if block.kind == "list"]
    return bool(lists) and all(block.ordered for block in lists)


def _is_prose(blocks: list[Block]) -> bool:
    return bool(blocks) and all(block.kind in ("paragraph", "code", "quote", "html", "rule") for block in blocks)


def _holds_only_quotes(blocks: list[Block]) -> bool:
    """Whether some blocks are code or quotes, and nothing but what leads up to them."""
    told = [block for block in blocks if block.kind == "paragraph" and not block.inline.text.rstrip().endswith(":")]
    return not told and any(block.kind in ("code", "quote") for block in blocks)


def _lines(block: Block) -> Iterator[Stretch]:
    """The lines of a paragraph, a list, or what is quoted."""
    if block.kind != "quote":
        yield from lines_of(block)
        return
    for below in block.children:
        yield from _lines(below)
