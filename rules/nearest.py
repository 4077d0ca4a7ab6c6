"""What somebody probably meant by a word that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable

_NEAR = 0.7  # of 1: one letter in three may be another one
_LIKE_DIGITS = str.maketrans("oil", "011")  # letters that are taken for digits
_FEWEST = 4  # letters of a word that counts as the beginning of another


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is spelt nearly like `word`; None if none is near enough to be meant.

    Numbers are not nearly alike, as `CO419` and `CO999`, unless their digits were swapped, or letters taken for digits.
    """
    wanted = word.casefold()
    likeness = {each: _likeness(wanted, each.casefold()) for each in known}
    best = max(likeness, key=lambda each: likeness[each], default=None)
    return best if best is not None and likeness[best] >= _NEAR else None


def _likeness(word: str, known: str) -> float:
    """How much two words are alike, from 0 to 1."""
    if word.translate(_LIKE_DIGITS) == known.translate(_LIKE_DIGITS):
        return 1.0
    if sorted(_digits(word)) != sorted(_digits(known)):
        return 0.0
    shorter, longer = sorted((word, known), key=len)
    if len(shorter) >= _FEWEST and longer.startswith(shorter):
        return max(_NEAR, len(shorter) / len(longer))
    from difflib import SequenceMatcher  # not at the top: only what is wrong needs it, and it takes time to load

    matcher = SequenceMatcher(None, word, known)
    return matcher.ratio() if matcher.real_quick_ratio() >= _NEAR and matcher.quick_ratio() >= _NEAR else 0.0


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word))
