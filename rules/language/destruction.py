"""Whether what somebody did to data is told to blame: “the new hire dropped the users table”.

People delete things on purpose, too, and to repair others, so that it counts only where nothing else is told of it: of
somebody new to the work, or if the data were those that all depends on.
"""

from __future__ import annotations

from rules.language.sentences import Sentence
from rules.language.subjects import ends_noun
from rules.language.vocabulary import is_word, words

_LONGEST_OBJECT = 6  # tokens
_LONGEST_PLACE = 6  # tokens: “in the main account during the night”
_LONGEST_NAME = 3  # tokens: “new hire”, “junior database engineer”
_PLACING = frozenset({"in", "on", "at", "during"})


def destroyed_end(sentence: Sentence, end: int, verb: int) -> int:
    """Where the data end that somebody destroyed, whose name ends at `end`; 0 if it is not held against them.

    `verb`: the token of “dropped” and kin.
    """
    if sentence.words[verb] not in words("destroying") or _is_asked_for(sentence, verb):
        return 0
    data = _data_end(sentence, verb + 1)
    if not data or not _is_all_told(sentence, data):
        return 0
    described = sentence.words[verb + 1 : data - 1]
    if not words("expendable").isdisjoint(described):
        return 0
    novice = not words("novices").isdisjoint(sentence.words[max(end - _LONGEST_NAME, 0) : end])
    return data if novice or not words("precious").isdisjoint(described) else 0


def _data_end(sentence: Sentence, start: int) -> int:
    """Where the noun for data ends whose phrase begins there; 0 if it is none."""
    for index in range(start, min(start + _LONGEST_OBJECT, len(sentence.words))):
        if not is_word(sentence.words[index]) or sentence.words[index] in words("boundaries"):
            return 0
        if sentence.words[index] in words("data") and ends_noun(sentence, index + 1):
            return index + 1
    return 0


def _is_all_told(sentence: Sentence, end: int) -> bool:
    """Whether the sentence ends there, or tells no more than the place and the time."""
    place = sentence.at(end) in _PLACING
    for index in range(end, min(end + _LONGEST_PLACE * place + 1, len(sentence.words))):
        word = sentence.words[index]
        if word in (".", ";", "!"):
            return True
        if not place or not is_word(word):
            return False
    return len(sentence.words) <= end + _LONGEST_PLACE * place


def _is_asked_for(sentence: Sentence, verb: int) -> bool:
    """Whether an aim or an instruction stands before the verb: “to free space, …”, “when asked by …”."""
    before = sentence.words[:verb]
    if ";" in before:
        before = before[len(before) - before[::-1].index(";") :]
    return before[:1] == ["to"] or not _ASKING.isdisjoint(before)


_ASKING = frozenset({
    "per", "following", "according", "when", "while", "if", "planned", "intended", "agreed", "requested", "scheduled",
    "asked", "told", "instructed",
})  # fmt: skip
