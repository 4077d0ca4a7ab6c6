"""Whether what is nested in an action item says what its title leaves open: "Improve logging" and beneath it each line.

Only bullets count, and none that is a field of the item ("Owner: …"). English only.
"""

from __future__ import annotations

from rules.actions.phrases import end_of, phrases_of, verbs_of
from rules.actions.vague_grammar import tells_figure
from rules.actions.vagueness import action_start, is_vague
from rules.lower_case import without_capitals
from rules.patterns import Pattern
from rules.postmortem import ActionItem, Postmortem

_MOST_LINES = 40  # of an item that are looked at
_LONGEST = 600  # characters of a line
_FEWEST_WORDS = 3
_BULLET = Pattern(r"\s*(?:>\s*)?(?:[-*+•◦▪–]|\d{1,2}[.)]|[a-z][.)])\s+(?:\[[ xX]\]\s+)?(?=\S)")
_FIELD = Pattern(r"[*_]{0,2}[\w /()-]{1,30}[*_]{0,2}\s?:")
_MARKS = Pattern(r"[*_`]+")
_DUTY = Pattern(
    r"\b(?:must|should|shall|will|have to|has to|needs? to|(?:is|are) (?:required )?to)\s"
    r"(?:complete|finish|pass|attend|sign|take part|approve|use|be (?:reviewed|approved|signed) by)\b"
)
_TOLD = Pattern(
    r"\b(?:was|were|is|are|did|does|had|has|have|because|since|could|would|might|may|we|i|they|it|if|when|see|tbd|todo)\b"
)
_NAME = Pattern(r"\s\S{0,2}(?:[A-Z]\w*[A-Z]|[A-Z][a-z]+\w*\d|[A-Z][a-z]{2,})\w*|`[^`]+`")


def details_tell(postmortem: Postmortem, item: ActionItem) -> bool:
    """Whether a bullet nested in an item whose title is vague says what will be different.

    What is only to be considered stays so: its details are the thoughts to have.
    """
    title = item.title
    if item.span.line == item.span.end_line or _is_undecided(title):
        return False
    last = min(item.span.end_line, item.span.line + _MOST_LINES)
    lines = (postmortem.source.line(number) for number in range(item.title_span.end_line + 1, last + 1))
    bullets = ((line, bullet.end()) for line in lines if (bullet := _BULLET.match(line)) is not None)
    return any(_tells(line[start : start + _LONGEST]) for line, start in bullets)


def _is_undecided(title: str) -> bool:
    return end_of(title, action_start(title), verbs_of("vague", "undecided")) is not None


def _tells(written: str) -> bool:
    if _FIELD.match(written) is not None:
        return False
    text = _MARKS.sub("", written).strip()
    if len(text.split()) < _FEWEST_WORDS or is_vague(text):
        return False
    start = action_start(text)
    if end_of(text, start, phrases_of("actions", "verbs")) or end_of(text, start, phrases_of("vague", "outcomes")):
        return True
    lower = without_capitals(text)
    if _DUTY.search(lower) is not None:
        return True
    return _TOLD.search(lower) is None and (tells_figure(lower) or _NAME.search(written) is not None)
