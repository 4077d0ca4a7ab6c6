"""What makes an act blameful: its manner (“without asking”, “by mistake”) or what it was done to (“the wrong host”)."""

from __future__ import annotations

from functools import cache

from rules.language.sentences import Sentence
from rules.language.verbs import stems
from rules.language.vocabulary import is_past, is_word, phrases, words

LONGEST_OBJECT = 16  # tokens behind a verb in which its object and manner are looked for


def amiss(sentence: Sentence, verb: int) -> int:
    """Where words end, behind a verb, by which it was wrong to do or done in a wrong way; 0 without any."""
    innocent = sentence.at(verb) in words("innocent")
    if sentence.at(verb) in _MISTAKABLE and sentence.words[verb + 1 : verb + 3] == ["the", "wrong"]:
        return verb + 3
    left = sentence.at(verb) == "left" and sentence.at(verb + 1) != "to"  # “left to get home on time”
    apart = _apart().get(sentence.at(verb), ())
    for index in range(verb + 1, min(verb + 1 + LONGEST_OBJECT, len(sentence.words))):
        word = sentence.words[index]
        end = phrases("manner").match(sentence, index) or _neglect_end(sentence, index)
        end = end or _against_end(sentence, index, innocent=innocent)
        end = end or (_unchecked_end(sentence, index) if sentence.at(verb) in words("released") else 0)
        if end and (sentence.words[end - 1] != "error" or sentence.at(end) not in words("compounds")):
            return 0 if innocent and sentence.at(verb) not in ("was", "were") else end
        if _ends_clause(sentence, verb, word):
            return _adverse_end(sentence, index) or (0 if innocent else _mistaken_end(sentence, index))
        if innocent:
            continue
        if word in words("wrong") and sentence.at(index - 1) not in _PICKING and is_word(sentence.at(index + 1)):
            return index + 1
        if word in apart and index > verb + 1:
            return index + 1
        if left and word in STATES and index > verb + 1 and sentence.at(index + 1) not in ("past", "an", "a", "the"):
            return index + 1
        if word == "instead" and (sentence.at(index - 1) in words("production") or _is_mixed_up(sentence, verb, index)):
            return index + 1
    return _adverse_end(sentence, min(verb + LONGEST_OBJECT, len(sentence.words)))


def _ends_clause(sentence: Sentence, verb: int, word: str) -> bool:
    """Whether a word ends the clause of a verb; of one of telling, "that" does not."""
    if word == "that" and sentence.words[verb] in _TELLING:
        return False
    return word in words("boundaries") or word in (";", ":", ".", "!", "but", "and")


def _is_mixed_up(sentence: Sentence, verb: int, index: int) -> bool:
    """Whether behind a verb of the hands, as “deleted”, stands “instead of” what was meant."""
    return sentence.at(index + 1) == "of" and (
        sentence.at(verb) in words("hands") or sentence.at(verb) in words("cuts")
    )


@cache
def _apart() -> dict[str, tuple[str, ...]]:
    """By a verb, the words that make it blame wherever they stand behind it: “waved the build through”."""
    found: dict[str, tuple[str, ...]] = {}
    for verb, *rest in phrases("apart"):
        found[verb] = (*found.get(verb, ()), *rest)
    return found


def _neglect_end(sentence: Sentence, index: int) -> int:
    """Where "without acting" ends, and whatever else people are expected to do; 0 if it does not begin there."""
    word = sentence.at(index + 1)
    if sentence.words[index] != "without" or not word.endswith("ing"):
        return 0
    if "first" in sentence.words[index + 2 : index + 6]:
        return index + 2
    return index + 2 if not words("duties").isdisjoint(stems(word)) else 0


def _against_end(sentence: Sentence, index: int, *, innocent: bool) -> int:
    """Where “instead of looking” ends, and “regardless” at a clause's end; 0 for what may have been better."""
    word = sentence.words[index]
    if word in ("anyway", "regardless"):
        mended = innocent or not _MENDING.isdisjoint(sentence.words[max(index - 4, 0) : index])
        return 0 if mended or is_word(sentence.at(index + 1)) else index + 1
    doing = sentence.at(index + 2)
    if word not in ("instead", "rather") or sentence.at(index + 1) not in ("of", "than") or not doing.endswith("ing"):
        return 0
    return 0 if _HANDS_ON.intersection(stems(doing)) or words("duties").isdisjoint(stems(doing)) else index + 3


_MENDING = frozenset({"fix", "fixes", "patch", "hotfix", "backup", "rollback", "mitigation"})
_HANDS_ON = frozenset(
    {"run", "use", "write", "add", "open", "wait", "enable", "configure", "perform", "back", "take", "handle"}
)
"""Duties beside which something else may have been just as well."""


def _unchecked_end(sentence: Sentence, index: int) -> int:
    """Where “they had not tested” ends, of what they let out all the same; 0 if it does not begin there."""
    start = index + (sentence.words[index] in ("that", "which"))
    if sentence.at(start) not in ("they", "he", "she") or sentence.at(start + 1) != "had":
        return 0
    denied = sentence.at(start + 2) in ("not", "never") and sentence.at(start + 3) in _SEEN_TO
    return start + 4 if denied else 0


_SEEN_TO = frozenset({"tested", "checked", "reviewed", "verified", "read", "validated", "tried", "double-checked"})


_TELLING = frozenset({"posted", "announced", "declared", "claimed", "assured", "promised", "tweeted"})
"""Behind these “that” does not end the clause in which it is told in which way it was done."""
_SHORTEST = 5  # tokens in “did the last upgrade wrong”
_MADE = frozenset({"did", "set", "configured", "wired", "labelled", "labeled", "spelled", "spelt"})
_MISTAKABLE = frozenset({"disabled", "restored", "stopped", "cancelled", "aborted"})
"""What is no repair if it was done to “the wrong” thing."""
_PICKING = frozenset(
    {"not", "all", "any", "these", "those", "remaining", "other", "nothing", "anything", "something", "what"}
)
STATES = frozenset(
    {
        "enabled",
        "disabled",
        "open",
        "running",
        "unprotected",
        "exposed",
        "unlocked",
        "unattended",
        "on",
        "behind",
        "lying",
        "muted",
        "half",
    }
)


def _mistaken_end(sentence: Sentence, start: int) -> int:
    """Where “by mistake” ends behind “but it was …” and kin."""
    if sentence.at(start) not in ("but", "and", "which") or not {"it", "this", "which"} & set(
        sentence.words[start : start + 2]
    ):
        return 0
    for index in range(start + 1, min(start + LONGEST_OBJECT, len(sentence.words))):
        if sentence.words[index] == "by" and sentence.at(index + 1) in ("mistake", "accident"):
            return index + 2
    return 0


def _adverse_end(sentence: Sentence, end: int) -> int:
    """Where an adverb that blames ends at the clause's end: “merged it prematurely”, “did the upgrade wrong”."""
    if sentence.at(end - 1) == "wrong" and sentence.at(end - 2) not in _PICKING and not is_word(sentence.at(end)):
        return end if not _MADE.isdisjoint(sentence.words[max(end - _SHORTEST, 0) : end]) else 0
    return end if end > 1 and sentence.at(end - 1) in words("adverse") and not is_past(sentence.at(end)) else 0
