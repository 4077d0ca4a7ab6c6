"""Lists below a heading for action items that tell what was found, or what went wrong, and ask for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rules.blocks import Block, Stretch
from rules.parse.promises import begins_with_verb, look_at, says_future
from rules.patterns import Pattern

_TELLS = Pattern(
    r"[^.;:]{0,80}?\b(?:(?:did|was|were|had|could|would|has|have)(?:n['’]?t| not)\b|(?:had |has |have )?never\b"
    r"|existed\b|lacked\b|failed\b|missed\b"
    r"|(?:was|were|had been) (?:missing|broken|wrong|unclear|outdated|unaware|disabled"
    r"|mis\w+|insufficient|too|only|ignored|left|lost)\b"
    r"|(?:only|no longer) (?:had|checked|covered|tested|ran|worked)\b)",
    re.IGNORECASE,
)
_AT_ONCE = Pattern(r"(?:[\w-]+ ){1,3}(?:was|were|had|did|has|have|didn|hadn|wasn|weren)\b", re.IGNORECASE)
"""Where such a verb comes at once, the first word is a noun: `Backup had not been tested`."""
_FACT = Pattern(
    r"(?:the|our|all|each|every|this|these|it|they|most|both|its|an?)\b[^.;:]{1,80}?\balready (?!been\b)[a-z]+"
    r"|this (?:incident|record|document|postmortem|post-mortem|report|page|entry|file)(?: \w+)?"
    r" (?:sits|is|was|serves|lives|documents|records|describes|captures|stands|tracks|contains)\b"
    r"|(?:the )?(?:whole )?(?:team|teams|everyone|everybody|all)(?: (?:is|are))?(?: now)? aligned\b"
    r"|(?:[^.;:]|[.](?=\w)){1,60}? (?:(?:is|are) )?(?:now )?ready (?:for|to be)\b"
    r"|we (?:have|had) (?:for (?:several|many|some|a few|\w+) (?:years|months|weeks)|long|always)\b"
    r"|(?:nobody|no one|luckily|fortunately|thankfully|unfortunately)\b|there (?:was|were|is|are|had)\b"
    r"|[^.;:]{1,80}?\b(?:was|were)\b[^.;:]{1,60}?\b(?:after|before|when|while|until|once)\b[^.;:]{1,60}?"
    r"\b(?:was|were|had)\b",
    re.IGNORECASE,
)
_WORKINGS = Pattern(
    r"(?:\A|[.!;]\s|,\s)[^.!;:]{0,120}?\b"
    r"(?:it|which|that|(?:the|each|this) (?!following|next)[\w-]{2,24}(?: [\w-]{2,24})?)"
    r" (?:(?:now|then|first|also|automatically) )?"
    r"(?:executes|runs|performs|tries|attempts|retries|escalates|climbs|walks|goes through|checks|polls|probes|works"
    r"|acts|reacts|responds|proceeds|logs|emits|sends|restarts|switches)"
    r" (?:the|these|this|its|an?|in|as|through|each|all|up|down|by|with|after|several|one|two|three|four|five|\d)\b"
    r"[^.!;:]{0,120}:\s*\Z",
    re.IGNORECASE,
)
"""What leads up to the steps that something made takes by itself: `After two failures it runs these steps:`."""
_PEOPLE = Pattern(r"\b(?:team|squad|group|crew|engineers?|operators?|owner|person|on-call)\b", re.IGNORECASE)
_LONGEST_LEAD = 600
_MOSTLY = 2 / 3
_FEWEST = 2


def tells_findings(blocks: Sequence[Block], index: int) -> bool:
    """Whether a list among some blocks tells what was, or what a thing made does by itself, rather than promises.

    What was is told by most of its items; none is addressed, dated, boxed, or asks for anything.
    """
    block = blocks[index]
    lines = list(_lines(block))
    if index and _leads_to_workings(blocks[index - 1]) and not any(look_at(line).fielded for line in lines):
        return len(lines) == len(block.children)
    if len(lines) < _FEWEST or len(lines) < len(block.children):
        return False
    told = sum(_TELLS.match(line.text) is not None for line in lines)
    return told >= max(len(lines) * _MOSTLY, _FEWEST) and not any(_asks(line) for line in lines)


def tells_fact(line: Stretch) -> bool:
    """Whether a bullet tells what is so already, or what happened meanwhile, and neither asks nor tells of a deed."""
    return _FACT.match(line.text) is not None and not _asks(line)


def _leads_to_workings(block: Block) -> bool:
    """Whether a paragraph leads up to what a program or machine does."""
    text = block.inline.text.rstrip() if block.kind == "paragraph" else ""
    if not text.endswith(":") or says_future(lead := text[-_LONGEST_LEAD:].rpartition(". ")[2]):
        return False
    return _WORKINGS.search(lead) is not None and _PEOPLE.search(lead) is None


def _asks(line: Stretch) -> bool:
    asked = line.leading("code") is None and begins_with_verb(line.text) and _AT_ONCE.match(line.text) is None
    return asked or says_future(line.text) or look_at(line).fielded


def _lines(block: Block) -> Iterator[Stretch]:
    """The first lines of the items that have no box and nothing below them."""
    for item in block.children:
        if item.ticked is None and len(item.children) == 1 and item.children[0].kind == "paragraph":
            yield item.children[0].inline.whole().trimmed()
