"""Where a document says that it has no action items, and why."""

from __future__ import annotations

import re

from rules.blocks import text_of
from rules.parse.action_words import PLACEHOLDER
from rules.parse.part import Part
from rules.patterns import Pattern

_NO_ITEMS = Pattern(
    r"(?:there (?:are|were) )?(?:no|none|not any|without)\b"
    r"(?: (?:further|new|additional|more|specific|other|follow-?up))?"
    r"(?: (?:action ?items?|actions?|follow-?ups?|next steps|items?|tasks)\b)?"
    r"(?: (?:are |were |have |has )?(?:been )?(?:needed|required|necessary|planned|identified|arose|came out of this"
    r"|landed|merged|shipped|taken|made|started|applied|implemented|outstanding|remaining|left))?"
    r"(?: (?:yet|so far|at this time|for now|at the moment|currently))?",
    re.IGNORECASE,
)
_REASON = Pattern(
    r"\s*(?:[-–—:,;(.]\s*)?(?:because(?: of)?|since|as|due to|reason:|:|[-–—(,;.])\s*(.*)", re.IGNORECASE | re.DOTALL
)
"""What leads from `No action items` to the reason, group 1."""

_LONGEST = 2000  # characters of a block that may say why there are none: a longer one is about something else


def no_actions_reason(root: Part) -> str | None:
    """Why there are no action items, if the section says that there are none; empty if it says no more."""
    for part in root.walk():
        if part.section_kind() != "actions":
            continue
        for block in part.blocks:
            text = " ".join(text_of(block).split())
            if len(text) <= _LONGEST and (end := _end_of_denial(text)) is not None:
                reason = _REASON.match(text, end)
                return reason[1].strip(" .)") if reason else ""
    return None


def says_something(text: str) -> bool:
    """Whether a text is neither a placeholder nor says that there are no items."""
    return PLACEHOLDER.fullmatch(text) is None and _end_of_denial(text) is None


def _end_of_denial(text: str) -> int | None:
    """Where the words end that there are no items, if nothing but a reason follows them; None where it says no such."""
    match = _NO_ITEMS.match(text)
    if match is None or (match.end() < len(text) and _REASON.match(text, match.end()) is None):
        return None
    return match.end()
