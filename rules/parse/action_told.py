"""Whether prose or a list below a heading for action items holds some: paragraphs that promise, lists that only ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from rules.blocks import Block, Stretch
from rules.parse.action_words import words_of
from rules.parse.part import Part
from rules.parse.promises import asks_or_tells, begins_with_verb, look_at
from rules.patterns import Pattern

_LEAD = Pattern(r"[A-Z#][^\n]{1,80}[.!:]$")
_LONGEST = 800  # a longer paragraph tells more than one promise
_FEWEST = 2
_TO_MENTION = Pattern(
    r"@[A-Za-z0-9-]{1,39}(?:[ ,&/]{1,3}@[A-Za-z0-9-]{1,39}){0,3}\s?(?:[-–—:]|\bto|\bwill)\s(?=\S+\s\S)"
)
_LABEL = Pattern(r"([A-Za-z][A-Za-z -]{2,14})\s?:\s")


def tells_items(blocks: Sequence[Block]) -> bool:
    """Whether the paragraphs of a section may be its items: there is neither list nor table, and several promise."""
    if any(block.kind in ("list", "table") for block in blocks):
        return False
    found = (block for block in blocks if block.kind == "paragraph" and is_told_item(block))
    return sum(1 for _ in islice(found, _FEWEST)) == _FEWEST


def is_told_item(block: Block) -> bool:
    """Whether a paragraph as a whole is a promise: it begins in bold, or has fields and says what will be."""
    whole = block.inline.whole().trimmed()
    if not whole.text or len(whole.text) > _LONGEST or whole.text.endswith(":"):
        return False
    strong = whole.leading("strong")
    if strong is not None and strong.end < whole.end:
        lead, rest = whole.part(0, strong.end - whole.start), whole.part(strong.end - whole.start)
        if _LEAD.match(lead.text):
            return not asks_or_tells(rest.trimmed().text)
    look = look_at(whole)
    return look.fielded and look.promising and not look.against


def is_list_of_promises(lines: Sequence[Stretch], *, fewest: int = _FEWEST) -> bool:
    """Whether every line of a paragraph begins as an instruction does."""
    return len(lines) >= fewest and all(_is_instruction(line) for line in lines)


def _is_instruction(line: Stretch) -> bool:
    text = line.text
    if _TO_MENTION.match(text) is not None:
        return True
    return text[0].isupper() and text[-1] != ":" and begins_with_verb(text) and not look_at(line).against


def is_questionnaire(block: Block) -> bool:
    """Whether a list asks rather than promises."""
    texts = [
        item.children[0].inline.text.rstrip(" *_)")
        for item in block.children
        if item.children and item.children[0].kind == "paragraph"
    ]
    asking = sum(text.endswith("?") for text in texts)
    return asking >= _FEWEST and asking * 2 > len(texts)


def are_labelled(root: Part) -> bool:
    """Whether a document tells its items from the text around them by a label, having no section for them."""
    count = 0
    for part in root.walk():
        if part.section_kind() == "actions":
            return False
        if part.section_kind() == "timeline":
            continue
        count += sum(1 for _ in labelled_changes(part))
    return count >= _FEWEST


def labelled_changes(part: Part) -> Iterator[Block]:
    """The bullets of a part that a label calls items."""
    for block in part.blocks:
        if block.kind == "list":
            yield from (item for item in block.children if _labelled_change(item) is not None)


def _labelled_change(item: Block) -> str | None:
    """The label in bold or italics that calls a bullet an item: `*Change:* …`; None if it has none."""
    first = item.children[0] if item.children else item
    if first.kind != "paragraph" or not first.inline.marks:
        return None
    line = first.inline.whole().trimmed()
    if line.leading("strong") is None and line.leading("emphasis") is None:
        return None
    match = _LABEL.match(line.text)
    return match[1] if match is not None and match[1].lower() in words_of("labels") else None
