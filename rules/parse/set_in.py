"""Steps that are set in by four blanks below a sentence that announces them: a list to a reader, code to Markdown."""

from __future__ import annotations

import re

from rules.parse.promises import begins_with_verb
from rules.patterns import Pattern

_ANNOUNCED = Pattern(
    r"^(?P<lead>[^\s#>|`\-*+][^\n]{0,300}):[ \t]*\n(?:[ \t]*\n){0,3}(?P<lines>(?:(?: {4}|\t)[ \t]*\S[^\n]*\n?)+)",
    re.MULTILINE,
)
_SUBJECT = Pattern(
    r"\b(?:steps?|actions?|measures?|tasks?|items|improvements?|changes|following|recommendations?|fixes|work"
    r"|follow-?ups?|to-?dos?|plan|will|prevent)\b",
    re.IGNORECASE,
)
_SET_IN = Pattern(r"^(?: {4}|\t)(?=[ \t]*\S)", re.MULTILINE)
_WORDS = Pattern(r"[A-Z][\w'’-]*(?:[,;:.)\"”]{0,2} [(\"“@#]?[\w'’/&+%-]+){2,}")
_CODE = Pattern(r"[{}$;\\]|=[^ ]|\(\)|^[ \t]*(?:#|//|--)", re.MULTILINE)
_MOSTLY = 2 / 3
_FEWEST = 2


def with_listed_steps(text: str) -> str:
    """The text with as many characters, such lines being bullets."""
    if ":\n" not in text or ("\n    " not in text and "\n\t" not in text):
        return text
    return _ANNOUNCED.sub(_listed, text)


def _listed(match: re.Match[str]) -> str:
    block = match["lines"]
    if not _SUBJECT.search(match["lead"]) or not _are_steps(block):
        return match[0]
    bullets = _SET_IN.sub(lambda sign: "-" + " " * 3 if sign[0][0] == " " else "-", block)
    return match[0][: match.start("lines") - match.start()] + bullets


def _are_steps(block: str) -> bool:
    """Whether most lines of a block begin as instructions do, and none looks like code."""
    lines = [line.strip() for line in block.splitlines()]
    if len(lines) < _FEWEST or _CODE.search(block) or not all(_WORDS.match(line) for line in lines):
        return False
    return sum(map(begins_with_verb, lines)) >= len(lines) * _MOSTLY
