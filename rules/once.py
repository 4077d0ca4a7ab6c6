"""What several rules ask of the same document, worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from rules.postmortem import Postmortem

_Result = TypeVar("_Result")
_LETTERS_AND_DIGITS = bytes(code if chr(code).isalnum() and code < 128 else ord(" ") for code in range(256))
_AND_LINES = _LETTERS_AND_DIGITS[:10] + b"\n" + _LETTERS_AND_DIGITS[11:]  # the same, but for line breaks


def once_a_document(function: Callable[[Postmortem], _Result]) -> Callable[[Postmortem], _Result]:
    """The function, with its result for the last document kept.

    Documents are compared by identity: to compare their contents would cost more than most functions.
    """
    last: tuple[Postmortem, _Result] | None = None

    @wraps(function)
    def remembered(postmortem: Postmortem) -> _Result:
        nonlocal last
        known = last
        if known is None or known[0] is not postmortem:
            last = known = (postmortem, function(postmortem))
        return known[1]

    return remembered


@once_a_document
def words_by_passage(postmortem: Postmortem) -> tuple[list[str], ...]:
    """For each passage its words, see `words_of`."""
    together = "\n".join(passage.text for passage in postmortem.passages)  # in none of which a line ends
    return tuple(map(str.split, _parted(together, _AND_LINES).split("\n"))) if postmortem.passages else ()


@once_a_document
def words_in(postmortem: Postmortem) -> frozenset[str]:
    """The words of the running text, see `words_of`.

    A rule whose words are not among them has nothing to say, and need not look for them passage by passage.
    """
    return frozenset().union(*words_by_passage(postmortem))


def words_of(text: str) -> list[str]:
    """The stretches of English letters and digits in a text, in lower case; all else parts words (`don't` is two)."""
    return _parted(text, _LETTERS_AND_DIGITS).split()


def _parted(text: str, table: bytes) -> str:
    # Bytes, which are translated ten times as fast as a text with a dash in it, or as a regular expression reads it.
    return text.lower().encode("ascii", "replace").translate(table).decode("ascii")
