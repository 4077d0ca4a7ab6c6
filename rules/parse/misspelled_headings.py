"""The heading that a misspelled one is meant to be, where that is nearly certain: `Timline`, `Acton items`."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from rules.folding import fold
from rules.headings import without_remarks
from rules.layouts import Layout
from rules.parse.misspelled import slips
from rules.patterns import Pattern
from rules.words import word_list, word_set

_WORDS = Pattern(r"[a-z]+(?:[ ,-]{1,2}[a-z]+){0,5}")
_BETWEEN = Pattern(r"[ ,-]+")
_SHORTEST_WORD = 5  # letters; a shorter word has too many neighbours
_LONGEST = 60  # characters of a heading


class HeadingMeant(NamedTuple):
    """A known heading, and which words of another one have a slip in them: as written, as meant, in lower case."""

    known: str
    slips: tuple[tuple[str, str], ...]


def misspelled_kind(layout: Layout, title: str) -> str | None:
    """The kind of section that a misspelled heading announces; None if it is not nearly certain."""
    meant = heading_meant(title)
    return layout.kind_of(meant.known) if meant is not None else None


@lru_cache(maxsize=4096)
def heading_meant(title: str) -> HeadingMeant | None:
    """The heading that a postmortem knows and that an unknown one is meant to be; None if it is not nearly certain.

    Each of its words is that heading's, or begins with the same letter and is one slip of the keyboard away: a letter
    missing, doubled, wrong, or swapped with its neighbour. No matter how long the word is, there is one slip in it:
    `revolution` and `resolution` are far enough apart already to be two headings.
    """
    if len(title) > _LONGEST:
        return None
    bare = fold(without_remarks(title))
    if not _WORDS.fullmatch(bare):
        return None
    words = _BETWEEN.split(bare)
    for known in _known().get(_initials(words), ()):
        pairs = [pair for pair in zip(words, known, strict=True) if pair[0] != pair[1]]
        if pairs and all(_is_slip(*pair) for pair in pairs):
            return HeadingMeant(" ".join(known), tuple(pairs))
    return None


@cache
def _known() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The words of the headings, by their initials."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for heading in word_list("headings_known", "headings"):
        words = tuple(heading.split(" "))
        found[_initials(words)] = (*found.get(_initials(words), ()), words)
    return found


def _initials(words: tuple[str, ...] | list[str]) -> str:
    return "".join(word[0] for word in words)


def _is_slip(word: str, known: str) -> bool:
    """Whether a word is one slip away from another, and no word itself: no other form of it either."""
    if len(known) < _SHORTEST_WORD or word[0] != known[0] or abs(len(word) - len(known)) > 1:
        return False
    if f"{word}s" == known or f"{known}s" == word or word in word_set("headings_known", "lookalikes"):
        return False
    return slips(word, known) == 1
