"""Capitals as a document writes them in its headings and labels."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from rules.patterns import Pattern

_WORD = Pattern(r"[^\W\d_][\w'’]*")
_SMALL = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})
_FEWEST = 2  # words, behind a title's first one, by which its capitals can be told
_MOST_TITLES = 60  # looked at


def in_capitals_of(titles: Iterable[str], title: str) -> str:
    """A title with as many capitals as others: `Root Cause` beside `Action Items`, `ROOT CAUSE` beside `IMPACT`."""
    listed = list(islice(titles, _MOST_TITLES))
    words = [word for each in listed for word in _WORD.findall(each)]
    if len(listed) > 1 and words and all(word.isupper() for word in words):
        return title.upper()
    following = [word for each in listed for word in _WORD.findall(each)[1:] if word.lower() not in _SMALL]
    if len(following) < _FEWEST or not all(word[0].isupper() for word in following):
        return title
    return _WORD.sub(lambda match: _capitalised(match[0], is_first=match.start() == 0), title)


def _capitalised(word: str, *, is_first: bool) -> str:
    return word if word.lower() in _SMALL and not is_first else word[0].upper() + word[1:]
