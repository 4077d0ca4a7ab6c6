"""Headings and numbers of other markup (`== Cause ==`, `h2. Cause`, `  2.1. …`), made those that Markdown knows."""

from __future__ import annotations

import re
from collections.abc import Callable

from rules.patterns import Pattern

_EQUALS = Pattern(r"^ {0,3}(?P<signs>={1,6})(?P<title> [^\n=]{1,120}?)(?P<end>[ \t]*=*[ \t]*)$", re.MULTILINE)
_LEVEL = Pattern(r"^h(?P<level>[1-6])\. (?=\S)", re.MULTILINE)
_HASH = Pattern(r"^ {0,3}#\.(?=[ \t]{1,4}\S)", re.MULTILINE)
_SUB_NUMBER = Pattern(r"^(?P<indent>[ ]{2,12})(?P<number>\d{1,2}\.\d{1,2}[.)]?)(?=[ ]\S)", re.MULTILINE)
_FEWEST = 2  # of a kind: one alone may stand there for another reason


def with_known_headings(text: str) -> str:
    """The text with as many characters, such headings and numbers being those of Markdown."""
    if "= " in text:
        text = _where_several(_EQUALS, text, _equals)
    if "\nh" in text:
        text = _where_several(_LEVEL, text, lambda match: _padded("#" * min(int(match["level"]), 3), match))
    if "#." in text:
        text = _where_several(_HASH, text, lambda match: match[0].replace("#", "1"))
    if "\n  " in text and ".1" in text and ".2" in text and _counts(text):
        text = _SUB_NUMBER.sub(_bullet, text)
    return text


def _counts(text: str) -> bool:
    """Whether sub-numbers count on (`2.1`, `2.2`), as figures at the beginning of lines hardly do."""
    found = {match["number"].rstrip(".)") for match in _SUB_NUMBER.finditer(text)}
    return any(number.endswith(".1") and number[:-1] + "2" in found for number in found)


def _where_several(pattern: Pattern, text: str, replace: Callable[[re.Match[str]], str]) -> str:
    return pattern.sub(replace, text) if len(pattern.findall(text)) >= _FEWEST else text


def _padded(signs: str, match: re.Match[str]) -> str:
    return signs + " " * (len(match[0]) - len(signs))


def _equals(match: re.Match[str]) -> str:
    return match[0].replace("=", "#", len(match["signs"])).rstrip("= \t").ljust(len(match[0]))


def _bullet(match: re.Match[str]) -> str:
    """A bullet as wide as the number, with its blanks so that no code block begins behind it."""
    spare = len(match["number"]) - 1
    left = max(spare - 3, 0)
    return match["indent"] + " " * left + "-" + " " * (spare - left)
