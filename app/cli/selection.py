"""Which rules a person means: by code, by the beginning of a code, by name; and what they meant by a typo."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import typer

from rules.nearest import nearest
from rules.rule import Rule, iter_rules

_PREFIX = re.compile(r"CO\d*", re.IGNORECASE)
_SHORTEST_PART = 4  # letters of a name's part: fewer are in names by chance
_MOST_MEANT = 5


def find_rule(word: str, rules: Iterable[Rule]) -> Rule | None:
    """The rule of that code or name, in any case; None if there is none."""
    wanted = word.strip().casefold()
    return next((rule for rule in rules if wanted in (rule.code.casefold(), rule.name.casefold())), None)


def rules_below(word: str, rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules whose codes begin with a word such as `CO4`; none if it is not the beginning of a code."""
    beginning = word.strip().upper()
    if not _PREFIX.fullmatch(beginning):
        return ()
    return tuple(rule for rule in rules if rule.code.startswith(beginning))


def select_codes(select: Sequence[str], ignore: Sequence[str], rules: Sequence[Rule]) -> frozenset[str]:
    """The codes to report: all or the selected ones, without the ignored ones.

    Each word may hold several, separated by commas. Raises ValueError for a word that names no rule.
    """
    selected = _codes(select, rules) if select else {rule.code for rule in rules}
    return frozenset(selected - _codes(ignore, rules))


def no_such_rule(word: str, rules: Sequence[Rule]) -> str:
    """What to say to somebody who named a rule that is not there."""
    if containing := [f"{rule.code} ({rule.name})" for rule in rules if _contains(rule.name, word)]:
        return f"there is no rule {word!r}; did you mean {_one_of(containing[:_MOST_MEANT])}?"
    meant = _nearest(word, rules)
    return f"there is no rule {word!r}" + (f"; did you mean {meant}?" if meant else "; `closeout rules` lists them all")


def selected_codes(select: Sequence[str] | None, ignore: Sequence[str] | None) -> frozenset[str]:
    """The codes that `--select` and `--ignore` leave; raises typer.BadParameter for a word that names no rule."""
    try:
        return select_codes(select or (), ignore or (), tuple(iter_rules()))
    except ValueError as problem:
        raise typer.BadParameter(str(problem), param_hint="--select/--ignore") from None


def _codes(words: Sequence[str], rules: Sequence[Rule]) -> set[str]:
    return {code for word in _split(words) for code in _matching(word, rules)}


def _split(words: Sequence[str]) -> Iterator[str]:
    return (part.strip() for word in words for part in word.split(",") if part.strip())


def _matching(word: str, rules: Sequence[Rule]) -> list[str]:
    if rule := find_rule(word, rules):
        return [rule.code]
    codes = [rule.code for rule in rules_below(word, rules)]
    if not codes:
        raise ValueError(no_such_rule(word, rules))
    return codes


def _contains(name: str, word: str) -> bool:
    wanted = word.strip().casefold()
    return len(wanted) >= _SHORTEST_PART and wanted in name.casefold()


def _one_of(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + (" or " if len(names) > 1 else "") + names[-1]


def _nearest(word: str, rules: Sequence[Rule]) -> str | None:
    wanted = word.strip()
    codes = {rule.code: f"{rule.code} ({rule.name})" for rule in rules}
    names = {rule.name: f"{rule.name} ({rule.code})" for rule in rules}
    near = nearest(wanted, codes) or nearest(wanted, names)
    return (codes | names)[near] if near else None
