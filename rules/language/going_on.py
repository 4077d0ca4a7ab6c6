"""Whether somebody went on although they were told not to, or decided not to look."""

from __future__ import annotations

from rules.language.manners import LONGEST_OBJECT
from rules.language.sentences import Sentence
from rules.language.vocabulary import phrases, words

_NEAR = 4  # tokens behind “went ahead” in which “although” is looked for
DECIDING = frozenset({"chose", "decided", "opted", "elected", "preferred"})
"""With "not to": what somebody has decided."""
HEEDING = frozenset({"look", "read", "ask", "listen", "bother", "care", "consult", "double-check"})
"""What nobody has a reason to decide against."""


def went_on(sentence: Sentence, verb: int) -> int:
    """Where “went ahead although” ends, or “decided to continue despite”; 0 if nothing of the kind begins there."""
    end = phrases("going_on").match(sentence, verb)
    for index in range(end, min(end + _NEAR, len(sentence.words))) if end else ():
        if sentence.words[index] in words("concessions") or sentence.words[index] == "even":
            return index + 1
    return 0


def went_against_signs(sentence: Sentence, verb: int) -> int:
    """Where “signed it off although the tests were red” ends; 0 if nothing of the kind begins there."""
    if sentence.words[verb] not in words("released"):
        return 0
    for index in range(verb + 1, min(verb + 1 + LONGEST_OBJECT, len(sentence.words))):
        if sentence.words[index] in words("concessions"):
            return index + 1 if not words("stops").isdisjoint(sentence.words[index:]) else 0
    return 0


def would_not_look(sentence: Sentence, verb: int) -> int:
    """Where “chose not to look” ends, of what nobody has a reason not to do; 0 if it does not begin there."""
    if sentence.words[verb] not in DECIDING or sentence.words[verb + 1 : verb + 3] != ["not", "to"]:
        return 0
    return verb + 4 if sentence.at(verb + 3) in HEEDING and sentence.at(verb + 4) not in ("from", "for") else 0
