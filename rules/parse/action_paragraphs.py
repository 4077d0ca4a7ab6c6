"""Items in the paragraphs of a document: called so (`**TODO** …`), one to a line, one to a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from rules.blocks import Block, Stretch, first_line
from rules.parse.action_details import are_details, asks_for_outcome
from rules.parse.action_facts import Facts
from rules.parse.action_groups import is_person
from rules.parse.action_text import is_field_line, read_line
from rules.parse.action_verbs import is_verb
from rules.parse.action_words import field_named, words_of
from rules.parse.commitments import SENTENCE_END, promises
from rules.parse.labels import label_at
from rules.parse.part import Part
from rules.parse.promises import asks_or_tells, begins_with_verb
from rules.parse.timeline_events import has_clock
from rules.patterns import Pattern

_ACTION_ITEM = Pattern(r"[\[(]?action (?:items?|points?)[\])]?", re.IGNORECASE)
_CALLED = Pattern(r"[\[(]?(?:action (?:items?|points?)|to[- ]?do)[\])]?", re.IGNORECASE)
_ACTION = Pattern(r"action", re.IGNORECASE)
"""What calls a paragraph an item where it asks for something: `Action: add a limit`; it may tell what was done, too."""
_ANSWERED = Pattern(
    r"(?:this|that|it)(?: has|['’]s| is| was) (?:already |now |since )?(?:been )?"
    r"(?:done|completed|finished|implemented|shipped|fixed)\b",
    re.IGNORECASE,
)
_TODO = Pattern(r"[\[(]?(?:TODO|TO-DO|ToDo|FIXME)[\])]?")
"""What calls a paragraph an item even without a colon behind it."""
_DONE = Pattern(r"[\[(]?DONE[\])]?")
_SUB_LABEL = Pattern(r"[A-Z][^\n:@`|]{2,60}::?")
_SENTENCE_END = Pattern(r"[.!](?=\s)")
_WE_WILL = Pattern(r"We(?: will|['’]ll| shall| are going to) (?!be\b|not\b|also\b)[a-z]")
_OF_READERS = Pattern(
    r"\b(?:you|your|yours|feedback|questions?|comments?"
    r"|(?:post-?mortem|retrospective|review)[”\"']? (?:meeting|session))\b",
    re.IGNORECASE,
)
"""What asks for something of the readers, or of those who write the document, and not of the system's owners."""
_COURTESY = Pattern(
    r"(?:we|i) (?:(?:sincerely|deeply|truly|also|would like to|want to) )*"
    r"(?:apologi[sz]e|are sorry|thank|regret|appreciate|understand|hope)"
    r"|thank|sorry|please|if you|our (?:sincere )?apologies",
    re.IGNORECASE,
)
_CLAUSE_NUMBER = Pattern(r"\d{1,2}\.\d{1,2}\.?[ \t]+(?=[^\W\d_]|`)")
_LIST_SIGNS = frozenset({"list", "table", "code", "quote"})
_OPEN_KINDS = frozenset({None, "actions", "helped_hurt", "resolution"})
"""Kinds of section in which `TODO` is said of the system; elsewhere it may be said of the document."""

_ASKING_KINDS = frozenset({None, "actual", "detection", "helped_hurt"})
"""Kinds of section in which an action is one that is asked for, rather than one that was taken."""

_FEWEST_LINES = 3
_FEWEST_WORDS = 3
_FEWEST_PARAGRAPHS = 2
_CALL = 12  # characters in which such a word stands
_FEWEST_SENTENCES = 4  # each a paragraph
_LONGEST_SENTENCE = 300
_LONGEST_LINE = 200
_LONGEST_BARE = 160
_MOST_PHRASE_WORDS = 12  # of a paragraph that is no sentence


class Called(NamedTuple):
    """The text of a paragraph that calls itself an action item, and whether it says that it is done."""

    text: Stretch
    done: bool


def called_item(block: Block) -> Called | None:
    """The item in a paragraph that begins with a word for it: in bold `**TODO** …`, bold or not `Action item: …`."""
    if not block.inline.marks and not _may_call(block):
        return None
    label = label_at(block.inline.whole().trimmed(), loose=True)
    if label is None or not label.value.text:
        return None
    name = label.text.text.strip(" :")
    if not label.bold:
        return Called(label.value, False) if _ACTION_ITEM.fullmatch(name) else None
    done = _DONE.fullmatch(name) is not None
    if done or _TODO.fullmatch(name) or (label.colon and _CALLED.fullmatch(name)):
        return Called(label.value, done)
    return None


_CONDITIONS = Pattern(
    r"\b(?:to|that|which) (?:verify|check|confirm|assert|validate|test|ensure|make sure|verifies|checks|confirms"
    r"|asserts|validates|tests|ensures|makes sure)(?: that| whether| if)?:\Z",
    re.IGNORECASE,
)
"""What leads on to the conditions that something is to see to, rather than to items."""


class Owned(NamedTuple):
    """The text of a paragraph that is an item, behind its owner's name if there is one."""

    owner: Stretch | None
    text: Stretch


def owned_item(blocks: Sequence[Block], index: int, names: frozenset[str]) -> Owned | None:
    """The item in a paragraph that begins with a name in bold and goes on as an instruction: `**JP** Add a limit`.

    So is one that asks for something that sees to what the list behind it says: `Add a check that makes sure that:`.
    """
    block = blocks[index]
    whole = block.inline.whole().trimmed()
    if _CONDITIONS.search(whole.text) and asks_for_outcome(whole.text) and details_of_owned(blocks, index + 1):
        return Owned(None, whole.trimmed(": "))
    strong = whole.leading("strong") if block.inline.marks else None
    if strong is None or strong.end >= whole.end or block.inline.text[strong.end] == "\n":
        return None
    owner = whole.part(0, strong.end - whole.start).trimmed(" :*_")
    text = whole.part(strong.end - whole.start).trimmed(" :–—-").trimmed()
    if not text.text or not is_person(owner.text, names) or not begins_with_verb(text.text):
        return None
    return Owned(owner, text)


def details_of_owned(blocks: Sequence[Block], index: int) -> Sequence[Block]:
    """The list behind such a paragraph that its last words lead on to, unless its bullets are items themselves."""
    before, behind = blocks[index - 1], blocks[index : index + 1]
    leads = _leads_on(before) and behind and behind[0].kind == "list"
    return behind if leads and are_details(behind) else ()


def called_items(part: Part) -> Iterator[tuple[Block, Called]]:
    """Such paragraphs of a part outside the section for them; one that is done counts beside one that is to do."""
    if part.section_kind() not in _OPEN_KINDS:
        found = [each for each in _called_in(part) if _is_action_item(each[0])]
    else:
        found = list(_called_in(part))
    if any(not called.done or _is_action_item(block) for block, called in found):
        yield from found
    if part.section_kind() in _ASKING_KINDS:
        yield from _asked_in(part)


def _called_in(part: Part) -> Iterator[tuple[Block, Called]]:
    for block, below in zip_longest(part.blocks, part.blocks[1:]):
        if block.kind == "paragraph" and (called := called_item(block)) is not None:
            yield block, called._replace(done=called.done or _says_done(below))


def _says_done(below: Block | None) -> bool:
    """Whether what stands below a call begins by saying that it has been answered: `- This has been done`."""
    if below is None or below.kind != "list" or not below.children:
        return False
    return _ANSWERED.match(first_line(below.children[0]).text) is not None


def _may_call(block: Block) -> bool:
    """Whether a block may begin with a word for an action; quicker than to look for its label."""
    return "ction" in block.inline.text[:_CALL]


def _asked_in(part: Part) -> Iterator[tuple[Block, Called]]:
    """The paragraphs `Action: add …` of a part, unless others say what each is the answer to: `Symptom: …`."""
    if not any(map(_may_call, part.blocks)):
        return
    asked: list[tuple[Block, Called]] = []
    for block in part.blocks:
        label = label_at(block.inline.whole().trimmed()) if block.kind == "paragraph" else None
        if label is None or not label.value.text or called_item(block) is not None:
            continue
        if _ACTION.fullmatch(label.text.text) is None:
            return
        if len(label.value.text.split()) >= _FEWEST_WORDS and begins_with_verb(label.value.text):
            asked.append((block, Called(label.value, done=False)))
    yield from asked


def _is_action_item(block: Block) -> bool:
    label = label_at(block.inline.whole().trimmed())
    return label is not None and _ACTION_ITEM.fullmatch(label.text.text) is not None


def runs_of(lines: Sequence[Stretch]) -> list[Sequence[Stretch]]:
    """The lines of a paragraph, cut where one is but a label for those behind it (`Tasks for next week:`)."""
    starts = [index for index, line in enumerate(lines) if _is_sub_label(line)]
    if not starts:
        return [lines]
    begun = starts if starts[0] == 0 else [-1, *starts]
    runs = [lines[start + 1 : end] for start, end in zip(begun, (*begun[1:], len(lines)), strict=True)]
    return [run for run in runs if run]


def _is_sub_label(line: Stretch) -> bool:
    bare = line.text.strip(" :")
    return _SUB_LABEL.fullmatch(line.text) is not None and field_named(bare) in (None, "title", "kind")


def is_list_of_lines(lines: Sequence[Stretch]) -> bool:
    """Whether every line of a paragraph is a sentence of its own, as in text that was pasted without its bullets."""
    texts = [line.text for line in lines]
    return (
        len(texts) >= _FEWEST_LINES
        and all(text[0].isupper() and text.endswith(".") and ". " not in text for text in texts)
        and all(
            len(text) <= _LONGEST_LINE and text.split(" ", 1)[0].lower() not in words_of("tellers") for text in texts
        )
    )


def bare_items(blocks: Sequence[Block]) -> frozenset[int]:
    """Where the paragraphs begin that are items of a section, one each, without any mark; of any other section none.

    Either each begins with a sentence in the imperative, but for the first, or most are such sentences and none has a
    full stop; or each is numbered, or is one sentence where several say what will be.
    """
    if any(block.kind in _LIST_SIGNS for block in blocks):
        return frozenset()
    paragraphs = [block for block in blocks if block.kind == "paragraph" and not _leads_on(block)]
    asking = frozenset(block.start for block in paragraphs if _asks(block))
    if len(paragraphs) > _FEWEST_PARAGRAPHS and len(asking) * 2 >= len(paragraphs) and all(map(_is_phrase, paragraphs)):
        return frozenset(block.start for block in paragraphs)
    if len(asking) >= _FEWEST_PARAGRAPHS and all(block.start in asking for block in paragraphs[1:]):
        return asking
    if _are_numbered(paragraphs):
        return frozenset(block.start for block in paragraphs)
    return _one_each([block for block in paragraphs if _COURTESY.match(block.inline.text.strip()) is None])


def _are_numbered(paragraphs: Sequence[Block]) -> bool:
    """Whether each paragraph has a number of its own as clauses have: `4.1 …`."""
    numbered = all(_CLAUSE_NUMBER.match(block.inline.text) for block in paragraphs)
    return len(paragraphs) > _FEWEST_PARAGRAPHS and numbered


def _one_each(paragraphs: Sequence[Block]) -> frozenset[int]:
    """Where they begin if each is a single sentence, and enough are promises: the others tell what is done, or wish."""
    if len(paragraphs) < _FEWEST_SENTENCES or not all(map(_is_sentence, paragraphs)):
        return frozenset()
    promised = sum(promises(block.inline.text.strip()) for block in paragraphs)
    enough = promised >= _FEWEST_PARAGRAPHS and promised * 3 >= len(paragraphs)
    return frozenset(block.start for block in paragraphs) if enough else frozenset()


def _is_sentence(block: Block) -> bool:
    text = block.inline.text.strip()
    if len(text) > _LONGEST_SENTENCE or not text[:1].isupper() or text[-1] != "." or has_clock(text):
        return False
    return SENTENCE_END.search(text) is None


def bare_item(block: Block) -> Stretch:
    """The sentence by which a paragraph that is an item begins."""
    whole = block.inline.whole().trimmed()
    if number := _CLAUSE_NUMBER.match(whole.text):
        whole = whole.part(number.end())
    return whole.part(0, _sentence_end(whole.text))


def _asks(block: Block) -> bool:
    """Whether a paragraph begins with a short sentence in the imperative, and no fields stand behind it."""
    sentence = bare_item(block)
    text = sentence.text
    if not 0 < len(text) <= _LONGEST_BARE or not text[0].isupper() or text[-1] in "?:," or not _is_imperative(text):
        return False
    return not any(sign in block.inline.text[sentence.end :] for sign in ":@")


def _is_phrase(block: Block) -> bool:
    """Whether a paragraph is a few words on one line, and no sentence."""
    text = block.inline.text.strip()
    if "\n" in text or not text or text[-1] in ".!:?," or not text[0].isupper() or has_clock(text):
        return False
    words = text.split(" ")
    return len(words) <= _MOST_PHRASE_WORDS and words[0].lower() not in words_of("tellers")


def _sentence_end(text: str) -> int:
    end = _SENTENCE_END.search(text)
    return end.start() + 1 if end is not None else len(text)


def _leads_on(block: Block) -> bool:
    """Whether a paragraph only announces what follows it: `We will:`."""
    return block.inline.text.rstrip().endswith(":")


def _is_imperative(text: str) -> bool:
    first = text.partition(" ")[0]
    return is_verb(first) and not first.lower().endswith("ing") and not asks_or_tells(text)


def told_in_label(part: Part) -> Stretch | None:
    """The one action that stands behind the section's label on its line: `**Action items:** Alert on lag`."""
    if not part.label or part.words.text or part.kind != "actions" or len(part.blocks) != 1:
        return None
    line = part.blocks[0].inline.whole().trimmed()
    if not line.text or "\n" in line.text or len(line.text) > _LONGEST_LINE or line.text.endswith(":"):
        return None
    return None if line.text.split(" ", 1)[0].lower() in words_of("tellers") else line


def lone_promise(part: Part) -> Stretch | None:
    """The one sentence of a section that holds nothing else, if it says what the authors will do, or asks by when."""
    if part.parts or len(part.blocks) != 1 or part.blocks[0].kind != "paragraph":
        return None
    whole = part.blocks[0].inline.whole().trimmed()
    text = whole.text
    if len(text) > _LONGEST_LINE or text[-1:] in ("", ":", "?") or _SENTENCE_END.search(text) is not None:
        return None
    return whole if _WE_WILL.match(text) is not None or _asks_by_day(whole) else None


def _asks_by_day(sentence: Stretch) -> bool:
    """Whether a sentence asks for something, other than of its readers, and names a deadline."""
    if not _is_imperative(sentence.text) or _OF_READERS.search(sentence.text) is not None:
        return False
    facts = Facts()
    read_line(facts, sentence)
    return "due" in facts.values and facts.title is not None


def without_details(whole: Stretch) -> Stretch:
    """A paragraph up to the lines that are fields."""
    first = next((line for line in whole.lines() if line.start > whole.start and is_field_line(line)), None)
    return whole._replace(end=first.start).trimmed() if first is not None else whole


def first_sentence(whole: Stretch) -> Stretch:
    """A paragraph's first line, or all of its lines up to the one that ends its first sentence."""
    text = whole.text
    end = text.find(".\n")
    return whole.part(0, end + 1) if end >= 0 else whole
