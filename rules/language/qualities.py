"""Blame for what people are like: “chose panic over process”, “utter disregard for the rules”."""

from __future__ import annotations

from rules.language.predicates import Blame, Kind
from rules.language.sentences import POSSESSIVE, Sentence
from rules.language.subjects import Person, Who, heads, is_name, person_ending_with
from rules.language.vocabulary import is_past, is_word, words

_CHOOSING = frozenset({
    "chose", "picked", "preferred", "favoured", "favored", "prioritised", "prioritized", "valued", "put", "placed",
})  # fmt: skip
_VICES = frozenset({
    "panic", "speed", "convenience", "comfort", "guessing", "guesswork", "haste", "shortcuts", "laziness", "pride",
    "ego", "hope", "luck", "assumption", "assumptions", "ease", "guesses",
})  # fmt: skip
_VIRTUES = frozenset({
    "process", "procedure", "procedures", "safety", "correctness", "care", "caution", "understanding", "quality",
    "testing", "verification", "accuracy", "diligence", "protocol", "planning", "discipline", "thoroughness", "review",
    "facts",
})  # fmt: skip
_MINDS = frozenset({
    "understanding", "knowledge", "grasp", "judgement", "judgment", "attitude", "competence", "skills",
    "discipline", "command",
})  # fmt: skip
_WEAK = frozenset(
    {"poor", "weak", "inadequate", "sloppy", "terrible", "abysmal", "shaky", "pathetic", "deficient", "bad"}
)
_DEGREES = frozenset({"so", "very", "too", "simply", "clearly", "just", "obviously", "quite", "plainly", "that"})
_HEAPED = frozenset({
    "fix", "fixes", "patch", "patches", "hack", "hacks", "workaround", "workarounds", "change", "changes", "guess",
    "guesses", "error", "errors", "mistake", "mistakes", "band-aid", "band-aids",
})  # fmt: skip
_BROKEN = frozenset({"broken", "faulty", "untested", "unreviewed", "unverified", "defective", "failing", "unfinished"})
_OUT = frozenset({
    "deployed", "shipped", "pushed", "released", "merged", "served", "sold", "installed", "used", "delivered", "sent",
    "launched", "published",
})  # fmt: skip
_HARM = frozenset({
    "issue", "issues", "problem", "problems", "damage", "mess", "trouble", "error", "errors", "outage", "incident",
    "harm", "chaos", "disaster", "fault", "failure", "accident",
})  # fmt: skip
_PERHAPS: tuple[list[str], ...] = (
    ["may", "have"],
    ["might", "have"],
    ["must", "have"],
    ["could", "have"],
    ["probably"],
    ["likely"],
    ["had"],
    [],
)
_UTTER = frozenset(
    {"complete", "total", "utter", "blatant", "wilful", "willful", "reckless", "flagrant", "callous", "sheer"}
)
_RULES = frozenset({
    "rules", "rule", "process", "processes", "procedure", "procedures", "protocol", "protocols", "safety", "impact",
    "consequences", "checklist", "policy", "policies", "instructions", "customers", "patients", "guidelines", "others",
})  # fmt: skip
_FAR = 8  # tokens between the parts of such a phrase
_MACHINE_DONE = frozenset({"reboot", "reboots", "restart", "restarts", "crash", "dump", "handler", "reset", "shutdown"})
_HEAPING = frozenset({"piling", "stacking", "heaping", "layering"})
PAIRS = (
    (_VICES, frozenset({"over"})),
    (_MINDS | {"model"}, _WEAK),
    (_HEAPING, _HEAPED | {"aid", "aids"}),
    (frozenset({"anyway", "regardless"}), _BROKEN),
    (frozenset({"disregard"}), _UTTER),
    (frozenset({"panic"}), frozenset({"driven", "fuelled", "fueled"})),
)
"""Of each pair, words of both stand in a sentence that blames so; of a compound the last part."""
_DENYING = frozenset({"no", "not", "never", "without", "if", "avoid", "prevent", "nobody"})


def chose_badly(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“They chose panic over process”; `index` is that of “over”."""
    if sentence.at(index - 1) not in _VICES or sentence.at(index + 1) not in _VIRTUES:
        return None
    verb = index - 2
    person = _subject(sentence, verb, names) if sentence.at(verb) in _CHOOSING else None
    return Blame(Kind.PERSON, person.start, index + 2) if person is not None else None


def weak_mind(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“The engineer's mental model was so poor that …”; `index` is that of the possessive."""
    person = person_ending_with(sentence, index - 1, names) if index else None
    if person is None or person.who not in (Who.PEOPLE, Who.MAYBE):
        return None
    was = next((at for at in range(index + 2, index + _FAR) if sentence.at(at) in ("was", "were")), 0)
    named = sentence.words[index + 1 : was]
    if _MINDS.isdisjoint(named) and named[:2] != ["mental", "model"]:
        return None
    end = was + 1
    while sentence.at(end) in _DEGREES:
        end += 1
    return Blame(Kind.PERSON, person.start, end + 1) if sentence.at(end) in _WEAK else None


def heaped(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“The engineer kept going, piling fixes on top of fixes”; `index` is that of “piling”."""
    thing = sentence.at(index + 1)
    behind = sentence.words[index + 2 : index + 6]
    if thing not in _HEAPED or behind[:1] not in (["on"], ["upon"], ["onto"]) or thing not in behind:
        return None
    before = sentence.words[:index]
    if not _DENYING.isdisjoint(before) or not {"we", "i", "our"}.isdisjoint(before) or heads().isdisjoint(before):
        return None
    return Blame(Kind.PERSON, index, index + 3 + behind.index(thing))


def went_out_anyway(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“They deployed broken code repeatedly anyway”; `index` is that of “anyway”."""
    for verb in range(index - 1, max(index - _FAR, 0), -1):
        if sentence.words[verb] in _OUT:
            person = _subject(sentence, verb, names)
            broken = not _BROKEN.isdisjoint(sentence.words[verb + 1 : index])
            return Blame(Kind.PERSON, person.start, index + 1) if broken and person is not None else None
        if not is_word(sentence.words[verb]):
            return None
    return None


def harm_of_somebody(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“The issue that the employee may have caused”; `index` is that of “caused”."""
    if sentence.at(index + 1) == "by":
        return None
    for perhaps in _PERHAPS:
        end = index - len(perhaps)
        person = person_ending_with(sentence, end - 1, names) if sentence.words[end:index] == perhaps else None
        if person is None or person.who is not Who.PEOPLE or sentence.words[end - 1] in words("teams"):
            continue
        first = end - 1 if is_name(sentence, end - 1, names) else person.start
        start = first - (sentence.at(first - 1) in ("that", "which"))
        if sentence.at(start - 1) in _HARM and _DENYING.isdisjoint(sentence.words[:start]):
            return Blame(Kind.PERSON, start - 1, index + 1)
    return None


def disregard(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Utter disregard for the shift rules”; `index` is that of “disregard”."""
    if sentence.at(index - 1) not in _UTTER or sentence.at(index + 1) not in ("for", "of"):
        return None
    if _RULES.isdisjoint(sentence.words[index + 2 : index + 2 + _FAR]) or not _DENYING.isdisjoint(
        sentence.words[:index]
    ):
        return None
    return Blame(Kind.PERSON, index - 1, index + 2)


def panic_driven(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Panic-driven debugging”; no machine's panic."""
    work = sentence.at(index + 1)
    if not is_word(work) or work in _MACHINE_DONE or "kernel" in sentence.words[:index]:
        return None
    return Blame(Kind.PERSON, index, index + 2) if _DENYING.isdisjoint(sentence.words[:index]) else None


def _subject(sentence: Sentence, verb: int, names: frozenset[str]) -> Person | None:
    """The people who are the subject of a verb in the past, an adverb between or not; never the authors."""
    last = verb - 1 - (sentence.at(verb - 1).endswith("ly") or sentence.at(verb - 1) in ("then", "still", "also"))
    if not is_past(sentence.words[verb]) or last < 0 or sentence.words[last] == POSSESSIVE:
        return None
    if sentence.words[last] in ("they", "he", "she"):
        return Person(Who.PEOPLE, last, last + 1)
    person = person_ending_with(sentence, last, names)
    return person if person is not None and person.who is Who.PEOPLE else None
