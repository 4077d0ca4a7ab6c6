"""Whether a sentence gives a reason for what somebody did that is no person."""

from __future__ import annotations

from rules.language.sentences import MASK, Sentence
from rules.language.subjects import heads, is_name
from rules.language.vocabulary import is_past, words

_LONGEST_CLAUSE = 10  # tokens behind "as" in which a verb is looked for
_LONGEST_REASON = 4  # tokens behind "because" in which a person is looked for


def is_explained(sentence: Sentence, start: int, end: int, names: frozenset[str]) -> bool:
    """Whether the sentence explains its tokens from `start` to `end` by something else than people.

    A reason may stand in front or behind: “because the prompt is the same in both”, “since no alert exists, …”.
    """
    before = sentence.words[:start]
    last = max((before.index(word) for word in ("because", "since", "as") if word in before), default=-1)
    if last >= 0 and "," in before[last:] and ";" not in before[last:] and _is_reason(sentence, last, names):
        return True
    for index in range(end, len(sentence.words)):
        word = sentence.words[index]
        if word in (";", ":"):
            return False
        if word in ("because", "since", "as"):
            return _is_reason(sentence, index, names)
    return False


def _is_reason(sentence: Sentence, index: int, names: frozenset[str]) -> bool:
    """Whether “because”, “since” or “as” is followed by a clause about something else than people."""
    first = sentence.at(index + 1)
    known = sentence.words[index] == "because" or first in _REASONS or first in words("articles")
    if not known and sentence.at(index + 2) not in words("copulas"):  # “as CI is down”
        return False
    clause = sentence.words[index] != "as" or first in _SUBJECTS or _has_verb(sentence, index + 2)
    if sentence.at(index + 2) in _IDIOMS or not clause:
        return False  # “as a result”, “as a false alarm”
    behind = range(index + 1, min(index + 1 + _LONGEST_REASON, len(sentence.words)))
    return not any(
        sentence.words[each] in heads() or sentence.words[each] in _NOBODY or is_name(sentence, each, names)
        for each in behind
    )


def _has_verb(sentence: Sentence, start: int) -> bool:
    """Whether a verb follows soon; one in the present is told by its ending, where no noun is expected."""
    for index in range(start, min(start + _LONGEST_CLAUSE, len(sentence.words))):
        word = sentence.words[index]
        if word in (".", ";", ":"):
            return False
        if word in words("auxiliaries") or word in words("modals") or is_past(word):
            return True
        before = sentence.words[index - 1]
        if word.endswith("s") and before not in words("articles") and before not in words("prepositions"):
            return True
    return False


_REASONS = frozenset({"there", "nothing", "no", "none", "it", "both", "neither", "of", "alerts", "only", MASK})
_SUBJECTS = frozenset({"both", "neither", "there", "nothing", "none"})
_IDIOMS = frozenset({"result", "consequence", "rule", "matter", "part", "side", "whole", "start", "beginning"})
_NOBODY = frozenset({"nobody", "no-one", "one", "anyone", "anybody", "nobody's"})
