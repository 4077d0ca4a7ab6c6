"""Whether somebody went on although they were told not to, or decided not to look."""

from __future__ import annotations

from rules.language.manners import LONGEST_OBJECT
from rules.language.sentences import Sentence
from rules.language.vocabulary import phrases, words

_NEAR = 4  # tokens behind “went ahead” in which “although” is looked for
DECIDING = frozenset({"chose", "decided", "opted", "elected", "preferred"})
"""With "not to": what somebody has decided."""
HEEDING = frozenset(
    {"look", "read", "ask", "listen", "bother", "care", "consult", "double-check", "tell", "inform", "warn", "escalate"}
)
AVOIDING = frozenset({"ignore", "skip", "bypass", "live", "disregard", "dismiss", "sleep", "bed"})
"""What somebody may decide to do about a warning, a gate, or a page at night."""
"""What nobody has a reason to decide against."""

GATES = frozenset(
    {"review", "reviews", "approval", "approvals", "sign-off", "rehearsal", "drill", "runbook", "checklist"}
)
"""What stands between a change and production, and does not stop who skips it."""


def went_on(sentence: Sentence, verb: int) -> int:
    """Where “went ahead although” ends, or “decided to continue despite”; 0 if nothing of the kind begins there."""
    end = phrases("going_on").match(sentence, verb)
    for index in range(end, min(end + _NEAR, len(sentence.words))) if end else ():
        if sentence.words[index] in words("concessions") or sentence.words[index] == "even":
            return index + 1
    return 0


def went_against_signs(sentence: Sentence, verb: int) -> int:
    """Where “signed it off although the tests were red” ends; 0 if nothing of the kind begins there."""
    if sentence.words[verb] not in words("released") and sentence.words[verb : verb + 3] not in _GO_AHEADS:
        return 0
    for index in range(verb + 1, min(verb + 1 + LONGEST_OBJECT, len(sentence.words))):
        if sentence.words[index] in words("concessions"):
            return index + 1 if not words("stops").isdisjoint(sentence.words[index:]) else 0
    return 0


_GO_AHEADS = (["gave", "the", "green"], ["gave", "the", "go-ahead"], ["gave", "the", "nod"], ["gave", "a", "green"])


def would_not_look(sentence: Sentence, verb: int) -> int:
    """Where “chose not to look” ends, of what nobody has a reason not to do, or “decided to ignore the alert”; or 0."""
    if sentence.words[verb] not in DECIDING:
        return 0
    if sentence.at(verb + 1) == "to":
        return _avoiding_end(sentence, verb + 2)
    if sentence.words[verb + 1 : verb + 3] != ["not", "to"]:
        return 0
    return verb + 4 if sentence.at(verb + 3) in HEEDING and sentence.at(verb + 4) not in ("from", "for") else 0


def _avoiding_end(sentence: Sentence, start: int) -> int:
    """Where “ignore the alert”, “skip the review” or “go back to sleep” ends; 0 if it does not begin there."""
    behind = sentence.words[start + 1 : start + 1 + _NEAR]
    if sentence.at(start) in ("go", "sleep"):
        at_night = sentence.at(start) == "sleep" or behind[:2] == ["back", "to"]
        return start + 1 + behind.index(behind[-1]) if at_night and {"sleep", "bed", "on"} & set(behind) else 0
    if sentence.words[start : start + 2] == ["live", "with"]:
        return start + 2
    if sentence.at(start) not in AVOIDING:
        return 0
    known = words("signals") | words("procedures") | words("papers") | GATES
    return start + 1 if not known.isdisjoint(behind) else 0
