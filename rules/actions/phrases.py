"""Walking through a title phrase by phrase.

Looking up the next words in a set costs nothing before the first title, where a regular expression of thousands of
words would have to be compiled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache

from rules.patterns import Pattern
from rules.words import word_list

_WORD = Pattern(r"\s{0,4}([\w'’/-]+)")
_DETERMINERS = frozenset(
    ("the", "our", "a", "an", "all", "any", "its", "their", "this", "these", "existing", "current", "relevant")
)


class Phrases:
    """Phrases to look up, by their first words; lower case, one blank between words."""

    __slots__ = ("_all", "_longest")

    def __init__(self, phrases: Iterable[str]) -> None:
        self._all = frozenset(phrases)
        self._longest = dict.fromkeys(self._all, 1)  # first word -> words of the longest phrase that begins with it
        for phrase in self._all:
            if " " in phrase:
                first, count = phrase.partition(" ")[0], phrase.count(" ") + 1
                self._longest[first] = max(self._longest.get(first, 0), count)

    def __contains__(self, phrase: str) -> bool:
        return phrase in self._all

    def longest_with(self, first: str) -> int:
        """The words of the longest phrase that begins with a word; 0 if none does."""
        return self._longest.get(first, 0)


def end_of(text: str, position: int, phrases: Phrases) -> int | None:
    """Where the longest of some phrases ends that stands at a position, behind blanks; None if none does."""
    word = _WORD.match(text, position)
    if word is None:
        return None
    phrase = _folded(word[1])
    longest = phrases.longest_with(phrase)
    if not longest:
        return None
    found: int | None = None
    for _ in range(longest):
        if phrase in phrases:
            found = word.end()
        word = _WORD.match(text, word.end())
        if word is None:
            break
        phrase = f"{phrase} {_folded(word[1])}"
    return found


def _folded(word: str) -> str:
    return word.lower() if word.isascii() else word.lower().replace("’", "'")


def behind_determiners(text: str, position: int) -> int:
    """Behind up to two words such as "the" and "our existing"."""
    for _ in range(2):
        position = end_of_one(text, position, _DETERMINERS) or position
    return position


def end_of_one(text: str, position: int, words: Collection[str]) -> int | None:
    """As `end_of`, for single words."""
    word = _WORD.match(text, position)
    return word.end() if word is not None and word[1].lower() in words else None


def behind(text: str, position: int, phrases: Phrases, most: int) -> int:
    """Behind up to `most` of some phrases in a row."""
    for _ in range(most):
        position = end_of(text, position, phrases) or position
    return position


def starts(text: str, position: int, most: int) -> Iterator[int]:
    """The position, and those behind each of the next words, up to `most` of them."""
    yield position
    for _ in range(most):
        word = _WORD.match(text, position)
        if word is None:
            return
        position = word.end()
        yield position


@cache
def phrases_of(name: str, *keys: str) -> Phrases:
    """The phrases of some lists in `lexicon/NAME.toml`."""
    return Phrases(word for key in keys for word in word_list(name, key))


@cache
def verbs_of(name: str, *keys: str) -> Phrases:
    """As `phrases_of`, each also in the form by which a title names the doing: `improve`, `improving`."""
    return Phrases(form for key in keys for verb in word_list(name, key) for form in (verb, _gerund(verb)))


def _gerund(verb: str) -> str:
    first, blank, rest = verb.partition(" ")
    stem = first[:-1] if first.endswith("e") and not first.endswith(("ee", "be")) else first
    return f"{stem}ing{blank}{rest}"
