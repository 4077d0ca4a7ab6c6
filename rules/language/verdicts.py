"""Blame as a verdict: “the culprit was Tom”, “the communication from the lead was poor”, “it did not occur to Ana”."""

from __future__ import annotations

from rules.language.predicates import Blame, Kind
from rules.language.sentences import POSSESSIVE, Sentence
from rules.language.subjects import Person, Who, ends_noun, person_ending_with, person_from
from rules.language.vocabulary import words

CULPRITS = frozenset({"culprit", "culprits", "link"})
CONDUCT = frozenset({
    "communication", "response", "reaction", "performance", "attitude", "mentality", "behaviour", "behavior",
    "handling", "planning", "preparation", "conduct", "leadership", "coordination", "judgement", "judgment", "mindset",
    "discipline", "support", "reply", "tone",
    "carelessness", "workmanship", "decision-making", "ego", "indifference",
})  # fmt: skip
"""What people do or show in an incident, and is judged."""
BAD = frozenset({
    "poor", "weak", "bad", "terrible", "awful", "abysmal", "pathetic", "dreadful", "appalling", "disappointing",
    "lacking", "inadequate", "sloppy", "unacceptable", "lousy", "chaotic", "amateurish", "unprofessional", "useless",
    "slow", "late", "horrible", "atrocious", "lax", "shameful", "embarrassing", "dismissive",
    "rude", "arrogant", "hostile", "evasive", "problem", "issue", "blame", "joke",
})  # fmt: skip
OCCURRING = frozenset({"occur", "occurred"})
FAULTS = frozenset({"fault", "blame", "responsibility"})
LYING = frozenset({"is", "was", "lies", "lie", "lay", "rests", "sits", "falls"})
PAIRS = (
    (CULPRITS, frozenset({"was", "is", "were", "are"})),
    (CONDUCT, BAD),
    (OCCURRING, frozenset({"not", "never", "didn", "hadn"})),
    (FAULTS, LYING),
)
"""Of each pair, words of both stand in a sentence that blames so."""
_DEGREES = frozenset({
    "so", "very", "too", "simply", "clearly", "just", "obviously", "quite", "plainly", "rather", "frankly", "painfully",
    "far", "a", "the", "real", "main", "actual", "biggest", "root", "part", "of", "to", "extremely", "really",
})  # fmt: skip
_BESIDES = frozenset({"entirely", "squarely", "solely", "clearly", "fully", "firmly", "also"})
_FAR = 6  # tokens between what is judged and the verdict
_DENYING = frozenset({"no", "not", "never", "nor", "if", "without", "whether"})


def culprit_is(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“The culprit was Tom”, “the weakest link was the operator on shift”."""
    if sentence.words[index] == "link" and sentence.at(index - 1) not in ("weak", "weakest"):
        return None
    if sentence.at(index + 1) not in words("copulas") or not _DENYING.isdisjoint(sentence.words[: index + 3]):
        return None
    person = person_from(sentence, index + 2, names)
    return Blame(Kind.PERSON, index, person.end) if person is not None and _is_accused(sentence, person) else None


def conduct_was(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“The communication from the lead was poor”, “the team's attitude towards alerts is the real problem”."""
    owned = sentence.at(index - 1) == POSSESSIVE
    person = person_ending_with(sentence, index - 2, names) if owned and index > 1 else None
    behind = index + 1
    if not owned and sentence.at(behind) in ("of", "from", "by", "in", "within"):
        person = person_from(sentence, behind + 1, names)
        behind = person.end if person is not None else behind
    if person is None or not _is_accused(sentence, person, owned=owned):
        return None
    was = next((at for at in range(behind, behind + _FAR) if sentence.at(at) in ("was", "were", "is")), 0)
    if not was or {",", ";", ":", "and", "but"} & set(sentence.words[behind:was]):
        return None
    end = was + 1
    while sentence.at(end) in _DEGREES:
        end += 1
    judged = sentence.at(end) in BAD and (sentence.at(end + 1) == "here" or ends_noun(sentence, end + 1))
    return Blame(Kind.PERSON, min(index, person.start), end + 1) if judged else None


def never_occurred(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“It did not occur to the author that two instances could run at once”."""
    denied = not {"not", "never"}.isdisjoint(sentence.words[max(index - 2, 0) : index])
    if not denied or sentence.at(index + 1) != "to" or sentence.at(index + 3) == "planner":
        return None
    person = person_from(sentence, index + 2, names)
    return Blame(Kind.PERSON, index - 1, person.end) if person is not None and _is_accused(sentence, person) else None


def fault_is(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“The fault is with the developer”, “the blame is squarely on the vendor”."""
    start = index + 1
    if sentence.at(start) not in LYING or not _DENYING.isdisjoint(sentence.words[max(index - 3, 0) : start + 2]):
        return None
    start += 1 + (sentence.at(start + 1) in _BESIDES)
    person = person_from(sentence, start + 1, names) if sentence.at(start) in ("with", "on") else None
    accused = person is not None and person.who is not Who.OURSELVES and sentence.at(person.end) != POSSESSIVE
    return Blame(Kind.PERSON, index, person.end) if person is not None and accused else None


def _is_accused(sentence: Sentence, person: Person, *, owned: bool = False) -> bool:
    """Whether surely people are meant, and they themselves rather than something of theirs."""
    return person.who is Who.PEOPLE and (owned or sentence.at(person.end) != POSSESSIVE)
