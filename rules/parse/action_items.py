"""Action items from bullets, numbered lists, checkboxes, tables, groups, and headings with their fields below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rules.markdown import Block, Stretch
from rules.parse.action_facts import Facts
from rules.parse.action_text import begins_with_field, is_field_line, read_detail, read_line
from rules.parse.action_words import NO_ITEMS, PLACEHOLDER, REASON, REFERENCE, URL, field_named, level_of
from rules.parse.dates import date_of
from rules.parse.outline import Part, label_at, text_of
from rules.parse.people import LOGIN, people_in
from rules.postmortem import ActionItem, Person, Text
from rules.source import Source

_LABELLED = re.compile(r"(?:\[|\()?action items?(?:\]|\))?", re.IGNORECASE)
_ONLY_MENTION = re.compile(r"@[A-Za-z0-9-]{1,39}:?")


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds for every item below a heading or a group's head, unless the item says otherwise."""

    owner: Stretch | None = None
    due: Stretch | None = None
    priority: Stretch | None = None


def action_items(source: Source, root: Part, names: frozenset[str]) -> tuple[ActionItem, ...]:
    """The items in document order. `names` are the people the document names, in lower case."""
    reader = _Reader(source, names)
    found: list[ActionItem] = []
    for part in root.walk():
        if part.section_kind() == "actions":
            found.extend(reader.items_of(part))
        else:
            found.extend(reader.labelled_in(part))
    return tuple(found)


def no_actions_reason(root: Part) -> str | None:
    """Why there are no action items, if the section says that there are none; empty if it says no more."""
    for part in root.walk():
        if part.section_kind() != "actions":
            continue
        for block in part.blocks:
            text = " ".join(text_of(block).split())
            if len(text) <= 2000 and (match := NO_ITEMS.match(text)) and _ends_statement(text, match.end()):
                reason = REASON.match(text, match.end())
                return reason[1].strip(" .)") if reason else ""
    return None


def _ends_statement(text: str, end: int) -> bool:
    return end == len(text) or REASON.match(text, end) is not None


class _Reader:
    """Reads the items of one document."""

    def __init__(self, source: Source, names: frozenset[str]) -> None:
        self._source = source
        self._names = names

    def items_of(self, part: Part) -> Iterator[ActionItem]:
        """The items of one part, without those of the parts below it."""
        if (item := self._from_heading(part)) is not None:
            yield item
            return
        group = self._group_of(part)
        for block in part.blocks:
            if block.kind == "list":
                yield from self._from_list(block, group)
            elif block.kind == "table":
                yield from self._from_table(block, group)
            elif block.kind == "paragraph":
                yield from self._from_paragraph(block, group)

    def labelled_in(self, part: Part) -> Iterator[ActionItem]:
        """The paragraphs outside the section that call themselves action items: `**Action item:** …`."""
        for block in part.blocks:
            if block.kind != "paragraph":
                continue
            label = label_at(block.inline.whole().trimmed())
            if label is not None and label.bold and label.value.text and _LABELLED.fullmatch(label.text.text):
                yield from self._item(Facts(names=self._names), label.value, (block,), _Group())

    def _group_of(self, part: Part) -> _Group:
        """What a part's title says of the items below it: whose they are, or by when."""
        title = part.words.whole().trimmed()
        facts = Facts()
        if part.kind is None and part.title and self._is_person(part.title) and title.text:
            facts.values["owner"] = [title]
        elif title.text:
            read_line(facts, title)
            facts.values.pop("owner", None)
        due = facts.values.get("due", [None])[0]
        dated = due if due and date_of(due.text) else None
        return _Group(facts.values.get("owner", [None])[0], dated, facts.values.get("priority", [None])[0])

    def _is_person(self, text: str) -> bool:
        bare = text.strip(" :*_").lower()
        return _ONLY_MENTION.fullmatch(text.strip(" *_")) is not None or bare in self._names

    def _from_heading(self, part: Part) -> ActionItem | None:
        """A heading with nothing but an item's fields below it."""
        if part.kind is not None or not part.title or not part.blocks:
            return None
        lines = [line for block in part.blocks for line in _lines(block)]
        about = sum(1 for line in lines if is_field_line(line))
        if not about or about * 2 < len(lines):
            return None
        facts = Facts()
        title = part.words.whole().trimmed()
        if not title.text:
            return None
        read_line(facts, title)
        for block in part.blocks:
            _read_block(facts, block)
        return self._made(facts, (part.heading[0], part.blocks[-1].end), part.blocks, _Group())

    def _from_list(self, block: Block, group: _Group) -> Iterator[ActionItem]:
        """The items of a list; bullets that only hold a field belong to the item before them."""
        index = 0
        while index < len(block.children):
            first = index
            index += 1
            while index < len(block.children) and _is_follower(block.children[index]):
                index += 1
            yield from self._from_item(block.children[first], group, block.children[first + 1 : index])

    def _from_item(self, item: Block, group: _Group, followers: Sequence[Block] = ()) -> Iterator[ActionItem]:
        first = item.children[0] if item.children else None
        if first is None or first.kind != "paragraph":
            for child in item.children:
                if child.kind == "list":
                    yield from self._from_list(child, group)
            return
        line = first.inline.whole().trimmed()
        below = [child for child in item.children if child.kind == "list"]
        if below and self._heads_group(line, below):
            own = _Group(line, group.due, group.priority) if self._is_person(line.text) else group
            for child in below:
                yield from self._from_list(child, own)
            return
        facts = Facts(done=item.ticked is True, names=self._names)
        for child in (*item.children[1:], *(each for follower in followers for each in follower.children)):
            _read_block(facts, child)
        yield from self._item(facts, line, (item, *followers), group)

    def _heads_group(self, line: Stretch, below: list[Block]) -> bool:
        """Whether a bullet is only the head of the bullets below it."""
        if any(is_field_line(nested) for block in below for nested in _lines(block)):
            return False
        if self._is_person(line.text) or line.text.endswith(":"):
            return True
        strong = line.leading("strong")
        return strong is not None and strong.end >= line.end

    def _from_paragraph(self, block: Block, group: _Group) -> Iterator[ActionItem]:
        """A paragraph is prose, unless it is labelled line by line or begins like an item."""
        whole = block.inline.whole().trimmed()
        lines = list(whole.lines())
        about = sum(1 for line in lines if is_field_line(line))
        label = label_at(whole)
        if label is not None and label.bold and label.value.text and _LABELLED.fullmatch(label.text.text):
            yield from self._item(Facts(names=self._names), label.value, (block,), group)
        elif about >= 2 and len(lines) > about and not is_field_line(lines[0]):
            facts = Facts()
            read_detail(facts, lines[0])
            for line in lines[1:]:
                read_detail(facts, line)
            yield from self._item(facts, lines[0], (block,), group)

    def _from_table(self, block: Block, group: _Group) -> Iterator[ActionItem]:
        if not block.children:
            return
        fields = [field_named(cell.inline.text) for cell in block.children[0].children]
        if "title" not in fields:
            free = [index for index, name in enumerate(fields) if name in (None, "kind")]
            if not free:
                return
            fields[free[0]] = "title"
        title = fields.index("title")
        for row in block.children[1:]:
            facts = Facts(names=self._names)
            for name, cell in zip(fields, row.children, strict=False):
                if name not in (None, "title", "kind"):
                    _read_cell(facts, name, cell.inline.whole().trimmed())
            if title < len(row.children):
                line = row.children[title].inline.whole().trimmed()
                yield from self._item(facts, line, (row,), group)

    def _item(self, facts: Facts, line: Stretch, blocks: Sequence[Block], group: _Group) -> Iterator[ActionItem]:
        """The item in some blocks, whose own text is `line`; none for a placeholder."""
        if facts.title is None and (PLACEHOLDER.fullmatch(line.text) or _says_none(line.text)):
            return
        strike = line.leading("strike")
        if strike is not None and strike.end - line.start >= len(line.text) * 0.6:
            facts.done = True
        read_line(facts, line)
        if facts.title is not None and PLACEHOLDER.fullmatch(facts.title.text):
            return
        item = self._made(facts, (blocks[0].start, blocks[-1].end), blocks, group, line)
        if item is not None:
            yield item

    def _made(
        self, facts: Facts, place: tuple[int, int], blocks: Sequence[Block], group: _Group, line: Stretch | None = None
    ) -> ActionItem | None:
        title = facts.title or line
        if title is None or not title.text:
            return None
        owners = facts.values.get("owner") or ([group.owner] if group.owner else [])
        due = next(iter(facts.values.get("due", [])), group.due)
        priority = next(iter(facts.values.get("priority", [])), group.priority)
        criterion = next(iter(facts.values.get("criterion", [])), None)
        return ActionItem(
            title=facts.title_text() or " ".join(title.text.split()),
            owners=self._people(owners),
            due=_due(due),
            due_text=self._text(due),
            priority=level_of(priority.text) if priority else None,
            priority_text=self._text(priority),
            criterion=self._text(criterion),
            done=facts.done,
            declined=facts.declined,
            links=_links(blocks, self._source.text[place[0] : place[1]]),
            id=next((value.text for value in facts.values.get("id", [])), None),
            span=self._source.span(*place),
            title_span=self._source.span(*title.offsets()),
        )

    def _people(self, values: list[Stretch]) -> tuple[Person, ...]:
        people: dict[str, Person] = {}
        for value in values:
            for person in people_in(self._source, value):
                people.setdefault((person.login or person.name).lower(), person)
        return tuple(people.values())

    def _text(self, value: Stretch | None) -> Text | None:
        if value is None or PLACEHOLDER.fullmatch(value.text):
            return None
        return Text(" ".join(value.text.split()), self._source.span(*value.offsets()))


def _is_follower(item: Block) -> bool:
    """Whether a bullet holds nothing but a field of the bullet before it."""
    if item.ticked is not None or not item.children or item.children[0].kind != "paragraph":
        return False
    return begins_with_field(item.children[0].inline.whole().trimmed())


def _due(value: Stretch | None) -> date | None:
    return date_of(value.text) if value is not None else None


def _says_none(text: str) -> bool:
    match = NO_ITEMS.match(text)
    return match is not None and _ends_statement(text, match.end())


def _links(blocks: Sequence[Block], text: str) -> tuple[str, ...]:
    """URLs and issue references in an item, each once; `text` is the item as it stands in the document."""
    targets: list[str] = []
    pending = list(reversed(blocks))
    while pending:
        block = pending.pop()
        targets.extend(mark.target for mark in block.inline.marks if mark.kind == "link" and URL.match(mark.target))
        pending.extend(reversed(block.children))
    urls = [match[0].rstrip(".,;:") for match in URL.finditer(text)]
    references = [match[0] for match in REFERENCE.finditer(URL.sub(" ", text))]
    return tuple(dict.fromkeys([*targets, *urls, *references]))


def _lines(block: Block) -> Iterator[Stretch]:
    """The lines of a paragraph, or of the first paragraph of each item of a list."""
    if block.kind == "paragraph":
        yield from block.inline.whole().lines()
    elif block.kind == "list":
        for item in block.children:
            if item.children and item.children[0].kind == "paragraph":
                yield item.children[0].inline.whole().trimmed()


def _read_block(facts: Facts, block: Block) -> None:
    """The fields in a block below an item."""
    if block.kind == "paragraph":
        for line in block.inline.whole().lines():
            read_detail(facts, line)
    elif block.kind == "list":
        for item in block.children:
            if not item.children or item.children[0].kind != "paragraph":
                continue
            below = (line for child in item.children[1:] for line in _lines(child))
            read_detail(facts, item.children[0].inline.whole().trimmed(), below)


def _read_cell(facts: Facts, name: str, cell: Stretch) -> None:
    if name == "owner" and LOGIN.search(cell.text) is None:
        facts.values.setdefault("owner", []).append(cell)
    else:
        facts.add(name, cell)
