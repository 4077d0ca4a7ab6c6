"""Action items from bullets, numbered lists, checkboxes, tables, groups, and headings with their fields below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from rules.blocks import Block, Stretch
from rules.parse.action_addressees import addressees_of
from rules.parse.action_details import (
    Beside,
    beside_in,
    details_behind,
    is_item_with_details,
    items_of,
    side_by_side,
)
from rules.parse.action_facts import Facts
from rules.parse.action_findings import tells_fact, tells_findings
from rules.parse.action_groups import (
    group_head,
    group_of,
    group_said,
    heads_group,
    is_aside,
    is_lone_head,
    is_person,
    says_finished,
)
from rules.parse.action_headings import addressee_of, is_item, item_blocks, number_of
from rules.parse.action_legends import without_explanations
from rules.parse.action_lines import addressee_of as addressee_told
from rules.parse.action_lines import items_in, table_in
from rules.parse.action_making import Group, make_item
from rules.parse.action_paragraphs import (
    Called,
    bare_item,
    bare_items,
    called_item,
    called_items,
    details_of_owned,
    first_sentence,
    lone_promise,
    owned_item,
    told_in_label,
    without_details,
)
from rules.parse.action_tables import table_rows, tables_of_items
from rules.parse.action_text import (
    is_field_line,
    read_block,
    read_detail,
    read_line,
    take_description,
    without_verdict,
)
from rules.parse.action_told import (
    are_labelled,
    is_list_of_promises,
    is_questionnaire,
    is_told_item,
    labelled_changes,
    tells_items,
)
from rules.parse.action_words import PLACEHOLDER
from rules.parse.commitments import (
    PROMISING,
    has_list,
    promised_lists,
    sentences_that_prevent,
    sentences_that_promise,
)
from rules.parse.imperatives import imperative_sentences
from rules.parse.labels import rest_of
from rules.parse.no_actions import says_something
from rules.parse.part import Part
from rules.parse.plain_lines import listed_lines, parts_with_plain_lines, plain_items, promised_lines
from rules.parse.restated import is_full, without_restated
from rules.patterns import Pattern
from rules.postmortem import ActionItem
from rules.source import Source

_PROMISE = Pattern(
    r"(@[A-Za-z0-9-]{1,39}|[^\W\d_a-z][\w'’-]*(?: [^\W\d_a-z][\w'’.-]*){0,3})[,:]? (?:will|to|is going to) "
)


def action_items(
    source: Source, root: Part, names: frozenset[str], incident: date | None = None
) -> tuple[ActionItem, ...]:
    """The items in document order.

    `names` are the people the document names, in lower case; `incident` is its day, from which `in 2 weeks` counts.
    """
    count = sum(part.kind == "actions" for part in root.walk())  # of several, one holds the items in full
    plain, labels = parts_with_plain_lines(root), are_labelled(root)
    reader = _Reader(source, names, incident, labels=labels, loose=count == 1, anywhere=not count, plain=plain)
    headings = [source.span(*part.heading).line for part in root.walk()]
    return without_restated(tuple(reader.items_under(root)), headings)


class _Reader:
    """Reads the items of one document."""

    def __init__(
        self,
        source: Source,
        names: frozenset[str],
        incident: date | None,
        *,
        labels: bool,
        loose: bool,
        anywhere: bool,
        plain: frozenset[int],
    ) -> None:
        self._source = source
        self._names = names
        self._incident = incident
        self._labels = labels
        self._loose = loose
        self._anywhere = anywhere
        self._plain = plain

    def items_under(self, part: Part, group: Group | None = None) -> Iterator[ActionItem]:
        """The items of a part and of those below it, which is at most six levels and a few labels deep."""
        if part.section_kind() != "actions":
            yield from self._labelled_in(part)
        elif is_item(part, self._names):
            yield from self._from_heading(part, group or Group())
            return
        elif (line := told_in_label(part)) is not None:
            yield from self._item(Facts(names=self._names), line, part.blocks, group or Group())
        elif not is_aside(part):
            group = group_of(part, self._names).inside(group or Group())
            if (promise := lone_promise(part)) is not None:
                yield from self._item(Facts(names=self._names), promise, part.blocks, group)
            else:
                blocks = without_explanations(part)
                yield from self._items_of(blocks, group, part.title, plain=id(part) in self._plain)
        for below in part.parts:
            yield from self.items_under(below, group)

    def _items_of(self, blocks: Sequence[Block], group: Group, title: str, *, plain: bool) -> Iterator[ActionItem]:
        """The items of some blocks; a paragraph of fields alone is about the items behind it, or the one before."""
        index, told, bare, listed = 0, tells_items(blocks), bare_items(blocks), has_list(blocks)
        lines = _unmarked_items(blocks, title) if plain and not told and not bare else {}
        while index < len(blocks):
            block = blocks[index]
            index += 1
            called = called_item(block) if block.kind == "paragraph" else None
            said = group_said(block) if block.kind == "paragraph" else None
            owned = owned_item(blocks, index - 1, self._names) if block.kind == "paragraph" else None
            if called is not None:
                yield from self._from_called(block, called, group)
            elif owned is not None:
                index += len(after := details_of_owned(blocks, index))
                facts, own = self._facts_in(after), Group(owned.owner).inside(group)
                yield from self._item(facts, owned.text, (block, *after), own)
            elif said is not None:
                group = said.inside(group)
            elif (finished := says_finished(block)) is not None:
                group = group._replace(done=finished)
            elif block.kind == "list" and not is_questionnaire(block) and not tells_findings(blocks, index - 1):
                after = details_behind(blocks, index) if len(block.children) == 1 else ()
                index += len(after)
                yield from self._from_list(block, group, after)
            elif block.kind == "table":
                yield from self._from_table(block, group)
            elif block.start in bare:
                yield from self._item(Facts(names=self._names), bare_item(block), (block,), group)
            elif block.kind == "paragraph":
                found = self._from_prose(block, lines, group, told=told, listed=listed)
                # Where all is done, prose without fields tells how it was done.
                yield from (item for item in found if not group.done or is_full(item) or item.links)

    def _from_prose(
        self, block: Block, lines: Mapping[int, Sequence[Stretch]], group: Group, *, told: bool, listed: bool
    ) -> Iterator[ActionItem]:
        """A paragraph that may hold items; where some have `lines`, one without leads up to them, or ends it all."""
        if lines:
            yield from self._from_sentences(block, lines.get(block.start, ()), group)
            return
        found = list(self._from_paragraph(block, group, told=told))
        told_of = sentences_that_promise(block) if not found and not listed else ()
        yield from (*found, *self._from_sentences(block, told_of, group))

    def _labelled_in(self, part: Part) -> Iterator[ActionItem]:
        """The paragraphs and tables outside the section that call themselves action items: `**Action item:** …`."""
        for block, called in called_items(part):
            yield from self._from_called(block, called, Group())
        for block in tables_of_items(part):
            yield from self._from_table(block, Group())
        for item in labelled_changes(part) if self._labels else ():
            yield from self._from_item(item, Group(), Beside(ordered=False, bullets=1, complete=0))
        if self._anywhere and part.section_kind() in PROMISING:
            for block in promised_lists(part.blocks):
                yield from self._from_list(block, Group())
            promised = promised_lines(part.blocks)
            for block in part.blocks:
                if block.kind == "paragraph":
                    found = promised.get(block.start) or sentences_that_prevent(block)
                    yield from self._from_sentences(block, found, Group())

    def _from_heading(self, part: Part, group: Group) -> Iterator[ActionItem]:
        """The item that a heading is, with the fields below it."""
        title = part.words.whole().trimmed()
        owner, title = addressee_of(title.part(number_of(title)))
        facts = Facts(names=self._names)
        if owner is not None:
            facts.add("owner", owner)
        read_line(facts, title)
        blocks = list(item_blocks(part))
        for block in blocks:
            read_block(facts, block)
        take_description(facts)
        if facts.title is not None and PLACEHOLDER.fullmatch(facts.title.text):
            return
        item = make_item(self._source, facts, blocks, group, self._incident, line=title, start=part.heading[0])
        if item is not None:
            yield item

    def _from_list(self, block: Block, group: Group, after: Sequence[Block] = ()) -> Iterator[ActionItem]:
        """The items of a list; bullets that only hold a field belong to the item before them, and so does `after`."""
        block = side_by_side(block, self._source.text)
        self._names |= addressees_of(block.children, self._names)
        beside = beside_in(block)
        for item, *followers in items_of(block.children):
            yield from self._from_item(item, group, beside, followers, after)

    def _from_item(
        self, item: Block, group: Group, beside: Beside, followers: Sequence[Block] = (), after: Sequence[Block] = ()
    ) -> Iterator[ActionItem]:
        """The item of a bullet, or those below it that it heads; `beside` is the list that it stands in."""
        first = item.children[0] if item.children else None
        if first is None or first.kind != "paragraph":
            for child in item.children:
                if child.kind == "list":
                    yield from self._from_list(child, group)
            return
        line = first.inline.whole().trimmed()
        below = [child for child in item.children if child.kind == "list"]
        if (
            below
            and heads_group(line, below, self._names, task=item.ticked is not None)
            and (is_person(line.text, self._names) or not is_item_with_details(line, below, beside))
        ):
            own = group_head(line, group, self._names)
            for child in below:
                yield from self._from_list(child, own)
            return
        lone = len(item.children) == 1 and not followers and not after
        if lone and (is_lone_head(line.text) or (item.ticked is None and tells_fact(line))):
            return
        facts = Facts(done=item.ticked is True, boxed=item.ticked is not None, names=self._names)
        for child in (*item.children[1:], *(each for follower in followers for each in follower.children), *after):
            read_block(facts, child)
        yield from self._item(facts, line, (item, *followers, *after), group)

    def _from_paragraph(self, block: Block, group: Group, *, told: bool) -> Iterator[ActionItem]:
        """A paragraph is prose, unless its lines begin like items; where items are `told`, it may be one as a whole."""
        lines = list(block.inline.whole().lines())
        if not lines:
            return
        if len(lines) > 1 and _names_owner(lines[0], self._names):
            yield from self._from_owned(block, lines, group)
            return
        if (table := table_in(block)) is not None:
            yield from self._from_table(table, group)
            return
        if found := items_in(block):
            for line, details in found:
                yield from self._from_told(block, line, details, group)
            return
        whole = block.inline.whole().trimmed()
        if self._is_promise(lines[0].text) or (told and is_told_item(block)):
            yield from self._item(self._told_facts(lines), without_details(whole), (block,), group)
        elif listed := listed_lines(block, lines, loose=self._loose):
            for line in (line for run in listed for line in run):
                yield from self._item(Facts(names=self._names), line, (rest_of(block, line),), group)
        else:
            yield from self._from_fields(block, lines, group)

    def _from_sentences(self, block: Block, sentences: Iterable[Stretch], group: Group) -> Iterator[ActionItem]:
        """Some sentences of a paragraph, as an item each."""
        for sentence in sentences:
            yield from self._item(Facts(names=self._names), sentence, (rest_of(block, sentence),), group)

    def _from_owned(self, block: Block, lines: Sequence[Stretch], group: Group) -> Iterator[ActionItem]:
        """The lines of a paragraph in which names stand above what is theirs."""
        starts = [index for index, line in enumerate(lines) if _names_owner(line, self._names)]
        for start, end in zip(starts, (*starts[1:], len(lines)), strict=True):
            own, run = group_head(lines[start], group, self._names), lines[start + 1 : end]
            if run and is_list_of_promises(run, fewest=1):
                for line in run:
                    yield from self._item(Facts(names=self._names), line, (rest_of(block, line),), own)

    def _from_called(self, block: Block, called: Called, group: Group) -> Iterator[ActionItem]:
        """The item in a paragraph that calls itself one."""
        facts = Facts(done=called.done, names=self._names)
        yield from self._item(facts, first_sentence(called.text), (block,), group)

    def _facts_in(self, blocks: Sequence[Block]) -> Facts:
        """The fields in the blocks below an item."""
        facts = Facts(names=self._names)
        for block in blocks:
            read_block(facts, block)
        return facts

    def _told_facts(self, lines: Sequence[Stretch]) -> Facts:
        """The fields in the lines of a paragraph that are nothing else."""
        facts = Facts(names=self._names)
        for line in lines[1:]:
            if is_field_line(line):
                read_detail(facts, line)
        return facts

    def _from_told(self, block: Block, line: Stretch, details: Sequence[Stretch], group: Group) -> Iterator[ActionItem]:
        """An item that is a few lines of a paragraph."""
        facts = Facts(names=self._names)
        whole = line._replace(end=details[-1].end) if details else line
        owner, line = addressee_told(line)
        if owner is not None:
            facts.add("owner", owner)
        for detail in details:
            read_detail(facts, detail.trimmed(": \t"))
        yield from self._item(facts, line, (rest_of(block, whole),), group)

    def _from_fields(self, block: Block, lines: Sequence[Stretch], group: Group) -> Iterator[ActionItem]:
        """The item in a paragraph whose first line says what to do, and whose others are labelled."""
        about = [line for line in lines[1:] if is_field_line(line)]
        defined = len(about) == 1 and about[0].text.startswith(":")
        if (len(about) < 2 and not defined) or is_field_line(lines[0]):
            return
        facts = Facts()
        read_detail(facts, lines[0])
        for line in lines[1:]:
            read_detail(facts, line.trimmed(": \t"))
        yield from self._item(facts, lines[0], (block,), group)

    def _is_promise(self, text: str) -> bool:
        """Whether a paragraph says what somebody will do: `Ana Ruiz will …`, `@ana to …`."""
        match = _PROMISE.match(text)
        return match is not None and (match[1].startswith("@") or is_person(match[1], self._names))

    def _from_table(self, block: Block, group: Group) -> Iterator[ActionItem]:
        for row in table_rows(block, self._names):
            filled = [cell.inline for cell in row.block.children if cell.inline.text.strip()]
            if len(filled) == 1 and len(row.block.children) > 1 and _is_bold(filled[0].whole().trimmed()):
                group = group_head(filled[0].whole().trimmed(), group, self._names)
                continue
            yield from self._item(row.facts, row.title, (row.block,), group)

    def _item(self, facts: Facts, line: Stretch, blocks: Sequence[Block], group: Group) -> Iterator[ActionItem]:
        """The item in some blocks, whose own text is `line`; none for a placeholder."""
        if facts.title is None and facts.description is None and not says_something(line.text):
            return
        strike = line.leading("strike")
        if strike is not None:
            line = without_verdict(facts, line, strike.end - line.start)
        read_line(facts, line)
        take_description(facts)
        if facts.title is not None and PLACEHOLDER.fullmatch(facts.title.text):
            return
        item = make_item(self._source, facts, blocks, group, self._incident, line=line)
        if item is not None:
            yield item


def _unmarked_items(blocks: Sequence[Block], title: str) -> Mapping[int, Sequence[Stretch]]:
    """The lines of a section, or else its sentences, that are items, by the offset at which their paragraph begins."""
    return plain_items(blocks) or imperative_sentences(blocks, title)


def _names_owner(line: Stretch, names: frozenset[str]) -> bool:
    """Whether a line is nothing but the name of those whose items stand behind it."""
    return (_is_bold(line) or line.text.endswith(":")) and is_person(line.text, names)


def _is_bold(text: Stretch) -> bool:
    strong = text.leading("strong")
    return strong is not None and strong.end >= text.end
