"""Bullets with bullets below them: an item with the details of how, or a head that only sorts the items below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from rules.blocks import Block, Stretch, first_line
from rules.headings import title_weight
from rules.parse.action_facts import Facts
from rules.parse.action_groups import group_said
from rules.parse.action_text import begins_with_field, is_field_line, labels_action, read_line
from rules.parse.action_words import field_named
from rules.parse.labels import label_at
from rules.parse.promises import begins_with_verb, tells_what_became_of_thing
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
_FEWEST_BULLETS = 2
_FEWEST_COLUMNS = 2
_FEWEST_WORDS = 3
_FEWEST_WORDS_OF_STEP = 2  # of a numbered one among others
_MOST_WORDS_OF_SORT = 3


class Beside(NamedTuple):
    """The list that a bullet stands in.

    Attributes:
        ordered: a numbered one.
        bullets: how many it has.
        complete: those of them that have no bullets below them, or ask for an outcome.
    """

    ordered: bool
    bullets: int
    complete: int


def beside_in(block: Block) -> Beside:
    """What the bullets of a list stand beside."""
    filled = [item for item in block.children if item.children]
    return Beside(block.ordered, len(filled), sum(map(_is_complete, filled)))


def is_item_with_details(line: Stretch, below: Sequence[Block], beside: Beside) -> bool:
    """Whether a bullet that is bold, or ends in a colon, is an item whose details stand in the bullets below it.

    It is if it asks for something by a verb with an outcome (`Inventory all domains:`), or if it stands among items of
    the list `beside` that are complete without any such bullets. What is owned, dated or boxed below it is an item.
    """
    title = title_of(line)
    words = title.split()
    if len(words) < _FEWEST_WORDS_OF_STEP or _only_sorts(title, words):
        return False
    if not are_details(below):
        return False
    nested = [item for block in below for item in block.children]
    asked = any(_asks(first_line(item)) for item in nested)
    if asks_for_outcome(title) or (tells_what_became_of_thing(line.trimmed(" :*_")) and not asked):
        return True
    if beside.bullets < _FEWEST_BULLETS or beside.complete * 2 < beside.bullets - 1:  # all but this one, which is not
        return False
    if beside.ordered:
        return True
    return len(words) >= _FEWEST_WORDS and not asked


def side_by_side(block: Block, text: str) -> Block:
    """A list with those bullets side by side that are set in alike but for which Markdown tells one inside another.

    Where some bullets begin with two blanks and others with none, the former are no details of the latter.
    """
    columns = {_column(item, text) for item in block.children}
    if len(columns) < _FEWEST_COLUMNS:
        return block
    children: list[Block] = []
    for item in block.children:
        beside = [each for each in item.children if each.kind == "list" and _column(each.children[0], text) in columns]
        own = tuple(each for each in item.children if each not in beside)
        end = max((each.end for each in own), default=item.end)
        children.append(item._replace(children=own, end=end) if beside else item)
        children.extend(each for nested in beside for each in nested.children)
    return block._replace(children=tuple(children))


def _column(item: Block, text: str) -> int:
    start = item.start
    while text[start : start + 1] in (" ", "\t"):
        start += 1
    return start - text.rfind("\n", 0, start)


def are_details(lists: Iterable[Block]) -> bool:
    """Whether no bullet of some lists has an owner, a date or a box of its own, which would make it an item."""
    return not any(
        item.ticked is not None or _is_fielded(first_line(item)) for block in lists for item in block.children
    )


def asks_for_outcome(title: str) -> bool:
    """Whether a title begins with a verb with an outcome and says of what: `Inventory all domains`."""
    words = title.split()
    return len(words) >= _FEWEST_WORDS and words[0].lower() in _outcomes()


def details_behind(blocks: Sequence[Block], index: int) -> Sequence[Block]:
    """The paragraphs of fields behind a list of one item that stands between others like it."""
    end = index
    while end < len(blocks) and blocks[end].kind == "paragraph" and group_said(blocks[end]) is not None:
        end += 1
    return blocks[index:end]


def items_of(bullets: Sequence[Block]) -> list[Sequence[Block]]:
    """The bullets of a list by the item that they are: each with those behind it that only hold a field of it.

    Where the action is a field like the others, and not the first, an item begins where the first one comes again.
    """
    named = [_field_of(bullet) for bullet in bullets]
    first = named[0] if named else None
    if first not in (None, "title") and named.count(first) == named.count("title"):
        starts = [index for index, name in enumerate(named) if name == first]
    else:
        starts = [index for index, bullet in enumerate(bullets) if not index or not _is_follower(bullet)]
    return [bullets[start:end] for start, end in zip(starts, (*starts[1:], len(bullets)), strict=True)]


def _field_of(bullet: Block) -> str | None:
    """The field of an item that a bullet's label names, if it has one."""
    if not bullet.children or bullet.children[0].kind != "paragraph":
        return None
    label = label_at(first_line(bullet))
    return field_named(label.text.text) if label is not None else None


def _is_follower(item: Block) -> bool:
    """Whether a bullet holds nothing but a field of the bullet before it."""
    if item.ticked is not None or not item.children or item.children[0].kind != "paragraph":
        return False
    line = item.children[0].inline.whole().trimmed()
    return begins_with_field(line) and not _holds_action(line)


def _holds_action(line: Stretch) -> bool:
    """Whether the action stands behind an item's fields: `Owner: Ana / no due date / cap it`, `DRI: Ana. Cap it`.

    Behind its label it may be worded in any way: `Due: 2026-06-01. Task: Smaller pool`.
    """
    if labels_action(line):
        return True
    facts = Facts()
    read_line(facts, line)
    return facts.title is not None and (" / " in line.text or begins_with_verb(facts.title_text()))


def title_of(line: Stretch) -> str:
    """A head's words, without the signs and remarks around them."""
    return _BRACKETED.sub("", line.text.strip(" :*_")).strip(" :*_")


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


def _is_complete(item: Block) -> bool:
    line = first_line(item)
    if all(child.kind != "list" for child in item.children) or asks_for_outcome(title_of(line)):
        return True
    return tells_what_became_of_thing(line.trimmed(" :*_"))


def _asks(line: Stretch) -> bool:
    """Whether a bullet begins as an instruction does, and not with a label (`Trigger: …`)."""
    first = line.text.partition(" ")[0]
    return not first.endswith(":") and begins_with_verb(line.text)


@cache
def _outcomes() -> frozenset[str]:
    return frozenset(verb.partition(" ")[0] for verb in word_list("actions", "verbs"))
