"""Word lists for rules, kept as data in `lexicon`, and the regular expressions made of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

_END = ""
_Trie: TypeAlias = "dict[str, _Trie]"  # a character to what may follow it; `_END` where a word may end


@cache
def word_list(name: str, key: str) -> tuple[str, ...]:
    """The list `key` in `lexicon/NAME.toml`. Raises KeyError if there is none."""
    return tuple(_lexicon(name)[key])


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """As `word_list`, for looking up."""
    return frozenset(word_list(name, key))


def word_map(name: str, key: str) -> Mapping[str, str]:
    """The table `key` in `lexicon/NAME.toml`. Raises KeyError if there is none."""
    table: Mapping[str, str] = _lexicon(name)[key]
    return table


def alternatives(*words: Iterable[str]) -> str:
    """A regular expression, to be used in a larger one, that matches any of the words, the longest first.

    It is factored by common beginnings, so that hundreds of words cost little more than one. A blank in a word stands
    for white space of any length up to four characters, an apostrophe for the typographic one, too.
    """
    root: _Trie = {}
    for word in {word for each in words for word in each}:
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[_END] = {}
    return _factored(root)


def _factored(node: _Trie) -> str:
    branches = [_character(key) + _factored(child) for key, child in sorted(node.items()) if key != _END]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and _END not in node else f"(?:{'|'.join(branches)})"
    return f"{joined}?" if _END in node else joined


def _character(character: str) -> str:
    if character == " ":
        return r"\s{1,4}"
    return "['’]" if character == "'" else re.escape(character)


@cache
def _lexicon(name: str) -> dict[str, Any]:
    return tomllib.loads(files("rules").joinpath("lexicon", f"{name}.toml").read_text(encoding="utf-8"))
