"""The sections of a document, however they are marked: headings, bold lines, bold labels, a list with bold keys."""

from __future__ import annotations

import re
from itertools import zip_longest

from rules.blocks import NOTHING, Block, Inline, Stretch, Tree
from rules.field_keys import key_of
from rules.folding import fold
from rules.headings import title_weight
from rules.layouts import Layout
from rules.parse.labels import Label, bold_label, cut_at, label_at, rest_of
from rules.parse.misspelled_headings import misspelled_kind
from rules.parse.part import Part
from rules.parse.plain_titles import (
    has_hashed_titles,
    hashes_of,
    heads_group_of_items,
    is_plain_title,
    leads_in,
    may_head_list,
)
from rules.patterns import Pattern

CORE = frozenset(["tldr", "timeline", "actual", "believed", "helped_hurt", "actions", "verification", "questions"])
"""Kinds that a sub-section keeps wherever it stands; any other, below a timeline or action items, is a group there."""

_COLLECTING = frozenset({"timeline", "actions"})
_UNMARKED = frozenset({"tldr", "timeline", "actual", "helped_hurt", "actions", "questions", "impact", "resolution"})
_REASONS = frozenset({"tldr", "actual", "believed"})  # below action items, their words may begin a group's title, too
_DEEDS = frozenset({"resolution", "detection", "impact"})  # what stands below these has been done
_CALLS = frozenset({"action item", "todo", "to do", "to-do"})  # labels of one item, where text follows
_ACCOUNTS = _DEEDS | {"actual"}  # sections under whose headings another one may begin in a line
_FEW_KINDS = 2  # a document with fewer sections than this is looked at for plain titles
_FEWEST_KNOWN = 3  # of the titles in a numbered list, from which on the others are some, too
_LONGEST_PLAIN = 60
_LISTED = frozenset({"list", "table", "code"})


_ACTION = Pattern(
    r"\baction$|\b(?:operator|user|human|attacker|engineer|system|admin(?:istrator)?|customer)['’]?s?['’]? actions$",
    re.IGNORECASE,
)
"""What a title ends in that tells of what was done to the system: `Destructive action`, `Operator actions`."""


def _tells_of_action(title: str) -> bool:
    """Whether a title within the root cause tells of an action that had a part in it, and announces none."""
    return _ACTION.search(title) is not None and title_weight(title) <= 1


def _heads_list(item: Block) -> bool:
    """Whether a list item is a few words, no sentence, with a list below them and nothing else."""
    first, *below = item.children
    return may_head_list(first.inline.text.strip()) and bool(below) and all(each.kind == "list" for each in below)


def titles(tree: Tree) -> list[str]:
    """Everything in a document that could be the title of a section."""
    found: list[str] = []
    for block in tree.blocks:
        if block.kind == "heading":
            found.append(block.inline.text)
        elif block.kind == "paragraph":
            if block.inline.marks and (label := label_at(block.inline.whole().trimmed())) and label.bold:
                found.append(label.text.text)
        elif block.kind == "list":
            found.extend(label.text.text for item in block.children if (label := bold_label(item)) is not None)
    return found


def outline(tree: Tree, layout: Layout, text: str, *, title: str = "") -> Part:
    """The whole document as one part of level 0, with its sections below it.

    `title` is the one that the front matter names: a first heading that says something else, a section's name, is that
    section's.

    Where next to nothing is marked as a heading, lines and bullets that say no more than a section's name are taken for
    headings, if that gives a document of several sections.
    """
    root = _outlined(tree, layout, text, title=title, plain=False)
    if _known_kinds(root) < _FEW_KINDS:
        plain = _outlined(tree, layout, text, title=title, plain=True)
        root = plain if _known_kinds(plain) >= _FEW_KINDS else root
    return root


def _outlined(tree: Tree, layout: Layout, text: str, *, title: str, plain: bool) -> Part:
    headings = [block for block in tree.blocks if block.kind == "heading"]
    lone = bool(headings) and headings[0].level == 1 and all(block.level > 1 for block in headings[1:])
    if lone and layout.names_exactly(headings[0].inline.text):
        named = not title or fold(title) == fold(headings[0].inline.text)
        lone = named and tree.blocks[0].kind != "paragraph"  # text before it shows that it is not the title
    builder = _Outliner(layout, text, headings[0] if lone else None, plain=plain)
    for block, following in zip_longest(tree.blocks, tree.blocks[1:]):
        builder.take(block, heads_list=following is not None and following.kind in _LISTED)
    return builder.finish()


def _known_kinds(root: Part) -> int:
    return len({part.kind for part in root.walk()} - {None})


class _Outliner:
    """Puts the parts together, block by block."""

    def __init__(self, layout: Layout, text: str, title: Block | None, *, plain: bool) -> None:
        self._layout = layout
        self._text = text
        self._title = title  # the only level-1 heading, if it comes first: the document's title, whatever it says
        self._plain = plain
        self._hashed = has_hashed_titles(text)
        self._root = Part(None, "", 0, (0, 0), len(text))
        self._stack = [self._root]

    def take(self, block: Block, *, heads_list: bool) -> None:
        """Take the next block in; `heads_list`: a list or table, or lines set in, follow it."""
        if block.kind == "heading":
            part = self._open(block.inline.whole().trimmed(), block.level, (block.start, block.end), block.inline)
            if block is self._title:
                part.kind = None
        elif block.kind == "paragraph":
            self._take_paragraph(block, heads_list=heads_list)
        elif block.kind == "list" and self._is_tree(block):
            self._take_tree(block)
        else:
            self._stack[-1].blocks.append(block)

    def finish(self) -> Part:
        while len(self._stack) > 1:
            self._close(self._root.end)
        return self._root

    def _open(self, title: Stretch, level: int, place: tuple[int, int], words: Inline, *, label: bool = False) -> Part:
        while self._stack[-1].level >= level:
            self._close(place[0])
        above = self._stack[-1]
        kind = self._kind(title.text, above, label=label)
        part = Part(kind, " ".join(title.text.split()), level, place, place[1], words, above, label=label)
        above.parts.append(part)
        self._stack.append(part)
        return part

    def _close(self, end: int) -> None:
        while end and self._text[end - 1].isspace():
            end -= 1
        self._stack.pop().end = end

    def _kind(self, title: str, above: Part, *, label: bool) -> str | None:
        kind = self._layout.kind_of(title) or misspelled_kind(self._layout, title)
        if kind is None or above.level == 0:
            return kind
        around = above.section_kind()
        if around in _COLLECTING and kind not in CORE:
            return None
        if around == "actions" and kind in _REASONS and not label and not self._layout.names_exactly(title):
            return None
        told = around in _DEEDS or (around == "actual" and _tells_of_action(title))
        if told and kind == "actions" and not self._layout.names_exactly(title):
            return None
        return kind

    def _heading_above(self) -> Part:
        part = self._stack[-1]
        while part.label and part.above is not None:
            part = part.above
        return part

    def _label_level(self) -> int:
        """One below the heading above, bold lines in a row being equals."""
        return self._heading_above().level + 1

    def _level_of(self, label: str) -> int:
        """As `_label_level`; one more for a label that sorts the items below the one of action items."""
        level = self._label_level()
        above = self._stack[-1]
        while above.label and above.level > level and above.above is not None:
            above = above.above
        if not above.label or above.kind != "actions" or not heads_group_of_items(label):
            return level
        return level if self._layout.names_exactly(label) else level + 1

    def _take_paragraph(self, block: Block, *, heads_list: bool) -> None:
        """Open a part for each line of a paragraph that is a title; what is none belongs to the part before it."""
        if self._hashed and "#" in block.inline.text:
            self._take_hashed(block, heads_list=heads_list)
        else:
            self._take_lines(block, heads_list=heads_list)

    def _take_hashed(self, block: Block, *, heads_list: bool) -> None:
        """Open a part for each line such as `#Timeline`; what stands between is taken as ever."""
        lines = list(block.inline.whole().lines())
        starts = [line.start for line in lines if hashes_of(line)]
        first = lines[0].start
        begun = starts if starts[:1] == [first] else [first, *starts]
        for start, piece in zip(begun, cut_at(block, begun), strict=True):
            whole = piece.inline.whole().trimmed()
            line = next(whole.lines())
            if start not in starts:
                self._take_lines(piece, heads_list=False)
                continue
            level = hashes_of(line)
            title = line.part(level).trimmed(": ")
            place = line.offsets()
            self._open(title, level, place, rest_of(piece, title).inline)
            if (rest := whole.part(line.end - whole.start).trimmed()).text:
                self._take_lines(rest_of(piece, rest), heads_list=heads_list)

    def _take_lines(self, block: Block, *, heads_list: bool) -> None:
        if heads_list and not self._plain and self._is_unmarked_heading(block):
            self._open_unmarked(block)
            return
        plain = self._plain or self._hashed
        starts = self._plain_lines(block, heads_list=heads_list) if plain else self._labelled_lines(block)
        if not starts:
            if not self._is_title(block):
                self._stack[-1].blocks.append(block)
            return
        first = block.inline.whole().trimmed().start
        begun = starts if starts[0] == first else [first, *starts]
        for start, piece in zip(begun, cut_at(block, begun), strict=True):
            if plain and start in starts:
                whole = piece.inline.whole().trimmed()
                line = next(whole.lines(), whole)
                self._open_label(piece, line.trimmed(": "), whole.part(line.end - whole.start).trimmed())
            elif not self._is_title(piece, among_others=True):
                self._stack[-1].blocks.append(piece)

    def _is_unmarked_heading(self, block: Block) -> bool:
        """Whether a line above a list, without any mark, is the name of a section among marked ones."""
        text = block.inline.text.strip()
        if "\n" in text or block.inline.marks or not 2 < len(text) <= _LONGEST_PLAIN or not text[0].isupper():
            return False
        bare = text.rstrip(": ")
        return self._layout.names_exactly(bare) and self._layout.kind_of(bare) in _UNMARKED

    def _open_unmarked(self, block: Block) -> None:
        """A section beside the one that the line stands in, if that is known; else below it."""
        above = self._heading_above()
        level = above.level if above.kind is not None and above.level > 1 else above.level + 1
        self._open(block.inline.whole().trimmed(": \n"), level, (block.start, block.end), block.inline, label=True)

    def _plain_lines(self, block: Block, *, heads_list: bool) -> list[int]:
        """Where the lines begin that are titles without any mark."""
        lines = list(block.inline.whole().lines())
        found = [line.start for line in lines if is_plain_title(self._layout, line.text)]
        last = lines[-1] if lines and heads_list else None
        if last is not None and last.start not in found and may_head_list(last.text):
            found.append(last.start)
        return found

    def _labelled_lines(self, block: Block) -> list[int]:
        """Where the lines begin that name sections in bold, in a paragraph with several of them."""
        if "\n" not in block.inline.text or not block.inline.marks:
            return []
        if self._heading_above().section_kind() in _COLLECTING:
            return []
        found: dict[int, str] = {}
        for line in block.inline.whole().lines():
            label = label_at(line, loose=True) if line.leading("strong") else None
            kind = self._layout.kind_of(label.text.text) if label is not None and label.bold else None
            if kind is not None:
                found[line.start] = kind
        return list(found) if len(found) > 1 and set(found.values()) & CORE else []

    def _is_title(self, block: Block, *, among_others: bool = False) -> bool:
        """Open a part for a bold line, or for a label that names a kind of section."""
        whole = block.inline.whole().trimmed()
        if not whole.leading("strong") and not whole.text.endswith((":", "：")):
            return False  # a label that is not bold is a title only if nothing follows it, or what leads on to a list
        label = label_at(whole, loose=among_others)
        if label is None or len(label.text.text) > 100:
            return False
        if not label.bold and label.value.text and self._leads_to_actions(label):
            self._open_label(block, label.text, label.value)
            return True
        if not self._is_section_label(label, whole, among_others=among_others):
            return False
        self._open_label(block, label.text, label.value)
        return True

    def _leads_to_actions(self, label: Label) -> bool:
        """Whether a label without a mark names the action items, and a sentence behind it announces them."""
        named = self._layout.names_exactly(label.text.text) and fold(label.text.text) not in _CALLS
        return (
            named and self._layout.kind_of(label.text.text) == "actions" and self._stack[-1].section_kind() != "actions"
        )

    def _is_section_label(self, label: Label, whole: Stretch, *, among_others: bool) -> bool:
        kind = self._layout.kind_of(label.text.text)
        if not label.value.text:
            return label.bold or (kind is not None and not leads_in(self._layout, label.text.text))
        if kind is None or not label.bold or fold(label.text.text) in _CALLS:
            return False
        if among_others:
            return True
        around = self._stack[-1]
        in_section = around.kind is not None if around.label else around.kind in _ACCOUNTS
        if key_of(label.text.text) and "\n" not in whole.text and kind not in CORE and not in_section:
            return False  # a fact at the head, where no section has begun
        return self._heading_above().section_kind() not in _COLLECTING

    def _open_label(self, block: Block, title: Stretch, value: Stretch) -> None:
        place = (block.start, title.offsets()[1] if value.text else block.end)
        part = self._open(title, self._level_of(title.text), place, NOTHING if value.text else block.inline, label=True)
        if value.text:
            part.blocks.append(rest_of(block, value))

    def _is_tree(self, block: Block) -> bool:
        """Whether a list is an outline: bold keys that name kinds of section, and not inside a known one."""
        if self._heading_above().section_kind() is not None:
            return False
        labels = [self._item_title(item) for item in block.children]
        kinds = {self._layout.kind_of(label.text.text) for label in labels if label is not None}
        if len(labels) == 1 and labels[0] is not None:
            return bool(kinds & CORE) and not labels[0].value.text
        return bool(kinds & CORE) and (len(kinds - {None}) >= 2 or self._plain)

    def _item_title(self, item: Block, *, unknown: bool = False) -> Label | None:
        """The bold key of a list item; where headings are plain, also a bullet that is no more than a title.

        With `unknown`, that may be the title of any section.
        """
        if (label := bold_label(item)) is not None:
            return label
        first = item.children[0].inline.whole().trimmed() if self._plain and item.children else None
        if first is None or not (is_plain_title(self._layout, first.text) or (unknown and _heads_list(item))):
            return None
        return Label(first.trimmed(": ."), first.part(len(first.text)), bold=False, colon=False)

    def _is_below_empty_label(self) -> bool:
        """Whether a bold line is open that names a section of which nothing has been read: the list is what it says."""
        above = self._stack[-1]
        return above.label and above.kind is not None and not above.blocks and bool(above.words.text)

    def _take_tree(self, block: Block) -> None:
        level = self._label_level() + int(self._is_below_empty_label())
        known = sum(self._item_title(item) is not None for item in block.children)
        unknown = block.ordered and known >= _FEWEST_KNOWN and known * 2 >= len(block.children)
        for item in block.children:
            label = self._item_title(item, unknown=unknown)
            if label is None:
                self._stack[-1].blocks.append(Block("list", item.start, item.end, children=(item,)))
                continue
            words = NOTHING if label.value.text else item.children[0].inline
            part = self._open(label.text, level, (item.start, label.text.offsets()[1]), words, label=True)
            if label.value.text:
                part.blocks.append(rest_of(item.children[0], label.value))
            part.blocks.extend(item.children[1:])
            part.end = item.end
