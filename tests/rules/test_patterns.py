from __future__ import annotations

import re
from importlib import import_module
from pkgutil import walk_packages

import pytest

import rules
from rules.patterns import Pattern


def test_a_pattern_does_what_the_compiled_one_does() -> None:
    text = "One, two and THREE"
    pattern, compiled = Pattern(r"t(\w)", re.IGNORECASE), re.compile(r"t(\w)", re.IGNORECASE)
    assert [each.span() for each in pattern.finditer(text)] == [each.span() for each in compiled.finditer(text)]
    assert pattern.findall(text) == compiled.findall(text)
    assert pattern.split(text, maxsplit=1) == compiled.split(text, maxsplit=1)
    assert pattern.sub(r"\1", text, count=1) == compiled.sub(r"\1", text, count=1)


def test_positions_are_passed_on() -> None:
    pattern = Pattern("a")
    assert pattern.match("ba") is None
    assert pattern.match("ba", 1) is not None
    assert pattern.search("ab", 1) is None
    assert pattern.fullmatch("bab", 1, 2) is not None


def test_nothing_is_compiled_before_the_first_use() -> None:
    broken = Pattern("(")
    with pytest.raises(re.error):
        broken.search("a")


def test_a_pattern_is_compiled_once() -> None:
    pattern = Pattern("a")
    assert pattern.compiled is pattern.compiled


def test_every_pattern_of_the_rules_can_be_compiled() -> None:
    modules = [import_module(each.name) for each in walk_packages(rules.__path__, "rules.")]
    patterns = {each for module in modules for each in vars(module).values() if isinstance(each, Pattern)}
    assert len(patterns) > 100
    for pattern in patterns:
        assert pattern.compiled.pattern == pattern.pattern
