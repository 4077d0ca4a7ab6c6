"""The quick look that the rules of language take first, at a text by itself."""

from __future__ import annotations

from rules.language.suspicion import Suspicion
from rules.once import words_of


def is_suspicious(text: str, names: frozenset[str], *, ourselves: bool = True) -> bool:
    """Whether a text has words by which it could blame; without them a closer look finds nothing.

    `ourselves`: whether what the authors hold against themselves counts.
    """
    seen = words_of(text)
    return Suspicion(frozenset(seen), names, ourselves=ourselves).falls_on(text, seen)
