"""Action items that a document says twice: in full, and again as a bare list, such as one of boxes to tick."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rules.patterns import Pattern
from rules.postmortem import ActionItem

_WORD = Pattern(r"\d+|(?<![^\W\d_])[^\W\d_]{1,4}")
_SMALL = frozenset({"a", "an", "the", "for", "of", "to", "in", "on", "at", "and", "or", "with", "so", "that", "all"})
_LONGEST = 300  # characters of a title that are compared
_LIKE = 0.6  # of the shorter wording's words
_FEWEST_WORDS = 2
_FEWEST = 2  # items of a list that say again what stands elsewhere
_MOST_PAIRS = 20_000


def without_restated(items: Sequence[ActionItem], headings: Sequence[int]) -> tuple[ActionItem, ...]:
    """The items, each once: of a bare list that mostly says again what others say in full, the latter are kept.

    What is ticked there is done. `headings` are the lines of the sections' headings, ascending.
    """
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        groups[bisect_right(headings, item.span.line)].append(index)
    full = [index for index, item in enumerate(items) if is_full(item)]
    if len(groups) < 2 or len(full) < _FEWEST or len(full) * len(items) > _MOST_PAIRS:
        return tuple(items)
    words = [_words_of(item.title) for item in items]
    same: dict[int, int] = {}
    for members in groups.values():
        if any(is_full(items[index]) for index in members) or _tells_more([items[index] for index in members]):
            continue
        found = _counterparts(members, full, words)
        if len(found) >= _FEWEST and len(found) >= len(members) * _LIKE:
            same.update(found)
    return tuple(_merged(items, same)) if same else tuple(items)


def is_full(item: ActionItem) -> bool:
    """Whether an item tells more than what is to be done."""
    return bool(item.owners or item.due_text or item.priority_text or item.criterion)


def _tells_more(items: Sequence[ActionItem]) -> bool:
    """Whether most items of a list have details below them, so that it is no bare one."""
    return sum(item.span.end_line - item.span.line >= _FEWEST for item in items) * 2 > len(items)


def _words_of(title: str) -> frozenset[str]:
    """The words that say something, by their first four letters, so that endings don't count."""
    return frozenset(_WORD.findall(title[:_LONGEST].casefold())) - _SMALL


def _counterparts(members: Iterable[int], full: Iterable[int], words: Sequence[frozenset[str]]) -> Mapping[int, int]:
    """Which item of a bare list says what which other one says in full, each but once."""
    found: dict[int, int] = {}
    free = list(full)
    for index in members:
        own = words[index]
        if len(own) < _FEWEST_WORDS or not free:
            continue
        best = max(free, key=lambda other: len(own & words[other]))
        shared = len(own & words[best])
        if shared >= _FEWEST_WORDS and shared >= len(own) * _LIKE:
            found[index] = best
            free.remove(best)
    return found


def _merged(items: Sequence[ActionItem], same: Mapping[int, int]) -> Iterable[ActionItem]:
    done = {other for index, other in same.items() if items[index].done}
    for index, item in enumerate(items):
        if index not in same:
            yield item._replace(done=True) if index in done else item
