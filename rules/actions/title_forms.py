"""Forms that titles of action items have, each looked for only in a title that has one of some words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rules.once import words_of
from rules.patterns import Pattern


class Form(NamedTuple):
    """A form of such titles, looked for only where one of some words stands in it."""

    signs: frozenset[str]
    pattern: Pattern


class Forms:
    """Several forms, none of which is looked for in a title without any of their signs."""

    __slots__ = ("_forms", "_signs")

    def __init__(self, *forms: Form) -> None:
        self._forms = forms
        self._signs = frozenset[str]().union(*(each.signs for each in forms))

    def match(self, body: str) -> bool:
        """Whether a title, cut down to its main clause, has one of the forms."""
        seen = self._signs & _words(body)
        return bool(seen) and any(
            not each.signs.isdisjoint(seen) and each.pattern.search(body) is not None for each in self._forms
        )


def form(signs: str, pattern: str) -> Form:
    """A form with its signs, parted by blanks, and its pattern, in which blanks mean nothing."""
    return Form(frozenset(signs.split()), Pattern(pattern, re.IGNORECASE | re.VERBOSE))


@lru_cache(maxsize=8)  # a title is looked at for several groups of forms
def _words(body: str) -> frozenset[str]:
    return frozenset(words_of(body))
