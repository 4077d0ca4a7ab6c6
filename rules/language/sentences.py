"""Running text cut into sentences, and sentences into words, in time linear in the text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from rules.patterns import Pattern

_LONGEST_SENTENCE = 2000  # characters
_END = Pattern(  # begins with a character, for which a search is fast: the full stop, which is the sentence's own
    r"[.!?\n](?:(?<=\n)|(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bMrs\.)(?<!\bProf\.)"
    r"[\"”’)]{0,2}\s+(?=[A-Z\"“(@\ufffc]))"
)
_TOKEN = Pattern(r"(?:M(?:rs?|s)|Dr|Prof)\.|@?\w[\w@/.+-]*(?<![./+-])(?:['’]\w+)*|[^\w\s]")
_SHORT = {
    "n't": ("not",),
    "'ve": ("have",),
    "'d": ("had",),
    "'re": ("are",),
    "'ll": ("will",),
    "'m": ("am",),
}
_IRREGULAR = {"can't": ("can", "not"), "won't": ("will", "not"), "cannot": ("can", "not"), "noone": ("no-one",)}
MASK = "\ufffc"
"""What stands for code, a quotation or a URL."""
POSSESSIVE = "'s"
"""The token behind somebody to whom something belongs, also behind a plural: `the engineers' mistake`."""


class Sentence(NamedTuple):
    """A sentence as tokens: words in lower case, contractions as two (`did`, `not`), signs one by one.

    Attributes:
        words: the tokens.
        raw: the same as written.
        question: whether it ends with a question mark.
    """

    words: list[str]
    raw: list[str]
    question: bool

    def at(self, index: int) -> str:
        """The token there; empty before the first and behind the last."""
        return self.words[index] if 0 <= index < len(self.words) else ""


def iter_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends; one that does not end is cut."""
    position = 0
    for match in (*_END.finditer(text), None):
        end = len(text) if match is None else match.start() + (match[0] != "\n")
        while position < end:
            cut = min(end, position + _LONGEST_SENTENCE)
            yield position, cut
            position = cut
        position = match.end() if match else end


def tokenise(text: str, start: int, end: int) -> Sentence:
    """The tokens of a stretch of text."""
    raw: list[str] = _TOKEN.findall(text, start, end)
    words = [word.lower() for word in raw]
    if "cannot" in words or "noone" in words or "'" in "".join(words).replace("’", "'"):
        pairs = [(word, written) for lower, written in zip(words, raw, strict=True) for word in _split(lower)]
        words = [word for word, _ in pairs]
        raw = [written for _, written in pairs]
        _mark_plural_possessives(words)
    for index in _double_checks(words):
        words[index : index + 2] = [f"double-{words[index + 1]}"]
        raw[index : index + 2] = [f"{raw[index]}-{raw[index + 1]}"]
    return Sentence(words, raw, bool(words) and words[-1] == "?")


def spans_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where each token of `tokenise` stands in the text; the tokens of a contraction stand in one place."""
    matches = _TOKEN.finditer(text, start, end)
    pairs = [(word, match.span()) for match in matches for word in _split(match[0].lower())]
    spans = [span for _, span in pairs]
    for index in _double_checks([word for word, _ in pairs]):
        spans[index : index + 2] = [(spans[index][0], spans[index + 1][1])]
    return spans


def _double_checks(words: list[str]) -> list[int]:
    """Where “double check” begins, which is one verb, the last first."""
    if "double" not in words:
        return []
    pairs = list(pairwise(words))
    return [
        index for index in range(len(pairs) - 1, -1, -1) if pairs[index][0] == "double" and pairs[index][1] in _CHECK
    ]


_CHECK = frozenset({"check", "checked", "checking"})


def _split(word: str) -> tuple[str, ...]:
    """A word in lower case as its tokens."""
    if "’" in word:
        word = word.replace("’", "'")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if "'" not in word:
        return (word,)
    for ending, tokens in _SHORT.items():
        if word.endswith(ending) and len(word) > len(ending):
            rest = word.removesuffix(ending)
            return (*_split(rest), *tokens)
    if word.endswith(POSSESSIVE) and len(word) > len(POSSESSIVE):
        return (word.removesuffix(POSSESSIVE), POSSESSIVE)
    return (word,)


def _mark_plural_possessives(words: list[str]) -> None:
    for index in range(1, len(words) - 1):
        if words[index] in ("'", "’") and words[index - 1].endswith("s"):
            words[index] = POSSESSIVE
