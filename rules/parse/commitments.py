"""Promises in prose: sentences in which the authors say what they will do, and lists that such a sentence leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rules.blocks import Block, Stretch
from rules.parse.promises import says_future
from rules.patterns import Pattern

PROMISING = frozenset({None, "tldr", "actual", "helped_hurt", "resolution", "impact", "messaging"})
"""Kinds of section in which promises may stand where a document has no section for them."""

_WE = (
    r"(?:we|i|(?:the|this|our)(?: [\w-]+)? (?:team|company|crew|council|committee|group|department|staff|engineers"
    r"|developers|technicians|operators|administrators|admins|maintainers))"
)
_WILL = (
    rf"{_WE}(?:['’]ll| will| (?:are|am|is) going to| (?:plan|intend|have decided) to)"
    r" (?!not |never |be |see |have )[a-z]"
)
_COMMITS = Pattern(
    rf"\b{_WE}(?:['’]ll| will| shall| must| need to| have to| (?:are|am|is) going to"
    r"| (?:have |has )?(?:now )?decided to| (?:plan|intend|aim|propose|commit|want) to"
    r"| (?:are|am|is) (?:also |now |currently )?(?:planning|committed) to)"
    rf" (?!not |never |be |see |have |find |know |miss |remember )[a-z]"
    rf"|\b(?:{_WE} (?:are|is)|we['’]re)(?: (?:also|now|currently|already|therefore|in the process of))?"
    r" (?!being|having|seeing|going|looking forward|writing this|sharing|experiencing|hoping|waiting)[a-z-]+ing\b"
    r"|\A(?!(?:it|this|that|these|there|they)\b)(?:(?!\b(?:was|were|had)\b).)*"
    r"\b(?:will|shall|must|should|is to|are to|needs? to|has to|have to)"
    r" (?:also |now |always |therefore )?be (?!fixed\b|shared\b|open\b|needed\b|required\b|affected\b|seen\b|going\b)"
    r"(?:[a-z-]+(?:ed|en|ing)|built|rebuilt|sent|kept|set|put|cut|split|brought|bought|shut|made|done|run)\b",
    re.IGNORECASE | re.DOTALL,
)
"""The authors, or somebody, will do something; not that something will be so."""
_FEELS = Pattern(
    r"\b(?:sorry|apologi[sz]|thank|grateful|appreciate|unacceptable|regret|trust|patience|transparen|questions"
    r"|(?:share|provide|publish|post|give) (?:more |further |additional )?(?:information|details?|updates?|news)\b"
    r"|let you know|below|as follows|keep you|update you|postmortem|post-mortem|report)",
    re.IGNORECASE,
)
"""What is said to customers, and promises no work."""
_LEADS = Pattern(
    rf"\b{_WILL}|\A(?:going forward|moving forward|from now on|in (?:the )?future)\b"
    r"|\bto (?:prevent|avoid|stop|make sure|ensure|reduce|minimi[sz]e)\b[^.:]{1,80}"
    r"\b(?:again|recur\w*|similar|future|repeat\w*|re-?occur\w*)\b",
    re.IGNORECASE,
)
_OURS = Pattern(rf"\b(?:{_WE}(?: are| is| will|['’]ll)|we['’]re)\b", re.IGNORECASE)
_PREVENTS = Pattern(
    r"\b(?:prevent|avoid|reduc|mitigat|stop|ensur|make sure)\w*\b[^.]{0,100}"
    r"\b(?:again|recur\w*|reoccur\w*|similar|future|like th(?:is|ese)|repeat\w*)\b"
    r"|\b(?:going|moving) forward\b|\bfrom now on\b",
    re.IGNORECASE,
)
_DUTY = Pattern(r"\b(?:must|shall|should|needs? to|has to|have to)\b", re.IGNORECASE)
_ALL = Pattern(rf"\b{_WILL}", re.IGNORECASE)
_TELLS = Pattern(
    r"\b(?:we|i|they|team|engineers?) (?:have |had )?(?:also )?(?:took|taken|did|done|made|tried|used|ran)\b"
)
_CONDITION = Pattern(
    r"\s*(?:(?:if|should|unless|when|once|had)|(?:by|through|with) (?:[a-z]+ing )?(?:these|those|such|all of th[ei]se?"
    r"|the above)(?: [a-z-]+){0,3} (?:measures?|steps?|actions?|changes|improvements?|tasks|practices))\b",
    re.IGNORECASE,
)
"""What makes no promise: it depends on something, or sums up the promises before it."""
SENTENCE_END = Pattern(r"(?<=[.!])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\betc\.)\s+(?=[A-Z0-9\"“*_`\[(])")
_LONGEST = 2000  # characters of a paragraph
_LONGEST_SENTENCE = 500
_FEWEST_BULLETS = 2
_FEWEST_WORDS = 4
_OPENING = 160  # characters of a bullet in which its promise begins


def has_list(blocks: Sequence[Block]) -> bool:
    """Whether some blocks hold a list or a table, beside which prose only tells about the items."""
    return any(block.kind in ("list", "table") for block in blocks)


def sentences_that_promise(block: Block) -> Iterator[Stretch]:
    """The sentences of a paragraph in which the authors promise to do something, or that something will be done."""
    whole = block.inline.whole().trimmed()
    if len(whole.text) > _LONGEST or whole.text.endswith(":") or not says_future_or_present(whole.text):
        return
    start = 0
    for end in (*(match.start() for match in SENTENCE_END.finditer(whole.text)), len(whole.text)):
        sentence = whole.part(start, end).trimmed()
        if promises(sentence.text):
            yield sentence
        start = end


def says_future_or_present(text: str) -> bool:
    """Whether there may be a promise in a text at all; quicker than to look for one."""
    return (
        says_future(text) or "'ll " in text or "’ll " in text or "ing " in text or "decided" in text or " to " in text
    )


def promises(sentence: str) -> bool:
    """Whether a sentence promises some work."""
    if not len(sentence.split()) >= _FEWEST_WORDS or len(sentence) > _LONGEST_SENTENCE or sentence[-1:] == "?":
        return False
    return _COMMITS.search(sentence) is not None and not _FEELS.search(sentence) and not _CONDITION.match(sentence)


def are_duties(lines: Sequence[Stretch]) -> bool:
    """Whether each line of a paragraph is a sentence of its own that says what must be."""
    return len(lines) >= _FEWEST_BULLETS and all(
        line.text[0].isupper() and line.text[-1] not in ",:?" and _DUTY.search(line.text) for line in lines
    )


def sentences_that_prevent(block: Block) -> Iterator[Stretch]:
    """Of `sentences_that_promise`, those that say what for: that it does not happen again, or `from now on`."""
    if len(block.inline.text) > _LONGEST or _PREVENTS.search(block.inline.text) is None:
        return
    for sentence in sentences_that_promise(block):
        if _PREVENTS.search(sentence.text) is not None and _OURS.search(sentence.text) is not None:
            yield sentence


def promised_lists(blocks: Sequence[Block]) -> Iterator[Block]:
    """The lists outside a section for action items that hold some: as a sentence before, or all their bullets, say."""
    before: Block | None = None
    for block in blocks:
        if block.kind == "list" and (leads_to_promises(before) or _all_promise(block)):
            yield block
        before = block


def leads_to_promises(block: Block | None) -> bool:
    """Whether a paragraph leads on to what the authors will do: `Going forward, we will do the following:`."""
    if block is None or block.kind != "paragraph" or not block.inline.text.rstrip(" *_").endswith(":"):
        return False
    lead = SENTENCE_END.split(block.inline.text.strip()[-_LONGEST_SENTENCE:])[-1]
    return _LEADS.search(lead) is not None and not _TELLS.search(lead) and not _FEELS.search(lead)


def _all_promise(block: Block) -> bool:
    """Whether each bullet says what the authors will do: `We will …`."""
    lines = [item.children[0].inline.text for item in block.children if item.children]
    return len(lines) >= _FEWEST_BULLETS and all(_ALL.search(line[:_OPENING]) for line in lines)
