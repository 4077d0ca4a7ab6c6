"""Word lists for rules, kept as data in `lexicon`, and the regular expressions made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from os.path import commonprefix
from pathlib import Path
from typing import Any

import rtoml

_LEXICON = Path(__file__).with_name("lexicon")  # importlib.resources takes longer to load than all lists take to read


@cache
def word_list(name: str, key: str) -> tuple[str, ...]:
    """The list `key` in `lexicon/NAME.toml`. Raises KeyError if there is none.

    A long list is written as one text, with commas and line ends between the words: that is read ten times as fast.
    """
    words: str | Sequence[str] = lexicon(name)[key]
    return _parted(words) if isinstance(words, str) else tuple(words)


def _parted(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, text.replace("\n", ",").split(","))))


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """As `word_list`, for looking up."""
    return frozenset(word_list(name, key))


def word_map(name: str, key: str) -> Mapping[str, str]:
    """The table `key` in `lexicon/NAME.toml`. Raises KeyError if there is none."""
    table: Mapping[str, str] = lexicon(name)[key]
    return table


def alternatives(*words: Iterable[str]) -> str:
    """A regular expression, to be used in a larger one, that matches any of the words, the longest first.

    It is factored by common beginnings, so that hundreds of words cost little more than one. A blank in a word stands
    for white space of any length up to four characters, an apostrophe for the typographic one, too.
    """
    return _factored(sorted({word for each in words for word in each}))


def _factored(words: Sequence[str]) -> str:
    """Any of some words, sorted and each once: their common beginning, then any of the ways they go on."""
    if len(words) < 2:
        return _literal("".join(words))
    beginning = commonprefix((words[0], words[-1]))  # noqa: RUF071 — they are words; those between share it, too
    endings = [word[len(beginning) :] for word in words]
    optional = not endings[0]
    groups = groupby(endings[optional:], key=itemgetter(0))
    branches = [_factored(list(group)) for _, group in groups]
    joined = branches[0] if len(branches) == 1 and not optional else f"(?:{'|'.join(branches)})"
    return f"{_literal(beginning)}{joined}{'?' if optional else ''}"


def _literal(text: str) -> str:
    return text if text.isalnum() else "".join(map(_character, text))


def _character(character: str) -> str:
    if character == " ":
        return r"\s{1,4}"
    return "['’]" if character == "'" else re.escape(character)


@cache
def lexicon(name: str) -> Mapping[str, Any]:
    """All of `lexicon/NAME.toml`."""
    return rtoml.loads((_LEXICON / f"{name}.toml").read_text(encoding="utf-8"))
