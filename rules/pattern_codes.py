"""What Python makes of a regular expression, as data: it can be kept, and read again in a fiftieth of the time.

`re` compiles a pattern into a list of numbers, from which its engine, `_sre`, makes the object that searches. It has no
way to that list, so this goes through the parts that `re.compile` is made of. Where a later Python has others, or the
engine does not take what was kept (it examines every number), `re.compile` is asked as always.
"""

from __future__ import annotations

import re
import struct
import sys
from importlib import import_module
from typing import Any, TypeAlias

Codes: TypeAlias = "dict[tuple[str, int], _Code]"
"""Compiled patterns, by the pattern and its flags."""

_Code: TypeAlias = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Its flags as compiled, its numbers in four bytes each, how many groups it has, and their names both ways."""


class PatternCodes:
    """Compiles patterns, with what is known of them from before.

    Attributes:
        known: what was known, and what has been compiled since.
        has_grown: whether something has.
    """

    def __init__(self, known: Codes) -> None:
        self.known = known
        self.has_grown = False

    def compile(self, pattern: str, flags: int) -> re.Pattern[str]:
        """As `re.compile`."""
        key = pattern, int(flags)
        code = self.known.get(key)
        try:
            if code is None:
                code = self.known[key] = _translate(*key)
                self.has_grown = True
            return _assemble(pattern, code)
        except re.error:
            raise
        except Exception:  # noqa: BLE001 — whatever a later Python, or a damaged file, may bring about
            return re.compile(pattern, flags)


def form() -> str:
    """What the codes' form and content depend on, beside the patterns; other codes are worth nothing here."""
    engine: Any = import_module("_sre")
    return f"{sys.version} {engine.MAGIC} {engine.CODESIZE}"


def _translate(pattern: str, flags: int) -> _Code:
    parser: Any = import_module("re._parser")
    compiler: Any = import_module("re._compiler")
    parsed = parser.parse(pattern, flags)
    numbers = compiler._code(parsed, flags)
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, group in state.groupdict.items():
        names[group] = name
    packed = struct.pack(f"{len(numbers)}I", *numbers)
    return int(flags | state.flags), packed, state.groups - 1, dict(state.groupdict), tuple(names)


def _assemble(pattern: str, code: _Code) -> re.Pattern[str]:
    engine: Any = import_module("_sre")
    flags, packed, groups, index, names = code
    assembled: re.Pattern[str] = engine.compile(
        pattern, flags, memoryview(packed).cast("I").tolist(), groups, index, names
    )
    return assembled
