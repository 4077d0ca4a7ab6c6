"""Lines that are titles without Markdown's mark for one: `#Timeline`, `Root cause:`, `What went wrong?`."""

from __future__ import annotations

import re

from rules.blocks import Stretch
from rules.headings import title_weight
from rules.layouts import Layout
from rules.parse.dates import day_word_at, find_day
from rules.parse.times import moment_at
from rules.patterns import Pattern

_HASHES = Pattern(r"#{1,6}(?=[A-Z][^\n#]{1,119}$)", re.MULTILINE)
_HASH_AND_CAPITAL = Pattern(r"#[A-Z]")  # begins with a character, for which a search is fast
_HASHED_LINE = Pattern(r"^ {0,3}#{1,6}[A-Z]", re.MULTILINE)
_GROUP = Pattern(
    r"(?:immediate|short|medium|mid|long|near)(?:ly)?\b|(?:this|next) (?:week|sprint|month|quarter)\b|p[0-4]\b"
    r"|(?:highest|high|medium|low|lowest|critical)(?:[ -]priority)?$|(?:technical|process|people|tooling|other)\b",
    re.IGNORECASE,
)
_MEANWHILE = Pattern(
    r"(?:after|before|during|following|since|once|upon|while|until|when|as soon as|prior to"
    r"|thanks to|because of|due to) [^,\n]{1,60},\s+",
    re.IGNORECASE,
)
"""When or why something was, before what is told of it: `After the remediation, the following was seen:`."""
_LONGEST = 60
_LONGEST_QUESTION = 80
_MOST_WORDS = 5
_MOST_WORDS_OF_QUESTION = 12
_MOST_WORDS_ABOVE_LIST = 8  # of a plain line directly above a list, which is its title more probably than a sentence
_MOST_WORDS_OF_LEAD = 3  # with a colon behind it, a longer one leads up to the list
_FEWEST_HASHED = 2  # lines of a document: one alone may be a tag


def is_plain_title(layout: Layout, text: str) -> bool:
    """Whether a line says no more than the name of a known section."""
    bare = text.rstrip(": ")
    longest = _LONGEST_QUESTION if bare.endswith("?") else _LONGEST
    if not 2 < len(bare) <= longest or not bare[0].isupper() or bare[-1] in ".,;!" or ": " in bare:
        return False
    if "\t" in bare:
        return False  # a row of columns
    if layout.names_exactly(bare):
        return True
    most = _MOST_WORDS_OF_QUESTION if bare.endswith("?") else _MOST_WORDS
    return len(bare.split()) <= most and layout.kind_of(bare) is not None


def leads_in(layout: Layout, text: str) -> bool:
    """Whether a label is a sentence that only names a section to say when something was, or why."""
    before = _MEANWHILE.match(text)
    if before is None:
        return False
    told = text[before.end() :]
    return layout.kind_of(told) is None and title_weight(told) <= 0


def may_head_list(text: str) -> bool:
    """Whether a line directly above a list may be its title; one that tells a day or time heads entries."""
    bare = text.rstrip(": ")
    most = _MOST_WORDS_OF_LEAD if bare != text else _MOST_WORDS_ABOVE_LIST
    if not 2 < len(bare) <= _LONGEST or bare[-1] in ".,;!" or ": " in bare or len(bare.split()) > most:
        return False
    return bare[0].isupper() and moment_at(bare) is None and find_day(bare) is None and day_word_at(bare) is None


def heads_group_of_items(title: str) -> bool:
    """Whether a label among action items sorts them rather than beginning another section: `Short term`, `P1`."""
    return _GROUP.match(title) is not None or title_weight(title) > 0


def has_hashed_titles(text: str) -> bool:
    """Whether a document marks its headings with signs that no blank follows, which Markdown takes for text."""
    return _HASH_AND_CAPITAL.search(text) is not None and len(_HASHED_LINE.findall(text)) >= _FEWEST_HASHED


def hashes_of(line: Stretch) -> int:
    """How many such signs a line begins with that is a heading; 0 if it is none."""
    match = _HASHES.match(line.text)
    return match.end() if match else 0
