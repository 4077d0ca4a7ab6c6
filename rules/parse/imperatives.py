"""Items in a section's prose that asks for something sentence by sentence: `Never mount X over Y.`, `Use Z.`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rules.blocks import Block, Stretch
from rules.headings import announces_proposal
from rules.parse.action_text import is_field_line
from rules.parse.action_verbs import is_verb
from rules.parse.action_words import words_of
from rules.parse.commitments import SENTENCE_END
from rules.parse.promises import asks_or_tells
from rules.patterns import Pattern

_RULE = Pattern(
    r"(?:never|always|do not|don['’]t) "
    r"(?!(?:had|has|have|was|were|been|is|are|did|does|do|again|before|in|on|at|the|an?"
    r"|mind|worry|forget|hesitate|know|panic) )(?![a-z]{3,}ed )[a-z]{2,} \S",
    re.IGNORECASE,
)
"""A rule that is given, whatever its verb."""
_OF_NOUNS = frozenset({"of", "is", "was", "are", "were", "has", "had", "took", "takes", "and", "failed", "failures"})
"""What stands behind a word that is a verb elsewhere, and here is what the sentence tells of: `Review of the tills`."""
_FEWEST = 2
_FEWEST_WORDS = 3
_LONGEST = 2000  # characters of a paragraph
_LONGEST_SENTENCE = 300
_NO_PROSE = frozenset({"list", "table", "quote"})


def imperative_sentences(blocks: Sequence[Block], title: str) -> Mapping[int, Sequence[Stretch]]:
    """The sentences of a section that ask for something, by the offset at which their paragraph begins.

    Every paragraph has to begin with one, and half of all sentences must be some; one alone only counts below a
    heading (`title`) that announces a proposal: elsewhere it may be advice to the reader (`Read the report below.`).
    """
    paragraphs = [block for block in blocks if block.kind == "paragraph"]
    if not paragraphs or any(block.kind in _NO_PROSE for block in blocks):
        return {}
    told = {block.start: _sentences(block) for block in paragraphs}
    asking = {start: [each for each in sentences if _is_imperative(each.text)] for start, sentences in told.items()}
    if any(not sentences or sentences[0] not in asking[start] for start, sentences in told.items()):
        return {}
    count, total = sum(map(len, asking.values())), sum(map(len, told.values()))
    fewest = 1 if announces_proposal(title) else _FEWEST
    return asking if count >= fewest and count * 2 >= total else {}


def _sentences(block: Block) -> list[Stretch]:
    """The sentences of a paragraph; none of one that is too long, has fields or leads on to something."""
    whole = block.inline.whole().trimmed()
    if len(whole.text) > _LONGEST or whole.text.endswith((":", "?")) or any(map(is_field_line, whole.lines())):
        return []
    ends = [match.start() for match in SENTENCE_END.finditer(whole.text)]
    starts = [0, *(match.end() for match in SENTENCE_END.finditer(whole.text))]
    pieces = zip(starts, (*ends, len(whole.text)), strict=True)
    return [piece for start, end in pieces if (piece := whole.part(start, end).trimmed()).text]


def _is_imperative(text: str) -> bool:
    words = text.split(" ", _FEWEST_WORDS)
    if len(words) < _FEWEST_WORDS or len(text) > _LONGEST_SENTENCE or not text[0].isupper() or asks_or_tells(text):
        return False
    if _RULE.match(text) is not None:
        return True
    first = words[0].lower()
    if words[1].lower() in _OF_NOUNS or first in words_of("tellers"):
        return False
    return is_verb(first) and not first.endswith("ing")
