"""Why an action item will not be done, as its document says it."""

from __future__ import annotations

import re

from rules.parse.action_words import DECLINED, field_named
from rules.patterns import Pattern
from rules.postmortem import ActionItem, Postmortem

_LONGEST = 4000  # characters of an item that are looked at
_STATES = Pattern(
    r"(?:^|[\n(\[|:—–~*_.,;>-])[ \t*_~`\]]*$"
)  # before the words that decline it, where these are no prose
_LABEL = Pattern(r"[\s(\[*_]{0,4}([A-Za-z][A-Za-z /-]{1,30})[*_]{0,2}:")
_REASON = Pattern(r"(?:^|[\n|.(])[ \t>*_+-]*(?:reason|rationale|why)[*_]{0,2}[ \t]*:[*_]{0,2}([^\n|]+)", re.IGNORECASE)
_EDGES = " \t\r*_~`,;:–—-"


def reason_for_declining(postmortem: Postmortem, item: ActionItem) -> str:
    """What stands behind the words that decline an item, else in a line `Reason: …`; empty where nothing does.

    Where those words come first, what stands behind them is the item itself.
    """
    text = postmortem.source.slice(item.span)[:_LONGEST]
    title = postmortem.source.slice(item.title_span)
    start = text.find(title)
    end = start + len(title)
    for match in DECLINED.finditer(text):
        is_title = start <= match.start() < end
        if (
            is_title
            or not text[: match.start()].strip(" \t\n*_~->[]()x+:")
            or not _STATES.search(text[: match.start()])
        ):
            continue
        if match.end() <= start and "\n" not in text[match.end() : start]:
            continue
        if reason := _behind(text, match):
            return reason
    said = _REASON.search(text)
    return " ".join(said[1].split()).strip(_EDGES) if said else ""


def _behind(text: str, verdict: re.Match[str]) -> str:
    """The rest of the line, or of the brackets or cell, up to the next field."""
    rest = text[verdict.end() :].partition("\n")[0].partition("|")[0]
    opening = text[text.rfind("\n", 0, verdict.start()) + 1 : verdict.start()]
    for before, after in ("()", "[]"):
        if opening.count(before) > opening.count(after):
            rest = rest[: _closing(rest, before, after)]
    label = next((each for each in _LABEL.finditer(rest) if field_named(each[1].strip().lower()) is not None), None)
    if label is not None:
        rest = rest[: label.start()]
    return " ".join(rest.split()).strip(_EDGES)


def _closing(text: str, before: str, after: str) -> int:
    depth = 0
    for index, character in enumerate(text):
        depth += (character == before) - (character == after)
        if depth < 0:
            return index
    return len(text)
