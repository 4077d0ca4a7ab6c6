from __future__ import annotations

import re
from importlib import import_module
from pkgutil import walk_packages

import pytest

import rules
from rules.pattern_codes import PatternCodes
from rules.patterns import Pattern


def test_what_was_kept_of_a_pattern_is_what_re_makes_of_it() -> None:
    modules = [import_module(each.name) for each in walk_packages(rules.__path__, "rules.")]
    patterns = {each for module in modules for each in vars(module).values() if isinstance(each, Pattern)}
    first = PatternCodes({})
    for pattern in patterns:
        first.compile(pattern.pattern, pattern.flags)
    again = PatternCodes(dict(first.known))
    for pattern in patterns:
        compiled = re.compile(pattern.pattern, pattern.flags)
        kept = again.compile(pattern.pattern, pattern.flags)
        assert kept == compiled  # Python compares the codes
        assert kept.groupindex == compiled.groupindex
    assert not again.has_grown


def test_groups_keep_their_names() -> None:
    codes = PatternCodes({})
    codes.compile(r"(?P<day>\d+)-(\w+)", re.ASCII)
    match = PatternCodes(codes.known).compile(r"(?P<day>\d+)-(\w+)", re.ASCII).match("12-May")
    assert match is not None
    assert match.groupdict() == {"day": "12"}
    assert match.lastindex == 2


def test_the_same_pattern_with_other_flags_is_another() -> None:
    codes = PatternCodes({})
    assert codes.compile("a", re.IGNORECASE).match("A")
    assert not codes.compile("a", 0).match("A")


def test_codes_that_the_engine_does_not_take_do_no_harm() -> None:
    codes = PatternCodes({("a+", 0): (32, b"\xff" * 40, 0, {}, (None,)), ("b+", 0): (32, b"odd", 0, {}, (None,))})
    assert codes.compile("a+", 0).match("aa")
    assert codes.compile("b+", 0).match("bb")


def test_a_wrong_pattern_is_told_as_by_re() -> None:
    with pytest.raises(re.error, match="missing"):
        PatternCodes({}).compile("(", 0)
