"""A document's own title, whichever way it is marked: a first heading of any level, a bold line, a plain one."""

from __future__ import annotations

import re

from rules.blocks import Stretch
from rules.field_keys import key_of
from rules.parse.part import Part
from rules.patterns import Pattern

_NAMES_INCIDENT = Pattern(
    r"\bpost[- ]?mortem|\bincidents?\b|\boutages?\b|\bretrospective\b|\brca\b|\bcoe\b|\breport\b|\breview\b"
    r"|\bfail(?:ed|ures?|ing)\b|\bdown(?:time)?\b|\bloss of\b|\berrors?\b|\bunavailab",
    re.IGNORECASE,
)
_SENTENCE = Pattern(
    r"(?:hi|hello|dear|hey|this|these|we|on|at|in|the following|here|please|note)\b|.*[.!?:;,]$", re.IGNORECASE
)
_LABEL = Pattern(r"([^:\n]{1,40}):\s")
_LONGEST = 120
_FEWEST_WORDS = 2


def headline(root: Part) -> Part | None:
    """The part whose heading is the document's title: a first heading of level 1 that names no kind of section.

    Without any heading of level 1, also a lower one, or a line in bold, that comes before everything else and is about
    an incident.
    """
    first = next((part for part in root.parts if not part.label), None)
    if first is not None and first.level == 1:
        return first if first.kind is None else None
    if root.blocks or not root.parts or any(part.level == 1 and not part.label for part in root.walk()):
        return None
    first = root.parts[0]
    return first if first.kind is None and first.words.text and _is_about_incident(first.title) else None


def plain_headline(root: Part) -> Stretch | None:
    """The line at the very top that is the title of a document without a heading for it."""
    first = root.blocks[0] if root.blocks else None
    if first is None or first.kind != "paragraph" or (root.parts and root.parts[0].heading[0] < first.start):
        return None
    line = first.inline.whole().trimmed()
    if "\n" in line.text or not line.text or len(line.text) > _LONGEST or _SENTENCE.match(line.text):
        return None
    label = _LABEL.match(line.text)
    if label is not None and key_of(label[1]) is not None:
        return None
    return line if _is_about_incident(line.text) else None


def _is_about_incident(title: str) -> bool:
    words = len(title.split())
    return words >= _FEWEST_WORDS and key_of(title) is None and _NAMES_INCIDENT.search(title) is not None
