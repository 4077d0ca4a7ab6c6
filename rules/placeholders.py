"""Text that has not been written yet: a template's hints, and words such as TBD."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from rules.reading import read
from rules.words import word_list, word_set

_SENTENCE_END = re.compile(r"[.!?]+(?:\s+|$)|\n+")
_BLANKS = re.compile(
    r"YYYY-MM-DD|HH:MM|\{\{[^{}]*\}\}|<[^<>\n]*>|\[(?:tb[acd]|todo|fill[^\]\n]*|insert[^\]\n]*|your[^\]\n]*)\]",
    re.IGNORECASE,
)
_LONGEST_HINT = 2000  # longer text is no template's


def is_template(text: str) -> bool:
    """Whether a section holds nothing but a template's hints, or blanks such as `<names>` and `{{ summary }}`."""
    if len(text) > _LONGEST_HINT:
        return False
    sentences = list(_sentences(_BLANKS.sub(" ", text)))
    if not sentences:
        return _BLANKS.search(text) is not None
    return all(sentence in _hints() for sentence in sentences)


def is_nothing(text: str) -> bool:
    """Whether a section or value is empty, or says no more than `TBD`, `n/a` or an ellipsis."""
    return len(text) <= _LONGEST_HINT and all(
        line in _nothings() or not line for line in map(_folded, text.split("\n"))
    )


def is_answer_none(text: str) -> bool:
    """Whether a text says that there is nothing, as an answer ("None so far")."""
    return _folded(text) in word_set("sections", "answers")


def _sentences(text: str) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(text):
        if folded := _folded(sentence):
            yield folded


def _folded(text: str) -> str:
    straight = unicodedata.normalize("NFC", text).casefold().replace("’", "'")
    return " ".join(straight.split()).strip(" .,:;!?*_-–—()[]…")


@cache
def _nothings() -> frozenset[str]:
    return frozenset(map(_folded, word_list("sections", "nothing"))) | {""}


@cache
def _hints() -> frozenset[str]:
    template = read(files("rules").joinpath("templates", "closeout.md").read_text(encoding="utf-8"))
    own = (_BLANKS.sub(" ", section.text) for section in template.sections)
    given = word_list("sections", "sentences")
    return frozenset(sentence for text in (*own, *given) for sentence in _sentences(text))
