"""Headings and labels as they are compared."""

from __future__ import annotations

from functools import lru_cache

from rules.patterns import Pattern

_NUMBERING = Pattern(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}[.):]?|[ivx]{1,4}[.)])\s+")
_MARKS = Pattern(r"^[\W_]+")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-"})


_LONGEST_KEPT = 100  # characters


def fold(title: str) -> str:
    """A heading or label as it is compared: lower case, plain quotes and hyphens, single spaces, bare at its ends."""
    return _folded_before(title) if len(title) <= _LONGEST_KEPT else _folded(title)


def _folded(title: str) -> str:
    folded = " ".join(title.lower().translate(_PLAIN).split())
    if not folded[:1].isalnum():
        folded = _MARKS.sub("", folded)
    if "do's" in folded:
        folded = folded.replace("do's", "dos")
    numbering = _NUMBERING.match(folded)
    return folded[numbering.end() if numbering else 0 :].rstrip(" :.?!…*_-–—")


_folded_before = lru_cache(maxsize=1024)(_folded)  # the same few stand in every document of a repository
