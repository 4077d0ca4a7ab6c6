"""What was done or left undone by whom a sentence leaves unsaid: “Didn't read the runbook”, “Should have tested it”.

Whose voice that is, `carried` tells: it is the authors' own unless a person was named just before.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.language.going_on import GATES
from rules.language.manners import LONGEST_OBJECT, amiss
from rules.language.predicates import Blame, Kind, blames_of_subject
from rules.language.reasons import is_explained
from rules.language.sentences import Sentence
from rules.language.subjects import ends_noun, heads
from rules.language.verbs import stems
from rules.language.vocabulary import is_past, is_word, words

_BEFORE = frozenset({"also", "then", "and", "but", "again", "simply", "just"})
_REACH = 5  # tokens behind a verb in which its object is looked for
_LONGEST_LABEL = 6  # tokens, its number and its colon included
_PLACES = frozenset({
    "terminal", "shell", "window", "tab", "console", "host", "server", "cluster", "account", "environment", "directory",
    "branch", "database", "region", "project",
})  # fmt: skip
"""In which one of people's hands runs something by mistake."""
WAYS = frozenset({"without", "despite", "against", "mistake", "accident"})
"""Of the manner of an act, a word by which it is told though nobody is named."""
_STEPS = frozenset({"step", "stage", "gate", "process"})
_BETTER = frozenset({"sooner", "earlier"})
_EVEN = frozenset({"even", "properly", "actually", "really", "bother", "fully", "also", "to"})


def did_not(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Didn't read the docs”, “Did not escalate”: no machine's omissions."""
    if not _opens(sentence, index) or sentence.at(index + 1) != "not":
        return None
    verb = _behind_adverbs(sentence, index + 2)
    return _unless_explained(sentence, index, verb + 1, names) if _is_human(sentence, verb) else None


def not_doing(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Not following the rollback plan”, “Not escalating sooner”."""
    word = sentence.at(index + 1)
    if not word.endswith("ing") or not _opens(sentence, index) or not words("auxiliaries").isdisjoint(sentence.words):
        return None
    known = any(_is_human(sentence, index + 1, stem) for stem in stems(word) if stem not in _NOTED)
    return _unless_explained(sentence, index, index + 2, names) if known else None


_NOTED = frozenset({"test", "listen"})
"""What is also told of a program: “not listening any more”."""


def never_did(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Never tested the backups”, “Failed to escalate”."""
    if not _opens(sentence, index):
        return None
    failed = sentence.words[index] == "failed"
    if failed and sentence.at(index + 1) != "to":
        return None
    verb = _behind_adverbs(sentence, index + 1 + failed)
    if not failed and _is_rule(sentence.at(verb)):
        return None
    return _unless_explained(sentence, index, verb + 1, names) if _is_human(sentence, verb) else None


def _is_rule(verb: str) -> bool:
    """Whether “never” and a verb are a rule for all days, “never test it by hand”, as its past has another form."""
    known = words("unsaid") | words("unsaid_with")
    return any(f"{verb}{end}" in known for end in ("ed", "d", f"{verb[-1:]}ed")) or verb in _FIRST_FORMS


_FIRST_FORMS = frozenset({"tell", "think", "write", "take", "go", "run", "speak", "give"})


def should_have(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Should have run the load test”, “Shouldn't have deployed on a Friday”."""
    if not _opens(sentence, index):
        return None
    denied = sentence.at(index + 1) in ("not", "never")
    have = index + 1 + denied
    if sentence.at(have) != "have":
        return None
    verb = _behind_adverbs(sentence, have + 1)
    meant = sentence.at(verb) in words("regretted") if denied else _is_done_by_people(sentence, verb)
    return Blame(Kind.UNSAID, index, verb + 1) if meant else None


def _is_done_by_people(sentence: Sentence, verb: int) -> bool:
    acted = sentence.at(verb) in words("unsaid_acts") and sentence.at(verb) not in ("rolled", "ran")
    return acted or _is_human(sentence, verb) or _is_late(sentence, verb)


def _is_late(sentence: Sentence, verb: int) -> bool:
    """Whether a verb is one of what people do in an incident, and it was done too late: “rolled back sooner”."""
    if sentence.at(verb) == "rolled" and sentence.at(verb + 1) != "back":
        return False
    return sentence.at(verb) in words("unsaid_late") and not _BETTER.isdisjoint(
        sentence.words[verb + 1 : verb + 1 + _REACH]
    )


def ignored(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Ignored the alert for an hour”, “Overlooked the warning”."""
    if not _opens(sentence, index):
        return None
    behind = sentence.words[index + 1 : index + 1 + _REACH]
    known = words("signals") | words("procedures") | words("papers")
    if known.isdisjoint(behind) or behind[:1] == ["of"]:
        return None
    return _unless_explained(sentence, index, index + 1, names)


def skipped(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Skipped code review”, “Bypassed the approval”, “Skipping the checklist”."""
    reach = range(index + 1, min(index + 1 + _REACH, len(sentence.words)))
    gates = [each + 1 + (sentence.at(each + 1) in _STEPS) for each in reach if sentence.words[each] in GATES]
    gated = any(ends_noun(sentence, end) for end in gates)
    if not gated or not _opens(sentence, index):
        return None
    if sentence.words[index].endswith("ing") and not words("auxiliaries").isdisjoint(sentence.words):
        return None  # “skipping the review is allowed”
    return None if _by_machine(sentence, index) else _unless_explained(sentence, index, index + 1, names)


def acted_amiss(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Merged without review”, “Approved the change without reading it”, “Typed the wrong host”."""
    if _does_itself(sentence, index) or not _opens(sentence, index) or _by_machine(sentence, index):
        return None
    end = amiss(sentence, index)
    if not end:
        return None
    if WAYS.isdisjoint(sentence.words[index:end]) and not _is_slip(sentence, index, end):
        return None
    return _unless_explained(sentence, index, end, names)


def as_if_ours(sentence: Sentence, names: frozenset[str]) -> Iterator[Blame]:
    """What a sentence that begins with a verb in the past would blame if “we” stood in front: “Underestimated it”."""
    first = next((index for index, word in enumerate(sentence.words) if is_word(word) and not word.isdigit()), 0)
    verb = sentence.at(first)
    if not is_past(verb) or verb in words("auxiliaries") or verb in _OF_PROGRAMS:
        return
    if sentence.at(first + 1) == "by" or _by_machine(sentence, first):
        return
    whole = Sentence(["we", *sentence.words[first:]], ["we", *sentence.raw[first:]], sentence.question)
    for found in blames_of_subject(whole, 0, names):
        if not is_explained(sentence, first, found.end + first - 1, names):
            yield Blame(Kind.UNSAID, first, found.end + first - 1)


_OF_PROGRAMS = frozenset({"failed", "ran", "missed", "ignored", "skipped"})
"""With which lines of a log begin, too; those of people are told by what stands behind."""


def _does_itself(sentence: Sentence, verb: int) -> bool:
    """Whether a program does so: “ran without a lock”, “assumed the role without a session”."""
    if sentence.words[verb] == "ran":
        return sentence.at(verb + 1) in WAYS
    return sentence.words[verb] == "assumed" and not _ASSUMED.isdisjoint(sentence.words[verb + 1 : verb + 3])


_ASSUMED = frozenset({"role", "roles", "identity", "leadership", "mastership"})


def _is_slip(sentence: Sentence, verb: int, end: int) -> bool:
    """Whether the hand slipped: “typed the wrong host”, “ran it in the wrong window”."""
    if sentence.words[verb] not in words("unsaid_hands") or sentence.words[end - 1] not in words("wrong"):
        return False
    ran = sentence.words[verb] == "ran"
    return not ran or not _PLACES.isdisjoint(sentence.words[end : end + 3])


def _by_machine(sentence: Sentence, start: int) -> bool:
    """Whether it is told by what it was done, which is nobody."""
    behind = sentence.words[start : start + LONGEST_OBJECT]
    by = behind[behind.index("by") + 1 :] if "by" in behind else []
    return bool(by) and by[0] not in WAYS and heads().isdisjoint(by)


def _unless_explained(sentence: Sentence, start: int, end: int, names: frozenset[str]) -> Blame | None:
    return None if is_explained(sentence, start, end, names) else Blame(Kind.UNSAID, start, end)


def _opens(sentence: Sentence, index: int) -> bool:
    """Whether nothing stands before it that could be its subject, but perhaps a label that names no machine."""
    before = sentence.words[:index]
    if before[-1:] in ([":"], ["–"], ["—"]) and len(before) <= _LONGEST_LABEL:
        return words("machines").isdisjoint(before) and words("systems").isdisjoint(before)
    if before[-1:] == [","] and len(before) == 2 and before[0].endswith("ly"):
        return True
    return all(not is_word(word) or word.isdigit() or word in _BEFORE for word in before)


def _behind_adverbs(sentence: Sentence, index: int) -> int:
    while sentence.at(index) in _EVEN:
        index += 1
    return index


def _is_human(sentence: Sentence, verb: int, stem: str = "") -> bool:
    """Whether a verb is one of what people do alone, or of what they do with papers, alerts and rehearsals.

    `stem`: its first form, if it is another one.
    """
    word = stem or sentence.at(verb)
    if word in words("unsaid"):
        return word not in ("test", "tested") or sentence.at(verb + 1) not in ("for", "positive", "negative")
    if word not in words("unsaid_with"):
        return False
    behind = sentence.words[verb + 1 : verb + 1 + _REACH]
    known = words("papers") | words("procedures") | words("signals")
    return not known.isdisjoint(behind) or behind[:1] == ["with"]
