"""Finding the phrases of a word list in a text, without a regular expression, which would take long to compile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from rules.lower_case import without_capitals
from rules.once import words_of
from rules.patterns import Pattern
from rules.words import word_list

_WORD = Pattern(r"\w+")
_WIDEST = 4  # characters of white space between two words of a phrase
_SHORT = 2000  # characters


class Place(NamedTuple):
    """Where a phrase stands in a text: the characters from `start` to `end` (exclusive)."""

    start: int
    end: int


class _Phrase(NamedTuple):
    """A phrase: what its blanks set apart, and the words in it."""

    parts: Sequence[str]
    words: frozenset[str]


class PhraseList:
    """Phrases that are found as whole words, whatever their capitals, the longest where several begin.

    A blank in a phrase stands for white space of up to four characters, an apostrophe for the typographic one, too.
    A word that is joined to another by a hyphen is no whole word, unless `parted` by it.
    """

    __slots__ = ("_firsts", "_known", "_parted", "_texts")

    def __init__(self, phrases: Iterable[str], *, parted: bool = False) -> None:
        """`phrases` in lower case, each beginning and ending with a letter or digit."""
        self._parted = parted
        self._texts: dict[str, list[str]] = {}  # by their first words
        self._known: dict[str, Sequence[_Phrase]] = {}  # the same, of those words that have occurred; the longest first
        for phrase in phrases:
            self._texts.setdefault(_first_word(phrase), []).append(phrase)
        self._firsts = frozenset(self._texts)

    def may_begin_among(self, words: Iterable[str]) -> bool:
        """Whether the first word of one of them is among some words, as `rules.once.words_of` tells those of a text."""
        return not self._firsts.isdisjoint(words)

    def may_be_among(self, words: frozenset[str]) -> bool:
        """Whether all words of one of them are among some words, as `rules.once.words_of` tells them."""
        return bool(self._possible(words))

    def is_in(self, text: str) -> bool:
        """Whether any of them stands in a text."""
        return next(self.places(text), None) is not None

    def places(self, text: str) -> Iterator[Place]:
        """Where they stand in a text, none over another."""
        words = _words_of_short(text) if len(text) < _SHORT else _words_in(text)
        if self._firsts.isdisjoint(words):
            return iter(())
        possible = self._possible(words)
        return self._places(_folded(text), possible) if possible else iter(())

    def _places(self, folded: str, possible: Mapping[str, Sequence[_Phrase]]) -> Iterator[Place]:
        behind = 0
        for word in _WORD.finditer(folded):
            start = word.start()
            if word[0] in possible and start >= behind and self._is_edge(folded, start - 1):
                end = self._longest(folded, start, possible[word[0]])
                if end:
                    yield Place(start, end)
                    behind = end

    def end_at(self, text: str, start: int) -> int:
        """Where the longest ends that begins at the index `start` of a text; 0 if none does."""
        first = _WORD.match(text, start)
        phrases = self._beginning_with(without_capitals(first[0])) if first is not None else ()
        return self._longest(_folded(text), start, phrases) if phrases else 0

    def _possible(self, words: frozenset[str]) -> dict[str, Sequence[_Phrase]]:
        """The phrases all of whose words are in a text, by their first."""
        found: dict[str, Sequence[_Phrase]] = {}
        for first in self._firsts & words:
            if phrases := [phrase for phrase in self._beginning_with(first) if phrase.words <= words]:
                found[first] = phrases
        return found

    def _beginning_with(self, first: str) -> Sequence[_Phrase]:
        """The phrases with that first word, the longest first."""
        known = self._known.get(first, ())
        if not known and first in self._texts:
            texts = sorted(set(self._texts[first]), key=len, reverse=True)
            known = self._known[first] = [_Phrase(text.split(" "), frozenset(_WORD.findall(text))) for text in texts]
        return known

    def _longest(self, text: str, start: int, phrases: Iterable[_Phrase]) -> int:
        return next(filter(None, (self._end(text, start, phrase.parts) for phrase in phrases)), 0)

    def _end(self, text: str, start: int, phrase: Sequence[str]) -> int:
        """Where a phrase that begins at `start` ends; 0 if it does not stand there."""
        at = start
        for word in phrase:
            if at > start:
                blank = at
                while at - blank < _WIDEST and text[at : at + 1].isspace():
                    at += 1
                if at == blank:
                    return 0
            if not text.startswith(word, at):
                return 0
            at += len(word)
        return at if self._is_edge(text, at) else 0

    def _is_edge(self, text: str, index: int) -> bool:
        """Whether the character there, if any, ends a word."""
        if not 0 <= index < len(text):
            return True
        character = text[index]
        return not (character.isalnum() or character == "_" or (character == "-" and not self._parted))


def _first_word(phrase: str) -> str:
    first = phrase.partition(" ")[0]
    if first.isalnum():
        return first
    word = _WORD.match(phrase)
    return word[0] if word else ""


def _words_in(text: str) -> frozenset[str]:
    """The words of a text in lower case; one with an apostrophe or a hyphen counts as two."""
    if text.isascii() and "_" not in text:
        return frozenset(words_of(text))
    return frozenset(_WORD.findall(_folded(text)))


_words_of_short = lru_cache(maxsize=512)(_words_in)  # many lists are looked for in the same entries of a timeline


def _folded(text: str) -> str:
    """A text of the same length in lower case, with straight apostrophes."""
    return without_capitals(text).replace("’", "'")


@cache
def phrase_list(name: str, *keys: str, parted: bool = False) -> PhraseList:
    """The phrases of some lists in `lexicon/NAME.toml`. Raises KeyError if there is no such list."""
    return PhraseList((phrase for key in keys for phrase in word_list(name, key)), parted=parted)
