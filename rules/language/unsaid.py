"""Blame for what somebody did or left undone who is not named: “Didn't read the runbook”, “Should have tested it”."""

from __future__ import annotations

from rules.language.predicates import Blame, Kind
from rules.language.sentences import Sentence
from rules.language.vocabulary import is_word, words

_BEFORE = frozenset({"also", "then", "and", "but", "again", "simply", "just"})
_REACH = 5  # tokens behind a verb in which its object is looked for
_LONGEST_LABEL = 6  # tokens, its number and its colon included
_EVEN = frozenset({"even", "properly", "actually", "really", "bother", "fully", "also", "to"})


def did_not(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Didn't read the docs”, “Did not escalate”: no machine's omissions."""
    if not _opens(sentence, index) or sentence.at(index + 1) != "not":
        return None
    verb = _behind_adverbs(sentence, index + 2)
    return Blame(Kind.PERSON, index, verb + 1) if _is_human(sentence, verb) else None


def never_did(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Never tested the backups”, “Failed to escalate”."""
    if not _opens(sentence, index):
        return None
    failed = sentence.words[index] == "failed"
    if failed and sentence.at(index + 1) != "to":
        return None
    verb = _behind_adverbs(sentence, index + 1 + failed)
    return Blame(Kind.PERSON, index, verb + 1) if _is_human(sentence, verb) else None


def should_have(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Should have run the load test”, “Shouldn't have deployed on a Friday”."""
    if not _opens(sentence, index):
        return None
    denied = sentence.at(index + 1) in ("not", "never")
    have = index + 1 + denied
    if sentence.at(have) != "have":
        return None
    verb = _behind_adverbs(sentence, have + 1)
    meant = sentence.at(verb) in words("regretted") if denied else _is_human(sentence, verb)
    return Blame(Kind.COUNTERFACTUAL, index, verb + 1) if meant else None


def ignored(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Ignored the alert for an hour”, “Overlooked the warning”."""
    if not _opens(sentence, index):
        return None
    behind = sentence.words[index + 1 : index + 1 + _REACH]
    known = words("signals") | words("procedures") | words("papers")
    return Blame(Kind.PERSON, index, index + 1) if not known.isdisjoint(behind) else None


def _opens(sentence: Sentence, index: int) -> bool:
    """Whether nothing stands before it that could be its subject, but perhaps a label that names no machine."""
    before = sentence.words[:index]
    if before[-1:] in ([":"], ["–"], ["—"]) and len(before) <= _LONGEST_LABEL:
        return words("machines").isdisjoint(before) and words("systems").isdisjoint(before)
    return all(not is_word(word) or word.isdigit() or word in _BEFORE for word in before)


def _behind_adverbs(sentence: Sentence, index: int) -> int:
    while sentence.at(index) in _EVEN:
        index += 1
    return index


def _is_human(sentence: Sentence, verb: int) -> bool:
    """Whether a verb is one of what people do alone, or of what they do with papers, alerts and rehearsals."""
    word = sentence.at(verb)
    if word in words("unsaid"):
        return True
    if word not in words("unsaid_with"):
        return False
    behind = sentence.words[verb + 1 : verb + 1 + _REACH]
    known = words("papers") | words("procedures") | words("signals")
    return not known.isdisjoint(behind) or behind[:1] == ["with"]
