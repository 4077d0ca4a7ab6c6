"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

_compilers: list[Callable[[str, int], re.Pattern[str]]] = [re.compile]  # the one that is in use


def compile_with(compiler: Callable[[str, int], re.Pattern[str]]) -> None:
    """Have patterns compiled from now on by another function, which does what `re.compile` does."""
    _compilers[:] = [compiler]


class Pattern:
    """A regular expression, like `re.Pattern`, whose compilation waits for its first use.

    There are hundreds in these rules, a document needs some of them, and compiling them all takes as long as checking
    ten documents. From the second use on, each method is the compiled pattern's own.

    Attributes:
        pattern: the regular expression. An error in it shows when it is used.
        flags: as in `re.compile`.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The compiled pattern itself."""
        return _compilers[0](self.pattern, self.flags)

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """As `re.Pattern.search`."""
        return self.compiled.search

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """As `re.Pattern.match`."""
        return self.compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        """As `re.Pattern.fullmatch`."""
        return self.compiled.fullmatch

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        """As `re.Pattern.finditer`."""
        return self.compiled.finditer

    @cached_property
    def findall(self) -> Callable[..., list[Any]]:
        """As `re.Pattern.findall`."""
        return self.compiled.findall

    @cached_property
    def split(self) -> Callable[..., list[str]]:
        """As `re.Pattern.split`, for patterns whose groups, if any, always match."""
        return self.compiled.split

    @cached_property
    def sub(self) -> Callable[..., str]:
        """As `re.Pattern.sub`."""
        return self.compiled.sub
