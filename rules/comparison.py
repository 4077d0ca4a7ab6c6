"""Which findings a new version of a document brings with it.

The work is bounded, whatever two documents hold: anybody may send them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import TypeAlias

from rules.patterns import Pattern
from rules.rule import Finding, Severity

MOST_PAIRS = 100_000
"""The most pairs of subjects that are looked at, counted once for each word they share: every pair, if a hundred items
that have ten words in common were all reworded.

What is not looked at matches nothing, so that its findings count as new: too strict rather than too lenient.
"""

_SIMILAR = 0.6  # of the words: "Cap retries at three" and "Cap the retries at three, with backoff" are at 0.73
_LONGEST = 300  # characters of a subject that are compared
_WEIGHTS = (Severity.OFF, Severity.NOTICE, Severity.WARNING, Severity.ERROR)
_WEIGHT = {severity: weight for weight, severity in enumerate(_WEIGHTS)}
_WORD = Pattern(r"[^\x00-\u2fff]|\d+|(?<![^\W\d_])[^\W\d_]{1,4}")
_Pool: TypeAlias = "defaultdict[tuple[str, str], list[int]]"  # of a code and a subject: how many findings, by weight


def introduced(head: Sequence[Finding], base: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of `head` that `base` did not have, in their order.

    Each finding of `base` accounts for one of `head`: one of the same rule with the same subject, else with the subject
    in its new wording, if it is the author's text. It must have weighed at least as much: a warning that becomes an
    error is new.
    """
    pool: _Pool = defaultdict(lambda: [0] * len(_WEIGHTS))
    for finding in base:
        pool[finding.rule.code, finding.subject][_WEIGHT[finding.severity]] += 1
    unmatched = [finding for finding in head if not _take(pool, finding, finding.subject)]
    left = (key for key, counts in pool.items() if any(counts))
    former = _former_wordings(_codes((each.rule.code, each.subject) for each in unmatched), _codes(left))
    return tuple(each for each in unmatched if not _take(pool, each, former.get(each.subject)))


def comparable(head: Sequence[frozenset[str]], base: Sequence[frozenset[str]]) -> set[tuple[int, int]]:
    """The pairs worth comparing, as indexes: those that share a word.

    The rarest words come first, for they tell most; words that would exceed `MOST_PAIRS` together are left out.
    """
    ours, theirs = _places(head), _places(base)
    shared = sorted((len(ours[word]) * len(theirs[word]), word) for word in ours.keys() & theirs.keys())
    pairs: set[tuple[int, int]] = set()
    looked_at = 0
    for count, word in shared:
        looked_at += count
        if looked_at > MOST_PAIRS:
            break
        pairs.update(product(ours[word], theirs[word]))
    return pairs


def _take(pool: _Pool, finding: Finding, subject: str | None) -> bool:
    """Remove the lightest finding of the rule and subject that weighs enough; False if there is none."""
    if subject is None or (counts := pool.get((finding.rule.code, subject))) is None:
        return False
    for weight in range(_WEIGHT[finding.severity], len(_WEIGHTS)):
        if counts[weight]:
            counts[weight] -= 1
            return True
    return False


def _codes(keys: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    """The codes of each subject that is the author's text: an item with five findings is one subject."""
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for code, subject in keys:
        if _is_text(subject):
            codes[subject].add(code)
    return {subject: frozenset(each) for subject, each in codes.items()}


def _is_text(subject: str) -> bool:
    """Whether a subject is the author's text; a single lower-case word is a section's kind or a field's key."""
    return not (subject.isidentifier() and subject.islower())


def _former_wordings(head: Mapping[str, frozenset[str]], base: Mapping[str, frozenset[str]]) -> Mapping[str, str]:
    """A subject to its wording in the base, if one is similar and was found by a common rule; the most similar first.

    One wording is the former one of one subject: of two that are alike, one is new.
    """
    ours, theirs = tuple(head), tuple(base)
    our_words, their_words = [words_of(each) for each in ours], [words_of(each) for each in theirs]
    pairs = (
        (-likeness(our_words[one], their_words[other]), one, other)
        for one, other in comparable(our_words, their_words)
        if not head[ours[one]].isdisjoint(base[theirs[other]])
    )
    found: dict[str, str] = {}
    taken: set[int] = set()
    for _, one, other in sorted(each for each in pairs if -each[0] >= _SIMILAR):
        if ours[one] not in found and other not in taken:
            found[ours[one]] = theirs[other]
            taken.add(other)
    return found


def words_of(subject: str) -> frozenset[str]:
    """The words of a subject by their first four letters, so that endings don't count.

    Numbers stay whole. Scripts that put no blanks between words are taken by the character.
    """
    return frozenset(_WORD.findall(subject[:_LONGEST].casefold()))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's coefficient: the share of the words of both that both have, 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other))


def _places(subjects: Sequence[frozenset[str]]) -> Mapping[str, Sequence[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, words in enumerate(subjects):
        for word in words:
            places[word].append(index)
    return places
