"""Bullets with bullets below them: an item with the details of how, or a head that only sorts the items below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rules.layouts import title_weight
from rules.markdown import Block, Stretch
from rules.parse.action_facts import Facts
from rules.parse.action_text import is_field_line, read_line
from rules.parse.promises import begins_with_verb
from rules.patterns import Pattern
from rules.words import word_list

_SORTS = Pattern(
    r"(?:immediate|short|medium|mid|long|near|quick|next|later|other|misc|prevent(?:ion|ive|ative)|detection|mitigation"
    r"|process|documentation|technical|monitoring|alerting|people|tooling|training|communication|testing|infrastructure)"
    r"\w*\b|(?:this|next|p[0-4]|high|low)\b",
    re.IGNORECASE,
)
"""What sorts the items below it, where it is no more than a few words."""
_BRACKETED = Pattern(r"\s*\([^()\n]{1,40}\)\s*$")
_FIELDS = frozenset({"owner", "due", "priority", "criterion", "title"})
_FEWEST_WORDS = 3
_FEWEST_WORDS_OF_STEP = 2  # of a numbered one among others
_MOST_WORDS_OF_SORT = 3


def is_item_with_details(line: Stretch, below: Sequence[Block], beside: Block) -> bool:
    """Whether a bullet that is bold, or ends in a colon, is an item whose details stand in the bullets below it.

    It is if it asks for something by a verb with an outcome (`Inventory all domains:`), or if it stands among items of
    the list `beside` that are complete without any such bullets. What is owned, dated or boxed below it is an item.
    """
    title = title_of(line)
    words = title.split()
    if len(words) < _FEWEST_WORDS_OF_STEP or _only_sorts(title, words):
        return False
    nested = [item for block in below for item in block.children]
    if any(item.ticked is not None or _is_fielded(first_line(item)) for item in nested):
        return False
    if asks_for_outcome(title):
        return True
    if not _stands_among_items(line, beside):
        return False
    if beside.ordered:
        return True
    return len(words) >= _FEWEST_WORDS and not any(_asks(first_line(item)) for item in nested)


def asks_for_outcome(title: str) -> bool:
    """Whether a title begins with a verb with an outcome and says of what: `Inventory all domains`."""
    words = title.split()
    return len(words) >= _FEWEST_WORDS and words[0].lower() in _outcomes()


def title_of(line: Stretch) -> str:
    """A head's words, without the signs and remarks around them."""
    return _BRACKETED.sub("", line.text.strip(" :*_")).strip(" :*_")


def first_line(item: Block) -> Stretch:
    """The text of a bullet itself."""
    first = item.children[0] if item.children else item
    return first.inline.whole().trimmed()


def _only_sorts(title: str, words: Sequence[str]) -> bool:
    if len(words) <= _MOST_WORDS_OF_SORT and _SORTS.match(title) is not None:
        return True
    return title_weight(title) > 0 and not begins_with_verb(title)


def _is_fielded(line: Stretch) -> bool:
    if is_field_line(line):
        return True
    facts = Facts()
    read_line(facts, line)
    return not _FIELDS.isdisjoint(facts.values) and facts.title is not None


def _stands_among_items(line: Stretch, beside: Block) -> bool:
    """Whether most bullets of a list, but for this one, have no bullets below them, or ask for an outcome."""
    others = [item for item in beside.children if item.children and first_line(item).text != line.text]
    return bool(others) and sum(map(_is_complete, others)) * 2 >= len(others)


def _is_complete(item: Block) -> bool:
    return all(child.kind != "list" for child in item.children) or asks_for_outcome(title_of(first_line(item)))


def _asks(line: Stretch) -> bool:
    """Whether a bullet begins as an instruction does, and not with a label (`Trigger: …`)."""
    first = line.text.partition(" ")[0]
    return not first.endswith(":") and begins_with_verb(line.text)


@cache
def _outcomes() -> frozenset[str]:
    return frozenset(verb.partition(" ")[0] for verb in word_list("actions", "verbs"))
