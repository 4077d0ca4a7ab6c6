"""The verbs by which action items begin."""

from __future__ import annotations

from functools import cache, lru_cache

from rules.parse.action_words import words_of
from rules.words import word_list


@lru_cache(maxsize=2048)
def is_verb(word: str) -> bool:
    """Whether a word is a verb by which actions are promised, or its form in -ing."""
    word = word.lower()
    verbs = _verbs()
    if word in verbs:
        return True
    if not word.endswith("ing") or len(word) < 6:
        return False
    stem = word[:-3]
    return stem in verbs or stem + "e" in verbs or (stem[-1] == stem[-2] and stem[:-1] in verbs)


@cache
def _verbs() -> frozenset[str]:
    return frozenset(verb.partition(" ")[0] for verb in word_list("actions", "verbs")) | words_of("attempts")
