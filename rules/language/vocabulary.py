"""The words of `lexicon/blame.toml` and `lexicon/people.toml`, ready for looking up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from rules.language.sentences import POSSESSIVE, Sentence
from rules.words import word_map, word_set


class Phrases:
    """Phrases, each a sequence of tokens, by their first and by their last one, the longest first."""

    __slots__ = ("_by_first", "_by_last")

    def __init__(self, text: str) -> None:
        self._by_first: dict[str, list[list[str]]] = {}
        self._by_last: dict[str, list[list[str]]] = {}
        apart = text.replace(POSSESSIVE, f" {POSSESSIVE}").replace("\n", ",")
        for phrase in sorted(map(str.split, apart.split(",")), key=len, reverse=True):
            if phrase:
                self._by_first.setdefault(phrase[0], []).append(phrase)
                self._by_last.setdefault(phrase[-1], []).append(phrase)

    def __iter__(self) -> Iterator[list[str]]:
        return (phrase for each in self._by_first.values() for phrase in each)

    @property
    def firsts(self) -> Iterable[str]:
        """The words that begin a phrase."""
        return self._by_first.keys()

    @property
    def seconds(self) -> dict[str, frozenset[str] | None]:
        """For each word that begins a phrase, those that may follow it; None where it may be a phrase by itself."""
        return {
            first: None if any(len(each) == 1 for each in begun) else frozenset(each[1] for each in begun)
            for first, begun in self._by_first.items()
        }

    def match(self, sentence: Sentence, start: int) -> int:
        """Where the longest phrase ends that begins at the token `start`; 0 if none does."""
        words = sentence.words
        if 0 <= start < len(words) and words[start] in self._by_first:
            for phrase in self._by_first[words[start]]:
                end = start + len(phrase)
                if words[start:end] == phrase:
                    return end
        return 0

    def match_before(self, sentence: Sentence, end: int) -> int:
        """How many tokens the longest phrase has that ends right before the token `end`; 0 if none does."""
        words = sentence.words
        if 0 < end <= len(words) and words[end - 1] in self._by_last:
            for phrase in self._by_last[words[end - 1]]:
                if len(phrase) <= end and words[end - len(phrase) : end] == phrase:
                    return len(phrase)
        return 0


@cache
def words(key: str) -> frozenset[str]:
    """The words of a list. Raises KeyError if there is none."""
    people = word_map("people", "words")
    return frozenset((people[key] if key in people else word_map("blame", "words")[key]).split())


def given_names() -> frozenset[str]:
    """Common given names."""
    return word_set("given_names", "names")


@cache
def phrases(key: str) -> Phrases:
    """The phrases of a list. Raises KeyError if there is none."""
    return Phrases(word_map("blame", "phrases")[key])


def is_past(word: str) -> bool:
    """Whether a word may be a verb in the past tense."""
    if word.endswith("ed") and len(word) > 3:
        return word not in words("no_past")
    return word in words("irregular")


def is_word(token: str) -> bool:
    """Whether a token is a word, and not a sign."""
    return token[:1].isalnum() or token[:1] == "@"
